"""The order of the ways to the key: keychain, file, environment, a question."""

from pathlib import Path

import pytest

from coachdesk.cli.given import Given
from coachdesk.cli.unlocking import key_for, may_ask, new_passphrase, passphrase_given, usable_keychain
from coachdesk.errors import KeychainUnavailable, RecordsMissing, WrongKey
from coachdesk.paths import Home
from coachdesk.storage import keys, store

WORDS = "five quiet words in here"


@pytest.fixture
def keychain() -> keys.FakeKeychain:
    """A keychain in memory."""
    return keys.FakeKeychain()


@pytest.fixture
def key(home: Home, keychain: keys.FakeKeychain) -> bytes:
    """Records that open by keychain and by passphrase; their key."""
    key, _code = keys.create(home.keys, passphrase=WORDS, keychain=keychain)
    store.create(home.records, key).close()
    return key


def test_the_keychain_is_asked_first(key: bytes, keychain: keys.FakeKeychain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACHDESK_PASSPHRASE", "a wrong one for sure")
    assert key == key_for(Given(), keychain=keychain)


def test_a_closed_keychain_leaves_it_to_the_passphrase(
    key: bytes, keychain: keys.FakeKeychain, monkeypatch: pytest.MonkeyPatch
) -> None:
    keychain.closed = True
    with pytest.raises(KeychainUnavailable):
        key_for(Given(), keychain=keychain)
    monkeypatch.setenv("COACHDESK_PASSPHRASE", WORDS)
    assert key == key_for(Given(), keychain=keychain)


def test_a_file_goes_before_the_environment(key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret"
    file.write_text(WORDS + "\n")
    monkeypatch.setenv("COACHDESK_PASSPHRASE", "a wrong one for sure")
    assert key == key_for(Given(passphrase_file=file))
    with pytest.raises(WrongKey):
        key_for(Given())


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACHDESK_PASSPHRASE", "")
    assert passphrase_given(Given()) is None


def test_without_records_there_is_nothing_to_unlock(home: Home) -> None:
    with pytest.raises(RecordsMissing):
        key_for(Given())


def test_where_a_prompt_would_find_nobody_the_real_keychain_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert usable_keychain(Given()) is None  # the tests say so
    monkeypatch.delenv("COACHDESK_NO_KEYCHAIN")
    assert isinstance(usable_keychain(Given()), keys.SystemKeychain)
    assert usable_keychain(Given(json=True)) is None
    monkeypatch.setenv("CI", "true")
    assert usable_keychain(Given()) is None


def test_nobody_is_asked_who_is_not_at_a_terminal() -> None:
    assert not may_ask(Given())
    assert new_passphrase(Given(), optional=True) is None
