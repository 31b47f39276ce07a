"""``coachdesk hours``"""

from typing import Annotated, Any

import typer

from coachdesk.cli import printing
from coachdesk.cli.app import NOUNS
from coachdesk.cli.wording import call_of, day
from coachdesk.words import _, ngettext


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("hours", help=_(NOUNS["hours"]))(show)


def show(
    context: typer.Context,
    since: Annotated[str | None, typer.Option(metavar="DATE", help=_("Only sessions from this day on."))] = None,
) -> None:
    """Show the figures."""
    call_of(context).carry("hours", describe, since=day(since))


def describe(hours: dict[str, Any]) -> str:
    """The figures in words: per client and in total, what does not count, progress towards credentials."""
    rows = [*hours["clients"]]
    unnamed = hours["without_name"]
    if unnamed["clients"]:
        name = ngettext("{n} client without a name", "{n} clients without names", unnamed["clients"])
        rows.append({**unnamed, "name": name.format(n=unnamed["clients"])})
    rows.append({**hours["total"], "name": _("Total")})
    shown = [
        {**row, "paid": printing.hours(row["paid_seconds"]), "pro_bono": printing.hours(row["pro_bono_seconds"])}
        for row in rows
    ]
    columns = {"sessions": _("Sessions"), "paid": _("Paid hours"), "pro_bono": _("Pro bono hours"), "name": _("Client")}
    parts = [printing.table(shown, columns, ""), *_left_out(hours["left_out"])]
    if hours["since"] is None:
        parts += ["", _progress(hours), _("Check with ICF before you apply; its rules change.")]
    return "\n".join(parts)


def _left_out(left: dict[str, Any]) -> list[str]:
    sentences = {
        "large_groups": _("Not counted, because the group is larger than the largest that counts: {hours} hours."),
        "across_start": _("Not counted, because they were noted in one sum across the first day: {hours} hours."),
    }
    amounts = {name: left[name]["paid_seconds"] + left[name]["pro_bono_seconds"] for name in sentences}
    return [sentences[name].format(hours=printing.hours(amount)) for name, amount in amounts.items() if amount]


def _progress(hours: dict[str, Any]) -> str:
    made = hours["progress"]
    rows = [
        {
            "name": each["name"],
            "hours": _of(printing.hours(made["seconds"]), each["hours"]),
            "paid": _of(printing.hours(made["paid_seconds"]), each["paid"]),
            "clients": _of(made["clients"], each["clients"]),
            "recent": _of(printing.hours(made["recent_seconds"]), each["recent"]) if each["recent"] else "",
        }
        for each in hours["credentials"]
    ]
    columns = {
        "name": _("Credential"), "hours": _("Hours"), "paid": _("Paid hours"), "clients": _("Clients"),
        "recent": _("Since {day}").format(day=made["recent_from"]),
    }  # fmt: skip
    return printing.table(rows, columns, "")


def _of(made: object, asked: object) -> str:
    return _("{n} of {all}").format(n=made, all=asked)
