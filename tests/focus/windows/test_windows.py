"""Which ways a Windows computer has."""

import subprocess
import sys

from coachdesk.focus.blockers import System
from coachdesk.focus.plan import NAMES
from coachdesk.focus.windows import Windows


def test_there_is_one_blocker_for_each_name_in_their_order() -> None:
    system: System = Windows()
    assert [*NAMES] == [one.name for one in system.blockers()]


def test_a_blocker_is_found_again_by_name_and_way() -> None:
    system = Windows()
    for one in system.blockers():
        found = system.find(one.name, one.way)
        assert found is not None
        assert (one.name, one.way) == (found.name, found.way)
    assert None is system.find("sites", "gsettings")


def test_building_it_loads_no_library_and_no_window() -> None:
    program = (
        "import sys; from coachdesk.focus.windows import Windows; w = Windows(); w.blockers(); w.at_login(); "
        "print(*(name for name in ('PySide6', 'wakepy', 'psutil', 'jeepney') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "" == done.stdout.strip()
