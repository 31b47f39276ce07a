"""What the proof asks of a browser, whichever it is."""

from dataclasses import dataclass
from typing import Any, Protocol

Tab = str
"""A tab, in the browser's own word for it."""


@dataclass(frozen=True)
class Visit:
    """What a person would see after going to an address: a page, the browser's own error, or still nothing."""

    text: str = ""
    """What stands on the page."""
    error: str = ""
    """The browser's name for what went wrong."""

    @property
    def waits(self) -> bool:
        """Whether there was no answer in the time given."""
        return not self.text and not self.error


class Browser(Protocol):
    """A browser with a window of its own, driven from outside."""

    name: str

    def open(self) -> Tab:
        """A new, empty tab."""
        ...

    def visit(self, tab: Tab, url: str, patience: float) -> Visit:
        """Go to an address as if typed; what is there after so many seconds at most."""
        ...

    def ask(self, tab: Tab, script: str) -> Any:
        """The JSON value of an expression in the tab's page."""
        ...

    def versions(self) -> str:
        """Which release it is, for the record."""
        ...
