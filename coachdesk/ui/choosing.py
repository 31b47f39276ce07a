"""Choosing files and folders: in the person's documents at first, then where the last of that kind was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QDir, QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


def one_of(kinds: Iterable[str]) -> str:
    """Several kinds of files to choose among, each such as ``Calendars (*.ics)``, as Qt wants them."""
    return ";;".join(kinds)


def to_read(parent: QWidget, kind: str, title: str, filters: str) -> Path | None:
    """The file to read that the coach chooses; None where none. ``kind`` is what of, such as ``calendar``."""
    with _unnoted():
        chosen, _filter = QFileDialog.getOpenFileName(parent, title, str(_folder(parent, kind)), filters)
    return _remembered(parent, kind, Path(chosen).parent, chosen)


def to_write(parent: QWidget, kind: str, title: str, name: str, filters: str) -> tuple[Path | None, str]:
    """Where to write, with a name proposed, and the filter that was taken; None where nowhere.

    The chooser itself asks before a file is replaced.
    """
    with _unnoted():
        chosen, taken = QFileDialog.getSaveFileName(parent, title, str(_folder(parent, kind) / name), filters)
    return _remembered(parent, kind, Path(chosen).parent, chosen), taken


def folder(parent: QWidget, kind: str, title: str) -> Path | None:
    """The folder the coach chooses; None where none."""
    with _unnoted():
        chosen = QFileDialog.getExistingDirectory(parent, title, str(_folder(parent, kind)))
    return _remembered(parent, kind, Path(chosen), chosen)


@contextmanager
def _unnoted() -> Iterator[None]:
    """What Qt notes of the folders a chooser was in is put back as it was: a folder may have a client's name.

    It does so in settings that all programs with Qt share, when the chooser goes (QFileDialog::saveSettings, Qt 6).
    """
    notes = QSettings(QSettings.Scope.UserScope, "QtProject")
    before = {key: notes.value(key) for key in ("FileDialog/history", "FileDialog/lastVisited")}
    try:
        yield
    finally:
        for key, value in before.items():
            if value is None:
                notes.remove(key)
            else:
                notes.setValue(key, value)
        notes.sync()


def _folder(parent: QWidget, kind: str) -> Path:
    """Where the chooser begins. The last folders are kept with the window and go with it: their names may tell."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    for place in (parent.window().property(_key(kind)), documents):
        if place and Path(place).is_dir():
            return Path(place)
    return Path(QDir.homePath())


def _remembered(parent: QWidget, kind: str, place: Path, chosen: str) -> Path | None:
    if not chosen:
        return None
    parent.window().setProperty(_key(kind), str(place))
    return Path(chosen)


def _key(kind: str) -> str:
    return f"last_folder_of_{kind}"
