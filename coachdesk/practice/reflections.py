"""Reflections: the coach's weekly look at their own practice."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from coachdesk.practice.record import Record


class Reflection(Record, table=True):
    """One week, as ISO 8601 names it (``2026-W10``): competencies touched (numbers 1 to 8, by commas) and a text."""

    week: str = Field(unique=True)
    competencies: str = ""
    text: str = ""


class ReflectionAnswer(Record, table=True):
    """The coach's own answer to one item in one week."""

    __table_args__ = (
        CheckConstraint("answer IN ('yes','partly','no','skipped')", name="reflection_answer_word"),
        UniqueConstraint("reflection_id", "item_id", name="reflection_answer_once"),
    )

    reflection_id: str = Field(foreign_key="reflection.id", ondelete="CASCADE", index=True)
    item_id: str = Field(foreign_key="checklist_item.id", ondelete="CASCADE")
    answer: str = "skipped"
    text: str = ""
