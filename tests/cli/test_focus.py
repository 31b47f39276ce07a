"""Focus mode by command: no records are needed, and what is quiet, loud, put back or left is said."""

import signal
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from coachdesk import paths
from coachdesk.cli import given
from coachdesk.cli.app import run as run_app
from coachdesk.cli.call import Call
from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.focus.blockers import FakeSystem, Support
from coachdesk.focus.journal import Entry, Journal
from coachdesk.focus.mode import FakeFocus, State
from coachdesk.focus.plan import Outcome
from coachdesk.instance import Instance
from coachdesk.machine.here import here
from coachdesk.paths import Home
from coachdesk.verbs import carry_out
from tests.cli.conftest import Result

Run = Callable[..., Result]


@pytest.fixture
def focus() -> FakeFocus:
    """The focus mode that the command holds."""
    return FakeFocus()


@pytest.fixture
def computer() -> FakeSystem:
    """The computer it keeps quiet."""
    return FakeSystem({"banners": "shown"})


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], focus: FakeFocus, computer: FakeSystem) -> Run:
    """Run a command line on this computer."""

    def run(*words: str) -> Result:
        call = Call(given.read(words), lambda *_all: 0, focus=lambda: focus, system=lambda: computer)
        code = run_app(call)
        out, err = capsys.readouterr()
        return Result(code, out, err)

    return run


def once_on(focus: FakeFocus, do: Callable[[], object]) -> None:
    """Do something as soon as focus mode is on."""
    focus.listeners.append(lambda state: do() if state.phase == "on" else None)


def left_behind(*keys: str, way: str = "fake") -> None:
    """A focus mode that was killed left these settings as it made them."""
    before = {key: ["shown", "off"] for key in keys}
    Journal(paths.focus_folder()).write((Entry("notifications", way, before, "Switch the banners on again."),))


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_without_a_running_program_it_is_held_until_somebody_asks_to_end(run: Run, focus: FakeFocus, name: str) -> None:
    once_on(focus, lambda: signal.raise_signal(getattr(signal, name)))
    before = signal.getsignal(getattr(signal, name))
    result = run("focus", "on", "--minutes", "20")
    assert (0, "") == (result.exit, result.err)
    assert "off" == focus.state.phase
    assert 1200 == focus.plan.lasts
    assert result.out.endswith("Focus mode has ended; everything is put back.\n")
    assert before == signal.getsignal(getattr(signal, name))


def test_what_is_told_to_be_ignored_does_not_end_it(run: Run, focus: FakeFocus) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    once_on(focus, lambda: (signal.raise_signal(signal.SIGHUP), signal.raise_signal(signal.SIGTERM)))
    try:
        assert 0 == run("focus", "on", "--minutes", "20").exit
        assert signal.SIG_IGN == signal.getsignal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_it_says_what_is_quiet_what_stays_loud_and_until_when(run: Run, focus: FakeFocus) -> None:
    focus.loud["awake"] = "No screen was found."
    states: list[State] = []
    focus.listeners.append(states.append)
    once_on(focus, lambda: signal.raise_signal(signal.SIGTERM))
    lines = run("focus", "on", "--minutes", "20").out.splitlines()
    ends_at = states[0].ends_at
    assert timedelta(minutes=19) < ends_at - here().now().at <= timedelta(minutes=20)
    assert f"Focus mode is on until {ends_at.astimezone():%H:%M}." == lines[0]
    assert "Quiet: Notifications." == lines[1]
    assert "Stays as it is: Keeping the screen on. No screen was found." == lines[2]
    assert "Ctrl-C ends it and puts everything back." == lines[3]


def test_the_state_is_one_document_with_the_fields_of_a_state(run: Run, focus: FakeFocus) -> None:
    focus.loud["awake"] = "No screen was found."
    once_on(focus, lambda: signal.raise_signal(signal.SIGTERM))
    told = run("focus", "on", "--minutes", "20", "--json").json()
    assert ["phase", "ends_at", "told", "sentence"] == list(told)
    assert "on" == told["phase"]
    assert told["ends_at"].endswith("+00:00")
    assert {"blocker": "awake", "quiet": False, "sentence": "No screen was found."} == told["told"][1]


def test_where_nothing_can_be_kept_quiet_nothing_is_begun(run: Run, focus: FakeFocus) -> None:
    focus.loud |= {"awake": "No screen was found.", "notifications": "No desktop was found."}
    result = run("focus", "on", "--minutes", "20")
    assert (1, "So nothing was begun.\n") == (result.exit, result.err)
    assert "Stays as it is: Notifications. No desktop was found." in result.out
    assert "off" == focus.state.phase


def test_why_it_does_not_begin_is_told(run: Run, focus: FakeFocus) -> None:
    focus.refuses = "Focus mode is on already; it was begun elsewhere on this computer."
    result = run("focus", "on", "--minutes", "20")
    assert (1, "", focus.refuses) == (result.exit, result.out, result.err.strip())


def test_what_is_left_for_the_persons_hands_is_no_success(run: Run, focus: FakeFocus) -> None:
    focus.outcome = Outcome(by_hand=("Switch the banners on again.",))
    once_on(focus, lambda: signal.raise_signal(signal.SIGTERM))
    result = run("focus", "on", "--minutes", "20")
    assert (1, "Switch the banners on again.\n") == (result.exit, result.err)


def test_with_everything_switched_off_there_is_nothing_to_begin(run: Run, home: Home) -> None:
    home.root.joinpath("settings.toml").write_text("[focus]\nnotifications = false\nawake = false\n")
    assert "Everything is switched off for focus mode" in run("focus", "on", "--minutes", "20").err


@pytest.mark.parametrize("minutes", ["0", "481", "-5", "many", ""])
def test_minutes_that_make_no_sense_are_wrong_usage(run: Run, focus: FakeFocus, minutes: str) -> None:
    result = run("focus", "on", f"--minutes={minutes}")
    assert (2, "") == (result.exit, result.out)
    assert "'--minutes'" in result.err
    assert focus.plan is None


# --- With a running program -------------------------------------------------------------------------------------------


@pytest.fixture
def window(home: Home, clock: Still) -> Iterator[Desk]:
    """A CoachDesk that runs with locked records and has a focus mode of its own."""
    desk = Desk(clock, home)
    desk.focus = FakeFocus()
    own = Instance.take(home)
    assert own is not None
    own.serve(lambda request: carry_out(desk, request))
    yield desk
    own.close()


def test_a_running_program_holds_it_also_while_its_records_are_locked(run: Run, window: Desk, focus: FakeFocus) -> None:
    result = run("focus", "on", "--minutes", "20")
    assert (0, "") == (result.exit, result.err)
    assert ["Focus mode is on until 13:20.", "Quiet: Notifications."] == result.out.splitlines()[:2]
    assert "Ctrl-C" not in result.out
    assert "on" == window.focus.state.phase
    assert focus.plan is None


def test_it_waits_until_the_running_program_knows_what_is_quiet(run: Run, window: Desk) -> None:
    class Slow(FakeFocus):
        looks = 3

        @property
        def state(self) -> State:
            Slow.looks -= 1
            return self.kept if Slow.looks < 0 or self.kept.phase == "off" else State("entering", self.kept.ends_at)

        @state.setter
        def state(self, state: State) -> None:
            self.kept = state

    window.focus = Slow()
    assert "Quiet: Notifications." in run("focus", "on", "--minutes", "20").out


def test_why_the_running_program_cannot_begin_is_told(run: Run, window: Desk) -> None:
    window.focus.refuses = "Focus mode is on already; it was begun elsewhere on this computer."
    result = run("focus", "on", "--minutes", "20", "--json")
    assert (1, "", window.focus.refuses) == (result.exit, result.out, result.err.strip())


def test_a_second_one_in_the_running_program_is_refused(run: Run, window: Desk) -> None:
    run("focus", "on", "--minutes", "20")
    result = run("focus", "on", "--minutes", "20")
    assert (1, "Focus mode is on already; coachdesk focus off ends it.\n") == (result.exit, result.err)


# --- Status, off, undo ------------------------------------------------------------------------------------------------


def test_it_is_off_where_nobody_holds_it(run: Run) -> None:
    assert "Focus mode is off.\n" == run("focus", "status").out
    assert "Focus mode is off.\n" == run("focus", "off").out
    told = {"phase": "off", "ends_at": None, "told": [], "sentence": "", "by_hand": []}
    assert told == run("focus", "status", "--json").json()
    assert told == run("focus", "off", "--json").json()


def test_the_status_names_what_an_earlier_one_left_for_the_persons_hands(run: Run) -> None:
    left_behind("banners", way="of another system")
    result = run("focus", "status")
    assert (0, "") == (result.exit, result.err)
    assert [
        "Focus mode is off.",
        "An earlier one left this; coachdesk focus undo tries again:",
        "Switch the banners on again.",
    ] == result.out.splitlines()


@pytest.mark.parametrize("verb", ["status", "off"])
def test_where_nobody_holds_it_what_a_killed_one_left_is_put_back_and_told(
    run: Run, computer: FakeSystem, verb: str
) -> None:
    left_behind("banners")
    computer.settings["banners"] = "off"
    result = run("focus", verb)
    assert (0, "Focus mode is off.\nPut back: Notifications.\n", "") == (result.exit, result.out, result.err)
    assert {"banners": "shown"} == computer.settings
    assert "Focus mode is off.\n" == run("focus", verb).out


@pytest.mark.parametrize("verb", ["status", "off"])
def test_what_was_put_back_is_one_field_more(run: Run, computer: FakeSystem, verb: str) -> None:
    left_behind("banners")
    computer.settings["banners"] = "off"
    told = {"phase": "off", "ends_at": None, "told": [], "sentence": "", "by_hand": [], "put_back": ["notifications"]}
    assert told == run("focus", verb, "--json").json()


def test_what_ending_cannot_put_back_is_left_to_the_persons_hands(run: Run) -> None:
    left_behind("banners", way="of another system")
    result = run("focus", "off")
    assert (1, "Focus mode is off.\n", "Switch the banners on again.\n") == (result.exit, result.out, result.err)


def test_undo_puts_back_what_a_killed_one_left(run: Run, computer: FakeSystem) -> None:
    left_behind("banners")
    computer.settings["banners"] = "off"
    result = run("focus", "undo")
    assert (0, "Put back: Notifications.\n", "") == (result.exit, result.out, result.err)
    assert "shown" == computer.settings["banners"]
    assert "There is nothing to put back.\n" == run("focus", "undo").out


def test_undo_tells_the_same_in_the_fields_of_an_outcome(run: Run, computer: FakeSystem) -> None:
    left_behind("banners")
    computer.settings["banners"] = "off"
    assert {"put_back": ["notifications"], "left": [], "by_hand": []} == run("focus", "undo", "--json").json()


def test_what_undo_cannot_put_back_is_left_to_the_persons_hands(run: Run) -> None:
    left_behind("banners", way="of another system")
    result = run("focus", "undo")
    assert (1, "", "Switch the banners on again.\n") == (result.exit, result.out, result.err)


# --- Check ------------------------------------------------------------------------------------------------------------


def test_checking_says_of_each_part_whether_it_works_and_why_not(run: Run, computer: FakeSystem) -> None:
    computer.supports = {"sites": Support("no", "This computer uses a proxy already.")}
    lines = run("focus", "check").out.splitlines()
    assert lines[0].startswith("Notifications: Works. ")
    assert lines[2].startswith("Websites: Does not work. ")
    assert lines[2].endswith(" This computer uses a proxy already.")
    assert 5 == len(lines)
    assert {"banners": "shown"} == computer.settings


def test_checking_tells_the_same_as_one_document(run: Run) -> None:
    told = run("focus", "check", "--json").json()
    assert None is told["rehearsed"]
    assert ["blocker", "support", "title", "sentence"] == list(told["findings"][0])
    assert {"level": "yes", "why": ""} == told["findings"][0]["support"]


def test_trying_it_says_that_everything_is_as_before(run: Run, focus: FakeFocus) -> None:
    once_on(focus, lambda: signal.raise_signal(signal.SIGINT))
    result = run("focus", "check", "--try")
    assert (0, "") == (result.exit, result.err)
    assert "Trying it for ten seconds; Ctrl-C ends it early." in result.out
    assert result.out.endswith("Everything is exactly as it was before.\n")
    assert "off" == focus.state.phase


def test_trying_it_is_no_success_where_something_is_not_as_before(
    run: Run, focus: FakeFocus, computer: FakeSystem
) -> None:
    once_on(focus, lambda: (computer.settings.update(banners="off"), signal.raise_signal(signal.SIGINT)))
    told = run("focus", "check", "--try", "--json")
    assert (1, "") == (told.exit, told.err)
    assert '"as_before": false' in told.out


def test_trying_it_is_no_success_where_it_does_not_begin(run: Run, focus: FakeFocus) -> None:
    focus.refuses = "Focus mode is on already; it was begun elsewhere on this computer."
    result = run("focus", "check", "--try")
    assert 1 == result.exit
    assert focus.refuses in result.out


def test_the_doctor_tells_of_focus_mode(run: Run, home: Home) -> None:
    assert {"on": False, "outstanding": [], "at_login": False} == run("doctor", "--json").json()["focus"]
    left_behind("banners")
    lines = run("doctor").out.splitlines()
    assert "focus mode: off" in lines
    assert "not put back yet: Switch the banners on again." in lines
    assert "put back at the next login: no" in lines
