"""How CoachDesk looks: every colour, space, radius and size as a named token, and the one style sheet of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject, Qt, Slot
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.paths import resources
from coachdesk.ui import icons

if TYPE_CHECKING:
    from coachdesk.settings import Settings

UNIT = 8
"""The grid, in device-independent pixels; spaces are whole or half units."""
TARGET = 36
"""Least height of anything to press."""
SPIN = 3
"""Pixels that Qt adds to the height of a styled spin box or time field, and to nothing else."""
RADIUS = 8
CARD_RADIUS = 12
COLUMN = 720
"""Widest a column of text grows."""
TITLE_SCALE = 1.3
DISPLAY_SCALE = 1.9
STYLE = ("-style", "Fusion")
"""What Qt's application is started with: the style that the sheet is made for, the same on every system.

Setting it from here would first make Python's names of all that QStyle knows, 560 of them, before any window.
"""
SLOW = 600
"""Milliseconds of a change of colour; of a movement at most 400."""
QUICK = 160


@dataclass(frozen=True)
class Colours:
    """The colours of one appearance, named for their use."""

    paper: str
    """The window."""
    side: str
    """The navigation."""
    card: str
    field: str
    """What can be typed into."""
    hover: str
    line: str
    """Between things; decoration only."""
    outline: str
    """Around what can be operated."""
    text: str
    muted: str
    accent: str
    """The one accent: fills of primary buttons and of switches that are on."""
    accent_hover: str
    on_accent: str
    link: str
    """The accent as text."""
    soft: str
    """A breath of the accent: the present place, a chosen row, a cue that is due."""
    ring: str
    """Around what has the keyboard."""
    note: str
    """Under a sentence that wants to be read: warm, never alarming."""


LIGHT = Colours(
    paper="#faf7f2",
    side="#f2ede4",
    card="#fffdfa",
    field="#ffffff",
    hover="#ece6da",
    line="#e6dfd3",
    outline="#8b8275",
    text="#2f2a24",
    muted="#655d52",
    accent="#3d7064",
    accent_hover="#335f55",
    on_accent="#ffffff",
    link="#33655a",
    soft="#dfe9e3",
    ring="#3d7064",
    note="#f5ead2",
)
DARK = Colours(
    paper="#211e1b",
    side="#1b1816",
    card="#2a2622",
    field="#1b1816",
    hover="#37322c",
    line="#3a352f",
    outline="#8d8478",
    text="#ece5da",
    muted="#b3a99b",
    accent="#8dc0b1",
    accent_hover="#a3d0c2",
    on_accent="#14221e",
    link="#97c8ba",
    soft="#2d3f39",
    ring="#8dc0b1",
    note="#40371f",
)

TEXT_PAIRS = tuple(
    [(fore, back) for fore in ("text", "muted") for back in ("paper", "side", "card", "field", "hover", "soft", "note")]
    + [("link", back) for back in ("paper", "side", "card", "field", "soft", "note")]
    + [("on_accent", "accent"), ("on_accent", "accent_hover")]
)
"""Which colours are ever written on which: at least 4.5 : 1."""
CONTROL_PAIRS = tuple(
    [
        (fore, back)
        for fore in ("outline", "ring", "accent")
        for back in ("paper", "side", "card", "field", "soft", "note")
    ]
)
"""Which colours ever draw a control on which: at least 3 : 1."""


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def is_dark(app: QApplication, look: str) -> bool:
    """Whether the dark appearance is wanted: the setting's word, else the system's."""
    if look in ("light", "dark"):
        return look == "dark"
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def palette_of(colours: Colours) -> QPalette:
    """Qt's palette from the tokens; painted widgets read their colours from it."""
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, colour in (
        (roles.Window, colours.paper),
        (roles.Base, colours.field),
        (roles.AlternateBase, colours.card),
        (roles.Button, colours.card),
        (roles.ToolTipBase, colours.card),
        (roles.WindowText, colours.text),
        (roles.Text, colours.text),
        (roles.ButtonText, colours.text),
        (roles.ToolTipText, colours.text),
        (roles.BrightText, colours.text),
        (roles.PlaceholderText, colours.muted),
        (roles.Highlight, colours.accent),
        (roles.HighlightedText, colours.on_accent),
        (roles.Accent, colours.accent),
        (roles.Link, colours.link),
        (roles.LinkVisited, colours.link),
        (roles.Mid, colours.outline),
        (roles.Midlight, colours.soft),
        (roles.Light, colours.hover),
        (roles.Dark, colours.line),
        (roles.Shadow, colours.line),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return palette


def style_sheet(colours: Colours, points: float, dark: bool) -> str:
    """The application's style sheet for one appearance and one system text size (in points)."""
    sizes = {"title_size": f"{points * TITLE_SCALE:.1f}pt", "display_size": f"{points * DISPLAY_SCALE:.1f}pt"}
    shape = {
        "radius": f"{RADIUS}px",
        "card_radius": f"{CARD_RADIUS}px",
        "target": f"{TARGET - 2}px",
        "ringed": f"{TARGET - 4}px",
        "spun": f"{TARGET - 2 - SPIN}px",
        "spun_ringed": f"{TARGET - 4 - SPIN}px",
    }
    look = {"look": "dark" if dark else "light"}
    return Template(_SHEET).substitute(asdict(colours) | sizes | shape | look)


class Theme(QObject):
    """Dresses the application, begun with ``STYLE``, and again when the system or the setting changes."""

    def __init__(self, app: QApplication, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent or app)
        self._app = app
        self._look = ""
        self._reduce_motion = False
        self.colours = LIGHT
        QDir.setSearchPaths("icons", [str(resources() / "icons")])
        app.styleHints().colorSchemeChanged.connect(self._dress)
        self.apply(settings)

    def apply(self, settings: Settings) -> None:
        """Follow the settings from now on."""
        self._look = settings.appearance.look
        self._reduce_motion = settings.appearance.reduce_motion
        self._app.setProperty("reduce_motion", self._reduce_motion)
        hints = self._app.styleHints()
        if self._look == "system":
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if self._look == "dark" else Qt.ColorScheme.Light)
        self._dress()

    @Slot()
    def _dress(self) -> None:
        dark = is_dark(self._app, self._look)
        self.colours = DARK if dark else LIGHT
        sheet = style_sheet(self.colours, self._app.font().pointSizeF(), dark)
        if sheet == self._app.styleSheet():
            return
        self._app.setPalette(palette_of(self.colours))
        self._app.setStyleSheet(sheet)
        icons.tint(self.colours.muted, self.colours.text, self.colours.link, self.colours.on_accent)


def motion(milliseconds: int) -> int:
    """How long a movement may last: as asked, or 0 with "reduce motion"."""
    app = QApplication.instance()
    return 0 if app is None or app.property("reduce_motion") else milliseconds


def dress_again(widget: QWidget) -> None:
    """Let a widget take its look anew after a property it is styled by (``primary``, ``role`` …) has changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def scaled(font: QFont, scale: float) -> QFont:
    """The font in another of the few sizes, for painted widgets."""
    larger = QFont(font)
    larger.setPointSizeF(font.pointSizeF() * scale)
    return larger


_SHEET = """
* { outline: none; }
QMainWindow, QDialog { background: $paper; }
QToolTip { background: $card; color: $text; border: 1px solid $line; border-radius: 4px; padding: 4px 8px; }

QLabel { background: transparent; color: $text; }
QLabel[role="title"] { font-size: $title_size; font-weight: 600; }
QLabel[role="display"] { font-size: $display_size; font-weight: 300; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="code"] {
    font-family: monospace; font-size: $title_size; background: $soft; border-radius: $radius; padding: 16px;
}
QLabel[role="key"] { background: $card; border: 1px solid $outline; border-radius: 4px; padding: 2px 8px; }
QLabel[role="note"] { background: $note; border-radius: $radius; padding: 8px 12px; }
QLabel:disabled { color: $muted; }

QFrame[role="card"] { background: $card; border: 1px solid $line; border-radius: $card_radius; }
QFrame[role="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="side"] { background: $side; border: none; }
QFrame[role="message"] { background: $soft; border: none; border-radius: $radius; }
QFrame[role="message"][tone="note"] { background: $note; }
QScrollArea, QScrollArea > QWidget > QWidget[role="ground"], QStackedWidget { background: transparent; border: none; }

QPushButton, QToolButton {
    background: $card; color: $text; border: 1px solid $outline; border-radius: $radius;
    padding: 0 15px; min-height: $target; text-align: center;
}
QToolButton { padding: 0 7px; min-width: 20px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked { background: $soft; }
QPushButton:focus, QToolButton:focus { border: 2px solid $ring; padding: 0 14px; min-height: $ringed; }
QToolButton:focus { padding: 0 6px; }
QPushButton:disabled, QToolButton:disabled { color: $muted; border-color: $line; background: transparent; }
QPushButton[primary="true"] {
    background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; padding: 0 23px;
}
QPushButton[primary="true"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[primary="true"]:focus { border: 2px solid $text; padding: 0 22px; min-height: $ringed; }
QPushButton[primary="true"]:disabled { background: $hover; color: $muted; border-color: $hover; }
QPushButton[quiet="true"], QToolButton[quiet="true"] {
    background: transparent; border: 1px solid transparent; color: $link;
}
QToolButton[quiet="true"] { color: $text; }
QPushButton[quiet="true"] { padding: 0 7px; }
QPushButton[quiet="true"]:focus { padding: 0 6px; }
QPushButton[quiet="true"]:hover, QToolButton[quiet="true"]:hover { background: $hover; }
QPushButton[quiet="true"]:focus, QToolButton[quiet="true"]:focus { border: 2px solid $ring; }
QPushButton[quiet="true"]:disabled { color: $muted; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }
QPushButton[role="place"] {
    background: transparent; border: 2px solid transparent; border-radius: $radius; color: $muted; text-align:
    left; padding: 2px 10px;
}
QPushButton[role="place"]:hover { background: $hover; color: $text; }
QPushButton[role="place"]:checked { background: $soft; color: $text; font-weight: 600; }
QPushButton[role="place"]:focus { border: 2px solid $ring; padding: 2px 10px; }
QPushButton[role="choice"] { background: $card; }
QPushButton[role="choice"]:checked {
    background: $soft; border: 2px solid $accent; padding: 0 14px; min-height: $ringed;
}
QPushButton[role="choice"]:focus { border: 2px solid $ring; }
QPushButton[role="option"] { background: $card; border: 1px solid $outline; border-radius: $card_radius; padding: 0; }
QPushButton[role="option"]:hover { background: $hover; }
QPushButton[role="option"]:checked { background: $soft; border: 2px solid $accent; }
QPushButton[role="option"]:focus { border: 2px solid $ring; }
QPushButton[role="option"]:checked:focus, QPushButton[role="choice"]:checked:focus { border: 2px solid $text; }

QLineEdit, QPlainTextEdit, QTextBrowser, QSpinBox, QComboBox {
    background: $field; color: $text; border: 1px solid $outline; border-radius: $radius; padding: 0 9px;
    min-height: $target;
    selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $muted;
}
QPlainTextEdit, QTextBrowser { padding: 7px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextBrowser:focus, QSpinBox:focus, QComboBox:focus {
    border: 2px solid $ring; padding: 0 8px; min-height: $ringed;
}
QPlainTextEdit:focus, QTextBrowser:focus { padding: 6px; }
QSpinBox { min-height: $spun; }
QSpinBox:focus { min-height: $spun_ringed; }
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QComboBox:disabled {
    color: $muted; border-color: $line; background: transparent;
}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow { image: none; width: 0; height: 0; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { background: transparent; border: none; padding: 0; min-height: 0; }
TimeField QLineEdit { padding: 0 8px; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url(icons:caret-$look.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: $card; color: $text; border: 1px solid $line; padding: 4px; selection-background-color: $soft;
    selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: $target; padding: 0 8px; }
QCheckBox { background: transparent; color: $text; spacing: 12px; min-height: $target; }
QCheckBox:disabled { color: $muted; }
QCheckBox::indicator {
    width: 20px; height: 20px; background: $field; border: 1px solid $outline; border-radius: 5px;
}
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url(icons:check-$look.svg); }
QCheckBox::indicator:focus { border: 2px solid $ring; }

QListView { background: transparent; border: none; }
QTableView {
    background: $card; border: 1px solid $line; border-radius: $radius; gridline-color: $line;
    selection-background-color: $soft; selection-color: $text;
}
QTableView:focus { border: 2px solid $ring; }
QTableView::item { padding: 0 8px; }
QHeaderView::section { background: $card; color: $muted; border: none; border-bottom: 1px solid $line; padding: 8px; }

QTabBar { background: transparent; }
QTabBar::tab {
    background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent; padding: 8px
    12px; min-height: 20px;
}
QTabBar[close="true"]::tab { padding: 8px 6px; }
QTabBar::tab:hover { color: $text; background: $hover; border-top-left-radius: 4px; border-top-right-radius: 4px; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:focus:selected { background: $soft; }

QProgressBar {
    background: $hover; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; color: transparent;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QMenu { background: $card; color: $text; border: 1px solid $outline; border-radius: $radius; padding: 4px; }
QMenu::item { padding: 8px 24px 8px 16px; border-radius: 4px; min-height: 20px; }
QMenu::item:selected { background: $soft; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $outline; border-radius: 4px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QCalendarWidget QWidget { background: $card; alternate-background-color: $card; }
QCalendarWidget QToolButton { background: transparent; border: none; color: $text; }
"""
