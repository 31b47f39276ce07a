"""The programs of a Mac, hidden and shown again as by its menu. Not run on a real Mac."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from coachdesk.focus.blockers import YES, Support
from coachdesk.focus.kept_down import KeptDown, Shown
from coachdesk.focus.plan import App
from coachdesk.words import _


@dataclass(frozen=True)
class Application:
    """One program that runs and has a place in the Dock."""

    process: int
    id: str
    """Its bundle, such as "com.tinyspeck.slackmacgap"; the name of its program where it has none."""
    name: str
    path: str = ""
    hidden: bool = False


class Api(Protocol):
    """The questions put to macOS; ``workspace.Workspace`` puts them."""

    def applications(self) -> Sequence[Application]:
        """All programs with a place in the Dock."""
        ...

    def application(self, process: int) -> Application | None:
        """One of them; may be asked from any thread, and what it says of being hidden may be old."""
        ...

    def on_screen(self) -> Collection[int]:
        """The processes that have an ordinary window on a screen at this moment; may be asked from any thread."""
        ...

    def hide(self, process: int) -> bool:
        """Hide it with all its windows; False where macOS refuses."""
        ...

    def unhide(self, process: int) -> bool:
        """Show it again; False where macOS refuses."""
        ...


@dataclass
class FakeWorkspace:
    """Programs in a dictionary; those in ``stiff`` refuse to be hidden and shown."""

    programs: dict[int, Application] = field(default_factory=dict)
    stiff: set[int] = field(default_factory=set)

    def applications(self) -> Sequence[Application]:
        """All of them."""
        return list(self.programs.values())

    def application(self, process: int) -> Application | None:
        """One of them."""
        return self.programs.get(process)

    def on_screen(self) -> Collection[int]:
        """Those not hidden."""
        return [process for process, one in self.programs.items() if not one.hidden]

    def hide(self, process: int) -> bool:
        """Unless stiff."""
        return self._move(process, True)

    def unhide(self, process: int) -> bool:
        """Unless stiff."""
        return self._move(process, False)

    def _move(self, process: int, hidden: bool) -> bool:
        if process in self.stiff:
            return False
        self.programs[process] = replace(self.programs[process], hidden=hidden)
        return True


class Dock:
    """What has a place in the Dock."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._known: dict[int, Shown | None] = {}

    def support(self) -> Support:
        """Always."""
        return YES

    def shown(self) -> Sequence[Shown]:
        """Every program."""
        return [_shown(one) for one in self._api.applications()]

    def forward(self) -> Sequence[Shown]:
        """The programs with a window on a screen now, whatever macOS last said of their being hidden."""
        return [one for process in self._api.on_screen() if (one := self._program(process)) is not None]

    def take_down(self, one: Shown) -> bool:
        """Hide it."""
        return self._api.hide(_process(one))

    def bring_back(self, one: Shown) -> bool:
        """Show it, where it was, behind what has the keyboard."""
        return self._api.unhide(_process(one))

    def _program(self, process: int) -> Shown | None:
        if process not in self._known:
            found = self._api.application(process)
            self._known[process] = _shown(found, hidden=False) if found else None
        return self._known[process]


def _shown(one: Application, hidden: bool | None = None) -> Shown:
    down = one.hidden if hidden is None else hidden
    return Shown(str(one.process), App(one.id, one.name), down, icon=one.path)


def _process(one: Shown) -> int:
    return int(one.key)


def blocker(api: Api) -> KeptDown:
    """The blocker."""

    def by_hand(programs: str) -> str:
        return _("Bring these programs back with their pictures in the Dock: {programs}.").format(programs=programs)

    return KeptDown("dock", Dock(api), by_hand)
