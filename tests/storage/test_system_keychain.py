"""The keychain of the operating system: only real ones are trusted, and their errors become sentences."""

from typing import Any

import keyring
import keyring.errors
import pytest
from keyring.backends import fail, null

from coachdesk.errors import KeychainUnavailable
from coachdesk.storage.keys import SystemKeychain


class Backend:
    """What a backend of keyring looks like from outside."""

    name = "SecretService Keyring"

    def __init__(self, raising: Exception | None = None) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.raising = raising

    def get_password(self, service: str, entry: str) -> str | None:
        """What was kept."""
        if self.raising:
            raise self.raising
        return self.kept.get((service, entry))

    def set_password(self, service: str, entry: str, secret: str) -> None:
        """Keep it."""
        if self.raising:
            raise self.raising
        self.kept[service, entry] = secret

    def delete_password(self, service: str, entry: str) -> None:
        """Drop it; as the real ones, with an error when there is none."""
        if (service, entry) not in self.kept:
            raise keyring.errors.PasswordDeleteError("not found")
        del self.kept[service, entry]


def real(module: str) -> type[Backend]:
    """A backend class of a module of keyring's."""
    return type("Keyring", (Backend,), {"__module__": module})


class Chain:
    """Keyring's way to try one backend after another."""

    def __init__(self, *backends: Any) -> None:
        self.backends = backends


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make keyring choose a backend."""
    return lambda backend: monkeypatch.setattr(keyring, "get_keyring", lambda: backend)


@pytest.mark.parametrize(
    "module",
    [
        "keyring.backends.SecretService",
        "keyring.backends.libsecret",
        "keyring.backends.kwallet",
        "keyring.backends.macOS",
        "keyring.backends.Windows",
    ],
)
def test_a_keychain_of_the_system_keeps_and_drops(choose: Any, module: str) -> None:
    backend = real(module)()
    choose(backend)
    keychain = SystemKeychain()
    keychain.set("an id", "a secret")
    assert {("CoachDesk", "an id"): "a secret"} == backend.kept
    assert "a secret" == keychain.get("an id")
    assert "SecretService Keyring" == keychain.name
    keychain.delete("an id")
    keychain.delete("an id")
    assert keychain.get("an id") is None


@pytest.mark.parametrize(
    "backend",
    [
        fail.Keyring(),
        null.Keyring(),
        real("keyrings.alt.file")(),
        real("keyrings.cryptfile.cryptfile")(),
        real("somebody.elses")(),
        Chain(),
        Chain(real("keyrings.alt.file")(), null.Keyring()),
    ],
)
def test_a_store_in_plain_text_or_none_is_not_trusted(choose: Any, backend: Any) -> None:
    choose(backend)
    with pytest.raises(KeychainUnavailable, match="Choose a passphrase"):
        SystemKeychain().set("an id", "a secret")
    assert not getattr(backend, "kept", None)


def test_the_first_trusted_one_of_a_chain_is_used(choose: Any) -> None:
    plain, good = real("keyrings.alt.file")(), real("keyring.backends.kwallet")()
    choose(Chain(plain, good))
    SystemKeychain().set("an id", "a secret")
    assert [{}, {("CoachDesk", "an id"): "a secret"}] == [plain.kept, good.kept]


@pytest.mark.parametrize(
    "error", [keyring.errors.KeyringLocked("locked"), keyring.errors.InitError("no bus"), OSError("D-Bus went away")]
)
def test_whatever_a_keychain_raises_is_said(choose: Any, error: Exception) -> None:
    choose(real("keyring.backends.SecretService")(error))
    for ask in (lambda: SystemKeychain().get("an id"), lambda: SystemKeychain().set("an id", "x")):
        with pytest.raises(KeychainUnavailable, match="did not answer or is closed"):
            ask()
