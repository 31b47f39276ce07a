"""Focus mode as the app holds it: it starts the guardian, tells it what is wanted, and knows how it stands."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from coachdesk.focus.plan import Outcome, Plan, Quiet


@dataclass(frozen=True)
class State:
    """How focus mode stands, as every face shows it."""

    phase: str = "off"
    """ "off", "entering", "on" or "leaving"."""
    ends_at: datetime | None = None
    """When it ends by itself, where that is to be shown; None in a session, whose end is shown anyway."""
    told: tuple[Quiet, ...] = ()
    """What became of each blocker, in their order; empty until it is on."""
    sentence: str = ""
    """Why it is off although it was wanted, or what was left when it ended; empty when there is nothing to say."""

    @property
    def is_on(self) -> bool:
        """Whether something is kept quiet, or about to be."""
        return self.phase in ("entering", "on")

    @property
    def quiet(self) -> tuple[str, ...]:
        """The blockers that are quiet now, by name."""
        return tuple(one.blocker for one in self.told if one.quiet)

    @property
    def loud(self) -> tuple[Quiet, ...]:
        """What stays loud although it was wanted."""
        return tuple(one for one in self.told if not one.quiet)


Listener = Callable[[State], None]
"""Told of each new state, from another thread."""


class Focus(Protocol):
    """What faces and the sitting may ask of focus mode. Nothing here waits, except where it says so."""

    listeners: list[Listener]

    @property
    def state(self) -> State:
        """How it stands now."""
        ...

    def enter(self, plan: Plan, ends_at: datetime | None = None) -> None:
        """Begin; what comes of it is told to the listeners. Does nothing while it is on."""
        ...

    def last(self, seconds: float, ends_at: datetime | None = None) -> None:
        """Let it last so many seconds from now on, longer or shorter than before; does nothing while it is off."""
        ...

    def leave(self) -> None:
        """Put everything back; does nothing while it is off."""
        ...

    def put_back(self) -> Outcome:
        """Put everything back now, also what another CoachDesk or a killed one left; waits, at most two seconds."""
        ...

    def close(self) -> None:
        """Leave, and wait until all is put back."""
        ...


@dataclass
class FakeFocus:
    """Focus mode as plain values: on at once, and every blocker quiet that ``loud`` does not name."""

    state: State = field(default_factory=State)
    listeners: list[Listener] = field(default_factory=list)
    loud: dict[str, str] = field(default_factory=dict)
    """Blocker → why it stays loud."""
    refuses: str = ""
    """A sentence with which entering fails."""
    plan: Plan | None = None
    """The plan entered last."""
    lasts: float = 0.0
    """Seconds told last."""
    outcome: Outcome = field(default_factory=Outcome)
    """What ``put_back`` answers."""

    def enter(self, plan: Plan, ends_at: datetime | None = None) -> None:
        """On at once."""
        if self.state.is_on:
            return
        if self.refuses:
            self._become(State(sentence=self.refuses))
            return
        self.plan, self.lasts = plan, plan.lasts
        told = tuple(Quiet(name, name not in self.loud, self.loud.get(name, "")) for name in plan.wanted)
        self._become(State("on", ends_at, told))

    def last(self, seconds: float, ends_at: datetime | None = None) -> None:
        """Note the seconds."""
        if self.state.is_on:
            self.lasts = seconds
            self._become(replace(self.state, ends_at=ends_at))

    def leave(self) -> None:
        """Off at once."""
        if self.state.is_on:
            self._become(State())

    def put_back(self) -> Outcome:
        """Off at once."""
        self.leave()
        return self.outcome

    def close(self) -> None:
        """Off at once."""
        self.leave()

    def _become(self, state: State) -> None:
        self.state = state
        for listener in list(self.listeners):
            listener(state)
