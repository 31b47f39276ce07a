"""The one family of icons (Phosphor, as shipped with QtAwesome), drawn in the colours of the present appearance.

Importing QtAwesome itself takes longer than showing a window (0.19 s against 0.16 s, measured), so only its font and
its table of names are read.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication

from coachdesk.paths import resources

SIZE = 20
_FONT = "phosphor-1.3.0.ttf"
_NAMES = "phosphor-charmap-1.3.0.json"
_tints = {"resting": "#655d52", "lively": "#2f2a24", "accent": "#33655a", "on_accent": "#ffffff"}


def app_icon() -> QIcon:
    """CoachDesk's own icon."""
    return QIcon(str(resources() / "icons" / "coachdesk.svg"))


@cache
def _family() -> tuple[str, dict[str, str]]:
    """The font's family and its code points by name."""
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(_FONT)
    import json  # the first window may have no icon

    fonts = Path(spec.origin).parent / "fonts"
    known = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(fonts / _FONT)))
    return known[0], json.loads((fonts / _NAMES).read_text("utf-8"))


def pixmap(name: str, colour: str, size: int = SIZE, ratio: float = 1.0) -> QPixmap:
    """One glyph, for example ``"users-light"``, as a picture of ``size`` device-independent pixels."""
    family, points = _family()
    picture = QPixmap(QSize(size, size) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    font = QFont(family)
    font.setPixelSize(size)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QRect(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, chr(int(points[name], 16)))
    painter.end()
    return picture


def icon(name: str, tint: str = "resting") -> QIcon:
    """An icon in a tint: ``resting`` (lively when checked), ``lively``, ``accent`` or ``on_accent``."""
    made = QIcon()
    checked = _tints["lively" if tint == "resting" else tint]
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, _tints[tint], SIZE, ratio), QIcon.Mode.Normal, QIcon.State.Off)
        made.addPixmap(pixmap(name, checked, SIZE, ratio), QIcon.Mode.Normal, QIcon.State.On)
    return made


def put(button: QAbstractButton, name: str, tint: str = "resting") -> None:
    """Give a button an icon that is tinted anew whenever the appearance changes."""
    button.setProperty("icon_name", name)
    button.setProperty("icon_tint", tint)
    button.setIconSize(QSize(SIZE, SIZE))
    button.setIcon(icon(name, tint))


def tint(resting: str, lively: str, accent: str, on_accent: str) -> None:
    """Take new colours, and redraw the icons that are on screen."""
    wanted = {"resting": resting, "lively": lively, "accent": accent, "on_accent": on_accent}
    if wanted == _tints:
        return
    _tints.update(wanted)
    for widget in QApplication.allWidgets():
        name = widget.property("icon_name")
        if name and isinstance(widget, QAbstractButton):
            widget.setIcon(icon(name, widget.property("icon_tint") or "resting"))
