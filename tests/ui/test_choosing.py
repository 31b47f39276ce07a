"""A chooser of files begins in the person's documents, and afterwards where the last of that kind was chosen."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from coachdesk.ui import choosing


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """The person has the usual folder."""
    made = tmp_path / "person" / "Documents"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def page(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


class Coach:
    """Answers the next chooser with a path, or with none, and notes in which folder it began."""

    def __init__(self) -> None:
        self.began: list[Path] = []
        self._path: Path | None = None

    def chooses(self, path: Path | None) -> None:
        self._path = path
        QTimer.singleShot(0, self._answer)

    def _answer(self) -> None:
        chooser = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog))
        self.began.append(Path(chooser.directory().absolutePath()))
        if self._path is None:
            chooser.reject()
        else:
            chooser.selectFile(str(self._path))
            chooser.accept()


@pytest.fixture
def coach() -> Coach:
    return Coach()


def written(page: QWidget, kind: str) -> Path | None:
    return choosing.to_write(page, kind, "Where it goes", "log.xlsx", "Tables (*.xlsx)")[0]


def test_the_first_chooser_begins_in_the_documents(page, documents, coach):
    coach.chooses(documents / "mine.xlsx")
    assert documents / "mine.xlsx" == written(page, "log")
    coach.chooses(None)
    assert choosing.to_read(page, "calendar", "A calendar", "Calendars (*.ics)") is None
    coach.chooses(None)
    assert choosing.folder(page, "records", "A folder") is None
    assert [documents] * 3 == coach.began


def test_without_such_a_folder_it_begins_at_home(page, tmp_path, coach):
    coach.chooses(None)
    assert written(page, "log") is None
    assert [tmp_path / "person"] == coach.began


def test_the_next_of_that_kind_begins_where_the_last_was_chosen(page, documents, tmp_path, coach):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for path, kind in ((elsewhere / "a.xlsx", "log"), (None, "log"), (None, "archive")):
        coach.chooses(path)
        written(page, kind)
    assert [documents, elsewhere, documents] == coach.began


def test_a_folder_that_is_gone_is_not_looked_for(page, documents, tmp_path, coach):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    coach.chooses(elsewhere)
    assert elsewhere == choosing.folder(page, "calendar", "A folder")
    elsewhere.rmdir()
    coach.chooses(None)
    choosing.folder(page, "calendar", "A folder")
    assert [documents, documents] == coach.began


def test_qt_keeps_no_folder_of_a_client_and_what_it_kept_of_others(page, tmp_path, documents, coach):
    notes = QSettings(QSettings.Scope.UserScope, "QtProject")
    notes.setValue("FileDialog/lastVisited", "file:///somewhere")
    (documents / "Anna Berger").mkdir()
    coach.chooses(documents / "Anna Berger" / "mine.xlsx")
    assert documents / "Anna Berger" / "mine.xlsx" == written(page, "log")
    kept = Path(notes.fileName()).read_text("utf-8")
    assert ("file:///somewhere", False) == (notes.value("FileDialog/lastVisited"), "Berger" in kept)
