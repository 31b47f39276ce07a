"""The settings themselves: groups of fields with defaults, and the words a form shows beside each."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from coachdesk.settings import checks, units
from coachdesk.settings.checks import Choices, Setting
from coachdesk.settings.templates import SHIPPED, Template
from coachdesk.settings.units import Unit
from coachdesk.words import N_, _, languages


def _number_field(default: int, label: str, sentence: str, low: int, high: int, unit: Unit, nothing: str = "") -> Any:
    return _field(default, Setting(label, sentence, "number", low, high, unit, nothing, check=checks.number))


def _choice_field(default: str, label: str, sentence: str, choices: Choices = ()) -> Any:
    return _field(default, Setting(label, sentence, "choice", choices=choices, check=checks.choice))


def _switch_field(default: bool, label: str, sentence: str) -> Any:
    return _field(default, Setting(label, sentence, "switch", check=checks.switch))


def _key_field(default: str, label: str, sentence: str) -> Any:
    return _field(f"Ctrl+Alt+Shift+{default}", Setting(label, sentence, "key", check=checks.key))


def _field(default: Any, setting: Setting) -> Any:
    return field(default=default, metadata={"setting": replace(setting, default=default)})


WEEKDAYS: Choices = (
    ("monday", N_("Monday")),
    ("tuesday", N_("Tuesday")),
    ("wednesday", N_("Wednesday")),
    ("thursday", N_("Thursday")),
    ("friday", N_("Friday")),
    ("saturday", N_("Saturday")),
    ("sunday", N_("Sunday")),
)


@dataclass(frozen=True)
class Session:
    """What a session usually is."""

    minutes: int = _number_field(
        50,
        N_("Usual length"),
        N_("A client's agreement may say otherwise; so may you, each time."),
        5,
        480,
        units.minutes,
    )
    template: str = _choice_field(
        "open", N_("How the time is divided"), N_("An offer for the process; it shows only as a quiet word.")
    )
    arrive_minutes: int = _number_field(
        2,
        N_("Time to arrive"),
        N_("How long the breathing dot stays before a session; 0 leaves it out."),
        0,
        10,
        units.minutes,
    )
    whom: str = _choice_field(
        "clients",
        N_("CoachDesk is used"),
        N_("For myself hides clients, agreements and hours until you want them."),
        (("clients", N_("With clients")), ("self", N_("For myself")), ("both", N_("Both"))),
    )


@dataclass(frozen=True)
class Cues:
    """What is softly shown in a session, and when."""

    process_checks: tuple[str, ...] = _field(
        ("50%",),
        Setting(
            N_("Process checks"),
            N_("When to offer a question about the conversation itself: a share of the time, or minutes: 50%, 20."),
            "list",
            check=checks.process_checks,
        ),
    )
    landing: tuple[int, ...] = _field(
        (10, 5),
        Setting(
            N_("Landing"),
            N_("Minutes before the end at which a line reminds you to land, so that no one is hurried."),
            "list",
            1,
            60,
            units.minutes,
            check=checks.landing,
        ),
    )
    end: bool = _switch_field(True, N_("Say when the time is over"), N_("One quiet line at the agreed end."))
    seconds: int = _number_field(
        20, N_("A cue stays"), N_("Then it goes by itself, and comes back once."), 5, 120, units.seconds
    )
    tint_only: bool = _switch_field(
        False, N_("Show the tint alone"), N_("A cue only tints the bar; its words come when you ask for them.")
    )


@dataclass(frozen=True)
class Bar:
    """The presence bar."""

    keep_open: bool = _switch_field(
        False, N_("Keep the buttons shown"), N_("Otherwise they come when the pointer is over the bar.")
    )
    places: Mapping[str, tuple[str, float]] = field(
        default_factory=dict,
        metadata={
            "setting": Setting(N_("Places of the bar"), "", "list", shown=False, default={}, check=checks.places)
        },
    )


@dataclass(frozen=True)
class Focus:
    """What is kept quiet, and when."""

    with_sessions: bool = _switch_field(
        True,
        N_("Quiet during sessions"),
        N_("Begins with a session and ends when you have closed it, at the latest ten minutes after its end."),
    )
    notifications: bool = _switch_field(
        True, N_("Hold notifications back"), N_("The pop-ups of other programs wait until afterwards.")
    )
    awake: bool = _switch_field(
        True, N_("Keep the screen on"), N_("The computer does not dim or sleep while you listen.")
    )
    sites: bool = _switch_field(
        True, N_("Keep chosen websites away"), N_("Only those you choose below; never the call.")
    )
    apps: bool = _switch_field(
        True, N_("Keep chosen programs down"), N_("Their windows are minimised, never closed; never the call.")
    )
    site_groups: tuple[str, ...] = _field(
        (), Setting(N_("Groups of websites"), "", "list", shown=False, check=checks.ids)
    )
    own_sites: tuple[str, ...] = _field((), Setting(N_("My own websites"), "", "list", shown=False, check=checks.hosts))
    programs: tuple[tuple[str, str], ...] = _field(
        (), Setting(N_("Programs"), "", "list", shown=False, check=checks.programs)
    )
    at_login: bool = _switch_field(
        True,
        N_("Look again at the next login"),
        N_("Should the computer stop in the middle of a session, everything is put back when you log in."),
    )


@dataclass(frozen=True)
class Appearance:
    """How the windows look."""

    look: str = _choice_field(
        "system",
        N_("Appearance"),
        N_("Light, dark, or as the rest of the computer."),
        (("system", N_("As the computer")), ("light", N_("Light")), ("dark", N_("Dark"))),
    )
    reduce_motion: bool = _switch_field(
        False, N_("Reduce motion"), N_("Nothing fades or moves; things are simply there.")
    )
    language: str = _choice_field("", N_("Language"), N_("Used from the next start."))


@dataclass(frozen=True)
class Privacy:
    """What may be seen over your shoulder."""

    short_names: bool = _switch_field(
        True, N_("Show short names"), N_("Clients appear on screen by the short name you gave them.")
    )
    lock_minutes: int = _number_field(
        15,
        N_("Lock after"),
        N_("Minutes in which nobody touched the computer; 0 never locks. A running session is never locked out."),
        0,
        240,
        units.minutes,
        N_("never"),
    )
    retention_years: int = _number_field(
        0,
        N_("Propose forgetting after"),
        N_("Years after the last session with a client. You are only asked; 0 proposes nothing."),
        0,
        50,
        units.years,
        N_("never"),
    )


@dataclass(frozen=True)
class Reminders:
    """What is brought to mind between sessions, and how."""

    notify: bool = _switch_field(
        False,
        N_("Remind me beside other programs"),
        N_("A notification of the computer, without a name in it; never during a session. Today shows the same."),
    )
    promises: bool = _switch_field(True, N_("Promises that are due"), N_("Yours on their day, in the morning."))
    morning: int = _number_field(
        8,
        N_("The day begins at"),
        N_("Reminders that belong to a day come from this hour on."),
        0,
        23,
        units.hour_of_day,
    )
    brief_minutes: int = _number_field(
        10,
        N_("Before a session"),
        N_("Minutes before a planned session; 0 for no reminder."),
        0,
        120,
        units.minutes,
        N_("never"),
    )
    without_next: bool = _switch_field(
        True, N_("Clients without a next session"), N_("Shown on Today; never as something to chase.")
    )
    reflection: bool = _switch_field(True, N_("The weekly reflection"), N_("On the day chosen below."))
    reflection_day: str = _choice_field(
        "friday", N_("Day of the reflection"), N_("From this day until the week is over."), WEEKDAYS
    )
    backup_days: int = _number_field(
        7,
        N_("A backup is due after"),
        N_("Days without one; CoachDesk takes one each day it is used."),
        1,
        90,
        units.days,
    )
    autostart: bool = _switch_field(
        False, N_("Start with the computer"), N_("CoachDesk then waits, minimised, until you need it.")
    )


@dataclass(frozen=True)
class Hours:
    """What counts as an hour of coaching."""

    training_start: str = _field(
        "",
        Setting(
            N_("My coach training began on"),
            N_("Only sessions on or after this day count towards a credential; without a day all do."),
            "day",
            check=checks.day,
        ),
    )
    group_cap: int = _number_field(
        15,
        N_("Largest group that counts"),
        N_("ICF says 15; older texts say 25."),
        1,
        100,
        units.people,
    )


@dataclass(frozen=True)
class Shortcuts:
    """Keys that work while the call has the keyboard.

    Three modifiers and a letter: Ctrl+Alt alone is AltGr on many keyboards, and call programs use two modifiers.
    H is left out: hiding the controls of a call is told to be on it in places.
    """

    mark: str = _key_field("M", N_("Mark a moment"), N_("Keeps the time only; words can come afterwards."))
    promise: str = _key_field("P", N_("Note a promise"), N_("Opens one line under the bar."))
    jot: str = _key_field("J", N_("Jot a line"), N_("Opens one line under the bar."))
    hold: str = _key_field("Q", N_("Hold cues"), N_("Keeps all cues back for a while."))
    hide: str = _key_field("X", N_("Hide everything"), N_("Leaves a thin line until you ask for the bar again."))
    end: str = _key_field("E", N_("End the session"), N_("Can be taken back for a minute."))
    pause: str = _key_field("U", N_("Pause or go on"), N_("The pause does not count as session time."))
    extend5: str = _key_field("5", N_("Five minutes more"), N_("Moves the agreed end."))
    extend10: str = _key_field("0", N_("Ten minutes more"), N_("Moves the agreed end."))
    full_length: str = _key_field("F", N_("Full length after a late start"), N_("Counts the length from the start."))
    move: str = _key_field("V", N_("Move the bar"), N_("To the next edge of the screen."))
    asked: str = _key_field("A", N_("Asked"), N_("You asked how the conversation is; the waiting check is withdrawn."))
    later: str = _key_field("L", N_("Later"), N_("The cue comes back once."))
    not_today: str = _key_field("N", N_("Not today"), N_("The cue does not come back in this session."))
    bar: str = _key_field("B", N_("Show the bar's buttons"), N_("As if the pointer were over it."))
    sharing: str = _key_field(
        "D",
        N_("I am sharing my screen"),
        N_("Puts everything of CoachDesk out of sight at once; once more brings it back. Also between sessions."),
    )


@dataclass(frozen=True)
class Window:
    """What the main window remembers."""

    geometry: tuple[int, int, int, int, bool] | None = _field(
        None, Setting(N_("Place of the window"), "", "list", shown=False, check=checks.geometry)
    )


@dataclass(frozen=True)
class Prompts:
    """Which of the shipped prompts are not wanted."""

    off: tuple[str, ...] = _field((), Setting(N_("Prompts switched off"), "", "list", shown=False, check=checks.ids))


@dataclass(frozen=True)
class Settings:
    """All settings that are not confidential."""

    session: Session = field(default_factory=Session)
    cues: Cues = field(default_factory=Cues)
    bar: Bar = field(default_factory=Bar)
    focus: Focus = field(default_factory=Focus)
    appearance: Appearance = field(default_factory=Appearance)
    privacy: Privacy = field(default_factory=Privacy)
    reminders: Reminders = field(default_factory=Reminders)
    hours: Hours = field(default_factory=Hours)
    shortcuts: Shortcuts = field(default_factory=Shortcuts)
    window: Window = field(default_factory=Window)
    prompts: Prompts = field(default_factory=Prompts)
    templates: tuple[Template, ...] = SHIPPED
    problems: tuple[str, ...] = field(default=(), compare=False)
    """Sentences about what could not be used in the settings file."""

    @property
    def template(self) -> Template:
        """The structure chosen for sessions."""
        return next(one for one in self.templates if one.id == self.session.template)


GROUPS: Mapping[str, str] = {
    "session": N_("Session"),
    "cues": N_("Cues"),
    "bar": N_("Presence bar"),
    "focus": N_("Focus mode"),
    "appearance": N_("Appearance"),
    "privacy": N_("Privacy"),
    "reminders": N_("Reminders"),
    "hours": N_("Hours"),
    "shortcuts": N_("Shortcuts"),
    "window": N_("Window"),
    "prompts": N_("Prompts"),
}
"""The groups in the order of a form, with their titles."""

_LANGUAGE_NAMES = {
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "nl": "Nederlands",
}


def fields_of(group: str, settings: Settings | None = None) -> tuple[Setting, ...]:
    """The settings of a group in the order of a form, in the person's language.

    With ``settings`` the structures offered include one's own. Raises KeyError for an unknown group.
    """
    if group not in GROUPS:
        raise KeyError(group)
    settings = settings or Settings()
    return tuple(
        _described(settings, group, one.name, one.metadata["setting"]) for one in fields(getattr(settings, group))
    )


def _described(settings: Settings, group: str, name: str, setting: Setting) -> Setting:
    choices = setting.choices
    if (group, name) == ("session", "template"):
        choices = tuple((template.id, template.name) for template in settings.templates)
    if (group, name) == ("appearance", "language"):
        choices = (("", N_("As the computer")), *((code, _LANGUAGE_NAMES.get(code, code)) for code in languages()))
    return replace(
        setting,
        group=group,
        name=name,
        label=_(setting.label),
        sentence=_(setting.sentence) if setting.sentence else "",
        nothing=_(setting.nothing) if setting.nothing else "",
        choices=tuple((value, _(label)) for value, label in choices),
    )


def as_text(value: object) -> str:
    """A value as a person would type it, so that ``changed`` takes it back."""
    if isinstance(value, bool):
        return _("on") if value else _("off")
    if isinstance(value, tuple | list):
        return ", ".join(str(part) for part in value)
    return "" if value is None else str(value)
