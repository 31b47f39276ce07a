"""What was typed beside the call is drafted where the pages of its session look for it.

Revision ID: 0004
"""

from alembic import op

revision = "0004"
down_revision = "0003"

BESIDE = "beside the call"
MOVED = (("promise", "session", "promise"), ("owner", "session", "promise-owner"), ("jot", "note", "body"))
"""The field under the bar, and the screen and field whose draft it is from now on."""


def upgrade() -> None:
    """Move these drafts; where one lies there already, both texts are in it, one under the other."""
    for old, screen, field in MOVED:
        op.execute(
            f"UPDATE OR IGNORE draft SET screen = '{screen}', field = '{field}' "
            f"WHERE screen = '{BESIDE}' AND field = '{old}'"
        )
        op.execute(
            "UPDATE draft SET text = draft.text || char(10) || typed.text FROM draft AS typed "
            f"WHERE draft.screen = '{screen}' AND draft.field = '{field}' AND draft.subject_id = typed.subject_id "
            f"AND typed.screen = '{BESIDE}' AND typed.field = '{old}'"
        )
    op.execute(f"DELETE FROM draft WHERE screen = '{BESIDE}'")
