"""``coachdesk reflect …``"""

from typing import Annotated, Any

import typer

from coachdesk.cli import printing
from coachdesk.cli.app import group
from coachdesk.cli.wording import call_of, text_of
from coachdesk.words import N_, _

Week = Annotated[str | None, typer.Option(metavar="WEEK", help=_("Such as 2026-W10; without it this week."))]
ANSWERS = {"yes": N_("Yes"), "partly": N_("Partly"), "no": N_("No"), "skipped": N_("Skipped")}


def register(app: typer.Typer) -> None:
    """Add the noun."""
    reflect = group(app, "reflect")
    reflect.command("show", help=_("A week: its questions with what the records tell, and what was answered."))(show)
    reflect.command("answer", help=_("Answer a question of a week."))(answer)


def show(context: typer.Context, week: Week = None) -> None:
    """Show a week."""
    call_of(context).carry("reflect.show", describe, week=week)


def answer(
    context: typer.Context,
    item: Annotated[str, typer.Argument(metavar="ITEM", help=_("Its number, or its id."))],
    word: Annotated[str, typer.Argument(metavar="ANSWER", help=_("yes, partly, no or skipped"))],
    text: Annotated[
        str | None, typer.Option(metavar="TEXT", help=_("A line to it; - reads it from standard input."))
    ] = None,
    week: Week = None,
) -> None:
    """Answer a question."""
    line = None if text is None else text_of(text)
    call_of(context).carry("reflect.answer", describe, item=item, word=word, text=line, week=week)


def describe(told: dict[str, Any]) -> str:
    """A week in words."""
    head = _("{week}: this week is written.") if told["written"] else _("{week}")
    lines = [head.format(week=told["week"])]
    for item in told["items"]:
        lines += ["", f"{item['position'] or '–'}  {printing.line(item['question'])}"]
        answered = _(ANSWERS[item["answer"]]) if item["answer"] else ""
        parts = (item["evidence"], answered, item["text"])
        lines += [f"   {printing.line(part)}" for part in parts if part]
    rest = printing.sheet(
        [(_("Competencies touched"), ", ".join(told["competencies"])), (_("In my own words"), told["text"])]
    )
    return "\n".join([*lines, "", rest] if rest else lines)
