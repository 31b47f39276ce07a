"""The page on which a client reads what is kept about them: one HTML file that needs nothing else."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from html import escape
from zoneinfo import ZoneInfo

from sqlmodel import select

from coachdesk import prompts
from coachdesk.exchange.client_rows import ClientRows, Row
from coachdesk.exchange.client_words import TECHNICAL, counted, field_words, table_words, value_words
from coachdesk.exchange.days import Days
from coachdesk.exchange.paper import lines_of
from coachdesk.practice.checklists import ChecklistItem
from coachdesk.practice.own_prompts import Prompt
from coachdesk.words import _

_STYLE = """
:root { color-scheme: light dark; --line: #d8d2c8; --muted: #6a645c; }
@media (prefers-color-scheme: dark) { :root { --line: #4a4640; --muted: #b0a99f; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-weight: 300; } h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1rem 0 0; color: var(--muted); }
article { border: 1px solid var(--line); border-radius: 8px; padding: .5rem 1rem; margin: 1rem 0; }
article article { border-width: 0 0 0 2px; border-radius: 0; margin: .5rem 0; }
dl { display: grid; grid-template-columns: minmax(8rem, 1fr) 3fr; gap: .25rem 1rem; margin: .5rem 0; }
dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
@media print { article { break-inside: avoid; } }
"""
_SAFE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The browser is told to load nothing and to run nothing."""
_DATED = frozenset({"mark", "note", "canvas_line", "tick", "commitment", "review", "draft"})
"""Tables where it matters when a row was written."""


@dataclass(frozen=True)
class Page:
    """The page of one client's rows; ``told`` hears of every row that was written."""

    rows: ClientRows
    counts: Mapping[str, int]
    made: datetime
    zone: ZoneInfo
    told: Callable[[int], None]
    days: Days = field(default_factory=Days)

    def pieces(self) -> Iterator[str]:
        """The page, piece by piece."""
        yield from self._head()
        for name in self.rows.top():
            if self.counts[name]:
                yield f'<section id="{name}">\n<h2 dir="auto">{_safe(table_words(name))}</h2>\n'
                for batch in self.rows.batches(name):
                    yield from self._articles(name, batch)
                yield "</section>\n"
        yield "</body>\n</html>\n"

    def _head(self) -> Iterator[str]:
        title = _safe(_("What is kept about you"))
        yield f'<!DOCTYPE html>\n<html dir="auto">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        yield f'<meta http-equiv="Content-Security-Policy" content="{_SAFE}">\n'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        yield f'<meta name="referrer" content="no-referrer">\n<style>{_STYLE}</style>\n</head>\n<body>\n'
        yield f"<h1>{title}</h1>\n"
        when = self.days.moment(self.made, self.zone)
        yield _paragraph(_("As it stood on {when}. Times are those of {zone}.").format(when=when, zone=self.zone.key))
        if self.rows.with_private:
            yield _paragraph(_("The coach's private lines about their own work with you are included."))
        else:
            yield _paragraph(
                _("The coach's private lines about their own work, where there are any, are not included.")
            )
        yield "<ul>\n"
        for name in self.rows.top():
            if self.counts[name]:
                yield f'<li dir="auto"><a href="#{name}">{_safe(counted(name, self.counts[name]))}</a></li>\n'
        yield "</ul>\n"

    def _articles(self, name: str, batch: list[Row]) -> Iterator[str]:
        """Rows of a table, each with what belongs to it."""
        within = {below: self.rows.of(below, [row["id"] for row in batch]) for below in self.rows.below(name)}
        for row in batch:
            yield f"<article>\n{self._fields(name, row)}"
            for below, found in within.items():
                theirs = found.get(row["id"], [])
                if theirs:
                    yield f'<h3 dir="auto">{_safe(table_words(below))}</h3>\n'
                    yield from self._articles(below, theirs)
            yield "</article>\n"
        self.told(len(batch))

    def _fields(self, name: str, row: Row) -> str:
        shown = [
            (field_words(column), words)
            for column, value in row.items()
            if self._is_shown(name, column)
            if (words := value_words(column, value, self.days, self.zone, self._called))
        ]
        pairs = "".join(
            f'<dt dir="auto">{_safe(label)}</dt><dd dir="auto">{_safe(words)}</dd>\n' for label, words in shown
        )
        return f"<dl>\n{pairs}</dl>\n" if pairs else ""

    def _is_shown(self, name: str, column: str) -> bool:
        return column not in TECHNICAL and (column != "created_at" or name in _DATED)

    def _called(self, row_id: str) -> str:
        """The words behind the id of a checklist item or a prompt; the id itself where they are gone."""
        return self._words.get(row_id, row_id)

    @cached_property
    def _words(self) -> dict[str, str]:
        found = {each.id: each.text for each in prompts.shipped()}
        found |= {each.id: each.text for each in self.rows.db.exec(select(Prompt)).all()}
        return found | {each.id: each.text for each in self.rows.db.exec(select(ChecklistItem)).all()}


def _paragraph(words: str) -> str:
    return f'<p dir="auto">{_safe(words)}</p>\n'


def _safe(words: str) -> str:
    return "<br>".join(escape(line) for line in lines_of(words))
