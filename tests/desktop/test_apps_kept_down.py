"""Chosen programs are kept down beside a call, on a real screen with a window manager, and the call stays active."""

import json
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coachdesk.focus.blockers import Before, Failed
from coachdesk.focus.linux.apps import Minimise
from coachdesk.focus.plan import App, Plan
from tests.display import PATIENCE, Display
from tests.focus.linux.others import Others

pytestmark = pytest.mark.desktop

ROOT = Path(__file__).parent.parent.parent
PLAN = Plan(3600, apps=(App("slack", "Slack"), App("mail", "Mail"), App("zoom", "Zoom")))
HOLDER = """
import json, os, sys
from coachdesk.focus.linux.apps import Minimise
from coachdesk.focus.plan import App, Plan
plan = Plan(3600, apps=(App("slack", "Slack"),))
blocker = Minimise(os.environ)
before = blocker.capture(plan)
blocker.apply(plan, before)
print(json.dumps(before), flush=True)
sys.stdin.read()
"""
LATER = """
import json, os, sys
from coachdesk.focus.linux.apps import Minimise
before = json.loads(sys.argv[1])
blocker = Minimise(os.environ)
print(blocker.is_ours(before))
blocker.restore(before)
"""


@pytest.fixture
def others(screen: Display) -> Iterator[Others]:
    """Other programs on the screen."""
    others = Others(screen)
    yield others
    others.close()


@pytest.fixture
def focus(screen: Display) -> Iterator[Minimise]:
    """The blocker; the end of a test lets go of it."""
    blocker = Minimise(screen.environment)
    yield blocker
    blocker.restore({})


def enter(focus: Minimise, plan: Plan = PLAN) -> Before:
    """Do as the guardian does; also what the journal holds then."""
    before = focus.capture(plan)
    focus.apply(plan, before)
    return json.loads(json.dumps(before))


def call_of(others: Others) -> int:
    """A call that is active."""
    call = others.open("Whereby")
    others.make_active(call)
    return call


def settle(others: Others) -> None:
    """Have the blocker do one more thing, after which it has done all that came before."""
    last = others.open("Slack", keys=False)
    others.until(lambda: others.is_down(last))


def test_windows_of_chosen_programs_go_down_and_come_back(others: Others, focus: Minimise) -> None:
    slack, mail, notes = others.open("Slack"), others.open("Mail"), others.open("Notes")
    second = others.open("Slack")
    call = call_of(others)
    before = enter(focus)
    assert others.is_down(slack, second, mail)
    assert others.is_up(notes, call)
    assert (call, call) == (others.active, others.focused)
    focus.restore(before)
    assert others.is_up(slack, second, mail, notes, call)
    assert (call, call) == (others.active, others.focused)


def test_a_window_that_comes_forward_goes_down_again_and_the_call_is_active(others: Others, focus: Minimise) -> None:
    slack, call = others.open("Slack"), call_of(others)
    enter(focus)
    for _time in range(2):
        others.bring_up(slack)
        others.until(lambda: others.is_down(slack) and others.active == call)
    assert call == others.focused


def test_a_window_opened_later_goes_down_and_comes_back_too(others: Others, focus: Minimise) -> None:
    call = call_of(others)
    before = enter(focus)
    assert {} == before
    slack = others.open("Slack")
    others.until(lambda: others.is_down(slack) and others.active == call and others.focused == call)
    focus.restore(before)
    assert others.is_up(slack)
    assert call == others.active


def test_a_window_that_says_late_whose_it_is_goes_down(others: Others, focus: Minimise) -> None:
    call_of(others)
    enter(focus)
    late = others.open("")
    settle(others)
    assert others.is_up(late)
    others.name(late, "Mail")
    others.until(lambda: others.is_down(late))


def test_a_call_program_is_never_minimised(others: Others, focus: Minimise) -> None:
    zoom, other, slack = others.open("zoom"), others.open("Notes"), others.open("Slack")
    others.make_active(other)
    before = enter(focus)
    assert [slack] == [window["id"] for window in before["windows"]]
    others.make_active(zoom)
    later = others.open("Zoom")
    settle(others)
    assert others.is_up(zoom, later)


def test_a_program_known_as_a_call_by_its_file_is_never_minimised(
    others: Others, screen: Display, tmp_path: Path
) -> None:
    file = tmp_path / "zoom"
    shutil.copy(shutil.which("sleep") or "", file)
    with subprocess.Popen([str(file), "100"]) as process:
        disguised, plain = others.open("Slack", pid=process.pid), others.open("Slack")
        focus = Minimise(screen.environment)
        enter(focus)
        assert (True, True) == (others.is_up(disguised), others.is_down(plain))
        focus.restore({})
        process.kill()


def test_a_chosen_program_without_a_class_is_known_by_its_file(others: Others, focus: Minimise, tmp_path: Path) -> None:
    file = tmp_path / "mail"
    shutil.copy(shutil.which("sleep") or "", file)
    with subprocess.Popen([str(file), "100"]) as process:
        mail = others.open("", pid=process.pid)
        focus.restore(enter(focus))
        others.until(lambda: others.is_up(mail))
        enter(focus)
        assert others.is_down(mail)
        process.kill()


def test_a_window_brought_up_three_times_is_let_be(others: Others, focus: Minimise) -> None:
    slack, second, call = others.open("Slack"), others.open("Slack"), call_of(others)
    before = enter(focus)
    for _time in range(2):
        others.bring_up(slack)
        others.until(lambda: others.is_down(slack) and others.active == call)
        settle(others)
    others.make_active(slack)
    settle(others)
    assert (slack, True) == (others.active, others.is_up(slack))
    assert others.is_down(second)
    others.minimise(slack)
    focus.restore(before)
    assert (True, True) == (others.is_up(second), others.is_down(slack))


def test_what_the_person_had_minimised_stays_so(others: Others, focus: Minimise) -> None:
    mine, slack = others.open("Slack"), others.open("Slack")
    others.minimise(mine)
    before = enter(focus)
    assert [slack] == [window["id"] for window in before["windows"]]
    assert others.is_down(mine, slack)
    focus.restore(before)
    assert (True, True) == (others.is_up(slack), others.is_down(mine))


def test_a_window_closed_meanwhile_is_no_trouble(others: Others, focus: Minimise) -> None:
    slack, second = others.open("Slack"), others.open("Slack")
    before = enter(focus)
    others.destroy(slack)
    assert focus.is_ours(before)
    others.destroy(second)
    assert not focus.is_ours(before)
    focus.restore(before)


def test_a_chosen_window_that_was_active_leaves_it_to_another(others: Others, focus: Minimise) -> None:
    call = call_of(others)
    slack, mail = others.open("Slack"), others.open("Mail")
    others.make_active(slack)
    before = enter(focus)
    others.until(lambda: others.active == call)
    focus.restore(before)
    assert others.is_up(slack, mail)
    assert call == others.active


def test_a_dialogue_goes_and_comes_with_its_window(others: Others, focus: Minimise) -> None:
    slack = others.open("Slack")
    dialogue = others.open("Slack", kind="DIALOG", over=slack)
    call = call_of(others)
    before = enter(focus)
    assert others.is_down(slack, dialogue)
    later = others.open("Slack", kind="DIALOG", over=slack)
    others.until(lambda: others.is_down(slack, dialogue, later) and others.active == call)
    focus.restore(before)
    assert others.is_up(slack, dialogue, later)
    assert call == others.active


@pytest.mark.parametrize("kind", ["DOCK", "SPLASH", "TOOLBAR", "UTILITY"])
def test_panels_and_the_like_are_left_alone(others: Others, focus: Minimise, kind: str) -> None:
    panel, slack = others.open("Slack", kind=kind), others.open("Slack")
    enter(focus)
    assert (True, True) == (others.is_up(panel), others.is_down(slack))


def test_a_window_on_another_desktop_goes_down_when_that_is_shown(others: Others, focus: Minimise) -> None:
    away, slack = others.open("Slack", desktop=1), others.open("Slack")
    before = enter(focus)
    assert [slack] == [window["id"] for window in before["windows"]]
    assert others.is_up(away)
    others.show_desktop(1)
    others.until(lambda: others.is_down(away))


def test_a_window_comes_back_to_its_desktop(others: Others, focus: Minimise) -> None:
    slack = others.open("Slack")
    before = enter(focus)
    others.show_desktop(2)
    call = call_of(others)
    focus.restore(before)
    others.until(lambda: others.is_up(slack) and others.desktop_of(slack) == 0)
    assert (call, [2]) == (others.active, others.values(others.root, "_NET_CURRENT_DESKTOP"))


def test_nothing_is_different_afterwards(others: Others, focus: Minimise) -> None:
    mine = others.open("Slack")
    others.minimise(mine)
    for name in ("Slack", "Mail", "Notes", "Whereby"):
        others.open(name)
    seen = focus.observe()
    before = enter(focus)
    assert seen != focus.observe()
    focus.restore(before)
    assert seen == focus.observe()


def test_applying_and_putting_back_twice_is_once(others: Others, focus: Minimise) -> None:
    slack, call = others.open("Slack"), call_of(others)
    before = enter(focus)
    focus.apply(PLAN, before)
    assert others.is_down(slack)
    focus.restore(before)
    focus.restore(before)
    assert (call, True) == (others.active, others.is_up(slack))


def test_after_putting_back_nothing_is_minimised_any_more(others: Others, focus: Minimise) -> None:
    slack = others.open("Slack")
    focus.restore(enter(focus))
    others.make_active(slack)
    assert others.is_up(slack, others.open("Slack"))


def test_a_killed_process_leaves_its_windows_to_the_next(others: Others, screen: Display) -> None:
    slack, second, call = others.open("Slack"), others.open("Slack"), call_of(others)
    environment = {**screen.environment, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert select.select([holder.stdout], [], [], PATIENCE)[0]
        noted = holder.stdout.readline().decode()
        assert others.is_down(slack, second)
        holder.send_signal(signal.SIGKILL)
    assert others.is_down(slack, second)
    done = subprocess.run([sys.executable, "-c", LATER, noted], env=environment, capture_output=True, timeout=PATIENCE)
    assert (b"True\n", b"") == (done.stdout, done.stderr)
    assert others.is_up(slack, second)
    assert (call, call) == (others.active, others.focused)


@pytest.mark.parametrize("changed", [{"pid": 4711}, {"class": "mail"}])
def test_a_window_that_only_has_the_same_number_is_not_touched(
    others: Others, focus: Minimise, changed: dict[str, object]
) -> None:
    slack = others.open("Slack")
    others.minimise(slack)
    window = {"id": slack, "pid": 0, "class": "slack", "desktop": 0, "name": "Slack", **changed}
    before = {"screen": others.screen.name, "windows": [window]}
    assert not focus.is_ours(before)
    focus.restore(before)
    assert others.is_down(slack)


def test_twenty_windows_go_down_and_come_back(others: Others, screen: Display) -> None:
    windows = [others.open("Slack", wait=False) for _each in range(20)]
    others.until(lambda: set(windows) <= set(others.values(others.root, "_NET_CLIENT_LIST")))
    focus = Minimise(screen.environment)
    before = enter(focus)
    assert others.is_down(*windows)
    focus.restore(before)
    others.until(lambda: others.is_up(*windows))


def test_a_screen_that_stops_is_given_up(others: Others, focus: Minimise) -> None:
    others.open("Slack")
    server = server_of(others)
    os.kill(server, signal.SIGSTOP)
    try:
        assert ("no", "The screen does not answer.") == (focus.available().level, focus.available().why)
        with pytest.raises(Failed, match="does not answer"):
            focus.capture(PLAN)
    finally:
        os.kill(server, signal.SIGCONT)


def test_a_screen_that_stops_later_is_given_up_and_put_back_when_it_goes_on(others: Others, screen: Display) -> None:
    slack = others.open("Slack")
    focus = Minimise(screen.environment)
    before = enter(focus)
    server = server_of(others)
    os.kill(server, signal.SIGSTOP)
    try:
        with pytest.raises(Failed, match="does not answer"):
            focus.restore(before)
    finally:
        os.kill(server, signal.SIGCONT)
    focus.restore(before)
    others.until(lambda: others.is_up(slack))


def server_of(others: Others) -> int:
    """The process at the other end of a connection to the screen (unix(7), SO_PEERCRED)."""
    told = others.display.display.socket.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return struct.unpack("3i", told)[0]
