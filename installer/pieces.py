"""Everything that is bundled, as pieces of software: ours, wheels, Python, Debian's libraries, Microsoft's runtime."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from coachdesk import NAME, __version__
from installer import ROOT, bundled, debian, interpreter, owners, wheels
from installer.bundled import Bundle
from installer.owners import Owner
from installer.piece import Piece, Text

ADDED = {"NOTICES.txt"}
"""Files of our own that are put into the folder after PyInstaller."""
TOOLS = {"pyinstaller", "pyinstaller-hooks-contrib"}
"""Wheels that are bundled in part without being among what the program needs: what starts it."""
TERMS = "Redistributable files of Microsoft Visual C++, bundled as its terms allow (visualstudio.microsoft.com)."


class Unaccounted(Exception):
    """Something is bundled that belongs to nothing we know a licence of, or that the program does not need."""


def of(folder: Path, work: Path = bundled.WORK) -> list[Piece]:
    """Everything in a frozen folder, our own first, each with its files; raises ``Unaccounted`` and ``Unlicensed``."""
    return told(bundled.read(folder, work))


def told(bundle: Bundle) -> list[Piece]:
    """The pieces of what was read of a frozen folder."""
    owned = owners.find(bundle.sources)
    gaps = [*_gaps(bundle, owned)]
    if gaps:
        raise Unaccounted("\n".join(["Bundled, but of nothing known, or not among requirements.lock:", *gaps]))
    places = {owner: list[str]() for owner in {*owned.values(), owners.PROJECT, owners.PYTHON}}
    for place, source in bundle.files.items():
        places[owned[source] if source else owners.PROJECT].append(place)
    return [_piece(owner, tuple(places[owner]), bundle) for owner in sorted(places, key=_in_order)]


def _gaps(bundle: Bundle, owned: dict[Path, Owner]) -> Iterator[str]:
    yield from map(str, sorted(bundle.sources - owned.keys()))
    yield from (place for place, source in bundle.files.items() if not source and place not in ADDED)
    bundled_wheels = sorted({owner.name for owner in owned.values() if owner.kind == "wheel"})
    yield from (name for name in bundled_wheels if not is_locked(name))


def is_locked(wheel: str) -> bool:
    """Whether a wheel is one that the program needs, and not one that happens to be installed beside it."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    return wheel in TOOLS or re.search(rf"^{wheels.plain(wheel)}==", lock, re.MULTILINE) is not None


def _in_order(owner: Owner) -> tuple[bool, str]:
    return owner != owners.PROJECT, owner.name.lower()


def _piece(owner: Owner, places: tuple[str, ...], bundle: Bundle) -> Piece:
    if owner.kind == "wheel":
        made = wheels.piece(owner.name)
    elif owner.kind == "debian":
        made = debian.piece(owner.name)
    elif owner == owners.PYTHON:
        made = interpreter.piece(owner.name, places, bundle.files)
    elif owner == owners.PROJECT:
        made = _ours()
    else:
        made = Piece(owner.name, "", "Microsoft's terms for redistributable files", "", (Text("terms", TERMS),))
    return replace(made, files=places)


def _ours() -> Piece:
    text = Text("LICENSE", (ROOT / "LICENSE").read_text("utf-8").strip())
    return Piece(NAME, __version__, "MIT", f"pkg:generic/coachdesk@{__version__}", (text,))
