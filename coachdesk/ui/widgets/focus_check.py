"""Check this computer: what focus mode can do here, in words, and a try of ten seconds that proves it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from coachdesk.errors import Refused
from coachdesk.focus import check
from coachdesk.focus.plan import Plan
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Flow, button
from coachdesk.ui.widgets.cards import Card, Glyph, clear
from coachdesk.ui.widgets.texts import announce, label, line
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.focus.blockers import System
    from coachdesk.focus.check import Finding, Rehearsed
    from coachdesk.focus.mode import Focus
    from coachdesk.ui.tasks import Progress
    from coachdesk.ui.widgets.page import Shell

SHAPES = {"yes": "check-circle-light", "partly": "circle-half-light", "no": "minus-circle-light"}
LASTS = 60.0
"""Seconds after which the guardian ends a try by itself, should this program not."""
Wait = Callable[[float], object]


class FocusCheck(Card):
    """The findings, then the offer to try."""

    found = Signal()
    """What works here was found out, and is shown."""

    def __init__(
        self, desk: Desk, shell: Shell, system: System, wait: Wait = time.sleep, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            _("Check this computer"),
            _("What works differs from computer to computer. Looking changes nothing."),
            parent,
        )
        self._desk, self._shell, self._system, self.wait = desk, shell, system, wait
        self._looking = False
        self._stop: threading.Event | None = None
        self._findings = QVBoxLayout()
        self._findings.setSpacing(UNIT)
        self._findings.setContentsMargins(0, 0, 0, UNIT)
        self.add(self._findings)
        self.look = button(_("Check this computer"), self._on_look)
        self.attempt = button(_("Try it for ten seconds"), self._on_try)
        self.stop = button(_("Cancel"), self._on_stop)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Trying focus mode"))
        self.progress.setRange(0, 100)
        self.result = label("", selectable=True)
        self.offer = label(
            _("Trying it keeps quiet for ten seconds, puts everything back, then checks that nothing is left changed."),
            "muted",
        )
        for part in (self.offer, self.progress, self.result):
            part.hide()
            self.add(part)
        self.foot: Flow = self.act(self.look, self.attempt, self.stop)
        self.attempt.hide()
        self.stop.hide()

    @Slot()
    def _on_look(self) -> None:
        if not self._looking:
            self._looking = True
            self._tell(_("Looking…"))
            self._shell.tasks.run(check.check, self._system, done=self._on_found, failed=self._on_look_failed)

    def _on_found(self, found: tuple[Finding, ...]) -> None:
        self._looking = False
        clear(self._findings)
        for at, finding in enumerate(found):
            if at:
                self._findings.addWidget(line())
            self._findings.addWidget(FindingRow(finding))
        self.look.setText(_("Check again"))
        self.look.setAccessibleName(_("Check again"))
        for part in (self.offer, self.attempt):
            part.setVisible(self._shell.focus is not None)
        self._tell("")
        self.found.emit()
        announce(self, ". ".join(_("{name}: {verdict}").format(name=f.title, verdict=f.verdict) for f in found))

    def _on_look_failed(self, error: Exception) -> None:
        self._looking = False
        self._tell("")
        raise error

    @Slot()
    def _on_try(self) -> None:
        if self._stop is not None:
            return
        if self._session_runs():
            self._tell(_("A session is running. Try it when the session is over."))
            return
        self._stop = threading.Event()
        self.progress.setValue(0)
        self._show_trying(True)
        self._tell(_("Quiet for ten seconds…"))
        task = self._shell.tasks.run(
            _rehearse, self._shell.focus, self._system, Plan.of(self._desk.settings, LASTS),
            self._desk.now().at + timedelta(seconds=check.SECONDS), self._stop, self.wait,
            done=self._on_tried, failed=self._on_failed, reports=True,
        )  # fmt: skip
        task.progressed.connect(self._on_progressed)

    @Slot()
    def _on_stop(self) -> None:
        if self._stop is not None:
            self._stop.set()
            self._tell(_("Everything is being put back…"))

    @Slot(float)
    def _on_progressed(self, share: float) -> None:
        self.progress.setValue(round(share * 100))

    def _on_tried(self, rehearsed: Rehearsed) -> None:
        self._show_trying(False)
        self.offer.hide()
        self._tell("\n".join(rehearsed.sentences))

    def _on_failed(self, error: Exception) -> None:
        self._show_trying(False)
        self._tell(error.sentence if isinstance(error, Refused) else "")
        if not isinstance(error, Refused):
            raise error

    def _show_trying(self, trying: bool) -> None:
        """Show the progress and how to cancel it, in place of the buttons."""
        held = self.attempt.hasFocus() or self.stop.hasFocus()
        for part, shown in (
            (self.progress, trying), (self.stop, trying), (self.offer, not trying), (self.attempt, not trying),
            (self.look, not trying),
        ):  # fmt: skip
            part.setVisible(shown)
        if not trying:
            self._stop = None
        if held:  # the keyboard stays on the button that takes the place
            (self.stop if trying else self.attempt).setFocus()

    def _session_runs(self) -> bool:
        if not self._desk.is_open:
            return False
        from coachdesk.practice import sessions

        return self._desk.read(sessions.running) is not None

    def _tell(self, words: str) -> None:
        self.result.setText(words)
        self.result.setVisible(bool(words))
        if words:
            announce(self.result, words)


class FindingRow(QWidget):
    """One finding: a shape and a word for whether it works, and a sentence."""

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, UNIT // 2, 0, UNIT // 2)
        layout.setSpacing(UNIT * 2)
        layout.addWidget(Glyph(SHAPES[finding.support.level], UNIT * 3), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(UNIT * 2)
        head.addWidget(label(finding.title), 1)
        head.addWidget(label(finding.verdict, "muted", wrap=False))
        words.addLayout(head)
        words.addWidget(label(finding.sentence, "muted"))
        layout.addLayout(words, 1)


def _rehearse(
    focus: Focus, system: System, plan: Plan, ends_at: datetime, stop: threading.Event, wait: Wait, progress: Progress
) -> Rehearsed:
    """The try, on a thread of its own."""
    passed = 0.0

    def waited(seconds: float) -> None:
        nonlocal passed
        passed += seconds
        if not stop.is_set():
            progress(min(1.0, passed / check.SECONDS))
        wait(seconds)

    return check.rehearse(focus, system, plan, waited, lambda: stop.is_set() or progress.cancelled, ends_at)
