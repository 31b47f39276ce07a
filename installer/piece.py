"""One piece of software as the notices and the list of contents name it, and the licence texts that are kept here."""

import re
from dataclasses import dataclass
from pathlib import Path

LICENCES = Path(__file__).parent / "licences"
IMPLIED = {"LGPL-3.0-only": ("GPL-3.0-only",), "LGPL-3.0-or-later": ("GPL-3.0-only",)}
"""Licences that stand on another one and are to be read with it."""


class Unlicensed(Exception):
    """Of something that is bundled we have no licence, or not its text; a release without it is not lawful."""


@dataclass(frozen=True)
class Text:
    """A licence, or a notice that has to go with the program."""

    title: str
    words: str


@dataclass(frozen=True)
class Piece:
    """A library, a font, a program: what it is called, how it is licensed, and which files of the folder are its."""

    name: str
    version: str
    licence: str
    """An expression of SPDX, else words."""
    purl: str = ""
    """Its address among all packages (package-url), without qualifiers that name a computer."""
    texts: tuple[Text, ...] = ()
    note: str = ""
    inside: tuple["Piece", ...] = ()
    """What is compiled into it."""
    files: tuple[str, ...] = ()


def kept(name: str) -> Text:
    """A text from ``installer/licences``."""
    return Text(name, (LICENCES / f"{name}.txt").read_text("utf-8").strip())


def standard(expression: str) -> tuple[Text, ...]:
    """The texts of an SPDX expression: of what is joined by AND each, of what OR leaves to choose the first kept here.

    Raises ``Unlicensed`` where none of a choice is kept. A WITH only permits more, and adds no text.
    """
    chosen = [_one_of(choice) for choice in re.split(r"\s+AND\s+", expression)]
    names = [name for each in chosen for name in (each, *IMPLIED.get(each, ()))]
    return tuple(kept(name) for name in dict.fromkeys(names))


def _one_of(choice: str) -> str:
    names = re.split(r"\s+OR\s+|/", choice.strip("() "))
    names = [name.partition(" WITH ")[0].strip("() ") for name in names]
    for name in names:
        if (LICENCES / f"{name}.txt").exists():
            return name
    raise Unlicensed(f"No text of {choice} in installer/licences.")


def openssl(version: str) -> Piece:
    """OpenSSL, which several others have compiled into them."""
    return Piece("OpenSSL", version, "Apache-2.0", f"pkg:generic/openssl@{version}", standard("Apache-2.0"))
