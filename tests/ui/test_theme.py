"""The look: every pair of colours that meets can be read, and the appearance follows system and setting."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QDir
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTextBrowser,
    QWidget,
)

from coachdesk.paths import resources
from coachdesk.settings import Settings
from coachdesk.ui import theme
from coachdesk.ui.theme import CONTROL_PAIRS, DARK, LIGHT, TEXT_PAIRS, Theme, contrast, motion, style_sheet
from coachdesk.ui.widgets import icon_button

FOLDER = Path(theme.__file__).parent
LOOKS = {"light": LIGHT, "dark": DARK}


def with_look(look: str, **more: object) -> Settings:
    settings = Settings()
    return replace(settings, appearance=replace(settings.appearance, look=look, **more))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("fore", "back"), TEXT_PAIRS)
def test_every_text_can_be_read(look, fore, back):
    assert 4.5 <= contrast(getattr(LOOKS[look], fore), getattr(LOOKS[look], back))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("fore", "back"), CONTROL_PAIRS)
def test_every_control_can_be_seen(look, fore, back):
    assert 3 <= contrast(getattr(LOOKS[look], fore), getattr(LOOKS[look], back))


def test_contrast_is_that_of_the_guidelines():
    assert 21 == pytest.approx(contrast("#000000", "#ffffff"))
    assert 4.54 == pytest.approx(contrast("#767676", "#ffffff"), abs=0.01)


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_red(look):
    for name, colour in vars(LOOKS[look]).items():
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert red < 1.6 * max(green, 1) or red - green < 40, name
        assert red - max(green, blue) < 40, name


@pytest.mark.parametrize("look", LOOKS)
def test_the_style_sheet_uses_tokens_alone(look):
    sheet = style_sheet(LOOKS[look], 10, look == "dark")
    assert set(re.findall(r"#[0-9a-fA-F]{6}", sheet)) <= set(vars(LOOKS[look]).values())
    assert "$" not in sheet


def test_every_kind_of_widget_that_is_dressed_is_made_somewhere():
    made_by_qt = {"QAbstractSpinBox", "QScrollBar", "QToolTip"}
    sources = " ".join(path.read_text("utf-8") for path in FOLDER.rglob("*.py") if path.name != "theme.py")
    dressed = set(re.findall(r"\bQ[A-Z]\w+", style_sheet(LIGHT, 10, dark=False)))
    assert set() == dressed - made_by_qt - set(re.findall(r"\bQ[A-Z]\w+", sources))


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTextBrowser, QSpinBox, QComboBox, QPushButton, QCheckBox])
def test_what_has_the_keyboard_shows_it(qtbot, kind):
    QDir.setSearchPaths("icons", [str(resources() / "icons")])
    window = QWidget()
    window.setStyleSheet(style_sheet(LIGHT, 10, dark=False))
    held, other = kind(window), kind(window)
    other.move(0, 200)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    seen = []
    for has in (other, held):
        has.setFocus()
        qtbot.waitUntil(has.hasFocus)
        seen.append(held.grab().toImage())
    assert seen[0] != seen[1]


def test_no_widget_sets_its_own_style():
    sources = FOLDER.rglob("*.py")
    own = [path.name for path in sources if "setStyleSheet(" in path.read_text("utf-8") and path.name != "theme.py"]
    assert [] == own


def test_texts_grow_with_the_text_size_of_the_system():
    small, large = (style_sheet(LIGHT, points, False) for points in (10, 20))
    assert "13.0pt" in small
    assert "26.0pt" in large


def test_the_setting_chooses_the_appearance(qapp):
    dressed = Theme(qapp, with_look("dark"))
    assert DARK == dressed.colours
    dressed.apply(with_look("light"))
    assert LIGHT == dressed.colours
    assert LIGHT.paper == qapp.palette().window().color().name()
    dressed.deleteLater()


def test_icons_take_the_colours_of_the_new_appearance(qtbot, qapp):
    dressed = Theme(qapp, with_look("light"))
    made = icon_button("x-light", "Put away")
    qtbot.addWidget(made)
    assert LIGHT.muted == strongest_colour(made)
    dressed.apply(with_look("dark"))
    assert DARK.muted == strongest_colour(made)
    dressed.deleteLater()


def strongest_colour(button: QPushButton) -> str:
    """The colour of the most opaque point of its icon."""
    picture = button.icon().pixmap(20, 20).toImage()
    points = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
    return max(points, key=lambda colour: colour.alpha()).name()


def test_reduce_motion_leaves_no_movement(qapp):
    dressed = Theme(qapp, with_look("light"))
    assert 160 == motion(160)
    dressed.apply(with_look("light", reduce_motion=True))
    assert 0 == motion(160)
    dressed.apply(with_look("light"))
    dressed.deleteLater()
