"""The slim bar under the camera: draws a face, takes the pointer, and never the keyboard."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QPoint,
    QRect,
    Qt,
    QTimer,
    QVariantAnimation,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QScreen,
)
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from coachdesk import NAME
from coachdesk.ui import bar_places, theme
from coachdesk.ui.bar_face import LESS, Face
from coachdesk.ui.bar_places import Spot
from coachdesk.ui.bar_shape import Shape, hidden_size
from coachdesk.ui.bar_words import BarButton, BarWords
from coachdesk.ui.widgets.texts import announce

TINT_MS = theme.SLOW + 200
CONFIRM_MS = 1200
OPEN_MS, REST_MS = 150, 500
"""How long the pointer stays over the bar before it grows, and away before it rests."""


class Tint(QVariantAnimation):
    """How much of the tint the bar's ground has, 0 to 1; it comes and goes slowly."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.level = 0.0
        self.setEasingCurve(QEasingCurve.Type.InOutSine)
        self.setEndValue(0.0)
        self.valueChanged.connect(self._on_value)

    @property
    def goes(self) -> bool:
        """Whether it is on its way."""
        return self.state() == QVariantAnimation.State.Running

    def go(self, level: float, lasting: int) -> None:
        """Go to a level in so many milliseconds; at once in none."""
        self.stop()
        if not lasting:
            self.level = level
            return
        self.setDuration(lasting)
        self.setStartValue(self.level)
        self.setEndValue(level)
        self.start()

    def ground(self, palette: QPalette) -> QColor:
        """The ground between no tint and the full one."""
        plain, full = palette.color(QPalette.ColorRole.AlternateBase), palette.color(QPalette.ColorRole.Midlight)
        mixed = (round(a + (b - a) * self.level) for a, b in zip(plain.getRgb(), full.getRgb(), strict=True))
        return QColor(*mixed)

    @Slot(object)
    def _on_value(self, level: float) -> None:
        self.level = level
        self.parent().update()


class PresenceBar(QWidget):
    """Shows a ``Face``; says what was pressed, where the pointer is, and where it was dragged to."""

    pressed = Signal(str)
    """The id of a button."""
    hovered = Signal(bool)
    moved = Signal(object)
    """The ``Spot`` it was dragged to."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        """``kind`` is the machine's: on X11 the window manager is passed by, on Wayland it is an ordinary window."""
        super().__init__(parent)
        self._kind = kind
        self._face = Face()
        self._wanted = self._face
        self._spot = Spot("", bar_places.USUAL)
        self._usual: QRect | None = None
        """Where it last stood without the second row of buttons."""
        self._grip: QPoint | None = None
        self._dragging = False
        self._dot = False
        self._tint = Tint(self)
        self._tint.finished.connect(self._on_tinted)
        self._dot_timer = QTimer(self, singleShot=True, interval=CONFIRM_MS)
        self._dot_timer.timeout.connect(self._on_dot_over)
        self._pointer_timer = QTimer(self, singleShot=True)
        self._pointer_timer.timeout.connect(self._on_pointer_settled)
        self._words = BarWords(self)
        self._words.pressed.connect(self.pressed)
        everything = QVBoxLayout(self)
        everything.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        everything.setContentsMargins(0, 0, 0, 0)
        everything.addWidget(self._words)
        self._dress_window()

    def _dress_window(self) -> None:
        hint, here = Qt.WindowType, Qt.WidgetAttribute
        self.setWindowTitle(NAME)
        self.setAccessibleName(NAME)
        self.setAttribute(here.WA_ShowWithoutActivating)
        self.setAttribute(here.WA_OpaquePaintEvent)
        self.setAttribute(here.WA_QuitOnClose, False)
        self.setAttribute(here.WA_AlwaysShowToolTips)  # it is never the active window
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if self._kind == "wayland":
            self.setWindowFlags(hint.Window | hint.WindowStaysOnTopHint | hint.WindowDoesNotAcceptFocus)
            return
        flags = hint.Tool | hint.FramelessWindowHint | hint.WindowStaysOnTopHint | hint.WindowDoesNotAcceptFocus
        if self._kind == "x11":
            flags |= hint.BypassWindowManagerHint
        self.setAttribute(here.WA_MacAlwaysShowToolWindow)
        self.setWindowFlags(flags)

    # --- what it shows

    @property
    def face(self) -> Face:
        """What is on screen now."""
        return self._face

    @property
    def dragging(self) -> bool:
        """Whether it is being moved by hand."""
        return self._dragging

    def button(self, button_id: str) -> BarButton | None:
        """The button with this id, if it is shown."""
        return self._words.button(button_id)

    def show_face(self, face: Face) -> None:
        """Show this from now on. A tint comes first, slowly; the line follows when it has come."""
        self._wanted = face
        if face.tinted != self._face.tinted:
            self._tint.go(float(face.tinted), theme.motion(TINT_MS) if self.isVisible() else 0)
            self.update()
        if face.tinted and self._tint.goes and not face.hidden:
            face = replace(self._face, tinted=True, hidden=False, share=face.share)
        self._apply(face)

    def confirm(self) -> None:
        """A dot for a moment: it was taken."""
        self._dot = True
        self._dot_timer.start()
        self._stand()
        self.update()

    def stand_at(self, spot: Spot) -> None:
        """Stand there; the middle of the primary screen's top if that screen is not there."""
        if spot != self._spot:
            self._spot, self._usual = spot, None
        self._stand()

    def _apply(self, face: Face) -> None:
        before, self._face = self._face, face
        if face == before:
            return
        news = face.spoken and face.spoken != before.spoken
        if replace(face, share=before.share) != before:
            self._fill()
        shape, ratio = self._shape(), self.devicePixelRatioF()
        if shape.used(before.share, ratio) != shape.used(face.share, ratio):
            self.update(shape.line())
        if (face.tinted, face.dimmed, face.hidden) != (before.tinted, before.dimmed, before.hidden):
            self.update()
        if news:
            announce(self, face.spoken)

    def _fill(self) -> None:
        """Put the face's words in their places, and take the room they need."""
        self._words.show_face(self._face, self.area().width())
        self._stand()

    # --- where it stands

    def area(self) -> QRect:
        """The visible area of the screen it stands on."""
        named = (s for s in QGuiApplication.screens() if name_of(s) == self._spot.screen)
        return next(named, QGuiApplication.primaryScreen()).availableGeometry()

    def _stand(self) -> None:
        edge, area = self._spot.place.edge, self.area()
        size = hidden_size(edge, dot=self._dot) if self._face.hidden else self._words.size_in(area.width())
        if self._dragging:
            self.resize(size)
            return
        place = bar_places.stand(area, self._spot.place, size)
        if all(button.id != LESS for button in self._face.buttons):
            self._usual = place
        elif self._usual is not None:  # *…* stays under the pointer
            place = bar_places.ending_with(place, self._usual, area, mirrored=self.isRightToLeft())
        if place != self.geometry():
            self.setGeometry(place)
        self._cut()

    def _shape(self) -> Shape:
        return Shape(self.rect(), self._spot.place.edge, self._face.hidden, self.isRightToLeft())

    def _cut(self) -> None:
        """Show nothing outside the outline, where windows can have one of their own."""
        if self._kind in ("x11", "windows", "macos"):
            self.setMask(self._shape().region(dot=self._dot, afloat=self._dragging))

    # --- slots

    @Slot()
    def _on_tinted(self) -> None:
        self._apply(self._wanted)

    @Slot()
    def _on_dot_over(self) -> None:
        self._dot = False
        self._stand()
        self.update()

    @Slot()
    def _on_pointer_settled(self) -> None:
        self.hovered.emit(self.underMouse())

    # --- painting

    # --- what Qt calls

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, border, the line of time, the dot."""
        painter = QPainter(self)
        palette, roles, shape = self.palette(), QPalette.ColorRole, self._shape()
        painter.fillRect(event.rect(), self._tint.ground(palette))
        accent = palette.color(roles.Mid if self._face.dimmed else roles.Highlight)
        painter.fillRect(shape.line(), palette.color(roles.Dark))
        painter.fillRect(shape.used(self._face.share, self.devicePixelRatioF()), accent)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._face.hidden:
            painter.setPen(palette.color(roles.Mid))
            painter.drawRoundedRect(shape.border(), theme.RADIUS, theme.RADIUS)
        if self._dot:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(roles.Highlight))
            painter.drawEllipse(shape.dot())

    def enterEvent(self, _event: QEvent) -> None:
        """Grow soon, unless the pointer only passes."""
        self._pointer_timer.start(OPEN_MS)

    def leaveEvent(self, _event: QEvent) -> None:
        """Rest soon, unless the pointer comes back."""
        self._pointer_timer.start(REST_MS)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the bar."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it by hand: a window the manager does not know is moved by nobody else."""
        held = self._grip is not None and event.buttons() & Qt.MouseButton.LeftButton
        if not held or self._kind == "wayland":
            return
        place = event.globalPosition().toPoint() - self._grip
        far = (place - self.pos()).manhattanLength() >= QGuiApplication.styleHints().startDragDistance()
        if not self._dragging and not far:
            return
        self._dragging = True
        self.move(place)
        self._cut()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Snap to the nearest edge of the screen it was let go on; a press on the hidden line asks it back."""
        held, self._grip = self._grip is not None, None
        if self._dragging:
            self._dragging = False
            screen = QGuiApplication.screenAt(self.geometry().center()) or QGuiApplication.primaryScreen()
            self.stand_at(Spot(name_of(screen), bar_places.nearest(self.geometry(), screen.availableGeometry())))
            self.moved.emit(self._spot)
        elif held and self._face.hidden and self.rect().contains(event.position().toPoint()):
            self.pressed.emit("hide")

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the letters, the language's direction or the look change."""
        super().changeEvent(event)
        kinds = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange)
        if event.type() in kinds and hasattr(self, "_words"):
            self._fill()

    def hideEvent(self, event: QEvent) -> None:
        """Nothing runs for a bar that is not shown."""
        for timer in (self._dot_timer, self._pointer_timer):
            timer.stop()
        self._tint.go(float(self._wanted.tinted), 0)
        self._dot = False
        self._dragging, self._grip = False, None
        self._apply(self._wanted)
        super().hideEvent(event)


def name_of(screen: QScreen) -> str:
    """The name to remember a screen by; some systems give none."""
    return screen.name() or "screen"
