"""Which ways a Mac has."""

import json
import subprocess
import sys

from coachdesk.focus.blockers import System
from coachdesk.focus.macos import MacOS
from coachdesk.focus.macos.apps import Application, FakeWorkspace
from coachdesk.focus.macos.sites import FakeNetwork
from coachdesk.focus.plan import NAMES, Plan


def test_there_is_one_blocker_for_each_name_in_their_order() -> None:
    system: System = MacOS(FakeNetwork().run, FakeWorkspace())
    assert [*NAMES] == [one.name for one in system.blockers()]


def test_a_blocker_is_found_again_by_name_and_way() -> None:
    system = MacOS(FakeNetwork().run, FakeWorkspace())
    for one in system.blockers():
        found = system.find(one.name, one.way)
        assert found is not None
        assert (one.name, one.way) == (found.name, found.way)
    assert None is system.find("sites", "gsettings")
    assert None is system.find("apps", "taskbar")
    assert None is system.find("veil", "dock")


def test_a_blocker_of_websites_is_found_for_a_service_no_longer_in_use() -> None:
    network = FakeNetwork(urls={"Wi-Fi": "(null)"})
    sites = MacOS(network.run, FakeWorkspace()).blockers()[2]
    before = json.loads(json.dumps(sites.capture(Plan(60, port=4711, nonce="c0ffee"))))
    sites.apply(Plan(60, port=4711, nonce="c0ffee"), before)
    network.device = "utun4"
    found = MacOS(network.run, FakeWorkspace()).find("sites", sites.way)
    assert found is not None
    found.restore(before)
    assert set() == network.on


def test_running_programs_are_told_and_logging_out_needs_no_ear() -> None:
    system = MacOS(FakeNetwork().run, FakeWorkspace({1: Application(1, "com.apple.news", "News")}))
    assert ["News"] == [one.app.name for one in system.running()]
    system.ending(print).close()


def test_building_it_loads_no_framework_and_no_window() -> None:
    program = (
        "import sys; from coachdesk.focus.macos import MacOS; m = MacOS(); m.at_login(); "
        "print(*(name for name in ('PySide6', 'wakepy', 'AppKit', 'jeepney') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "" == done.stdout.strip()
