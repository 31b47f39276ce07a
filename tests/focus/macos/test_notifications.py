"""Asking a made-up macOS for “Do Not Disturb”."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coachdesk.focus.blockers import Blocker, Failed
from coachdesk.focus.macos.commands import Ran
from coachdesk.focus.macos.notifications import OFF, ON, Shortcuts
from coachdesk.focus.plan import Plan

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PLAN = Plan(90 * 60)
ADD_ON = (
    "Add a shortcut named “CoachDesk Focus On” in the program Shortcuts: it gets dates from its input, and turns "
    "Do Not Disturb on until then."
)
ADD_OFF = "Add a shortcut named “CoachDesk Focus Off” in the program Shortcuts: it turns Do Not Disturb off."


@dataclass
class Mac:
    """The program ``shortcuts``, its list and what becomes of each shortcut, and the time."""

    names: tuple[str, ...] = ("Resize pictures", ON, OFF)
    codes: dict[str, int | None] = field(default_factory=dict)
    now: datetime = NOON
    ran: list[tuple[str, ...]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def run(self, command: Sequence[str], patience: float) -> Ran:
        """List the shortcuts."""
        assert patience <= 2.0
        assert ("/usr/bin/shortcuts", "list") == tuple(command)
        return Ran(self.codes.get("list", 0), "".join(f"{name}\n" for name in self.names))

    def ask(self, command: Sequence[str], patience: float) -> Ran:
        """Run one."""
        assert ("/usr/bin/shortcuts", "run") == tuple(command[:2])
        assert patience <= 2.0
        self.ran.append(tuple(command[2:3]))
        if "--input-path" in command:
            self.told.append(Path(command[4]).read_text(encoding="ascii"))
        return Ran(self.codes.get(command[2], 0))


@pytest.fixture
def mac() -> Mac:
    """A Mac with both shortcuts."""
    return Mac()


def over(mac: Mac, folder: Path) -> Shortcuts:
    """The blocker over this Mac."""
    return Shortcuts(folder / "focus", mac.run, mac.ask, lambda: mac.now)


def test_it_is_a_blocker_that_never_claims_the_state(mac: Mac, tmp_path: Path) -> None:
    made: Blocker = over(mac, tmp_path)
    assert ("notifications", "shortcuts", {}) == (made.name, made.way, made.observe())
    assert ("partly", "macOS is asked for “Do Not Disturb”; it does not tell whether it is on.") == (
        *(made.available().level, made.available().why),
    )


def test_macos_is_asked_with_the_end_time_and_asked_to_end_it(
    mac: Mac, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Vienna")
    made = over(mac, tmp_path)
    before = made.capture(PLAN)
    assert {"until": "2026-03-02T13:30:00+00:00"} == before
    made.apply(PLAN, before)
    expected = datetime(2026, 3, 2, 13, 30, tzinfo=UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    assert [expected] == mac.told
    assert made.is_ours(before)
    made.restore(before)
    assert [(ON,), (OFF,)] == mac.ran


def test_a_shortcut_that_goes_on_running_counts_as_asked(mac: Mac, tmp_path: Path) -> None:
    mac.codes = {ON: None, OFF: None}
    made = over(mac, tmp_path)
    before = made.capture(PLAN)
    made.apply(PLAN, before)
    made.restore(before)
    assert [(ON,), (OFF,)] == mac.ran


def test_what_we_never_asked_for_is_never_ended(mac: Mac, tmp_path: Path) -> None:
    over(mac, tmp_path).restore({})
    assert [] == mac.ran


def test_after_a_kill_another_process_asks_for_the_end(mac: Mac, tmp_path: Path) -> None:
    first = over(mac, tmp_path)
    before = json.loads(json.dumps(first.capture(PLAN)))
    first.apply(PLAN, before)
    second = over(mac, tmp_path)
    assert second.is_ours(before)
    second.restore(before)
    assert [(ON,), (OFF,)] == mac.ran


def test_once_macos_has_ended_it_by_itself_a_later_choice_of_the_person_is_left_alone(mac: Mac, tmp_path: Path) -> None:
    made = over(mac, tmp_path)
    before = made.capture(PLAN)
    made.apply(PLAN, before)
    mac.now = NOON + timedelta(minutes=90)
    assert not made.is_ours(before)
    made.restore(before)
    assert [(ON,)] == mac.ran


def test_a_shortcut_that_fails_is_told(mac: Mac, tmp_path: Path) -> None:
    mac.codes = {ON: 1}
    made = over(mac, tmp_path)
    with pytest.raises(Failed, match="The shortcut “CoachDesk Focus On” did not work"):
        made.apply(PLAN, made.capture(PLAN))


def test_an_end_that_fails_is_told_with_the_way_to_do_it(mac: Mac, tmp_path: Path) -> None:
    mac.codes = {OFF: 1}
    made = over(mac, tmp_path)
    before = made.capture(PLAN)
    with pytest.raises(Failed, match="Control Center"):
        made.restore(before)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((ON,), ADD_OFF),
        (("coachdesk focus on", OFF), ADD_ON),
        ((), f"{ADD_ON} {ADD_OFF}"),
        ((f"{ON} 1", f"My {OFF}"), f"{ADD_ON} {ADD_OFF}"),
    ],
)
def test_missing_shortcuts_are_named_with_how_to_add_them(
    mac: Mac, tmp_path: Path, names: tuple[str, ...], expected: str
) -> None:
    mac.names = names
    support = over(mac, tmp_path).available()
    assert expected == support.why
    assert not support


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (127, "Asking for “Do Not Disturb” needs macOS 12 or newer."),
        (None, "The program Shortcuts of this Mac did not answer."),
        (1, "The program Shortcuts of this Mac did not answer."),
    ],
)
def test_a_mac_without_shortcuts_does_not_support_it(mac: Mac, tmp_path: Path, code: int | None, expected: str) -> None:
    mac.codes = {"list": code}
    assert ("no", expected) == (over(mac, tmp_path).available().level, over(mac, tmp_path).available().why)


def test_a_folder_that_cannot_be_written_is_a_refusal(mac: Mac, tmp_path: Path) -> None:
    (tmp_path / "focus").write_text("a file where the folder should be")
    made = over(mac, tmp_path)
    with pytest.raises(Failed, match="the disk does not let us write"):
        made.apply(PLAN, made.capture(PLAN))
    assert [] == mac.ran
