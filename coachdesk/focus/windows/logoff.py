"""Hears on Windows that the person logs off or the computer shuts down, in time to put everything back.

Windows tells a console program by CTRL_LOGOFF_EVENT, but not one that has loaded user32.dll or gdi32.dll, as we do
(SetConsoleCtrlHandler, Remarks): such a program is told by WM_QUERYENDSESSION to its top-level windows, so there is one
that is never shown. A program with a console gets none of these messages (Microsoft, Q197630), so the guardian must be
started without one. What is to be put back must be so before the first message is answered: afterwards the settings of
the network could not be changed any more (getlantern issue 2776), and a program that takes over 5 seconds is ended.
Not run on a real Windows computer.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol

from coachdesk.machine.here import Closing

WM_QUIT, WM_QUERYENDSESSION, WM_ENDSESSION = 0x0012, 0x0011, 0x0016
_WAIT = 5.0


class Api(Protocol):
    """The calls made to Windows, part of those of ``machine.windows``; ``machine.win32.Win32`` makes them."""

    def thread(self) -> int:
        """The calling thread's number; it has a message queue after this."""
        ...

    def post(self, thread: int, message: int) -> None:
        """PostThreadMessageW."""
        ...

    def next_message(self) -> tuple[int, int] | None:
        """Wait for and pass on the next message; None once asked to quit."""
        ...

    def listen(self, on_message: Callable[[int, int], None]) -> Closing:
        """A hidden window of the calling thread whose messages are passed on and then answered as usual, with yes."""
        ...


class Logoff:
    """Calls a function once when the session ends, and lets Windows go on when it has returned.

    The function is called on a thread of this object. If another program then keeps the session from ending, what was
    put back stays so.
    """

    def __init__(self, call: Callable[[], object], api: Api) -> None:
        self._call, self._api = call, api
        self._called = False
        self._number: Future[int] = Future()
        self._thread = threading.Thread(target=self._run, name="logoff", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._api.post(self._number.result(_WAIT), WM_QUIT)
            self._thread.join(_WAIT)

    def _run(self) -> None:
        window = self._api.listen(self._hear)
        self._number.set_result(self._api.thread())
        while self._api.next_message() is not None:
            pass
        window.close()

    def _hear(self, message: int, parameter: int) -> None:
        ends = message == WM_QUERYENDSESSION or (message == WM_ENDSESSION and parameter)
        if ends and not self._called:
            self._called = True
            self._call()
