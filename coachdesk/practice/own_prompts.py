"""The coach's own prompts, beside the shipped ones of ``coachdesk.prompts``."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from coachdesk import prompts
from coachdesk.clock import Now
from coachdesk.practice.record import Record, change, clean, get, made, put


class Prompt(Record, table=True):
    """A prompt of the coach's own: a short line for the bar and the full wording."""

    category: str
    short: str
    text: str
    off: bool = False

    def plain(self) -> prompts.Prompt:
        """The same as a prompt of the library."""
        return prompts.Prompt(self.id, self.category, self.short, self.text, own=True, off=self.off)


def add(db: Session, category: str, short: str, text: str, *, now: Now) -> Prompt:
    """Add a prompt of one's own; raises Refused as ``prompts.own_prompt`` does."""
    good = prompts.own_prompt("", category, clean(short), clean(text))
    return put(db, Prompt(category=good.category, short=good.short, text=good.text, **made(now)))


def edit(db: Session, prompt_id: str, *, now: Now, **fields: Any) -> Prompt:
    """Change category, short form or text, or switch it off and on; raises Refused as ``add`` does."""
    row = get(db, Prompt, prompt_id)
    wanted = {name: fields.get(name, getattr(row, name)) for name in ("category", "short", "text", "off")}
    good = prompts.own_prompt(row.id, **wanted | {name: clean(wanted[name]) for name in ("short", "text")})
    return put(db, change(row, now, category=good.category, short=good.short, text=good.text, off=good.off))


def remove(db: Session, prompt_id: str, *, now: Now) -> None:  # noqa: ARG001  # every verb takes now
    """Remove a prompt of one's own."""
    db.delete(get(db, Prompt, prompt_id))


def every(db: Session) -> Sequence[Prompt]:
    """The coach's own prompts by category."""
    return db.exec(select(Prompt).order_by(col(Prompt.category), col(Prompt.created_at))).all()
