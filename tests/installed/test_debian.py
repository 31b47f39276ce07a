"""The package in a clean Debian 12: from the file to a session, and back to a computer without it.

One story in several tests, which follow each other: installing takes most of the time.
"""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.display import PATIENCE, Display
from tests.installed.clean import PERSON, Clean, as_root

pytestmark = [pytest.mark.installed, pytest.mark.timeout(3600)]  # the first makes the package

HOME = f"/home/{PERSON}"
RECORDS = f"{HOME}/.local/share/CoachDesk"
ENTRY = f"{HOME}/.config/autostart/coachdesk-restore.desktop"
PROXIES = f"{HOME}/.config/kioslaverc"
PROXIES_BEFORE = "[Proxy Settings]\nProxyType=0\n"
CLOSING = "Closing CoachDesk; what was written down stays in the records."
PASSPHRASE = {"COACHDESK_PASSPHRASE": "a lantern on the stairs"}
OF_LIBRARIES = re.compile(rf"{HOME[1:]}/\.cache/(fontconfig|mesa_shader_cache)(/|$)")
"""Lists of fonts and of compiled shaders, which the libraries keep for every program of the person."""
FOLDERS_OF_ALL = {
    f"{HOME[1:]}/{each}/" for each in (".cache", ".config", ".config/autostart", ".local", ".local/share")
}
"""Folders that many programs share."""


@pytest.fixture(scope="module")
def before(clean: Clean) -> set[str]:
    """Every file before the package comes."""
    return clean.files()


@pytest.fixture(scope="module")
def installed(clean: Clean, package: Path, before: set[str]) -> Clean:
    """The tree with the package in it."""
    put_in(clean, package)
    return clean


def put_in(clean: Clean, package: Path, *how: str) -> str:
    """Install the package with nothing it merely recommends; what was said."""
    subprocess.run(as_root(["cp", str(package), str(clean.root / "root" / "coachdesk.deb")]), check=True)
    done = clean.run("apt-get", "-qy", "--no-install-recommends", *how, "install", "/root/coachdesk.deb")
    clean.run("rm", "/root/coachdesk.deb")
    clean.run("apt-get", "clean")
    return done.stdout


@pytest.fixture
def screen() -> Iterator[Display]:
    """A screen with a window manager, outside the tree; the program reaches it by its abstract socket."""
    with Display() as display:
        yield display


@pytest.fixture
def started(installed: Clean) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a program of the tree as the person; whatever still runs is killed at the end."""
    running: list[subprocess.Popen[str]] = []

    def start(*command: str, **environment: str) -> subprocess.Popen[str]:
        words = installed.words(*command, person=PERSON, environment=environment)
        running.append(subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def killed_focus(installed: Clean, started: Callable[..., subprocess.Popen[str]]) -> None:
    """What a focus mode changed that was killed together with its guardian."""
    installed.run("mkdir", "-p", f"{HOME}/.config", person=PERSON)
    installed.write(PROXIES, PROXIES_BEFORE, PERSON)
    installed.write(f"{RECORDS}/settings.toml", '[focus]\nown_sites = ["news.example"]\n', PERSON)
    held = started("coachdesk", "focus", "on", "--minutes", "30", XDG_CURRENT_DESKTOP="KDE")
    assert held.stdout is not None
    assert held.stdout.readline()
    assert "ProxyType=2" in installed.read(PROXIES)
    assert "TryExec=/usr/lib/coachdesk/coachdesk" in installed.read(ENTRY).splitlines()
    installed.kill("/usr/lib/coachdesk/coachdesk")
    held.wait(PATIENCE)


def ask(installed: Clean, *words: str) -> Any:
    """What a verb answers the person, with the records unlocked."""
    return json.loads(installed.run("coachdesk", "--json", *words, person=PERSON, environment=PASSPHRASE).stdout)


def windows(screen: Display, *wanted: str) -> str:
    """The id of the first window that is visible and fits the words for xdotool."""
    return screen.run("xdotool", "search", "--sync", "--onlyvisible", *wanted).split()[0]


def test_the_package_alone_came_and_python_is_not_there(installed: Clean, before: set[str]) -> None:
    new = installed.files() - before
    assert set() == {path for path in new if "coachdesk" not in path and not path.endswith("/")}
    assert [] == [path for path in installed.files() if re.match(r"usr/(local/)?bin/python|usr/lib/python3", path)]


def test_it_says_which_version_it_is(installed: Clean) -> None:
    from coachdesk import __version__

    assert f"CoachDesk {__version__}\n" == installed.run("coachdesk", "--version", person=PERSON).stdout


def test_a_rehearsal_passes(installed: Clean) -> None:
    played = installed.run("coachdesk", "--json", "rehearse", "--no-window", person=PERSON)
    assert [] == json.loads(played.stdout)["missing"]


def test_focus_mode_says_what_it_can_do(installed: Clean) -> None:
    found = json.loads(installed.run("coachdesk", "--json", "focus", "check", person=PERSON).stdout)
    assert {"notifications", "awake", "sites", "apps", "at_login"} == {each["blocker"] for each in found["findings"]}


def test_the_window_opens(
    installed: Clean, screen: Display, started: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    started("coachdesk-window", DISPLAY=screen.name)
    window = windows(screen, "--class", "coachdesk")
    entry = (installed.root / "usr/share/applications/coachdesk.desktop").read_text("utf-8")
    wm_class = screen.run("xprop", "-id", window, "WM_CLASS").split('"')[3]
    assert f"StartupWMClass={wm_class}" in entry.splitlines()
    screen.picture(tmp_path / "first.png")
    assert 8 < len(colours(tmp_path / "first.png"))


def test_records_are_made_and_a_session_is_held(installed: Clean) -> None:
    ask(installed, "init", "--coach", "Anna")
    ask(installed, "client", "add", "Noor")
    ask(installed, "session", "start", "Noor", "--minutes", "50")
    ask(installed, "session", "note", "the boat is hers")
    ask(installed, "session", "finish", "--what-mattered", "she decides")
    assert ["she decides"] == [each["what_mattered"] for each in ask(installed, "session", "list")]


def test_exchanging_it_closes_what_is_open_first_and_a_session_goes_on_afterwards(
    installed: Clean, package: Path, screen: Display, started: Callable[..., subprocess.Popen[str]]
) -> None:
    ask(installed, "session", "start", "Noor", "--minutes", "50")
    open_window = started("coachdesk-window", DISPLAY=screen.name)
    windows(screen, "--class", "coachdesk")
    if not installed.mounting:
        open_window.terminate()  # without /proc nobody in the tree can see that it runs
    said = put_in(installed, package, "--reinstall")
    assert installed.mounting == (CLOSING in said)
    assert 0 == open_window.wait(PATIENCE)
    ask(installed, "session", "finish", "--what-mattered", "she goes on")
    assert {"she decides", "she goes on"} == {each["what_mattered"] for each in ask(installed, "session", "list")}

    started("coachdesk-window", DISPLAY=screen.name)
    windows(screen, "--class", "coachdesk")


def test_exchanging_it_puts_back_what_a_killed_focus_mode_left(
    installed: Clean, package: Path, killed_focus: None
) -> None:
    put_in(installed, package, "--reinstall")
    assert PROXIES_BEFORE == installed.read(PROXIES)


def test_removing_it_puts_back_what_a_killed_focus_mode_left(installed: Clean, killed_focus: None) -> None:
    installed.run("apt-get", "-qy", "remove", "coachdesk")
    assert PROXIES_BEFORE == installed.read(PROXIES)


def test_removing_it_closes_what_is_open_in_good_order(
    installed: Clean, package: Path, screen: Display, started: Callable[..., subprocess.Popen[str]]
) -> None:
    put_in(installed, package)
    open_window = started("coachdesk-window", DISPLAY=screen.name)
    windows(screen, "--class", "coachdesk")
    if not installed.mounting:
        open_window.terminate()  # without /proc nobody in the tree can see that it runs
    said = installed.run("apt-get", "-qy", "remove", "coachdesk").stdout
    assert installed.mounting == (CLOSING in said)
    assert 0 == open_window.wait(PATIENCE)


def test_removing_it_leaves_the_records_and_no_other_file(installed: Clean, before: set[str]) -> None:
    left = {path for path in installed.files() - before if not OF_LIBRARIES.match(path)}
    records = {path for path in left if f"/{path}".startswith(RECORDS)}
    assert {"home/anna/.config/kioslaverc"} == left - records - FOLDERS_OF_ALL
    assert {f"{RECORDS[1:]}/{name}" for name in ("records.db", "keys.json", "settings.toml")} <= records


def test_purging_it_leaves_the_records_themselves_and_says_where(installed: Clean, before: set[str]) -> None:
    said = installed.run("apt-get", "-qy", "purge", "coachdesk").stdout
    assert f"The records of {PERSON} are kept in {RECORDS}." in said
    left = {path for path in installed.files() - before if f"/{path}".startswith(f"{RECORDS}/")}
    assert set() == {path for path in left if re.search(r"/CoachDesk/(logs|focus)(/|$)", path)}
    assert f"{RECORDS[1:]}/records.db" in left


def colours(picture: Path) -> set[int]:
    """The colours of a picture, by every hundredth of its edges."""
    from PySide6.QtGui import QImage

    image = QImage(str(picture))
    steps = range(100)
    return {image.pixel(image.width() * x // 100, image.height() * y // 100) for x in steps for y in steps}
