"""The programs that have windows on an X11 screen, named and pictured as the desktop's own menu does."""

import os
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coachdesk.errors import Refused
from coachdesk.focus import spared
from coachdesk.focus.blockers import Running
from coachdesk.focus.linux.apps import asked
from coachdesk.focus.plan import App

if TYPE_CHECKING:
    from coachdesk.focus.linux.screen import Screen, Window

_OURS = "coachdesk"
_GROUP = "[Desktop Entry]"
_SHOWN_IN_MENU = 1
"""What it counts for that an entry is in the menu, where several fit a window equally."""


@dataclass(frozen=True)
class Entry:
    """A program in the desktop's menu (Desktop Entry Specification 1.5)."""

    id: str
    """The name of its file without the ending, in lower case, such as "org.gnome.evince"."""
    name: str
    icon: str
    wm_class: str
    """What its windows carry (StartupWMClass), in lower case; empty where it does not say."""
    file: str
    """The name of the file it carries out, in lower case."""
    shown: bool
    """Whether it is in the menu (NoDisplay)."""

    def fits(self, carried: frozenset[str], file: str) -> int:
        """How surely windows that carry these names, of a process of this file, are its own; 0 for not at all.

        Its own word (StartupWMClass) counts most, then its name as the bus knows it, then the file it carries out.
        """
        signs = (
            self.wm_class in carried,
            self.id in carried,
            self.id.rpartition(".")[2] in carried,
            bool(self.file) and (self.file == file or self.file in carried),
        )
        strength = next((len(signs) - at for at, sign in enumerate(signs) if sign), 0)
        return strength * 2 + (_SHOWN_IN_MENU if self.shown else 0) if strength else 0


def running(
    environment: Mapping[str, str], why_spared: Callable[[str, str], str] = spared.program
) -> tuple[Running, ...]:
    """The programs with windows, each once, by name, without CoachDesk; empty where there is no X11 screen."""
    if not environment.get("DISPLAY"):
        return ()
    try:
        windows = asked(environment["DISPLAY"], _normal)
    except Refused:
        return ()
    menu = tuple(entries(environment))
    found = {window.program: _described(window, menu, why_spared) for window in reversed(windows)}
    return tuple(sorted(found.values(), key=lambda one: (one.app.name.casefold(), one.app.id)))


def _normal(screen: "Screen") -> "list[Window]":
    """The windows to choose from."""
    return [
        window
        for window in screen.windows(screen.ids())
        if window.normal and window.program and window.pid != os.getpid() and window.program != _OURS
    ]


def _described(window: "Window", menu: tuple[Entry, ...], why_spared: Callable[[str, str], str]) -> Running:
    known, file = window.program, window.file
    carried = frozenset({window.wm_class, window.instance} - {""})
    surest = max(((entry.fits(carried, file), -at) for at, entry in enumerate(menu)), default=(0, 0))
    if surest[0]:
        entry = menu[-surest[1]]
        app, icon = App(known, entry.name), entry.icon or known
    else:
        app, icon = App(known, known[0].upper() + known[1:]), known
    return Running(app, icon, why_spared(known, app.name) or (why_spared(file, "") if file else ""))


# --- The menu ---------------------------------------------------------------------------------------------------------


def entries(environment: Mapping[str, str]) -> Iterator[Entry]:
    """Every program of the menu, the person's own before the system's; what cannot be read is left out."""
    languages, seen = _languages(environment), set[str]()
    for folder in _folders(environment):
        for path in sorted(folder.rglob("*.desktop")):
            known = "-".join(path.relative_to(folder).parts).removesuffix(".desktop").lower()
            if known not in seen:
                seen.add(known)
                entry = _entry(known, _read(path), languages)
                if entry is not None:
                    yield entry


def _folders(environment: Mapping[str, str]) -> Iterator[Path]:
    """Where menu entries lie (XDG Base Directory Specification 0.8)."""
    home = environment.get("XDG_DATA_HOME") or f"{environment.get('HOME', '')}/.local/share"
    system = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for folder in (home, *system.split(":")):
        if folder.startswith("/"):
            yield Path(folder) / "applications"


def _read(path: Path) -> dict[str, str]:
    """The keys of the entry itself, without those of its actions."""
    try:
        text = path.read_text("utf-8", "replace")
    except OSError:
        return {}
    group = re.split(r"^\[", text.partition(_GROUP)[2], maxsplit=1, flags=re.MULTILINE)[0]
    pairs = (line.partition("=") for line in group.splitlines() if not line.startswith("#"))
    return {key.strip(): value.strip() for key, equals, value in pairs if equals}


def _entry(known: str, keys: Mapping[str, str], languages: tuple[str, ...]) -> Entry | None:
    if keys.get("Type") != "Application" or keys.get("Hidden") == "true" or not keys.get("Name"):
        return None
    name = next((keys[f"Name[{one}]"] for one in languages if f"Name[{one}]" in keys), keys["Name"])
    icon, wm_class = keys.get("Icon", ""), keys.get("StartupWMClass", "").lower()
    return Entry(known, name, icon, wm_class, _file(keys.get("Exec", "")), keys.get("NoDisplay") != "true")


def _file(command: str) -> str:
    """The name of the file that a command line carries out, past variables that ``env`` sets."""
    try:
        words = shlex.split(command)
    except ValueError:  # a quote that does not end
        words = command.split()
    named = (word for word in words if word != "env" and not word.endswith("/env") and "=" not in word)
    return next(named, "").rpartition("/")[2].lower()


def _languages(environment: Mapping[str, str]) -> tuple[str, ...]:
    """What the person reads, best first, each also without its country ("Localized values for keys").

    LANGUAGE counts only where a language is set at all (gettext, "The LANGUAGE variable").
    """
    said = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "C")
    if said.partition(".")[0] in ("C", "POSIX"):
        return ()
    wanted = [*environment.get("LANGUAGE", "").split(":"), said]
    return tuple(form for one in wanted if one for form in _forms(re.sub(r"\.[^@]*", "", one)))


def _forms(locale: str) -> Iterator[str]:
    """de_AT@euro, de_AT, de@euro, de."""
    whole, _at, modifier = locale.partition("@")
    for base in dict.fromkeys((whole, whole.partition("_")[0])):
        if modifier:
            yield f"{base}@{modifier}"
        yield base
