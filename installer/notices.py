"""NOTICES.txt: who made what is bundled, and under which licences; each text once."""

import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from coachdesk import NAME, __version__
from installer import pieces
from installer.piece import Piece, Text

FILE = "NOTICES.txt"
WIDTH = 100
OPENING = """\
{name} itself is free software under the MIT licence. It is built on the work of many others, which is bundled with it.
This file names each piece, its version and its licence, and then gives the texts of all licences, each of them once.
"""


def make(frozen: Path, into: Path) -> list[Path]:
    """Write the notices of a frozen folder; raises ``Unaccounted`` or ``Unlicensed`` rather than leave a gap."""
    target = into / FILE
    target.write_text(written(pieces.of(frozen)), "utf-8", newline="\n")
    return [target]


def written(everything: Iterable[Piece]) -> str:
    """The notices of these pieces and of what is compiled into them."""
    everything = list(everything)
    every_text = _numbered(everything)
    title = f"{NAME} {__version__}: what is bundled, and its licences"
    head = [title, "=" * len(title), "", *textwrap.wrap(OPENING.format(name=NAME), WIDTH), ""]
    listed = [line for it in everything for line in _entry(it, every_text, "")]
    texts = [line for text, number in every_text.items() for line in _chapter(number, text)]
    return "\n".join([*head, *listed, *texts]) + "\n"


def _numbered(everything: list[Piece]) -> dict[str, int]:
    """Every text, in the order of first use, with its number."""
    words = dict.fromkeys(text.words for it in everything for text in _all_texts(it))
    return {text: number for number, text in enumerate(words, start=1)}


def _all_texts(it: Piece) -> Iterator[Text]:
    yield from it.texts
    for part in it.inside:
        yield from _all_texts(part)


def _entry(it: Piece, numbers: dict[str, int], indent: str) -> Iterator[str]:
    yield f"{indent}{it.name} {it.version}".rstrip()
    texts = ", ".join(f"{text.title} [{numbers[text.words]}]" for text in it.texts)
    for words in (f"Licence: {it.licence}", f"Texts: {texts}", it.note):
        yield from textwrap.wrap(words, WIDTH, initial_indent=f"{indent}    ", subsequent_indent=f"{indent}      ")
    if it.inside:
        yield f"{indent}    In it:"
    for part in it.inside:
        yield from _entry(part, numbers, f"{indent}      ")
    if not indent:
        yield ""


def _chapter(number: int, words: str) -> list[str]:
    return ["", "-" * WIDTH, f"[{number}]", "-" * WIDTH, "", *(line.rstrip() for line in words.splitlines())]
