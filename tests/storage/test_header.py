"""The key header on disk: damage is noticed, said, and repaired from the copy with the backups."""

import json
import stat
from pathlib import Path

import pytest

from coachdesk.errors import RecordsDamaged, RecordsMissing, RecordsNewer, RecordsReadOnly, Refused
from coachdesk.paths import Home
from coachdesk.storage import header, keys
from coachdesk.storage.keys import FakeKeychain
from tests.storage.conftest import everything, no_room


@pytest.fixture
def keychain() -> FakeKeychain:
    """The keychain of ``home``."""
    return FakeKeychain()


@pytest.fixture
def key(home: Home, keychain: FakeKeychain) -> bytes:
    """The key wrapped in the header of ``home``."""
    return keys.create(home.keys, keychain=keychain)[0]


def spoiled(path: Path, how: str) -> None:
    """Damage a header."""
    whole = path.read_bytes()
    content = json.loads(whole)
    ways = {
        "emptied": b"",
        "cut off": whole[:-40],
        "a wrap changed": whole.replace(content["wraps"]["recovery"]["sealed"][:8].encode(), b"AAAAAAAA"),
        "the id changed": whole.replace(content["id"].encode(), b"0" * 32),
        "another file": b'{"name": "some other program"}',
        "a list": b"[1, 2]",
        "zeros": bytes(len(whole)),
        "nested": b"[" * 100_000,
    }
    path.write_bytes(ways[how])


DAMAGES = ["emptied", "cut off", "a wrap changed", "the id changed", "another file", "a list", "zeros", "nested"]


@pytest.mark.parametrize("how", DAMAGES)
def test_damage_is_said_with_what_to_do_and_repaired(home: Home, key: bytes, keychain: FakeKeychain, how: str) -> None:
    whole = home.keys.read_bytes()
    spoiled(home.keys, how)
    damaged = home.keys.read_bytes()
    with pytest.raises(RecordsDamaged, match=r"damaged.*a copy of the key file is kept with the backups"):
        keys.with_keychain(home.keys, keychain)
    assert damaged == home.keys.read_bytes()
    keys.repair(home.keys)
    assert key == keys.with_keychain(home.keys, keychain)
    (aside,) = home.root.glob("keys.json.damaged-*")
    assert [whole, damaged] == [home.keys.read_bytes(), aside.read_bytes()]


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("gone", [True, False])
def test_no_copy_is_promised_where_there_is_none(home: Home, gone: bool) -> None:
    keys.copy_of(home.keys).unlink()
    if gone:
        home.keys.unlink()
    else:
        spoiled(home.keys, "emptied")
    with pytest.raises(RecordsMissing if gone else RecordsDamaged, match="There is no copy of it") as raised:
        keys.ways(home.keys)
    assert "not lost" not in raised.value.sentence


def test_a_missing_header_is_said_and_repaired(home: Home, key: bytes, keychain: FakeKeychain) -> None:
    home.keys.unlink()
    with pytest.raises(RecordsMissing, match="key file is missing"):
        keys.ways(home.keys)
    keys.repair(home.keys)
    assert key == keys.with_keychain(home.keys, keychain)
    assert not list(home.root.glob("keys.json.damaged-*"))


def test_a_header_can_be_repaired_from_a_copy_elsewhere(home: Home, key: bytes, tmp_path: Path) -> None:
    stick = tmp_path / "stick" / "keys.json"
    stick.parent.mkdir()
    stick.write_bytes(home.keys.read_bytes())
    spoiled(home.keys, "zeros")
    spoiled(keys.copy_of(home.keys), "zeros")
    keys.repair(home.keys, stick)
    assert keys.fits(home.keys, key)


@pytest.mark.usefixtures("key")
def test_a_whole_header_is_not_repaired(home: Home) -> None:
    before = everything(home.root)
    with pytest.raises(Refused, match="nothing to repair"):
        keys.repair(home.keys)
    assert before == everything(home.root)


@pytest.mark.usefixtures("key")
def test_a_copy_that_is_no_better_changes_nothing(home: Home) -> None:
    spoiled(home.keys, "cut off")
    spoiled(keys.copy_of(home.keys), "cut off")
    before = everything(home.root)
    with pytest.raises(RecordsDamaged):
        keys.repair(home.keys)
    keys.copy_of(home.keys).unlink()
    with pytest.raises(RecordsMissing):
        keys.repair(home.keys)
    assert before["keys.json"] == home.keys.read_bytes()


@pytest.mark.usefixtures("key")
def test_a_full_disk_during_repair_keeps_the_damaged_header(home: Home) -> None:
    spoiled(home.keys, "cut off")
    damaged = home.keys.read_bytes()
    with no_room(10), pytest.raises(RecordsReadOnly):
        keys.repair(home.keys)
    assert damaged == home.keys.read_bytes()


@pytest.mark.usefixtures("key")
def test_a_newer_header_is_told_from_damage(home: Home) -> None:
    content = {**json.loads(home.keys.read_bytes()), "version": 2}
    content["checksum"] = header._checksum(content)
    home.keys.write_text(json.dumps(content))
    with pytest.raises(RecordsNewer, match="newer CoachDesk"):
        keys.ways(home.keys)


@pytest.mark.usefixtures("key")
def test_only_this_person_can_read_it(home: Home) -> None:
    for path in (home.keys, keys.copy_of(home.keys)):
        assert 0o600 == stat.S_IMODE(path.stat().st_mode)
        assert 0o700 == stat.S_IMODE(path.parent.stat().st_mode)


def test_a_copy_of_other_records_is_put_aside_not_lost(home: Home, key: bytes, tmp_path: Path) -> None:
    other_key, _code = keys.create(tmp_path / "other" / "keys.json", keychain=FakeKeychain())
    keys.copy_beside(tmp_path / "other" / "keys.json", home.backups)
    found = sorted(home.backups.glob("keys*.json"))
    assert 2 == len(found)
    assert {True} == {keys.fits(path, other_key) or keys.fits(path, key) for path in found}
    assert keys.fits(home.backups / "keys.json", other_key)


@pytest.mark.usefixtures("key")
def test_an_unreadable_copy_is_put_aside_not_lost(home: Home) -> None:
    (home.backups / "keys.json").write_text("what is this")
    keys.copy_beside(home.keys, home.backups)
    assert "what is this" == (home.backups / "keys-unreadable.json").read_text()
    assert home.keys.read_bytes() == (home.backups / "keys.json").read_bytes()


@pytest.mark.usefixtures("key")
def test_a_damaged_header_never_replaces_its_copy(home: Home) -> None:
    copy = (home.backups / "keys.json").read_bytes()
    spoiled(home.keys, "cut off")
    with pytest.raises(RecordsDamaged):
        keys.copy_beside(home.keys, home.backups)
    assert copy == (home.backups / "keys.json").read_bytes()


def test_a_change_whose_copy_cannot_be_written_is_taken_back(home: Home, key: bytes) -> None:
    before = home.keys.read_bytes()
    home.backups.joinpath("keys.json").unlink()
    home.backups.rmdir()
    home.backups.write_text("a file in the way")
    with pytest.raises(Refused):
        keys.set_recovery(home.keys, key, keys.draw_recovery())
    assert before == home.keys.read_bytes()
    home.backups.unlink()
    home.backups.mkdir()
    (home.backups / "keys.json").mkdir()
    with pytest.raises(Refused):
        keys.set_recovery(home.keys, key, keys.draw_recovery())
    assert before == home.keys.read_bytes()


def test_a_first_header_whose_copy_cannot_be_written_is_taken_back(home: Home) -> None:
    (home.backups / "keys.json").mkdir(parents=True)
    with pytest.raises(Refused):
        keys.create(home.keys, keychain=FakeKeychain())
    assert not home.keys.exists()
