"""``coachdesk client …``"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from coachdesk.cli import printing
from coachdesk.cli.app import group
from coachdesk.cli.wording import Client, call_of, day
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk

Day = Annotated[str | None, typer.Option(metavar="DATE")]
Word = Annotated[str | None, typer.Option()]
Kind = Annotated[str | None, typer.Option(help=_("individual, group or self"))]
Link = Annotated[str | None, typer.Option(help=_("The web address that opens the call."))]
Consent = Annotated[
    str | None, typer.Option(metavar="DATE", help=_("When the client agreed to be listed in a credential log."))
]
Number = Annotated[int | None, typer.Option(metavar="N")]


def register(app: typer.Typer) -> None:
    """Add the noun."""
    clients = group(app, "client")
    clients.command("add", help=_("Add a client."))(add)
    clients.command("list", help=_("Clients by name."))(listing)
    clients.command("show", help=_("One client."))(show)
    clients.command("edit", help=_("Change what is noted of a client."))(edit)
    clients.command("archive", help=_("Put a client out of the way; nothing is lost."))(archive)
    clients.command("bring-back", help=_("Take a client out of the archive."))(bring_back)
    clients.command("forget", help=_("Forget a client: in the records and in every backup; not to be taken back."))(
        forget
    )


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument()],
    kind: Kind = None,
    short_name: Word = None,
    email: Word = None,
    call_link: Link = None,
    group_size: Number = None,
    planned_sessions: Number = None,
    started: Day = None,
    log_consent: Consent = None,
) -> None:
    """Add a client."""
    call_of(context).carry(
        "client.add", printing.only_id, name=name, kind=kind, short_name=short_name, email=email,
        call_link=call_link, group_size=group_size, planned_sessions=planned_sessions, started_on=day(started),
        log_consent_on=day(log_consent),
    )  # fmt: skip


def edit(
    context: typer.Context,
    client: Client,
    name: Word = None,
    kind: Kind = None,
    short_name: Word = None,
    email: Word = None,
    call_link: Link = None,
    group_size: Number = None,
    planned_sessions: Number = None,
    started: Day = None,
    ended: Day = None,
    log_consent: Consent = None,
    needs_pace: Word = None,
    needs_topics: Word = None,
    needs_feedback: Word = None,
) -> None:
    """Change what is noted of a client."""
    call_of(context).carry(
        "client.edit", describe, client=client, name=name, kind=kind, short_name=short_name, email=email,
        call_link=call_link, group_size=group_size, planned_sessions=planned_sessions, started_on=day(started),
        ended_on=day(ended), log_consent_on=day(log_consent), needs_pace=needs_pace, needs_topics=needs_topics,
        needs_feedback=needs_feedback,
    )  # fmt: skip


def listing(
    context: typer.Context,
    archived: Annotated[bool, typer.Option("--archived", help=_("Archived ones too."))] = False,
) -> None:
    """Clients by name."""
    call_of(context).carry("client.list", _list, archived=archived)


def show(context: typer.Context, client: Client) -> None:
    """One client."""
    call_of(context).carry("client.show", describe, client=client)


def archive(context: typer.Context, client: Client) -> None:
    """Put a client out of the way."""
    call_of(context).carry("client.archive", describe, client=client)


def bring_back(context: typer.Context, client: Client) -> None:
    """Take a client out of the archive."""
    call_of(context).carry("client.bring-back", describe, client=client)


def forget(
    context: typer.Context,
    client: Client,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do it; without, it is only told what would go."))] = False,
    keep_hours: Annotated[bool, typer.Option("--keep-hours", help=_("Let the hours stay, without a name."))] = False,
) -> None:
    """Forget a client, or say what that would do."""
    call = call_of(context)
    if not yes:
        call.carry("client.preview", _preview, client=client)
        return
    request = {"verb": "client.forget", "arguments": {"client": client, "keep_hours": keep_hours}}

    def here(desk: "Desk", key: bytes) -> dict[str, Any]:
        from coachdesk import verbs
        from coachdesk.verbs.client import erased
        from coachdesk.verbs.values import plain

        desk.open(key)
        try:
            answer = verbs.carry_out(desk, request)
            return {"ok": {**answer["ok"], **plain(erased(desk))}} if "ok" in answer else answer
        finally:
            desk.close()

    call.tell(call.answer(request, here), _forgotten)


def describe(client: dict[str, Any]) -> str:
    """A client in words."""
    return printing.sheet([
        (_("Name"), client["name"]), (_("Short name"), client["short_name"]), (_("Kind"), client["kind"]),
        (_("In the group"), client["group_size"]), (_("E-mail"), client["email"]), (_("Call"), client["call_link"]),
        (_("Phone"), client["phone"]), (_("Pronouns"), client["pronouns"]), (_("Since"), client["started_on"]),
        (_("Until"), client["ended_on"]), (_("Sessions planned"), client["planned_sessions"]),
        (_("Needs, pace"), client["needs_pace"]), (_("Needs, topics"), client["needs_topics"]),
        (_("Needs, feedback"), client["needs_feedback"]), (_("Listing agreed on"), client["log_consent_on"]),
        (_("Archived"), printing.when(client["archived_at"])), (_("Id"), client["id"]),
    ])  # fmt: skip


def _list(clients: list[dict[str, Any]]) -> str:
    rows = [{**client, "shown": client["short_name"] or client["name"]} for client in clients]
    columns = {"id": _("Id"), "kind": _("Kind"), "started_on": _("Since"), "shown": _("Name")}
    return printing.table(rows, columns, _("No clients yet."))


def _preview(said: dict[str, Any]) -> str:
    lines = [_("This would go, also from every backup:"), *(f"  {line}" for line in said["going"])]
    lines += [_("This would stay:"), *(f"  {line}" for line in said["staying"])]
    if said["hours"]:
        lines.append(_("With --keep-hours also: {hours}").format(hours=said["hours"]))
    return "\n".join([*lines, _("Nothing was changed. Say --yes to do it.")])


def _forgotten(done: dict[str, Any]) -> str:
    if done["finished"]:
        return _("Forgotten. Copies rewritten without them: {n}.").format(n=len(done["rewritten"]))
    if not done["left"]:
        return _("Forgotten. CoachDesk is now erasing what is left of them in its files.")
    paths = "\n".join(f"  {path}" for path in done["left"])
    return _("Forgotten. These files cannot be read or rewritten and may still hold them:\n{paths}").format(paths=paths)
