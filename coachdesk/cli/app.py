"""The command line read by Typer: only the noun that is asked for is loaded, the others stand in the help by name."""

import importlib
import sys
from typing import Annotated

import typer

from coachdesk.cli.call import Call, OurFault, complain
from coachdesk.errors import Refused
from coachdesk.words import N_, _

NOUNS = {
    "init": N_("Create encrypted records; prints the recovery code once."),
    "client": N_("Clients: add, list, show, edit, archive."),
    "session": N_("Sessions: plan, hold, note, finish, list."),
    "commitment": N_("Promises and next steps: add, list, review."),
    "canvas": N_("What is understood of a client so far: add, list."),
    "brief": N_("What to know before the next session with a client."),
    "agreement": N_("What is settled with a client: set, show."),
    "checklist": N_("The first session's checklist: show, tick."),
    "reflect": N_("The weekly reflection: show, answer."),
    "hours": N_("How long was coached, per client and in total."),
    "search": N_("Find records by their words."),
    "export": N_("What you hand out or keep elsewhere: a log, a summary, a calendar, a client's data, everything."),
    "import": N_("What comes in: an archive, a log of hours, a calendar."),
    "backup": N_("Backups: now, list, verify, restore."),
    "focus": N_("Keep the computer quiet for a while: check, on, status, off, undo."),
    "doctor": N_("Versions, places, ways to unlock, what this system supports, a check of the records."),
    "rehearse": N_("A whole session with made-up people, faster than life."),
}
MODULES = {"export": "exports", "import": "imports"}
"""Nouns that Python keeps for itself, and the module of each."""
DONE, REFUSED, WRONG_USAGE, INTERRUPTED, FAULT = 0, 1, 2, 130, 70


def run(call: Call) -> int:
    """Carry out one command line; the answer is the exit code."""
    unreadable = [word for word in call.given.rest if not _is_text(word)]
    if unreadable:
        complain(_("One of the words given is not UTF-8 text; nothing was done."))
        return WRONG_USAGE
    try:
        command = typer.main.get_command(tree(call.given.noun))
        command.main(list(call.given.rest), prog_name="coachdesk", obj=call)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else DONE
    except Refused as why:
        complain(why.sentence)
        return REFUSED
    except BrokenPipeError:  # whoever read our output has enough of it
        sys.stdout = None
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OurFault as fault:
        return _confess(fault)
    except Exception as error:
        return _confess(_reported(error, call))
    return DONE


def group(app: typer.Typer, name: str) -> typer.Typer:
    """A noun with verbs below it."""
    made = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(made, name=name, help=_(NOUNS[name]))
    return made


def tree(*loaded: str) -> typer.Typer:
    """The command line: these nouns with all that is below them, the others standing in the help by name."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
    app.callback(help=_("CoachDesk from the command line. Without a verb it opens the window."))(_everywhere)
    for name, sentence in NOUNS.items():
        if name in loaded:
            importlib.import_module(f"coachdesk.cli.{MODULES.get(name, name)}").register(app)
        else:
            app.command(name, help=_(sentence))(_nothing)
    return app


def _everywhere(
    home: Annotated[
        str | None, typer.Option(metavar="DIR", help=N_("The folder of records and settings; also COACHDESK_HOME."))
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=N_("Print one JSON document, and never ask."))] = False,
    passphrase_file: Annotated[
        str | None, typer.Option(metavar="FILE", help=N_("The passphrase is the first line of this file."))
    ] = None,
    version: Annotated[bool, typer.Option("--version", help=N_("Print the version."))] = False,
) -> None:
    """Stand for the options of every verb in the help; they are taken out before (see ``given``)."""


def _nothing() -> None:
    """Stand for a noun in the help."""


def _is_text(word: str) -> bool:
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def _reported(error: Exception, call: Call) -> OurFault:
    from coachdesk import reports
    from coachdesk.machine.here import here

    return OurFault(type(error).__name__, reports.keep(error, call.given.home.logs, here().now()))


def _confess(fault: OurFault) -> int:
    sentence = _("Something in CoachDesk went wrong, and it is our mistake ({kind}).").format(kind=fault.kind)
    complain(f"{sentence} {_('Where, is told in {path}.').format(path=fault.report)}" if fault.report else sentence)
    return FAULT
