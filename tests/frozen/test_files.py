"""The frozen folder as files: not too large, of this program alone, and without a word of where it was made."""

import ctypes.util
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyInstaller.archive.readers import CArchiveReader

from coachdesk import paths
from installer import contents, elf
from tests.bench.size import megabytes

pytestmark = pytest.mark.frozen

LARGEST = 170
"""Million bytes on the disk (docs/performance.md)."""


def inside(program: Path) -> Iterator[tuple[str, bytes]]:
    """Everything packed into an executable, by its name, unpacked."""
    archive = CArchiveReader(str(program))
    for name, entry in archive.toc.items():
        if entry[4] == "z":
            modules = archive.open_embedded_archive(name)
            yield from ((module, modules.extract(module, raw=True) or b"") for module in modules.toc)
        else:
            yield name, archive.extract(name)


def files(frozen: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the folder and everything packed into one."""
    for path in sorted(frozen.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield str(path.relative_to(frozen)), path.read_bytes()
    yield from inside(frozen / "coachdesk")
    with zipfile.ZipFile(frozen / "_internal" / "base_library.zip") as library:
        yield from ((name, library.read(name)) for name in library.namelist())


def test_it_is_small_enough(frozen: Path) -> None:
    assert LARGEST >= (megabytes(frozen) or 0)


def test_nothing_names_the_computer_it_was_made_on(frozen: Path) -> None:
    places = {sys.prefix, sys.base_prefix, str(contents.ROOT)} - {"/usr"}
    told = [name for name, content in files(frozen) if any(place.encode() in content for place in places)]
    assert [] == told


def test_only_what_the_program_needs_is_packed(frozen: Path) -> None:
    packed = {name.split(".")[0] for name, _content in inside(frozen / "coachdesk")}
    assert set() == packed & {*contents.of_development(), *contents.LEFT_OUT, "tests", "installer"}
    assert packed >= {"coachdesk", "numpy", "keyring", "secretstorage", "tzdata"}


def test_nothing_in_it_is_a_link_so_that_a_stick_can_hold_it(frozen: Path) -> None:
    assert [] == [path for path in frozen.rglob("*") if path.is_symlink()]


def test_it_knows_its_commit(frozen: Path) -> None:
    told = json.loads((frozen / "_internal/resources/build.json").read_text("utf-8"))
    assert {"commit", "changed", "built_on", "releases"} == told.keys()


def test_what_came_with_the_program_is_in(frozen: Path) -> None:
    resources = paths.resources()
    wanted = {path.relative_to(resources) for path in resources.rglob("*") if path.suffix not in (".pot", "")}
    there = {path.relative_to(frozen / "_internal/resources") for path in (frozen / "_internal/resources").rglob("*")}
    assert wanted <= there


def test_every_library_can_be_loaded(frozen: Path) -> None:
    needs_a_desktop = {} if ctypes.util.find_library("gtk-3") else {"libqgtk3.so"}
    every = [str(path) for path in elf.files(frozen / "_internal") if path.name not in needs_a_desktop]
    code = (
        "import ctypes, sys\n"
        "for path in sys.argv[1:]:\n"
        "    try: ctypes.CDLL(path)\n"
        "    except OSError as why: print(path, why)\n"
    )
    environment = {"LD_LIBRARY_PATH": str(frozen / "_internal")}
    done = subprocess.run(
        [sys.executable, "-c", code, *every], env=environment, capture_output=True, text=True, check=True
    )
    assert "" == done.stdout


@pytest.mark.parametrize("plugin", ["xcb", "wayland", "offscreen"])
def test_qts_platforms_are_there(frozen: Path, plugin: str) -> None:
    assert (frozen / f"_internal/PySide6/Qt/plugins/platforms/libq{plugin}.so").is_file()
