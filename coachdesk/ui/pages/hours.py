"""Hours: the log for each client and each month, progress towards a credential, the log as a file, out and in."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.machine.here import zone_here
from coachdesk.practice import clients, credential, hours
from coachdesk.practice.clients import Client
from coachdesk.practice.hours import Amount, HoursNoted, Relationship, Report, Rules
from coachdesk.practice.sessions import Session
from coachdesk.settings import Settings
from coachdesk.ui import choosing
from coachdesk.ui.widgets import Card, Choice, EmptyState, Page, Row, RowList, button, label
from coachdesk.ui.widgets.dates import today
from coachdesk.ui.widgets.forms import SettingForm
from coachdesk.ui.widgets.hours_progress import CredentialProgress
from coachdesk.ui.widgets.hours_words import amount_words, days_words, hours_words
from coachdesk.ui.widgets.naming import shown
from coachdesk.ui.widgets.rows import one_line
from coachdesk.ui.widgets.work import Work
from coachdesk.words import N_, _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

VIEWS = (("clients", N_("By client")), ("months", N_("By month")))
FILES = N_("Excel workbook (*.xlsx);;Comma-separated values (*.csv)")
FILES_IN = N_("Logs of hours (*.xlsx *.csv);;All files (*)")


class HoursPage(Page):
    """Plain figures; nothing here hurries anybody."""

    concerns = frozenset({Session, Client, HoursNoted, Settings})
    lasting = True  # every session there ever was is read

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.log = button(_("Log a past session"), self._on_log, primary=True)
        self.head(_("Hours"), self.log)
        self.nothing = EmptyState(
            "clock-light",
            _("No hours yet. Sessions you hold are counted here by themselves; past ones can be logged or imported."),
        )
        self.column.addWidget(self.nothing)
        self.total = label("", "strong")
        self.column.addWidget(self.total)
        self.view = Choice([(value, _(word)) for value, word in VIEWS], "clients", name=_("View"))
        self.view.chosen.connect(self._on_view)
        self.column.addWidget(self.view)
        self._build_log()
        self.progress = CredentialProgress()
        self.column.addWidget(self.progress)
        self._build_files()
        self._build_rules()

    def _build_log(self) -> None:
        self.listed_card = Card(_("Listed by name"), _("They agreed to stand in the log with their name and e-mail."))
        self.listed = RowList(_("Clients listed in the log"))
        self.listed.activated_row.connect(self._on_client)
        self.listed_card.add(self.listed)
        self.months = RowList(_("Hours by month"))
        self.unlisted_card = Card(
            _("Not listed by name"),
            _("The log names only who agreed to it; the hours of the others stand in one line. Press a client once "
              "they have agreed."),
        )  # fmt: skip
        self.unlisted = RowList(_("Clients not listed by name"))
        self.unlisted.activated_row.connect(self._on_agreed)
        self.unlisted_card.add(self.unlisted)
        self.notes = label("", "muted")
        for part in (self.listed_card, self.months, self.unlisted_card, self.notes):
            self.column.addWidget(part)

    def _build_files(self) -> None:
        card = Card(
            _("The log as a file"),
            _("One row for each client, in the columns ICF asks for. The file is not encrypted."),
        )
        self.work = Work(self.shell, _("Writing the log"))
        self.work.rested.connect(self._on_rested)
        card.add(self.work)
        self.write = button(_("Write the log …"), self._on_write)
        self.bring = button(_("Import a log …"), self._on_bring)
        card.act(self.write, self.bring)
        self.column.addWidget(card)

    def _build_rules(self) -> None:
        card = Card(_("What counts"))
        self.form = SettingForm("hours", self.desk.settings, self.desk.change_setting, desk=self.desk)
        card.add(self.form)
        self.column.addWidget(card)

    def refresh(self) -> None:
        """Read the log again."""
        from coachdesk.exchange import icf_log

        self.form.show_settings(self.desk.settings)
        here, rules = today(self.desk), Rules.chosen(self.desk.settings, zone_here())
        found = self.desk.read(hours.report, rules, recent_from=credential.recent_from(here))
        self._show_clients(found, here)
        self._show_months(found)
        self.total.setText(_total_words(found))
        self.notes.setText("\n".join(icf_log.notes(found, rules)))
        self.progress.show_progress(credential.progress(found, here))
        anything = bool(found.every)
        self.nothing.setVisible(not anything)
        self.write.setEnabled(anything and not self.work.busy)
        for part in (self.total, self.view, self.notes):
            part.setVisible(anything)
        self._on_view()

    def _show_clients(self, found: Report, here: date) -> None:
        people = {each.id: each for each in self.desk.read(clients.every)}
        self.listed.show_rows([self._row(each, people, here) for each in found.listed])
        rest = [each for each in found.relationships if not each.listed]
        rows = [self._row(each, people, here) for each in rest]
        if found.nameless:
            named = ngettext("{n} client without a name", "{n} clients without names", len(found.nameless))
            rows.append(Row(
                None, named.format(n=len(found.nameless)), _("Forgotten, or imported without names"),
                amount_words(hours.total(found.nameless)), "users-light",
            ))  # fmt: skip
        self.unlisted.show_rows(rows)

    def _row(self, each: Relationship, people: dict[str, Client], here: date) -> Row:
        group = each.kind == "group"
        parts = [days_words(each.first_day, each.last_day, here)]
        if each.sessions:
            parts.append(ngettext("{n} session", "{n} sessions", each.sessions).format(n=each.sessions))
        if group and each.group_size:
            parts.append(ngettext("{n} person", "{n} people", each.group_size).format(n=each.group_size))
        icon = "users-three-light" if group else "user-light"
        return Row(
            each.client_id, shown(self.desk, people[each.client_id]), " · ".join(parts), amount_words(each.amount), icon
        )

    def _show_months(self, found: Report) -> None:
        rows = [Row(f"{year}-{month}", _month_words(year, month), _sessions_words(amount), amount_words(amount))
                for (year, month), amount in reversed(found.months.items())]  # fmt: skip
        if found.over_months.seconds:
            several = _("Imported, over several months")
            rows.append(Row("several", several, "", amount_words(found.over_months)))
        self.months.show_rows(rows)

    @Slot()
    def _on_view(self) -> None:
        by_month = self.view.value == "months"
        self.months.setVisible(by_month and bool(self.months.rows))
        self.listed_card.setVisible(not by_month and bool(self.listed.rows))
        self.unlisted_card.setVisible(not by_month and bool(self.unlisted.rows))

    @Slot(object)
    def _on_client(self, client_id: object) -> None:
        self.shell.show_page("client", client_id=str(client_id))

    @Slot(object)
    def _on_agreed(self, client_id: object) -> None:
        """They agreed today."""
        if client_id is None:
            return
        with self.shell.telling():
            client = self.desk.read(clients.one, str(client_id))
            question = _("Has {name} agreed today to be listed?").format(name=shown(self.desk, client))
            going = [_("Their name and e-mail then stand in the log when you write it.")]
            if self.shell.ask(question, going, _("They agreed today")):
                self.desk.do(clients.edit, client.id, log_consent_on=today(self.desk))

    @Slot()
    def _on_log(self) -> None:
        from coachdesk.ui.dialogs.choose_client import ChooseClient

        asked = ChooseClient(self.desk, self.shell, _("Log a past session with"), self)
        asked.chosen.connect(self._on_log_with)
        asked.open()

    @Slot(str)
    def _on_log_with(self, client_id: str) -> None:
        from coachdesk.ui.dialogs.log_session import LogSession

        LogSession(self.desk, self.shell, self.desk.read(clients.one, client_id), self).open()

    # The log as a file

    @Slot()
    def _on_write(self) -> None:
        name = f"coaching-log-{today(self.desk).isoformat()}.xlsx"
        path, taken = choosing.to_write(self, "log", _("Write the log"), name, _(FILES))
        if path is not None:
            ending = ".csv" if "*.csv" in taken else ".xlsx"
            known = path.suffix.casefold() in (".csv", ".xlsx")
            self.write_to(path if known else path.with_name(path.name + ending))

    def write_to(self, path: Path) -> None:
        """Write the log there; the coach has agreed to replacing what stands there."""
        from coachdesk.exchange import icf_log

        with self.shell.telling():
            rules = Rules.chosen(self.desk.settings, zone_here())
            made = icf_log.sheet(self.desk.read(hours.report, rules), rules)
            self.work.begin(partial(icf_log.save, force=True), path, made, done=self._on_written)
            self.write.setEnabled(False)

    @Slot()
    def _on_rested(self) -> None:
        self.write.setEnabled(True)

    def _on_written(self, path: Path) -> None:
        self.shell.say(_("The log is written: {path}.").format(path=path))

    @Slot()
    def _on_bring(self) -> None:
        path = choosing.to_read(self, "log", _("Import a log"), _(FILES_IN))
        if path is not None:
            self.bring_in(path)

    def bring_in(self, path: Path) -> None:
        """Show what is in a log, and what an import would do."""
        from coachdesk.ui.dialogs.import_hours import ImportHours

        ImportHours(self.desk, self.shell, path, self).open()


def _total_words(found: Report) -> str:
    people = sum(each.people for each in found.every)
    counted = ngettext("{n} person", "{n} people", people).format(n=QLocale().toString(people))
    with_groups = _("{hours} hours: {amount}, with {people} (each member of a group counts)")
    sentence = with_groups if people > len(found.every) else _("{hours} hours: {amount}, with {people}")
    return sentence.format(hours=hours_words(found.total.seconds), amount=amount_words(found.total), people=counted)


def _sessions_words(amount: Amount) -> str:
    return ngettext("{n} session", "{n} sessions", amount.sessions).format(n=amount.sessions) if amount.sessions else ""


def _month_words(year: int, month: int) -> str:
    words = QLocale().toString(QDate(year, month, 1), "MMMM yyyy")
    return one_line(words[:1].upper() + words[1:])
