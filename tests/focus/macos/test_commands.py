"""Programs are run for a while and no longer."""

import gc
import sys
from pathlib import Path

from coachdesk.focus.macos.commands import Ran, ask, run


def test_what_a_program_writes_is_told_with_its_complaints() -> None:
    program = "import os; os.write(1, b'one\\n'); os.write(2, b'two\\xff\\n'); raise SystemExit(3)"
    assert Ran(3, "one\ntwo\ufffd\n") == run((sys.executable, "-c", program), 20.0)


def test_a_program_that_takes_too_long_is_ended() -> None:
    assert Ran(None) == run((sys.executable, "-c", "input_ = open('/dev/zero'); [0 for _ in iter(int, 1)]"), 0.2)


def test_a_program_that_is_not_there_ends_as_a_shell_would_say(tmp_path: Path) -> None:
    assert 127 == run((str(tmp_path / "none"),)).code
    assert 127 == ask((str(tmp_path / "none"),), 1.0).code


def test_its_words_are_those_of_no_language() -> None:
    assert "C" == run((sys.executable, "-c", "import os; print(os.environ['LC_ALL'])")).out.strip()


def test_a_program_that_is_asked_for_something_tells_how_it_ended() -> None:
    assert (Ran(0), Ran(4)) == (
        ask((sys.executable, "-c", ""), 20.0),
        ask((sys.executable, "-c", "raise SystemExit(4)"), 20.0),
    )


def test_a_program_that_takes_its_time_goes_on_without_us(tmp_path: Path) -> None:
    gate, done = tmp_path / "gate", tmp_path / "done"
    program = (
        f"import os, pathlib; gate = pathlib.Path({str(gate)!r}); os.mkfifo(gate); "
        f"gate.read_text(); pathlib.Path({str(done)!r}).mkdir()"
    )
    assert Ran(None) == ask((sys.executable, "-c", program), 0.05)
    gc.collect()  # a Popen that is dropped while its program runs would warn
    while not gate.exists():
        pass
    gate.write_text("go on")
    while not done.exists():
        pass
