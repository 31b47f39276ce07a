"""Lock and sleep on Linux, as logind and the screen saver announce them over D-Bus.

logind (org.freedesktop.login1(5)): ``PrepareForSleep`` of the manager; ``Lock`` and ``Unlock`` of our session, which
are requests, and its property ``LockedHint``, which desktops set when they have locked by themselves. The screen savers
of KDE and GNOME announce ``ActiveChanged`` on the session's bus, some of them nothing else (noctalia issue 4460).
jeepney connects to Unix sockets only: a bus over TCP counts as absent.
"""

import contextlib
import os
import selectors
import socket
import threading
from collections.abc import Callable, Mapping
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.bus import get_connectable_addresses
from jeepney.io.blocking import DBusConnection, prep_socket

from coachdesk.machine.here import Ability
from coachdesk.words import _

_LOGIN = "org.freedesktop.login1"
_SESSION = f"{_LOGIN}.Session"
_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
_SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket"
_PATIENCE = 2.0

ABSENT = (OSError, RuntimeError, ValueError, LookupError, StopIteration)
"""What jeepney raises for an address it cannot read or reach, a bus that refuses us or one that goes away."""

_LOGIND_RULES = (
    MatchRule(type="signal", sender=_LOGIN, interface=f"{_LOGIN}.Manager", member="PrepareForSleep"),
    MatchRule(type="signal", sender=_LOGIN, interface=_SESSION, member="Lock"),
    MatchRule(type="signal", sender=_LOGIN, interface=_SESSION, member="Unlock"),
    MatchRule(
        type="signal",
        sender=_LOGIN,
        interface="org.freedesktop.DBus.Properties",
        member="PropertiesChanged",
        path_namespace="/org/freedesktop/login1/session",
    ),
)
_SAVER_RULES = tuple(MatchRule(type="signal", interface=name, member="ActiveChanged") for name in _SAVERS)


def system_bus(environment: Mapping[str, str]) -> str:
    """The address of the system's bus (D-Bus specification, "System message bus")."""
    return environment.get("DBUS_SYSTEM_BUS_ADDRESS") or _SYSTEM_BUS


def session_bus(environment: Mapping[str, str]) -> str:
    """The address of the person's bus, where systemd puts it unless another is named; "" where there is none."""
    runtime = environment.get("XDG_RUNTIME_DIR")
    return environment.get("DBUS_SESSION_BUS_ADDRESS") or (f"unix:path={runtime}/bus" if runtime else "")


def connect(address: str) -> DBusConnection | None:
    """A connection of its own; None where there is no such bus."""
    sock: socket.socket | None = None
    with contextlib.suppress(*ABSENT):
        sock = prep_socket(next(get_connectable_addresses(address)), timeout=_PATIENCE)
        return DBusConnection(sock)
    if sock is not None:
        sock.close()
    return None


def hears_sleep(environment: Mapping[str, str]) -> Ability:
    """Whether logind is there to announce sleep."""
    if _owned(system_bus(environment), (_LOGIN,)):
        return Ability(True)
    return Ability(False, _("This system does not announce that it goes to sleep (logind was not found)."))


def hears_locks(environment: Mapping[str, str]) -> Ability:
    """Whether logind or a screen saver is there to announce that the screen was locked."""
    if _owned(system_bus(environment), (_LOGIN,)) or _owned(session_bus(environment), _SAVERS):
        return Ability(True)
    return Ability(False, _("This system does not announce that the screen was locked (logind was not found)."))


def _owned(address: str, names: tuple[str, ...]) -> bool:
    connection = connect(address)
    if connection is None:
        return False
    with connection, contextlib.suppress(*ABSENT):
        return any(call(connection, message_bus.NameHasOwner(name))[0] for name in names)
    return False


def call(connection: DBusConnection, message: Message, patience: float = _PATIENCE) -> tuple[Any, ...]:
    """The body of the reply; LookupError for an error, TimeoutError for none in so many seconds."""
    reply = connection.send_and_get_reply(message, timeout=patience)
    if reply.header.message_type is MessageType.error:
        raise LookupError(reply.header.fields.get(HeaderFields.error_name))
    body: tuple[Any, ...] = reply.body
    return body


def _our_session(connection: DBusConnection, environment: Mapping[str, str]) -> str | None:
    """The path of our session: by its id, by our process, or the one the person sees; None where logind knows none."""
    manager = DBusAddress("/org/freedesktop/login1", _LOGIN, f"{_LOGIN}.Manager")
    asked = [new_method_call(manager, "GetSessionByPID", "u", (os.getpid(),))]
    if name := environment.get("XDG_SESSION_ID"):
        asked.insert(0, new_method_call(manager, "GetSession", "s", (name,)))
    for message in asked:
        with contextlib.suppress(LookupError, TimeoutError):
            return str(call(connection, message)[0])
    with contextlib.suppress(
        LookupError, TimeoutError
    ):  # started by the user's service manager we belong to no session
        user = DBusAddress(
            str(call(connection, new_method_call(manager, "GetUser", "u", (os.getuid(),)))[0]),
            _LOGIN,
            "org.freedesktop.DBus.Properties",
        )
        ((_kind, (_id, path)),) = call(connection, new_method_call(user, "Get", "ss", (f"{_LOGIN}.User", "Display")))
        return str(path)
    return None


class BusWatch:
    """Reports lock, unlock, sleep and waking from a thread of its own, each change once."""

    def __init__(self, environment: Mapping[str, str], on_event: Callable[[str], None]) -> None:
        self._environment = environment
        self._on_event = on_event
        self._session: str | None = None
        self._locked = False
        self._closed = threading.Event()
        self._wake, self._waker = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="lock-and-sleep", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop reporting."""
        if self._closed.is_set():
            return
        self._closed.set()
        self._waker.close()
        if self._thread is not threading.current_thread():
            self._thread.join(3 * _PATIENCE)

    @property
    def running(self) -> bool:
        """Whether it still listens."""
        return self._thread.is_alive()

    def _run(self) -> None:
        connections = [connect(session_bus(self._environment)), connect(system_bus(self._environment))]
        with contextlib.ExitStack() as open_things, selectors.DefaultSelector() as ready:
            open_things.enter_context(self._wake)
            ready.register(self._wake, selectors.EVENT_READ)
            for connection, subscribe in zip(connections, (self._hear_savers, self._hear_logind), strict=True):
                if connection is not None:
                    open_things.enter_context(connection)
                    with contextlib.suppress(*ABSENT):
                        subscribe(connection)
                    if self._hear(connection):  # what came together with the last reply wakes no selector
                        ready.register(connection.sock, selectors.EVENT_READ, connection)
            while not self._closed.is_set():
                for key, _events in ready.select():
                    if key.data is not None and not self._hear(key.data):
                        ready.unregister(key.fileobj)

    def _hear_savers(self, connection: DBusConnection) -> None:
        for rule in _SAVER_RULES:
            call(connection, message_bus.AddMatch(rule))

    def _hear_logind(self, connection: DBusConnection) -> None:
        for rule in _LOGIND_RULES:
            call(connection, message_bus.AddMatch(rule))
        self._session = _our_session(connection, self._environment)

    def _hear(self, connection: DBusConnection) -> bool:
        """Take what has come; False when the bus has gone."""
        try:
            while True:
                self._take(connection.receive(timeout=0))
        except TimeoutError:
            return True
        except ABSENT:
            return False

    def _take(self, message: Message) -> None:
        fields = message.header.fields
        member, path = fields.get(HeaderFields.member), fields.get(HeaderFields.path)
        if message.header.message_type is not MessageType.signal:
            return
        if member == "PrepareForSleep":
            self._on_event("sleeping" if message.body[0] else "woke")
        elif member == "ActiveChanged":
            self._lock(bool(message.body[0]))
        elif path == self._session and member in ("Lock", "Unlock"):
            self._lock(member == "Lock")
        elif path == self._session and member == "PropertiesChanged" and "LockedHint" in message.body[1]:
            self._lock(bool(message.body[1]["LockedHint"][1]))

    def _lock(self, locked: bool) -> None:
        """Desktops announce one lock in several ways; only the change is reported."""
        if locked != self._locked:
            self._locked = locked
            self._on_event("locked" if locked else "unlocked")
