"""Minimises the windows of chosen programs, and again when they come forward or are opened, on a thread of its own."""

import contextlib
import os
import selectors
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field

from Xlib import error

from coachdesk.errors import Refused
from coachdesk.focus import spared
from coachdesk.focus.blockers import Failed
from coachdesk.focus.linux.screen import Screen, Window
from coachdesk.words import _

TIMES, SECONDS = 3, 10
"""Who brings a window up so often within so long wants it."""
_AT_ONCE = 300
"""Milliseconds within which a window that becomes active before it goes down has still come forward only once."""
_PATIENCE = 0.5
"""Seconds for the windows to go down."""


@dataclass(frozen=True)
class Chosen:
    """The programs to keep down."""

    programs: frozenset[str]
    """Window classes, or files of programs, in lower case."""
    why_spared: Callable[[str, str], str] = spared.program
    """Why a program is never kept down."""

    def has(self, window: Window) -> bool:
        """Whether a window is to be kept down: one of a chosen program, which neither name shows to be spared."""
        if not window.normal or window.program not in self.programs:
            return False
        return not any(self.why_spared(name, "") for name in (window.wm_class, window.file) if name)


@dataclass
class Insistence:
    """Who brings the same window up three times within ten seconds wants it, and from then on it is let be.

    Focus mode reminds and never locks: a click, and a second one, may be habit, the third is a decision, and nobody
    has to find a switch first for something that is needed now. A program that brings itself up again and again wins
    by this too; it would otherwise flicker before the call without end. It is the window that counts, not its
    program: who insists on one document still has the rest kept down.
    """

    _times: list[int] = field(default_factory=list)

    def said(self, at: int) -> bool:
        """Note that the window was brought up, in milliseconds of the screen; whether it is wanted by now."""
        self._times = [*(time for time in self._times if at - time <= SECONDS * 1000), at]
        return len(self._times) >= TIMES


@dataclass
class Kept:
    """A window of a chosen program, and what was done to it."""

    window: Window
    up: bool = False
    """Whether it was to be seen when we last looked."""
    put_down_at: int | None = None
    """When it had come forward last and we minimised it; None when we never did."""
    insistence: Insistence = field(default_factory=Insistence)
    let_be: bool = False


class Watch:
    """Keeps the windows down from the moment it is made until ``stop``."""

    def __init__(self, display_name: str, chosen: Chosen) -> None:
        self._name = display_name
        self._chosen = chosen
        self._seen: set[int] = set()
        self._kept: dict[int, Kept] = {}
        self._active: int | None = None
        self._before: int | None = None
        """The window that was active last and is not kept down."""
        self._first: Future[None] = Future()
        self._stopping = threading.Event()
        self._waking, self._waker = os.pipe()
        self._thread = threading.Thread(target=self._run, name="windows", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Wait until the windows that were there are down; raises Failed when not one of them goes."""
        try:
            self._first.result(2 * _PATIENCE)
        except TimeoutError:
            raise Failed(_("The screen does not answer.")) from None
        except Failed:
            raise
        except Refused as why:
            raise Failed(why.sentence) from why

    def stop(self) -> tuple[list[Window], list[Window]]:
        """End, and tell what was minimised and is to be brought back, and what is let be as the person wanted it."""
        if not self._stopping.is_set():
            self._stopping.set()
            with contextlib.suppress(OSError):
                os.write(self._waker, b"s")
            os.close(self._waker)
        self._thread.join(_PATIENCE)
        touched = [kept for kept in list(self._kept.values()) if kept.put_down_at is not None]
        return [kept.window for kept in touched if not kept.let_be], [kept.window for kept in touched if kept.let_be]

    # --- on its thread ---

    def _run(self) -> None:
        try:
            screen = Screen(self._name)
            try:
                self._begin(screen)
                self._go_on(screen)
            finally:
                screen.close()
        except (error.ConnectionClosedError, OSError):
            self._fail(Failed(_("The screen has gone.")))  # its windows too: nothing is left to do
        except Exception as fault:
            if not self._fail(fault):
                raise
        finally:
            os.close(self._waking)

    def _fail(self, why: Exception) -> bool:
        """Tell who waits; False where nobody does any more."""
        waited = not self._first.done()
        if waited:
            self._first.set_exception(why)
        return waited

    def _begin(self, screen: Screen) -> None:
        screen.listen()
        self._look(screen)
        down = [one for one, kept in self._kept.items() if kept.put_down_at is not None]
        up = screen.wait_until(True, down, _PATIENCE)
        if down and len(up) == len(down):
            raise Failed(_("The windows of the chosen programs could not be minimised."))
        self._look(screen)
        self._first.set_result(None)

    def _go_on(self, screen: Screen) -> None:
        with selectors.DefaultSelector() as ready:
            ready.register(screen, selectors.EVENT_READ)
            ready.register(self._waking, selectors.EVENT_READ)
            while not self._stopping.is_set():
                heard = screen.heard()
                if heard:
                    self._forget({one for one, name in heard if name in ("WM_CLASS", "_NET_WM_WINDOW_TYPE")})
                    self._look(screen)
                else:
                    ready.select()

    def _forget(self, ids: Iterable[int]) -> None:
        """Look anew at what these windows are: some programs say so only after they have opened them."""
        for one in ids:
            self._seen.discard(one)

    def _look(self, screen: Screen) -> None:
        """See which windows there are and which is active, and put down what came forward.

        The keyboard goes first: a window that goes down without it leaves nothing to give on to a third, and who sees
        it down sees the end of it.
        """
        self._find(screen)
        active, desktop = screen.active(), screen.desktop()
        states, came = screen.states(self._kept), False
        down: list[int] = []
        for one, kept in self._kept.items():
            up = one in states and screen.shown(states[one], desktop)
            if up and not self._stopping.is_set() and (not kept.up or (active == one and self._active != one)):
                self._note_forward(kept, screen.at)
                if not kept.let_be:
                    down.append(one)
                    came = came or not kept.up
            kept.up = up
        self._see_to_active(screen, active, came)
        for one in down:
            screen.put_down(one)

    def _find(self, screen: Screen) -> None:
        ids = screen.ids()
        new = [one for one in ids if one not in self._seen]
        if new:
            screen.listen(*new)
        for window in screen.windows(new):
            if self._chosen.has(window):
                self._kept.setdefault(window.id, Kept(window))
        self._seen = set(ids)
        for gone in self._kept.keys() - self._seen:
            del self._kept[gone]

    def _note_forward(self, kept: Kept, at: int) -> None:
        """Note that a window came forward, and whether the person insists on it by now."""
        if kept.let_be:
            return
        same = kept.up and kept.put_down_at is not None and at - kept.put_down_at <= _AT_ONCE
        if not same:
            kept.let_be = kept.put_down_at is not None and kept.insistence.said(at)
            kept.put_down_at = at

    def _see_to_active(self, screen: Screen, active: int | None, came: bool) -> None:
        """Where a window that is kept down became active, make active what was so before.

        One that ``came`` forward may be about to, and be down, with another active, before we look again.
        """
        kept = self._kept.get(active) if active else None
        if kept is None or kept.let_be:
            self._before = active or self._before
            if active and came:
                screen.make_active(active)
        elif self._before is not None and self._before in self._seen and active != self._active:
            screen.make_active(self._before)
        self._active = active


def chosen(programs: Iterable[tuple[str, str]], why_spared: Callable[[str, str], str] = spared.program) -> Chosen:
    """The programs to keep down, from how they are known and called; those that are spared are left out."""
    return Chosen(frozenset(known.lower() for known, name in programs if not why_spared(known, name)), why_spared)
