"""Learns which tables a session changes, whatever way they are changed."""

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlmodel import Session, SQLModel


def watch(db: Session) -> set[type]:
    """A set that fills with the table classes this session changes, until it ends.

    Rows count only if they really differ. A deletion can take rows of other tables with it in the database itself,
    so it counts as touching every table. Bulk statements bypass the flush and are seen on their own.
    """
    tables: set[type] = set()

    def before_flush(session: Session, context: UOWTransaction, instances: object) -> None:  # noqa: ARG001
        tables.update(type(row) for row in session.new)
        tables.update(type(row) for row in session.dirty if session.is_modified(row))
        if session.deleted:
            tables.update(_every_table())

    def on_execute(state: ORMExecuteState) -> None:
        if state.is_update or state.is_insert:
            tables.update(mapper.class_ for mapper in state.all_mappers)
        elif state.is_delete:
            tables.update(_every_table())

    event.listen(db, "before_flush", before_flush)
    event.listen(db, "do_orm_execute", on_execute)
    return tables


def _every_table() -> set[type]:
    mapped = (mapper.class_ for mapper in SQLModel._sa_registry.mappers)
    return {table for table in mapped if inspect(table).local_table is not None}
