"""Notifications on macOS: asks for “Do Not Disturb” by two shortcuts that the person has added.

macOS lets no program set or read a Focus (do-not-disturb issues 9 and 12, given up for this reason); what the menu bar
shows of it cannot be relied on either (stretchly issues 1549 and 1728). So the state is never claimed: CoachDesk asks
for it, with an end time so that macOS ends it by itself even when nothing of us is left, and asks for its end only when
it asked for its beginning and that time has not come. The commands: support.apple.com, "Run shortcuts from the command
line". Not run on a real Mac.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from coachdesk.focus.blockers import Before, Failed, Support
from coachdesk.focus.macos.commands import Run, ask, run
from coachdesk.focus.plan import Plan
from coachdesk.machine.here import wall
from coachdesk.words import _

SHORTCUTS = "/usr/bin/shortcuts"
ON, OFF = "CoachDesk Focus On", "CoachDesk Focus Off"
"""The names the two shortcuts have to have."""

BEGINNING, ENDING = 0.2, 2.0
"""Seconds to wait for a shortcut to say that it failed; one that goes on running counts as asked."""


@dataclass(frozen=True)
class Shortcuts:
    """The blocker: macOS is asked, and what it makes of it stays unknown."""

    folder: Path
    """Where the end time is written for the shortcut to read; a folder of this person's own."""
    run: Run = run
    ask: Run = ask
    wall: Callable[[], datetime] = wall
    name: str = "notifications"
    way: str = "shortcuts"

    def available(self) -> Support:
        """Partly where both shortcuts are there, as nobody can tell what they do."""
        ran = self.run((SHORTCUTS, "list"), 2.0)
        if ran.code == 127:
            return Support("no", _("Asking for “Do Not Disturb” needs macOS 12 or newer."))
        missing = [name for name in (ON, OFF) if name not in ran.out.splitlines()]
        if ran.code != 0:
            return Support("no", _("The program Shortcuts of this Mac did not answer."))
        if missing:
            return Support("no", how_to_add(missing))
        return Support("partly", _("macOS is asked for “Do Not Disturb”; it does not tell whether it is on."))

    def observe(self) -> Before:
        """Nothing: macOS does not tell."""
        return {}

    def capture(self, plan: Plan) -> Before:
        """Until when macOS is asked to be quiet."""
        until = self.wall() + timedelta(seconds=plan.lasts)
        return {"until": until.isoformat(timespec="seconds")}

    def apply(self, plan: Plan, before: Before) -> None:  # noqa: ARG002
        """Ask, with the end time as the shortcut's input: local time, as "2026-03-02 15:30"."""
        told = self.folder / "until.txt"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            told.write_text(_until(before).astimezone().strftime("%Y-%m-%d %H:%M"), encoding="ascii")
        except OSError as why:
            raise Failed(_("macOS could not be asked for “Do Not Disturb”: the disk does not let us write.")) from why
        if self.ask((SHORTCUTS, "run", ON, "--input-path", str(told)), BEGINNING).code not in (0, None):
            raise Failed(_("The shortcut “{name}” did not work.").format(name=ON))

    def is_ours(self, before: Before) -> bool:
        """Whether we asked for it, and macOS has not ended it by itself since."""
        return "until" in before and self.wall() < _until(before)

    def restore(self, before: Before) -> None:
        """Ask for its end; afterwards nobody can look whether it came."""
        if self.is_ours(before) and self.ask((SHORTCUTS, "run", OFF), ENDING).code not in (0, None):
            raise Failed(self.by_hand(before))

    def by_hand(self, before: Before) -> str:  # noqa: ARG002
        """In Control Center."""
        return _("Switch “Do Not Disturb” off in Control Center, under Focus.")


def how_to_add(missing: list[str]) -> str:
    """How a person adds what is missing."""
    wording = {
        ON: _(
            "Add a shortcut named “{name}” in the program Shortcuts: it gets dates from its input, and turns Do Not "
            "Disturb on until then."
        ),
        OFF: _("Add a shortcut named “{name}” in the program Shortcuts: it turns Do Not Disturb off."),
    }
    return " ".join(wording[name].format(name=name) for name in missing)


def _until(before: Before) -> datetime:
    return datetime.fromisoformat(before["until"])
