"""Whose a file is: of an installed wheel, of Python, of a Debian package, of Microsoft's runtime, or our own."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from installer import ROOT

OURS = "coachdesk"
MICROSOFT = re.compile(r"(vcruntime|msvcp|concrt|ucrtbase|api-ms-win-).*\.dll", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Owner:
    """One piece of software: what kind of thing it is, and its name among those."""

    kind: str
    name: str


PROJECT = Owner("project", OURS)
PYTHON = Owner("python", "CPython")
RUNTIME = Owner("microsoft", "Microsoft Visual C++ runtime")


def find(sources: Iterable[Path]) -> dict[Path, Owner]:
    """The owner of each of these files; those that belong to nothing known are left out."""
    left, found = set(sources), dict[Path, Owner]()
    for those_of in (_wheels, _microsoft, _python, _debian, _project):
        found |= those_of(left)
        left -= found.keys()
    return found


def _wheels(sources: set[Path]) -> dict[Path, Owner]:
    known = _installed()
    return {path: known[name] for path in sources if (name := _name(path)) in known}


def _name(path: object) -> str:
    """A path as it is compared: Windows does not tell large letters from small ones."""
    return os.path.normcase(os.path.abspath(str(path)))


@cache
def _installed() -> dict[str, Owner]:
    """Every file of every installed wheel; ours is installed as a link to this tree."""
    named = ((each, Owner("wheel", each.name)) for each in metadata.distributions())  # each name is read from a file
    return {
        _name(each.locate_file(path)): owner if owner.name != OURS else PROJECT
        for each, owner in named
        for path in each.files or []
    }


def _python(sources: set[Path]) -> dict[Path, Owner]:
    """Python's own files, where it has a folder to itself; Debian's is told by package instead.

    What others put into that folder is in ``site-packages``, and not Python's.
    """
    own = [] if sys.base_prefix in {"/usr", "/usr/local"} else [Path(sys.base_prefix)]
    its = {path for path in sources if _is_in(path, own) and "site-packages" not in path.parts}
    return dict.fromkeys(its | {path for path in sources if path.name == "base_library.zip"}, PYTHON)


def _debian(sources: set[Path]) -> dict[Path, Owner]:
    if not sources or not shutil.which("dpkg"):
        return {}
    names = {name: path for path in sources for name in _names(path)}
    asked = subprocess.run(["dpkg", "-S", *sorted(names)], capture_output=True, text=True, check=False)
    answers = [line.rpartition(": ") for line in asked.stdout.splitlines() if not line.startswith("diversion ")]
    return {names[path]: Owner("debian", package.split(",")[0]) for package, _, path in answers if path in names}


def _names(path: Path) -> set[str]:
    """A file's names as dpkg may know it: /lib and /usr/lib are one folder, and a library's name is often a link."""
    both = {str(path), os.path.realpath(path)}
    return both | {name.removeprefix("/usr") for name in both}


def _microsoft(sources: set[Path]) -> dict[Path, Owner]:
    return {path: RUNTIME for path in sources if MICROSOFT.fullmatch(path.name)}


def _project(sources: set[Path]) -> dict[Path, Owner]:
    """What is in our tree, and what building made of it; the environment inside the tree is not ours."""
    return {path: PROJECT for path in sources if _is_in(path, [ROOT]) and not _is_in(path, [Path(sys.prefix)])}


def _is_in(path: Path, folders: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)
