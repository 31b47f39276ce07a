"""About: which copy it is and how old in calm words, where releases are, and where things lie."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QLocale, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from coachdesk.build import Build
from coachdesk.ui.pages.settings import SettingsPage
from coachdesk.ui.widgets import FakeShell
from coachdesk.ui.widgets.about import About, age_words, copy_words, whole_day
from tests.ui.hands import press

THIS = Build("0123456789abcdef", date(2025, 7, 14), "https://example.org/releases", packed=True)
HERE = date(2026, 3, 14)


class Opener(QObject):
    """What opens files and addresses on this computer: it remembers them."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, what: QUrl) -> None:
        """Remember it."""
        self.opened.append(what.toString())


@pytest.fixture
def opener() -> Iterator[Opener]:
    made = Opener()
    for scheme in ("https", "file"):
        QDesktopServices.setUrlHandler(scheme, made, "open")
    yield made
    for scheme in ("https", "file"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def shell() -> FakeShell:
    return FakeShell()


def about(qtbot, desk, shell, this: Build = THIS) -> About:
    made = About(desk, shell, this=this)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 15), ""),
        (date(2026, 3, 14), ""),
        (date(2026, 3, 13), "1 day old"),
        (date(2026, 3, 1), "13 days old"),
        (date(2026, 2, 28), "2 weeks old"),
        (date(2026, 1, 11), "8 weeks old"),
        (date(2026, 1, 10), "2 months old"),
        (date(2025, 7, 14), "8 months old"),
        (date(2025, 7, 15), "7 months old"),
        (date(2024, 3, 15), "23 months old"),
        (date(2024, 3, 14), "2 years old"),
        (date(2022, 3, 15), "3 years old"),
    ],
)
def test_how_old_it_is_grows_coarser_with_age(day, words):
    assert words == age_words(day, HERE)


@pytest.mark.parametrize(
    ("language", "written"),
    [("en_GB", "14 March 2026"), ("en_US", "March 14, 2026"), ("de_DE", "14. März 2026"), ("ja_JP", "2026年3月14日")],
)
def test_the_day_is_written_as_it_is_here(qapp, language, written):
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        assert written == whole_day(date(2026, 3, 14))
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("this", "words"),
    [
        (THIS, "This copy is state 012345678 of the program. It is from 14 July 2025, 8 months old."),
        (replace(THIS, day=HERE), "This copy is state 012345678 of the program. It is from 14 March 2026."),
        (replace(THIS, day=None), "This copy is state 012345678 of the program."),
        (
            replace(THIS, day=None, changed=True),
            "This copy is state 012345678 of the program, with changes made to it since.",
        ),
        (
            replace(THIS, packed=False),
            "Run from source, at state 012345678 of the program. It is from 14 July 2025, 8 months old.",
        ),
        (Build(packed=True), "This copy does not know which state of the program it is."),
        (Build(), "Run from source."),
    ],
)
def test_which_copy_it_is_is_told_as_far_as_it_knows(qapp, this, words):
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    try:
        assert words == copy_words(this, HERE)
    finally:
        QLocale.setDefault(before)


def test_the_page_of_releases_can_be_opened_and_its_address_copied(qtbot, desk, shell, opener):
    card = about(qtbot, desk, shell)
    assert "https://example.org/releases" in card.releases.text().replace("\u200b", "")
    press(card, "Open the page of releases")
    assert ["https://example.org/releases"] == opener.opened
    press(card, "Copy its address")
    assert ("https://example.org/releases", ["The address is copied."]) == (
        QGuiApplication.clipboard().text(),
        shell.said,
    )


def test_a_copy_that_does_not_know_says_so_and_offers_nothing_to_open(qtbot, desk, shell):
    card = about(qtbot, desk, shell, Build(packed=True))
    assert "does not know where releases are offered" in card.releases.text()
    shown = [each.isVisible() for each in (card.open_releases, card.copy_releases, card.open_notices)]
    assert [False, False, False] == shown


def test_where_records_and_logs_lie_is_told(qtbot, desk, shell, opener):
    card = about(qtbot, desk, shell)
    told = card.places.text().replace("\u200b", "")
    assert (True, True, False) == (str(desk.home.root) in told, str(desk.home.logs) in told, "travel" in told)
    press(card, "Show the folder of logs")
    assert (1, []) == (len(shell.said), opener.opened)
    desk.home.logs.mkdir()
    press(card, "Show the folder of logs")
    assert [QUrl.fromLocalFile(str(desk.home.logs)).toString()] == opener.opened


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_folder_that_nothing_opens_is_told_as_a_person_writes_it(qtbot, desk, shell):
    card = about(qtbot, desk, shell)
    desk.home.logs.mkdir()
    press(card, "Show the folder of logs")
    told = [words.replace("\u200b", "") for words in shell.said]
    assert [f"No program on this computer opens this: {desk.home.logs}"] == told


def test_records_that_travel_with_the_program_are_told_as_such(qtbot, desk, shell):
    desk.home = replace(desk.home, portable=True)
    assert "travel with it" in about(qtbot, desk, shell).places.text()


def test_it_stands_among_the_settings(qtbot, desk, shell):
    page = SettingsPage(desk, shell)
    qtbot.addWidget(page)
    page.arrive(section="about")
    assert page.part(About).build.commit == "" or len(page.part(About).build.commit) == 40
