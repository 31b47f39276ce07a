"""How much a file takes, as people read it."""

from __future__ import annotations

from PySide6.QtCore import QLocale

STEP = 1024
"""Of how many of the next smaller one each unit is: the figures are those of the file managers of most computers."""


def size_words(size: int) -> str:
    """A number of bytes in the person's locale, for example "588 kB" or "1.4 MB"; tenths only where they say more."""
    unit = 1
    while size / unit >= STEP:
        unit *= STEP
    fine = unit > 1 and size / unit < 9.95 and round(10 * size / unit) % 10
    words = QLocale().formattedDataSize(size, 1 if fine else 0, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
    return words.replace("\u00a0", " ")
