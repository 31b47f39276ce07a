"""The command line on a computer in a file: ``python -m tests.program.focus_command COMPUTER WORD …``.

Only the system that focus mode keeps quiet is made up; the guardian is a process of its own, as it is for a real one.
"""

import sys
from pathlib import Path

from coachdesk import paths, words
from coachdesk.cli import given
from coachdesk.cli.app import run
from coachdesk.cli.call import Call
from coachdesk.focus.mode import Mode
from tests.focus import stand_in


def main(path: Path, arguments: list[str]) -> int:
    """Carry out the command line."""
    words.speak()
    system, command = stand_in.computer(path), stand_in.command(paths.focus_folder(), path)
    call = Call(
        given.read(arguments),
        lambda *_all: 1,
        focus=lambda: Mode(command=command, system=system),
        system=lambda: system,
    )
    return run(call)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
