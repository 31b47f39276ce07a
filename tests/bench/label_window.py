"""The yardstick of the window: nothing but PySide6 and one label.

python -m tests.bench.label_window
"""

from PySide6.QtWidgets import QApplication, QLabel

from tests.bench.paint import Painted, tell


def painted() -> None:
    """Tell the bench."""
    tell("window")


if __name__ == "__main__":
    app = QApplication([])
    label = QLabel("CoachDesk")
    label.resize(1040, 740)
    Painted(label, painted)
    label.show()
    app.exec()
