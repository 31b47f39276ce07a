"""Learns which tables a session changes, whatever way they are changed."""

from collections.abc import Collection

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlmodel import Session, SQLModel

_TABLES = "touched tables"
"""Where a session keeps them (``Session.info``)."""


def watch(db: Session) -> set[type]:
    """A set that fills with the table classes this session changes, until it ends.

    Rows count only if they really differ. A deletion can take rows of other tables with it in the database itself,
    so it counts as touching every table. Bulk statements bypass the flush and are seen on their own.
    """
    tables: set[type] = set()
    db.info[_TABLES] = tables
    return tables


# For all sessions at once: to listen to each anew would take a good part of what storing a keystroke takes.
@event.listens_for(Session, "before_flush")
def _on_flush(db: Session, context: UOWTransaction, instances: object) -> None:  # noqa: ARG001
    tables = db.info.get(_TABLES)
    if tables is None:
        return
    tables.update(type(row) for row in db.new)
    tables.update(type(row) for row in db.dirty if db.is_modified(row))
    if db.deleted:
        tables.update(_every_table())


@event.listens_for(Session, "do_orm_execute")
def _on_execute(state: ORMExecuteState) -> None:
    tables = state.session.info.get(_TABLES)
    if tables is None:
        return
    if state.is_update or state.is_insert:
        tables.update(mapper.class_ for mapper in state.all_mappers)
    elif state.is_delete:
        tables.update(_every_table())


def named(names: Collection[str]) -> frozenset[type]:
    """The table classes of these names."""
    return frozenset(table for table in _every_table() if inspect(table).local_table.name in names)


def _every_table() -> set[type]:
    mapped = (mapper.class_ for mapper in SQLModel._sa_registry.mappers)
    return {table for table in mapped if inspect(table).local_table is not None}
