"""The contract every blocker keeps, the one rule of putting back, the fakes, and the choice of the system."""

import sys
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Protocol

from coachdesk.errors import Refused
from coachdesk.focus.plan import NAMES, App, Plan
from coachdesk.machine.here import Closing, Nothing
from coachdesk.machine.login import AtLogin, FakeAtLogin
from coachdesk.words import _

Before = dict[str, Any]
"""What a blocker has to put back, in JSON values; empty when there is nothing to put back."""


class Failed(Refused):
    """A blocker could not do its part; the sentence says what stays loud, or what could not be put back."""


@dataclass(frozen=True)
class Support:
    """Whether a blocker works on this computer: "yes", "partly" or "no", with the reason in words."""

    level: str
    why: str = ""

    def __bool__(self) -> bool:
        return self.level != "no"


YES = Support("yes")


class Blocker(Protocol):
    """One thing that can be kept quiet. ``apply`` and ``restore`` may be called twice."""

    @property
    def name(self) -> str:
        """One of ``plan.NAMES``."""
        ...

    @property
    def way(self) -> str:
        """Which of this system's ways it takes, such as "dunst"; by name and way a journal finds it again."""
        ...

    def available(self) -> Support:
        """Whether it works here and now. Changes nothing, asks nobody, takes at most two seconds."""
        ...

    def observe(self) -> Before:
        """Everything of the present state that ``apply`` could change, for comparing before with after."""
        ...

    def capture(self, plan: Plan) -> Before:
        """What will have to be put back after ``apply(plan, …)``, and by what we shall know that it is ours.

        Empty when it releases itself with this process, or is quiet already. Changes nothing; raises Failed.
        """
        ...

    def apply(self, plan: Plan, before: Before) -> str | None:
        """Make it quiet; ``before`` is what ``capture`` answered and the journal holds by now. Raises Failed.

        A sentence where something is to be known although it is quiet.
        """
        ...

    def is_ours(self, before: Before) -> bool:
        """Whether the present state is still the one we made."""
        ...

    def restore(self, before: Before) -> None:
        """Put back what is still ours, read it back, and let go of everything held; raises Failed.

        Also called in another process than ``apply`` was, after a kill; then with what the journal held.
        """
        ...

    def by_hand(self, before: Before) -> str:
        """One sentence: how the person puts it back where we cannot."""
        ...


@dataclass(frozen=True)
class Running:
    """A program that runs now and has windows, to choose from."""

    app: App
    icon: str = ""
    """The name of a themed icon or the path of a picture or program that has one; empty where there is none."""
    excluded: str = ""
    """Why it is never kept down, in a sentence; empty for one that may be."""


class System(Protocol):
    """One kind of computer, as focus mode needs it."""

    def blockers(self) -> tuple[Blocker, ...]:
        """The blockers that fit this computer best, one for each of ``NAMES`` in that order."""
        ...

    def find(self, name: str, way: str) -> Blocker | None:
        """The blocker that wrote an entry of the journal; None for one of another version or system."""
        ...

    def at_login(self) -> AtLogin:
        """What puts things back at login."""
        ...

    def running(self) -> tuple[Running, ...]:
        """The programs with windows, by name; empty where the system does not tell."""
        ...

    def ending(self, call: Callable[[], object]) -> Closing:
        """Call a function when the person logs out, on another thread, where no SIGTERM says so; it may take 5 s."""
        ...


# --- Settings with an old and a new value -----------------------------------------------------------------------------


class Value(Protocol):
    """One setting of the system that can be read and written."""

    @property
    def key(self) -> str:
        """Its name in the journal; the same for ever."""
        ...

    def read(self) -> str | None:
        """Its present value in the system's own writing; None where it is not set. Raises Failed."""
        ...

    def write(self, value: str | None) -> None:
        """Set it, or for None unset it; returns once ``read`` will answer so. Raises Failed."""
        ...


@dataclass(frozen=True)
class Values:
    """A blocker that is made of settings of the system: compare and set, one rule for all of them.

    Each value that is still as we wrote it is put back, the first one last. The first is the *mark*: once the person
    has set it to something of their own, the others belong to that and stay as well, as a proxy's mode belongs to its
    address.
    """

    name: str
    way: str
    values: tuple[Value, ...]
    ours: Callable[[Plan], Sequence[str]]
    """What each value shall be, in their order."""
    support: Callable[[], Support]
    words_by_hand: Callable[[Before], str]

    def available(self) -> Support:
        """Whether these settings are there and may be written."""
        return self.support()

    def observe(self) -> Before:
        """Every value as it is."""
        return {value.key: value.read() for value in self.values}

    def capture(self, plan: Plan) -> Before:
        """By key ``[old, ours]`` of each value that has to change; a key that is ours already is left out."""
        wanted = zip(self.values, self.ours(plan), strict=True)
        found = {value.key: [value.read(), ours] for value, ours in wanted}
        return {key: pair for key, pair in found.items() if pair[0] != pair[1]}

    def apply(self, plan: Plan, before: Before) -> None:  # noqa: ARG002
        """Write ours, the mark first, and read each back."""
        for value in self._of(before):
            ours = before[value.key][1]
            if value.read() != ours:
                value.write(ours)
            if value.read() != ours:
                raise Failed(_("{blocker}: this computer did not take the change.").format(blocker=_(NAMES[self.name])))

    def is_ours(self, before: Before) -> bool:
        """Whether any value is as we wrote it, and the mark not something of the person's own."""
        return bool(self._still_ours(before))

    def restore(self, before: Before) -> None:
        """Put the old values back, the mark last."""
        for value in reversed(self._still_ours(before)):
            old = before[value.key][0]
            value.write(old)
            if value.read() != old:
                raise Failed(self.by_hand(before))

    def by_hand(self, before: Before) -> str:
        """In the words of the way."""
        return self.words_by_hand(before)

    def _still_ours(self, before: Before) -> tuple[Value, ...]:
        found = [(value, value.read()) for value in self._of(before)]
        if any(now not in (None, *before[mark.key]) for mark, now in found[:1]):
            return ()
        return tuple(value for value, now in found if now == before[value.key][1])

    def _of(self, before: Before) -> tuple[Value, ...]:
        return tuple(value for value in self.values if value.key in before)


# --- The fakes --------------------------------------------------------------------------------------------------------


@dataclass
class FakeValue:
    """A setting in a dictionary; one named in ``stuck`` refuses to be written."""

    key: str
    store: MutableMapping[str, str]
    stuck: AbstractSet[str] = frozenset()

    def read(self) -> str | None:
        """What the dictionary holds."""
        return self.store.get(self.key)

    def write(self, value: str | None) -> None:
        """Change the dictionary, unless stuck."""
        if self.key in self.stuck:
            raise Failed(_("{blocker}: this computer did not take the change.").format(blocker=self.key))
        if value is None:
            self.store.pop(self.key, None)
        else:
            self.store[self.key] = value


@dataclass
class FakeSystem:
    """A computer whose settings are a dictionary: notifications, proxy, awake and windows as plain values."""

    settings: MutableMapping[str, str] = field(default_factory=dict)
    supports: Mapping[str, Support] = field(default_factory=dict)
    """What is not fully available, by blocker; "yes" for the rest."""
    stuck: set[str] = field(default_factory=set)
    """Keys of settings that refuse to be written."""
    programs: tuple[Running, ...] = ()
    login: FakeAtLogin = field(default_factory=FakeAtLogin)

    def blockers(self) -> tuple[Blocker, ...]:
        """All four, each of settings in the dictionary."""
        return (
            self._values("notifications", ("banners",), lambda _plan: ("off",)),
            self._values("awake", ("screen",), lambda _plan: ("stays on",)),
            self._values("sites", ("proxy url", "proxy mode"), lambda plan: (f"pac {plan.nonce}", "auto")),
            self._values("apps", ("windows",), lambda plan: (f"down: {', '.join(app.id for app in plan.apps)}",)),
        )

    def _values(self, name: str, keys: tuple[str, ...], ours: Callable[[Plan], Sequence[str]]) -> Values:
        values = tuple(FakeValue(key, self.settings, self.stuck) for key in keys)
        support = self.supports.get(name, YES)
        return Values(name, "fake", values, ours, lambda: support, lambda before: f"Put back {', '.join(before)}.")

    def find(self, name: str, way: str) -> Blocker | None:
        """The blocker of this name."""
        return next((one for one in self.blockers() if (one.name, one.way) == (name, way)), None)

    def at_login(self) -> FakeAtLogin:
        """The entry kept in ``login``."""
        return self.login

    def running(self) -> tuple[Running, ...]:
        """The programs of ``programs``."""
        return self.programs

    def ending(self, call: Callable[[], object]) -> Closing:  # noqa: ARG002
        """Nobody logs out."""
        return Nothing()


# --- The choice -------------------------------------------------------------------------------------------------------


def here() -> System:
    """The computer this runs on."""
    if sys.platform == "win32":
        from coachdesk.focus.windows import Windows

        return Windows()
    if sys.platform == "darwin":
        from coachdesk.focus.macos import MacOS

        return MacOS()
    from coachdesk.focus.linux import Linux

    return Linux()
