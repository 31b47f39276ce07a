"""Reads the screen as a screen reader does, through AT-SPI, and says where things are so that they can be clicked.

The protocol is spoken directly over D-Bus (interfaces org.a11y.atspi.Accessible and .Component, as published in
at-spi2-core's XML files), because the usual Python binding is not on PyPI.
"""

import itertools
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from jeepney import DBusAddress, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

PATIENCE = 30.0
"""Seconds for anything to appear; only a fault takes as long."""
ROOT = "/org/a11y/atspi/accessible/root"
ACCESSIBLE = "org.a11y.atspi.Accessible"
COMPONENT = "org.a11y.atspi.Component"
TEXT = "org.a11y.atspi.Text"
SCREEN = 0
"""Coordinates relative to the screen (enum AtspiCoordType)."""
STATE_SHOWING, STATE_FOCUSED = 25, 12
"""Bits of AtspiStateType."""
BAR_HEIGHT = 120
"""Pixels; the bar is the only window as low."""
PRESENT_ONES = ("list item", "page tab")
"""Roles of what is one of several."""


class Bus:
    """A session bus of a test's own with the accessibility bus on it."""

    def __enter__(self) -> "Bus":
        self._folder = tempfile.TemporaryDirectory()
        address = f"unix:path={self._folder.name}/bus"
        self._process = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", f"--address={address}", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "XDG_DATA_DIRS": "/usr/share"},
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().decode().strip()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()
        self._folder.cleanup()

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to be read here."""
        return {"DBUS_SESSION_BUS_ADDRESS": self.address, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}


@dataclass(frozen=True)
class Thing:
    """One thing on the screen: what it is, what it is called, and where it is."""

    owner: str
    path: str
    role: str
    name: str
    description: str
    showing: bool
    focused: bool
    box: tuple[int, int, int, int]

    @property
    def middle(self) -> tuple[int, int]:
        """Where to click."""
        x, y, width, height = self.box
        return x + width // 2, y + height // 2

    def matches(self, name: str, role: str = "") -> bool:
        """Whether it has this name (a regular expression for all of it) and, if given, this role."""
        return role in ("", self.role) and re.fullmatch(name, self.name, re.DOTALL) is not None


class Reader:
    """All programs on one accessibility bus."""

    def __init__(self, session_bus: str) -> None:
        """``session_bus`` is the address of the session bus the programs are on."""
        session = open_dbus_connection(session_bus)
        try:
            finding = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            (address,) = _ask(session, finding, "GetAddress")
        finally:
            session.close()
        self._bus = open_dbus_connection(address)

    def close(self) -> None:
        """Let go of the bus."""
        self._bus.close()

    def things(self, lower_than: int = 100_000) -> Iterator[Thing]:
        """Everything that is showing, in windows lower than so many pixels (the bar, say), the newest window first."""
        for owner, path in self._children("org.a11y.atspi.Registry", ROOT):
            for window_owner, window in reversed(self._children(owner, path)):
                yield from self._below(window_owner, window, 0, lower_than)

    def find(self, name: str, role: str = "") -> list[Thing]:
        """What is showing under a name (a regular expression for all of it) and, if given, with a role."""
        return [thing for thing in self.things() if thing.matches(name, role)]

    def wait(self, name: str, role: str = "", lower_than: int = 100_000) -> Thing:
        """The first such thing, as soon as it is there; raises TimeoutError naming what is there instead."""
        found: list[Thing] = []

        def there() -> bool:
            found.extend(itertools.islice((t for t in self.things(lower_than) if t.matches(name, role)), 1))
            return bool(found)

        until(there, lambda: f"{role} {name!r} is not among: {self.texts()}")
        return found[0]

    def texts(self) -> list[str]:
        """Every name that is showing."""
        return [thing.name for thing in self.things() if thing.name]

    def written(self, thing: Thing) -> str:
        """What stands in a text."""
        return str(_ask(self._bus, DBusAddress(thing.path, thing.owner, TEXT), "GetText", "ii", (0, -1))[0])

    def focused(self) -> Thing | None:
        """What has the keyboard; None while nothing says so."""
        for owner, path in self._children("org.a11y.atspi.Registry", ROOT):
            for window in reversed(self._children(owner, path)):
                found = self._focused_below(*window, within=False)
                if found is not None:
                    return self._thing(*found)
        return None

    def _focused_below(self, owner: str, path: str, *, within: bool) -> tuple[str, str] | None:
        """The innermost that says so, by as few questions as do: it is asked for after each key.

        Qt's rows and tabs say so whenever they are the present ones of what they are in; only ``within`` what has the
        keyboard itself it is true. And what a text is drawn on says so with the text.
        """
        at = DBusAddress(path, owner, ACCESSIBLE)
        bits = self._states(at)
        if not bits >> STATE_SHOWING & 1:
            return None
        focused = bool(bits >> STATE_FOCUSED & 1)
        for child in self._children(owner, path):
            found = self._focused_below(*child, within=focused)
            if found is not None:
                return found
        role = _ask(self._bus, at, "GetRoleName")[0] if focused else ""
        return (owner, path) if focused and role not in (("filler",) if within else PRESENT_ONES) else None

    def _states(self, at: DBusAddress) -> int:
        (states,) = _ask(self._bus, at, "GetState")
        return states[0] | (states[1] << 32 if len(states) > 1 else 0)

    def _below(self, owner: str, path: str, depth: int, lower_than: int) -> Iterator[Thing]:
        try:
            thing = self._thing(owner, path)
        except LookupError:
            return  # it went away while we looked
        if not thing.showing or thing.box[3] >= lower_than:
            return
        yield thing
        if depth < 40:
            for child_owner, child in self._children(owner, path):
                yield from self._below(child_owner, child, depth + 1, lower_than)

    def _thing(self, owner: str, path: str) -> Thing:
        at = DBusAddress(path, owner, ACCESSIBLE)
        (role,) = _ask(self._bus, at, "GetRoleName")
        bits = self._states(at)
        try:
            (box,) = _ask(self._bus, DBusAddress(path, owner, COMPONENT), "GetExtents", "u", (SCREEN,))
        except LookupError:
            box = (0, 0, 0, 0)
        name, description = self._property(at, "Name"), self._property(at, "Description")
        showing, focused = bool(bits >> STATE_SHOWING & 1), bool(bits >> STATE_FOCUSED & 1)
        return Thing(owner, path, role, name, description, showing, focused, tuple(box))

    def _property(self, at: DBusAddress, name: str) -> str:
        reply = self._bus.send_and_get_reply(Properties(at).get(name), timeout=PATIENCE)
        if reply.header.message_type == MessageType.error:
            raise LookupError(name)
        return str(reply.body[0][1])

    def _children(self, owner: str, path: str) -> list[tuple[str, str]]:
        try:
            (children,) = _ask(self._bus, DBusAddress(path, owner, ACCESSIBLE), "GetChildren")
        except LookupError:
            return []
        return [(child[0], child[1]) for child in children if child[1] != "/org/a11y/atspi/null"]


def _ask(bus: DBusConnection, at: DBusAddress, method: str, signature: str = "", body: tuple[Any, ...] = ()) -> Any:
    reply = bus.send_and_get_reply(new_method_call(at, method, signature or None, body), timeout=PATIENCE)
    if reply.header.message_type == MessageType.error:
        raise LookupError(f"{method} at {at.object_path}: {reply.body}")
    return reply.body


def until(holds: Callable[[], bool], told: Callable[[], str], patience: float = PATIENCE) -> None:
    """Wait until something holds; raises TimeoutError with what is told."""
    end = time.monotonic() + patience
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(told())
        time.sleep(0.05)  # another process is at work; there is nothing here to wait on
