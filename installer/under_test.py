"""The frozen program with one more executable, which runs the tests' own modules; it is never shipped."""

from pathlib import Path

from installer import freeze


def make(into: Path) -> list[Path]:
    """Freeze into ``under-test`` in this folder; the frozen folder is the answer."""
    return freeze.frozen(into / "under-test", under_test=True)
