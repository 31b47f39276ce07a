"""The brief: what to know before a session, and the one button that begins it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from coachdesk.practice import brief, sessions
from coachdesk.practice.agreements import Agreement
from coachdesk.practice.brief import Brief
from coachdesk.practice.canvas import CanvasLine
from coachdesk.practice.checklists import Tick
from coachdesk.practice.clients import Client
from coachdesk.practice.commitments import Commitment, Review
from coachdesk.practice.marks import Mark
from coachdesk.ui.session_path import begin
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Flow, Page, Stepper, button, label, labelled
from coachdesk.ui.widgets.briefing import Briefing
from coachdesk.ui.widgets.dates import moment_words, today
from coachdesk.ui.widgets.naming import number_words, put_heading, shown
from coachdesk.ui.widgets.wheel import ChoiceField
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class BriefPage(Page):
    """One screen before the session: what was left, what was promised, and *Begin the session*."""

    concerns = frozenset({Client, sessions.Session, Commitment, Review, CanvasLine, Mark, Tick, Agreement})

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._client_id = ""
        self.brief: Brief | None = None
        self.begin = button(_("Begin the session"), self._on_begin, primary=True)
        self.title = self.head(_("Brief"), self.begin)
        self.sentence = label("", "muted")
        self.column.addWidget(self.sentence)
        self.call = button(_("Open the call"), self._on_call, icon="video-camera-light")
        self.arrive_first = button(_("Arrive first"), self._on_arrive, icon="leaf-light")
        self.minutes = Stepper(_("Length"), desk.settings.session.minutes, 5, 480, _("min"))
        self.template = ChoiceField()
        self.template.setAccessibleName(_("How the time is divided"))
        self.template.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        self.template.setMaximumWidth(UNIT * 40)
        self.column.addWidget(Flow(self.call, self.arrive_first))
        divided = labelled(self.template.accessibleName(), self.template)
        self.column.addWidget(Flow(labelled(_("Length"), self.minutes), divided, space=UNIT * 2))
        self.cards = Briefing(desk, shell)
        self.column.addWidget(self.cards)

    def arrive(self, client_id: str = "", **what: object) -> None:  # noqa: ARG002
        """We came to prepare a session with this client."""
        self._client_id = client_id or self._client_id
        self.cards.forget()
        self.refresh()
        if self.brief is not None:
            coming = self.brief.coming
            usual = sessions.agreed_minutes
            agreed = self.desk.read(usual, self._client_id, self.desk.settings.session.minutes)
            self.minutes.put((coming and coming.planned_minutes) or agreed)
            self._show_templates(coming.template if coming else "")
        self.begin.setFocus()

    def refresh(self) -> None:
        """Read the brief again."""
        with self.shell.telling():
            self.brief = found = self.desk.read(brief.brief, self._client_id)
            client = found.client
            put_heading(self.title, shown(self.desk, client))
            self.sentence.setText(self._about(found))
            self.call.setVisible(bool(client.call_link))
            self.begin.setText(_("To the session") if self._runs() else _("Begin the session"))
            self.begin.setAccessibleName(self.begin.text())
            self.cards.show_brief(found)

    def _runs(self) -> bool:
        """Whether a session with this very client is running."""
        row = self.desk.read(sessions.running)
        return row is not None and row.client_id == self._client_id

    def _about(self, found: Brief) -> str:
        here = today(self.desk)
        parts = [number_words(found.client, found.session_number)]
        if found.coming and found.coming.planned_start:
            parts.append(moment_words(found.coming.planned_start, here))
        if found.last and found.last.started_at:
            parts.append(_("last time {when}").format(when=moment_words(found.last.started_at, here)))
        return " · ".join(part for part in parts if part)

    def _show_templates(self, chosen: str) -> None:
        self.template.clear()
        for one in self.desk.settings.templates:
            self.template.addItem(_(one.name), one.id)
        wanted = self.template.findData(chosen or self.desk.settings.session.template)
        self.template.setCurrentIndex(max(0, wanted))

    @Slot()
    def _on_begin(self) -> None:
        if self._runs():
            self.shell.start_at("session")
        else:
            begin(self.shell, self._client_id, self.minutes.value, str(self.template.currentData()))

    @Slot()
    def _on_arrive(self) -> None:
        self.shell.show_page(
            "arrive",
            client_id=self._client_id,
            minutes=self.minutes.value,
            template=str(self.template.currentData()),
        )

    @Slot()
    def _on_call(self) -> None:
        if self.brief is not None:
            link = QUrl.fromUserInput(self.brief.client.call_link)
            if not QDesktopServices.openUrl(link):
                self.shell.say(_("The call could not be opened here; the link is with the client's details."))
