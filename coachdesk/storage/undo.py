"""Learns what a transaction does to each row, and puts it back or does it again later.

SQLite itself tells: temporary triggers keep each row as it was before it was first touched, whoever touched it (a verb,
a statement for many rows, a row that goes or loses its parent by ON DELETE). They and what they keep live in memory.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2
from sqlmodel import Session

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.storage.store import driver
from coachdesk.words import _

MOST_STEPS = 100
Row = Mapping[str, Any]
"""Column by column what is stored, as the driver gives it."""


@dataclass(frozen=True)
class Change:
    """One row before and after; None where it was not there."""

    table: str
    id: str
    before: Row | None = field(repr=False)
    after: Row | None = field(repr=False)

    @property
    def columns(self) -> frozenset[str]:
        """The columns that differ; empty for a row that came or went."""
        if self.before is None or self.after is None:
            return frozenset()
        return frozenset(name for name, value in self.before.items() if self.after[name] != value)

    @property
    def turned(self) -> "Change":
        """The same the other way round."""
        return replace(self, before=self.after, after=self.before)


Step = tuple[Change, ...]
Added = Callable[[Session, Sequence[Change], bool, Now], None]
"""``(db, changes, back, now)``: what to add when added rows are taken back (``back``) or added once more."""


@dataclass(frozen=True)
class Rules:
    """What the tables want: told by who knows them."""

    left_out: frozenset[str] = frozenset()
    """Tables whose rows are nobody's record."""
    alone: frozenset[str] = frozenset()
    """Tables that make no step where nothing else was changed and nothing went."""
    fleeting: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Columns that change by themselves, by table."""
    own_way: Callable[[Change], str] = lambda _change: ""
    """The sentence that says of a change that it has a way back of its own; its whole step is then no step."""
    added: Mapping[str, Added] = field(default_factory=dict)
    """Tables whose rows are only ever added."""
    empties: frozenset[str] = frozenset()
    """Tables after whose change nothing before can be taken back."""


class Steps:
    """The changes of this run, the last one last. In memory only."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._own_way = ""
        """Why nothing from before can be taken back, in a sentence."""

    @property
    def done(self) -> Step | None:
        """What would be taken back next."""
        return self._done[-1] if self._done else None

    @property
    def undone(self) -> Step | None:
        """What would be done again next."""
        return self._undone[-1] if self._undone else None

    def keep(self, step: Step) -> None:
        """A step was done; what was taken back before it cannot be done again.

        What was done before a step that has a way back of its own stays: taken back alone, it would leave that step on
        other ground than it was done on.
        """
        if any(change.table in self.rules.empties for change in step):
            self.clear()
        elif own_way := next(filter(None, map(self.rules.own_way, step)), ""):
            self.clear()
            self._own_way = own_way
        elif step := self._kept(step):
            self._done = [*self._done, step][-MOST_STEPS:]
            self._undone.clear()

    def turn(self, db: Session, *, back: bool, now: Now) -> Step:
        """Take the last step back, or do the one again that was taken back last, and commit.

        Raises:
            Refused: there is none, or it was changed since; then it stays as it is and is no step any more.
        """
        steps, others = (self._done, self._undone) if back else (self._undone, self._done)
        if not steps:
            nothing = self._own_way or _("There is nothing to take back.")
            raise Refused(nothing if back else _("There is nothing to do again."))
        try:
            _turn(db, steps[-1], self.rules, back=back, now=now)
            db.commit()  # what belongs to nothing any more shows only here
        except (Refused, IntegrityError) as error:
            steps.pop()
            raise error if isinstance(error, Refused) else _changed_since() from error
        others.append(steps.pop())
        return others[-1]

    def clear(self) -> None:
        """Forget everything that could be taken back."""
        self._done.clear()
        self._undone.clear()
        self._own_way = ""

    def _kept(self, step: Step) -> Step:
        fleeting = self.rules.fleeting
        real = tuple(c for c in step if not c.columns or c.columns - fleeting.get(c.table, frozenset()))
        only = all(c.table in self.rules.alone and c.after is not None for c in real)
        return () if only else real


# --- learning ---------------------------------------------------------------------------------------------------


def watch(db: Session, rules: Rules) -> None:
    """From now on every row this session touches is kept as it was, until ``learned`` or the end of the transaction."""
    raw = driver(db)
    if raw.execute("SELECT 1 FROM sqlite_temp_master WHERE name = 'undo_on'").fetchone() is None:
        for statement in list(_listening(raw, rules)):
            raw.execute(statement)
    raw.execute("INSERT INTO undo_on VALUES (1)")


def learned(db: Session) -> Step:
    """What this session has done to each row since ``watch``."""
    db.flush()
    raw = driver(db)
    raw.execute("DELETE FROM undo_on")
    found: list[Change] = []
    for table in _watched(raw):
        rows = raw.execute(f'SELECT * FROM "undo_{table}"').fetchall()
        if rows:
            columns = _columns(raw, table)
            before = {row[1]: dict(zip(columns, row[1:], strict=True)) if row[0] else None for row in rows}
            after = _rows(raw, table, before)
            raw.execute(f'DELETE FROM "undo_{table}"')
            found += [
                Change(table, id_, before[id_], after.get(id_)) for id_ in before if before[id_] != after.get(id_)
            ]
    return tuple(found)


def _listening(raw: Any, rules: Rules) -> Iterable[str]:
    """The statements that let this connection keep rows as they were."""
    yield "CREATE TEMP TABLE undo_on (yes)"
    for (table,) in raw.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    ).fetchall():
        columns = _columns(raw, table)
        if "id" not in columns or table in rules.left_out:
            continue
        ordered = ["id", *(name for name in columns if name != "id")]
        listed = ", ".join(f'"{name}"' for name in ordered)
        old = ", ".join(f'OLD."{name}"' for name in ordered)
        yield f'CREATE TEMP TABLE "undo_{table}" (there, {listed}, PRIMARY KEY (id))'
        for event, row, values in (
            ("INSERT", "NEW", f"0, NEW.id{', NULL' * (len(ordered) - 1)}"),
            ("UPDATE", "OLD", f"1, {old}"),
            ("DELETE", "OLD", f"1, {old}"),
        ):
            yield (
                f'CREATE TEMP TRIGGER "undo_{table}_{event.lower()}" AFTER {event} ON main."{table}" '
                f"WHEN EXISTS (SELECT 1 FROM undo_on) "
                f'AND NOT EXISTS (SELECT 1 FROM "undo_{table}" WHERE id = {row}.id) '
                f'BEGIN INSERT INTO "undo_{table}" VALUES ({values}); END'
            )


def _watched(raw: Any) -> list[str]:
    names = "SELECT name FROM sqlite_temp_master WHERE type = 'table' AND name LIKE 'undo!_%' ESCAPE '!'"
    return [name.removeprefix("undo_") for (name,) in raw.execute(names) if name != "undo_on"]


def _columns(raw: Any, table: str) -> list[str]:
    """The columns of a table, ``id`` first."""
    names = [name for (name,) in raw.execute("SELECT name FROM pragma_table_info(?, 'main')", (table,))]
    return sorted(names, key=lambda name: name != "id")


def _rows(raw: Any, table: str, ids: Iterable[str]) -> dict[str, Row]:
    """The rows as they are now, by id."""
    found: dict[str, Row] = {}
    columns = _columns(raw, table)
    listed = ", ".join(f'"{name}"' for name in columns)
    for id_ in ids:
        row = raw.execute(f'SELECT {listed} FROM main."{table}" WHERE id = ?', (id_,)).fetchone()
        if row is not None:
            found[id_] = dict(zip(columns, row, strict=True))
    return found


# --- turning ----------------------------------------------------------------------------------------------------


def _turn(db: Session, step: Step, rules: Rules, *, back: bool, now: Now) -> None:
    """Bring every row of a step from how it should be now to how it was before; refuse if it is otherwise by now."""
    wanted = [change.turned if back else change for change in step]
    raw = driver(db)
    raw.execute("PRAGMA defer_foreign_keys = ON")  # for this transaction only
    watch(db, rules)
    added = [change for change in wanted if change.table in rules.added and _came(change, back=back)]
    plain = [change for change in wanted if change not in added]
    try:
        for change in plain:
            _refuse_changed(raw, change, rules)
        # what must be unique is free again before it is wanted
        for change in plain:
            _delete(raw, change)
        for change in plain:
            _update(raw, change, rules.fleeting.get(change.table, frozenset()))
        for change in plain:
            _insert(raw, change)
        for table, add in rules.added.items():
            if rows := [change for change in step if change.table == table and change.before is None]:
                add(db, rows, back, now)
    except dbapi2.IntegrityError as error:
        raise _changed_since() from error
    _refuse_more(learned(db), plain, rules)


def _came(change: Change, *, back: bool) -> bool:
    """Whether a turned change is of a row that the step had added."""
    return (change.after if back else change.before) is None


def _refuse_changed(raw: Any, change: Change, rules: Rules) -> None:
    if change.table in rules.added:
        return  # others of them may stand for it by now
    now = _rows(raw, change.table, [change.id]).get(change.id)
    if (now is None) != (change.before is None):
        raise _changed_since()
    if now is not None and change.before is not None:
        matter = (change.columns or frozenset(now)) - rules.fleeting.get(change.table, frozenset()) - {"updated_at"}
        if any(now[name] != change.before[name] for name in matter):
            raise _changed_since()


def _refuse_more(done: Step, wanted: Sequence[Change], rules: Rules) -> None:
    """Refuse where the database took more along than the step had brought."""
    known = {(change.table, change.id): change for change in wanted}
    for change in done:
        asked = known.get((change.table, change.id))
        if change.table not in rules.added and (asked is None or (change.after is None) != (asked.after is None)):
            raise _changed_since()


def _delete(raw: Any, change: Change) -> None:
    if change.after is None:
        raw.execute(f'DELETE FROM main."{change.table}" WHERE id = ?', (change.id,))


def _update(raw: Any, change: Change, fleeting: frozenset[str]) -> None:
    if change.before is None or change.after is None:
        return
    names = sorted(change.columns - fleeting - {"updated_at"})
    if names:
        settings = ", ".join(f'"{name}" = ?' for name in names)
        values = [change.after[name] for name in names]
        raw.execute(f'UPDATE main."{change.table}" SET {settings} WHERE id = ?', (*values, change.id))
    if "updated_at" in change.columns:
        values = [change.after["updated_at"], change.id, change.before["updated_at"]]
        raw.execute(f'UPDATE main."{change.table}" SET updated_at = ? WHERE id = ? AND updated_at = ?', values)


def _insert(raw: Any, change: Change) -> None:
    if change.before is None and change.after is not None:
        names = ", ".join(f'"{name}"' for name in change.after)
        marks = ", ".join("?" * len(change.after))
        raw.execute(f'INSERT INTO main."{change.table}" ({names}) VALUES ({marks})', list(change.after.values()))


def _changed_since() -> Refused:
    return Refused(_("This was changed again since, so it stays as it is."))
