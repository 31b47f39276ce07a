"""The programs with windows, on a real screen and with menus of the test's own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from coachdesk.focus.blockers import Running
from coachdesk.focus.linux.running import entries, running
from coachdesk.focus.plan import App
from tests.display import Display
from tests.focus.linux.others import Others


@pytest.fixture
def screen() -> Iterator[Display]:
    """A screen of the test's own, with a window manager."""
    with Display() as display:
        yield display


@pytest.fixture
def others(screen: Display) -> Iterator[Others]:
    """Other programs on it."""
    others = Others(screen)
    yield others
    others.close()


@pytest.fixture
def here(screen: Display, tmp_path: Path) -> dict[str, str]:
    """An environment with that screen and an empty menu."""
    return {"DISPLAY": screen.name, "XDG_DATA_HOME": str(tmp_path / "own"), "XDG_DATA_DIRS": str(tmp_path / "system")}


def put(folder: Path, name: str, **keys: str) -> None:
    """A menu entry."""
    path = folder / "applications" / f"{name}.desktop"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{key}={value}" for key, value in {"Type": "Application", "Name": "Thing", **keys}.items()]
    action = ["", "[Desktop Action new]", "Name=New window", "Exec=other"]
    path.write_text("\n".join(["# a comment", "[Desktop Entry]", *lines, *action]), "utf-8")


def names(environment: dict[str, str]) -> list[str]:
    """What the programs are called."""
    return [one.app.name for one in running(environment)]


def test_each_program_with_windows_is_there_once_by_name(others: Others, here: dict[str, str]) -> None:
    for wm_class in ("Slack", "gimp-2.10", "Slack", "Mail"):
        others.open(wm_class)
    assert [
        Running(App("gimp-2.10", "Gimp-2.10"), "gimp-2.10"),
        Running(App("mail", "Mail"), "mail"),
        Running(App("slack", "Slack"), "slack"),
    ] == list(running(here))


def test_a_minimised_program_is_there_too(others: Others, here: dict[str, str]) -> None:
    others.minimise(others.open("Slack"))
    assert ["Slack"] == names(here)


def test_panels_and_coachdesk_itself_are_not_there(others: Others, here: dict[str, str]) -> None:
    others.open("Panel", kind="DOCK")
    others.open("CoachDesk")
    others.open("Anything", pid=os.getpid())
    assert [] == names(here)


def test_what_is_spared_is_there_with_the_reason(others: Others, here: dict[str, str]) -> None:
    others.open("zoom")
    others.open("Firefox-esr")
    assert [
        "Your call may be in a browser, so focus mode leaves browsers alone.",
        "It carries calls, so focus mode leaves it alone.",
    ] == [one.excluded for one in running(here)]


def test_a_call_under_another_name_is_known_by_its_file(others: Others, here: dict[str, str], tmp_path: Path) -> None:
    shutil.copy(shutil.which("sleep") or "", tmp_path / "zoom")
    with subprocess.Popen([str(tmp_path / "zoom"), "100"]) as process:
        others.open("Notes", pid=process.pid)
        assert ["It carries calls, so focus mode leaves it alone."] == [one.excluded for one in running(here)]
        process.kill()


@pytest.mark.parametrize(
    ("entry", "keys"),
    [
        ("com.example.chat", {"StartupWMClass": "Slack"}),
        ("slack", {}),
        ("com.example.Slack", {}),
        ("chat", {"Exec": "env A=b /usr/lib/slack/slack %U"}),
        ("chat", {"Exec": '"/opt/with space/slack" %U'}),
        ("chat", {"Exec": 'slack "no end'}),
    ],
)
def test_a_program_is_called_and_pictured_as_in_the_menu(
    others: Others, here: dict[str, str], tmp_path: Path, entry: str, keys: dict[str, str]
) -> None:
    put(tmp_path / "system", "other", Exec="other")
    put(tmp_path / "system", entry, Name="Company Chat", Icon="chat-icon", **keys)
    others.open("Slack")
    assert [Running(App("slack", "Company Chat"), "chat-icon")] == list(running(here))


def test_its_own_word_counts_more_than_a_likeness(others: Others, here: dict[str, str], tmp_path: Path) -> None:
    put(tmp_path / "system", "slack", Name="A likeness", StartupWMClass="slack-helper")
    put(tmp_path / "system", "zz", Name="Company Chat", StartupWMClass="slack")
    put(tmp_path / "system", "hidden", Name="Not in the menu", StartupWMClass="slack", NoDisplay="true")
    others.open("Slack")
    assert ["Company Chat"] == names(here)


def test_a_program_without_a_class_is_known_by_its_file(others: Others, here: dict[str, str], tmp_path: Path) -> None:
    shutil.copy(shutil.which("sleep") or "", tmp_path / "mailer")
    put(tmp_path / "system", "org.example.post", Name="Post", Exec="mailer %u", Icon="/pictures/post.png")
    with subprocess.Popen([str(tmp_path / "mailer"), "100"]) as process:
        others.open("", pid=process.pid)
        assert [Running(App("mailer", "Post"), "/pictures/post.png")] == list(running(here))
        process.kill()


def test_a_window_that_says_nothing_of_its_program_is_not_there(others: Others, here: dict[str, str]) -> None:
    others.open("")
    assert () == running(here)


def test_an_interpreter_does_not_tell_the_program(others: Others, here: dict[str, str], tmp_path: Path) -> None:
    shutil.copy(shutil.which("sleep") or "", tmp_path / "electron")
    put(tmp_path / "system", "electron", Name="Electron", Exec="electron")
    with subprocess.Popen([str(tmp_path / "electron"), "100"]) as process:
        others.open("Slack", pid=process.pid)
        assert [Running(App("slack", "Slack"), "slack")] == list(running(here))
        process.kill()


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({}, "Mail"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "de"}, "Mail"),
        ({"LANG": "fr_FR.UTF-8"}, "Mail"),
        ({"LANG": "de_DE.UTF-8"}, "Post"),
        ({"LANG": "de_AT.UTF-8@euro"}, "Postkastl"),
        ({"LANG": "de_AT.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "Mail"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:de"}, "Post"),
    ],
)
def test_names_are_in_the_language_of_the_desktop(tmp_path: Path, environment: dict[str, str], name: str) -> None:
    put(tmp_path, "mail", **{"Name": "Mail", "Name[de]": "Post", "Name[de_AT]": "Postkastl"})
    assert [name] == [entry.name for entry in entries({"XDG_DATA_DIRS": str(tmp_path), **environment})]


def test_the_persons_own_entry_comes_before_the_systems(tmp_path: Path) -> None:
    put(tmp_path / "own", "mail", Name="Mine")
    put(tmp_path / "system", "mail", Name="Theirs")
    put(tmp_path / "system", "kde/chat", Name="Chat")
    found = entries({"XDG_DATA_HOME": str(tmp_path / "own"), "XDG_DATA_DIRS": str(tmp_path / "system")})
    assert [("mail", "Mine"), ("kde-chat", "Chat")] == [(entry.id, entry.name) for entry in found]


def test_an_entry_taken_away_by_the_person_is_away(tmp_path: Path) -> None:
    put(tmp_path / "own", "mail", Hidden="true")
    put(tmp_path / "system", "mail", Name="Theirs")
    put(tmp_path / "system", "link", Type="Link")
    put(tmp_path / "system", "nameless", Name="")
    (tmp_path / "system" / "applications" / "gone.desktop").symlink_to("nowhere")
    environment = {"XDG_DATA_HOME": str(tmp_path / "own"), "XDG_DATA_DIRS": str(tmp_path / "system")}
    assert [] == list(entries(environment))


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":4711"}, {"DISPLAY": "example.com:0"}])
def test_without_a_screen_there_are_none(environment: dict[str, str]) -> None:
    assert () == running(environment)
