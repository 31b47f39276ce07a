"""The windows of programs on Windows, taken down and brought back without giving any the keyboard.

By ShowWindowAsync, which does not wait for a program that hangs. Names and values: learn.microsoft.com, ShowWindow,
GetWindowPlacement, "Extended Window Styles", DWMWINDOWATTRIBUTE. Not run on a real Windows computer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PureWindowsPath
from typing import Protocol

from coachdesk.focus.blockers import YES, Support
from coachdesk.focus.kept_down import KeptDown, Shown
from coachdesk.focus.plan import App
from coachdesk.words import _

MINIMISE, SHOW, RESTORE = 7, 4, 9
"""SW_SHOWMINNOACTIVE, SW_SHOWNOACTIVATE, SW_RESTORE."""
MAXIMISED = "maximised"
FRAME_HOST = "applicationframehost.exe"
"""The program of Windows that draws the frames of programs from the store."""


@dataclass(frozen=True)
class Window:
    """One top-level window."""

    handle: int
    process: int
    visible: bool = True
    cloaked: bool = False
    """Kept invisible by Windows: on another virtual desktop, or because its program sleeps (DWMWA_CLOAKED)."""
    owned: bool = False
    tool: bool = False
    """WS_EX_TOOLWINDOW."""
    app: bool = False
    """WS_EX_APPWINDOW."""
    down: bool = False
    maximised: bool = False
    """Also where it would be so when it comes up."""

    @property
    def in_taskbar(self) -> bool:
        """Whether the taskbar has a button for it ("The Taskbar", Managing Taskbar Buttons)."""
        return self.visible and not self.cloaked and (self.app or not (self.owned or self.tool))


class Api(Protocol):
    """The questions put to Windows; ``window_list.WindowList`` puts them."""

    def windows(self) -> Sequence[Window]:
        """All visible top-level windows."""
        ...

    def foreground(self) -> Window | None:
        """The window that has the keyboard."""
        ...

    def program(self, window: Window) -> str:
        """The path of its program; "" where Windows does not tell."""
        ...

    def description(self, path: str) -> str:
        """What a program says it is called; "" where it says nothing."""
        ...

    def show(self, handle: int, command: int) -> bool:
        """ShowWindowAsync; False where Windows refuses, as for a program with more rights than ours."""
        ...


@dataclass
class FakeWindowList:
    """Windows in a list; those in ``stiff`` belong to a program with more rights than ours."""

    all: list[Window] = field(default_factory=list)
    programs: dict[int, str] = field(default_factory=dict)
    """The path of the program by process."""
    front: int = 0
    stiff: set[int] = field(default_factory=set)
    asked: list[tuple[int, int]] = field(default_factory=list)
    """What was shown how."""

    def windows(self) -> Sequence[Window]:
        """All that are visible."""
        return [one for one in self.all if one.visible]

    def foreground(self) -> Window | None:
        """The one set in ``front``."""
        return next((one for one in self.all if one.handle == self.front), None)

    def program(self, window: Window) -> str:
        """As set."""
        return self.programs.get(window.process, "")

    def description(self, path: str) -> str:
        """Slack alone says what it is called."""
        return "Slack" if path.endswith("slack.exe") else ""

    def show(self, handle: int, command: int) -> bool:
        """Unless stiff."""
        self.asked.append((handle, command))
        if handle in self.stiff:
            return False
        down = command == MINIMISE
        self.all = [replace(one, down=down) if one.handle == handle else one for one in self.all]
        return True


class Taskbar:
    """What has a button in the taskbar."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._names: dict[str, str] = {}
        self._paths: dict[str, str] = {}
        """By key, as a program from the store that sleeps while it is down is not to be seen in its frame any more."""

    def support(self) -> Support:
        """Always."""
        return YES

    def shown(self) -> Sequence[Shown]:
        """Every window with a button whose program is known."""
        found = (self._shown(window) for window in self._api.windows() if window.in_taskbar)
        return [one for one in found if one is not None]

    def forward(self) -> Sequence[Shown]:
        """The window that has the keyboard."""
        window = self._api.foreground()
        one = self._shown(window) if window is not None and window.in_taskbar else None
        return [one] if one is not None else []

    def take_down(self, one: Shown) -> bool:
        """Minimise, which activates nothing."""
        return self._api.show(_handle(one), MINIMISE)

    def bring_back(self, one: Shown) -> bool:
        """Restore.

        SW_SHOWNOACTIVATE gives a window back in its plain size even where it was maximised (so in Wine's
        ``dlls/win32u/window.c``); only SW_RESTORE, which also wants to activate it, does not.
        """
        return self._api.show(_handle(one), RESTORE if one.how == MAXIMISED else SHOW)

    def _shown(self, window: Window) -> Shown | None:
        key = f"{window.handle}:{window.process}"
        path = self._api.program(window)
        if PureWindowsPath(path).name.lower() == FRAME_HOST:
            path = self._paths.get(key, "")
        if not path:
            return None
        self._paths[key] = path
        app = App(PureWindowsPath(path).name.lower(), self._name(path))
        how = MAXIMISED if window.maximised else ""
        return Shown(key, app, window.down, how, path)

    def _name(self, path: str) -> str:
        if path not in self._names:
            self._names[path] = self._api.description(path) or PureWindowsPath(path).stem
        return self._names[path]


def _handle(one: Shown) -> int:
    return int(one.key.partition(":")[0])


def blocker(api: Api) -> KeptDown:
    """The blocker."""

    def by_hand(programs: str) -> str:
        return _("Bring the windows of these programs back with their buttons in the taskbar: {programs}.").format(
            programs=programs
        )

    return KeptDown("taskbar", Taskbar(api), by_hand)
