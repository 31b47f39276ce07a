"""The ways to the data key: each opens, each can be changed, each says what is wrong."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coachdesk.errors import KeychainUnavailable, RecordsDamaged, RecordsReadOnly, Refused, WrongKey
from coachdesk.paths import Home
from coachdesk.storage import header, keys, recovery_code
from coachdesk.storage.keys import FakeKeychain, SystemKeychain
from tests.storage.conftest import OTHER_KEY, everything, killed_at_every_step, no_room, read_only

PASSPHRASE = "correct horse battery"


@pytest.fixture
def keychain() -> FakeKeychain:
    """An empty keychain in memory."""
    return FakeKeychain()


def test_every_way_set_up_gives_the_same_key(home: Home, keychain: FakeKeychain) -> None:
    key, code = keys.create(home.keys, passphrase=PASSPHRASE, keychain=keychain)
    assert 32 == len(key)
    assert frozenset({"passphrase", "keychain", "recovery"}) == keys.ways(home.keys)
    assert key == keys.with_passphrase(home.keys, PASSPHRASE)
    assert key == keys.with_keychain(home.keys, keychain)
    assert key == keys.with_recovery(home.keys, code.lower().replace("-", " "))
    assert keys.fits(home.keys, key)
    assert not keys.fits(home.keys, OTHER_KEY)


def test_two_first_runs_have_nothing_in_common(tmp_path: Path, keychain: FakeKeychain) -> None:
    one = keys.create(tmp_path / "one" / "keys.json", keychain=keychain)
    two = keys.create(tmp_path / "two" / "keys.json", keychain=keychain)
    assert not set(one) & set(two)
    assert 2 == len(keychain.entries)
    assert one[0] == keys.with_keychain(tmp_path / "one" / "keys.json", keychain)


def test_a_recovery_code_is_always_there(home: Home, keychain: FakeKeychain) -> None:
    key, code = keys.create(home.keys, keychain=keychain)
    assert frozenset({"keychain", "recovery"}) == keys.ways(home.keys)
    assert key == keys.with_recovery(home.keys, code)


def test_a_first_run_needs_a_passphrase_or_a_keychain(home: Home) -> None:
    with pytest.raises(Refused, match="Choose a passphrase"):
        keys.create(home.keys)
    assert {} == everything(home.root)


@pytest.mark.parametrize("there", ["keys.json", "records.db"])
def test_a_key_is_not_made_beside_records(home: Home, there: str) -> None:
    (home.root / there).write_text("here before")
    with pytest.raises(Refused, match="already"):
        keys.create(home.keys, passphrase=PASSPHRASE)
    assert {there: b"here before"} == everything(home.root)


@pytest.mark.parametrize(("text", "count"), [("", 0), ("elevenchars", 11), ("ﬁﬁﬁﬁﬁ", 10), ("e\u0301" * 11, 11)])
def test_a_short_passphrase_is_refused_with_its_length(home: Home, text: str, count: int) -> None:
    with pytest.raises(Refused, match=f"at least 12 characters, this one has {count}"):
        keys.create(home.keys, passphrase=text)
    assert {} == everything(home.root)


def test_a_passphrase_typed_on_another_system_opens(home: Home) -> None:
    key, _code = keys.create(home.keys, passphrase="Ångström über café")
    assert key == keys.with_passphrase(home.keys, "A\u030angstro\u0308m u\u0308ber cafe\u0301")


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Mn", "Lo"]), min_size=12, max_size=200))
def test_any_passphrase_opens_again(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys.json"
    path.unlink(missing_ok=True)
    key, _code = keys.create(path, passphrase=text)
    assert key == keys.with_passphrase(path, text)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["recovery", "keychain", "again"]), max_size=4))
def test_however_the_header_is_rewritten_the_key_stays(tmp_path: Path, changes: list[str]) -> None:
    path, keychain = tmp_path / "keys.json", FakeKeychain()
    path.unlink(missing_ok=True)
    key, code = keys.create(path, keychain=keychain)
    for change in changes:
        if change == "recovery":
            code = keys.draw_recovery()
            keys.set_recovery(path, key, code)
        elif change == "keychain":
            keys.set_keychain(path, key, keychain)
        else:
            keychain = FakeKeychain("Another one")
            keys.set_keychain(path, key, keychain)
    assert [key, key] == [keys.with_recovery(path, code), keys.with_keychain(path, keychain)]
    assert path.read_bytes() == keys.copy_of(path).read_bytes()


def test_a_wrong_passphrase_is_said(home: Home) -> None:
    keys.create(home.keys, passphrase=PASSPHRASE)
    with pytest.raises(WrongKey, match="not the passphrase of these records"):
        keys.with_passphrase(home.keys, PASSPHRASE.title())


def test_a_typing_slip_is_told_from_a_wrong_code(home: Home, keychain: FakeKeychain) -> None:
    _key, code = keys.create(home.keys, keychain=keychain)
    with pytest.raises(WrongKey, match="typing slip"):
        keys.with_recovery(home.keys, code[:-1] + ("7" if code[-1] != "7" else "8"))
    with pytest.raises(WrongKey, match="complete, but it belongs to other records"):
        keys.with_recovery(home.keys, recovery_code.write(bytes(20)))


def test_a_way_that_was_not_set_up_is_said(home: Home, tmp_path: Path, keychain: FakeKeychain) -> None:
    keys.create(home.keys, keychain=keychain)
    with pytest.raises(WrongKey, match="No passphrase was set"):
        keys.with_passphrase(home.keys, PASSPHRASE)
    keys.create(tmp_path / "other" / "keys.json", passphrase=PASSPHRASE)
    with pytest.raises(KeychainUnavailable, match="not kept in the keychain"):
        keys.with_keychain(tmp_path / "other" / "keys.json", keychain)


def test_a_changed_passphrase_replaces_the_old_one_everywhere(home: Home) -> None:
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE)
    keys.set_passphrase(home.keys, key, "another five words here")
    assert key == keys.with_passphrase(home.keys, "another five words here")
    for path in (home.keys, keys.copy_of(home.keys)):
        with pytest.raises(WrongKey):
            keys.with_passphrase(path, PASSPHRASE)


def test_the_last_way_in_beside_the_code_cannot_be_taken_away(home: Home, keychain: FakeKeychain) -> None:
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE, keychain=keychain)
    keys.set_passphrase(home.keys, key, None)
    assert frozenset({"keychain", "recovery"}) == keys.ways(home.keys)
    with pytest.raises(Refused, match="Set a passphrase first"):
        keys.leave_keychain(home.keys, key, keychain)
    keys.set_passphrase(home.keys, key, PASSPHRASE)
    keys.leave_keychain(home.keys, key, keychain)
    assert frozenset({"passphrase", "recovery"}) == keys.ways(home.keys)
    with pytest.raises(Refused, match="Set up the keychain first"):
        keys.set_passphrase(home.keys, key, None)


def test_a_new_recovery_code_ends_the_old_one(home: Home, keychain: FakeKeychain) -> None:
    key, old = keys.create(home.keys, keychain=keychain)
    new = keys.draw_recovery()
    keys.set_recovery(home.keys, key, new)
    assert key == keys.with_recovery(home.keys, new)
    with pytest.raises(WrongKey, match="replaced by a newer one"):
        keys.with_recovery(home.keys, old)


def test_a_code_that_was_only_drawn_opens_nothing_and_ends_nothing(home: Home, keychain: FakeKeychain) -> None:
    key, old = keys.create(home.keys, keychain=keychain)
    with pytest.raises(WrongKey):
        keys.with_recovery(home.keys, keys.draw_recovery())
    assert key == keys.with_recovery(home.keys, old)


def test_passphrase_and_recovery_code_prove_who_changes_a_way_in(home: Home) -> None:
    key, code = keys.create(home.keys, passphrase=PASSPHRASE)
    assert [key] * 3 == [keys.prove(home.keys, words) for words in (PASSPHRASE, code, code.lower().replace("-", " "))]
    with pytest.raises(WrongKey, match="not the passphrase"):
        keys.prove(home.keys, "somebody else's words")
    with pytest.raises(WrongKey, match="not the passphrase"):
        keys.prove(home.keys, keys.draw_recovery())


def test_a_passphrase_that_looks_like_a_recovery_code_proves_it_too(home: Home) -> None:
    looks = keys.draw_recovery()
    key, _code = keys.create(home.keys, passphrase=looks)
    assert key == keys.prove(home.keys, looks)


def test_without_a_passphrase_only_the_recovery_code_proves_it(home: Home, keychain: FakeKeychain) -> None:
    key, code = keys.create(home.keys, keychain=keychain)
    assert key == keys.prove(home.keys, code)
    with pytest.raises(WrongKey, match="A recovery code has"):
        keys.prove(home.keys, "A1B2")
    with pytest.raises(WrongKey, match="belongs to other records"):
        keys.prove(home.keys, keys.draw_recovery())


def test_leaving_the_keychain_takes_the_secret_out_of_it(home: Home, keychain: FakeKeychain) -> None:
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE, keychain=keychain)
    assert keychain.entries
    keys.leave_keychain(home.keys, key, keychain)
    assert {} == keychain.entries


def test_a_keychain_that_is_closed_or_gone_can_be_left(home: Home, keychain: FakeKeychain) -> None:
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE, keychain=keychain)
    keychain.closed = True
    keys.leave_keychain(home.keys, key, keychain)
    keys.leave_keychain(home.keys, key, None)
    assert frozenset({"passphrase", "recovery"}) == keys.ways(home.keys)


def test_no_copy_beside_the_records_or_the_backups_keeps_an_old_way_in(home: Home, tmp_path: Path) -> None:
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE)
    other = keys.create(tmp_path / "other" / "keys.json", passphrase=PASSPHRASE)[0]
    copies = [home.root / "keys.json.before-restore-2026-01-01T00-00-00Z", home.backups / "keys-12345678.json"]
    for copy in copies:
        copy.write_bytes(home.keys.read_bytes())
    damaged = home.root / "keys.json.damaged-2026-01-01T00-00-00Z"
    damaged.write_bytes(home.keys.read_bytes()[:-9])
    theirs = home.backups / "keys-theirs.json"
    theirs.write_bytes((tmp_path / "other" / "keys.json").read_bytes())
    unknown = home.backups / "keys-unreadable.json"
    unknown.write_bytes(b"who knows")

    keys.set_passphrase(home.keys, key, "another five words here")

    for copy in copies:
        assert key == keys.with_passphrase(copy, "another five words here")
        with pytest.raises(WrongKey):
            keys.with_passphrase(copy, PASSPHRASE)
    assert not damaged.exists()
    assert (other, b"who knows") == (keys.with_passphrase(theirs, PASSPHRASE), unknown.read_bytes())


def test_a_change_that_was_killed_is_brought_to_every_copy_at_the_next_opening(home: Home) -> None:
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE)
    template = home.root.with_name("template")
    shutil.copytree(home.root, template)
    seen = set()

    def again() -> None:
        shutil.rmtree(home.root)
        shutil.copytree(template, home.root)

    before = home.keys.read_bytes()
    for step in killed_at_every_step(lambda: keys.set_passphrase(home.keys, key, "another five words here"), again):
        changed = home.keys.read_bytes() != before
        seen.add((changed, keys.copy_of(home.keys).read_bytes() != before))
        keys.replace_copies(home.keys)
        assert home.keys.read_bytes() == keys.copy_of(home.keys).read_bytes(), step
    assert {(False, False), (True, False), (True, True)} == seen
    assert key == keys.with_passphrase(keys.copy_of(home.keys), "another five words here")


def test_the_key_of_other_records_cannot_be_wrapped_here(home: Home, keychain: FakeKeychain) -> None:
    keys.create(home.keys, keychain=keychain)
    before = everything(home.root)
    with pytest.raises(WrongKey, match="other records"):
        keys.set_passphrase(home.keys, OTHER_KEY, PASSPHRASE)
    with pytest.raises(WrongKey, match="other records"):
        keys.set_recovery(home.keys, OTHER_KEY, keys.draw_recovery())
    assert before == everything(home.root)


def test_neither_the_key_nor_a_secret_stands_in_the_header(home: Home, keychain: FakeKeychain) -> None:
    key, code = keys.create(home.keys, passphrase=PASSPHRASE, keychain=keychain)
    written = b"".join(everything(home.root).values())
    secrets = [PASSPHRASE.encode(), code.encode(), header.text_of(key).encode(), key.hex().encode()]
    secrets += [entry.encode() for entry in keychain.entries.values()]
    assert not any(secret in written for secret in secrets)
    assert header.text_of(key) not in keychain.entries.values()


def test_one_wrap_cannot_stand_in_for_another(home: Home, tmp_path: Path) -> None:
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE)
    mine = header.load(home.keys)
    header.save(tmp_path / "forged" / "keys.json", header.Header("another id", mine.check, mine.wraps))
    with pytest.raises(WrongKey):
        keys.with_passphrase(tmp_path / "forged" / "keys.json", PASSPHRASE)
    assert key == keys.with_passphrase(home.keys, PASSPHRASE)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("memory_kib", 2**31),
        ("memory_kib", "much"),
        ("passes", 0),
        ("lanes", 99),
        ("salt", "no base64 §"),
        ("sealed", "AAAA"),
        ("nonce", ""),
        ("nonce", None),
    ],
)
def test_a_header_with_impossible_values_is_damaged(home: Home, name: str, value: object) -> None:
    keys.create(home.keys, passphrase=PASSPHRASE)
    mine = header.load(home.keys)
    header.save(home.keys, mine.with_wrap("passphrase", {**mine.wraps["passphrase"], name: value}))
    with pytest.raises((RecordsDamaged, WrongKey)):
        keys.with_passphrase(home.keys, PASSPHRASE)


def test_a_header_whose_check_value_is_of_another_key_is_damaged(home: Home, keychain: FakeKeychain) -> None:
    _key, code = keys.create(home.keys, keychain=keychain)
    mine = header.load(home.keys)
    header.save(home.keys, header.Header(mine.id, "00" * 16, mine.wraps))
    with pytest.raises(RecordsDamaged):
        keys.with_recovery(home.keys, code)


def test_too_little_memory_for_the_passphrase_is_said(home: Home) -> None:
    import resource

    keys.create(home.keys, passphrase=PASSPHRASE)
    mine = header.load(home.keys)
    header.save(home.keys, mine.with_wrap("passphrase", {**mine.wraps["passphrase"], "memory_kib": 1024 * 1024}))
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + 512 * 1024 * 1024, hard))
    try:
        with pytest.raises(Refused, match="not enough free memory"):
            keys.with_passphrase(home.keys, PASSPHRASE)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def test_a_full_disk_leaves_no_header_and_no_entry(home: Home, keychain: FakeKeychain) -> None:
    with no_room(10), pytest.raises(RecordsReadOnly):
        keys.create(home.keys, keychain=keychain)
    with no_room(10), pytest.raises(RecordsReadOnly):
        keys.create(home.keys, passphrase=PASSPHRASE)
    assert {} == everything(home.root)
    assert {} == keychain.entries


def test_a_full_disk_leaves_the_header_as_it_was(home: Home, keychain: FakeKeychain) -> None:
    key, code = keys.create(home.keys, keychain=keychain)
    before = everything(home.root)
    with no_room(10), pytest.raises(RecordsReadOnly):
        keys.set_recovery(home.keys, key, keys.draw_recovery())
    assert before == everything(home.root)
    assert key == keys.with_recovery(home.keys, code)


def test_a_full_disk_while_the_keychain_is_set_up_again_keeps_it_working(home: Home, keychain: FakeKeychain) -> None:
    key, _code = keys.create(home.keys, keychain=keychain)
    with no_room(10), pytest.raises(RecordsReadOnly):
        keys.set_keychain(home.keys, key, keychain)
    assert key == keys.with_keychain(home.keys, keychain)


def test_a_read_only_folder_is_said(home: Home, keychain: FakeKeychain) -> None:
    with read_only(home.root), pytest.raises(RecordsReadOnly, match="read-only"):
        keys.create(home.keys, keychain=keychain)
    assert {} == everything(home.root)


def test_a_closed_keychain_is_said_and_leaves_nothing(home: Home, keychain: FakeKeychain) -> None:
    keychain.closed = True
    with pytest.raises(KeychainUnavailable, match="closed"):
        keys.create(home.keys, keychain=keychain)
    assert {} == everything(home.root)


def test_a_keychain_that_lost_the_key_is_named_with_the_one_that_had_it(home: Home, keychain: FakeKeychain) -> None:
    keys.create(home.keys, keychain=keychain)
    for other in (FakeKeychain("KWallet"), FakeKeychain("KWallet", dict.fromkeys(keychain.entries, "changed"))):
        with pytest.raises(KeychainUnavailable, match="“KWallet” has no key for these records; it was kept in “Fake"):
            keys.with_keychain(home.keys, other)


class Forgetful(FakeKeychain):
    """A keychain that takes everything and keeps nothing."""

    def set(self, entry: str, secret: str) -> None:
        """Drop it."""


def test_a_keychain_that_does_not_keep_is_found_out(home: Home) -> None:
    with pytest.raises(KeychainUnavailable, match="did not keep"):
        keys.create(home.keys, keychain=Forgetful())
    assert {} == everything(home.root)


def test_a_change_killed_at_any_step_leaves_a_header_that_opens(home: Home, keychain: FakeKeychain) -> None:
    key, _code = keys.create(home.keys, keychain=keychain)
    seen = set()
    for step in killed_at_every_step(lambda: keys.set_recovery(home.keys, key, keys.draw_recovery()), lambda: None):
        assert key == keys.with_keychain(home.keys, keychain), step
        assert key == keys.with_keychain(keys.copy_of(home.keys), keychain), step
        seen.add(home.keys.read_bytes() == keys.copy_of(home.keys).read_bytes())
    assert {True, False} == seen


def test_a_first_run_killed_at_any_step_leaves_nothing_or_a_whole_header(home: Home, keychain: FakeKeychain) -> None:
    def again() -> None:
        for path in home.root.rglob("*.json*"):
            path.unlink()

    for step in killed_at_every_step(lambda: keys.create(home.keys, keychain=keychain), again):
        if home.keys.exists():
            assert frozenset({"keychain", "recovery"}) == keys.ways(home.keys), step
        else:
            keys.create(home.keys, keychain=keychain)


def test_tests_and_robots_get_no_keychain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACHDESK_NO_KEYCHAIN", "1")
    assert keys.keychain_here() is None
    monkeypatch.delenv("COACHDESK_NO_KEYCHAIN")
    assert isinstance(keys.keychain_here(), SystemKeychain)
