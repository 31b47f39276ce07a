"""The running app without a face: it holds the open records, carries out verbs, and says what changed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from coachdesk import settings as settings_of
from coachdesk.clock import Clock, Now
from coachdesk.errors import Locked
from coachdesk.paths import Home
from coachdesk.words import _

if TYPE_CHECKING:  # the first window is drawn before the database libraries are loaded
    from sqlmodel import Session

    from coachdesk.focus.mode import Focus
    from coachdesk.storage.store import Store
    from coachdesk.storage.undo import Step, Steps

P = ParamSpec("P")
T = TypeVar("T")
Changed = frozenset[type]
Listener = Callable[[Changed], None]


class Desk:
    """Carries out verbs on the records, each in one transaction, and announces which tables they touched.

    A verb or query is a function whose first parameter is the database session; those with a keyword ``now`` are
    given the desk's clock reading. Nothing is announced when a verb refuses or fails, and nothing is changed.
    """

    def __init__(self, clock: Clock, home: Home, settings: settings_of.Settings | None = None) -> None:
        self.clock = clock
        self.home = home
        self.settings = settings if settings is not None else settings_of.load(home.settings)
        self.listeners: list[Listener] = []
        self.focus: Focus | None = None
        """Focus mode, where the program holds it; verbs may ask for it, whether the records are open or not."""
        self._store: Store | None = None
        self._steps: Steps | None = None

    def now(self) -> Now:
        """The present reading of the clock."""
        return self.clock.now()

    @property
    def is_open(self) -> bool:
        """Whether the records are unlocked."""
        return self._store is not None

    @property
    def store(self) -> "Store":
        """The open records, for backups and checks; raises Locked."""
        if self._store is None:
            raise Locked(_("The records are locked; unlock them first."))
        return self._store

    def open(self, key: bytes) -> None:
        """Unlock the records of this home; raises what ``storage.store.open`` raises."""
        from coachdesk.storage import store

        self.adopt(store.open(self.home.records, key))

    def adopt(self, opened: "Store") -> None:
        """Take records that were opened or made elsewhere, for instance on a worker thread."""
        from coachdesk.practice import checklists

        self.close()
        self._store = opened
        try:
            self.do_quietly(checklists.ship)
        except BaseException:
            self.close()  # unlocked or locked, nothing between
            raise

    def close(self) -> None:
        """Lock the records; the key is forgotten, and what could be taken back."""
        self._steps = None
        if self._store is not None:
            self._store.close()
            self._store = None

    def do(self, verb: "Callable[Concatenate[Session, P], T]", *args: Any, **kwargs: Any) -> T:
        """Carry out a verb in one transaction, then announce the tables it touched.

        Raises:
            Refused: from the verb, or because the disk or the database would not take the change.
        """
        value, touched, step = self._carry_out(verb, args, kwargs, steps=self.steps)
        self.steps.keep(step)
        if touched:
            self.announce(touched)
        return value

    def do_quietly(self, verb: "Callable[Concatenate[Session, P], T]", *args: Any, **kwargs: Any) -> T:
        """Carry out a verb that no screen needs to hear of and nobody takes back: a heartbeat, a draft."""
        return self._carry_out(verb, args, kwargs)[0]

    @property
    def steps(self) -> "Steps":
        """The changes of this run that can be taken back; raises Locked. Empty them when a client is forgotten."""
        if self._steps is None:
            from coachdesk.practice.undoing import RULES
            from coachdesk.storage.undo import Steps

            self.store  # noqa: B018  # raises where there is nothing to take back from
            self._steps = Steps(RULES)
        return self._steps

    def undo(self) -> str:
        """Take the last change back, announce it, and say in a sentence what it was; raises Refused."""
        from coachdesk.practice import undoing

        return undoing.taken_back(self._turn(back=True))

    def redo(self) -> str:
        """Do again what was taken back last; the same otherwise."""
        from coachdesk.practice import undoing

        return undoing.done_again(self._turn(back=False))

    def read(self, query: "Callable[Concatenate[Session, P], T]", *args: Any, **kwargs: Any) -> T:
        """Answer a query; whatever it might have changed is not kept. What the disk refuses is said in a sentence."""
        from coachdesk.storage.faults import explained

        with self.store.session() as db, explained():
            return query(db, *args, **self._with_now(query, kwargs))

    def change_setting(self, name: str, value: Any) -> None:
        """Set one setting by its full name, such as ``session.minutes``, store it and announce it."""
        self.change_settings(settings_of.changed(self.settings, name, value))

    def change_settings(self, settings: settings_of.Settings) -> None:
        """Take other settings, store them and announce it; raises Refused when they cannot be stored."""
        if settings == self.settings:
            return
        settings_of.save(self.home.settings, settings)
        self.settings = settings
        self.announce(frozenset({settings_of.Settings}))

    def announce(self, touched: Changed) -> None:
        """Tell every listener which tables changed."""
        for listener in list(self.listeners):
            listener(touched)

    def _carry_out(
        self, verb: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any], steps: "Steps | None" = None
    ) -> tuple[T, Changed, "Step"]:
        from coachdesk.storage import touched, undo
        from coachdesk.storage.faults import explained

        with self.store.writing() as db, explained():
            tables = touched.watch(db)
            if steps is not None:
                undo.watch(db, steps.rules)
            value = verb(db, *args, **self._with_now(verb, kwargs))
            step = undo.learned(db) if steps is not None else ()
            db.commit()
            return value, frozenset(tables), step

    def _turn(self, *, back: bool) -> "Step":
        from coachdesk.storage import touched
        from coachdesk.storage.faults import explained

        with self.store.writing() as db, explained():
            step = self.steps.turn(db, back=back, now=self.now())
        self.announce(touched.named({change.table for change in step}))
        return step

    def _with_now(self, function: Callable[..., Any], kwargs: dict[str, Any]) -> dict[str, Any]:
        wants = (
            "now"
            in function.__code__.co_varnames[: function.__code__.co_argcount + function.__code__.co_kwonlyargcount]
        )
        return {**kwargs, "now": self.now()} if wants and "now" not in kwargs else kwargs
