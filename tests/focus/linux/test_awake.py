"""Keeping the screen on over a private bus, by a screen saver that keeps to the idle-inhibit specification."""

import contextlib
import os
import queue
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import HeaderFields, MatchRule, Message, MessageType, message_bus, new_error, new_method_return
from jeepney.bus import get_connectable_addresses
from jeepney.io.blocking import DBusConnection, prep_socket

from coachdesk.focus.blockers import YES, Failed
from coachdesk.focus.linux.awake import awake
from coachdesk.focus.plan import Plan
from tests.machine.bus import PATIENCE, Bus

PLAN = Plan(60)
ROOT = Path(__file__).parent.parent.parent.parent
HOLDER = """
import os, sys
from coachdesk.focus.linux.awake import awake
from coachdesk.focus.plan import Plan
awake(os.environ).apply(Plan(60), {})
print("held", flush=True)
sys.stdin.read()
"""


class Saver:
    """Keeps the screen on while somebody wishes it: until UnInhibit, or until who wished it leaves the bus."""

    def __init__(self, bus: Bus, name: str, silent: bool = False) -> None:
        self._silent = silent
        self._wishes: dict[int, str] = {}
        self.told: queue.SimpleQueue[int] = queue.SimpleQueue()
        """How many wishes stand, each time that changes."""
        self._connection = DBusConnection(prep_socket(next(get_connectable_addresses(bus.address))))
        self._ask(message_bus.AddMatch(MatchRule(type="signal", member="NameOwnerChanged")))
        self._ask(message_bus.RequestName(name))
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    @property
    def wishes(self) -> int:
        """How many stand, once the number changes."""
        return self.told.get(timeout=PATIENCE)

    def close(self) -> None:
        """Leave the bus."""
        with contextlib.suppress(OSError):
            self._connection.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(PATIENCE)
        self._connection.close()

    def _ask(self, message: Message) -> None:
        self._connection.send_and_get_reply(message, timeout=PATIENCE)

    def _run(self) -> None:
        while True:
            try:
                message = self._connection.receive()
            except (OSError, ValueError):
                return
            before = len(self._wishes)
            answer = self._answer(message, str(message.header.fields.get(HeaderFields.member)))
            if answer is not None:
                self._connection.send(answer)
            if len(self._wishes) != before:
                self.told.put(len(self._wishes))

    def _answer(self, message: Message, member: str) -> Any:
        sender = str(message.header.fields.get(HeaderFields.sender))
        if member == "NameOwnerChanged":
            name, _old, new = message.body
            if not new:
                self._wishes = {cookie: owner for cookie, owner in self._wishes.items() if owner != name}
            return None
        if message.header.message_type is not MessageType.method_call or self._silent:
            return None
        if member == "Inhibit":
            self._wishes[len(self._wishes) + 1] = sender
            return new_method_return(message, "u", (len(self._wishes),))
        if member in ("UnInhibit", "Uninhibit") and self._wishes.pop(message.body[0], None):
            return new_method_return(message)
        return new_error(message, "org.freedesktop.DBus.Error.Failed")


@pytest.fixture
def here(bus: Bus) -> dict[str, str]:
    """An environment with that bus."""
    return {"DBUS_SESSION_BUS_ADDRESS": bus.address}


@pytest.fixture(params=["org.freedesktop.ScreenSaver", "org.gnome.SessionManager"])
def saver(request: pytest.FixtureRequest, bus: Bus) -> Iterator[Saver]:
    """Each of the services that can be asked."""
    saver = Saver(bus, request.param)
    yield saver
    saver.close()


def test_the_wish_stands_until_it_is_put_back(saver: Saver, here: dict[str, str]) -> None:
    blocker = awake(here)
    assert YES == blocker.available()
    blocker.apply(PLAN, blocker.capture(PLAN))
    blocker.apply(PLAN, {})
    assert 1 == saver.wishes
    assert blocker.is_ours({})
    blocker.restore({})
    assert 0 == saver.wishes
    assert saver.told.empty()


def test_looking_whether_it_works_asks_for_nothing(saver: Saver, here: dict[str, str]) -> None:
    assert awake(here).available()
    assert {"held": False} == awake(here).observe()
    blocker = awake(here)
    blocker.apply(PLAN, {})
    assert 1 == saver.wishes  # and not two
    blocker.restore({})


def test_the_wish_ends_with_a_killed_process(saver: Saver, here: dict[str, str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        env={**os.environ, **here, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        assert select.select([process.stdout], [], [], PATIENCE)[0]
        assert b"held\n" == process.stdout.readline()
        assert 1 == saver.wishes
        process.send_signal(signal.SIGKILL)
        assert 0 == saver.wishes


def test_the_bus_is_found_where_systemd_puts_it(bus: Bus, saver: Saver, tmp_path: Path) -> None:
    path = bus.address.removeprefix("unix:path=").partition(",")[0]
    folder = Path(os.environ["TMPDIR"])
    (folder / "bus").symlink_to(path)
    blocker = awake({"XDG_RUNTIME_DIR": str(folder)})
    assert blocker.available()
    blocker.apply(PLAN, {})
    assert 1 == saver.wishes
    blocker.restore({})


@pytest.mark.parametrize("environment", [{}, {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}])
def test_without_a_bus_the_screen_may_go_dark(environment: dict[str, str], capfd: pytest.CaptureFixture[str]) -> None:
    sentence = "The screen may go dark by itself; this system offers no way to prevent it."
    blocker = awake(environment)
    assert ("no", sentence) == (blocker.available().level, blocker.available().why)
    with pytest.raises(Failed, match="may go dark"):
        blocker.apply(PLAN, {})
    blocker.restore({})
    assert ("", "") == capfd.readouterr()


def test_without_such_a_service_the_screen_may_go_dark(here: dict[str, str], capfd: pytest.CaptureFixture[str]) -> None:
    assert "no" == awake(here).available().level
    with pytest.raises(Failed, match="may go dark"):
        awake(here).apply(PLAN, {})
    assert ("", "") == capfd.readouterr()


def test_a_service_that_does_not_answer_is_given_up(bus: Bus, here: dict[str, str]) -> None:
    saver = Saver(bus, "org.freedesktop.ScreenSaver", silent=True)
    with pytest.raises(Failed, match="may go dark"):
        awake(here).apply(PLAN, {})
    saver.close()


def test_a_bus_that_does_not_answer_is_given_up(bus: Bus, here: dict[str, str]) -> None:
    bus.daemon.send_signal(signal.SIGSTOP)
    assert "no" == awake(here).available().level
    with pytest.raises(Failed, match="may go dark"):
        awake(here).apply(PLAN, {})
    bus.daemon.send_signal(signal.SIGCONT)


def test_a_bus_that_goes_away_takes_the_wish_with_it(bus: Bus, saver: Saver, here: dict[str, str]) -> None:
    blocker = awake(here)
    blocker.apply(PLAN, {})
    bus.end()
    blocker.restore({})
    assert not blocker.is_ours({})
