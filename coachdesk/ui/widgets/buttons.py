"""Everything to press: buttons, a flow that wraps them, switches, a few alternatives, a number to step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coachdesk.ui import icons
from coachdesk.ui.theme import TARGET, UNIT
from coachdesk.ui.widgets.texts import label
from coachdesk.ui.widgets.wheel import NumberField
from coachdesk.words import _


def pressed_by_return(made: QAbstractButton, event: QKeyEvent) -> bool:
    """Press a button because Return or Enter was pressed on it, once however long that is held; whether it was.

    Qt does so only with those a dialog may press by itself.
    """
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or held:
        return False
    if not event.isAutoRepeat():
        made.click()
    return True


class PressButton(QPushButton):
    """A button that Return presses as Space does, in a page and in a form, where it would press another."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_return(self, event):
            super().keyPressEvent(event)


class IconButton(QToolButton):
    """The same with an icon alone."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_return(self, event):
            super().keyPressEvent(event)


def button(
    text: str,
    slot: Callable[[], object] | None = None,
    *,
    primary: bool = False,
    quiet: bool = False,
    icon: str = "",
    hint: str = "",
) -> QPushButton:
    """A button with words; at most one ``primary`` on a screen, ``quiet`` for what is rarely wanted."""
    made = PressButton(text)
    made.setAccessibleName(text)
    made.setProperty("primary", primary)
    made.setProperty("quiet", quiet)
    if icon:
        icons.put(made, icon, "on_accent" if primary else "accent" if quiet else "resting")
    if hint:
        made.setToolTip(hint)
        made.setAccessibleDescription(hint)
    if slot:
        made.clicked.connect(slot)
    return made


def icon_button(name: str, text: str, slot: Callable[[], object] | None = None) -> QToolButton:
    """An icon alone; what it does is its tooltip and its accessible name."""
    made = IconButton()
    made.setProperty("quiet", True)
    made.setToolTip(text)
    made.setAccessibleName(text)
    made.setMinimumSize(TARGET, TARGET)
    if name:
        icons.put(made, name)
    if slot:
        made.clicked.connect(slot)
    return made


RESTING = 0.4
"""How much is seen of a switch that cannot be used."""


class FlowLayout(QLayout):
    """Things side by side, wrapping into further lines where the width ends; mirrored for right-to-left."""

    def __init__(self, parent: QWidget | None = None, space: int = UNIT) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        """Width → the height it needs, asked many times while a page is laid out."""
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(space)

    def _place(self, room: QRect, really: bool) -> int:
        """Lay out in the room's width; the height needed."""
        mirrored = self.parentWidget() is not None and self.parentWidget().layoutDirection() == Qt.RightToLeft
        x, y, height = room.left(), room.top(), 0
        for item in self._items:
            if item.widget() is not None and item.widget().isHidden():
                continue
            size = item.sizeHint().boundedTo(QSize(room.width(), 16777215)).expandedTo(item.minimumSize())
            if x > room.left() and x + size.width() > room.right() + 1:
                x, y, height = room.left(), y + height + self.spacing(), 0
            if really:
                left = room.left() + room.right() - x - size.width() + 1 if mirrored else x
                item.setGeometry(QRect(QPoint(left, y), size))
            x += size.width() + self.spacing()
            height = max(height, size.height())
        return y + height - room.top()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Qt says that something in it changed."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, True)

    def sizeHint(self) -> QSize:
        shown = [i.sizeHint() for i in self._items if i.widget() is None or not i.widget().isHidden()]
        width = sum(s.width() for s in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(width, max((s.height() for s in shown), default=0))

    def minimumSize(self) -> QSize:
        least = QSize(0, 0)
        for item in self._items:
            if item.widget() is None or not item.widget().isHidden():
                least = least.expandedTo(item.minimumSize())
        return least


class Flow(QWidget):
    """Widgets side by side that wrap when the window is narrow."""

    def __init__(self, *widgets: QWidget, space: int = UNIT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = FlowLayout(self, space)
        for widget in widgets:
            self._layout.addWidget(widget)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """One more at the end."""
        self._layout.addWidget(widget)


class Toggle(QCheckBox):
    """A switch, with or without words beside it."""

    WIDTH, HEIGHT = 40, 24

    def __init__(self, name: str, on: bool = False, *, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(name)
        self.setChecked(on)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text()) if self.text() else QSize(0, 0)
        gap = 12 if self.text() else 0
        return QSize(self.WIDTH + 8 + gap + words.width(), max(TARGET, words.height() + UNIT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else RESTING)
        colours = self.palette()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - self.WIDTH - 4 if mirrored else 4
        track = QRectF(left + 0.5, (self.height() - self.HEIGHT) / 2 + 0.5, self.WIDTH - 1, self.HEIGHT - 1)
        on = self.isChecked()
        edge = colours.highlight().color() if on else colours.mid().color()
        painter.setPen(QPen(edge, 1.2))
        painter.setBrush(colours.highlight() if on else colours.base())
        painter.drawRoundedRect(track, self.HEIGHT / 2, self.HEIGHT / 2)
        knob = self.HEIGHT - 10
        at_right = on != mirrored
        x = track.right() - knob - 4.5 if at_right else track.left() + 4.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.highlightedText() if on else colours.mid())
        painter.drawEllipse(QRectF(x, track.center().y() - knob / 2, knob, knob))
        if self.hasFocus():
            painter.setPen(QPen(colours.highlight().color(), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(track.adjusted(-3, -3, 3, 3), self.HEIGHT / 2 + 3, self.HEIGHT / 2 + 3)
        if self.text():
            painter.setOpacity(1.0)
            painter.setPen(colours.windowText().color())
            room = (
                self.rect().adjusted(0, 0, -self.WIDTH - 20, 0)
                if mirrored
                else self.rect().adjusted(self.WIDTH + 20, 0, 0, 0)
            )
            side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, self.text())


class _OneOf(QWidget):
    """Alternatives of which exactly one holds."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._values: list[object] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._on_clicked)

    @property
    def value(self) -> object:
        """What is chosen; None before anything is."""
        at = self._group.checkedId()
        return self._values[at] if at >= 0 else None

    def choose(self, value: object) -> None:
        """Choose without telling anyone."""
        if value in self._values:
            chosen = self._group.button(self._values.index(value))
            chosen.setChecked(True)
            self.setFocusProxy(chosen)

    def forget(self) -> None:
        """Choose nothing again, without telling anyone."""
        made = self._group.checkedButton()
        if made is not None:
            self._group.setExclusive(False)
            made.setAutoExclusive(False)
            made.setChecked(False)
            made.setAutoExclusive(True)
            self._group.setExclusive(True)

    def _take(self, made: QAbstractButton, value: object) -> None:
        made.setCheckable(True)
        made.setAutoExclusive(True)  # told to screen readers as one of several, not as a box to check
        self._group.addButton(made, len(self._values))
        self._values.append(value)
        made.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left and Right lead on where the alternatives wrap; by itself Qt stops at the end of a line.

        Return on what is chosen already is for the form they are in.
        """
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and watched.isChecked():
            event.ignore()
            return True
        if event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return False
        onward = (event.key() == Qt.Key.Key_Right) != (self.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        beside = self._group.button(self._group.id(watched) + (1 if onward else -1))
        if beside is None:
            return False
        beside.setFocus(Qt.FocusReason.TabFocusReason)
        if watched.isChecked():
            beside.click()
        return True

    @Slot(int)
    def _on_clicked(self, at: int) -> None:
        self.chosen.emit(self._values[at])


class Choice(_OneOf):
    """A few alternatives side by side."""

    def __init__(
        self,
        choices: Sequence[tuple[object, str]],
        value: object = None,
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        layout = FlowLayout(self, UNIT)
        for choice, text in choices:
            made = button(text)
            made.setProperty("role", "choice")
            self._take(made, choice)
            layout.addWidget(made)
        self.choose(value)


class _Option(PressButton):
    """One large alternative: a title and a sentence."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self.setProperty("role", "option")
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT * 2, UNIT * 2, UNIT * 2, UNIT * 2)
        layout.setSpacing(UNIT // 2)
        for part in (label(title, "strong"), label(sentence, "muted")):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(part)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return self.layout().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.layout().minimumSize()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.layout().heightForWidth(width)


class Options(_OneOf):
    """Alternatives as large cards, one under the other."""

    def __init__(
        self, options: Sequence[tuple[object, str, str]], value: object = None, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        for option, title, sentence in options:
            made = _Option(title, sentence)
            self._take(made, option)
            layout.addWidget(made)
        self.choose(value)


class Stepper(QWidget):
    """A whole number with − and + to press; it can also be typed.

    ``unit`` is what it counts: a word that is the same for every number, or what gives the one that fits.
    """

    changed = Signal(int)

    def __init__(
        self,
        name: str,
        value: int,
        low: int,
        high: int,
        unit: str | Callable[[int], str] = "",
        *,
        step: int = 5,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = NumberField(unit if callable(unit) else None)
        if isinstance(unit, str) and unit:
            self.field.setSuffix(f" {unit}")
        self.field.setRange(low, high)
        self.field.setSingleStep(step)
        self.field.setValue(value)
        self.field.setAccessibleName(name)
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setKeyboardTracking(False)
        self.field.valueChanged.connect(self.changed)
        less = icon_button("minus-light", _("Less: {name}").format(name=name), self.field.stepDown)
        more = icon_button("plus-light", _("More: {name}").format(name=name), self.field.stepUp)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        for part in (less, self.field, more):
            layout.addWidget(part)
        for part in (less, more):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same in the field
        self.setFocusProxy(self.field)

    @property
    def value(self) -> int:
        """The number shown, or typed so far."""
        field = self.field
        return field.valueFromText(field.text()) if field.hasAcceptableInput() else field.value()

    def put(self, value: int) -> None:
        """Show another number without telling anyone."""
        held = self.blockSignals(True)  # not the field's: its unit follows the number
        self.field.setValue(value)
        self.blockSignals(held)
