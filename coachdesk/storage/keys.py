"""The data key and the ways to it: the keychain of this computer, a passphrase, the recovery code.

The data key is 32 random bytes that never change. On disk it stands only wrapped, in a small header (``keys.json``):
once for each way, sealed with AES-GCM under a key which that way gives. So a new passphrase rewrites the header alone.
"""

import contextlib
import hashlib
import hmac
import os
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from coachdesk.errors import KeychainUnavailable, Refused, WrongKey
from coachdesk.storage import recovery_code
from coachdesk.storage.header import (
    FORMAT,
    VERSION,
    Header,
    Wrap,
    bytes_of,
    copy_beside,
    copy_of,
    load,
    refuse_damaged,
    repair,
    replace_copies,
    save,
    text_of,
)
from coachdesk.words import _

__all__ = [
    "FakeKeychain",
    "Keychain",
    "SystemKeychain",
    "copy_beside",
    "copy_of",
    "create",
    "draw_recovery",
    "fits",
    "keychain_here",
    "leave_keychain",
    "prove",
    "repair",
    "replace_copies",
    "set_keychain",
    "set_passphrase",
    "set_recovery",
    "ways",
    "with_keychain",
    "with_passphrase",
    "with_recovery",
]

SHORTEST = 12
"""Characters a passphrase needs."""

SERVICE = "CoachDesk"
NO_KEYCHAIN = "COACHDESK_NO_KEYCHAIN"

_KEY = 32
COST = (64 * 1024, 3, 1)
"""Of Argon2id: KiB of memory, passes, lanes."""
_SAFE_BACKENDS = (
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)


class Keychain(Protocol):
    """What keeps a secret for this person on this computer. Every method raises KeychainUnavailable."""

    @property
    def name(self) -> str:
        """How the keychain calls itself."""
        ...

    def get(self, entry: str) -> str | None:
        """The secret of an entry; None if there is none. May wait for a prompt."""
        ...

    def set(self, entry: str, secret: str) -> None:
        """Keep a secret."""
        ...

    def delete(self, entry: str) -> None:
        """Drop a secret; nothing happens if there is none."""
        ...


class SystemKeychain:
    """The keychain of the operating system, through ``keyring``; plain-text stores are never used."""

    @property
    def name(self) -> str:
        """How the keychain calls itself."""
        return str(self._ask(lambda backend: backend.name))

    def get(self, entry: str) -> str | None:
        """The secret of an entry; None if there is none. May wait for a prompt."""
        secret = self._ask(lambda backend: backend.get_password(SERVICE, entry))
        return None if secret is None else str(secret)

    def set(self, entry: str, secret: str) -> None:
        """Keep a secret."""
        self._ask(lambda backend: backend.set_password(SERVICE, entry, secret))

    def delete(self, entry: str) -> None:
        """Drop a secret; nothing happens if there is none."""
        if self.get(entry) is not None:
            self._ask(lambda backend: backend.delete_password(SERVICE, entry))

    def _ask(self, question: Callable[[Any], Any]) -> Any:
        try:
            return question(_safe_backend())
        except KeychainUnavailable:
            raise
        except Exception as error:  # backends let through whatever their own libraries (D-Bus, ctypes) raise
            raise KeychainUnavailable(
                _("The keychain of this computer did not answer or is closed. Use your passphrase or recovery code.")
            ) from error


@dataclass
class FakeKeychain:
    """A keychain in memory, for tests and rehearsals."""

    name: str = "Fake keychain"
    entries: dict[str, str] = field(default_factory=dict)
    closed: bool = False

    def get(self, entry: str) -> str | None:
        """The secret of an entry; None if there is none."""
        self._refuse_closed()
        return self.entries.get(entry)

    def set(self, entry: str, secret: str) -> None:
        """Keep a secret."""
        self._refuse_closed()
        self.entries[entry] = secret

    def delete(self, entry: str) -> None:
        """Drop a secret; nothing happens if there is none."""
        self._refuse_closed()
        self.entries.pop(entry, None)

    def _refuse_closed(self) -> None:
        if self.closed:
            raise KeychainUnavailable(_("The keychain is closed. Use your passphrase or recovery code."))


def keychain_here() -> Keychain | None:
    """This computer's keychain, or None where ``COACHDESK_NO_KEYCHAIN`` is set; nothing is asked of it yet."""
    return None if os.environ.get(NO_KEYCHAIN) else SystemKeychain()


def _safe_backend() -> Any:
    import keyring

    chosen = keyring.get_keyring()
    for backend in getattr(chosen, "backends", [chosen]):
        if type(backend).__module__.startswith(_SAFE_BACKENDS):
            return backend
    raise KeychainUnavailable(_("This computer has no keychain that CoachDesk can trust. Choose a passphrase instead."))


def create(path: Path, *, passphrase: str | None = None, keychain: Keychain | None = None) -> tuple[bytes, str]:
    """A new data key and its header; returns the key and the recovery code, which is shown once and kept nowhere.

    Raises Refused without a passphrase and a keychain, for a short passphrase, and where there are records already;
    RecordsReadOnly when the folder cannot be written; KeychainUnavailable.
    """
    if passphrase is None and keychain is None:
        raise Refused(_("Choose a passphrase, or let the keychain of this computer keep the key."))
    if path.exists() or any(path.parent.glob("*.db")):
        raise Refused(_("There are records in this folder already: {path}.").format(path=path.parent))
    key, secret = secrets.token_bytes(_KEY), recovery_code.draw()
    header = Header(uuid4().hex, _check_value(key), {})
    header = header.with_wrap("recovery", _wrap_recovery(header, key, secret))
    if passphrase is not None:
        header = header.with_wrap("passphrase", _wrap_passphrase(header, key, passphrase))
    if keychain is not None:
        header = header.with_wrap("keychain", _wrap_keychain(header, key, keychain))
    try:
        save(path, header)
    except BaseException:
        if keychain is not None:
            with contextlib.suppress(KeychainUnavailable):
                keychain.delete(header.id)
        raise
    return key, recovery_code.write(secret)


def ways(path: Path) -> frozenset[str]:
    """The ways to the key that are set up: of "passphrase", "keychain", "recovery"."""
    return frozenset(load(path).wraps)


def fits(path: Path, key: bytes) -> bool:
    """Whether the key is the one of this header, told by its check value."""
    return hmac.compare_digest(load(path).check, _check_value(key))


def with_passphrase(path: Path, text: str) -> bytes:
    """The key, through the passphrase; takes about 0.2 s and 64 MiB. Raises WrongKey."""
    header = load(path)
    wrap = header.wraps.get("passphrase")
    if wrap is None:
        raise WrongKey(_("No passphrase was set for these records. Use the keychain or the recovery code."))
    key = _opened(header, "passphrase", stretched(text, _cost(path, wrap), bytes_of(path, wrap, "salt")), path)
    if key is None:
        raise WrongKey(_("This is not the passphrase of these records. Check upper and lower case and the keyboard."))
    return key


def with_recovery(path: Path, code: str) -> bytes:
    """The key, through the recovery code. Raises WrongKey, with another sentence for a slip than for a wrong code."""
    header = load(path)
    secret = recovery_code.read(code)
    key = _opened(header, "recovery", _derived(header, secret), path)
    if key is None:
        raise WrongKey(
            _("This recovery code is complete, but it belongs to other records or was replaced by a newer one.")
        )
    return key


def prove(path: Path, words: str) -> bytes:
    """The key, through the passphrase or the recovery code, whichever the words are.

    Asked for before a way in is changed: records that stand open prove nothing about who sits there. Raises WrongKey.
    """
    header = load(path)
    try:
        secret = recovery_code.read(words)
    except WrongKey:
        if "passphrase" not in header.wraps:
            raise
        return with_passphrase(path, words)
    key = _opened(header, "recovery", _derived(header, secret), path)
    if key is None and "passphrase" in header.wraps:
        return with_passphrase(path, words)
    return key or with_recovery(path, words)


def with_keychain(path: Path, keychain: Keychain) -> bytes:
    """The key, through the keychain; may wait for a prompt. Raises KeychainUnavailable."""
    header = load(path)
    wrap = header.wraps.get("keychain")
    if wrap is None:
        raise KeychainUnavailable(_("The key of these records is not kept in the keychain. Use your passphrase."))
    secret = keychain.get(header.id)
    key = None if secret is None else _opened(header, "keychain", _keychain_bytes(secret), path)
    if key is None:
        raise KeychainUnavailable(
            _(
                "The keychain “{here}” has no key for these records; it was kept in “{then}”. "
                "Use your passphrase or recovery code."
            ).format(here=keychain.name, then=wrap.get("backend", ""))
        )
    return key


def set_passphrase(path: Path, key: bytes, text: str | None) -> None:
    """Set, change or (None) remove the passphrase; the data is not rewritten. Raises Refused, WrongKey."""
    header = _fitting(path, key)
    if text is None and "keychain" not in header.wraps:
        raise Refused(_("The passphrase is the only way in beside the recovery code. Set up the keychain first."))
    wrap = None if text is None else _wrap_passphrase(header, key, text)
    save(path, header.with_wrap("passphrase", wrap))


def set_keychain(path: Path, key: bytes, keychain: Keychain) -> None:
    """Let a keychain keep the key. Raises KeychainUnavailable, WrongKey."""
    header = _fitting(path, key)
    save(path, header.with_wrap("keychain", _wrap_keychain(header, key, keychain)))


def leave_keychain(path: Path, key: bytes, keychain: Keychain | None) -> None:
    """Let no keychain keep the key any longer; what one still holds opens nothing. Raises Refused, WrongKey.

    ``keychain`` is where it may be taken out; a closed one keeps a secret that is of no use.
    """
    header = _fitting(path, key)
    if "passphrase" not in header.wraps:
        raise Refused(_("The keychain is the only way in beside the recovery code. Set a passphrase first."))
    save(path, header.with_wrap("keychain", None))
    if keychain is not None:
        with contextlib.suppress(KeychainUnavailable):
            keychain.delete(header.id)


def draw_recovery() -> str:
    """A recovery code that opens nothing before ``set_recovery``."""
    return recovery_code.write(recovery_code.draw())


def set_recovery(path: Path, key: bytes, code: str) -> None:
    """Put a recovery code in the place of the old one, which then opens nothing. Raises WrongKey."""
    header = _fitting(path, key)
    save(path, header.with_wrap("recovery", _wrap_recovery(header, key, recovery_code.read(code))))


def _check_value(key: bytes) -> str:
    return hmac.digest(key, b"coachdesk key check", hashlib.sha256)[:16].hex()


def _fitting(path: Path, key: bytes) -> Header:
    header = load(path)
    if not hmac.compare_digest(header.check, _check_value(key)):
        raise WrongKey(_("This key belongs to other records."))
    return header


def _wrap_passphrase(header: Header, key: bytes, text: str) -> Wrap:
    refuse_short(text)
    salt, cost = secrets.token_bytes(16), COST
    sealed = _sealed(header, "passphrase", stretched(text, cost, salt), key)
    return {**sealed, "salt": text_of(salt), "memory_kib": cost[0], "passes": cost[1], "lanes": cost[2]}


def refuse_short(text: str) -> None:
    """Raise Refused for a passphrase that is too short to be one."""
    count = len(_normal(text))
    if count < SHORTEST:
        raise Refused(
            _(
                "A passphrase needs at least {least} characters, this one has {count}. Five words are a good one."
            ).format(least=SHORTEST, count=count)
        )


def _wrap_recovery(header: Header, key: bytes, secret: bytes) -> Wrap:
    return _sealed(header, "recovery", _derived(header, secret), key)


def _wrap_keychain(header: Header, key: bytes, keychain: Keychain) -> Wrap:
    # A secret that is there already is used again: were it replaced and the header then not written, the old header
    # could no longer be opened through the keychain.
    secret = keychain.get(header.id) or text_of(secrets.token_bytes(_KEY))
    keychain.set(header.id, secret)
    if keychain.get(header.id) != secret:
        raise KeychainUnavailable(_("The keychain “{name}” did not keep the key.").format(name=keychain.name))
    return {**_sealed(header, "keychain", _keychain_bytes(secret), key), "backend": keychain.name}


def _keychain_bytes(secret: str) -> bytes:
    return hashlib.sha256(b"coachdesk keychain" + secret.encode()).digest()


def _derived(header: Header, secret: bytes) -> bytes:
    # The code is 160 random bits: a plain hash is enough, stretching adds nothing.
    return hmac.digest(secret, f"coachdesk recovery {header.id}".encode(), hashlib.sha256)


def stretched(text: str, cost: tuple[int, int, int], salt: bytes) -> bytes:
    """A key of 32 bytes out of a passphrase by Argon2id; ``cost`` is KiB, passes, lanes. Raises Refused: no memory."""
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    memory, passes, lanes = cost
    try:
        return hash_secret_raw(_normal(text).encode(), salt, passes, memory, lanes, _KEY, Type.ID)
    except (HashingError, MemoryError) as error:
        raise Refused(
            _("There is not enough free memory to check the passphrase. Close other programs and try again.")
        ) from error


def _normal(text: str) -> str:
    # The same letters typed on another keyboard or system can arrive composed differently.
    return unicodedata.normalize("NFKC", text)


def _sealed(header: Header, kind: str, wrapping: bytes, key: bytes) -> dict[str, Any]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    return {"nonce": text_of(nonce), "sealed": text_of(AESGCM(wrapping).encrypt(nonce, key, _bound(header, kind)))}


def _opened(header: Header, kind: str, wrapping: bytes, path: Path) -> bytes | None:
    """The key out of one wrap; None if what was given does not open it."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    wrap = header.wraps.get(kind, {})
    nonce, sealed = bytes_of(path, wrap, "nonce"), bytes_of(path, wrap, "sealed")
    try:
        key = AESGCM(wrapping).decrypt(nonce, sealed, _bound(header, kind))
    except InvalidTag:
        return None
    except ValueError:
        refuse_damaged(path)
    if not hmac.compare_digest(header.check, _check_value(key)):
        refuse_damaged(path)
    return key


def _bound(header: Header, kind: str) -> bytes:
    """What AES-GCM authenticates beside the key, so that no wrap can stand in for another or in another header."""
    return f"{FORMAT}/{VERSION}/{header.id}/{kind}".encode()


def _cost(path: Path, wrap: Wrap) -> tuple[int, int, int]:
    try:
        return cost_of(wrap)
    except ValueError:
        refuse_damaged(path)


def cost_of(written: Mapping[str, Any]) -> tuple[int, int, int]:
    """The cost as it was written with a salt; raises ValueError for one that is missing or beyond reason."""
    try:
        memory, passes, lanes = int(written["memory_kib"]), int(written["passes"]), int(written["lanes"])
    except (KeyError, TypeError) as error:
        raise ValueError(error) from error
    if not (1 <= lanes <= 16 and 8 * lanes <= memory <= 1024 * 1024 and 1 <= passes <= 64):
        raise ValueError("no cost of ours")
    return memory, passes, lanes
