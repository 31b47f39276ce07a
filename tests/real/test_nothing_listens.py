"""Focus mode speaks to this computer only, and has an open port only while it keeps websites away.

Two witnesses: the kernel's list of each process's sockets at a given moment, and strace(1), which misses nothing in
between: not in the app, not in the guardian, nor in anything these start.
"""

import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from coachdesk.focus.plan import NAMES, Plan
from coachdesk.focus.plan import App as Program
from tests.desktop.reader import until
from tests.real.browsers.app import App, guardians
from tests.real.browsers.ground import Ground
from tests.real.browsers.sites import DISTRACTING

pytestmark = [pytest.mark.machine, pytest.mark.timeout(180)]

HERE = "127.0.0.1"
CALLS = "socket,socketpair,connect,bind,listen,sendto,sendmsg,sendmmsg"
FAMILY = re.compile(r"(?:socket(?:pair)?\(|sa_family=)(\w+)")
ADDRESS = re.compile(r'(?:inet_addr\(|inet_pton\(AF_INET6, )"([^"]+)"')


class Trace:
    """What a command and all its children ask of the network, from its start to its end."""

    def __init__(self, folder: Path) -> None:
        self._seen = folder / "trace.txt"

    @property
    def command(self) -> list[str]:
        """What to put before the command."""
        return ["strace", "-f", "-qq", "--seccomp-bpf", "-e", f"trace={CALLS}", "-o", str(self._seen)]

    @property
    def families(self) -> set[str]:
        """Of all sockets that were opened or addressed."""
        return set(FAMILY.findall(self._seen.read_text(errors="replace")))

    @property
    def addresses(self) -> set[str]:
        """All that were listened at or spoken to."""
        return set(ADDRESS.findall(self._seen.read_text(errors="replace")))


@pytest.fixture
def trace(tmp_path: Path) -> Trace:
    return Trace(tmp_path)


@pytest.fixture
def ground() -> Iterator[Ground]:
    with Ground() as ground:
        yield ground


def processes(app: App, ground: Ground) -> list[psutil.Process]:
    """The app, what looks on, their children, and the guardian with its own."""
    roots = [psutil.Process(app.process.pid), *guardians(ground)]
    return list({one for root in roots for one in (root, *root.children(recursive=True))})


def ports(found: list[psutil.Process]) -> list[tuple[str, int]]:
    """Where these processes listen."""
    listening = {
        tuple(connection.laddr)
        for process in found
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN or not connection.raddr
    }
    return sorted(listening)


def turned_away(port: int) -> int:
    """What a browser is answered that asks there for the distracting site, as a number of HTTP."""
    way = urllib.request.build_opener(urllib.request.ProxyHandler({"http": f"http://{HERE}:{port}"}))
    try:
        with way.open(f"http://{DISTRACTING}/", timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def test_a_listener_of_a_childs_child_is_seen(trace: Trace) -> None:
    child = "import socket; socket.create_server(('127.0.0.2', 0)); socket.socket(socket.AF_INET6)"
    parent = "import subprocess, sys; subprocess.run([sys.executable, '-c', {!r}], start_new_session=True, check=True)"
    subprocess.run([*trace.command, sys.executable, "-c", parent.format(child)], timeout=60, check=True)
    assert {"AF_INET", "AF_INET6"} <= trace.families
    assert {"127.0.0.2"} == trace.addresses


def test_keeping_websites_away_listens_on_this_computer_alone_and_only_while_it_is_on(
    ground: Ground, trace: Trace
) -> None:
    plan = Plan(lasts=600, sites=(DISTRACTING,))
    with App(ground, plan, under=trace.command) as app:
        for _twice in range(2):
            app.tell("enter")
            on = app.reaches("on")
            assert "sites" in on["quiet"], on
            ((host, port),) = ports(processes(app, ground))
            assert HERE == host
            assert 403 == turned_away(port)
            app.tell("leave")
            app.reaches("off")
            until(lambda: not guardians(ground), lambda: "the guardian has not ended")
            assert [] == ports(processes(app, ground))
    assert {"AF_UNIX", "AF_INET"} == trace.families
    assert {HERE} == trace.addresses


def test_without_websites_nothing_listens_at_all(ground: Ground, trace: Trace) -> None:
    wanted = tuple(name for name in NAMES if name != "sites")
    plan = Plan(lasts=600, wanted=wanted, sites=(DISTRACTING,), apps=(Program("chatter", "Chatter"),))
    with App(ground, plan, under=trace.command) as app:
        app.tell("enter")
        on = app.reaches("on")
        assert "notifications" in on["quiet"], on
        assert [] == ports(processes(app, ground))
        app.tell("leave")
        app.reaches("off")
    assert {"AF_UNIX"} == trace.families
    assert set() == trace.addresses
