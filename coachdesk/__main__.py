"""The program's beginning: without a verb it opens the window, with one it carries that out."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from coachdesk import NAME, __version__, words
from coachdesk.cli import given
from coachdesk.machine import dumps
from coachdesk.machine.login import MINIMISED
from coachdesk.words import _

if TYPE_CHECKING:
    from pathlib import Path

    from coachdesk.focus.plan import Outcome
    from coachdesk.instance import Instance
    from coachdesk.machine.here import Machine
    from coachdesk.paths import Home

TRIES = 20
"""How often to try again when another start begins or ends just now."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; the answer is the exit code."""
    dumps.leave_none()
    asked = given.read(sys.argv[1:] if arguments is None else arguments)
    words.speak()
    if asked.rest == ("--version",):
        print(f"{NAME} {__version__}")
        return 0
    if asked.rest == ("--guardian",):
        from coachdesk.focus import guardian

        code = guardian.run()
        os._exit(code)  # all is put back and said; the app waits, and taking Python apart takes as long as putting back
    if asked.rest == ("--restore-only",):
        return restore_only()
    if asked.rest in ((), (MINIMISED,)) or asked.file is not None:
        return _open_window(asked)
    from coachdesk.cli.app import run
    from coachdesk.cli.call import Call

    return run(Call(asked, rehearse_in_window))


def _open_window(asked: given.Given) -> int:
    from coachdesk.errors import Refused

    minimised = asked.rest == (MINIMISED,)
    try:
        home = asked.home
    except Refused as why:
        if asked.folder is None and not minimised:
            _show_refusal(why.sentence)
        return _complain(why.sentence)
    return open_window(home, minimised=minimised, file=asked.file)


def _show_refusal(sentence: str) -> None:
    """In a window where there can be one: whoever opened CoachDesk by a click sees no terminal."""
    from coachdesk.errors import Refused
    from coachdesk.machine.here import here

    with suppress(Refused):  # no screen
        _prepare_display(here())
        from coachdesk.ui import refused_start

        refused_start.show(sentence)


def restore_only() -> int:
    """Put back what a killed focus mode left, without a window or a word, as at login; 1 when not all could be."""
    from coachdesk import paths
    from coachdesk.errors import Refused
    from coachdesk.focus import recovery

    try:
        return 1 if recovery.recover(paths.focus_folder()).by_hand else 0
    except Refused:
        return 1  # the next start of the window says it


def open_window(home: "Home", *, minimised: bool = False, file: "Path | None" = None) -> int:
    """Open the window, or bring the one that is open to the front; ``minimised``, an open one is left as it is.

    A ``file`` is offered there, as when it was double-clicked.
    """
    gc.disable()  # a start leaves nothing behind, and looking for it takes a twentieth of the time to the first window
    from coachdesk.errors import Refused
    from coachdesk.instance import Instance, ask
    from coachdesk.machine.here import here

    machine = here()
    try:
        for _again in range(TRIES):
            own = Instance.take(home)
            if own is not None:
                try:
                    return _show(home, machine, own, _recovered(), minimised=minimised, file=file)
                finally:
                    own.close()
            if minimised or ask(home, _forward(file)) is not None:
                return 0
        raise Refused(_("Another CoachDesk is busy with these records; try again in a moment."))
    except Refused as why:
        return _complain(why.sentence)


def _forward(file: "Path | None") -> dict[str, Any]:
    """What the window that is open already is asked for."""
    return {"verb": "raise"} if file is None else {"verb": "raise", "arguments": {"file": str(file)}}


def rehearse_in_window(own_home: "Home", minutes: int, speed: float) -> int:
    """Open the window on a session with made-up people, in throw-away records and with the coach's own settings."""
    from coachdesk import settings
    from coachdesk.instance import Instance
    from coachdesk.machine.here import here
    from coachdesk.rehearse import guided, stage

    machine = here()
    _prepare_display(machine)
    from coachdesk import ui

    pace = guided.Pace.of(machine, speed)
    wishes = guided.wishes(settings.load(own_home.settings), speed)
    with stage.throw_away(pace, machine.time_zone(), settings=wishes, minutes=minutes) as thrown:
        own = Instance.take(thrown.home)
        try:
            return ui.run(thrown.home, machine, pace, own, guided.Guided(thrown, pace))
        finally:
            if own is not None:
                own.close()


def _recovered() -> "Outcome | None":
    """What was put back of a killed focus mode, before the passphrase is asked for and before any window."""
    from coachdesk import paths
    from coachdesk.errors import Refused

    folder = paths.focus_folder()
    if not any(
        (folder / name).exists() for name in ("journal", "journal.spare")
    ):  # as on nearly every start: nothing is loaded for it
        return None
    from coachdesk.focus import recovery
    from coachdesk.focus.plan import Outcome

    try:
        return recovery.recover(folder)
    except Refused as why:
        return Outcome(by_hand=(why.sentence,))


def _show(
    home: "Home",
    machine: "Machine",
    own: "Instance",
    recovered: "Outcome | None",
    *,
    minimised: bool = False,
    file: "Path | None" = None,
) -> int:
    _prepare_display(machine)
    from coachdesk import ui

    return ui.run(home, machine, machine, own, recovered=recovered, minimised=minimised, file=file)


def _prepare_display(machine: "Machine") -> None:
    """Say what Qt should know before it starts; raises Refused where there is no screen."""
    from coachdesk.errors import Refused

    chosen = os.environ.get("QT_QPA_PLATFORM")
    if machine.kind == "headless" and not chosen:
        raise Refused(_("There is no screen here to open a window on; coachdesk --help lists what works without one."))
    screen = os.environ.get("DISPLAY", "")
    if machine.kind == "x11" and not chosen and not _answers(screen):  # Qt would end the program without a word of ours
        raise Refused(_("The screen {name} does not answer, so no window can be opened.").format(name=screen))
    if not chosen and os.environ.get("WAYLAND_DISPLAY") and os.environ.get("DISPLAY"):
        os.environ["QT_QPA_PLATFORM"] = "xcb"  # only there can a window of ours stay on top, and hear global keys
    machine.introduce()
    os.environ.setdefault("QT_MAC_SET_RAISE_PROCESS", "0")  # else showing the bar would take the keyboard from the call


def _answers(screen: str) -> bool:
    """Whether an X server listens at its socket in this computer (X(7)); of one elsewhere nothing is known."""
    import re
    import socket

    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", screen)
    if local is None:
        return True
    name = f"/tmp/.X11-unix/X{local[1]}"
    for address in (f"\0{name}", name):
        with socket.socket(socket.AF_UNIX) as knock:
            if knock.connect_ex(address) == 0:
                return True
    return False


def _complain(sentence: str) -> int:
    if sys.stderr is not None:  # a program without a terminal has none on Windows
        sys.stderr.write(sentence + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
