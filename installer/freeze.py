"""The frozen program: PyInstaller's run over ``build.spec``, and what is done to the folder it makes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from installer import ROOT, libraries, notices, origin


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
        libraries.lighten(work / "made" / "coachdesk")
    for told in [] if under_test else [work / "made" / "coachdesk", *work.glob("made/*.app/Contents/Resources")]:
        notices.make(work / "made" / "coachdesk", told)
    into.mkdir(parents=True, exist_ok=True)
    return [_moved(made, into / made.name) for made in sorted((work / "made").iterdir())]


def _moved(made: Path, to: Path) -> Path:
    if to.exists():
        shutil.rmtree(to)
    return made.rename(to)
