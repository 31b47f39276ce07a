"""Putting back what a killed, hung or foreign focus mode left: at every start, at login, and when the coach asks.

One focus mode is held at a time for a user of the computer. Who holds it has a lock that the system lets go of when
its process dies, and minds a door at which it can be asked how it stands and to end.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachdesk.errors import Refused
from coachdesk.focus.journal import Journal
from coachdesk.focus.plan import Outcome, outcome_of
from coachdesk.words import _

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from coachdesk.focus.blockers import System
    from coachdesk.focus.keeper import Report

KNOCKING = 0.6
"""Seconds in which somebody must open who has the lock."""
ANSWERING = 2.0
"""Seconds for an answer: entering takes less."""
GUARDIAN = "--guardian"
"""With which our program is started to be the guardian; by it one is known among all processes."""
TERMINATING = 0.2
"""Seconds for a guardian to end when it is told to, before it is killed."""
ENDING = 0.6
"""Seconds for putting everything back when asked; after that we end the holder and do it ourselves."""


def recover(folder: Path, system: "System | None" = None) -> Outcome:
    """Put back what a killed focus mode left, before anything else; does nothing while one is held by the living.

    Raises Refused when the folder cannot be used.
    """
    if not Journal(folder).is_there:
        return Outcome()
    with taken(folder, 0.25) as ours:
        if ours:
            return _replayed(folder, system)
    return Outcome() if status(folder) is not None else undo(folder, system)


def undo(folder: Path, system: "System | None" = None) -> Outcome:
    """Put everything back now: whoever holds focus mode is asked to end, else ended; then the journal is replayed.

    Needs no records and no window. Raises Refused when the folder cannot be used or the holder cannot be ended.
    """
    ended = _asked(folder, {"leave": True}, ENDING) or {}
    outcome = outcome_of(ended.get("off", {}))
    with taken(folder, KNOCKING if ended else 0.05) as ours:
        if ours:
            return outcome.with_more(_replayed(folder, system))
    _end_holder(folder)
    with taken(folder, ANSWERING) as ours:
        if ours:
            return outcome.with_more(_replayed(folder, system))
    raise Refused(_("Another CoachDesk holds focus mode and could not be ended."))


def end(folder: Path) -> Outcome | None:
    """Ask whoever holds focus mode to end it; None where nobody does.

    Raises Refused when it does not answer; ``undo`` ends it then.
    """
    answer = _asked(folder, {"leave": True}, ANSWERING)
    if answer is not None:
        return outcome_of(answer.get("off", {}))
    with taken(folder, 0.0) as ours:
        if ours:
            return None
    raise Refused(_("Focus mode does not answer; coachdesk focus undo ends it and puts everything back."))


def status(folder: Path) -> dict[str, Any] | None:
    """What whoever holds focus mode answers: ``{"on": what became of each blocker, "left": seconds}``; else None."""
    patience = time.monotonic() + KNOCKING
    while True:
        answer = _asked(folder, {"status": True}, ANSWERING)
        if answer is not None:
            return answer if "on" in answer else None
        with taken(folder, 0.0) as ours:
            if ours or time.monotonic() > patience:
                return None
        time.sleep(0.02)  # it has the lock but not yet its door, or no door any more


def outstanding(folder: Path, system: "System | None" = None) -> tuple[str, ...]:
    """What nobody could put back yet, as sentences on how to do it by hand; none while focus mode is held."""
    if not Journal(folder).is_there:
        return ()
    with taken(folder, 0.0) as ours:
        try:
            entries = Journal(folder).read() if ours else ()
        except Refused as why:
            return (why.sentence,)
        if not all(entry.blocker for entry in entries):  # it stays as it is, also when something was put back
            from coachdesk.focus import blockers, keeper

            entries = keeper.still_left(system or blockers.here(), entries, _reporter(folder))
    return tuple(entry.by_hand for entry in entries)


def acknowledge(folder: Path) -> None:
    """Forget what nobody could put back: the person has done it by hand. Raises Refused while focus mode is held."""
    with taken(folder, 0.25) as ours:
        if not ours:
            raise Refused(_("Focus mode is on; end it first."))
        Journal(folder).write(())


@contextmanager
def held_by_us(folder: Path, patience: float) -> Iterator[None]:
    """Be the one who holds focus mode; raises Refused when another does.

    ``holder`` names the process, so that it can be ended if it hangs; who only replays the journal is not named.
    """
    with taken(folder, patience) as ours:
        if not ours:
            raise Refused(_("Focus mode is on already; it was begun elsewhere on this computer."))
        with suppress(OSError):
            (folder / "holder").write_text(str(os.getpid()), "utf-8")
        yield


@contextmanager
def taken(folder: Path, patience: float) -> Iterator[bool]:
    """Hold the lock of this user's focus mode, within so many seconds; False while another has it.

    Raises Refused when the folder cannot be used, or is another person's.
    """
    lock = _lock(folder, patience)
    try:
        yield lock is not None
    finally:
        if lock is not None:
            lock.release()


def _lock(folder: Path, patience: float) -> "BaseFileLock | None":
    import filelock

    from coachdesk.machine import doors

    try:
        doors.private(folder)
        lock = filelock.FileLock(folder / "lock", mode=0o600, thread_local=False)
        lock.acquire(timeout=patience, poll_interval=0.01)
    except filelock.Timeout:
        return None
    except OSError as error:
        wording = _("The folder {folder} cannot be used, so focus mode cannot note down what it changes.")
        raise Refused(wording.format(folder=folder)) from error
    return lock


def _replayed(folder: Path, system: "System | None") -> Outcome:
    """Replay the journal, which is ours now."""
    journal = Journal(folder)
    if not journal.is_there:
        return Outcome()
    from coachdesk.focus import blockers, keeper

    return keeper.replay(system or blockers.here(), journal, _reporter(folder))[0]


def _reporter(folder: Path) -> "Report":
    """Keeps a report of each fault of ours."""
    from coachdesk import reports
    from coachdesk.machine.here import here

    return lambda fault: reports.keep(fault, folder, here().now())


def door_of(folder: Path) -> tuple[str, Path]:
    """The name and the folder of the door of whoever holds focus mode.

    It lies beside the lock, so that everybody who sees the lock finds it, whatever their runtime folder is.
    """
    at = folder.resolve()
    return f"focus-{hashlib.sha256(os.fsencode(at)).hexdigest()[:8]}", at


def _asked(folder: Path, request: dict[str, Any], patience: float) -> dict[str, Any] | None:
    """The answer of whoever holds focus mode; None where nobody opens or answers in time."""
    from coachdesk.machine import doors

    with suppress(OSError, EOFError, ValueError, Refused):
        name, at = door_of(folder)
        wire = doors.knock(name, patience, at)
        try:
            wire.send(json.dumps(request).encode(), patience)
            answer = json.loads(wire.receive(patience))
            return answer if isinstance(answer, dict) else None
        finally:
            wire.close()
    return None


def _end_holder(folder: Path) -> None:
    """End the guardian that has the lock and does not answer: first by asking, which lets one that works put back.

    Only a guardian is ended, by its command line: the number in ``holder`` may belong to a stranger by now.
    """
    import psutil

    with suppress(OSError, ValueError, psutil.Error):
        process = psutil.Process(int((folder / "holder").read_text("utf-8")))
        if process.pid == os.getpid() or GUARDIAN not in process.cmdline():
            return
        process.terminate()
        try:
            process.wait(TERMINATING)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(ANSWERING)
