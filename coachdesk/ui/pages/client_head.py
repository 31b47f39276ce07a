"""The head of a client's page: name, agreement in a line, which session, when next, and what they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from coachdesk.practice import agreements, roster, sessions
from coachdesk.practice.clients import Client
from coachdesk.practice.sessions import Session
from coachdesk.ui.dialogs.archive_client import archive, bring_back
from coachdesk.ui.dialogs.edit_client import NEEDS, EditClient
from coachdesk.ui.dialogs.forget_client import ForgetClient
from coachdesk.ui.dialogs.plan_session import PlanSession
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Flow, button, icon_button, label
from coachdesk.ui.widgets.dates import moment_words, today
from coachdesk.ui.widgets.naming import number_words, put_heading, shown
from coachdesk.ui.widgets.rows import breakable
from coachdesk.words import N_, _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

PLANNED = (
    ("move", N_("Move …")),
    ("plan", N_("Plan one more …")),
    ("cancel", N_("It was called off")),
    ("missed", N_("It was missed")),
)


class ClientHead(QWidget):
    """One primary button: Begin, which leads to the brief."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self._client: Client | None = None
        self._coming: Session | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, UNIT)
        layout.setSpacing(UNIT)
        above = QHBoxLayout()
        above.setSpacing(UNIT)
        self.name = label("", "display")
        above.addWidget(self.name, 1)
        self.more = icon_button("dots-three-light", _("Change, put away, forget"), self._on_more)
        self.begin = button(_("Begin"), self._on_begin, primary=True)
        above.addWidget(self.more)
        above.addWidget(self.begin)
        layout.addLayout(above)
        self.facts = label("", "muted")
        layout.addWidget(self.facts)
        self.plan = button("", self._on_plan, icon="calendar-blank-light")
        self.call = button(_("Open the call"), self._on_call, icon="video-camera-light")
        self.hand_out = button(_("Hand out …"), self._on_hand_out, quiet=True, icon="paper-plane-tilt-light")
        layout.addWidget(Flow(self.plan, self.call, self.hand_out))
        self.needs = label("", "note")
        self.needs.setAccessibleName(_("What they need to feel safe"))
        layout.addWidget(self.needs)

    def show_client(self, client: Client) -> None:
        """Be about this client."""
        self._client = client
        held = self.desk.read(roster.held, [client.id]).get(client.id, 0)
        coming = self.desk.read(sessions.coming, client_id=client.id)
        self._coming = coming[0] if coming else None
        put_heading(self.name, shown(self.desk, client))
        self.facts.setText(self._facts(client, held))
        self.facts.setVisible(bool(self.facts.text()))
        if self._coming:
            words = moment_words(self._coming.planned_start, today(self.desk))
            self.plan.setText(_("Next: {when}").format(when=words))
        else:
            self.plan.setText(_("Plan a session"))
        self.plan.setAccessibleName(self.plan.text())
        self.call.setVisible(bool(client.call_link))
        self.hand_out.setVisible(client.kind != "self")
        self.more.setAccessibleName(_("Change") if client.kind == "self" else _("Change, put away, forget"))
        self.needs.setText(self._needs(client))
        self.needs.setVisible(bool(self.needs.text()))

    def _facts(self, client: Client, held: int) -> str:
        parts = [number_words(client, held + 1)]
        agreed = self.desk.read(agreements.present, client.id)
        if agreed and agreed.session_minutes:
            length = agreed.session_minutes
            parts.append(ngettext("{n} minute agreed", "{n} minutes agreed", length).format(n=length))
        if client.kind == "group" and client.group_size:
            parts.append(_("group of {n}").format(n=client.group_size))
        parts += [client.pronouns, _("put away") if client.archived_at else ""]
        return " · ".join(part for part in parts if part)

    def _needs(self, client: Client) -> str:
        told = [(words, getattr(client, name)) for name, words, _sentence in NEEDS]
        return "\n".join(f"{_(words)}: {breakable(text)}" for words, text in told if text)

    @Slot()
    def _on_begin(self) -> None:
        self.shell.show_page("brief", client_id=self._client.id)

    @Slot()
    def _on_call(self) -> None:
        QDesktopServices.openUrl(QUrl(self._client.call_link))

    @Slot()
    def _on_hand_out(self) -> None:
        self.shell.show_page("hand_out", client_id=self._client.id)

    @Slot()
    def _on_plan(self) -> None:
        if self._coming is None:
            self._open_plan(None)
        else:
            self._menu([(what, _(words)) for what, words in PLANNED]).popup(_under(self.plan))

    def _open_plan(self, moving: Session | None) -> None:
        PlanSession(self.desk, self.shell, self._client, moving, self).open()

    @Slot()
    def _on_more(self) -> None:
        away = ("back", _("Bring back")) if self._client.archived_at else ("archive", _("Put away"))
        offered = [("edit", _("Change …")), away, ("forget", _("Forget this client …"))]
        self._menu(offered if self._client.kind != "self" else offered[:1]).popup(_under(self.more))

    def _menu(self, offered: list[tuple[str, str]]) -> QMenu:
        menu = QMenu(self)
        for what, words in offered:
            action = QAction(words, menu)
            action.setData(what)
            action.triggered.connect(self._on_action)
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    @Slot()
    def _on_action(self) -> None:
        what, client = self.sender().data(), self._client
        if what in ("move", "plan"):
            self._open_plan(self._coming if what == "move" else None)
        elif what in ("cancel", "missed"):
            with self.shell.telling():
                self.desk.do(getattr(sessions, what), self._coming.id)
        elif what == "edit":
            EditClient(self.desk, self.shell, client, self).open()
        elif what == "forget":
            ForgetClient(self.desk, self.shell, client.id, self.window()).open()
        else:
            {"archive": archive, "back": bring_back}[what](self.desk, self.shell, client.id)


def _under(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(QPoint(0, widget.height()))
