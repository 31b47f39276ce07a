"""Focus mode as the app holds it: it starts the guardian, tells it what is wanted, and knows how it stands."""

import json
import subprocess
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from coachdesk import paths, words
from coachdesk.errors import Refused
from coachdesk.focus import recovery
from coachdesk.focus.blockers import System
from coachdesk.focus.plan import NAMES, Outcome, Plan, Quiet, outcome_of
from coachdesk.words import _

ENTERING = 8.0
"""Seconds after which a guardian that has not begun counts as hung."""
HUNG = 0.05
"""Seconds in which a guardian must say that it hears of a hanging block server, or it hangs itself."""
LEAVING = 2.0
"""Seconds in which it must have put back what it is told to: everything, or the setting for websites."""
REPLAYING = 2.0
"""Seconds for doing that in its place."""


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

    def outstanding(self) -> tuple[str, ...]:
        """What an earlier focus mode left and nobody could put back yet: sentences on how to do it by hand."""
        ...

    def acknowledge(self) -> None:
        """The person has put that back by hand; those blockers are used again."""
        ...


class _Run:
    """One guardian that we started, and what is to be known of it."""

    def __init__(self, command: Sequence[str], plan: Plan) -> None:
        """Start the guardian and hand it the plan; raises OSError."""
        self.process = _started(command)
        self.incoming: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self.outcome = Outcome()
        self.left_by_us = False
        self.hung = False
        """Whether it was told that its block server hangs."""
        self.open = threading.Event()
        """Set once no websites are kept away any more, or soon none will be."""
        self.watch: threading.Thread | None = None
        threading.Thread(target=self._listen, name="guardian", daemon=True).start()
        self.tell({"enter": plan.as_json(), "language": words.spoken()})

    def tell(self, message: dict[str, Any]) -> None:
        """Send it a message; one that is gone is noticed by who listens."""
        with suppress(OSError, ValueError):
            self.process.stdin.write(json.dumps(message).encode() + b"\n")  # type: ignore[union-attr]

    def hear(self, patience: float | None) -> dict[str, Any]:
        """What it says next; raises Empty after so many seconds.

        It looks once more then: who was stopped meanwhile finds the time over before it finds what was said.
        """
        with suppress(Empty):
            return self.incoming.get(timeout=patience)
        from coachdesk.focus.beats import AGAIN

        return self.incoming.get(timeout=AGAIN)

    def follow_beats(self, port: int, nonce: str) -> None:
        """Hear from now on whether the block server turns, on a thread of its own."""
        threading.Thread(target=self._follow_beats, args=(port, nonce), name="beats", daemon=True).start()

    def leave(self) -> None:
        """Have everything put back, and wait for that no longer than it may take."""
        self.left_by_us = True
        self.tell({"leave": True})
        self.incoming.put({"leaving": True})

    def close(self) -> None:
        """Let go of the pipes once it has ended."""
        self.open.set()
        try:
            self.process.wait(LEAVING)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]

    def _follow_beats(self, port: int, nonce: str) -> None:
        from coachdesk.focus import beats

        said, tries = "silent", 0
        with suppress(TimeoutError):
            while tries < beats.TRIES:
                tries = 0 if beats.listen(port, nonce) else tries + 1
                if self.open.wait(beats.MOMENT):
                    return
            said = "unheard"
        self.incoming.put({said: True})

    def _listen(self) -> None:
        with suppress(OSError, ValueError):
            for line in self.process.stdout:  # type: ignore[union-attr]
                with suppress(ValueError):  # not a line of ours
                    self.incoming.put(json.loads(line))
        self.incoming.put({"gone": True})


def _started(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """The guardian in a session of its own, so that what ends the app's whole group does not end it.

    It inherits nothing but its three streams: if another child held our end of its input, it would never see it close.
    """
    apart = {"start_new_session": True}
    flags = ("DETACHED_PROCESS", "CREATE_NEW_PROCESS_GROUP")  # of Windows alone, as is breaking away from a job
    own = sum(getattr(subprocess, name, 0) for name in flags)
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "bufsize": 0}
    try:
        away = getattr(subprocess, "CREATE_BREAKAWAY_FROM_JOB", 0)
        return subprocess.Popen(command, creationflags=own | away, **streams, **apart)  # type: ignore[call-overload,no-any-return]
    except PermissionError:
        if not own:
            raise
        return subprocess.Popen(command, creationflags=own, **streams, **apart)  # type: ignore[call-overload,no-any-return]


class Mode:
    """The real focus mode. All that waits happens on a thread of its own, which also tells the listeners."""

    def __init__(
        self, folder: Path | None = None, command: Sequence[str] | None = None, system: System | None = None
    ) -> None:
        self.listeners: list[Listener] = []
        self._folder = folder or paths.focus_folder()
        self._command = list(command or [*paths.command(), recovery.GUARDIAN])
        self._system = system
        self._lock = threading.RLock()
        self._state = State()
        self._run: _Run | None = None

    @property
    def state(self) -> State:
        """How it stands now."""
        return self._state

    def enter(self, plan: Plan, ends_at: datetime | None = None) -> None:
        """Start the guardian and hand it the plan; one that still puts back is let finish beside."""
        with self._lock:
            if self._state.is_on:
                return
            try:
                run = self._run = _Run(self._command, replace(plan, until=_time_of_day(ends_at)))
            except OSError as error:
                reason = error.strerror or type(error).__name__
                self._become(State(sentence=_("Focus mode could not be started ({reason}).").format(reason=reason)))
                return
            self._become(State("entering", ends_at))
            run.watch = threading.Thread(target=self._follow, args=(run,), name="focus", daemon=True)
            run.watch.start()

    def last(self, seconds: float, ends_at: datetime | None = None) -> None:
        """Tell the guardian its new deadline."""
        with self._lock:
            if self._run is not None and self._state.is_on:
                self._run.tell({"last": seconds, "until": _time_of_day(ends_at)})
                if self._state.ends_at != ends_at:
                    self._become(replace(self._state, ends_at=ends_at))

    def leave(self) -> None:
        """Tell the guardian to put everything back."""
        with self._lock:
            if self._run is not None and self._state.is_on:
                self._run.leave()
                self._become(replace(self._state, phase="leaving"))

    def put_back(self) -> Outcome:
        """Leave, then put back whatever else the journal holds."""
        run = self._run
        self.close()
        mine = run.outcome if run is not None else Outcome()
        return mine.with_more(recovery.undo(self._folder, self._system))

    def close(self) -> None:
        """Leave, and wait until all is put back."""
        run = self._run
        self.leave()
        if run is not None and run.watch is not None and run.watch is not threading.current_thread():
            run.watch.join(LEAVING + REPLAYING)

    def outstanding(self) -> tuple[str, ...]:
        """What the journal holds while nobody holds focus mode."""
        return recovery.outstanding(self._folder, self._system)

    def acknowledge(self) -> None:
        """Forget it."""
        recovery.acknowledge(self._folder)

    def _follow(self, run: _Run) -> None:
        """Take in what the guardian says until it is over, on a thread of its own."""
        sentence = self._listen(run)
        run.close()
        with self._lock:
            if self._run is run:
                self._run = None
                self._become(State(sentence=sentence))

    def _listen(self, run: _Run) -> str:
        """Follow one guardian to its end; the sentence about that, where there is one to say."""
        patience: float | None = ENTERING
        while True:
            try:
                message = run.hear(patience)
            except Empty:
                run.process.kill()
                return self._replayed(run, _("Focus mode did not answer any more and was ended."))
            if "on" in message:
                told = tuple(Quiet(**one) for one in message["on"])
                if not any(one.quiet for one in told if one.blocker == "sites"):
                    run.open.set()
                patience = LEAVING if run.left_by_us or (run.hung and not run.open.is_set()) else None
                self._settle(run, told)
            elif "beats" in message:
                run.follow_beats(*message["beats"])
            elif ("silent" in message or "unheard" in message) and not run.open.is_set():
                run.hung = True
                run.tell({"hung": True})
                if patience is None:  # entering and leaving take what they take; only at a silence a browser may wait
                    patience = HUNG if "silent" in message else LEAVING
            elif "hearing" in message or "leaving" in message:
                run.open.set()
                patience = LEAVING
            elif "off" in message:
                run.outcome = outcome_of(message["off"])
                return _ended(run, str(message.get("why", "")))
            elif "refused" in message:
                return str(message["refused"])
            elif "gone" in message:
                return self._replayed(run, _("Focus mode was stopped from outside."))

    def _settle(self, run: _Run, told: tuple[Quiet, ...]) -> None:
        with self._lock:
            if self._run is run and self._state.is_on:
                self._become(replace(self._state, phase="on", told=told))

    def _replayed(self, run: _Run, what: str) -> str:
        """The guardian is gone: put back what it left."""
        run.process.wait()
        try:
            run.outcome = recovery.recover(self._folder, self._system)  # by now another may be ours, and lives
        except Refused as why:
            return f"{what} {why.sentence}"
        return " ".join((what, *(told_of(run.outcome) or (_("Everything is put back."),))))

    def _become(self, state: State) -> None:
        self._state = state
        for listener in list(self.listeners):
            try:
                listener(state)
            except Exception as fault:  # it is reported as any fault, but who puts everything back goes on
                who = threading.current_thread()
                threading.excepthook(threading.ExceptHookArgs((type(fault), fault, fault.__traceback__, who)))


def _time_of_day(at: datetime | None) -> str:
    """The time in this computer's zone, as a page may show it; empty where no end is shown."""
    return f"{at.astimezone():%H:%M}" if at is not None else ""


def _ended(run: _Run, why: str) -> str:
    """What is to be said of an end: nothing where it came as wanted and everything is as before."""
    if why == "asked" and not run.left_by_us:
        return " ".join([_("Focus mode was ended from elsewhere on this computer."), *told_of(run.outcome)])
    return " ".join(told_of(run.outcome))


def told_of(outcome: Outcome) -> tuple[str, ...]:
    """What the person should know of putting back: what stays as they changed it, what is left for their hands."""
    names = ", ".join(_(NAMES[name]) for name in outcome.left if name in NAMES)
    changed = (_("Changed meanwhile and left as it is: {names}.").format(names=names),) if names else ()
    return (*changed, *outcome.by_hand)


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

    def outstanding(self) -> tuple[str, ...]:
        """What ``outcome`` leaves to the person's hands."""
        return self.outcome.by_hand

    def acknowledge(self) -> None:
        """Forget it."""
        self.outcome = Outcome()

    def _become(self, state: State) -> None:
        self.state = state
        for listener in list(self.listeners):
            listener(state)
