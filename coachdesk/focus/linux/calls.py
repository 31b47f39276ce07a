"""Asks services on the person's bus, none of which is started by being asked."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from jeepney import DBusAddress, MessageFlag, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection

from coachdesk.focus.blockers import Failed
from coachdesk.machine.buses import connect, session_bus
from coachdesk.words import _

PATIENCE = 1.0
"""Seconds for an answer; a service answers in milliseconds unless it hangs or has to start first."""

_PROPERTIES = "org.freedesktop.DBus.Properties"


class Denied(Failed):
    """The bus or the service answered that there is no such thing, or that we may not."""


class NoBus(Failed):
    """There is no bus, or it does not take us."""


class Calls:
    """One connection to the bus."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection

    def ask(
        self, address: DBusAddress, method: str, signature: str | None = None, *body: Any, starting: bool = False
    ) -> tuple[Any, ...]:
        """What the service answers; raises Denied for an error and Failed for silence.

        ``starting`` lets the bus start the service first, where it knows how.
        """
        message = new_method_call(address, method, signature, body)
        if not starting:
            message.header.flags |= MessageFlag.no_auto_start
        return self._answer(message)

    def get(self, address: DBusAddress, name: str) -> Any:
        """The value of a property; raises Denied and Failed."""
        ((_kind, value),) = self.ask(_of(address), "Get", "ss", address.interface, name)
        return value

    def set(self, address: DBusAddress, name: str, kind: str, value: Any) -> None:
        """Change a property; raises Denied and Failed."""
        self.ask(_of(address), "Set", "ssv", address.interface, name, (kind, value))

    def owner(self, name: str) -> str:
        """The connection that owns a name; "" where nobody does. Raises Failed."""
        try:
            return str(self._answer(message_bus.GetNameOwner(name))[0])
        except Denied:
            return ""

    def can_start(self, name: str) -> bool:
        """Whether a name is owned, or the bus knows how to start its owner. Raises Failed."""
        return bool(self.owner(name)) or name in self._answer(message_bus.ListActivatableNames())[0]

    def close(self) -> None:
        """Leave the bus."""
        self._connection.close()

    def _answer(self, message: Any) -> tuple[Any, ...]:
        try:
            reply = self._connection.send_and_get_reply(message, timeout=PATIENCE)
        except (OSError, ValueError):
            raise Failed(_("This desktop does not answer.")) from None
        if reply.header.message_type is MessageType.error:
            raise Denied(_("This desktop does not offer what is needed for that."))
        body: tuple[Any, ...] = reply.body
        return body


def connected(environment: Mapping[str, str]) -> Calls:
    """A connection that lasts until it is closed; raises NoBus where there is none."""
    connection = connect(session_bus(environment))
    if connection is None:
        raise NoBus(_("This desktop cannot be asked: its services cannot be reached from here."))
    return Calls(connection)


@contextmanager
def calls(environment: Mapping[str, str]) -> Iterator[Calls]:
    """A connection for a few questions; raises NoBus where there is none."""
    asking = connected(environment)
    try:
        yield asking
    finally:
        asking.close()


def _of(address: DBusAddress) -> DBusAddress:
    return DBusAddress(address.object_path, address.bus_name, _PROPERTIES)
