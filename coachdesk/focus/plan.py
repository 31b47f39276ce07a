"""What is to be quiet and for how long, as a plain value that travels to the guardian."""

from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from coachdesk.errors import Refused
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.settings import Settings

NAMES = {
    "notifications": N_("Notifications"),
    "awake": N_("Keeping the screen on"),
    "sites": N_("Websites"),
    "apps": N_("Programs"),
}
"""The blockers in the order in which they begin, as the screen calls them."""

GRACE = 30 * 60.0
"""Seconds after the planned end of a session at which the guardian puts everything back by itself."""


@dataclass(frozen=True)
class App:
    """A program to keep down: how this system knows it (executable, window class or bundle), and its name."""

    id: str
    name: str


@dataclass(frozen=True)
class Plan:
    """What focus mode is to do."""

    lasts: float
    """Seconds from entering until the guardian ends it by itself; sleep counts."""
    wanted: tuple[str, ...] = tuple(NAMES)
    """The blockers that are switched on, a subset of ``NAMES``."""
    sites: tuple[str, ...] = ()
    """Cleaned host names; each stands for its subdomains too."""
    apps: tuple[App, ...] = ()
    until: str = ""
    """The time of day at which it ends, for the page shown in place of a website; empty to name none."""
    at_login: bool = True
    """Whether to see that everything is put back at the next login, should the computer stop."""
    port: int = 0
    """Where the block server listens on 127.0.0.1; 0 without one. Filled in by the guardian."""
    nonce: str = ""
    """A word drawn anew each time, by which what we wrote is known as ours. Filled in by the guardian."""

    @classmethod
    def of(cls, settings: "Settings", lasts: float) -> "Plan":
        """What the settings want, for so many seconds; what has nothing chosen for it is not wanted."""
        wishes = settings.focus
        hosts: tuple[str, ...] = ()
        if wishes.sites and (wishes.site_groups or wishes.own_sites):
            from coachdesk.focus import sites

            hosts = sites.hosts(wishes.site_groups, wishes.own_sites)
        apps = tuple(App(known_as, name) for known_as, name in wishes.programs) if wishes.apps else ()
        wanted = {"notifications": wishes.notifications, "awake": wishes.awake, "sites": hosts, "apps": apps}
        return cls(lasts, tuple(name for name in NAMES if wanted[name]), hosts, apps, at_login=wishes.at_login)

    def as_json(self) -> dict[str, Any]:
        """The plan as JSON values."""
        return asdict(self)

    @classmethod
    def of_json(cls, told: dict[str, Any]) -> "Plan":
        """The plan again; raises Refused for one of another version."""
        try:
            known = {one.name: told[one.name] for one in fields(cls) if one.name in told}
            known["wanted"] = tuple(name for name in told["wanted"] if name in NAMES)
            known["sites"] = tuple(str(site) for site in told["sites"])
            known["apps"] = tuple(App(str(app["id"]), str(app["name"])) for app in told["apps"])
            return cls(**known)
        except (KeyError, TypeError, AttributeError):
            raise Refused(_("This plan for focus mode comes from another version of CoachDesk.")) from None


@dataclass(frozen=True)
class Quiet:
    """What became of one blocker."""

    blocker: str
    quiet: bool
    sentence: str = ""
    """Why it stays loud, or what is to be known although it is quiet."""


@dataclass(frozen=True)
class Outcome:
    """What became of everything that had to be put back."""

    put_back: tuple[str, ...] = ()
    """Blockers whose old state stands again."""
    left: tuple[str, ...] = ()
    """Blockers whose state the person changed meanwhile; theirs stays."""
    by_hand: tuple[str, ...] = field(default=())
    """Sentences: what the person has to put back themselves, because we could not."""

    def with_more(self, other: "Outcome") -> "Outcome":
        """Both together."""
        return Outcome(self.put_back + other.put_back, self.left + other.left, self.by_hand + other.by_hand)


def outcome_of(told: dict[str, Any]) -> Outcome:
    """An outcome as it travelled."""
    return Outcome(*(tuple(told.get(name, ())) for name in ("put_back", "left", "by_hand")))
