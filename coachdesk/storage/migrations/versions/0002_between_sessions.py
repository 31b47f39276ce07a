"""What is kept between sessions: measured times, calendar entries, hours without sessions, duties told, erasures.

Revision ID: 0002
"""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    "ALTER TABLE session ADD COLUMN measured_start DATETIME",
    "ALTER TABLE session ADD COLUMN measured_end DATETIME",
    "ALTER TABLE session ADD COLUMN measured_seconds INTEGER",
    "ALTER TABLE session ADD COLUMN calendar_uid VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE session ADD COLUMN calendar_at DATETIME",
    "ALTER TABLE session ADD COLUMN calendar_source VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE session ADD COLUMN fell_away_at DATETIME",
    "UPDATE session SET fell_away_at = updated_at WHERE state IN ('cancelled','missed')",
    "ALTER TABLE session ADD COLUMN calendar_start DATETIME",
    "CREATE INDEX ix_session_calendar_uid ON session (calendar_uid)",
    "DROP INDEX session_at_a_glance",
    """
    CREATE INDEX session_at_a_glance ON session
    (client_id, state, started_at, planned_start, elapsed_seconds, paid, kind, group_size, time_zone)
    """,
    """
    CREATE TABLE hours_noted (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        client_id VARCHAR,
        stands_for VARCHAR NOT NULL,
        source VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        group_size INTEGER,
        from_on DATE NOT NULL,
        to_on DATE NOT NULL,
        sessions INTEGER NOT NULL,
        paid_seconds INTEGER NOT NULL,
        pro_bono_seconds INTEGER NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT hours_noted_source CHECK (source IN ('imported','forgotten')),
        CONSTRAINT hours_noted_order CHECK (to_on >= from_on),
        CONSTRAINT hours_noted_amounts CHECK (paid_seconds >= 0 AND pro_bono_seconds >= 0 AND sessions >= 0),
        FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_hours_noted_client_id ON hours_noted (client_id)",
    # without these a session that goes has every row of these tables read for what points to it
    "CREATE INDEX ix_canvas_line_session_id ON canvas_line (session_id)",
    "CREATE INDEX ix_review_session_id ON review (session_id)",
    "CREATE INDEX ix_tick_session_id ON tick (session_id)",
    """
    CREATE TABLE calendar_rule (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        client_id VARCHAR,
        kind VARCHAR NOT NULL,
        value VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT calendar_rule_kind CHECK (kind IN ('email','title','series')),
        CONSTRAINT calendar_rule_once UNIQUE (kind, value),
        FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_calendar_rule_client_id ON calendar_rule (client_id)",
    """
    CREATE TABLE calendar_taken (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        client_id VARCHAR NOT NULL,
        uid VARCHAR NOT NULL,
        at DATETIME NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT calendar_taken_once UNIQUE (uid, at),
        FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_calendar_taken_client_id ON calendar_taken (client_id)",
    """
    CREATE TABLE duty_told (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        kind VARCHAR NOT NULL,
        subject_id VARCHAR NOT NULL,
        occasion VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT duty_told_once UNIQUE (kind, subject_id, occasion)
    )
    """,
    """
    CREATE TABLE erasure (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        client_id VARCHAR NOT NULL,
        done_at DATETIME,
        PRIMARY KEY (id)
    )
    """,
    "ALTER TABLE checklist_item ADD COLUMN retired_at DATETIME",
    # a line can be written before an answer is chosen; and an answer keeps the words it was given to
    """
    CREATE TABLE reflection_answer_2 (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        reflection_id VARCHAR NOT NULL,
        item_id VARCHAR NOT NULL,
        asked VARCHAR NOT NULL,
        answer VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT reflection_answer_word CHECK (answer IN ('','yes','partly','no','skipped')),
        CONSTRAINT reflection_answer_once UNIQUE (reflection_id, item_id),
        FOREIGN KEY(reflection_id) REFERENCES reflection (id) ON DELETE CASCADE,
        FOREIGN KEY(item_id) REFERENCES checklist_item (id) ON DELETE CASCADE
    )
    """,
    """
    INSERT INTO reflection_answer_2
        SELECT given.id, given.created_at, given.updated_at, reflection_id, item_id, item.text, answer, given.text
        FROM reflection_answer AS given JOIN checklist_item AS item ON item.id = item_id
    """,
    "DROP TABLE reflection_answer",
    "ALTER TABLE reflection_answer_2 RENAME TO reflection_answer",
    "CREATE INDEX ix_reflection_answer_reflection_id ON reflection_answer (reflection_id)",
    # a mark before a corrected start keeps its moment, so that the correction can be taken back
    """
    CREATE TABLE mark_2 (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        session_id VARCHAR NOT NULL,
        at_seconds INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT mark_kind CHECK (kind IN ('moment','insight','strain','repair','silence','thread')),
        FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE
    )
    """,
    """
    INSERT INTO mark_2 SELECT id, created_at, updated_at, session_id, at_seconds, kind, text FROM mark
    """,
    "DROP TABLE mark",
    "ALTER TABLE mark_2 RENAME TO mark",
    "CREATE INDEX ix_mark_session_id ON mark (session_id)",
    "CREATE TRIGGER draft_of_mark AFTER DELETE ON mark BEGIN DELETE FROM draft WHERE subject_id = OLD.id; END",
    # what a week and the months of twenty years are told from
    "CREATE INDEX commitment_by_owner ON commitment (owner, id, state)",
    "CREATE INDEX commitment_by_day ON commitment (due_on, owner, state)",
    "CREATE INDEX review_of_commitment ON review (commitment_id, created_at)",
    "CREATE INDEX review_by_day ON review (created_at)",
    "CREATE INDEX cue_shown_by_day ON cue_shown (kind, answer, created_at)",
)


def upgrade() -> None:
    """Add the columns and tables."""
    for statement in STATEMENTS:
        op.execute(statement)
