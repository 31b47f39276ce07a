"""Which packages of Debian a frozen folder needs, as found out by dpkg-shlibdeps(1) from the files themselves."""

import re
import subprocess
import tempfile
from pathlib import Path

from installer import elf

OPTIONAL = ("libqgtk3.so", "libcupsprintersupport.so")
"""Plug-ins that Qt does without where their libraries are missing: the look of a GTK desktop, and printers."""
BY_NAME = ("libdbus-1-3", "libegl1", "libgl1", "fontconfig-config", "xkb-data", "libx11-data", "tzdata")
"""What is opened by its name only while the program runs, so that no file tells of it: the bus and the screen's
graphics by Qt, the lists of fonts, keys and key sequences by the libraries that come along, and the zones of time."""


def packages(folder: Path) -> list[str]:
    """What is needed, each package with its lowest version, but for those whose library comes along.

    Raises RuntimeError where a file needs a library that this computer does not have.
    """
    named: dict[str, str] = {}
    for relation in [*_asked(folder), *BY_NAME]:
        named.setdefault(relation.split()[0], relation)
    return sorted(named.values())


def _asked(folder: Path) -> list[str]:
    files = [path for path in elf.files(folder.resolve()) if path.name not in OPTIONAL]
    own = sorted({path.parent for path in files})
    with tempfile.TemporaryDirectory() as place:
        control = Path(place, "debian", "control")
        control.parent.mkdir()
        control.write_text("Source: coachdesk\n\nPackage: coachdesk\nArchitecture: any\n", "utf-8")
        words = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0", *(f"-l{each}" for each in own)]
        words += [*(f"-x{package}" for package in _along(files)), *(f"-e{path}" for path in files)]
        done = subprocess.run(words, cwd=place, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found = re.search(r"^shlibs:Depends=(.*)$", done.stdout, re.MULTILINE)
    return found[1].split(", ") if found else []


def _along(files: list[Path]) -> list[str]:
    """The packages from which libraries were taken into the folder."""
    names = [f"*/{path.name}" for path in files if path.parent.name == "_internal" and path.name.startswith("lib")]
    asked = subprocess.run(["dpkg-query", "-S", *names], capture_output=True, text=True, check=False)
    return sorted({line.split(":")[0] for line in asked.stdout.splitlines() if not line.startswith("diversion ")})
