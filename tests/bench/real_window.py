"""The real program, started as ``python -m coachdesk`` starts it, telling how far it is.

    python -m tests.bench.real_window HOME PASSPHRASE KEYCHAIN GOAL [CLIENT]

PASSPHRASE may be empty; KEYCHAIN is the content of a made-up keychain as JSON. GOAL is ``window``, ``usable`` (Today is
painted), ``ready`` (so is what stands beside a session), ``screens`` (every screen is opened in turns) or ``session``:
with that a session with CLIENT is begun as from its page, which hides the window and shows the bar.
"""

import gc
import sys

from coachdesk import words
from coachdesk.cli import given


def main(folder: str, passphrase: str, keychain: str, goal: str, client: str = "") -> None:
    """Run until killed. What is imported, and in which order, is as in ``coachdesk.__main__``."""
    asked = given.read(["--home", folder])
    words.speak()
    gc.disable()
    from coachdesk.instance import Instance
    from coachdesk.machine.here import here

    machine = here()
    own = Instance.take(asked.home)
    assert own is not None, "another CoachDesk holds these records"
    from coachdesk.ui.program import Program

    program = Program(sys.argv[:1], asked.home, machine, machine)
    own.serve(program.bridge.handle)
    from tests.bench.course import Course, ask_made_up_keychain

    if keychain:
        ask_made_up_keychain(program, keychain)
    Course(program, passphrase, goal, client)
    program.carry_on()


if __name__ == "__main__":
    main(*sys.argv[1:])
