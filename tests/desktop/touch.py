"""Clicks on a test's screen that are over only once the program they went to has them.

A click and a question of the screen reader take different ways to a program, and the window manager holds a click back
until it has brought the window forward: what is read too early is what was there before the click. So the window is
asked afterwards whether it still answers, as window managers do (_NET_WM_PING in
https://specifications.freedesktop.org/wm-spec/latest/); this question takes the way of the click and comes after it.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

from Xlib import X
from Xlib import display as xlib
from Xlib.error import BadWindow, CatchError
from Xlib.ext.xtest import fake_input
from Xlib.protocol.event import ClientMessage

from tests.desktop.reader import until
from tests.display import Display, wait_for

LEFT = 1


def press(screen: Display, place: tuple[int, int]) -> None:
    """Move the pointer there and click; raises TimeoutError when nobody takes it."""
    display = xlib.Display(f"unix/{screen.name}")
    root = display.screen().root
    try:
        fake_input(display, X.MotionNotify, x=place[0], y=place[1])
        with _taken(display, _under_pointer(display)):
            fake_input(display, X.ButtonPress, LEFT)
            fake_input(display, X.ButtonRelease, LEFT)
            until(lambda: not root.query_pointer().mask & X.Button1Mask, lambda: "the click is held back")
    finally:
        display.close()


def _under_pointer(display: Any) -> Any:
    """The window of a program under the pointer, within the frame it has from the window manager."""
    window = display.screen().root
    while True:
        window = window.query_pointer().child
        assert window, "no window under the pointer would answer"
        if display.intern_atom("_NET_WM_PING") in window.get_wm_protocols():
            return window


@contextlib.contextmanager
def _taken(display: Any, window: Any) -> Iterator[None]:
    """What was done within, the program of the window has at the end, or its window is gone."""
    root, ping = display.screen().root, display.intern_atom("_NET_WM_PING")
    root.change_attributes(event_mask=X.StructureNotifyMask | X.SubstructureNotifyMask)
    window.change_attributes(event_mask=X.StructureNotifyMask)
    yield
    question = ClientMessage(
        window=window,
        client_type=display.intern_atom("WM_PROTOCOLS"),
        data=(32, [ping, X.CurrentTime, int(window.id), 0, 0]),
    )
    window.send_event(question, onerror=CatchError(BadWindow))

    def answered(event: Any) -> bool:
        if event.type == X.DestroyNotify:
            return bool(event.window == window)
        return bool(event.type == X.ClientMessage and event.data[1][:3].tolist() == question.data[1][:3])

    wait_for(display, answered)
