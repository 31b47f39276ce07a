"""``coachdesk import icf-log``"""

from typing import Annotated, Any

import typer

from coachdesk.cli import printing
from coachdesk.cli.call import absolute
from coachdesk.cli.wording import call_of, day
from coachdesk.words import _, ngettext


def register(imports: typer.Typer) -> None:
    """Add the kind of file."""
    imports.command("icf-log", help=_("A client coaching log: .csv or .xlsx; what it would change with --preview."))(
        take
    )


def take(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    preview: Annotated[bool, typer.Option("--preview", help=_("Only say what would be done."))] = False,
    log_consent: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("New clients agreed on this day to be listed in a log."))
    ] = None,
    dates: Annotated[
        str | None, typer.Option(metavar="ORDER", help=_("dmy or mdy: what comes first in dates like 03/04/2024."))
    ] = None,
    overlapping: Annotated[
        bool, typer.Option("--overlapping", help=_("Take also rows of days with sessions that are kept here."))
    ] = False,
) -> None:
    """Take a log in."""
    if dates is not None and dates not in ("dmy", "mdy"):
        raise typer.BadParameter(_("Dates are in the order dmy or mdy."))
    call, path = call_of(context), absolute(file)
    if preview:
        call.carry("icf_log.preview", _previewed, path=path, dates=dates)
    else:
        call.carry(
            "icf_log.import", _taken, path=path, dates=dates, log_consent=day(log_consent), overlapping=overlapping
        )


def _previewed(told: dict[str, Any]) -> str:
    rows = [
        {
            **row,
            "kind": _("group") if row["kind"] == "group" else _("individual"),
            "paid": printing.hours(row["paid_seconds"]),
            "pro_bono": printing.hours(row["pro_bono_seconds"]),
        }
        for row in told["rows"]
    ]
    columns = {
        "line": _("Row"), "from_on": _("From"), "to_on": _("To"), "kind": _("Kind"), "paid": _("Paid"),
        "pro_bono": _("Pro bono"), "remark": _("What it is"), "name": _("Client"),
    }  # fmt: skip
    parts = [printing.table(rows, columns, _("There is no row of hours in this file.")), _sums(told)]
    if told["unused"]:
        parts.append(_("Not used: {columns}").format(columns=", ".join(map(printing.line, told["unused"]))))
    return "\n".join(filter(None, [*parts, *_problems(told)]))


def _sums(told: dict[str, Any]) -> str:
    ours = [printing.hours(told["sums"][name]) for name in ("paid_seconds", "pro_bono_seconds")]
    sentence = _("Together {paid} hours paid, {free} pro bono.").format(paid=ours[0], free=ours[1])
    if told["totals_agree"]:
        return sentence
    theirs = [printing.hours(told["totals"][name]) for name in ("paid_seconds", "pro_bono_seconds")]
    return f"{sentence} " + _("The file's own total says {paid} and {free}.").format(paid=theirs[0], free=theirs[1])


def _problems(told: dict[str, Any]) -> list[str]:
    return [
        _("Row {line}: {sentence}").format(line=each["line"], sentence=printing.line(each["sentence"]))
        for each in told["problems"]
    ]


def _taken(taken: dict[str, Any]) -> str:
    rows = ngettext("{n} row of hours was taken.", "{n} rows of hours were taken.", taken["rows"]).format(
        n=taken["rows"]
    )
    parts = [rows]
    if taken["added"]:
        added = ngettext("{n} client was added.", "{n} clients were added.", taken["added"])
        parts.append(added.format(n=taken["added"]))
    if taken["already"]:
        again = ngettext("{n} row was imported before.", "{n} rows were imported before.", taken["already"])
        parts.append(again.format(n=taken["already"]))
    if taken["overlapping"]:
        left = ngettext(
            "{n} row overlaps sessions that are kept here, and was left out; --overlapping takes it.",
            "{n} rows overlap sessions that are kept here, and were left out; --overlapping takes them.",
            taken["overlapping"],
        )
        parts.append(left.format(n=taken["overlapping"]))
    return "\n".join([" ".join(parts), *_problems(taken)])
