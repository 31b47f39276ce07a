"""The frozen program: PyInstaller's run over ``build.spec``, then what names the computer it ran on is taken out."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from installer import notices, origin

ROOT = Path(__file__).parent.parent
NOWHERE = b"/nowhere"


def make(into: Path) -> list[Path]:
    """Freeze into ``coachdesk`` in this folder; the frozen folder is the answer, on macOS the application too."""
    return frozen(into)


def frozen(into: Path, *, under_test: bool = False) -> list[Path]:
    """Run PyInstaller, so that the same source always gives the same files; raises CalledProcessError.

    What was there before stays until the new is complete.
    """
    work = ROOT / "build" / ("under-test" if under_test else "frozen")
    command = [
        *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
        *("--distpath", str(work / "made"), "--workpath", str(work), str(ROOT / "build.spec")),
        *(("--", "--under-test") if under_test else ()),
    ]
    fixed = {origin.EPOCH: str(origin.epoch()), "PYTHONHASHSEED": "0", "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(command, cwd=ROOT, env={**os.environ, **fixed}, check=True)
    if sys.platform == "linux":
        neutralise(work / "made" / "coachdesk")
    for told in [] if under_test else [work / "made" / "coachdesk", *work.glob("made/*.app/Contents/Resources")]:
        notices.make(work / "made" / "coachdesk", told)
    into.mkdir(parents=True, exist_ok=True)
    return [_moved(made, into / made.name) for made in sorted((work / "made").iterdir())]


def _moved(made: Path, to: Path) -> Path:
    if to.exists():
        shutil.rmtree(to)
    return made.rename(to)


def neutralise(folder: Path) -> None:
    """Take symbols for debugging out of the libraries, and every path of this computer's Python.

    Python is compiled with the path it is installed at, and looks beside itself first when frozen. A path is
    overwritten by one that is as long and leads nowhere, as a library cannot become shorter.
    """
    here = sorted({sys.base_prefix, sys.prefix, str(ROOT)} - {"/usr"}, key=len, reverse=True)
    for library in libraries(folder):
        if ".debug_info" in _sections(library):
            subprocess.run(["strip", "--strip-debug", str(library)], check=True)
        content = library.read_bytes()
        cleaned = content
        for path in here:
            cleaned = cleaned.replace(path.encode(), elsewhere(path.encode()))
        if cleaned != content:
            library.write_bytes(cleaned)


def elsewhere(path: bytes) -> bytes:
    """A path of the same length that leads nowhere; a repeated slash counts as one.

    Its last name stays: a linker lets a shorter text, such as the version of Python, be the end of a longer one.
    """
    parent, slash, name = path.rpartition(b"/")
    return NOWHERE[: len(parent)].ljust(len(parent), b"/") + slash + name


def libraries(folder: Path) -> Iterator[Path]:
    """Every file of machine code beside the program itself."""
    for path in sorted((folder / "_internal").rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def _sections(library: Path) -> str:
    return subprocess.run(["objdump", "-h", str(library)], capture_output=True, text=True, check=True).stdout
