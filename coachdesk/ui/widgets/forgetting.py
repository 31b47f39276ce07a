"""Clients who are past the coach's period, to look at one by one, and erasures that are not finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.errors import sentence_of
from coachdesk.machine.here import zone_here
from coachdesk.ui.widgets.buttons import Flow, button
from coachdesk.ui.widgets.cards import Card
from coachdesk.ui.widgets.dates import day_words, today
from coachdesk.ui.widgets.naming import shown
from coachdesk.ui.widgets.rows import breakable, shortened
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from datetime import date

    from coachdesk.desk import Desk
    from coachdesk.practice.clients import Client
    from coachdesk.storage.erase import Kept, Report
    from coachdesk.ui.widgets.page import Shell


class Forgetting(Card):
    """Nobody is forgotten from here: each name leads to the client."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Forgetting"),
            _("Who has been gone for longer than your period is only proposed. To forget somebody, open the client."),
            parent,
        )
        self._desk, self._shell = desk, shell
        self._unreadable: list[Kept] = []
        self.none = label("", "muted")
        self.add(self.none)
        self._past = QWidget()
        self.add(self._past)
        self.left = label("", "note")
        self.remove = button(_("Remove these files"), self._on_remove)
        self.leave = button(_("Leave them"), self._on_leave, quiet=True)
        self._left = Flow(self.remove, self.leave)
        self.add(self.left)
        self.add(self._left)
        self.refresh()

    @property
    def looks(self) -> list[QWidget]:
        """The buttons that lead to a client each."""
        return [each for each in self._past.findChildren(QWidget) if each.property("client")]

    def refresh(self) -> None:
        """Show who is proposed, and what is left of those who were forgotten."""
        from coachdesk.practice import contact

        years = self._desk.settings.privacy.retention_years
        past = self._desk.read(contact.past_retention, years, zone=zone_here()) if self._desk.is_open else []
        self.none.setText(_none_words(years))
        self.none.setVisible(not past)
        self._list([(each.client, each.last_on) for each in past])
        self._show_left()

    def _list(self, past: list[tuple[Client, date]]) -> None:
        buttons = []
        for client, last in past:
            words = _("{name}: last on {when} …").format(
                name=shortened(shown(self._desk, client), 40), when=day_words(last, today(self._desk))
            )
            made = button(words, self._on_look, quiet=True)
            made.setProperty("client", client.id)
            buttons.append(made)
        fresh = Flow(*buttons)
        self.body.replaceWidget(self._past, fresh)
        self._past.deleteLater()
        self._past = fresh
        fresh.setVisible(bool(buttons))

    def _show_left(self) -> None:
        from coachdesk.practice import forget

        self._left.hide()
        self.left.hide()
        if self._desk.is_open and self._desk.read(forget.pending):
            under_way = self._shell.opening.erasing.busy
            self._shell.tasks.run(_look, self._desk, under_way, done=self._on_looked, failed=self._on_failed)

    def _on_looked(self, unreadable: list[Kept]) -> None:
        self._unreadable = unreadable
        names = breakable(", ".join(each.path.name for each in unreadable))
        self.left.setText(
            ngettext(
                "Somebody was forgotten; this file cannot be read or rewritten and may still hold them: {names}",
                "Somebody was forgotten; these files cannot be read or rewritten and may still hold them: {names}",
                len(unreadable),
            ).format(names=names)
            if unreadable
            else _("Somebody was forgotten; what is left of them is still being erased.")
        )
        self.left.show()
        self._left.setVisible(bool(unreadable))

    @Slot()
    def _on_look(self) -> None:
        self._shell.show_page("client", client_id=str(self.sender().property("client")))

    @Slot()
    def _on_remove(self) -> None:
        going = [each.path.name for each in self._unreadable]
        if self._shell.ask(_("Remove these files? Nothing brings them back."), going):
            self._go_on(remove=[each.path for each in self._unreadable])

    @Slot()
    def _on_leave(self) -> None:
        self._go_on(leave=True)

    def _go_on(self, **chosen: object) -> None:
        erasing = self._shell.opening.erasing
        erasing.finished.connect(self._on_finished)
        erasing.go_on(self._on_failed, **chosen)

    @Slot(object)
    def _on_finished(self, _report: Report) -> None:
        self.refresh()

    def _on_failed(self, error: Exception) -> None:
        self._shell.say(sentence_of(error))


def _none_words(years: int) -> str:
    if not years:
        return _("No period is set above, so nobody is proposed.")
    return ngettext(
        "Nobody has been gone for longer than {n} year.", "Nobody has been gone for longer than {n} years.", years
    ).format(n=years)


def _look(desk: Desk, under_way: bool) -> list[Kept]:
    """What still may hold somebody; an erasure that is under way comes to what it can rewrite."""
    from coachdesk.practice import forget
    from coachdesk.storage import erase
    from coachdesk.storage.faults import explained

    clients = [row.client_id for row in desk.read(forget.pending)]
    with explained():
        kept = erase.look(desk.home, desk.store.key, clients)
    return [each for each in kept if each.holds is None or (each.holds and not under_way)]
