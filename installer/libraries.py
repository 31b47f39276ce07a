"""What is done to the libraries of the frozen program on Linux: nothing in them is unused, or names this computer."""

import subprocess
import sys
from pathlib import Path

from installer import ROOT, elf, icu

NOWHERE = b"/nowhere"
UNTOUCHED = ".libs"
"""How a folder of libraries ends whose file form bears no stripping: their names were changed after they were linked.

``strip`` would misplace their segments (binutils 2.40; numpy's ``libscipy_openblas``), and they would not load.
"""


def lighten(folder: Path) -> None:
    """Take out symbols, the parts of ICU's data that Qt never asks for, and every path of this computer's Python.

    Python is compiled with the path it is installed at, and looks beside itself first when frozen. A path is
    overwritten by one that is as long and leads nowhere, as a library cannot become shorter.
    """
    here = sorted({sys.base_prefix, sys.prefix, str(ROOT)} - {"/usr"}, key=len, reverse=True)
    for library in elf.files(folder / "_internal"):
        if library.name.startswith("libicudata."):
            icu.trim(library)
        if not library.parent.name.endswith(UNTOUCHED):
            subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)
        _neutralise(library, here)


def _neutralise(library: Path, paths: list[str]) -> None:
    content = cleaned = library.read_bytes()
    for path in paths:
        cleaned = cleaned.replace(path.encode(), elsewhere(path.encode()))
    if cleaned != content:
        library.write_bytes(cleaned)


def elsewhere(path: bytes) -> bytes:
    """A path of the same length that leads nowhere; a repeated slash counts as one.

    Its last name stays: a linker lets a shorter text, such as the version of Python, be the end of a longer one.
    """
    parent, slash, name = path.rpartition(b"/")
    return NOWHERE[: len(parent)].ljust(len(parent), b"/") + slash + name
