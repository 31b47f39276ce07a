"""The manual page tells everything the command line can do."""

import gzip
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from coachdesk.cli import app
from installer import commandline, man

DAY = date(2026, 11, 22)
ROOT = commandline.read()
SOURCE = Path(__file__).parent.parent.parent / "coachdesk"
FOR_TESTS = {"COACHDESK_CRASH_AT"}


def test_every_verb_and_every_option_is_told() -> None:
    page = man.page(ROOT, DAY).replace(r"\-", "-")
    for command in ROOT.every():
        assert " ".join(command.words) in page
        assert all(rf"\fB{option.name}\fR" in page for option in command.options)
        assert all(rf"\fI{argument.name}\fR" in page for argument in command.arguments)


def test_every_exit_code_is_told() -> None:
    assert {app.DONE, app.REFUSED, app.WRONG_USAGE, app.INTERRUPTED, app.FAULT} == man.EXIT.keys()


def test_every_variable_that_the_program_reads_is_told() -> None:
    source = "".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    assert set(re.findall(r"\"(COACHDESK_\w+)\"", source)) - FOR_TESTS <= man.ENVIRONMENT.keys()


def test_the_page_bears_the_day_of_the_build() -> None:
    assert '.TH COACHDESK 1 2026-11-22 "CoachDesk ' in man.page(ROOT, DAY)


def test_both_programs_have_the_page(tmp_path: Path) -> None:
    man.write(ROOT, DAY, tmp_path / "man1")
    for name in ("coachdesk", "coachdesk-window"):
        assert man.page(ROOT, DAY).encode() == gzip.decompress((tmp_path / "man1" / f"{name}.1.gz").read_bytes())


@pytest.mark.parametrize(
    ("escaped", "text"),
    [(r"\&.profile", ".profile"), (r"\(rs", "\\"), (r"with \-\-json, well-known", "with --json, well-known")],
)
def test_words_cannot_be_taken_for_requests(escaped: str, text: str) -> None:
    assert escaped == man._text(text)


@pytest.mark.machine
def test_groff_has_nothing_to_warn_of() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Kutf8", "-Tutf8", "-ww", "-z"], input=man.page(ROOT, DAY), capture_output=True, text=True,
    )  # fmt: skip
    assert ("", 0) == (done.stderr, done.returncode)
