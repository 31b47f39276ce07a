"""Carrying out a plan and putting back: the journal first, compare and set, and one that fails stops no other."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from coachdesk.focus import recovery
from coachdesk.focus.blockers import Failed, FakeSystem, Support
from coachdesk.focus.journal import LATER, Entry, Journal
from coachdesk.focus.keeper import Keeper, replay
from coachdesk.focus.plan import App, Outcome, Plan, Quiet
from tests.focus import later_version

PLAN = Plan(3000, sites=("social.example",), apps=(App("chat", "Chat"),), port=4000, nonce="n1")
ALL_QUIET = tuple(Quiet(name, True) for name in ("notifications", "awake", "sites", "apps"))
OURS = {
    "banners": "off", "screen": "stays on", "proxy url": "pac n1", "proxy mode": "auto", "windows": "down: chat",
}  # fmt: skip


class Computer(FakeSystem):
    """A fake computer with its journal and the faults that were reported."""

    def __init__(self, folder: Path) -> None:
        super().__init__(settings={"banners": "on", "proxy mode": "none"})
        self.journal = Journal(folder / "focus")
        self.faults: list[Exception] = []

    def keeper(self) -> Keeper:
        return Keeper(self, self.journal, self.faults.append)

    def replay(self) -> Outcome:
        return replay(self, self.journal, self.faults.append)[0]


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


BEFORE = {"banners": "on", "proxy mode": "none"}


def test_everything_wanted_becomes_quiet_and_everything_is_put_back(computer: Computer) -> None:
    keeper = computer.keeper()
    assert ALL_QUIET == keeper.enter(PLAN)
    assert OURS == computer.settings
    assert Outcome(put_back=("apps", "sites", "awake", "notifications")) == keeper.leave()
    assert BEFORE == computer.settings
    assert not computer.journal.is_there


def test_only_what_is_wanted_is_touched(computer: Computer) -> None:
    keeper = computer.keeper()
    assert (Quiet("notifications", True),) == keeper.enter(Plan(60, ("notifications",)))
    assert {**BEFORE, "banners": "off"} == computer.settings


def test_what_is_quiet_already_is_left_alone_and_not_put_back(computer: Computer) -> None:
    computer.settings["banners"] = "off"
    keeper = computer.keeper()
    keeper.enter(Plan(60, ("notifications",)))
    assert not computer.journal.is_there
    keeper.leave()
    assert "off" == computer.settings["banners"]


def test_the_journal_holds_every_change_before_it_is_made(computer: Computer) -> None:
    written = []

    class Watched(dict[str, str]):
        def __setitem__(self, key: str, value: str) -> None:
            written.append((key, {name for entry in computer.journal.read() for name in entry.before}))
            super().__setitem__(key, value)

    computer.settings = Watched(BEFORE)
    computer.keeper().enter(PLAN)
    assert {"banners", "screen", "proxy url", "proxy mode", "windows"} == {key for key, _noted in written}
    assert all(key in noted for key, noted in written)


def test_a_blocker_that_is_not_there_becomes_its_sentence_and_the_others_work(computer: Computer) -> None:
    computer.supports = {"sites": Support("no", "Your computer uses a proxy already.")}
    told = computer.keeper().enter(PLAN)
    assert Quiet("sites", False, "Your computer uses a proxy already.") in told
    assert "proxy url" not in computer.settings
    assert "off" == computer.settings["banners"]


def test_one_that_works_partly_says_what_is_to_be_known(computer: Computer) -> None:
    computer.supports = {"sites": Support("partly", "Open pages may go on until you reload them.")}
    assert Quiet("sites", True, "Open pages may go on until you reload them.") in computer.keeper().enter(PLAN)


def test_one_that_fails_half_way_is_taken_back_and_leaves_no_entry(computer: Computer) -> None:
    computer.stuck.add("proxy mode")
    told = computer.keeper().enter(PLAN)
    assert not next(one for one in told if one.blocker == "sites").quiet
    assert "proxy url" not in computer.settings
    assert {"notifications", "awake", "apps"} == {entry.blocker for entry in computer.journal.read()}


def test_a_fault_of_ours_in_a_blocker_is_reported_and_stops_nothing(computer: Computer) -> None:
    class Broken(dict[str, str]):
        def get(self, key: str, default: str | None = None) -> str | None:
            if key == "screen":
                raise ZeroDivisionError
            return super().get(key, default)

    computer.settings = Broken(BEFORE)
    told = computer.keeper().enter(PLAN)
    assert [ZeroDivisionError] == [type(fault) for fault in computer.faults]
    assert (
        "Keeping the screen on: something in CoachDesk went wrong, and it is our mistake."
        == next(one for one in told if one.blocker == "awake").sentence
    )
    assert {"notifications", "sites", "apps"} == {one.blocker for one in told if one.quiet}


def test_what_cannot_be_noted_down_is_not_changed(computer: Computer) -> None:
    computer.journal.folder.parent.mkdir(exist_ok=True)
    computer.journal.folder.write_text("in the way of the folder")
    told = computer.keeper().enter(PLAN)
    assert BEFORE == computer.settings
    assert all("changed nothing" in one.sentence for one in told)


CHANGES: dict[str, tuple[Callable[[dict[str, str]], None], dict[str, str], tuple[str, ...]]] = {
    "the mark": (
        lambda now: now.update({"proxy url": "mine"}),
        {"proxy url": "mine", "proxy mode": "auto"},
        ("sites",),
    ),
    "the mark away": (lambda now: now.pop("proxy url"), {"proxy mode": "none"}, ()),
    "beside the mark": (lambda now: now.update({"proxy mode": "manual"}), {"proxy mode": "manual"}, ()),
    "back by hand": (lambda now: now.update(banners="on"), {"proxy mode": "none"}, ("notifications",)),
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("killed", [False, True])
def test_what_the_person_changed_meanwhile_stays(computer: Computer, what: str, killed: bool) -> None:
    change, expected, left = CHANGES[what]
    keeper = computer.keeper()
    keeper.enter(PLAN)
    change(computer.settings)
    outcome = computer.replay() if killed else keeper.leave()
    assert {"banners": "on", **expected} == computer.settings
    assert (() if killed else left) == outcome.left
    assert not computer.journal.is_there


def test_what_cannot_be_put_back_is_said_and_kept_until_it_can(computer: Computer) -> None:
    keeper = computer.keeper()
    keeper.enter(PLAN)
    computer.stuck.add("banners")
    again = computer.keeper()
    told = again.enter(PLAN)
    assert Quiet("notifications", False, "Put back banners.") in told
    assert ("Put back banners.",) == again.leave().by_hand + computer.replay().by_hand
    assert ["notifications"] == [entry.blocker for entry in computer.journal.read()]
    computer.stuck.clear()
    assert Outcome(put_back=("notifications",)) == computer.replay()
    assert "on" == computer.settings["banners"]
    assert not computer.journal.is_there


def test_leaving_puts_back_the_others_when_one_does_not_go(computer: Computer) -> None:
    keeper = computer.keeper()
    keeper.enter(PLAN)
    computer.stuck.add("windows")
    outcome = keeper.leave()
    assert (("sites", "awake", "notifications"), ("Put back windows.",)) == (outcome.put_back, outcome.by_hand)
    assert ["apps"] == [entry.blocker for entry in computer.journal.read()]


def test_an_entry_of_a_blocker_we_do_not_know_is_kept_with_its_words(computer: Computer) -> None:
    lamp = Entry("lamp", "blue", {"light": ["on", "off"]}, "Switch the lamp on.")
    computer.journal.write((lamp,))
    assert Outcome(by_hand=("Switch the lamp on.",)) == computer.replay()
    assert (lamp,) == computer.journal.read()


def test_of_a_later_version_s_changes_those_we_know_are_put_back_and_the_rest_is_told_and_kept(
    computer: Computer,
) -> None:
    computer.keeper().enter(PLAN)
    later_version.took(computer.journal)
    kept = computer.journal.copies[0].read_bytes()
    again = Outcome(put_back=("sites", "apps", "awake", "notifications"), by_hand=(LATER,))
    assert (again, BEFORE) == (computer.replay(), computer.settings)
    assert Outcome(by_hand=(LATER,)) == computer.replay()
    assert [LATER] * 4 == [quiet.sentence for quiet in computer.keeper().enter(replace(PLAN, nonce="n2"))]
    assert (BEFORE, kept) == (computer.settings, computer.journal.copies[0].read_bytes())


def test_what_a_later_version_s_journal_still_holds_is_outstanding_only_where_it_is_not_put_back(
    computer: Computer,
) -> None:
    folder = computer.journal.folder
    computer.keeper().enter(PLAN)
    later_version.took(computer.journal)
    computer.stuck.add("banners")
    computer.replay()
    assert ("Put back banners.", LATER) == recovery.outstanding(folder, computer)
    computer.stuck.clear()
    computer.replay()
    assert (LATER,) == recovery.outstanding(folder, computer)


@pytest.mark.parametrize("which", [0, 1])
def test_beside_a_copy_that_cannot_be_opened_all_is_put_back_and_nothing_is_changed_anew(
    computer: Computer, which: int
) -> None:
    computer.keeper().enter(PLAN)
    shut = computer.journal.copies[which]
    shut.unlink()
    shut.mkdir()  # cannot be read, whoever asks
    first = computer.replay()
    assert (("sites", "apps", "awake", "notifications"), BEFORE) == (first.put_back, computer.settings)
    assert first.by_hand[0].startswith(f"{shut} cannot be read")
    told = computer.keeper().enter(replace(PLAN, nonce="n2"))
    assert [first.by_hand[0]] * 4 == [quiet.sentence for quiet in told]
    assert BEFORE == computer.settings
    shut.rmdir()
    assert Outcome() == computer.replay()
    assert not computer.journal.is_there


def test_one_blocker_can_be_given_up_before_the_end(computer: Computer) -> None:
    keeper = computer.keeper()
    keeper.enter(PLAN)
    assert Outcome(put_back=("sites",)) == keeper.give_up("sites")
    assert "proxy url" not in computer.settings
    assert "off" == computer.settings["banners"]
    assert {"notifications", "awake", "apps"} == {entry.blocker for entry in computer.journal.read()}


def test_replaying_twice_does_no_harm(computer: Computer) -> None:
    computer.keeper().enter(PLAN)
    computer.replay()
    computer.settings["banners"] = "off"  # the person's own wish by now
    assert Outcome() == computer.replay()
    assert "off" == computer.settings["banners"]


def test_what_cannot_be_seen_is_never_taken_for_changed(computer: Computer) -> None:
    """A service that does not answer, or another environment, says nothing of what the person has set."""

    class Unseen(dict[str, str]):
        def get(self, *_asked: object) -> str | None:
            raise Failed("This desktop does not answer.")

    computer.keeper().enter(PLAN)
    seen, computer.settings = computer.settings, Unseen()
    assert 4 == len(computer.replay().by_hand)
    computer.settings = seen
    assert Outcome(put_back=("sites", "apps", "awake", "notifications")) == computer.replay()
    assert BEFORE == computer.settings


def test_one_that_can_be_neither_made_quiet_nor_put_back_is_said_again_at_the_end(computer: Computer) -> None:
    class Half(dict[str, str]):
        def pop(self, *_asked: object) -> object:
            raise Failed("No way back.")

    computer.settings = Half(BEFORE)
    computer.stuck.add("proxy mode")
    keeper = computer.keeper()
    told = keeper.enter(Plan(60, ("sites",), ("a.example",), port=1, nonce="n1"))
    assert told[0].sentence.endswith("Put back proxy url, proxy mode.")
    assert ("Put back proxy url, proxy mode.",) == keeper.leave().by_hand
