"""Python itself as a piece of software: its licence, and the libraries it has compiled into it or brings along."""

import decimal
import os
import platform
import pyexpat
import ssl
from collections.abc import Collection, Iterator
from pathlib import Path

from installer.piece import Piece, Text, Unlicensed, openssl, standard


def piece(name: str, own: Collection[str], everything: Collection[str]) -> Piece:
    """Python, given which files of the folder are its own, and all files of the folder."""
    version = platform.python_version()
    inside = tuple(_inside(own, everything))
    return Piece(name, version, "Python-2.0.1", f"pkg:generic/cpython@{version}", (_licence(),), "", inside)


def _inside(own: Collection[str], everything: Collection[str]) -> Iterator[Piece]:
    """What is not there as a library of the system, as Debian has it, and OpenSSL where Python came with it."""
    expat, mpdec = pyexpat.EXPAT_VERSION.removeprefix("expat_"), getattr(decimal, "__libmpdec_version__", "")
    if not _holds(everything, "libexpat"):
        yield Piece("Expat", expat, "MIT", f"pkg:generic/expat@{expat}", standard("MIT"))
    if not _holds(everything, "libmpdec"):
        yield Piece("libmpdec", mpdec, "BSD-2-Clause", f"pkg:generic/mpdecimal@{mpdec}", standard("BSD-2-Clause"))
    if _holds(own, "libcrypto"):
        yield openssl(ssl.OPENSSL_VERSION.split()[1])


def _holds(places: Collection[str], library: str) -> bool:
    return any(library in place for place in places)


def _licence() -> Text:
    """Python's licence, where Python itself looks for it (``site.setcopyright``)."""
    library = Path(os.__file__).parent
    for path in (library.parent / "LICENSE.txt", library / "LICENSE.txt", library / "LICENSE"):
        if path.is_file():
            return Text(path.name, path.read_text("utf-8").strip())
    raise Unlicensed("Python came without its licence file.")
