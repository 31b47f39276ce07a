"""One call from the command line: handed over to the running CoachDesk, or carried out here with the records open."""

import io
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachdesk import words
from coachdesk.cli.given import Given, refuse_endless
from coachdesk.cli.printing import harmless
from coachdesk.cli.unlocking import key_for
from coachdesk.errors import Refused
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.focus.blockers import System
    from coachdesk.focus.mode import Focus
    from coachdesk.paths import Home

PATIENCE = 30.0
"""Seconds to wait for the answer of the running CoachDesk."""
LONG = 900.0
"""The same for what may take long with the records of many years."""
TRIES = 20
"""How often to try again when another one begins or ends just now."""

Show = Callable[[Any], str]
Work = Callable[["Desk", bytes], dict[str, Any]]


class OurFault(Exception):
    """A bug of ours, in this process or in the running CoachDesk; the report is written already."""

    def __init__(self, kind: str, report: str) -> None:
        super().__init__(kind)
        self.kind, self.report = kind, report


def _focus_here() -> "Focus":
    from coachdesk.focus.mode import Mode

    return Mode()


def _system_here() -> "System":
    from coachdesk.focus import blockers

    return blockers.here()


@dataclass(frozen=True)
class Call:
    """What one command does with the words it was given."""

    given: Given
    rehearse: "Callable[[Home, int, float], int]"
    """Opens the window on a rehearsal of so many minutes at such a speed; the answer is the exit code."""
    focus: "Callable[[], Focus]" = _focus_here
    """Focus mode, to be held by this command."""
    system: "Callable[[], System]" = _system_here
    """The computer that focus mode keeps quiet."""

    def carry(self, verb: str, show: Show, **arguments: Any) -> None:
        """Have a verb carried out, and print what it answers; arguments that are None were not given."""
        chosen = {name: value for name, value in arguments.items() if value is not None}
        self.tell(self.answer({"verb": verb, "arguments": chosen}), show)

    def answer(self, request: dict[str, Any], here: Work | None = None) -> Any:
        """The value of a request, from the running CoachDesk or, where none runs, from the records opened here.

        ``here`` replaces the verb where none runs, for what must work with records that do not open.

        Raises:
            Refused: in the words of whoever refused.
            OurFault: there was a bug.
        """
        from coachdesk.instance import ask
        from coachdesk.verbs import BESIDE

        self.speak()
        patience = LONG if request["verb"] in BESIDE else PATIENCE
        key: bytes | None = None
        for _again in range(TRIES):
            answer = ask(self.given.home, request, patience)
            if answer is None:
                key = key or key_for(self.given)
                answer = self._alone(key, here or _open_and_carry_out(request))
            if answer is not None:
                return _value(answer)
        raise Refused(_("Another CoachDesk is busy with these records; try again in a moment."))

    def handed_over(self, request: dict[str, Any]) -> Any | None:
        """The value of a request that needs no records, from the running CoachDesk; None where none runs."""
        from coachdesk.instance import ask

        answer = ask(self.given.home, request, PATIENCE)
        return None if answer is None else _value(answer)

    def tell(self, value: Any, show: Show) -> None:
        """Print a value, as JSON or in words."""
        if self.given.json:
            _write(json.dumps(value, ensure_ascii=False, indent=2))
        else:
            _write(show(value))

    def speak(self) -> None:
        """Take the language of the settings; where their folder is refused, the system's stays."""
        from coachdesk import settings

        with suppress(Refused):  # to put back what focus mode left, no folder is needed
            words.speak(settings.load(self.given.home.settings).appearance.language or None)

    def _alone(self, key: bytes, work: Work) -> dict[str, Any] | None:
        """Do the work while nobody else may have these records open; None when somebody else just began."""
        from coachdesk.instance import Instance

        own = Instance.take(self.given.home)
        if own is None:
            return None
        try:
            return work(desk_for(self.given), key)
        finally:
            own.close()


def desk_for(given: Given) -> "Desk":
    """A desk with locked records, on this computer's clock."""
    from coachdesk.desk import Desk
    from coachdesk.machine.here import here

    return Desk(here(), given.home)


def _open_and_carry_out(request: dict[str, Any]) -> Work:
    def work(desk: "Desk", key: bytes) -> dict[str, Any]:
        from coachdesk import verbs

        desk.open(key)
        try:
            answer = verbs.carry_out(desk, request)
            _back_up(desk)
        finally:
            desk.close()
        return answer

    return work


def _back_up(desk: "Desk") -> None:
    """The daily backup on use; what was asked for is done, so a backup that fails is only told."""
    from coachdesk.storage import backup

    try:
        backup.daily(desk.store, desk.home.backups, desk.now())
    except Refused as why:
        complain(_("Today's backup could not be taken. {why}").format(why=why.sentence))


def _value(answer: dict[str, Any]) -> Any:
    if "refused" in answer:
        raise Refused(answer["refused"])
    if "fault" in answer:
        raise OurFault(answer["fault"], answer.get("report", ""))
    return answer.get("ok")


def _write(text: str) -> None:
    """To standard output, always in UTF-8."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    if text:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def complain(sentence: str) -> None:
    """To standard error, where there is one: a program without a terminal has none on Windows."""
    if sys.stderr is not None:
        sys.stderr.write(harmless(sentence) + "\n")  # it may repeat a name that steers the terminal


def absolute(path: str) -> str:
    """A path as the running CoachDesk will find it, whose folder is another one; raises Refused: no path is so long."""
    refuse_endless(path)
    return os.path.abspath(Path(path).expanduser())
