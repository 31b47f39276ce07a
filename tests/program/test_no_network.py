"""Nothing ever leaves the computer: no process of CoachDesk opens a network socket, told by the kernel itself."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coachdesk.paths import Home
from tests.desktop.reader import Bus
from tests.display import Display
from tests.program.window import PATIENCE, PROGRAM, Window

pytestmark = [pytest.mark.program, pytest.mark.timeout(300)]

PASSPHRASE = "five quiet words in here"
CALLS = "socket,socketpair,connect,bind,sendto,sendmsg"


class Trace:
    """Runs commands under strace(1) and collects what they and all their children asked of the network."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def command(self) -> list[str]:
        """What to put before a command."""
        self._count += 1
        return [
            "strace",
            "-f",
            "-qq",
            "--seccomp-bpf",
            "-e",
            f"trace={CALLS}",
            "-o",
            f"{self._folder}/{self._count}.txt",
        ]

    def run(self, *command: str) -> str:
        """Run one to its end; what it printed."""
        done = subprocess.run(
            [*self.command(), *command], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def families(self) -> set[str]:
        """The address families of all sockets that were opened or addressed."""
        seen = "\n".join(path.read_text(errors="replace") for path in self._folder.glob("*.txt"))
        return set(re.findall(r"socket(?:pair)?\((\w+)", seen)) | set(re.findall(r"sa_family=(\w+)", seen))


@pytest.fixture
def trace(tmp_path: Path) -> Trace:
    folder = tmp_path / "trace"
    folder.mkdir()
    return Trace(folder)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Display]:
    """A screen, and a session bus as a real desktop has one."""
    with Bus() as bus, Display() as display:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        yield display


def test_a_network_socket_of_a_childs_child_is_seen(trace: Trace) -> None:
    child = "import socket; socket.socket(socket.{}, socket.SOCK_DGRAM)"
    parent = "import subprocess, sys; subprocess.run([sys.executable, '-c', {!r}], check=True)"
    for family in ("AF_INET", "AF_INET6"):
        trace.run(sys.executable, "-c", parent.format(child.format(family)))
    assert trace.families >= {"AF_INET", "AF_INET6"}


def test_a_session_from_unlocking_to_closing_opens_no_network_socket(
    trace: Trace, screen: Display, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACHDESK_PASSPHRASE", PASSPHRASE)
    for words in ("init", "client add Ada", "session plan Ada --start 2036-03-02T12:00", "brief Ada", "doctor"):
        trace.run(*PROGRAM, *words.split())
    monkeypatch.delenv("COACHDESK_PASSPHRASE")
    with Window(screen, home, tmp_path / "output", under=trace.command()) as window:
        window.unlock(PASSPHRASE)
        session_by_verbs(trace, window)
        assert 0 == window.end()
    assert {"AF_UNIX"} == trace.families


def session_by_verbs(trace: Trace, window: Window) -> None:
    """Everything a session is made of, handed over to the open window; its bar and its field are shown too."""
    trace.run(*PROGRAM, "session", "start", "Ada")
    window.types("ctrl+alt+shift+m", "ctrl+alt+shift+p")
    for words in (
        "session mark insight",
        "commitment add Ada Walk --owner client",
        "session note Calm",
        "session pause",
    ):
        trace.run(*PROGRAM, *words.split())
    for words in ("session finish --what-mattered Walking", "checklist show Ada", "hours", "backup now"):
        trace.run(*PROGRAM, *words.split())


def test_a_first_run_and_a_rehearsal_open_no_network_socket(
    trace: Trace, screen: Display, home: Home, tmp_path: Path
) -> None:
    with Window(screen, home, tmp_path / "output", under=trace.command()) as window:
        window.appears()
        window.until(lambda: "refused" in window.answer("client.list"))
        assert 0 == window.end()
    assert "′" in trace.run(*PROGRAM, "rehearse", "--no-window")
    assert {"AF_UNIX"} == trace.families
