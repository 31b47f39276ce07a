"""The way to the key from the command line: keychain, passphrase file, environment, and only then a question."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coachdesk.cli.given import Given
from coachdesk.errors import KeychainUnavailable, RecordsMissing, Refused
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.storage.keys import Keychain

PASSPHRASE = "COACHDESK_PASSPHRASE"


def key_for(given: Given, *, ask: bool = True, keychain: "Keychain | None" = None) -> bytes:
    """The key of the records; with ``ask`` false nobody is asked for a passphrase.

    The keychain is this computer's where none is given.

    Raises:
        Refused: there are no records, what was given does not open them, or nothing was given and nobody can be asked.
    """
    from coachdesk.storage import keys

    home = given.home
    _refuse_before_first_run(given)
    ways = keys.ways(home.keys)
    unavailable: KeychainUnavailable | None = None
    keychain = keychain or usable_keychain(given)
    if "keychain" in ways and keychain is not None:
        try:
            return keys.with_keychain(home.keys, keychain)
        except KeychainUnavailable as why:
            unavailable = why
    passphrase = passphrase_given(given)
    if passphrase is None and "passphrase" in ways and ask and may_ask(given):
        passphrase = ask_for(_("Passphrase: "))
    if passphrase is not None:
        return keys.with_passphrase(home.keys, passphrase)
    raise unavailable or Refused(
        _("The records are locked. Give --passphrase-file FILE, or set {variable}.").format(variable=PASSPHRASE)
    )


def passphrase_given(given: Given) -> str | None:
    """The passphrase out of the file or the environment; None where neither is given."""
    if given.passphrase_file is not None:
        return first_line(given.passphrase_file)
    return os.environ.get(PASSPHRASE) or None


def new_passphrase(given: Given, *, optional: bool) -> str | None:
    """A passphrase for new records: the one given, else typed twice; None where none is given or wanted."""
    found = passphrase_given(given)
    if found is not None or not may_ask(given):
        return found
    question = _("New passphrase (empty for the keychain alone): ") if optional else _("New passphrase: ")
    typed = ask_for(question)
    if not typed:
        return None
    if ask_for(_("Once more: ")) != typed:
        raise Refused(_("The two passphrases differ; nothing was done."))
    return typed


def usable_keychain(given: Given) -> "Keychain | None":
    """This computer's keychain; None where its prompt would find nobody: with ``--json``, in tests and in CI."""
    from coachdesk.storage import keys

    return None if given.json or os.environ.get("CI") else keys.keychain_here()


def may_ask(given: Given) -> bool:
    """Whether somebody sits at a terminal to be asked."""
    return not given.json and not os.environ.get("CI") and sys.stdin is not None and sys.stdin.isatty()


def ask_for(question: str) -> str:
    """What is typed at the terminal without being shown."""
    import getpass

    return getpass.getpass(question)


def first_line(path: Path) -> str:
    """The passphrase in a file; raises Refused."""
    try:
        return path.read_text("utf-8-sig").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError):
        raise Refused(_("The passphrase file cannot be read: {path}.").format(path=path)) from None


def _refuse_before_first_run(given: Given) -> None:
    from coachdesk.storage import store

    if given.home.is_away:
        raise store.folder_missing(given.home.root)
    if store.found(given.home.records, given.home.keys) in ("nothing", "unfinished"):
        raise RecordsMissing(
            _("There are no records in {folder} yet; begin with: coachdesk init").format(folder=given.home.root)
        )
