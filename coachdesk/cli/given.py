"""What stands before or after any verb: the folder of the records, JSON or words, where the passphrase is."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from coachdesk import paths

VALUED = {"--home": "home", "--passphrase-file": "passphrase_file"}


@dataclass(frozen=True)
class Given:
    """The options that hold for every verb, and the rest of the command line as it stood."""

    folder: str | None = None
    json: bool = False
    passphrase_file: Path | None = None
    rest: tuple[str, ...] = ()

    @cached_property
    def home(self) -> paths.Home:
        """The folder of the records and settings."""
        return paths.home(self.folder)

    @property
    def noun(self) -> str:
        """The first word that is no option; empty when there is none."""
        return next((word for word in self.rest if not word.startswith("-")), "")


def read(arguments: Sequence[str]) -> Given:
    """Take these options from wherever they stand before a ``--``; one without its value stays where it is."""
    found: dict[str, str] = {}
    rest: list[str] = []
    as_json = False
    words = [_text(word) for word in arguments]
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *words]
            break
        if word == "--json":
            as_json = True
        elif name in VALUED and (equals or words):
            found[VALUED[name]] = value if equals else words.pop(0)
        else:
            rest.append(word)
    file = found.get("passphrase_file")
    return Given(found.get("home"), as_json, Path(file).absolute() if file else None, tuple(rest))


def _text(word: str) -> str:
    """A word of the command line as UTF-8, also where the locale knows fewer letters; other bytes stay as they are."""
    try:
        return os.fsencode(word).decode()
    except UnicodeError:
        return word
