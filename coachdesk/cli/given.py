"""What stands before or after any verb: the folder of the records, JSON or words; or a file in the place of a verb."""

import errno
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from coachdesk import paths
from coachdesk.errors import Refused
from coachdesk.words import _

LONGEST = 80
"""Characters of an endless path that are repeated to the coach."""
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
        """The folder of the records and settings. Raises Refused: no path is so long, or it is another user's."""
        if self.folder is not None:
            refuse_endless(self.folder)
        try:
            return paths.home(self.folder)
        except PermissionError as error:
            raise Refused(
                _(
                    "The records beside the program belong to another user of this computer, and were left alone: "
                    "{folder}. Ask whoever looks after the computer to make them yours, or keep them on a stick "
                    "formatted as exFAT. To open others: coachdesk --home FOLDER."
                ).format(folder=error.filename)
            ) from None

    @property
    def noun(self) -> str:
        """The first word that is no option; empty when there is none."""
        return next((word for word in self.rest if not word.startswith("-")), "")

    @cached_property
    def file(self) -> Path | None:
        """The one file given without a verb, as a file manager does for a double click; it may not be there.

        It is known by the ending of archives, as an address ``file:``, or as a path to what is there; no verb looks so.
        """
        words = self.rest[1:] if self.rest[:1] == ("--",) else self.rest
        if len(words) != 1 or words[0].startswith("-"):
            return None
        word = words[0]
        if word.lower().startswith("file:"):
            return _from_address(word)
        is_file = word.lower().endswith(paths.ARCHIVE) or (Path(word).name != word and _is_there(Path(word)))
        return Path(os.path.abspath(word)) if is_file else None


def refuse_endless(path: str) -> None:
    """Refuse a word that is longer than any path, before something stumbles over it."""
    try:
        os.lstat(path)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise Refused(_("This name is too long for a file: {path}").format(path=f"{path[:LONGEST]}…")) from None


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


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # too long for a name
        return False


def _from_address(address: str) -> Path:
    """The file of an address such as ``file:///home/ana/All%20of%20it.coachdesk`` or ``file:///C:/All.coachdesk``."""
    from urllib.parse import unquote_to_bytes, urlsplit

    parts = urlsplit(address)
    share = f"//{parts.netloc}" if parts.netloc not in ("", "localhost") else ""
    path = os.fsdecode(unquote_to_bytes(parts.path))
    return Path(share + re.sub(r"^/(?=[A-Za-z]:)", "", path))


def _text(word: str) -> str:
    """A word of the command line as UTF-8, also where the locale knows fewer letters; other bytes stay as they are."""
    try:
        return os.fsencode(word).decode()
    except UnicodeError:
        return word
