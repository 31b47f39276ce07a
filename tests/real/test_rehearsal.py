"""The rehearsal with the real guardian and the real settings of a desktop."""

import json
import subprocess
import sys

import pytest

from tests.display import Display
from tests.real.conftest import Desktop

pytestmark = pytest.mark.machine

REHEARSE = """
import json, time
from coachdesk.focus import check
from coachdesk.focus.blockers import here
from coachdesk.focus.mode import Mode
from coachdesk.focus.plan import Plan

mode, seen = Mode(), []

def wait(seconds):
    if mode.state.phase == "on" and not seen:
        seen.append(check.observe(here()))
    time.sleep(seconds / 10)

plan = Plan(60, ("notifications", "sites"), sites=("news.example",), at_login=False)
before = check.observe(here())
result = check.rehearse(mode, here(), plan, wait, lambda: False)
print(json.dumps({
    "told": [one.blocker for one in result.told if one.quiet], "differences": result.differences,
    "sentences": result.sentences, "meanwhile": check.differences(before, seen[0]),
}))
"""
"""Ten times as fast as a person sees it."""


def dump(environment: dict[str, str]) -> str:
    """Everything that dconf holds."""
    done = subprocess.run(
        ["dconf", "dump", "/"], env=environment, capture_output=True, text=True, check=True, timeout=20
    )
    return done.stdout


def test_a_rehearsal_changes_the_desktop_and_leaves_it_byte_for_byte_as_it_was(
    desktop: Desktop, screen: Display
) -> None:
    environment = {**desktop("GNOME"), "DISPLAY": screen.environment["DISPLAY"]}
    before = dump(environment)
    done = subprocess.run(
        [sys.executable, "-c", REHEARSE], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    told = json.loads(done.stdout)
    assert ["notifications", "sites"] == told["told"]
    assert [] == told["differences"]
    assert "Everything is exactly as it was before." == told["sentences"][-1]
    assert {"Notifications", "Websites"} == {words.partition(":")[0] for words in told["meanwhile"]}
    assert before == dump(environment)
