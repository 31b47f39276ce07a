"""The one sentence the bar says by itself: why something was not done, or what became of focus mode."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer

STAYS_MS = 10_000
"""So long it stays if nobody puts it away."""


class Said:
    """Goes after a while; while everything is hidden it waits until it can be read."""

    def __init__(self, stays: int = STAYS_MS) -> None:
        """``stays`` is in milliseconds."""
        self.sentence = ""
        self._stays = stays
        self._since = QElapsedTimer()

    def tell(self, sentence: str) -> None:
        """Say this from now on, in place of what was said before."""
        self.sentence = sentence
        self._since.start()

    def put_away(self) -> None:
        """It was read."""
        self.sentence = ""

    def look(self, *, hidden: bool) -> None:
        """Let it go once it has stayed long enough."""
        if hidden:
            self._since.start()
        elif self.sentence and self._since.elapsed() > self._stays:
            self.sentence = ""
