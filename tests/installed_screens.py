"""What an installed copy shows that a source tree does not, each set up by name for the table of screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from coachdesk import paths
from coachdesk.build import Build
from coachdesk.errors import RecordsMissing
from coachdesk.storage.store import folder_missing
from coachdesk.ui.widgets.about import About
from tests.studio import Studio

INSTALLED = Build(
    "4b5d1c2e9f0a7b6c8d3e1f2a4b5d1c2e9f0a7b6c", date(2025, 7, 14), "https://example.org/coachdesk/releases", packed=True
)


def _about(studio: Studio, this: Build, *, portable: bool) -> QWidget:
    studio.desk.home = replace(studio.home, portable=portable)
    window = studio.page("settings", section="about")
    page = studio.window.page
    shown = page.part(About)
    made = About(studio.desk, studio.window, this=this)
    made.open_notices.setVisible(True)  # the file is there in an installed copy
    shown.parentWidget().layout().replaceWidget(shown, made)
    shown.hide()
    studio.settle()
    return window


def _installed(studio: Studio) -> QWidget:
    return _about(studio, INSTALLED, portable=False)


def _on_a_stick(studio: Studio) -> QWidget:
    return _about(studio, Build(packed=True), portable=True)


def _first_run_on_a_stick(studio: Studio) -> QWidget:
    studio.desk.home = replace(studio.home, portable=True)
    window = studio.page("first_run")
    studio.window.page.go_on()
    return window


def _moved_away(studio: Studio) -> QWidget:
    away = studio.home.root / "Praxis"
    studio.window.lock()
    studio.desk.home = paths.Home(away, moved_from=studio.home.root)
    refusal = folder_missing(away)
    assert isinstance(refusal, RecordsMissing)
    return studio.page("trouble", refusal=refusal)


SHOWN: dict[str, tuple[Callable[[Studio], QWidget], str]] = {
    "settings-about-installed": (_installed, "example"),
    "settings-about-on-a-stick": (_on_a_stick, "example"),
    "first-run-on-a-stick": (_first_run_on_a_stick, "none"),
    "trouble-moved-away": (_moved_away, "example"),
}
