"""The key that locks, in the windows that stand in front of the window and hold its own keys back."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog

KEYS = "Ctrl+L"


def bind_lock(dialog: QDialog) -> None:
    """Let Ctrl+L lock the records from here too, as it does in the window itself."""
    above = dialog.parentWidget()
    while above is not None and not hasattr(above, "lock_asked"):
        above = above.parentWidget()
    if above is not None:
        QShortcut(QKeySequence(KEYS), dialog).activated.connect(above.lock)
