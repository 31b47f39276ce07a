"""The server that turns chosen websites away: on this computer only, at once, and never asking anything of anybody.

Browsers come here by the script of ``pac``. It is a loop over non-blocking sockets in a thread of its own, because
asyncio alone takes 50 ms to import and http.server as long, which entering focus mode has not got. Every connection
ends within two seconds, but the one over which the app hears that the loop still turns (``beats``). Whoever comes is
let in at once: where there is no room left, the oldest has to go. Should the thread ever fail, everything is closed,
and browsers go directly.
"""

import re
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

from coachdesk.focus import beats, pac, spared
from coachdesk.focus.beats import ADDRESS
from coachdesk.focus.blockers import Failed
from coachdesk.words import _

PATIENCE = 2.0
"""Seconds after which a connection ends, whatever the other side does."""
LONGEST = 16_384
"""Bytes of a request's head; what is longer is no request of a browser."""
MOST = 400
"""Connections at once, of the 512 that select() can watch on Windows."""

_REQUEST = re.compile(rb"([A-Z]{1,16}) ([!-~]{1,8192}) HTTP/1\.[01]\r?\n")
_AUTHORITY = re.compile(rb"http://(?:[^/?#@]*@)?([A-Za-z0-9.-]{1,253})(?::\d*)?(?:[/?#]|$)", re.IGNORECASE)

_PAGE = """\
<!DOCTYPE html>
<html dir="auto">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
body {{ margin: 0; min-height: 100vh; display: grid; place-content: center; text-align: center;
  color-scheme: light dark; font: 1.1rem/1.6 system-ui, sans-serif; background: #f6f5f1; color: #2b2f2e; }}
main {{ max-width: 32rem; padding: 2rem; }}
h1 {{ font-weight: 500; font-size: 1.6rem; margin: 0 0 .5rem; }}
p {{ margin: .3rem 0; }}
@media (prefers-color-scheme: dark) {{ body {{ background: #1e2221; color: #dfe3e0; }} }}
</style>
</head>
<body><main><h1>{title}</h1><p>{away}</p><p>{until}</p></main></body>
</html>
"""
_SAFE = (
    "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n"
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n"
)


@dataclass
class _Guest:
    """One connection: what it said, what is left to say to it, and when it ends."""

    sock: socket.socket
    ends: float
    descriptor: int
    heard: bytearray = field(default_factory=bytearray)
    answer: memoryview | None = None
    stays: bool = False
    """Whether it is to hear the beats once it has its answer."""


class BlockServer:
    """Turns the given hosts away until it is closed."""

    def __init__(
        self,
        hosts: Iterable[str],
        nonce: str,
        until: str = "",
        patience: float = PATIENCE,
        failed: Callable[[Exception], object] = lambda _fault: None,
    ) -> None:
        """``until`` is the time of day at which it ends, as the page is to show it; empty to show none.

        ``failed`` is told of what ended it, should it not end by ``close``; from its thread, when everything is closed.
        """
        self.until = until
        self._patience = patience
        self._failed = failed
        self._hosts = frozenset(hosts)
        self._nonce = nonce
        self._guests: dict[int, _Guest] = {}
        """By descriptor, the oldest first."""
        self._hearers: dict[int, _Guest] = {}
        """Those of the beats."""
        self._beats_at = 0.0
        self._listener: socket.socket | None = None
        self._waker: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._port = 0

    def start(self) -> int:
        """Listen, and answer from now on; the port. Raises Failed where this computer lets nobody listen."""
        try:
            self._listener = socket.create_server((ADDRESS, 0), backlog=512, reuse_port=False)
            wake, self._waker = socket.socketpair()
        except OSError:
            raise Failed(_("This computer let CoachDesk open no door for websites to turn away.")) from None
        self._listener.setblocking(False)
        self._port = self._listener.getsockname()[1]
        arguments = (self._listener, wake)
        self._thread = threading.Thread(target=self._serve, args=arguments, name="block-server", daemon=True)
        self._thread.start()
        return self._port

    def close(self, patience: float = PATIENCE) -> None:
        """Stop listening and end every connection; does nothing the second time.

        A thread that does not do so within so many seconds hangs. It is done in its place, so that no browser goes on
        waiting for it.
        """
        if self._waker is None or self._thread is None or self._listener is None:
            return
        self._waker.close()
        self._waker = None
        self._thread.join(patience)
        if self._thread.is_alive():
            for left in (self._listener, *(guest.sock for guest in self._everybody())):
                left.close()

    def _serve(self, listener: socket.socket, wake: socket.socket) -> None:
        try:
            self._turn(listener, wake)
        except Exception as fault:
            self._failed(fault)

    def _turn(self, listener: socket.socket, wake: socket.socket) -> None:
        """Attend to everybody until it is to end; then, or after a fault, close everything."""
        with wake, listener, selectors.DefaultSelector() as ready:
            ready.register(wake, selectors.EVENT_READ)
            ready.register(listener, selectors.EVENT_READ)
            try:
                while self._attend(ready, listener, wake):
                    pass
            finally:
                for guest in self._everybody():
                    self._dismiss(ready, guest)

    def _attend(self, ready: selectors.BaseSelector, listener: socket.socket, wake: socket.socket) -> bool:
        """See to whatever has happened, a newcomer last, as another may have to go for it; False once it is to end."""
        happened = [key for key, _events in ready.select(self._left())]
        for key in sorted(happened, key=lambda one: one.fileobj is listener):
            if key.fileobj is wake:
                return False
            if key.fileobj is listener:
                self._welcome(ready, listener)
            else:
                self._see_to(ready, key.data)
        self._end_the_old(ready)
        self._beat()
        return True

    def _everybody(self) -> list[_Guest]:
        return [*self._guests.values(), *self._hearers.values()]

    def _left(self) -> float | None:
        """Seconds until a connection ends or a beat is due; None where neither will be."""
        due = [guest.ends for guest in islice(self._guests.values(), 1)] + ([self._beats_at] if self._hearers else [])
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _beat(self) -> None:
        """Let those who listen for it know that this loop turns."""
        if self._hearers and (now := time.monotonic()) >= self._beats_at:
            self._beats_at = now + beats.BEAT
            for guest in self._hearers.values():
                with suppress(OSError):  # gone, which is seen at the next turn, or too busy to take it
                    guest.sock.send(beats.SIGN)

    def _welcome(self, ready: selectors.BaseSelector, listener: socket.socket) -> None:
        """Let the next one in; raises OSError where nobody can be."""
        try:
            sock, _address = listener.accept()
        except (BlockingIOError, ConnectionError):
            return  # gone again
        except OSError:  # this process may open no more files; it has its turn when there is room
            if not self._guests:
                raise
            self._dismiss_the_oldest(ready)
            return
        if len(self._guests) >= MOST:
            self._dismiss_the_oldest(ready)
        sock.setblocking(False)
        guest = _Guest(sock, time.monotonic() + self._patience, sock.fileno())
        self._guests[guest.descriptor] = guest
        ready.register(sock, selectors.EVENT_READ, guest)

    def _end_the_old(self, ready: selectors.BaseSelector) -> None:
        now = time.monotonic()
        for guest in list(self._guests.values()):
            if guest.ends > now:
                return
            self._dismiss(ready, guest)

    def _dismiss_the_oldest(self, ready: selectors.BaseSelector) -> None:
        self._dismiss(ready, next(iter(self._guests.values())))

    def _dismiss(self, ready: selectors.BaseSelector, guest: _Guest) -> None:
        self._guests.pop(guest.descriptor, None)
        self._hearers.pop(guest.descriptor, None)
        ready.unregister(guest.sock)
        guest.sock.close()

    def _see_to(self, ready: selectors.BaseSelector, guest: _Guest) -> None:
        """Hear until the request is there, say the answer, then hear nothing more until the other side is gone."""
        try:
            if guest.answer is None:
                self._hear(guest)
            elif not guest.answer and not guest.sock.recv(65_536):  # what it still says would turn into a reset
                self._dismiss(ready, guest)
                return
            if guest.answer:
                guest.answer = guest.answer[guest.sock.send(guest.answer) :]
                ready.modify(guest.sock, selectors.EVENT_WRITE if guest.answer else selectors.EVENT_READ, guest)
                if not guest.answer and guest.stays:
                    self._hearers[guest.descriptor] = self._guests.pop(guest.descriptor)
                elif not guest.answer:
                    guest.sock.shutdown(socket.SHUT_WR)
        except BlockingIOError:
            pass
        except OSError:
            self._dismiss(ready, guest)

    def _hear(self, guest: _Guest) -> None:
        """Take what has come; raises ConnectionError when that is all and no request."""
        said = guest.sock.recv(65_536)
        guest.heard += said
        head = bytes(guest.heard[:LONGEST])
        if b"\r\n\r\n" in head or b"\n\n" in head or len(guest.heard) >= LONGEST:
            answer = self._answer(head)
            guest.answer, guest.stays = memoryview(answer), answer is beats.BEGUN
        elif not said:
            raise ConnectionError

    def _answer(self, head: bytes) -> bytes:
        """What to say to a request, given the lines of its head."""
        request = _REQUEST.match(head)
        if request is None:
            return _response("400 Bad Request")
        method, target = request[1], request[2]
        if method == b"CONNECT":
            return _response("403 Forbidden")
        answer = self._own(head, target.decode()) if target.startswith(b"/") else self._turned_away(target)
        return answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if method == b"HEAD" else answer

    def _own(self, head: bytes, path: str) -> bytes:
        """The script and the beats, for who knows the nonce and asks by our address."""
        if _host(head) != f"{ADDRESS}:{self._port}".encode():
            return _response("403 Forbidden")
        if path == beats.path(self._nonce):
            return beats.BEGUN
        if path == f"/focus-{self._nonce}.pac":
            script = pac.text(self._hosts, self._port, self._nonce)
            return _response("200 OK", "application/x-ns-proxy-autoconfig", script)
        return _response("403 Forbidden")

    def _turned_away(self, target: bytes) -> bytes:
        """Our page, for a plain page of a website on the list."""
        asked = _AUTHORITY.match(target)
        above = spared.parents(asked[1].decode().lower().rstrip(".")) if asked else set()
        known = max(above & self._hosts, key=len, default="")
        if not known:
            return _response("403 Forbidden")
        return _response("403 Forbidden", "text/html; charset=utf-8", page(known, self.until))


def page(host: str, until: str = "") -> str:
    """The page shown in place of a website: calm, without scripts and without anything from elsewhere."""
    from html import escape

    return _PAGE.format(
        title=escape(_("Not now")),
        away=escape(_("You asked CoachDesk to keep {host} away while you listen.").format(host=host)),
        until=escape(_("It is quiet until {time}.").format(time=until) if until else _("It opens again afterwards.")),
    )


def _host(head: bytes) -> bytes:
    """Whom a request is for; empty where it does not say. No pattern: one that goes back in a long line takes hours."""
    for line in head.split(b"\n"):
        name, _colon, value = line.partition(b":")
        if name.lower() == b"host":
            return value.strip(b" \t\r")
    return b""


def _response(status: str, kind: str = "", body: str = "") -> bytes:
    content = body.encode()
    kind = f"Content-Type: {kind}\r\n" if kind else ""
    length = f"Content-Length: {len(content)}\r\n"
    return f"HTTP/1.1 {status}\r\nConnection: close\r\n{kind}{length}{_SAFE}\r\n".encode() + content
