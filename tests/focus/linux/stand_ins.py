"""Programs on a private bus that stand in for those of a desktop, each keeping to its interface."""

import contextlib
import socket
import threading
from typing import Any

from jeepney import HeaderFields, MatchRule, Message, MessageType, message_bus, new_error, new_method_return
from jeepney.bus import get_connectable_addresses
from jeepney.io.blocking import DBusConnection, prep_socket

from tests.machine.bus import PATIENCE

NOTIFICATIONS = "org.freedesktop.Notifications"
Answer = tuple[str, tuple[Any, ...]]
"""Signature and body."""


class Program:
    """Owns a name on the bus and answers in a thread of its own; LookupError becomes an error reply."""

    def __init__(self, address: str, name: str) -> None:
        self.asked: list[str] = []
        self.connection = DBusConnection(prep_socket(next(get_connectable_addresses(address))))
        vanishing = MatchRule(type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged")
        for message in (message_bus.AddMatch(vanishing), message_bus.RequestName(name)):
            self.connection.send_and_get_reply(message, timeout=PATIENCE)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_how: object) -> None:
        self.end()

    def end(self) -> None:
        """Leave the bus."""
        with contextlib.suppress(OSError):
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(PATIENCE)
        self.connection.close()

    def answer(self, member: str, sender: str, body: tuple[Any, ...]) -> Answer | None:  # noqa: ARG002
        """What it answers; None for nothing at all."""
        raise LookupError(member)

    def gone(self, who: str) -> None:
        """Somebody has left the bus."""

    def _run(self) -> None:
        while True:
            try:
                message = self.connection.receive()
            except (OSError, ValueError):
                return
            fields = message.header.fields
            if message.header.message_type is MessageType.method_call:
                self._reply(message, str(fields[HeaderFields.member]), str(fields[HeaderFields.sender]))
            elif fields.get(HeaderFields.member) == "NameOwnerChanged" and not message.body[2]:
                self.gone(message.body[0])

    def _reply(self, message: Message, member: str, sender: str) -> None:
        self.asked.append(member)
        try:
            answer = self.answer(member, sender, message.body)
        except LookupError:
            self.connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))
            return
        if answer is not None:
            self.connection.send(new_method_return(message, *answer))


class Server(Program):
    """Shows notifications, and tells its name and vendor."""

    capabilities: tuple[str, ...] = ("body",)

    def __init__(self, address: str, name: str = "stand-in", vendor: str = "tests") -> None:
        self.tells = (name, vendor, "1.0", "1.2")
        super().__init__(address, NOTIFICATIONS)

    def answer(self, member: str, sender: str, body: tuple[Any, ...]) -> Answer | None:
        """Its capabilities and what it is."""
        if member == "GetCapabilities":
            return "as", (list(self.capabilities),)
        if member == "GetServerInformation":
            return "ssss", self.tells
        return super().answer(member, sender, body)


class Plasma(Server):
    """Can be asked to be quiet, and takes that back when who asked leaves the bus, as Plasma does."""

    capabilities = ("body", "inhibitions")

    def __init__(self, address: str) -> None:
        self.inhibitions: dict[int, tuple[str, str]] = {}
        """Cookie → who asked, and for which application."""
        self._cookies = 0
        super().__init__(address, "Plasma", "KDE")

    def answer(self, member: str, sender: str, body: tuple[Any, ...]) -> Answer | None:
        """``Inhibit``, ``UnInhibit`` and the property ``Inhibited``."""
        if member == "Inhibit":
            self._cookies += 1
            self.inhibitions[self._cookies] = (sender, body[0])
            return "u", (self._cookies,)
        if member == "UnInhibit":
            self.inhibitions.pop(body[0], None)
            return "", ()
        if member == "Get" and body == (NOTIFICATIONS, "Inhibited"):
            return "v", (("b", bool(self.inhibitions)),)
        return super().answer(member, sender, body)

    def gone(self, who: str) -> None:
        """Their inhibitions end."""
        self.inhibitions = {cookie: one for cookie, one in self.inhibitions.items() if one[0] != who}


class Dunst(Server):
    """Has the property that dunst has; ``stuck`` takes no change."""

    def __init__(self, address: str, paused: bool = False, stuck: bool = False) -> None:
        self.paused = paused
        self.stuck = stuck
        super().__init__(address, "dunst", "knopwob")

    def answer(self, member: str, sender: str, body: tuple[Any, ...]) -> Answer | None:
        """The property ``paused``."""
        if body[:2] != ("org.dunstproject.cmd0", "paused"):
            return super().answer(member, sender, body)
        if member == "Set":
            self.paused = self.paused if self.stuck else body[2][1]
            return "", ()
        return "v", (("b", self.paused),)


class Silent(Server):
    """Takes every question and never answers."""

    def answer(self, member: str, sender: str, body: tuple[Any, ...]) -> Answer | None:  # noqa: ARG002
        """Nothing."""
        return None


class Xfconfd(Program):
    """Keeps properties by channel and path, some of them locked."""

    def __init__(self, address: str) -> None:
        self.kept: dict[tuple[str, str], tuple[str, Any]] = {}
        self.locked = False
        super().__init__(address, "org.xfce.Xfconf")

    def answer(self, member: str, sender: str, body: tuple[Any, ...]) -> Answer | None:
        """What ``org.xfce.Xfconf`` answers."""
        of = body[0], body[1]
        if member == "IsPropertyLocked":
            return "b", (self.locked,)
        if member == "PropertyExists":
            return "b", (of in self.kept,)
        if member == "GetProperty":
            return "v", (self.kept[of],)
        if member == "SetProperty":
            self.kept[of] = body[2]
            return "", ()
        if member == "ResetProperty":
            self.kept.pop(of, None)
            return "", ()
        return super().answer(member, sender, body)
