"""A session bus of a test's own, with the services that are installed."""

import os
import select
import subprocess
import time
from collections.abc import Callable
from types import TracebackType

from jeepney import DBusAddress, HeaderFields, MessageType, message_bus, new_method_call
from jeepney.bus import get_connectable_addresses
from jeepney.io.blocking import DBusConnection, prep_socket

PATIENCE = 20.0
"""Seconds for anything a service has to do; only a fault takes as long."""


class Bus:
    """One dbus-daemon; services it starts take its environment, which is the test's own."""

    def __enter__(self) -> "Bus":
        self._process = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "XDG_DATA_DIRS": "/usr/local/share:/usr/share"},
        )
        assert self._process.stdout is not None
        assert select.select([self._process.stdout], [], [], PATIENCE)[0]
        self.address = self._process.stdout.readline().decode().strip()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def kill(self) -> None:
        """Let the bus die, and with it the services on it."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def connect(self) -> DBusConnection:
        """A connection of the test's own."""
        return DBusConnection(prep_socket(next(get_connectable_addresses(self.address)), timeout=PATIENCE))

    def owner(self, name: str) -> str:
        """Who owns a name; "" when nobody does."""
        with self.connect() as connection:
            reply = connection.send_and_get_reply(message_bus.GetNameOwner(name), timeout=PATIENCE)
            return str(reply.body[0]) if reply.header.message_type is MessageType.method_return else ""

    def until_owned(self, name: str) -> None:
        """Wait until somebody owns a name."""
        until(lambda: self.owner(name))

    def until_free(self, name: str) -> None:
        """Wait until nobody owns a name."""
        until(lambda: not self.owner(name))

    def ask(self, address: DBusAddress, method: str, signature: str | None = None, *body: object) -> tuple[object, ...]:
        """What a service answers; raises LookupError for an error."""
        with self.connect() as connection:
            reply = connection.send_and_get_reply(new_method_call(address, method, signature, body), timeout=PATIENCE)
            if reply.header.message_type is MessageType.error:
                raise LookupError(reply.header.fields.get(HeaderFields.error_name), reply.body)
            answer: tuple[object, ...] = reply.body
            return answer


def until(wanted: Callable[[], object]) -> None:
    """Look again and again until it is so; raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE
    while not wanted():
        if time.monotonic() > deadline:
            raise TimeoutError("what was waited for has not come about")
        select.select([], [], [], 0.02)
