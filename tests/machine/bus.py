"""A bus of the test's own, and programs on it that answer as the test wants."""

import contextlib
import os
import queue
import select
import socket
import subprocess
import threading
from pathlib import Path
from typing import Any

from jeepney import HeaderFields, MessageType, message_bus, new_error
from jeepney.bus import get_connectable_addresses
from jeepney.io.blocking import DBusConnection, prep_socket

PATIENCE = 20.0

CONFIGURATION = """<busconfig><type>session</type><listen>unix:dir={folder}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"""


class Bus:
    """A bus of the test's own."""

    def __init__(self, configuration: Path) -> None:
        configuration.write_text(CONFIGURATION.format(folder=os.environ["TMPDIR"]))
        self.daemon = subprocess.Popen(
            ["dbus-daemon", "--nofork", "--print-address", f"--config-file={configuration}"], stdout=subprocess.PIPE
        )
        assert self.daemon.stdout is not None
        assert select.select([self.daemon.stdout], [], [], PATIENCE)[0]
        self.address = self.daemon.stdout.readline().decode().strip()

    def end(self) -> None:
        """Let the bus die."""
        self.daemon.kill()
        self.daemon.wait()
        assert self.daemon.stdout is not None
        self.daemon.stdout.close()


class Service:
    """A program on the bus that owns names; ``asked`` tells in order what was called and answered."""

    def __init__(self, bus: Bus, *names: str) -> None:
        self.asked: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.connection = DBusConnection(prep_socket(next(get_connectable_addresses(bus.address))))
        for name in names:
            self.connection.send_and_get_reply(message_bus.RequestName(name), timeout=PATIENCE)
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        """Answer until the bus is gone or the connection closed."""
        while True:
            try:
                message = self.connection.receive()
            except (OSError, ValueError, RuntimeError):
                return
            if message.header.message_type is MessageType.method_call:
                member = str(message.header.fields[HeaderFields.member])
                answer = self.answer(message, member)
                if answer is not None:
                    self.connection.send(answer)
                self.asked.put(member)

    def answer(self, message: Any, _member: str) -> Any:
        """What is answered to a call; None for a program that stays silent."""
        return new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")

    def until_asked(self, member: str) -> None:
        """Wait until somebody has asked this."""
        while self.asked.get(timeout=PATIENCE) != member:
            pass

    def close(self) -> None:
        """Leave the bus."""
        with contextlib.suppress(OSError):
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.thread.join(PATIENCE)
        self.connection.close()
