"""The first form of the records: every table of the practice.

Revision ID: 0001
"""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """
    CREATE TABLE checklist (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        "key" VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        PRIMARY KEY (id),
        UNIQUE ("key")
    )
    """,
    """
    CREATE TABLE client (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        name VARCHAR NOT NULL,
        short_name VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        email VARCHAR NOT NULL,
        call_link VARCHAR NOT NULL,
        time_zone VARCHAR NOT NULL,
        planned_sessions INTEGER,
        phone VARCHAR NOT NULL,
        pronouns VARCHAR NOT NULL,
        group_size INTEGER,
        started_on DATE,
        ended_on DATE,
        archived_at DATETIME,
        log_consent_on DATE,
        needs_pace VARCHAR NOT NULL,
        needs_topics VARCHAR NOT NULL,
        needs_feedback VARCHAR NOT NULL,
        conflict_note VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT client_kind CHECK (kind IN ('individual', 'group', 'self'))
    )
    """,
    """
    CREATE TABLE draft (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        screen VARCHAR NOT NULL,
        subject_id VARCHAR NOT NULL,
        field VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT draft_once UNIQUE (screen, subject_id, field)
    )
    """,
    """
    CREATE TABLE prompt (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        category VARCHAR NOT NULL,
        short VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        off BOOLEAN NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE reflection (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        week VARCHAR NOT NULL,
        competencies VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (week)
    )
    """,
    """
    CREATE TABLE setting_private (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        "key" VARCHAR NOT NULL,
        value VARCHAR NOT NULL,
        PRIMARY KEY (id),
        UNIQUE ("key")
    )
    """,
    """
    CREATE TABLE agreement (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        client_id VARCHAR NOT NULL,
        agreed_on DATE NOT NULL,
        session_minutes INTEGER,
        rescheduling VARCHAR NOT NULL,
        between_sessions VARCHAR NOT NULL,
        feedback VARCHAR NOT NULL,
        confidentiality VARCHAR NOT NULL,
        exceptions VARCHAR NOT NULL,
        fee_note VARCHAR NOT NULL,
        review_on DATE,
        ended_on DATE,
        PRIMARY KEY (id),
        FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_agreement_client_id ON agreement (client_id)
    """,
    """
    CREATE TABLE checklist_item (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        checklist_id VARCHAR NOT NULL,
        position INTEGER NOT NULL,
        "key" VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        evidence VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(checklist_id) REFERENCES checklist (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_checklist_item_checklist_id ON checklist_item (checklist_id)
    """,
    """
    CREATE TABLE session (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        client_id VARCHAR NOT NULL,
        planned_start DATETIME,
        planned_minutes INTEGER,
        agreed_end DATETIME,
        started_at DATETIME,
        ended_at DATETIME,
        elapsed_seconds INTEGER,
        time_zone VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        closed_at DATETIME,
        template VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        group_size INTEGER,
        paid VARCHAR,
        intention VARCHAR NOT NULL,
        focus_line VARCHAR NOT NULL,
        what_mattered VARCHAR NOT NULL,
        self_check VARCHAR NOT NULL,
        focus_used BOOLEAN NOT NULL,
        last_seen_at DATETIME,
        last_seen_awake FLOAT,
        boot_id VARCHAR NOT NULL,
        attended BOOLEAN NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT session_state
            CHECK (state IN ('planned','moved','cancelled','missed','running','paused','finished')),
        CONSTRAINT session_paid CHECK (paid IS NULL OR paid IN ('paid','pro_bono')),
        CONSTRAINT session_order CHECK (ended_at IS NULL OR ended_at >= started_at),
        CONSTRAINT session_elapsed CHECK (elapsed_seconds IS NULL OR elapsed_seconds >= 0),
        CONSTRAINT session_live
            CHECK (state NOT IN ('running','paused') OR (started_at IS NOT NULL AND agreed_end IS NOT NULL
                AND last_seen_at IS NOT NULL AND last_seen_awake IS NOT NULL)),
        FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_session_client_id ON session (client_id)
    """,
    """
    CREATE INDEX ix_session_planned_start ON session (planned_start)
    """,
    """
    CREATE INDEX ix_session_started_at ON session (started_at)
    """,
    """
    CREATE UNIQUE INDEX one_running_session ON session ((1)) WHERE state IN ('running','paused')
    """,
    """
    CREATE INDEX session_at_a_glance ON session (client_id, state, started_at, planned_start, elapsed_seconds, paid)
    """,
    """
    CREATE INDEX session_to_close ON session (closed_at, state, started_at)
    """,
    """
    CREATE TABLE canvas_line (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        client_id VARCHAR NOT NULL,
        session_id VARCHAR,
        kind VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        private BOOLEAN NOT NULL,
        resolved_at DATETIME,
        PRIMARY KEY (id),
        CONSTRAINT canvas_line_kind CHECK (kind IN ('context','words','strength','value','thread')),
        FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
        FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE INDEX ix_canvas_line_client_id ON canvas_line (client_id)
    """,
    """
    CREATE TABLE commitment (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        client_id VARCHAR NOT NULL,
        session_id VARCHAR,
        owner VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        due_on DATE,
        cue VARCHAR NOT NULL,
        evidence VARCHAR NOT NULL,
        confidence INTEGER,
        obstacle VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        carried_from_id VARCHAR,
        PRIMARY KEY (id),
        CONSTRAINT commitment_owner CHECK (owner IN ('coach','client','both')),
        CONSTRAINT commitment_state CHECK (state IN ('open','kept','partly','carried','released')),
        CONSTRAINT commitment_confidence CHECK (confidence IS NULL OR confidence BETWEEN 1 AND 10),
        FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
        FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE SET NULL,
        UNIQUE (carried_from_id),
        FOREIGN KEY(carried_from_id) REFERENCES commitment (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE INDEX ix_commitment_client_id ON commitment (client_id)
    """,
    """
    CREATE INDEX ix_commitment_session_id ON commitment (session_id)
    """,
    """
    CREATE INDEX ix_commitment_state ON commitment (state)
    """,
    """
    CREATE TABLE cue_shown (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        session_id VARCHAR NOT NULL,
        at_seconds INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        point VARCHAR NOT NULL,
        prompt_id VARCHAR NOT NULL,
        answer VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT cue_shown_kind CHECK (kind IN ('process_check','landing','end')),
        CONSTRAINT cue_shown_answer CHECK (answer IN ('asked','later','not_today','none')),
        FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_cue_shown_session_id ON cue_shown (session_id)
    """,
    """
    CREATE TABLE mark (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        session_id VARCHAR NOT NULL,
        at_seconds INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT mark_kind CHECK (kind IN ('moment','insight','strain','repair','silence','thread')),
        CONSTRAINT mark_at CHECK (at_seconds >= 0),
        FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_mark_session_id ON mark (session_id)
    """,
    """
    CREATE TABLE note (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        session_id VARCHAR NOT NULL,
        body VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_note_session_id ON note (session_id)
    """,
    """
    CREATE TABLE pause (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        session_id VARCHAR NOT NULL,
        from_at DATETIME NOT NULL,
        to_at DATETIME,
        reason VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT pause_reason CHECK (reason IN ('asked','machine_asleep')),
        CONSTRAINT pause_order CHECK (to_at IS NULL OR to_at >= from_at),
        FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_pause_session_id ON pause (session_id)
    """,
    """
    CREATE TABLE reflection_answer (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        reflection_id VARCHAR NOT NULL,
        item_id VARCHAR NOT NULL,
        answer VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT reflection_answer_word CHECK (answer IN ('yes','partly','no','skipped')),
        CONSTRAINT reflection_answer_once UNIQUE (reflection_id, item_id),
        FOREIGN KEY(reflection_id) REFERENCES reflection (id) ON DELETE CASCADE,
        FOREIGN KEY(item_id) REFERENCES checklist_item (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX ix_reflection_answer_reflection_id ON reflection_answer (reflection_id)
    """,
    """
    CREATE TABLE tick (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        item_id VARCHAR NOT NULL,
        client_id VARCHAR NOT NULL,
        session_id VARCHAR,
        PRIMARY KEY (id),
        CONSTRAINT tick_once UNIQUE (item_id, client_id),
        FOREIGN KEY(item_id) REFERENCES checklist_item (id) ON DELETE CASCADE,
        FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
        FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE INDEX ix_tick_client_id ON tick (client_id)
    """,
    """
    CREATE INDEX ix_tick_item_id ON tick (item_id)
    """,
    """
    CREATE TABLE review (
        id VARCHAR NOT NULL,
        created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL,
        commitment_id VARCHAR NOT NULL,
        session_id VARCHAR,
        state VARCHAR NOT NULL,
        note VARCHAR NOT NULL,
        acknowledged VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT review_state CHECK (state IN ('kept','partly','carried','released','withdrawn')),
        FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE CASCADE,
        FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE SET NULL
    )
    """,
    """
    CREATE INDEX ix_review_commitment_id ON review (commitment_id)
    """,
    """
    CREATE TRIGGER review_after_commitment BEFORE INSERT ON review
    WHEN NEW.created_at < (SELECT created_at FROM commitment WHERE id = NEW.commitment_id)
    BEGIN SELECT RAISE(ABORT, 'a review never precedes its commitment'); END
    """,
    """
    CREATE TRIGGER review_only_added BEFORE UPDATE OF commitment_id, state, created_at ON review
    BEGIN SELECT RAISE(ABORT, 'reviews are only ever added'); END
    """,
    # what was being typed about a row goes with it, also when it goes with its client or its session
    *(
        f"CREATE TRIGGER draft_of_{table} AFTER DELETE ON {table}"
        " BEGIN DELETE FROM draft WHERE subject_id = OLD.id; END"
        for table in ("agreement", "canvas_line", "client", "commitment", "mark", "note", "session")
    ),
)


def upgrade() -> None:
    """Make every table."""
    for statement in STATEMENTS:
        op.execute(statement)
