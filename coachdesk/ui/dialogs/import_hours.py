"""Takes a log of hours in: what each row is, what cannot be taken, and what is asked before anything is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from coachdesk.errors import sentence_of
from coachdesk.exchange import icf_log_import
from coachdesk.exchange.icf_log_import import Incoming, Match, Preview, Taken
from coachdesk.machine.here import zone_here
from coachdesk.practice.hours import Amount
from coachdesk.ui.dialogs.form import FormDialog
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Choice, Toggle
from coachdesk.ui.widgets.dates import today
from coachdesk.ui.widgets.days import DayField
from coachdesk.ui.widgets.fields import labelled
from coachdesk.ui.widgets.hours_words import amount_words, days_words
from coachdesk.ui.widgets.lists import Row, RowList
from coachdesk.ui.widgets.rows import breakable, one_line
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import N_, _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

ORDERS = (("dmy", N_("Day first")), ("mdy", N_("Month first")))
MOST_PROBLEMS = 12
LIST_WIDTH, LIST_HEIGHT = UNIT * 72, UNIT * 30


class ImportHours(FormDialog):
    """Reads at once, off the window's thread; nothing is changed before its one button is pressed."""

    def __init__(self, desk: Desk, shell: Shell, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, _("Import a log of hours"), _("Take the hours"), parent)
        self._path = path
        self.incoming: Incoming | None = None
        self.preview: Preview | None = None
        self.said = label(_("Reading …"), "muted")
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Reading the log"))
        self.progress.setRange(0, 100)
        self.order = Choice([(value, _(word)) for value, word in ORDERS], name=_("What comes first in dates"))
        self.order.chosen.connect(self._on_order)
        self.list = RowList(_("Rows of the file"), fits=False)
        self.list.setMinimumWidth(LIST_WIDTH)
        self.problems = label("", "note")
        self.consent = DayField(desk, _("Agreed to be listed on"), none=_("They have not agreed"), past=True)
        self._consents = labelled(
            _("New clients agreed to be listed in a log on"), self.consent, _("Without a day they are not named in it.")
        )
        self.overlapping = Toggle(_("Take also what overlaps hours kept here"))
        self.overlapping.toggled.connect(self._tell)
        self._overlaps = label("", "muted")
        for part in (self.said, self.progress, self.order, self.list, self.problems, self._consents, self._overlaps):
            self.column.addWidget(part)
        self.column.addWidget(self.overlapping)
        self._show_parts()
        self._read()

    def store(self) -> None:
        """Take the hours, as was chosen."""
        if self.incoming is None:
            return
        taken = self.desk.do(
            icf_log_import.take, self.incoming, zone_here(), consent_on=self.consent.day,
            overlapping=self.overlapping.isChecked(),
        )  # fmt: skip
        self.shell.say(_taken_words(taken))

    def _read(self) -> None:
        self.act.setEnabled(False)
        self.progress.show()
        self._task = self.shell.tasks.run(
            _reading, self._path, today(self.desk), str(self.order.value or ""),
            done=self._on_read, failed=self._on_failed, reports=True,
        )  # fmt: skip
        self._task.progressed.connect(self._on_progressed)
        self.rejected.connect(self._task.cancel)

    @Slot(float)
    def _on_progressed(self, share: float) -> None:
        self.progress.setValue(round(100 * share))

    @Slot()
    def _on_order(self) -> None:
        self._read()

    def _on_read(self, incoming: Incoming) -> None:
        self.incoming = incoming
        self.preview = self.desk.read(icf_log_import.preview, incoming, zone_here())
        self.progress.hide()
        here = today(self.desk)
        self.list.show_rows([_row(at, each, here) for at, each in enumerate(self.preview.matches)])
        rows = sum(self.list.sizeHintForRow(at) for at in range(min(len(self.preview.matches), 6)))
        self.list.setFixedHeight(min(rows + UNIT, LIST_HEIGHT))
        self.problems.setText(breakable(_problem_words(self.preview)))
        overlapping = sum(bool(each.overlaps) and not each.already for each in self.preview.matches)
        words = ngettext(
            "{n} row is of days with hours kept here; if they are the same hours, they would count twice.",
            "{n} rows are of days with hours kept here; if they are the same hours, they would count twice.",
            overlapping,
        )
        self._overlaps.setText(words.format(n=overlapping))
        self.overlapping.setText(_("Take them all the same"))
        self._show_parts()
        self._tell()
        announce(self.said, self.said.text())
        QTimer.singleShot(0, self, self.fit)

    def _on_failed(self, error: Exception) -> None:
        self.progress.hide()
        sentence = sentence_of(error)
        self.said.setText(breakable(sentence))
        announce(self.said, sentence)

    def _show_parts(self) -> None:
        found = self.preview
        matches = found.matches if found else ()
        self.order.setVisible(found is not None and (found.incoming.asks_order or self.order.value is not None))
        self.list.setVisible(bool(matches))
        self.problems.setVisible(found is not None and bool(found.problems))
        self._consents.setVisible(any(each.is_new for each in matches))
        for part in (self.overlapping, self._overlaps):
            part.setVisible(any(each.overlaps and not each.already for each in matches))

    @Slot()
    def _tell(self) -> None:
        """Say what would be taken."""
        if self.preview is None:
            return
        wanted = [each for each in self.preview.matches if each.wanted(overlapping=self.overlapping.isChecked())]
        self.act.setEnabled(bool(wanted))
        self.said.setText("\n".join(_summary(self.preview, wanted)))


def _reading(path: Path, here: date, order: str, *, progress: object) -> Incoming:
    return icf_log_import.read(path, here, order=order, told=progress)


def _summary(found: Preview, wanted: list[Match]) -> list[str]:
    total = sum((_amount(each) for each in wanted), Amount())
    count = ngettext("{n} row would be taken: {amount}.", "{n} rows would be taken: {amount}.", len(wanted))
    said = [count.format(n=len(wanted), amount=amount_words(total)) if wanted else _("There is nothing to take.")]
    again = sum(each.already for each in found.matches)
    if again:
        words = ngettext("{n} row was imported before.", "{n} rows were imported before.", again)
        said.append(words.format(n=again))
    if not found.incoming.totals_agree:
        theirs, ours = (Amount(0, *figures) for figures in (found.incoming.totals, found.incoming.sums))
        sentence = _("The file's own total is {theirs}; its rows come to {ours}.")
        said.append(sentence.format(theirs=amount_words(theirs), ours=amount_words(ours)))
    if found.incoming.unused:
        said.append(_("Not used: {columns}").format(columns=one_line(", ".join(found.incoming.unused))))
    return said


def _amount(each: Match) -> Amount:
    return Amount(0, each.row.paid_seconds, each.row.pro_bono_seconds)


def _row(at: int, each: Match, here: date) -> Row:
    row = each.row
    span = days_words(row.from_on, row.to_on, here)
    icon = "users-light" if row.nobody else "users-three-light" if row.kind == "group" else "user-light"
    remark = icf_log_import.remark(each)
    return Row(at, one_line(row.name), f"{amount_words(_amount(each))} · {span}", remark, icon)


def _problem_words(found: Preview) -> str:
    lines = [
        _("Row {line}: {sentence}").format(line=each.line, sentence=each.sentence)
        for each in found.problems[:MOST_PROBLEMS]
    ]
    more = len(found.problems) - MOST_PROBLEMS
    if more > 0:
        lines.append(ngettext("and {n} more row", "and {n} more rows", more).format(n=more))
    return "\n".join(lines)


def _taken_words(taken: Taken) -> str:
    rows = ngettext("{n} row of hours was taken.", "{n} rows of hours were taken.", taken.rows).format(n=taken.rows)
    if not taken.added:
        return rows
    added = ngettext("{n} client was added.", "{n} clients were added.", taken.added).format(n=taken.added)
    return f"{rows} {added}"
