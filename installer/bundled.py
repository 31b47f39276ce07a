"""What the frozen folder holds: each file and each module inside the programs, with the file it was made from."""

import ast
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from installer import ROOT

WORK = ROOT / "build" / "frozen" / "build"
"""Where PyInstaller leaves its tables, one ``.toc`` for each step of ``build.spec``."""

Row = tuple[str, str, str]
"""Of such a table: name in the folder, file it came from, kind."""


@dataclass(frozen=True)
class Bundle:
    """The frozen folder, as far as origins go."""

    files: dict[str, Path | None]
    """Each file by its place in the folder, with ``/``; ``None`` where the tables do not name it."""
    modules: frozenset[Path]
    """The source of everything that is packed into the programs themselves."""

    @property
    def sources(self) -> set[Path]:
        """Every file something was made from."""
        return {source for source in self.files.values() if source} | self.modules


def read(folder: Path, work: Path = WORK) -> Bundle:
    """The files of a frozen folder and where they came from.

    Symbolic links are left out: what they point to is in the folder itself. Raises ``FileNotFoundError`` where
    PyInstaller's tables are gone; then the folder has to be built again.
    """
    origins = {place: source for row in table(work / "COLLECT-00.toc") for place, source in _places(row)}
    return Bundle({place: origins.get(place) for place in files(folder)}, frozenset(_packed(work)))


def files(folder: Path) -> list[str]:
    """The files of a folder by their place in it, in order; no links."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and not path.is_symlink()
    )


def table(path: Path) -> list[Row]:
    """The rows of one of PyInstaller's tables: the one list of triples in it."""
    for part in ast.literal_eval(path.read_text("utf-8")):
        if isinstance(part, list) and part and all(isinstance(row, tuple) and len(row) == 3 for row in part):
            return part
    raise ValueError(f"{path.name} holds no table")


def _places(row: Row) -> Iterator[tuple[str, Path]]:
    """Where a file may be: programs lie beside the folder of everything else."""
    name, source, kind = row
    if kind not in {"SYMLINK", "DEPENDENCY"}:
        place = posixpath.normpath(name.replace("\\", "/"))
        yield (place if kind in {"EXECUTABLE", "PKG"} else f"_internal/{place}"), Path(source)


def _packed(work: Path) -> Iterator[Path]:
    for path in [*work.glob("PYZ-*.toc"), *work.glob("PKG-*.toc")]:
        for _, source, kind in table(path):
            if kind.startswith("PY") and kind != "PYZ" and source not in {"", "-"}:
                yield Path(source)
