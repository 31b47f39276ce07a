"""What every screen is, and what it may ask of the window around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from coachdesk.errors import Refused
from coachdesk.ui.theme import COLUMN, UNIT
from coachdesk.ui.widgets.texts import label

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from coachdesk.desk import Desk
    from coachdesk.focus.blockers import System
    from coachdesk.focus.mode import Focus
    from coachdesk.focus.plan import Outcome
    from coachdesk.sitting import Sitting
    from coachdesk.ui.bridge import Bridge
    from coachdesk.ui.due import Duties
    from coachdesk.ui.opening import Opening
    from coachdesk.ui.session_presence import SessionPresence
    from coachdesk.ui.tasks import Tasks


Lead = tuple[str, str, dict[str, object]]
"""A button beside a sentence: its words, the page it leads to, what that page is to be about."""


class Shell(Protocol):
    """The window, as a page sees it."""

    bridge: Bridge
    tasks: Tasks
    sitting: Sitting | None
    """The running session; None until the records are open."""
    opening: Opening | None
    """How the records are unlocked and locked."""
    presence: SessionPresence | None
    """What stands beside the call; None until the records are open."""
    focus: Focus | None
    """Focus mode; None where the program was given none."""
    system: System | None
    """What focus mode may keep quiet; None for the computer this runs on."""
    duties: Duties | None
    """What is due between sessions; None in a rehearsal."""
    recovered: Outcome | None
    """What this start put back of a focus mode that was killed; None where nothing was left."""

    def show_page(self, name: str, **what: object) -> None:
        """Go to a page, about something."""
        ...

    def start_at(self, name: str, **what: object) -> None:
        """Go to a page and leave the way that led here behind."""
        ...

    def back(self) -> None:
        """Go where we came from."""
        ...

    def say(self, sentence: str, *, lead: Lead | None = None, undo: bool = False) -> None:
        """Show one sentence that retires by itself; beside it a button that leads to a page, or takes it back."""
        ...

    def ask(self, question: str, going: Sequence[str] = (), act: str = "") -> bool:
        """Ask once, in words, naming what goes; ``act`` is the button that does it."""
        ...

    def lock(self) -> None:
        """Ask for the records to be locked."""
        ...

    def forget_pages(self) -> None:
        """Let go of every page with all it shows."""
        ...

    def step_aside(self) -> None:
        """Leave the screen to the call."""
        ...

    def come_forward(self) -> None:
        """Show the window in front, because the coach asked for it."""
        ...

    def telling(self) -> AbstractContextManager[None]:
        """Within it, a refusal ends the block and its sentence is shown."""
        ...


class FakeShell:
    """A window for page tests: it remembers where it was sent and what it said, and answers as told."""

    def __init__(
        self, bridge: Bridge | None = None, tasks: Tasks | None = None, sitting: Sitting | None = None
    ) -> None:
        self.bridge, self.tasks, self.sitting = bridge, tasks, sitting
        self.went: list[tuple[str, dict[str, object]]] = []
        self.said: list[str] = []
        self.offered: list[Lead] = []
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.opening: Opening | None = None
        self.presence: SessionPresence | None = None
        self.focus: Focus | None = None
        self.system: System | None = None
        self.duties: Duties | None = None
        self.recovered: Outcome | None = None
        self.answer = True

    def show_page(self, name: str, **what: object) -> None:
        """Remember where it was sent."""
        self.went.append((name, what))

    def start_at(self, name: str, **what: object) -> None:
        """Remember where it was sent."""
        self.went.append((name, what))

    def back(self) -> None:
        """Remember that it was sent back."""
        self.went.append(("back", {}))

    def say(self, sentence: str, *, lead: Lead | None = None, undo: bool = False) -> None:  # noqa: ARG002
        """Remember what was said, and where its button would lead."""
        self.said.append(sentence)
        self.offered += [lead] if lead else []

    def ask(self, question: str, going: Sequence[str] = (), act: str = "") -> bool:  # noqa: ARG002
        """Remember the question and answer as told."""
        self.asked.append((question, tuple(going)))
        return self.answer

    def lock(self) -> None:
        """Remember that it was to be locked."""
        self.went.append(("lock", {}))

    def forget_pages(self) -> None:
        """Remember that every page was let go of."""
        self.went.append(("nowhere", {}))

    def step_aside(self) -> None:
        """Remember that the window stepped aside."""
        self.went.append(("aside", {}))

    def come_forward(self) -> None:
        """Remember that the window came forward."""
        self.went.append(("forward", {}))

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Remember a refusal's sentence."""
        try:
            yield
        except Refused as refusal:
            self.said.append(refusal.sentence)


class _Bar(QScrollBar):
    """Keeps its room where there is nothing to scroll, so that nothing moves aside once there is."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)


class Page(QWidget):
    """A screen: one column that scrolls, centred and never too wide to read."""

    concerns: frozenset[type] = frozenset()
    """Table classes whose change this page wants to see."""
    lasting = False
    """Whether coming back need not read again where neither day, zone nor any of these tables changed."""
    column_width = COLUMN

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.shell = shell
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setVerticalScrollBar(_Bar())
        self.scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(self.scroll)
        ground = QWidget()
        ground.setProperty("role", "ground")
        self.scroll.setWidget(ground)
        across = QHBoxLayout(ground)
        across.setContentsMargins(UNIT * 4, UNIT * 4, UNIT * 4, UNIT * 4)
        middle = QWidget()
        middle.setMaximumWidth(self.column_width)
        across.addStretch(1)
        across.addWidget(middle, 1000)
        across.addStretch(1)
        upright = QVBoxLayout(middle)
        upright.setContentsMargins(0, 0, 0, 0)
        upright.setSpacing(0)
        self.column = QVBoxLayout()
        self.column.setSpacing(UNIT * 2)
        upright.addLayout(self.column)
        upright.addStretch(1)

    def head(self, title: str, *buttons: QWidget) -> QWidget:
        """The page's title, with what can be done on the whole page beside it; the label is returned."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, UNIT)
        words = label(title, "display")
        row.addWidget(words, 1)
        for made in buttons:
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignBottom)
        self.column.addLayout(row)
        self.setAccessibleName(title)
        return words

    def row(self, *widgets: QWidget) -> QHBoxLayout:
        """Widgets beside each other, in the column."""
        row = QHBoxLayout()
        row.setSpacing(UNIT * 2)
        for widget in widgets:
            row.addWidget(widget)
        self.column.addLayout(row)
        return row

    def arrive(self, **what: object) -> None:  # noqa: ARG002
        """We came here, about something; pages that are about one thing override this."""
        self.refresh()

    def refresh(self) -> None:
        """Read again what is shown."""
