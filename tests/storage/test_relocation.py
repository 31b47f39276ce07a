"""The records moved to another folder: in the old place or wholly in the new one, and found from the old."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from coachdesk import paths
from coachdesk.clock import Now
from coachdesk.errors import RecordsReadOnly, Refused
from coachdesk.paths import Home
from coachdesk.storage import backup, keys, relocation, store
from tests.storage.conftest import everything, fill, killed_at_every_step, names_in, no_room, unreadable


def ignore(_share: float) -> None:
    """Nobody watches."""


@pytest.fixture
def key(home: Home, versions: tuple[Path, ...], now: Now) -> bytes:
    """The key of closed records with one pupil, settings and a backup."""
    key, _code = keys.create(home.keys, passphrase="a lantern on the stairs")
    made = store.create(home.records, key, versions)
    fill(made)
    backup.back_up(made, home.backups, now)
    made.close()
    home.settings.write_text("[session]\nminutes = 45\n")
    return key


def test_the_whole_folder_is_found_in_its_new_place(
    home: Home, key: bytes, tmp_path: Path, versions: tuple[Path, ...]
) -> None:
    before = everything(home.root)
    new = relocation.move(home, tmp_path / "safe", key, progress=ignore)
    found = paths.home(home.root)
    assert (new.root, home.root, False) == (found.root, found.moved_from, found.is_away)
    assert ["Ada"] == names_in(found.records, versions, key)
    assert {"records.db", "keys.json", "settings.toml", "backups"} == {each.name for each in new.root.iterdir()}
    assert before.keys() - {"records.db"} <= everything(new.root).keys()
    assert key == keys.with_passphrase(new.keys, "a lantern on the stairs")
    assert 0o700 == new.root.stat().st_mode & 0o777


def test_the_usual_folder_and_the_environment_lead_there_too(
    home: Home, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    relocation.move(home, tmp_path / "safe", key, progress=ignore)
    monkeypatch.setenv("COACHDESK_HOME", str(home.root))
    assert tmp_path / "safe" == paths.home().root


def test_on_one_disk_the_note_holds_wherever_that_is_next_time(
    home: Home, key: bytes, tmp_path: Path, versions: tuple[Path, ...]
) -> None:
    stick = tmp_path / "D"
    stick.mkdir()
    shutil.copytree(home.root, stick / "CoachDesk records")
    relocation.move(Home(stick / "CoachDesk records"), stick / "Praxis", key, progress=ignore)
    stick.rename(tmp_path / "E")
    found = paths.home(tmp_path / "E" / "CoachDesk records")
    assert (tmp_path / "E" / "Praxis", False) == (found.root, found.is_away)
    assert ["Ada"] == names_in(found.records, versions, key)


def test_a_folder_carried_about_needs_no_note(home: Home, key: bytes, tmp_path: Path) -> None:
    home.root.rename(tmp_path / "stick")
    assert Home(tmp_path / "stick") == paths.home(tmp_path / "stick")


def test_the_old_copy_goes_when_asked(home: Home, key: bytes, tmp_path: Path, versions: tuple[Path, ...]) -> None:
    new = relocation.move(home, tmp_path / "safe", key, progress=ignore)
    relocation.clear_old(home, new, key)
    assert [paths.MOVED] == [each.name for each in home.root.iterdir()]
    assert ["Ada"] == names_in(paths.home(home.root).records, versions, key)


def test_what_was_put_aside_goes_along_and_none_of_it_stays_behind(
    home: Home, key: bytes, tmp_path: Path, versions: tuple[Path, ...]
) -> None:
    asides = [f"records.db.{why}-2026-03-02T12-00-00Z" for why in ("before-restore", "damaged", "before-import")]
    asides.append("a copy by hand.db")
    for name in asides:
        shutil.copyfile(home.records, home.root / name)
    new = relocation.move(home, tmp_path / "safe", key, progress=ignore)
    relocation.clear_old(home, new, key)
    assert [["Ada"]] * 4 == [names_in(new.root / name, versions, key) for name in asides]
    assert [paths.MOVED] == [each.name for each in home.root.iterdir()]


def test_the_logs_of_what_was_put_aside_stay_behind_neither(home: Home, key: bytes, tmp_path: Path) -> None:
    aside = "records.db.before-restore-2026-03-02T12-00-00Z"
    for log in ("", "-wal", "-shm", "-journal"):
        shutil.copyfile(home.records, home.root / f"{aside}{log}")
    new = relocation.move(home, tmp_path / "safe", key, progress=ignore)
    assert {aside, f"{aside}-wal", f"{aside}-journal"} == {each.name for each in new.root.glob("*.before-*")}
    relocation.clear_old(home, new, key)
    assert [paths.MOVED] == [each.name for each in home.root.iterdir()]
    assert {aside, f"{aside}-wal", f"{aside}-journal"} == {each.name for each in new.root.glob("*.before-*")}


def test_what_was_put_aside_after_the_move_stays_with_its_logs(home: Home, key: bytes, tmp_path: Path) -> None:
    new = relocation.move(home, tmp_path / "safe", key, progress=ignore)
    later = {f"records.db.damaged-2026-03-02T12-00-00Z{log}" for log in ("", "-wal", "-shm", "-journal")}
    for name in later:
        (home.root / name).write_bytes(b"of later")
    relocation.clear_old(home, new, key)
    assert {paths.MOVED, *later} == {each.name for each in home.root.iterdir()}


def test_what_a_person_put_into_a_folder_among_the_backups_and_cannot_be_read_stays_where_it_is(
    home: Home, key: bytes, tmp_path: Path
) -> None:
    (home.backups / "mine").mkdir()
    letter = home.backups / "mine" / "letter.odt"
    letter.write_bytes(b"of somebody")
    with unreadable(letter):
        new = relocation.move(home, tmp_path / "safe", key, progress=ignore)
        relocation.clear_old(home, new, key)
    assert {"mine/letter.odt": b"of somebody"} == everything(home.backups)
    assert [] == list((new.backups / "mine").iterdir())
    assert {"backups", paths.MOVED} == {each.name for each in home.root.iterdir()}


@pytest.mark.parametrize("folder", [".", "mine"])
def test_a_backup_that_cannot_be_read_is_named_and_nothing_is_moved(
    home: Home, key: bytes, tmp_path: Path, folder: str
) -> None:
    (taken,) = home.backups.glob("*.db")
    (home.backups / folder).mkdir(exist_ok=True)
    taken = taken.rename(home.backups / folder / taken.name)
    before = everything(home.root)
    with unreadable(taken), pytest.raises(Refused, match=f"{taken.name} cannot be read, so nothing was moved"):
        relocation.move(home, tmp_path / "safe", key, progress=ignore)
    assert before == everything(home.root)
    assert not (tmp_path / "safe").exists()


def test_backups_that_a_person_put_into_folders_of_their_own_go_along(home: Home, key: bytes, tmp_path: Path) -> None:
    (home.backups / "2024" / "spring").mkdir(parents=True)
    (taken,) = home.backups.glob("*.db")
    taken.rename(home.backups / "2024" / "spring" / taken.name)
    before = everything(home.backups)
    new = relocation.move(home, tmp_path / "safe", key, progress=ignore)
    relocation.clear_old(home, new, key)
    assert before == everything(new.backups)
    assert [paths.MOVED] == [each.name for each in home.root.iterdir()]


def test_what_lies_only_in_the_old_place_stays_there(home: Home, key: bytes, tmp_path: Path) -> None:
    new = relocation.move(home, tmp_path / "safe", key, progress=ignore)
    (home.backups / "brought later.db").write_bytes(b"another")
    os.mkfifo(home.backups / "neither file nor folder")
    relocation.clear_old(home, new, key)
    assert {"backups", paths.MOVED} == {each.name for each in home.root.iterdir()}
    assert {"brought later.db", "neither file nor folder"} == {each.name for each in home.backups.iterdir()}


@pytest.mark.parametrize(
    "name", ["keys.json.before-restore-2026-03-02T12-00-00Z", "settings.toml.damaged-2026", "unfinished-keys.json"]
)
def test_keys_and_settings_that_were_put_aside_go_along(home: Home, key: bytes, tmp_path: Path, name: str) -> None:
    (home.root / name).write_bytes(b"of other records")
    new = relocation.move(home, tmp_path / "safe", key, progress=ignore)
    relocation.clear_old(home, new, key)
    assert b"of other records" == (new.root / name).read_bytes()
    assert [paths.MOVED] == [each.name for each in home.root.iterdir()]


@pytest.fixture
def disk_of_backups(home: Home, key: bytes, tmp_path: Path) -> Path:
    """A folder on another disk in which the backups are; the one of the records has a link to it."""
    home.backups.rename(tmp_path / "another disk")
    home.backups.symlink_to(Path("..") / "another disk")
    return tmp_path / "another disk"


@pytest.mark.parametrize("link", ["a link", "a junction"])
def test_backups_on_another_disk_stay_there_and_are_found_from_the_new_place(
    home: Home, key: bytes, disk_of_backups: Path, tmp_path: Path, link: str, request: pytest.FixtureRequest
) -> None:
    if link == "a junction":
        request.getfixturevalue("junctions")
    before = everything(disk_of_backups)
    new = relocation.move(home, tmp_path / "far" / "away", key, progress=ignore)
    relocation.clear_old(home, new, key)
    assert before == everything(disk_of_backups)
    assert disk_of_backups == new.backups.resolve()
    assert [paths.MOVED] == [each.name for each in home.root.iterdir()]


@pytest.mark.usefixtures("junctions")
def test_what_a_junction_within_the_backups_leads_to_stays(home: Home, key: bytes, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "letter").write_bytes(b"of somebody")
    (home.backups / "old").symlink_to(elsewhere)
    (home.backups / "round").symlink_to(home.backups)
    new = relocation.move(home, tmp_path / "safe", key, progress=ignore)
    relocation.clear_old(home, new, key)
    assert {"letter": b"of somebody"} == everything(elsewhere)
    assert elsewhere == (new.backups / "old").resolve()
    assert [paths.MOVED] == [each.name for each in home.root.iterdir()]


def test_so_do_backups_on_a_disk_that_is_not_connected_just_now(
    home: Home, key: bytes, disk_of_backups: Path, tmp_path: Path
) -> None:
    before = everything(disk_of_backups)
    disk_of_backups.rename(tmp_path / "unplugged")
    new = relocation.move(home, tmp_path / "far" / "away", key, progress=ignore)
    relocation.clear_old(home, new, key)
    (tmp_path / "unplugged").rename(disk_of_backups)
    assert before == everything(new.backups)


def test_a_move_onto_a_disk_without_links_leaves_the_link_to_the_backups(
    home: Home, key: bytes, disk_of_backups: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_what: object, **_how: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    before = everything(disk_of_backups)
    monkeypatch.setattr(os, "symlink", refuse)
    new = relocation.move(home, tmp_path / "stick", key, progress=ignore)
    relocation.clear_old(home, new, key)
    assert before == everything(home.backups)
    assert {"backups", paths.MOVED} == {each.name for each in home.root.iterdir()}


def test_a_move_broken_off_leaves_the_backups_on_another_disk(
    home: Home, key: bytes, disk_of_backups: Path, tmp_path: Path
) -> None:
    before = everything(disk_of_backups)
    with no_room(8192), pytest.raises(RecordsReadOnly):
        relocation.move(home, tmp_path / "safe", key, progress=ignore)
    assert before == everything(home.backups)
    assert not (tmp_path / "safe").exists()


def test_the_records_are_not_moved_to_where_their_backups_are(
    home: Home, key: bytes, disk_of_backups: Path, tmp_path: Path
) -> None:
    for place in (disk_of_backups / "records", home.backups / "records"):
        with pytest.raises(Refused, match="neither lies in the present one"):
            relocation.move(home, place, key, progress=ignore)
    assert not (disk_of_backups / "records").exists()


def test_nothing_is_removed_that_was_not_moved(home: Home, key: bytes) -> None:
    before = everything(home.root)
    with pytest.raises(Refused, match="not moved"):
        relocation.clear_old(home, home, key)
    assert before == everything(home.root)


def test_a_place_that_is_not_connected_is_known_as_such(home: Home, key: bytes, tmp_path: Path) -> None:
    new = relocation.move(home, tmp_path / "safe", key, progress=ignore)
    new.root.rename(tmp_path / "unplugged")
    assert paths.home(home.root).is_away


def test_moved_records_are_followed_to_where_they_are_now(
    home: Home, key: bytes, tmp_path: Path, versions: tuple[Path, ...]
) -> None:
    new = relocation.move(home, tmp_path / "D", key, progress=ignore)
    relocation.clear_old(home, new, key)
    new.root.rename(tmp_path / "E")
    relocation.follow(paths.home(home.root), tmp_path / "E")
    found = paths.home(home.root)
    assert (tmp_path / "E", False, ["Ada"]) == (found.root, found.is_away, names_in(found.records, versions, key))


def test_where_there_are_none_the_note_stays(home: Home, key: bytes, tmp_path: Path) -> None:
    new = relocation.move(home, tmp_path / "D", key, progress=ignore)
    relocation.clear_old(home, new, key)
    new.root.rename(tmp_path / "E")
    (tmp_path / "F").mkdir()
    noted = (home.root / paths.MOVED).read_text()
    for asked, folder in ((paths.home(home.root), tmp_path / "F"), (Home(home.root), tmp_path / "E")):
        with pytest.raises(Refused, match="There are no records in this folder"):
            relocation.follow(asked, folder)
    assert noted == (home.root / paths.MOVED).read_text()


@pytest.mark.parametrize("place", ["home/inside", "full", "."])
def test_a_place_that_does_not_do_is_refused(home: Home, key: bytes, tmp_path: Path, place: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter").touch()
    before = everything(home.root)
    with pytest.raises(Refused, match="Choose"):
        relocation.move(home, tmp_path / place, key, progress=ignore)
    assert before == everything(home.root)


def test_a_full_disk_leaves_everything_where_it_was(home: Home, key: bytes, tmp_path: Path) -> None:
    before = everything(home.root)
    with no_room(8192), pytest.raises(RecordsReadOnly):
        relocation.move(home, tmp_path / "safe", key, progress=ignore)
    assert before.items() <= everything(home.root).items()
    assert not (home.root / paths.MOVED).exists()
    assert not (tmp_path / "safe").exists()


def test_a_move_killed_at_any_step_leaves_the_old_place_or_the_whole_new_one(
    home: Home, key: bytes, tmp_path: Path, versions: tuple[Path, ...]
) -> None:

    seen = set()

    def again() -> None:
        (home.root / paths.MOVED).unlink(missing_ok=True)
        shutil.rmtree(tmp_path / "safe", ignore_errors=True)

    for step in killed_at_every_step(lambda: relocation.move(home, tmp_path / "safe", key, progress=ignore), again):
        found = paths.home(home.root)
        seen.add(found.root)
        assert ["Ada"] == names_in(found.records, versions, key), step
        assert keys.fits(found.keys, key), step
    assert {home.root, tmp_path / "safe"} == seen
