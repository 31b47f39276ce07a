"""A small frozen folder with PyInstaller's tables beside it, made of files that are really installed here."""

import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from installer import ROOT

Row = tuple[str, str, str]


@dataclass(frozen=True)
class Frozen:
    """The folder and PyInstaller's tables of it."""

    folder: Path
    work: Path
    rows: list[Row]
    modules: list[Row]

    def holds(self, name: str, source: Path, kind: str = "BINARY") -> Path:
        """One more file in the folder, made from this one."""
        place = self.folder / (name if kind == "EXECUTABLE" else f"_internal/{name}")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"made of {source.name}", "utf-8")
        self.rows.append((name, str(source), kind))
        self.write()
        return place

    def packs(self, module: str, source: Path) -> None:
        """One more module inside the program."""
        self.modules.append((module, str(source), "PYMODULE"))
        self.write()

    def write(self) -> None:
        """The tables as PyInstaller writes them."""
        self.work.mkdir(parents=True, exist_ok=True)
        (self.work / "COLLECT-00.toc").write_text(repr((self.rows,)), "utf-8")
        (self.work / "PYZ-00.toc").write_text(repr(("PYZ-00.pyz", self.modules)), "utf-8")
        (self.work / "PKG-00.toc").write_text(repr(("coachdesk.pkg", {}, [("PYZ", "PYZ-00.pyz", "PYZ")])), "utf-8")


def of_wheel(wheel: str, name: str) -> Path:
    """A file of an installed wheel, by the end of its path."""
    found = next(path for path in metadata.files(wheel) or [] if str(path).endswith(name))
    return Path(str(metadata.distribution(wheel).locate_file(found)))


def made(where: Path) -> Frozen:
    """A program of ours that has one module of ours, one wheel and Python in it."""
    frozen = Frozen(where / "coachdesk", where / "build", [], [])
    frozen.holds("coachdesk", ROOT / "build" / "frozen" / "build" / "coachdesk", "EXECUTABLE")
    frozen.holds("base_library.zip", ROOT / "build" / "frozen" / "build" / "base_library.zip", "DATA")
    frozen.holds("resources/icons/coachdesk.svg", ROOT / "resources" / "icons" / "coachdesk.svg", "DATA")
    frozen.packs("coachdesk.words", ROOT / "coachdesk" / "words.py")
    frozen.packs("six", of_wheel("six", "six.py"))
    frozen.packs("pathlib", Path(sys.modules["pathlib"].__file__ or ""))
    return frozen
