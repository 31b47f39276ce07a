"""Which packages of Debian a frozen folder needs, as found out by dpkg-shlibdeps(1) from the files themselves."""

import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

ELF = b"\x7fELF"
STRENGTH = {"libqgtk3.so": "Suggests", "libcupsprintersupport.so": "Recommends"}
"""Plug-ins that Qt does without where their libraries are missing: the look of a GTK desktop, and printers."""
BY_NAME = ("libdbus-1-3", "libegl1", "libgl1", "fontconfig-config", "xkb-data", "libx11-data", "tzdata")
"""What is opened by its name only while the program runs, so that no file tells of it: the bus and the screen's
graphics by Qt, the lists of fonts, keys and key sequences by the libraries that come along, and the zones of time."""


def packages(folder: Path) -> dict[str, list[str]]:
    """By field of the package ("Depends" …) what is needed, each with its lowest version.

    Raises RuntimeError where a file needs a library that this computer does not have.
    """
    needed = _asked(folder)
    depends = [*needed.get("Depends", []), *BY_NAME]
    named: dict[str, str] = {}
    for relation in depends:
        named.setdefault(relation.split()[0], relation)
    return {**needed, "Depends": sorted(named.values())}


def elf_files(folder: Path) -> Iterator[Path]:
    """Programs and libraries, by what is in them."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == ELF:
                    yield path


def _asked(folder: Path) -> dict[str, list[str]]:
    by_field: dict[str, list[Path]] = {"Depends": [], "Recommends": [], "Suggests": []}
    for path in elf_files(folder.resolve()):
        by_field[STRENGTH.get(path.name, "Depends")].append(path)
    own = {path.parent for paths in by_field.values() for path in paths}
    with tempfile.TemporaryDirectory() as place:
        control = Path(place, "debian", "control")
        control.parent.mkdir()
        control.write_text("Source: coachdesk\n\nPackage: coachdesk\nArchitecture: any\n", "utf-8")
        words = [
            "dpkg-shlibdeps",
            "-O",
            "--ignore-missing-info",
            "--warnings=0",
            *(f"-l{each}" for each in sorted(own)),
        ]
        for field, paths in by_field.items():
            words += [f"-d{field}", *(f"-e{path}" for path in paths)]
        done = subprocess.run(words, cwd=place, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    lines = re.findall(r"^shlibs:(\w+)=(.*)$", done.stdout, re.MULTILINE)
    return {field: [relation.strip() for relation in said.split(",")] for field, said in lines}
