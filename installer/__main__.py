"""``python -m installer PART``: make one part of a release, and print the files it made."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from coachdesk.errors import Refused

PARTS = {
    "freeze": "the frozen program, which runs without Python: a folder, on macOS an application too",
    "under_test": "the same, with one more executable that runs the tests' own modules; never shipped",
    "notices": "the licences of everything bundled",
    "sbom": "the list of everything bundled, in CycloneDX",
    "deb": "the Debian package",
    "tar": "the archive that runs wherever it is unpacked",
    "nsis": "the installer for Windows",
    "dmg": "the disk image for macOS",
    "checksums": "the checksums of all files of the release",
}
"""Each is a module of this package with ``make(frozen, into)``: from the frozen folder, make files in another, and
name them. Those of ``FIRST`` make the frozen folder, by ``make(into)``."""

FIRST = ("freeze", "under_test")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make what is asked for; the answer is the exit code."""
    asked = _reader().parse_args(arguments)
    module = import_module(f"installer.{asked.part}")
    try:
        made = module.make(asked.into) if asked.part in FIRST else module.make(asked.frozen, asked.into)
    except Refused as why:
        print(why.sentence, file=sys.stderr)
        return 1
    for path in made:
        print(path)
    return 0


def _reader() -> argparse.ArgumentParser:
    told = "\n".join(f"  {part:<12}{sentence}" for part, sentence in PARTS.items())
    reader = argparse.ArgumentParser(
        prog="python -m installer", description=__doc__.partition(": ")[2], epilog=f"parts:\n{told}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    reader.add_argument("part", choices=PARTS, metavar="PART")
    reader.add_argument("--frozen", type=Path, default=Path("dist", "coachdesk"), help="the frozen folder")
    reader.add_argument("--into", type=Path, default=Path("dist"), help="where the files go")
    return reader


if __name__ == "__main__":
    sys.exit(main())
