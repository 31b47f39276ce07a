"""Everything that is kept about a client, as a file for them; whether the private lines go along is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.exchange import client_data
from coachdesk.exchange.client_rows import private_lines
from coachdesk.machine.here import zone_here
from coachdesk.practice.clients import Client
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Card, Options, button, label
from coachdesk.ui.widgets.dates import today
from coachdesk.ui.widgets.hand_out_paper import ask_where
from coachdesk.ui.widgets.work import Work
from coachdesk.words import N_, _, ngettext

if TYPE_CHECKING:
    from coachdesk.clock import Now
    from coachdesk.desk import Desk
    from coachdesk.storage.store import Store
    from coachdesk.ui.tasks import Progress
    from coachdesk.ui.widgets.page import Shell

FORMATS = ((".zip", N_("Zip file")),)
PRIVATE = (
    (
        False,
        N_("Without my private lines"),
        N_(
            "What you wrote for yourself about your own work stays with you. "
            "The copy says that such lines are left out."
        ),
    ),
    (
        True,
        N_("With my private lines"),
        N_(
            "Where the law gives a client a right to a copy, lines about your work with them may be their personal "
            "data too. If you are not sure, ask somebody who knows the law where you live."
        ),
    ),
)


class DataPart(QWidget):
    """Explains what is in the file, asks about the private lines where there are any, writes it beside the window."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self._client_id = ""
        self.ask_where: Callable[..., Path | None] = ask_where
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        card = Card(
            _("All data of this client"),
            _("For a client who asks what you keep about them: a page to read and the same as data, in one zip file."),
        )
        card.add(label(_(
            "In it: what you noted about the person, agreements, sessions with notes and marks, promises and what "
            "became of them, the canvas, ticks, and what the program noted by itself. Not in it: other clients, and "
            "your reflections."
        )))  # fmt: skip
        self.how_many = label("", "strong")
        self.private = Options([(value, _(title), _(sentence)) for value, title, sentence in PRIVATE])
        self.private.chosen.connect(self._on_chosen)
        card.add(self.how_many)
        card.add(self.private)
        self.save = button(_("Save as …"), self._on_save, primary=True, icon="floppy-disk-light")
        self.work = Work(shell, _("Writing the file"))
        card.act(self.save)
        card.add(self.work)
        layout.addWidget(card)
        layout.addWidget(
            label(_("The file is not encrypted: hand it over in a way that only your client can open."), "muted")
        )
        layout.addStretch(1)

    def show_client(self, client: Client, _session_id: str = "") -> None:
        """Be about a client; the question is asked anew."""
        if client.id != self._client_id:
            self.private.forget()
        self._client_id = client.id
        self.refresh()

    def refresh(self) -> None:
        """Look how many private lines there are."""
        count = self.desk.read(private_lines, self._client_id)
        words = ngettext(
            "There is {n} private line of yours. Does it go along?",
            "There are {n} private lines of yours. Do they go along?",
            count,
        )
        self.how_many.setText(words.format(n=count) if count else _("There are no private lines of yours."))
        self.private.setVisible(bool(count))
        self.save.setEnabled(not count or self.private.value is not None)

    @Slot(object)
    def _on_chosen(self, _value: object) -> None:
        self.refresh()

    @Slot()
    def _on_save(self) -> None:
        path = self.ask_where(self, client_data.file_name(today(self.desk)), FORMATS)
        if path is None:
            return
        with self.shell.telling():
            self.work.begin(
                write, self.desk.store, self._client_id, path, self.desk.now(), bool(self.private.value),
                done=self._on_saved,
            )  # fmt: skip

    def _on_saved(self, _counts: object) -> None:
        self.shell.say(_("Saved. The file is not encrypted."))


def write(store: Store, client_id: str, path: Path, now: Now, with_private: bool, *, progress: Progress) -> object:
    """Write the file on a thread of its own."""
    with store.session() as db:
        return client_data.write(
            db, client_id, path, now=now, zone=zone_here(), with_private=with_private, progress=progress
        )
