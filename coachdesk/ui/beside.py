"""The desk for a verb that is carried out beside the window: it reads on its own thread and changes on the window's."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from coachdesk.desk import Desk

if TYPE_CHECKING:
    from sqlmodel import Session

    from coachdesk.storage.store import Store

P = ParamSpec("P")
T = TypeVar("T")
There = Callable[[Callable[[], Any]], Any]
"""Has something done on the window's thread and answers with its outcome, as ``Bridge.there``."""


class Beside(Desk):
    """Another thread's view of the window's desk, which alone opens and closes the records.

    Each reading has a connection of its own. Once the window locks the records, the next reading raises Locked.
    """

    def __init__(self, desk: Desk, there: There) -> None:
        super().__init__(desk.clock, desk.home, desk.settings)
        self.listeners, self.focus = desk.listeners, desk.focus
        self._desk, self._there = desk, there

    @property
    def is_open(self) -> bool:
        """Whether the window's records are unlocked."""
        return self._desk.is_open

    @property
    def store(self) -> "Store":
        """The window's open records; raises Locked."""
        return self._desk.store

    def do(self, verb: "Callable[Concatenate[Session, P], T]", *args: Any, **kwargs: Any) -> T:
        """Have the window's desk carry out a verb; raises what that raises, Refused where the window is busy."""
        done: T = self._there(partial(self._desk.do, verb, *args, **kwargs))
        return done

    def do_quietly(self, verb: "Callable[Concatenate[Session, P], T]", *args: Any, **kwargs: Any) -> T:
        """The same for what no screen needs to hear of."""
        done: T = self._there(partial(self._desk.do_quietly, verb, *args, **kwargs))
        return done
