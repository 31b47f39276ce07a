"""Keeps the windows of chosen programs down: once at the beginning, and again whenever one comes forward."""

import contextlib
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from coachdesk.focus import spared
from coachdesk.focus.blockers import YES, Before, Failed, Running, Support
from coachdesk.focus.plan import App, Plan
from coachdesk.machine.here import Closing
from coachdesk.words import _

EVERY = 1.0
"""Seconds between two looks at what has come forward."""


@dataclass(frozen=True)
class Shown:
    """What this system takes down and brings back as a whole: a window, or a program with all its windows."""

    key: str
    """How it is known for as long as it lives; never that of another one."""
    app: App
    down: bool = False
    how: str = ""
    """In the system's own words, what bringing it back has to know."""
    icon: str = ""


class Screen(Protocol):
    """Everything that is shown, as one system knows it."""

    def support(self) -> Support:
        """Whether windows of others can be taken down here."""
        ...

    def shown(self) -> Sequence[Shown]:
        """Everything a person could take down, whether it is up or down now. Raises Failed."""
        ...

    def forward(self) -> Sequence[Shown]:
        """What may have come forward since the last look; asked from a thread, again and again, so it must be cheap."""
        ...

    def take_down(self, one: Shown) -> bool:
        """Take it down without giving anything else the keyboard; False where the system refuses."""
        ...

    def bring_back(self, one: Shown) -> bool:
        """Show it as it was, without giving it the keyboard where that is possible; False where refused."""
        ...


class Looking:
    """Looks again and again from a thread of its own, until it is closed."""

    def __init__(self, look: Callable[[], None], every: float = EVERY) -> None:
        self._look, self._every = look, every
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="programs", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop looking."""
        self._closed.set()
        self._thread.join(2.0)

    def _run(self) -> None:
        while not self._closed.wait(self._every):
            with contextlib.suppress(Failed, OSError):  # a window that has gone meanwhile; the next look tells
                self._look()


@dataclass
class KeptDown:
    """The blocker of programs on a system whose ``Screen`` is given.

    It looks once a second rather than being called by the system: one cheap question a second needs no message loop
    and no callback that could outlive us, and a window that was up for a second has done no harm.
    """

    way: str
    screen: Screen
    words_by_hand: Callable[[str], str]
    """From the names of the programs, how a person brings them back."""
    looking: Callable[[Callable[[], None]], Closing] = Looking
    name: str = "apps"
    _chosen: frozenset[str] = frozenset()
    _later: dict[str, Shown] = field(default_factory=dict)
    """What came forward and was taken down by this object; not in the journal, as being left down does no harm."""
    _looking: Closing | None = None

    def available(self) -> Support:
        """As the screen says."""
        return self.screen.support()

    def observe(self) -> Before:
        """By key whether each thing is down."""
        return {one.key: one.down for one in self.screen.shown()}

    def capture(self, plan: Plan) -> Before:
        """By key what is up now and will be taken down: its program, and how it comes back."""
        chosen = ids(plan)
        return {
            one.key: {"id": one.app.id, "name": one.app.name, "how": one.how}
            for one in self.screen.shown()
            if not one.down and _id(one.app) in chosen and not spared.program(one.app.id, one.app.name)
        }

    def apply(self, plan: Plan, before: Before) -> str:
        """Take down what is up and keep looking; which refused, and Failed only when every one of them does."""
        self._chosen = ids(plan)
        wanted = [one for one in self._there(before) if not one.down]
        refused = [one for one in wanted if not self.screen.take_down(one)]
        refusal = _refusal(refused)
        if refused and len(refused) == len(wanted):
            raise Failed(refusal)
        if self._looking is None:
            self._looking = self.looking(self.look)
        return refusal

    def look(self) -> None:
        """Take down again what has come forward."""
        for one in self.screen.forward():
            allowed = not spared.program(one.app.id, one.app.name)
            if not one.down and allowed and _id(one.app) in self._chosen and self.screen.take_down(one):
                self._later[one.key] = one

    def is_ours(self, before: Before) -> bool:
        """Whether anything we took down is still down."""
        return any(one.down for one in self._there(before))

    def restore(self, before: Before) -> None:
        """Stop looking, and bring back what is still down; what a person brought up or closed is left alone."""
        if self._looking is not None:
            self._looking.close()
            self._looking = None
        later, self._later = self._later, {}
        also = {key: {"id": one.app.id, "name": one.app.name, "how": one.how} for key, one in later.items()}
        down = [one for one in self._there(also | before) if one.down]
        refused = [one for one in down if not self.screen.bring_back(one)]
        if refused:
            raise Failed(self.by_hand(also | before))

    def by_hand(self, before: Before) -> str:
        """In the words of the system."""
        return self.words_by_hand(_names(noted["name"] for noted in before.values()))

    def _there(self, before: Before) -> list[Shown]:
        """What was noted and is still there, up or down; a key that another program has by now is left out."""
        return [
            Shown(one.key, one.app, one.down, before[one.key]["how"])
            for one in self.screen.shown()
            if one.key in before and before[one.key]["id"] == one.app.id
        ]


@dataclass
class FakeScreen:
    """A screen of plain values; what is in ``stiff`` refuses to be moved."""

    things: list[Shown] = field(default_factory=list)
    stiff: set[str] = field(default_factory=set)
    helps: Support = YES

    def support(self) -> Support:
        """As set."""
        return self.helps

    def shown(self) -> Sequence[Shown]:
        """Everything."""
        return list(self.things)

    def forward(self) -> Sequence[Shown]:
        """What is up."""
        return [one for one in self.things if not one.down]

    def take_down(self, one: Shown) -> bool:
        """Unless stiff."""
        return self._move(one.key, True)

    def bring_back(self, one: Shown) -> bool:
        """Unless stiff."""
        return self._move(one.key, False)

    def _move(self, key: str, down: bool) -> bool:
        if key in self.stiff:
            return False
        self.things = [replace(one, down=down) if one.key == key else one for one in self.things]
        return True


def running(screen: Screen) -> tuple[Running, ...]:
    """The programs that show something now, by name, each once; those that are never kept down say why."""
    found: dict[str, Running] = {}
    with contextlib.suppress(Failed):
        for one in screen.shown():
            found.setdefault(_id(one.app), Running(one.app, one.icon, spared.program(one.app.id, one.app.name)))
    return tuple(sorted(found.values(), key=lambda one: one.app.name.casefold()))


def ids(plan: Plan) -> frozenset[str]:
    """The chosen programs, as they are compared."""
    return frozenset(_id(app) for app in plan.apps)


def _id(app: App) -> str:
    return app.id.casefold()


def _names(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _refusal(refused: Sequence[Shown]) -> str:
    if not refused:
        return ""
    programs = _names(one.app.name for one in refused)
    return _("{programs}: the system does not let CoachDesk take these windows down.").format(programs=programs)
