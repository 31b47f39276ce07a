"""Figures as a table: read by keyboard and screen reader, copied as text that a spreadsheet takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from coachdesk.ui.theme import TARGET, UNIT
from coachdesk.words import _

ROWS = 6
"""Rows in sight at once; the others are scrolled to."""


@dataclass(frozen=True)
class Table:
    """Figures in words: the heads of the columns, and the rows as they are shown."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def text(self, chosen: Sequence[int] = ()) -> str:
        """Heads and rows (all, or those chosen) with tabs between the columns."""
        wanted = [self.rows[at] for at in chosen] or self.rows
        return "\n".join("\t".join(row) for row in (self.heads, *wanted))


class _Model(QAbstractTableModel):
    """The table as Qt's model."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = Table((), ())

    def replace(self, table: Table) -> None:
        """Other figures from now on."""
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self.table.rows)

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self.table.heads)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        text = self.table.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            month, head = self.table.rows[index.row()][0], self.table.heads[index.column()]
            return text if index.column() == 0 else f"{month}, {head}: {text}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if index.column() == 0 else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.table.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == 0 else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class FigureTable(QTableView):
    """The table on screen. Arrows go through it, Ctrl+C copies the chosen rows or, with none chosen, all of them."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model(self)
        self.setModel(self._model)
        self.setAccessibleName(name)
        self.horizontalHeader().setAccessibleName(_("What the columns are"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(TARGET - UNIT // 2, self.fontMetrics().lineSpacing() + UNIT))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)

    @property
    def table(self) -> Table:
        """What is shown."""
        return self._model.table

    def show_table(self, table: Table) -> None:
        """Show these figures."""
        self._model.replace(table)
        self.setFixedHeight(self.sizeHint().height())

    def copy(self) -> None:
        """Put the chosen rows, or all of them, on the clipboard."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        QGuiApplication.clipboard().setText(self.table.text(chosen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.selectionModel().setCurrentIndex(self._model.index(0, 0), self.selectionModel().SelectionFlag.NoUpdate)

    def sizeHint(self) -> QSize:
        rows = min(ROWS, max(1, self._model.rowCount())) * self.verticalHeader().defaultSectionSize()
        return QSize(UNIT * 40, self.horizontalHeader().sizeHint().height() + rows + 4)
