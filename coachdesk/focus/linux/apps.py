"""Keeping chosen programs down on X11: their windows are minimised, and brought back when focus mode ends."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any, TypeVar

from coachdesk.errors import Refused
from coachdesk.focus import spared
from coachdesk.focus.blockers import YES, Before, Failed, Support
from coachdesk.focus.plan import App, Plan
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.focus.linux.screen import Screen, Window
    from coachdesk.focus.linux.watch import Chosen, Watch

T = TypeVar("T")

_PATIENCE = 1.0
"""Seconds for everything that is asked of the screen at one time."""
_BACK = 0.5
"""Seconds for the windows to come back."""


class Minimise:
    """The blocker "apps" on X11.

    A program is known by the class that its windows carry (WM_CLASS, in lower case), else by the file it carries out.
    Noted down is what was to be seen at the beginning and will be minimised. What comes forward later is kept in mind
    only; after a kill it stays minimised, which a click in the list of windows mends.
    """

    name = "apps"
    way = "x11"

    def __init__(self, environment: Mapping[str, str], why_spared: Callable[[str, str], str] = spared.program) -> None:
        """``why_spared`` tells why a program is never kept down; empty for one that may be."""
        self._environment = environment
        self._why_spared = why_spared
        self._watch: Watch | None = None

    def available(self) -> Support:
        """Whether there is an X11 screen whose window manager minimises windows when asked."""
        return support(self._environment)

    def observe(self) -> Before:
        """Which windows are minimised."""

        def states(screen: "Screen") -> Before:
            normal = [window.id for window in screen.windows(screen.ids()) if window.normal]
            return {str(one): state.hidden for one, state in sorted(screen.states(normal).items())}

        return asked(self._screen(), states)

    def capture(self, plan: Plan) -> Before:
        """The windows that will be minimised at once: screen, and of each window id, process, class and desktop."""
        chosen = self._chosen(plan.apps)
        names = {app.id.lower(): app.name for app in plan.apps}

        def found(screen: "Screen") -> list[dict[str, Any]]:
            windows = {one.id: one for one in screen.windows(screen.ids()) if chosen.has(one)}
            desktop = screen.desktop()
            return [
                _noted(windows[one], state.desktop, names[windows[one].program])
                for one, state in screen.states(windows).items()
                if screen.shown(state, desktop)
            ]

        windows = asked(self._screen(), found)
        return {"screen": self._screen(), "windows": windows} if windows else {}

    def apply(self, plan: Plan, before: Before) -> None:  # noqa: ARG002
        """Minimise them, and go on doing so. Raises Failed, also when not one of them can be minimised."""
        from coachdesk.focus.linux.watch import Watch

        chosen = self._chosen(plan.apps)
        if self._watch is None and chosen.programs:
            self._watch = Watch(self._screen(), chosen)
        if self._watch is not None:
            self._watch.wait()

    def is_ours(self, before: Before) -> bool:
        """Whether one of the windows is still minimised."""
        return bool(_asked_while_there(before["screen"], lambda screen: set(_down(screen, before["windows"]))))

    def restore(self, before: Before) -> None:
        """Bring back what is still minimised, without making it active. Raises Failed when it does not come."""
        windows, screen = list(before.get("windows", ())), before.get("screen", self._environment.get("DISPLAY", ""))
        if self._watch is not None:
            touched, let_be = self._watch.stop()
            self._watch = None
            kept = {window.id for window in let_be}
            windows = [one for one in windows if one["id"] not in kept]
            known = {one["id"] for one in windows}
            windows += [_noted(window, None, "") for window in touched if window.id not in known]
        if windows and _asked_while_there(screen, lambda screen: _brought_back(screen, windows)):
            raise Failed(self.by_hand({"windows": windows}))

    def by_hand(self, before: Before) -> str:
        """Where to click."""
        names = sorted({one["name"] or one["class"] for one in before.get("windows", ())})
        if not names:
            return _("Some windows may still be minimised; a click in the list of windows brings each back.")
        sentence = _("Windows of {programs} may still be minimised; a click in the list of windows brings each back.")
        return sentence.format(programs=", ".join(names))

    def _chosen(self, apps: Iterable[App]) -> "Chosen":
        from coachdesk.focus.linux.watch import chosen

        return chosen(((app.id, app.name) for app in apps), self._why_spared)

    def _screen(self) -> str:
        screen = self._environment.get("DISPLAY", "")
        if not screen:
            raise Failed(self.available().why)
        return screen


def support(environment: Mapping[str, str]) -> Support:
    """What can be done with the windows of other programs here."""
    wayland = environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland"
    if not environment.get("DISPLAY"):
        if wayland:
            return Support("no", _("Wayland does not let a program minimise the windows of others; they stay open."))
        return Support("no", _("There is no screen here."))
    try:
        managed = asked(environment["DISPLAY"], _is_managed)
    except Refused as why:
        return Support("no", why.sentence)
    if not managed:
        return Support("no", _("The window manager here does not minimise windows when asked; they stay open."))
    if wayland:
        return Support("partly", _("Under Wayland only programs with windows of the older kind (X11) are kept down."))
    return YES


def asked(display_name: str, work: Callable[["Screen"], T]) -> T:
    """What the screen of that name answers; raises Failed where it cannot be reached, or not in time."""
    from coachdesk.focus.linux.screen import Screen, within

    def answer() -> T:
        with closing(Screen(display_name)) as screen:
            return work(screen)

    return within(_PATIENCE, answer)


def _asked_while_there(display_name: str, work: Callable[["Screen"], set[int]]) -> set[int]:
    """As ``asked``, but of a screen that may have gone since, and its windows with it."""
    from coachdesk.machine.x11 import is_listening

    try:
        return asked(display_name, work)
    except Failed:
        if is_listening(display_name):
            raise
        return set()


def _is_managed(screen: "Screen") -> bool:
    from coachdesk.focus.linux.screen import NEEDED

    return screen.supports(*NEEDED)


def _noted(window: "Window", desktop: int | None, name: str) -> dict[str, Any]:
    return {"id": window.id, "pid": window.pid, "class": window.wm_class, "desktop": desktop, "name": name}


def _down(screen: "Screen", windows: Iterable[Mapping[str, Any]]) -> dict[int, int | None]:
    """Which of these are still minimised, and their desktops; an id that another program has by now is not one."""
    noted = {one["id"]: one for one in windows}
    known = {
        one.id
        for one in screen.windows(set(screen.ids()) & noted.keys())
        if (one.pid, one.wm_class) == (noted[one.id]["pid"], noted[one.id]["class"])
    }
    return {one: noted[one]["desktop"] for one, state in screen.states(known).items() if state.hidden}


def _brought_back(screen: "Screen", windows: Iterable[Mapping[str, Any]]) -> set[int]:
    return screen.bring_back(_down(screen, windows), _BACK)
