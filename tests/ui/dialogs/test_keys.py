"""The sheet of keys shows every key there is."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel

from coachdesk.settings import Settings, fields_of
from coachdesk.ui.dialogs.keys import WINDOW_KEYS, KeysSheet
from coachdesk.ui.widgets.promises import KEYS, NOTE_KEY


def texts(qtbot, settings: Settings) -> list[str]:
    sheet = KeysSheet(settings, ["today", "settings"])
    qtbot.addWidget(sheet)
    return [part.text() for part in sheet.findChildren(QLabel)]


def test_every_key_is_there(qtbot):
    shown = texts(qtbot, Settings())
    assert {one.label for one in fields_of("shortcuts")} <= set(shown)
    assert {keys for keys, _words in WINDOW_KEYS} <= set(shown)
    assert {"Today", "Settings", "Ctrl+1", "Ctrl+2"} <= set(shown)
    assert {key.upper() for key in (*KEYS, NOTE_KEY)} <= set(shown)


def test_a_key_that_was_given_up_is_shown_as_none(qtbot):
    settings = Settings()
    assert "none" not in texts(qtbot, settings)
    assert "none" in texts(qtbot, replace(settings, shortcuts=replace(settings.shortcuts, mark="")))
