"""Everything that can be asked of the desk by name: one table, the same for the command line and the running window."""

import inspect
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from coachdesk import reports
from coachdesk.errors import Refused
from coachdesk.verbs.values import fits, legible, plain
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk

NOUNS = (
    "agreement",
    "backup",
    "brief",
    "calendar",
    "canvas",
    "checklist",
    "client",
    "client_data",
    "commitment",
    "doctor",
    "focus",
    "hours",
    "icf_log",
    "reflect",
    "search",
    "session",
    "summary",
)
"""The modules beside this one; each has its table ``VERBS``."""

BESIDE = (
    "backup.now", "backup.verify", "calendar.export", "calendar.import", "client.preview", "client_data.export",
    "commitment.list", "doctor", "icf_log.export", "icf_log.import", "icf_log.preview", "session.list",
)  # fmt: skip
"""Verbs that may take long with the records of many years; a running window goes on meanwhile.

They may ask their desk only to read and to carry out verbs, and for its home, settings, clock and store.
"""

Verb = Callable[..., Any]
"""``verb(desk, **arguments)``: arguments are JSON values, names of clients or ids, times in ISO 8601."""


def carry_out(desk: "Desk", request: Mapping[str, Any], known: Mapping[str, Verb] | None = None) -> dict[str, Any]:
    """Carry out ``{"verb": "client.add", "arguments": {…}}`` and answer in JSON values; nothing is raised.

    The answer is ``{"ok": value}``, ``{"refused": sentence}``, or for a bug of ours ``{"fault": kind of error,
    "report": path of the report}``. A window calls this on its own thread, so its pages hear of the change at
    once, but for those of ``BESIDE``.
    """
    try:
        from coachdesk.storage.faults import explained

        with explained():
            verb, arguments = _asked_for(desk, request, table() if known is None else known)
            return {"ok": plain(verb(desk, **arguments))}
    except Refused as why:
        return {"refused": legible(why.sentence)}
    except Exception as fault:  # it is told to whoever asked, and written down; the window goes on
        return {"fault": type(fault).__name__, "report": reports.keep(fault, desk.home.logs, desk.now())}


def table() -> dict[str, Verb]:
    """Every verb by its name, such as ``client.add``; the libraries of the database are loaded when it is asked for."""
    nouns = (import_module(f"coachdesk.verbs.{noun}") for noun in NOUNS)
    return {name: verb for noun in nouns for name, verb in noun.VERBS.items()}


def _asked_for(desk: "Desk", request: Mapping[str, Any], known: Mapping[str, Verb]) -> tuple[Verb, dict[str, Any]]:
    if not isinstance(request, Mapping):
        raise Refused(_("What was asked of CoachDesk is no request; it may come from another version."))
    name, arguments = request.get("verb"), request.get("arguments") or {}
    verb = known.get(name) if isinstance(name, str) else None
    if verb is None:
        raise Refused(_("This CoachDesk does not know “{verb}”; it may be another version.").format(verb=name))
    try:
        wanted = inspect.signature(verb)
        wanted.bind(desk, **arguments)
    except TypeError:
        raise _other_details(name) from None
    for argument, value in arguments.items():
        kind = wanted.parameters[argument].annotation if argument in wanted.parameters else Any
        if not fits(value, kind) or (argument == "path" and isinstance(value, str) and "\0" in value):
            raise _other_details(name)
    return verb, dict(arguments)


def _other_details(verb: Any) -> Refused:
    wording = _("This CoachDesk wants other details for “{verb}”; it may be another version.")
    return Refused(wording.format(verb=verb))
