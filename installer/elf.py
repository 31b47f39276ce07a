"""Programs and libraries in a folder, by what is in them and not by their names (ELF, as on Linux)."""

from collections.abc import Iterator
from pathlib import Path

MAGIC = b"\x7fELF"


def files(folder: Path) -> Iterator[Path]:
    """Every program and library below a folder, each once: what only leads to one is none."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(len(MAGIC)) == MAGIC:
                    yield path
