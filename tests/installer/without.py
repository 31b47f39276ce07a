"""Where what the frozen program leaves out cannot be imported, all of ours and all that it draws still works.

Run as a program: ``python -m tests.installer.without``; it prints what could not be imported, and by whom.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from types import ModuleType

from installer import contents


class LeftOut:
    """Finds nothing of what is left out."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = set(names)

    def find_spec(self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        """As if it were not installed."""
        parts = name.split(".")
        if self._names.isdisjoint(".".join(parts[:count]) for count in range(1, len(parts) + 1)):
            return None
        if name in contents.STAND_INS:
            return spec_from_file_location(name, contents.STAND_INS[name])
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def main() -> None:
    """Import everything, draw one chart."""
    sys.meta_path.insert(0, LeftOut([*contents.LEFT_OUT, *contents.of_development()]))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    foreign = (".windows", ".macos", "_windows", "_macos", ".cocoa", ".win32", "macos", "registry")
    for name in contents.modules():
        if not any(part in name for part in foreign):
            _try(name)
    for name in (*contents.BY_NAME, *contents.imported_by_migrations()):
        _try(name) if name != "qtawesome" else None  # of which only files are read
    draw()


def _try(name: str) -> None:
    try:
        import_module(name)
    except ImportError:
        print(name, traceback.format_exc().splitlines()[-1])


def draw() -> None:
    """A chart, and its picture."""
    import pyqtgraph
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    plot = pyqtgraph.PlotWidget()
    plot.addItem(pyqtgraph.BarGraphItem(x=[1, 2], height=[3, 4], width=0.7))
    plot.show()
    application.processEvents()
    assert not plot.grab().isNull()


if __name__ == "__main__":
    main()
