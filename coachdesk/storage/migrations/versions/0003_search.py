"""Search: indexes of the words in every text, kept right by the database itself.

Revision ID: 0003

Each index is FTS5 with external content (https://www.sqlite.org/fts5.html, 4.4.3): it holds words and where they stand,
the texts stay where they are. ``secure-delete`` takes a removed word out of the index at once, not at some later merge.
Words of scripts that are written without spaces are looked up letter by letter, in one more index of all those texts.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

SOURCES = (
    ("client", 1, "client", "name short_name email phone needs_pace needs_topics needs_feedback conflict_note", ""),
    ("commitment", 2, "commitment", "text cue evidence obstacle", ""),
    ("review", 3, "review", "note acknowledged", ""),
    ("note", 4, "note", "body", ""),
    ("canvas", 5, "canvas_line", "text", "private = 0"),
    ("session", 6, "session", "intention focus_line what_mattered", ""),
    ("mark", 7, "mark", "text", ""),
    (
        "agreement", 8, "agreement",
        "rescheduling between_sessions feedback confidentiality exceptions fee_note", "",
    ),
    ("reflection", 9, "reflection", "text", ""),
    ("answer", 10, "reflection_answer", "text", ""),
    ("prompt", 11, "prompt", "short text", ""),
    ("private_canvas", 12, "canvas_line", "text", "private = 1"),
    ("self_check", 13, "session", "self_check", ""),
)  # fmt: skip
"""Index, its number, the table, the columns, and which of the table's rows."""
SPAN = 1 << 40
"""So far apart lie the rows of two tables in the index of unspaced scripts."""
WORDS = "tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co M*'\", prefix='1 2 3', columnsize=0"
UNSPACED = (
    "*[\u0e01-\u0e5b\u0e81-\u0edf\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af]*"
)
"""Thai, Lao, Burmese, Khmer, kana, bopomofo and Han, as SQLite's GLOB understands it."""


def upgrade() -> None:
    """Make the indexes, fill them, and let the tables keep them."""
    for name, _number, table, columns, only in SOURCES:
        content, row = table, "rowid"
        if only:
            content, row = f"search_{name}_text", "row"
            op.execute(f"CREATE VIEW {content} AS SELECT rowid AS row, {_listed(columns)} FROM {table} WHERE {only}")
        op.execute(
            f"CREATE VIRTUAL TABLE search_{name} USING fts5({_listed(columns)}, content='{content}', "
            f"content_rowid='{row}', {WORDS})"
        )
    op.execute(f"CREATE VIEW search_unspaced_text AS {' UNION ALL '.join(_unspaced(*source) for source in SOURCES)}")
    op.execute(
        "CREATE VIRTUAL TABLE search_unspaced USING fts5(text, content='search_unspaced_text', content_rowid='row', "
        "tokenize='trigram', columnsize=0)"
    )
    op.execute("CREATE VIRTUAL TABLE search_unspaced_terms USING fts5vocab(search_unspaced, instance)")
    for name in (*(source[0] for source in SOURCES), "unspaced"):
        op.execute(f"INSERT INTO search_{name}(search_{name}, rank) VALUES ('secure-delete', 1)")
        op.execute(f"INSERT INTO search_{name}(search_{name}) VALUES ('rebuild')")
    for source in SOURCES:
        for trigger in _triggers(*source):
            op.execute(trigger)


def _listed(columns: str, row: str = "") -> str:
    return ", ".join(f"{row}{column}" for column in columns.split())


def _whole(columns: str, row: str = "") -> str:
    """All of a row's texts, each ending in two line ends, so that its last letters begin a trigram too."""
    return " || ".join(f"{row}{column} || char(10, 10)" for column in columns.split())


def _unspaced(_name: str, number: int, table: str, columns: str, only: str) -> str:
    """The rows of one table that hold such letters."""
    where = f"{_whole(columns)} GLOB '{UNSPACED}'" + (f" AND {only}" if only else "")
    return f"SELECT {number * SPAN} + rowid AS row, {_whole(columns)} AS text FROM {table} WHERE {where}"


def _triggers(name: str, number: int, table: str, columns: str, only: str) -> tuple[str, ...]:
    """The index follows its table, also where rows go with others (ON DELETE CASCADE)."""
    put, take = _put(name, number, columns, only), _take(name, number, columns, only)
    watched = _listed(columns) + (f", {only.split(' ')[0]}" if only else "")
    return (
        f"CREATE TRIGGER search_{name}_put AFTER INSERT ON {table} BEGIN {put} END",
        f"CREATE TRIGGER search_{name}_take AFTER DELETE ON {table} BEGIN {take} END",
        f"CREATE TRIGGER search_{name}_turn AFTER UPDATE OF {watched} ON {table} BEGIN {take} {put} END",
    )


def _put(name: str, number: int, columns: str, only: str) -> str:
    where = f"NEW.{only}" if only else "1"
    return (
        f"INSERT INTO search_{name}(rowid, {_listed(columns)}) SELECT NEW.rowid, {_listed(columns, 'NEW.')} "
        f"WHERE {where}; "
        f"INSERT INTO search_unspaced(rowid, text) SELECT {number * SPAN} + NEW.rowid, {_whole(columns, 'NEW.')} "
        f"WHERE {where} AND {_whole(columns, 'NEW.')} GLOB '{UNSPACED}';"
    )


def _take(name: str, number: int, columns: str, only: str) -> str:
    where = f"OLD.{only}" if only else "1"
    return (
        f"INSERT INTO search_{name}(search_{name}, rowid, {_listed(columns)}) "
        f"SELECT 'delete', OLD.rowid, {_listed(columns, 'OLD.')} WHERE {where}; "
        f"INSERT INTO search_unspaced(search_unspaced, rowid, text) "
        f"SELECT 'delete', {number * SPAN} + OLD.rowid, {_whole(columns, 'OLD.')} "
        f"WHERE {where} AND {_whole(columns, 'OLD.')} GLOB '{UNSPACED}';"
    )
