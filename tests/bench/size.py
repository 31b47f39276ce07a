"""The rows about what CoachDesk takes on the disk: the folder of the frozen program, and the Debian package."""

from pathlib import Path

from tests.bench.figures import Figure, Limit
from tests.bench.ground import Ground
from tests.program_under_test import ROOT

MEGABYTE = 1_000_000


def of_built(_ground: Ground) -> list[Figure]:
    """Of what was built last; the other programs of the bench are not asked."""
    dist = ROOT / "dist"
    packages = sorted(dist.glob("*.deb"), key=lambda path: path.stat().st_mtime)
    return [
        Figure("installed program, all files", megabytes(dist / "coachdesk"), "MB", Limit(most=170)),
        Figure("Debian package", megabytes(packages[-1]) if packages else None, "MB", Limit(most=60)),
    ]


def megabytes(path: Path) -> float | None:
    """Millions of bytes in a file, or in all files below a folder, where a link counts as one; None if not there."""
    if not path.exists():
        return None
    return sum(each.lstat().st_size for each in [path, *path.rglob("*")] if not each.is_dir()) / MEGABYTE
