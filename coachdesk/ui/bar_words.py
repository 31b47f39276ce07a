"""The words and buttons on the presence bar: one row, or two when one is too narrow."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLayout, QToolButton, QVBoxLayout, QWidget

from coachdesk.ui import icons, theme
from coachdesk.ui.bar_face import LESS, MORE, Button, Face
from coachdesk.ui.bar_shape import HEIGHT, LINE, REST
from coachdesk.ui.bar_signs import Lock, QuietDot
from coachdesk.ui.widgets.buttons import FlowLayout

WIDEST = 640
SETTLE_MS = 400
"""So long new buttons under a resting pointer ignore a press meant for the ones before."""
_MIRRORED = {"caret-left": "caret-right"}


class BarButton(QToolButton):
    """A button of the bar; says its id when pressed, and never takes the keyboard."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = Button("", "")
        self.setMouseTracking(True)
        self.setProperty("quiet", True)
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
        self.setAccessibleName(button.spoken or button.words)
        self.setAccessibleDescription(button.sentence)
        self.setCheckable(button.lit)  # what is on is told as on; everything else is a plain button
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
    """As many buttons as asked for, side by side; on a narrow screen in two lines."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons: list[BarButton] = []
        self._shown: tuple[Button, ...] = ()
        self._since = QElapsedTimer()
        self._guarded = False
        self._pressed: QPoint | None = None
        self._turned: QPoint | None = None
        """Where the pointer rests since it turned to these buttons; once it has moved they may be meant."""
        self.setMouseTracking(True)
        FlowLayout(self, 0)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_buttons(self, buttons: tuple[Button, ...], *, guarded: bool) -> None:
        """Show these buttons; ``guarded`` ones ignore the first moments, in which a press was meant for others."""
        if buttons == self._shown:
            return
        if [button.id for button in buttons] != [button.id for button in self._shown]:
            self._guarded = guarded
            self._since.start()
        if not any(button.id in (MORE, LESS) for button in buttons):
            self._turned = None
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
        at, self._pressed = self._pressed, None
        if self._guarded and self._since.elapsed() < SETTLE_MS:
            return
        if button_id in (MORE, LESS):
            self._turned = at
        elif at and self._turned and _near(at, self._turned):
            return
        self.chosen.emit(button_id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A button lets its presses through to here."""
        self._pressed = event.globalPosition().toPoint()
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """And the pointer's way: it rests no more."""
        if self._turned and not _near(event.globalPosition().toPoint(), self._turned):
            self._turned = None
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer rests no more."""
        super().leaveEvent(event)
        self._turned = None


class BarWords(QWidget):
    """The minutes with the signs beside them, a line, its full wording, and the buttons of a face."""

    pressed = Signal(str)
    """The id of a button."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._face = Face()
        self._time = _label(self, "strong")
        self._time.setObjectName("time")
        self.dot = QuietDot(self)
        self.lock = Lock(self)
        self._sentence = _label(self, "")
        self._detail = _label(self, "")
        self._detail.setWordWrap(True)
        self._buttons = ButtonRow(self)
        self._buttons.chosen.connect(self.pressed)
        self._first = QHBoxLayout()
        self._first.setSpacing(theme.UNIT * 2)
        for part in (self._time, self.dot, self.lock, self._sentence):
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

    def button(self, button_id: str) -> BarButton | None:
        """The button with this id, if it is shown."""
        return self._buttons.button(button_id)

    def show_face(self, face: Face, room: int) -> None:
        """Put the words and buttons of the face in their places, within so many pixels of width."""
        self._face = face
        under_pointer = self.isVisible() and self.window().underMouse()
        self._buttons.show_buttons(() if face.hidden else face.buttons, guarded=under_pointer)
        for label, text in ((self._time, face.time), (self._sentence, face.sentence), (self._detail, face.detail)):
            label.setText(text)
            label.setVisible(bool(text) and not face.hidden)
        self.dot.show_as("" if face.hidden else face.dot, face.quiet)
        self.lock.show_as("private" if face.private and not face.hidden else "", face.private)
        self._sentence.setWordWrap(False)
        self._arrange(self._most(room))

    def size_in(self, room: int) -> QSize:
        """How large they want to be, within so many pixels of width."""
        room = self._most(room)
        width = max(REST, min(room, self._natural_width()))
        if self._face.detail:
            width = max(width, min(room, WIDEST * 3 // 4))
        if self._sentence.wordWrap():
            width = room
        self._all.invalidate()
        return QSize(width, max(HEIGHT, self._all.totalHeightForWidth(width)))

    def _most(self, room: int) -> int:
        """How wide they may be: a line wraps in time, while buttons with large letters may need more."""
        return min(WIDEST, room) if self._face.sentence else room

    def _arrange(self, room: int) -> None:
        """The minutes stand back when a line needs the room; if it still does not fit, its buttons go below it."""
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
        alone = not self._face.buttons and not self._face.sentence and not self.dot.isHidden()
        start = wide + self.dot.width() + self._first.spacing() if alone else wide  # the minutes stay in the middle
        if row is self._first:
            self._margins(self._first, start, 2, end, LINE)
        else:
            self._margins(self._first, wide, theme.UNIT + 2, gap, 2)
        one_line = row is self._first and not self._face.detail
        self._margins(self._below, gap, 0, theme.UNIT // 2, 0 if one_line else LINE + 1)
        self._margins(self._detail, wide, 0, gap, theme.UNIT + LINE)

    def _margins(self, of: QLayout | QLabel, leading: int, top: int, trailing: int, bottom: int) -> None:
        """Margins by reading direction: Qt mirrors places, but not margins."""
        left, right = (trailing, leading) if self.isRightToLeft() else (leading, trailing)
        of.setContentsMargins(left, top, right, bottom)

    def _natural_width(self) -> int:
        for button in self._buttons.children():
            if isinstance(button, BarButton):
                button.ensurePolished()  # or one never shown yet is measured with other letters
        self._buttons.layout().invalidate()
        self._buttons.updateGeometry()  # what the layout remembers of the row before
        self._first.invalidate()
        return self._first.sizeHint().width()


def _near(one: QPoint, other: QPoint) -> bool:
    """Whether a pointer that rests may have pressed in both places."""
    return (one - other).manhattanLength() < QGuiApplication.styleHints().startDragDistance()


def _label(parent: QWidget, role: str) -> QLabel:
    """A line of words that lets the pointer through to the bar."""
    label = QLabel(parent)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label
