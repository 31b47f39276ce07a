"""Structures for a session: the three that come with CoachDesk, and what one's own must be like."""

import math
import re
import unicodedata
from dataclasses import dataclass

from coachdesk.clock import Phase
from coachdesk.errors import Refused
from coachdesk.settings.checks import line
from coachdesk.words import N_, _


@dataclass(frozen=True)
class Template:
    """A structure for a session. Phases are proportions, scaled to the session's length; names go through ``_``."""

    id: str
    name: str
    phases: tuple[Phase, ...] = ()


SHIPPED: tuple[Template, ...] = (
    Template("open", N_("Freely, between an opening and a landing")),
    Template(
        "sixty",
        N_("In six steps, from arriving to closing"),
        (
            Phase(N_("Arrive"), 5),
            Phase(N_("Review promises"), 10),
            Phase(N_("Focus"), 5),
            Phase(N_("Explore"), 25),
            Phase(N_("Commit"), 10),
            Phase(N_("Close"), 5),
        ),
    ),
    Template(
        "grow",
        N_("In four steps: goal, reality, options, will"),
        (Phase(N_("Goal"), 10), Phase(N_("Reality"), 20), Phase(N_("Options"), 15), Phase(N_("Will"), 15)),
    ),
)


def checked_template(template: Template) -> Template:
    """The template with its names tidied. Raises Refused with a sentence."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", template.id):
        raise Refused(_("“{id}” cannot be the short name of a way to divide the time.").format(id=template.id))
    if len(template.phases) > 20:
        raise Refused(_("A way to divide the time has room for {most} phases.").format(most=20))
    phases = tuple(_checked_phase(phase) for phase in template.phases)
    return Template(template.id, line(template.name, 60), phases)


def _checked_phase(phase: Phase) -> Phase:
    minutes = phase.minutes
    good = isinstance(minutes, int | float) and not isinstance(minutes, bool) and math.isfinite(minutes)
    if not good or not 0.5 <= minutes <= 480:
        raise Refused(_("A phase takes from half a minute to 480 minutes."))
    return Phase(line(phase.name, 60), minutes)


def new_id(name: str, taken: set[str]) -> str:
    """A short plain name that is not taken yet."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = "-".join(re.findall(r"[a-z0-9]+", plain))[:50].strip("-") or "own"
    tries = (stem, *(f"{stem}-{count}" for count in range(2, len(taken) + 3)))
    return next(one for one in tries if one not in taken)
