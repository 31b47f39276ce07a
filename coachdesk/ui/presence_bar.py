"""The slim bar under the camera: draws a face, takes the pointer, and never the keyboard."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import (
    QEasingCurve,
    QElapsedTimer,
    QEvent,
    QPoint,
    QRect,
    QRectF,
    QSize,
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
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from coachdesk import NAME
from coachdesk.ui import bar_places, icons, theme
from coachdesk.ui.bar_face import Button, Face
from coachdesk.ui.bar_places import Spot
from coachdesk.ui.bar_shape import HEIGHT, LINE, REST, Shape, hidden_size
from coachdesk.ui.widgets.texts import announce

WIDEST = 640
TINT_MS = theme.SLOW + 200
CONFIRM_MS = 1200
OPEN_MS, REST_MS = 150, 500
"""How long the pointer stays over the bar before it grows, and away before it rests."""
SETTLE_MS = 400
"""So long new buttons under a resting pointer ignore a press meant for the ones before."""


class BarButton(QToolButton):
    """A button of the bar; says its id when pressed, and never takes the keyboard."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = Button("", "")
        self.setProperty("quiet", True)
        self.setCheckable(True)
        self.setMinimumSize(theme.TARGET, theme.TARGET)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self._on_clicked)

    def show_as(self, button: Button) -> None:
        """Become this button."""
        if button == self.button:
            return
        self.button = button
        self.setText(button.words)
        if button.icon:
            icons.put(self, _MIRRORED.get(button.icon, button.icon) if self.isRightToLeft() else button.icon)
        else:
            self.setProperty("icon_name", "")
            self.setIcon(icons.QIcon())
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonTextBesideIcon if button.icon else style.ToolButtonTextOnly)
        self.setAccessibleName(button.words)
        self.setAccessibleDescription(button.sentence)
        self.setChecked(button.lit)
        self.update()

    @Slot()
    def _on_clicked(self) -> None:
        self.setChecked(self.button.lit)
        self.chosen.emit(self.button.id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the bar know too: it can be dragged by its buttons."""
        super().mousePressEvent(event)
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The bar may be on its way."""
        super().mouseMoveEvent(event)
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press, unless the bar was dragged meanwhile."""
        if self.window().dragging:
            self.setDown(False)
        super().mouseReleaseEvent(event)
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A thin outline around answers, so that a line of words and its answers are told apart at a glance."""
        super().paintEvent(event)
        if self.button.answer:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 3.5, -2.5, -3.5), theme.RADIUS, theme.RADIUS)


class ButtonRow(QWidget):
    """As many buttons as asked for, side by side."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons: list[BarButton] = []
        self._shown: tuple[Button, ...] = ()
        self._since = QElapsedTimer()
        self._guarded = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.hide()

    def show_buttons(self, buttons: tuple[Button, ...], *, guarded: bool) -> None:
        """Show these buttons; ``guarded`` ones ignore the first moments, in which a press was meant for others."""
        if buttons == self._shown:
            return
        if [button.id for button in buttons] != [button.id for button in self._shown]:
            self._guarded = guarded
            self._since.start()
        self._shown = buttons
        while len(self._buttons) < len(buttons):
            self._add()
        for place, widget in enumerate(self._buttons):
            widget.setVisible(place < len(buttons))
            if place < len(buttons):
                widget.show_as(buttons[place])
        self.setVisible(bool(buttons))

    def button(self, button_id: str) -> BarButton | None:
        """The button with this id, if it is shown."""
        found = (b for b in self._buttons[: len(self._shown)] if b.button.id == button_id)
        return next(found, None)

    def _add(self) -> None:
        button = BarButton(self)
        button.chosen.connect(self._on_chosen)
        self._buttons.append(button)
        self.layout().addWidget(button)

    @Slot(str)
    def _on_chosen(self, button_id: str) -> None:
        if not (self._guarded and self._since.elapsed() < SETTLE_MS):
            self.chosen.emit(button_id)


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
        self._grip: QPoint | None = None
        self._dragging = False
        self._dot = False
        self._tint = QVariantAnimation(self)
        self._tint.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._tint.setEndValue(0.0)
        self._tint.valueChanged.connect(self._on_tint)
        self._tint.finished.connect(self._on_tinted)
        self._dot_timer = QTimer(self, singleShot=True, interval=CONFIRM_MS)
        self._dot_timer.timeout.connect(self._on_dot_over)
        self._pointer_timer = QTimer(self, singleShot=True)
        self._pointer_timer.timeout.connect(self._on_pointer_settled)
        self._level = 0.0
        self._build()
        self._dress_window()

    def _dress_window(self) -> None:
        hint, here = Qt.WindowType, Qt.WidgetAttribute
        self.setWindowTitle(NAME)
        self.setAccessibleName(NAME)
        self.setAttribute(here.WA_ShowWithoutActivating)
        self.setAttribute(here.WA_OpaquePaintEvent)
        self.setAttribute(here.WA_QuitOnClose, False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if self._kind == "wayland":
            self.setWindowFlags(hint.Window | hint.WindowStaysOnTopHint | hint.WindowDoesNotAcceptFocus)
            return
        flags = hint.Tool | hint.FramelessWindowHint | hint.WindowStaysOnTopHint | hint.WindowDoesNotAcceptFocus
        if self._kind == "x11":
            flags |= hint.BypassWindowManagerHint
        self.setAttribute(here.WA_MacAlwaysShowToolWindow)
        self.setWindowFlags(flags)

    def _build(self) -> None:
        self._time = _label(self, "strong")
        self._time.setObjectName("time")
        self._sentence = _label(self, "")
        self._detail = _label(self, "")
        self._detail.setWordWrap(True)
        self._buttons = ButtonRow(self)
        self._buttons.chosen.connect(self.pressed)
        self._first = QHBoxLayout()
        self._first.setSpacing(theme.UNIT * 2)
        for part in (self._time, self._sentence):
            self._first.addWidget(part)
        self._below = QHBoxLayout()
        self._below.addStretch(1)
        self._all = QVBoxLayout(self)
        self._all.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.setSpacing(0)
        self._all.addLayout(self._first)
        self._all.addWidget(self._detail)
        self._all.addLayout(self._below)

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
        return self._buttons.button(button_id)

    def show_face(self, face: Face) -> None:
        """Show this from now on. A tint comes first, slowly; the line follows when it has come."""
        self._wanted = face
        coming = face.tinted and not (self._face.tinted and self._level == 1.0)
        if face.tinted != self._face.tinted:
            self._tint_to(1.0 if face.tinted else 0.0)
        if coming and self._tint.state() == QVariantAnimation.State.Running and not face.hidden:
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
        self._spot = spot
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
        """Put the words and buttons of the face in their places, on two rows when one is too narrow."""
        face = self._face
        under_pointer = self.isVisible() and self.underMouse()
        self._buttons.show_buttons(() if face.hidden else face.buttons, guarded=under_pointer)
        for label, text in ((self._time, face.time), (self._sentence, face.sentence), (self._detail, face.detail)):
            label.setText(text)
            label.setVisible(bool(text) and not face.hidden)
        self._sentence.setWordWrap(False)
        self._arrange()
        self._stand()

    def _arrange(self) -> None:
        """The minutes stand back when a line needs the room; if it still does not fit, its buttons go below it."""
        room = min(WIDEST, self._area().width())
        self._put_buttons(self._first)
        if self._face.sentence and self._natural_width() > room:
            self._time.setVisible(False)
            if self._natural_width() > room:
                self._time.setVisible(bool(self._face.time))
                self._put_buttons(self._below)
                self._sentence.setWordWrap(True)
        self._first.setStretchFactor(self._sentence, int(self._sentence.wordWrap()))
        centred = not self._face.sentence and not self._face.buttons
        side = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeading
        self._time.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)

    def _put_buttons(self, row: QBoxLayout) -> None:
        other = self._below if row is self._first else self._first
        if row.indexOf(self._buttons) < 0:
            other.removeWidget(self._buttons)
            row.addWidget(self._buttons)
        gap, wide = theme.UNIT * 2, theme.UNIT * 2 + 4
        end = theme.UNIT // 2 if self._face.buttons else wide
        if row is self._first:
            self._margins(self._first, wide, 2, end, LINE)
        else:
            self._margins(self._first, wide, theme.UNIT + 2, gap, 2)
        self._margins(self._below, gap, 0, theme.UNIT // 2, LINE + 1)
        self._margins(self._detail, wide, 0, gap, theme.UNIT + LINE)

    def _margins(self, of: QLayout | QLabel, leading: int, top: int, trailing: int, bottom: int) -> None:
        """Margins by reading direction: Qt mirrors places, but not margins."""
        left, right = (trailing, leading) if self.isRightToLeft() else (leading, trailing)
        of.setContentsMargins(left, top, right, bottom)

    def _natural_width(self) -> int:
        self._first.invalidate()
        return self._first.sizeHint().width()

    def _size(self) -> QSize:
        """How large this face wants to be."""
        if self._face.hidden:
            return hidden_size(self._spot.place.edge, dot=self._dot)
        room = min(WIDEST, self._area().width())
        width = max(REST, min(room, self._natural_width()))
        if self._sentence.wordWrap() or self._face.detail:
            width = max(width, min(room, WIDEST * 3 // 4))
        if self._sentence.wordWrap():
            width = room
        self._all.invalidate()
        return QSize(width, max(HEIGHT, self._all.totalHeightForWidth(width)))

    # --- where it stands

    def screen_in_use(self) -> QScreen:
        """The screen it stands on."""
        named = (s for s in QGuiApplication.screens() if name_of(s) == self._spot.screen)
        return next(named, QGuiApplication.primaryScreen())

    def _area(self) -> QRect:
        return self.screen_in_use().availableGeometry()

    def _stand(self) -> None:
        if self._dragging:
            self.resize(self._size())
            return
        place = bar_places.stand(self._area(), self._spot.place, self._size())
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

    def _tint_to(self, level: float) -> None:
        self._tint.stop()
        lasting = theme.motion(TINT_MS) if self.isVisible() else 0
        if not lasting:
            self._on_tint(level)
            return
        self._tint.setDuration(lasting)
        self._tint.setStartValue(self._level)
        self._tint.setEndValue(level)
        self._tint.start()

    @Slot(object)
    def _on_tint(self, level: float) -> None:
        self._level = level
        self.update()

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

    def _ground(self) -> QColor:
        """The ground between no tint and the full one."""
        plain, tint = self.palette().color(QPalette.ColorRole.AlternateBase), self.palette().color(_TINT)
        mixed = (round(a + (b - a) * self._level) for a, b in zip(plain.getRgb(), tint.getRgb(), strict=True))
        return QColor(*mixed)

    # --- what Qt calls

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, border, the line of time, the dot."""
        painter = QPainter(self)
        palette, roles, shape = self.palette(), QPalette.ColorRole, self._shape()
        painter.fillRect(event.rect(), self._ground())
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
            screen = QGuiApplication.screenAt(self.geometry().center()) or self.screen_in_use()
            self.stand_at(Spot(name_of(screen), bar_places.nearest(self.geometry(), screen.availableGeometry())))
            self.moved.emit(self._spot)
        elif held and self._face.hidden and self.rect().contains(event.position().toPoint()):
            self.pressed.emit("hide")

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the letters, the language's direction or the look change."""
        super().changeEvent(event)
        kinds = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange)
        if event.type() in kinds and hasattr(self, "_all"):
            self._fill()

    def hideEvent(self, event: QEvent) -> None:
        """Nothing runs for a bar that is not shown."""
        for timer in (self._dot_timer, self._pointer_timer):
            timer.stop()
        self._tint.stop()
        self._dot = False
        self._dragging, self._grip = False, None
        self._level = 1.0 if self._wanted.tinted else 0.0
        self._apply(self._wanted)
        super().hideEvent(event)


_MIRRORED = {"caret-left": "caret-right"}
_TINT = QPalette.ColorRole.Midlight


def name_of(screen: QScreen) -> str:
    """The name to remember a screen by; some systems give none."""
    return screen.name() or "screen"


def _label(parent: QWidget, role: str) -> QLabel:
    """A line of words that lets the pointer through to the bar."""
    label = QLabel(parent)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return label
