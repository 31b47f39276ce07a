"""A list of rows: painted, so that it stays quick with thousands; operable by keyboard and readable aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coachdesk.ui import icons
from coachdesk.ui.theme import RADIUS, UNIT


@dataclass(frozen=True)
class Row:
    """One row: a title, a quieter detail under it, a few words aside."""

    id: object
    title: str
    detail: str = ""
    aside: str = ""
    icon: str = ""

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        return ", ".join(part for part in (self.title, self.detail, self.aside) if part)


class _Rows(QAbstractListModel):
    """The rows as Qt's model."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def replace(self, rows: Sequence[Row]) -> None:
        """Other rows from now on."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.spoken
        return row if role == Qt.ItemDataRole.UserRole else None


class _Painter(QStyledItemDelegate):
    """Paints one row."""

    PAD = 12

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        lines = 2 if row.detail else 1
        return QSize(UNIT * 20, max(40, option.fontMetrics.lineSpacing() * lines + UNIT * 2))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # words run as their own letters do
        self._ground(painter, option)
        room = option.rect.adjusted(self.PAD, UNIT, -self.PAD, -UNIT)
        if row.icon:
            room = self._icon(painter, option, row.icon, room)
        if row.aside:
            room = self._aside(painter, option, row.aside, room)
        self._words(painter, option, row, room)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        state, colours = option.state, option.palette
        box = option.rect.adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(colours.midlight())
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(colours.light())
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.highlight().color(), 2))
            painter.drawRoundedRect(box, RADIUS, RADIUS)

    def _icon(self, painter: QPainter, option: QStyleOptionViewItem, name: str, room: QRect) -> QRect:
        colour = QApplication.palette().placeholderText().color().name()
        picture = icons.pixmap(name, colour, icons.SIZE, painter.device().devicePixelRatioF())
        place = QRect(room.left(), room.center().y() - icons.SIZE // 2, icons.SIZE, icons.SIZE)
        painter.drawPixmap(QStyle.visualRect(option.direction, room, place), picture)
        rest = room.adjusted(icons.SIZE + self.PAD, 0, 0, 0)
        return QStyle.visualRect(option.direction, room, rest)

    def _aside(self, painter: QPainter, option: QStyleOptionViewItem, text: str, room: QRect) -> QRect:
        width = min(option.fontMetrics.horizontalAdvance(text) + 2, room.width() // 2)
        place = QRect(room.right() - width, room.top(), width, room.height())
        painter.setPen(QApplication.palette().placeholderText().color())
        words = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(
            QStyle.visualRect(option.direction, room, place),
            Qt.AlignmentFlag.AlignVCenter | QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignRight),
            words,
        )
        return QStyle.visualRect(option.direction, room, room.adjusted(0, 0, -width - self.PAD, 0))

    def _words(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, room: QRect) -> None:
        height = option.fontMetrics.lineSpacing()
        top = room.center().y() - (height * (2 if row.detail else 1)) // 2
        side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(option.palette.text().color())
        title = option.fontMetrics.elidedText(row.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QRect(room.left(), top, room.width(), height), side, title)
        if row.detail:
            painter.setPen(QApplication.palette().placeholderText().color())
            detail = option.fontMetrics.elidedText(row.detail, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QRect(room.left(), top + height, room.width(), height), side, detail)


class RowList(QListView):
    """Rows to choose from. With ``fits`` it is as high as its rows and leaves the scrolling to the page."""

    activated_row = Signal(object)
    key_pressed = Signal(str, object)

    def __init__(self, name: str, empty: str = "", *, fits: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = empty
        self._fits = fits
        self._model = _Rows(self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if fits:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._on_clicked)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the present place is kept where it still exists."""
        before = self.current_id
        self._model.replace(rows)
        for at, row in enumerate(rows):
            if before is not None and row.id == before:
                self.setCurrentIndex(self._model.index(at))
        self.updateGeometry()

    @property
    def rows(self) -> list[Row]:
        """What is shown."""
        return self._model.rows

    @property
    def current_id(self) -> object | None:
        """The id of the row the keyboard is on; None without one."""
        index = self.currentIndex()
        return self._model.rows[index.row()].id if index.isValid() else None

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.activated_row.emit(self._model.rows[index.row()].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current_id
        if current is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated_row.emit(current)
        elif current is not None and event.text().isalpha() and not event.modifiers():
            self.key_pressed.emit(event.text().lower(), current)
        elif current is not None and event.key() == Qt.Key.Key_Delete:
            self.key_pressed.emit("delete", current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rows:
            self.setCurrentIndex(self._model.index(0))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._model.rows and self._empty:
            painter = QPainter(self.viewport())
            painter.setPen(QApplication.palette().placeholderText().color())
            room = self.viewport().rect().adjusted(_Painter.PAD, 0, -_Painter.PAD, 0)
            side = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self._empty)

    def sizeHint(self) -> QSize:
        if not self._fits:
            return super().sizeHint()
        rows = sum(self.sizeHintForRow(at) for at in range(self._model.rowCount()))
        return QSize(super().sizeHint().width(), max(rows + 4, 40))

    def minimumSizeHint(self) -> QSize:
        return QSize(UNIT * 15, self.sizeHint().height() if self._fits else UNIT * 15)
