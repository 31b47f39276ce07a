"""Focus mode by command, with processes that are asked to end, ended from elsewhere, and killed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from coachdesk import paths
from tests.focus import stand_in
from tests.real.bus import until

pytestmark = pytest.mark.program

ROOT = Path(__file__).parent.parent.parent
LOUD = {"banners": "shown", "proxy mode": "none"}

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def computer(tmp_path: Path) -> stand_in.Settings:
    """What the person has set."""
    settings = stand_in.Settings(tmp_path / "computer")
    settings.update(LOUD)
    return settings


@pytest.fixture
def start(computer: stand_in.Settings) -> Iterator[Start]:
    """Start a command; what is left of it is killed at the end."""
    begun: list[subprocess.Popen[str]] = []

    def start(*words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.program.focus_command", str(computer.path), "focus", *words]
        piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        begun.append(subprocess.Popen(command, cwd=ROOT, **piped))
        return begun[-1]

    yield start
    for process in begun:
        process.kill()
        process.communicate()


@pytest.fixture
def held(start: Start, computer: stand_in.Settings) -> "subprocess.Popen[str]":
    """A command that holds focus mode for twenty minutes."""
    process = start("on", "--minutes", "20")
    assert process.stdout.readline().startswith("Focus mode is on until ")
    assert "off" == computer["banners"]
    return process


def result(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    """Exit code, output and complaints of a command that ends."""
    out, err = process.communicate(timeout=20)
    return process.returncode, out, err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_end_it_puts_everything_back_and_says_so(
    held: "subprocess.Popen[str]", computer: stand_in.Settings, number: int
) -> None:
    held.send_signal(number)
    code, out, err = result(held)
    assert (0, "") == (code, err)
    assert out.endswith("Focus mode has ended; everything is put back.\n")
    assert LOUD == dict(computer)


def test_another_command_tells_how_it_stands_and_ends_it(
    held: "subprocess.Popen[str]", start: Start, computer: stand_in.Settings
) -> None:
    code, out, _err = result(start("status", "--json"))
    told = json.loads(out)
    assert (0, "on") == (code, told["phase"])
    assert ["notifications", "awake"] == [each["blocker"] for each in told["told"]]
    assert (0, "Focus mode is off.\nPut back: Keeping the screen on, Notifications.\n", "") == result(start("off"))
    assert LOUD == dict(computer)
    code, out, _err = result(held)
    assert 0 == code
    assert out.endswith("Focus mode was ended from elsewhere on this computer.\n")


def test_a_second_one_is_refused_and_the_first_goes_on(
    held: "subprocess.Popen[str]", start: Start, computer: stand_in.Settings
) -> None:
    refused = "Focus mode is on already; it was begun elsewhere on this computer.\n"
    assert (1, "", refused) == result(start("on", "--minutes", "5"))
    assert "off" == computer["banners"]
    assert held.poll() is None


def test_what_the_person_changed_meanwhile_stays_and_is_named(
    held: "subprocess.Popen[str]", computer: stand_in.Settings
) -> None:
    computer["banners"] = "only from my family"
    held.send_signal(signal.SIGINT)
    code, out, _err = result(held)
    assert 0 == code
    assert out.endswith("Changed meanwhile and left as it is: Notifications.\n")
    assert LOUD | {"banners": "only from my family"} == dict(computer)


def test_killed_it_leaves_the_guardian_to_put_everything_back(
    held: "subprocess.Popen[str]", computer: stand_in.Settings
) -> None:
    held.kill()
    until(lambda: dict(computer) == LOUD)


@pytest.mark.parametrize("verb", ["undo", "status", "off"])
def test_what_both_left_that_were_killed_is_put_back(
    held: "subprocess.Popen[str]", start: Start, computer: stand_in.Settings, verb: str
) -> None:
    (guardian,) = psutil.Process(held.pid).children()
    os.kill(guardian.pid, signal.SIGSTOP)  # so that it cannot notice before it is killed too
    held.kill()
    os.kill(guardian.pid, signal.SIGKILL)
    held.wait()
    assert "off" == computer["banners"]
    off = "" if verb == "undo" else "Focus mode is off.\n"
    assert (0, f"{off}Put back: Keeping the screen on, Notifications.\n", "") == result(start(verb))
    assert LOUD == dict(computer)
    assert not any(path.exists() for path in paths.focus_folder().glob("journal*"))


def test_undo_ends_one_that_hangs(held: "subprocess.Popen[str]", start: Start, computer: stand_in.Settings) -> None:
    """Whoever held the guardian sees it end too, and may be the one that puts everything back."""
    (guardian,) = psutil.Process(held.pid).children()
    os.kill(guardian.pid, signal.SIGSTOP)
    code, out, err = result(start("undo"))
    assert (0, "") == (code, err)
    assert out in ("Put back: Keeping the screen on, Notifications.\n", "There is nothing to put back.\n")
    code, out, _err = result(held)
    assert LOUD == dict(computer)
    assert 0 == code
    assert "Focus mode was stopped from outside." in out


def test_one_that_hangs_cannot_be_ended_politely(
    held: "subprocess.Popen[str]", start: Start, computer: stand_in.Settings
) -> None:
    (guardian,) = psutil.Process(held.pid).children()
    os.kill(guardian.pid, signal.SIGSTOP)
    refused = "Focus mode does not answer; coachdesk focus undo ends it and puts everything back.\n"
    assert (1, "", refused) == result(start("off"))
    os.kill(guardian.pid, signal.SIGKILL)
