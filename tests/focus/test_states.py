"""However entering, leaving, kills, changes of the person's and restarts follow each other, nothing of ours is left."""

import contextlib
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from coachdesk.focus.blockers import Failed, FakeSystem
from coachdesk.focus.journal import Journal
from coachdesk.focus.keeper import Keeper, replay
from coachdesk.focus.plan import NAMES, App, Plan

KEYS = ("banners", "screen", "proxy url", "proxy mode", "windows")
CHANGES = st.one_of(st.none(), st.sampled_from(["on", "none", "manual", "theirs"]))
"""What a person sets while ours may stand: setting it to what we made of it is no change anybody could tell."""
BEFORE = st.one_of(CHANGES, st.sampled_from(["off", "auto", "stays on"]))
"""What stands at first, some of it the same as we would set."""


class Died(BaseException):
    """The process was killed."""


class Dying(dict[str, str]):
    """Settings whose writer is killed before a write."""

    left: int | None = None
    unseen = False
    """Whether the service does not answer."""

    def get(self, key: str, default: str | None = None) -> str | None:
        if self.unseen:
            raise Failed("This desktop does not answer.")
        return super().get(key, default)

    def __setitem__(self, key: str, value: str) -> None:
        self._count()
        super().__setitem__(key, value)

    def pop(self, key: str, *default: object) -> object:
        self._count()
        return super().pop(key, *default)

    def _count(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise Died


class FocusMode(RuleBasedStateMachine):
    """One computer, one journal, and at most one guardian that lives."""

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")  # the journal is written to disk each time, and hundreds of times here
        self.folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
        self.system = FakeSystem(settings=Dying())
        self.journal = Journal(self.folder / "focus")
        self.keeper: Keeper | None = None
        self.theirs: dict[str, str | None] = {}
        self.entered = 0

    @initialize(before=st.fixed_dictionaries(dict.fromkeys(KEYS, BEFORE)))
    def begin(self, before: dict[str, str | None]) -> None:
        self.theirs = dict(before)
        self.system.settings.update({key: value for key, value in before.items() if value is not None})

    def faulty(self, fault: Exception) -> None:
        raise AssertionError from fault

    @precondition(lambda self: self.keeper is None)
    @rule(wanted=st.sets(st.sampled_from(sorted(NAMES))), dies=st.one_of(st.none(), st.integers(0, 6)))
    def enter(self, wanted: set[str], dies: int | None) -> None:
        self.entered += 1
        keeper = Keeper(self.system, self.journal, self.faulty)
        plan = Plan(60, tuple(wanted), ("a.example",), (App("chat", "Chat"),), port=1, nonce=f"n{self.entered}")
        self.system.settings.left = dies
        try:
            keeper.enter(plan)
            self.keeper = keeper
        except Died:
            pass
        self.system.settings.left = None

    @precondition(lambda self: self.keeper is not None)
    @rule(dies=st.one_of(st.none(), st.integers(0, 4)))
    def leave(self, dies: int | None) -> None:
        self.system.settings.left = dies
        with contextlib.suppress(Died):
            self.keeper.leave()
        self.system.settings.left = None
        self.keeper = None

    @precondition(lambda self: self.keeper is not None)
    @rule()
    def kill(self) -> None:
        self.keeper = None

    @precondition(lambda self: self.keeper is None)
    @rule(dies=st.one_of(st.none(), st.integers(0, 3)))
    def start_again(self, dies: int | None) -> None:
        self.system.settings.left = dies
        with contextlib.suppress(Died):
            replay(self.system, self.journal, self.faulty)
        self.system.settings.left = None

    @precondition(lambda self: self.keeper is None)
    @rule()
    def start_where_nothing_answers(self) -> None:
        self.system.settings.unseen = True
        replay(self.system, self.journal, self.faulty)
        self.system.settings.unseen = False

    @rule(key=st.sampled_from(KEYS), value=CHANGES)
    def change_by_hand(self, key: str, value: str | None) -> None:
        dict.pop(self.system.settings, key, None)
        if value is not None:
            dict.__setitem__(self.system.settings, key, value)
        self.theirs[key] = value

    @rule(torn=st.sampled_from([0, 1]), at=st.integers(0, 300))
    def tear_the_journal(self, torn: int, at: int) -> None:
        path = self.journal.copies[torn]
        other = self.journal.copies[1 - torn]
        if path.exists() and other.exists() and other.read_bytes() == path.read_bytes():
            path.write_bytes(path.read_bytes()[:at])

    @invariant()
    def nothing_is_left_when_nothing_stands(self) -> None:
        """With nobody holding it and no entry in the journal, the computer is the person's."""
        if self.keeper is None and not self.journal.is_there:
            now = {key: self.system.settings.get(key) for key in KEYS}
            allowed = {key: {value} | self.coincident(key) for key, value in self.theirs.items()}
            assert all(now[key] in allowed[key] for key in KEYS), (now, self.theirs)

    def coincident(self, key: str) -> set[str | None]:
        """The mode of a proxy whose address the person has since made their own stays with that address."""
        own = self.theirs.get("proxy url") is not None
        return {"auto"} if key == "proxy mode" and own else set()

    def teardown(self) -> None:
        self.keeper = None
        replay(self.system, self.journal, self.faulty)
        assert not self.journal.is_there
        self.nothing_is_left_when_nothing_stands()
        shutil.rmtree(self.folder)


TestFocusMode = FocusMode.TestCase
TestFocusMode.settings = settings(max_examples=80, stateful_step_count=20)
