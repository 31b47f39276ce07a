"""The entry in the autostart folder."""

import configparser
import os
import re
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refused
from coachdesk.machine.linux_login import Entry, exec_line

NAME = "coachdesk-restore.desktop"
COMMAND = ("/usr/bin/coachdesk", "--restore-only")


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    return Entry(NAME, "What for", {"XDG_CONFIG_HOME": str(tmp_path / "config"), "HOME": str(tmp_path)})


def arguments(line: str) -> list[str]:
    """What a desktop runs: unescaped as a string, %% made one, then unquoted as a shell would, without expansions."""
    escapes = {"n": "\n", "t": "\t", "r": "\r", "s": " ", "\\": "\\"}
    unescaped = re.sub(r"\\(.)", lambda found: escapes[found[1]], line)
    assert not re.search(r"(?<!%)(%%)*%(?!%)", unescaped), "a field code"
    # shlex keeps the backslash before $ and ` in double quotes, where the specification, like a shell, takes it away
    split = shlex.split(unescaped.replace("\\`", "\0b").replace("\\$", "\0d"))
    return [word.replace("\0b", "`").replace("\0d", "$").replace("%%", "%") for word in split]


def test_it_is_there_after_installing_and_gone_after_removing(entry: Entry) -> None:
    assert not entry.installed()
    entry.install(COMMAND)
    assert entry.installed()
    entry.remove()
    assert not entry.installed()
    assert [] == list(entry.path.parent.iterdir())
    entry.remove()


def test_it_runs_the_command_unseen(entry: Entry) -> None:
    entry.install(COMMAND)
    parser = configparser.RawConfigParser(strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(entry.path.read_text())
    told = dict(parser["Desktop Entry"])
    assert "/usr/bin/coachdesk --restore-only" == told["Exec"]
    assert ("Application", "true", "false", "/usr/bin/coachdesk") == (
        *(told["Type"], told["NoDisplay"]),
        *(told["Terminal"], told["TryExec"]),
    )
    assert 0o644 == entry.path.stat().st_mode & 0o777


def test_installing_again_leaves_the_file_alone(entry: Entry) -> None:
    entry.install(COMMAND)
    before = entry.path.stat()
    entry.install(COMMAND)
    assert (before.st_ino, before.st_mtime_ns) == (entry.path.stat().st_ino, entry.path.stat().st_mtime_ns)


def test_an_old_command_is_brought_up_to_date(entry: Entry) -> None:
    entry.install(("/opt/old/coachdesk", "--restore-only"))
    entry.install(COMMAND)
    assert "/opt/old" not in entry.path.read_text()
    assert "Exec=/usr/bin/coachdesk --restore-only\n" in entry.path.read_text()
    assert [entry.path] == list(entry.path.parent.iterdir())


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_that_the_person_switched_off_stays_so(line: str, entry: Entry) -> None:
    entry.install(("/opt/old/coachdesk", "--restore-only"))
    with entry.path.open("a") as file:
        file.write(f"{line}\n")
    before = entry.path.read_bytes()
    entry.install(COMMAND)
    assert before == entry.path.read_bytes()
    assert not entry.installed()


@pytest.mark.parametrize(
    ("expected", "argument"),
    [
        ("/usr/bin/coachdesk", "/usr/bin/coachdesk"),
        ('"/home/Anna Lee/coachdesk"', "/home/Anna Lee/coachdesk"),
        ("/opt/100%%/coachdesk", "/opt/100%/coachdesk"),
        (r'"/opt/\\$HOME/x"', "/opt/$HOME/x"),
        (r'"a\\"b"', 'a"b'),
        (r'"a\\`b"', "a`b"),
        (r'"a\\\\b"', "a\\b"),
        ('"it\'s"', "it's"),
        ("/home/Jörg/Büro", "/home/Jörg/Büro"),
        ('""', ""),
    ],
)
def test_arguments_are_quoted_as_the_specification_says(expected: str, argument: str) -> None:
    assert expected == exec_line([argument])


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=1))
def test_every_command_is_run_as_it_was_given(command: list[str]) -> None:
    line = exec_line(command)
    assert "\n" not in line
    assert command == arguments(line)


def test_a_path_that_is_not_text_is_written_as_it_is(entry: Entry) -> None:
    entry.install((os.fsdecode(b"/opt/\xff/coachdesk"), "--restore-only"))
    assert b"Exec=/opt/\xff/coachdesk --restore-only\n" in entry.path.read_bytes()
    assert entry.installed()


@pytest.mark.parametrize("program", ["/opt/100%/coachdesk", "/opt/a=b/coachdesk"])
def test_a_program_whose_name_the_file_cannot_have_is_run_by_a_shell(program: str, entry: Entry) -> None:
    entry.install((program, "--restore-only"))
    line = next(line for line in entry.path.read_text().splitlines() if line.startswith("Exec="))
    assert ["/bin/sh", "-c", 'exec "$0" "$@"', program, "--restore-only"] == arguments(line.removeprefix("Exec="))


def test_without_a_folder_named_it_lies_in_the_usual_one(tmp_path: Path) -> None:
    usual = tmp_path / ".config/autostart/coachdesk-restore.desktop"
    assert usual == Entry(NAME, "What for", {"HOME": str(tmp_path)}).path
    assert usual == Entry(NAME, "What for", {"HOME": str(tmp_path), "XDG_CONFIG_HOME": "relative"}).path
    assert Path(os.environ["HOME"]) / ".config/autostart/coachdesk-restore.desktop" == Entry(NAME, "What for", {}).path


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file")
    blocked = Entry(NAME, "What for", {"XDG_CONFIG_HOME": str(tmp_path / "config")})
    with pytest.raises(Refused, match=r"coachdesk-restore\.desktop could not be changed"):
        blocked.install(COMMAND)
    assert not blocked.installed()
    blocked.remove()


def test_what_cannot_be_replaced_is_said_and_leaves_no_rest(entry: Entry) -> None:
    entry.path.mkdir(parents=True)
    with pytest.raises(Refused):
        entry.install(COMMAND)
    with pytest.raises(Refused):
        entry.remove()
    assert [entry.path] == list(entry.path.parent.iterdir())
