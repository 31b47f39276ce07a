"""The guardian: a process of its own that quietens the computer, and puts everything back when the app is gone.

It is the same program, started with ``--guardian`` by the app, which holds the other end of its standard input. Lines
of JSON come in: ``{"enter": plan, "language": code}``, ``{"last": seconds, "until": clock}``, ``{"leave": true}``;
``{"hung": true}`` when the app hears no beat of the block server; the end of the input means that the app has died.
Lines go out: ``{"beats": [port, nonce]}`` from where the app is to listen to these (``beats``), ``{"on": what became of
each blocker}``, ``{"hearing": true}`` at once when it is told of a hanging block server, as putting back may take its
time, ``{"off": outcome, "why": …}`` when all is put back, ``{"refused": sentence}``.

Everything that happens is one queue, read by the main thread alone: what the app says, its end, signals, knocks at
the door from other programs of this person (``coachdesk focus off``), and a block server that has failed.
"""

import json
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, TYPE_CHECKING, Any

from coachdesk import words
from coachdesk.clock import Clock
from coachdesk.errors import Refused
from coachdesk.focus.blockers import System
from coachdesk.focus.journal import Journal
from coachdesk.focus.keeper import Keeper
from coachdesk.focus.plan import Plan, Quiet
from coachdesk.focus.recovery import door_of, held_by_us
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.focus.block_server import BlockServer
    from coachdesk.machine.doors import Door, Wire

LOOKING = 15.0
"""Seconds between two looks whether what we made quiet still is."""
LOGGING_OUT = 4.5
"""Seconds for which logging out waits for everything to be put back; Windows waits 5."""
LONGEST = 15.0
"""Seconds of the longest wait: waits stand still while the computer sleeps, the deadline does not."""
TURNING = 0.05
"""Seconds for a block server that seems to hang to end by itself."""
WAIT = 2.0
"""Seconds for which an earlier focus mode may still be putting back."""
HEARING = 0.05
"""Seconds for each who knocked to hear the answer before the program ends."""
SPEAKING = 1.0
"""Seconds for the app to hear the last word."""
ANSWER = 2.0
"""Seconds for one knock at the door."""
KNOCKS = 16
"""Those who may stand at the door at once; each takes a thread and an open file."""


Post = SimpleQueue[dict[str, Any]]


@dataclass
class Guardian:
    """Holds one focus mode; ``hold`` returns when everything is put back."""

    system: System
    clock: Clock
    folder: Path
    tell: Callable[[dict[str, Any]], None]
    """Sends a message to the app."""
    post: Post = field(default_factory=SimpleQueue)
    """Everything that happens. ``{"gone": true}`` is the end of the app, a signal, or the logging out."""
    report: Callable[[Exception], object] = lambda _fault: None
    _told: tuple[Quiet, ...] = ()
    _until: float = 0.0
    _server: "BlockServer | None" = None
    _knocks: list[threading.Thread] = field(default_factory=list)

    def hold(self) -> None:
        """Wait for the plan, carry it out, and put everything back when it is time."""
        first = self.post.get()
        if "enter" not in first:
            return
        words.speak(first.get("language"))
        try:
            with held_by_us(self.folder, WAIT):
                self._hold(Plan.of_json(first["enter"]))
        except Refused as why:
            self.tell({"refused": why.sentence})
        except Exception as fault:  # what was quiet is put back by now
            self.report(fault)
            self.tell({"refused": _("Something in focus mode went wrong, and it is our mistake.")})

    def _hold(self, plan: Plan) -> None:
        keeper = Keeper(self.system, Journal(self.folder), self.report)
        self._until = self.clock.now().awake + plan.lasts
        with ExitStack() as serving, ExitStack() as door:
            self._open_door(door)  # first: who asks how it stands must not take us for hung while we enter
            if plan.at_login:
                self._see_to_login()
            try:
                plan, told = self._serve(plan, serving)
                self._told = (*keeper.enter(plan), *told)
                if "sites" not in (one.blocker for one in self._told if one.quiet):
                    serving.close()
                self._tell_on()
                why, asked = self._wait(keeper)
            finally:
                outcome = keeper.leave()
            self.tell({"off": asdict(outcome), "why": why})
        self._answer_all({"off": asdict(outcome), "why": why}, asked)

    def _answer_all(self, answer: dict[str, Any], asked: list[Post]) -> None:
        """Tell everybody who knocked for the end, also meanwhile, and give them a moment to hear it."""
        with suppress(Empty):
            while True:
                message = self.post.get_nowait()
                asked += [message["answer"]] if "answer" in message else []
        for each in asked:
            each.put(answer)
        for knock in self._knocks:
            knock.join(HEARING)

    def _wait(self, keeper: Keeper) -> tuple[str, list[Post]]:
        """Wait for a reason to end; also who knocked for it and is to be answered."""
        looked = time.monotonic()
        while (left := self._left) > 0:
            if time.monotonic() - looked >= LOOKING:
                looked = time.monotonic()
                self._look(keeper)
            try:
                message = self.post.get(timeout=min(LONGEST, left))
            except Empty:
                continue
            if "gone" in message:
                return "gone", []
            if "leave" in message:
                return "asked", [message["answer"]] if "answer" in message else []
            if "last" in message:
                self._last(float(message["last"]), str(message.get("until", "")))
            elif "hung" in message:
                self._give_sites_up(keeper)
        return "time", []

    def _look(self, keeper: Keeper) -> None:
        """Look whether what we made quiet still is: a daemon that was started anew, or the person, may have changed it.

        It is told, and left as it is: the one cannot be told from the other.
        """
        changed = keeper.changed()
        sentence = _("This was changed meanwhile, and is left as it is.")
        told = tuple(
            replace(one, quiet=False, sentence=sentence) if one.quiet and one.blocker in changed else one
            for one in self._told
        )
        if told != self._told:
            self._told = told
            self._tell_on()

    def _last(self, seconds: float, until: str) -> None:
        """End so many seconds from now, which the page in place of a website calls by this time of day."""
        self._until = self.clock.now().awake + seconds
        if self._server is not None:
            self._server.until = until

    @property
    def _left(self) -> float:
        """Seconds until it ends by itself."""
        return self._until - self.clock.now().awake

    def _serve(self, plan: Plan, serving: ExitStack) -> tuple[Plan, tuple[Quiet, ...]]:
        """Begin to refuse the chosen sites, where any are wanted.

        The plan with the place where that is done; or without the sites, and why.
        """
        if "sites" not in plan.wanted or not plan.sites:
            return plan, ()
        from secrets import token_hex

        from coachdesk.focus.block_server import BlockServer

        nonce = token_hex(8)
        server = self._server = BlockServer(plan.sites, nonce, plan.until, failed=self._fail)
        try:
            port = server.start()
        except Refused as why:
            others = tuple(name for name in plan.wanted if name != "sites")
            return replace(plan, wanted=others), (Quiet("sites", False, why.sentence),)
        serving.callback(server.close)
        self.tell({"beats": [port, nonce]})
        return replace(plan, port=port, nonce=nonce), ()

    def _fail(self, fault: Exception) -> None:
        """Our block server has failed and turns nobody away any more."""
        self.report(fault)
        self.post.put({"hung": True})

    def _give_sites_up(self, keeper: Keeper) -> None:
        """Our block server hangs, or has failed: let go whoever waits for it, and take the setting back.

        It may be told more than once: the app hears nothing, and the thread that hung fails when it wakes.
        """
        if not any(one.quiet for one in self._told if one.blocker == "sites"):
            return
        self.tell({"hearing": True})
        if self._server is not None:
            self._server.close(TURNING)
        left = keeper.give_up("sites").by_hand
        sentence = _("The part of CoachDesk that keeps websites away did not answer, so they are open again.")
        sentence = " ".join(left) or sentence
        self._told = tuple(Quiet("sites", False, sentence) if one.blocker == "sites" else one for one in self._told)
        self._tell_on()

    def _tell_on(self) -> None:
        """Say what became of each blocker."""
        self.tell({"on": [asdict(one) for one in self._told]})

    def _see_to_login(self) -> None:
        """Have the journal replayed at the next login; one net less is no reason to do without the others."""
        from coachdesk import paths

        with suppress(Refused):
            self.system.at_login().install([*paths.program(), "--restore-only"])

    def _open_door(self, open_things: ExitStack) -> None:
        from coachdesk.machine import doors

        with suppress(OSError, Refused):  # without a door the others stop us by a signal
            door = doors.open_door(*door_of(self.folder))
            open_things.callback(door.close)
            threading.Thread(target=self._mind_door, args=(door,), name="door", daemon=True).start()

    def _mind_door(self, door: "Door") -> None:
        while wire := door.accept():
            self._knocks = [one for one in self._knocks if one.is_alive()]
            if len(self._knocks) >= KNOCKS:
                wire.close()
                continue
            knock = threading.Thread(target=self._answer, args=(wire,), name="knock", daemon=True)
            knock.start()
            self._knocks.append(knock)

    def _answer(self, wire: "Wire") -> None:
        answer: Post = SimpleQueue()
        try:
            asked = json.loads(wire.receive(ANSWER))
            if asked == {"status": True}:  # answered here, also while the main thread is still entering
                answer.put({"on": [asdict(one) for one in self._told], "left": self._left})
            elif asked == {"leave": True}:
                self.post.put({**asked, "answer": answer})
            else:
                return
            wire.send(json.dumps(answer.get(timeout=ANSWER)).encode(), ANSWER)
        except (OSError, EOFError, ValueError, Empty):
            pass  # whoever knocked went away, or is no CoachDesk
        finally:
            wire.close()


def run(system: System | None = None, folder: Path | None = None) -> int:
    """Be the guardian of the program that started us; the answer is the exit code.

    The system is this computer's and the folder this person's, unless others are given.
    """
    from coachdesk import paths, reports
    from coachdesk.focus import blockers
    from coachdesk.machine.here import here

    clock, folder = here(), folder or paths.focus_folder()
    outgoing = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no message of ours

    sayings: SimpleQueue[str] = SimpleQueue()
    speaking = threading.Thread(target=_speak, args=(sayings, outgoing), name="sayings", daemon=True)
    speaking.start()

    def tell(message: dict[str, Any]) -> None:
        sayings.put(json.dumps(message) + "\n")

    guardian = Guardian(
        system or blockers.here(), clock, folder, tell, report=lambda fault: reports.keep(fault, folder, clock.now())
    )
    signal.signal(signal.SIGTERM, lambda _number, _frame: guardian.post.put({"gone": True}))
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    threading.Thread(target=_listen, args=(0, guardian.post), name="app", daemon=True).start()
    done = threading.Event()

    def log_out() -> None:
        guardian.post.put({"gone": True})
        done.wait(LOGGING_OUT)

    ending = guardian.system.ending(log_out)
    guardian.hold()
    sayings.put("")
    speaking.join(SPEAKING)
    done.set()
    ending.close()
    return 0


def _speak(sayings: "SimpleQueue[str]", outgoing: IO[str]) -> None:
    """Pass on to the app what there is to say, up to an empty line.

    On a thread of its own: an app that is stopped reads nothing, and nothing may wait for it.
    """
    with suppress(OSError, ValueError):  # the app is gone: its end stands in the queue of what happens
        for line in iter(sayings.get, ""):
            outgoing.write(line)


def _listen(descriptor: int, post: Post) -> None:
    """Pass on what the app says, line by line, and its end."""
    with suppress(OSError), os.fdopen(descriptor, "rb", closefd=False) as incoming:
        for line in incoming:
            with suppress(ValueError):
                post.put(json.loads(line))
    post.put({"gone": True})
