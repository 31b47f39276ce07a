"""The Debian package: where its files lie, and what dpkg is told."""

import contextlib
import gzip
import hashlib
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coachdesk import __version__
from installer import deb, needed, origin
from tests.installer import stand_in

EPOCH = 1772452800
"""2026-03-02 12:00 UTC."""
NEEDED = ["libc6 (>= 2.36)", "tzdata"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """All that goes into the package of a stand-in."""
    return filled(tmp_path / "tree", stand_in.frozen(tmp_path / "frozen"))


def filled(tree: Path, frozen: Path) -> Path:
    """The tree of a package."""
    deb.fill(tree, frozen, EPOCH)
    deb.describe(tree, "amd64", NEEDED)
    deb.settle(tree, EPOCH)
    return tree


def test_both_commands_lead_to_the_program(tree: Path) -> None:
    for name in ("coachdesk", "coachdesk-window"):
        assert tree / "usr/lib/coachdesk/coachdesk" == (tree / "usr/bin" / name).resolve()


@pytest.mark.parametrize(
    "place",
    [
        "applications/coachdesk.desktop", "metainfo/io.github.coachdesk.coachdesk.metainfo.xml",
        "mime/packages/coachdesk.xml", "icons/hicolor/scalable/apps/coachdesk.svg",
        "icons/hicolor/48x48/apps/coachdesk.png", "icons/hicolor/128x128/apps/coachdesk.png",
        "icons/hicolor/256x256/apps/coachdesk.png", "man/man1/coachdesk.1.gz", "man/man1/coachdesk-window.1.gz",
        "bash-completion/completions/coachdesk", "zsh/vendor-completions/_coachdesk",
        "fish/vendor_completions.d/coachdesk.fish", "doc/coachdesk/copyright", "doc/coachdesk/changelog.gz",
        "doc/coachdesk/NOTICES.txt", "lintian/overrides/coachdesk",
    ],
)  # fmt: skip
def test_the_desktop_finds_what_it_looks_for(tree: Path, place: str) -> None:
    assert (tree / "usr/share" / place).read_bytes()


def test_the_menu_opens_the_window_with_a_file(tree: Path) -> None:
    entry = (tree / "usr/share/applications/coachdesk.desktop").read_text("utf-8").splitlines()
    assert {"Exec=coachdesk-window %f", "Icon=coachdesk", "MimeType=application/x-coachdesk-archive;"} <= set(entry)


def test_the_log_of_the_package_is_as_debian_writes_it(tree: Path) -> None:
    log = gzip.decompress((tree / "usr/share/doc/coachdesk/changelog.gz").read_bytes()).decode()
    assert log.startswith(f"coachdesk ({__version__}) stable; urgency=medium\n\n  * ")
    assert log.endswith(">  Mon, 02 Mar 2026 12:00:00 +0000\n")


def test_rights_are_those_of_programs_and_of_files(tree: Path) -> None:
    programs = {"usr/lib/coachdesk/coachdesk", "DEBIAN/prerm", "DEBIAN/postrm"}
    files = [path for path in tree.rglob("*") if path.is_file() and not path.is_symlink()]
    assert programs == {str(path.relative_to(tree)) for path in files if path.stat().st_mode & 0o777 == 0o755}
    assert {0o644, 0o755} == {path.stat().st_mode & 0o777 for path in files}
    assert {0o755} == {path.stat().st_mode & 0o777 for path in tree.rglob("*") if path.is_dir()}


def test_every_file_bears_the_date_of_the_build(tree: Path) -> None:
    assert {EPOCH} == {path.lstat().st_mtime for path in (tree, *tree.rglob("*"))}


def test_dpkg_is_told_what_is_needed(tree: Path) -> None:
    told = (tree / "DEBIAN/control").read_text("utf-8")
    assert "Depends: libc6 (>= 2.36), tzdata\n" in told
    assert f"Version: {__version__}\n" in told
    assert "python" not in told


def test_letters_for_names_in_every_script_are_suggested_and_not_brought_along(tree: Path) -> None:
    told = dict(
        line.split(": ", 1) for line in (tree / "DEBIAN/control").read_text("utf-8").splitlines() if ": " in line
    )
    assert "fonts-noto-cjk, fonts-noto-color-emoji" in told["Suggests"]
    assert "fonts-" not in told["Recommends"] + told["Depends"]


def test_the_address_of_releases_is_told_where_there_is_one(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Homepage" not in (tree / "DEBIAN/control").read_text("utf-8")
    monkeypatch.setenv(origin.RELEASES, "https://example.org/releases")
    assert "Homepage: https://example.org/releases\n" in deb._control("amd64", 1, NEEDED)


def test_the_sums_of_all_files_are_told(tree: Path) -> None:
    for line in (tree / "DEBIAN/md5sums").read_text("utf-8").splitlines():
        told, _spaces, path = line.partition("  ")
        assert hashlib.md5((tree / path).read_bytes()).hexdigest() == told
    assert 15 < len((tree / "DEBIAN/md5sums").read_text("utf-8").splitlines())


@pytest.mark.parametrize("script", ["prerm", "postrm"])
def test_what_is_done_on_removal_can_be_read_by_any_shell(tree: Path, script: str) -> None:
    text = (tree / "DEBIAN" / script).read_text("utf-8")
    assert "for_everybody() {" in text
    assert "#PEOPLE#" not in text
    assert 0 == subprocess.run(["sh", "-n", str(tree / "DEBIAN" / script)]).returncode


def test_no_record_is_named_where_files_are_deleted() -> None:
    scripts = "".join((deb.PARTS / name).read_text("utf-8") for name in ("people.sh", "prerm", "postrm"))
    deleted = " ".join(re.findall(r"\brm .*", scripts))
    assert [] == [name for name in ("records.db", "keys", "backups", "settings", 'share/CoachDesk"') if name in deleted]


def test_on_removal_only_what_starts_this_installation_is_taken_from_the_login(tmp_path: Path) -> None:
    home = tmp_path / "anna"
    entries = home / ".config/autostart"
    entries.mkdir(parents=True)
    (entries / "coachdesk.desktop").write_text("TryExec=/usr/lib/coachdesk/coachdesk\n", "utf-8")
    (entries / "coachdesk-restore.desktop").write_text("TryExec=/media/stick/coachdesk-0.1.0/coachdesk\n", "utf-8")
    tidy(home)
    assert ["coachdesk-restore.desktop"] == [path.name for path in entries.iterdir()]


def test_on_removal_locks_that_are_held_stay(tmp_path: Path) -> None:
    import fcntl

    home = tmp_path / "anna"
    held, left = home / "run/CoachDesk", home / ".cache/CoachDesk/run"
    for folder in (held, left):
        folder.mkdir(parents=True)
        (folder / "records.lock").touch()
    with (held / "records.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        tidy(home, XDG_RUNTIME_DIR=str(home / "run"))
    assert (held / "records.lock").exists()
    assert not left.parent.exists()


@pytest.mark.parametrize("planted", ["tmp/runtime-{uid}", "tmp/runtime-{uid}/CoachDesk", "tmp/coachdesk-{uid}"])
def test_on_removal_no_link_leads_from_the_temporary_folder_to_the_records(tmp_path: Path, planted: str) -> None:
    home = tmp_path / "anna"
    records = home / ".local/share/CoachDesk"
    records.mkdir(parents=True)
    for name in ("records.db", "keys.json", "old.lock"):
        (records / name).touch()
    link = home / planted.format(uid=os.getuid())
    link.parent.mkdir(parents=True)
    link.symlink_to(records if planted.endswith("/CoachDesk") or "coachdesk" in planted else records.parent)
    tidy(home)
    assert {"records.db", "keys.json", "old.lock"} == {path.name for path in records.iterdir()}


def test_on_removal_only_locks_and_doors_go_from_where_they_are_kept(tmp_path: Path) -> None:
    home = tmp_path / "anna"
    emptied = home / "tmp" / f"runtime-{os.getuid()}" / "CoachDesk"
    mixed = home / ".cache/CoachDesk/run"
    for folder in (emptied, mixed):
        folder.mkdir(parents=True)
        (folder / "1f.lock").touch()
        (folder / "1f.sock").touch()
    (mixed / "records.db").touch()
    tidy(home)
    assert not emptied.parent.exists()
    assert ["records.db"] == [path.name for path in mixed.iterdir()]


def test_purging_says_where_records_are_that_were_moved(tmp_path: Path) -> None:
    left = tmp_path / "anna/.local/share/CoachDesk"
    left.mkdir(parents=True)
    (left / "moved.txt").write_text("../../../Clients\n", "utf-8")
    told = f"The records of anna are kept in {tmp_path}/anna/Clients, says moved.txt in {left}.\n"
    assert told == as_person("postrm", "purge", tmp_path / "anna")


def test_purging_takes_logs_and_nothing_that_holds_records(tmp_path: Path) -> None:
    kept = tmp_path / "anna/.local/share/CoachDesk"
    for folder in ("logs", "focus", "backups"):
        (kept / folder).mkdir(parents=True)
    (kept / "focus/keys.json").touch()
    assert f"The records of anna are kept in {kept}.\n" == as_person("postrm", "purge", tmp_path / "anna")
    assert {"focus", "backups"} == {path.name for path in kept.iterdir()}


def test_purging_leaves_no_empty_folder_and_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "anna/.local/share/CoachDesk/logs").mkdir(parents=True)
    assert "" == as_person("postrm", "purge", tmp_path / "anna")
    assert [] == list((tmp_path / "anna/.local/share").iterdir())


def test_what_is_done_for_a_person_has_no_terminal_to_type_into() -> None:
    assert "setsid -w timeout -k 2 30 runuser " in (deb.PARTS / "people.sh").read_text("utf-8")


@pytest.mark.parametrize(
    ("reason", "afterwards"), [("remove", " (once CoachDesk is installed again)"), ("upgrade", "")]
)
@pytest.mark.parametrize("answer", [3, 124])
def test_who_is_left_with_a_changed_computer_is_told_what_to_do(
    tree: Path, answer: int, reason: str, afterwards: str
) -> None:
    script = (tree / "DEBIAN/prerm").read_text("utf-8")
    parts, calls = script.split('case "$1" in\n    remove)')
    stand_ins = (
        f"close_programs() {{ :; }}\nas_person() {{ return {answer}; }}\ngetent() {{ echo anna:x:1000:1:::; }}\n"
    )
    stand_ins = stand_ins.replace("1:::", "1::/home/anna:")
    words = ["sh", "-c", f'{parts}{stand_ins}case "$1" in\n    remove){calls}', "prerm", reason]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert f"To put it back, anna can log in and call: coachdesk focus undo{afterwards}\n" in done.stdout
    assert (answer == 124) == ("What focus mode may have changed for anna was not put back in time." in done.stdout)


@pytest.fixture
def undone(tmp_path: Path) -> Callable[..., list[str]]:
    """For whom the program was called to put things back: the folders that it was told of."""
    home = tmp_path / "anna"
    home.mkdir()
    program = home / "coachdesk"
    program.write_text(f'#!/bin/sh\necho "$XDG_DATA_HOME $XDG_CONFIG_HOME $*" >> {home}/called\n', "utf-8")
    program.chmod(0o755)

    def undo() -> list[str]:
        as_person("prerm", "replay", home, DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere")
        called = (home / "called").read_text("utf-8").splitlines() if (home / "called").exists() else []
        return [line.replace(f"{home}/", "") for line in called if str(home) in line]

    return undo


def noted(folder: Path) -> None:
    """Focus mode has noted there what it changed."""
    (folder / "CoachDesk/focus").mkdir(parents=True)
    (folder / "CoachDesk/focus/journal").touch()


def test_before_removal_what_focus_mode_changed_is_put_back(tmp_path: Path, undone: Callable[..., list[str]]) -> None:
    assert [] == undone()
    noted(tmp_path / "anna/.local/share")
    assert [".local/share .config --restore-only"] == undone()


def test_before_removal_whoever_has_folders_of_their_own_is_found_by_what_runs(
    tmp_path: Path, undone: Callable[..., list[str]]
) -> None:
    own = {"XDG_DATA_HOME": f"{tmp_path}/anna/My data", "XDG_CONFIG_HOME": f"{tmp_path}/anna/My settings"}
    noted(Path(own["XDG_DATA_HOME"]))
    assert [] == undone()
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, env=os.environ | own) as something:
        assert ["My data My settings --restore-only"] == undone()
        something.communicate()


def test_before_removal_each_folder_is_seen_to_once_however_many_programs_have_it(
    tmp_path: Path, undone: Callable[..., list[str]]
) -> None:
    usual = {"XDG_DATA_HOME": f"{tmp_path}/anna/.local/share", "XDG_CONFIG_HOME": f"{tmp_path}/anna/.config"}
    own = {"XDG_DATA_HOME": f"{tmp_path}/anna/My data"}
    data_alone = {"XDG_DATA_HOME": usual["XDG_DATA_HOME"]}
    for given in (usual, own):
        noted(Path(given["XDG_DATA_HOME"]))
    with contextlib.ExitStack() as running:
        for given in (usual, own, own, data_alone):
            environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")} | given
            program = subprocess.Popen(["cat"], stdin=subprocess.PIPE, env=environment)
            running.enter_context(program)
        assert [".local/share .config --restore-only", "My data .config --restore-only"] == undone()


@contextlib.contextmanager
def told(**given: str) -> Iterator[None]:
    """A program of the person runs that was told of these folders only."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")} | given
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, env=environment) as program:
        yield
        program.communicate()


@pytest.mark.parametrize("settings", [".a sorted before", "zz/"])
@pytest.mark.parametrize("data", [".local/share/", ""])
def test_before_removal_the_settings_of_ones_own_are_put_back_though_the_data_lie_as_usual(
    tmp_path: Path, undone: Callable[..., list[str]], data: str, settings: str
) -> None:
    noted(tmp_path / "anna/.local/share")
    own = {"XDG_CONFIG_HOME": f"{tmp_path}/anna/{settings}"}
    if data:
        own["XDG_DATA_HOME"] = f"{tmp_path}/anna/{data}"
    with told(**own), told(XDG_DATA_HOME=f"{tmp_path}/anna/.local/share"):
        assert [f".local/share {settings.rstrip('/')} --restore-only"] == undone()


@pytest.mark.parametrize("changed", [".config", "a", "b"])
def test_before_removal_the_settings_are_taken_where_focus_mode_left_its_entry(
    tmp_path: Path, undone: Callable[..., list[str]], changed: str
) -> None:
    noted(tmp_path / "anna/.local/share")
    entry = tmp_path / "anna" / changed / "autostart/coachdesk-restore.desktop"
    entry.parent.mkdir(parents=True)
    entry.touch()
    with told(XDG_CONFIG_HOME=f"{tmp_path}/anna/a"), told(XDG_CONFIG_HOME=f"{tmp_path}/anna/b"):
        assert [f".local/share {changed} --restore-only"] == undone()


def tidy(home: Path, **environment: str) -> None:
    """Do what postrm does as a person on every removal, for this home."""
    as_person("postrm", "tidy", home, **environment)


def as_person(script: str, part: str, home: Path, **environment: str) -> str:
    """What a part of a script says that is carried out as a person; temporary files and the program lie in the home."""
    text = (deb.PARTS / script).read_text("utf-8")
    found = re.search(rf"^{part}='\n(.*?)^'$", text, re.MULTILINE | re.DOTALL)
    assert found is not None
    given = {"PATH": os.environ["PATH"], "HOME": str(home), "USER": home.name, **environment}
    words = ["sh", "-c", found[1].replace("/tmp/", f"{home}/tmp/").replace("/usr/bin/", f"{home}/")]
    return subprocess.run(words, env=given, check=True, stdout=subprocess.PIPE, text=True).stdout


@pytest.mark.installed
def test_the_same_folder_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(origin.EPOCH, str(EPOCH))
    made = [deb.make(stand_in.frozen(tmp_path / f"frozen {n}"), tmp_path / f"dist {n}")[0] for n in (1, 2)]
    assert made[0].read_bytes() == made[1].read_bytes()


@pytest.mark.installed
def test_what_a_file_is_linked_with_is_needed_and_what_comes_along_is_not(tmp_path: Path) -> None:
    frozen = stand_in.frozen(tmp_path / "frozen")
    found = needed.packages(frozen)
    assert ["libc6"] == [relation.split()[0] for relation in found if relation.startswith("libc6")]
    assert set(needed.BY_NAME) <= {relation.split()[0] for relation in found}
