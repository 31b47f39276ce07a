"""The settings file: whatever stands in it is read, and what somebody else wrote there is left as it is."""

import os
import tempfile
import tomllib
from collections.abc import Mapping, MutableMapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coachdesk.clock import Phase
from coachdesk.errors import Refused
from coachdesk.settings.changes import changed, with_template
from coachdesk.settings.checks import Setting
from coachdesk.settings.groups import GROUPS, Settings, Shortcuts, as_text, fields_of
from coachdesk.settings.templates import SHIPPED, Template
from coachdesk.words import _

Table = Mapping[str, Any]
_HEADING = "# Settings of CoachDesk. This file may be edited by hand; comments stay.\n\n"


def load(path: Path) -> Settings:
    """The settings in the file; where it is missing or says something unusable, the usual ones. Never raises."""
    try:
        return _read(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError):
        sentence = _("The settings file could not be read, so the usual settings are used.")
        return Settings(problems=(sentence,))


def _read(text: str) -> Settings:
    """The settings in a TOML text. Raises ValueError or RecursionError when it is no TOML at all."""
    document = tomllib.loads(text)
    problems: list[str] = []
    settings = _with_own_templates(Settings(), document.get("templates", []), problems)
    for group in GROUPS:
        table = document.get(group, {})
        if not isinstance(table, Mapping):
            problems.append(_("“{group}” in the settings file is not a group of settings.").format(group=group))
        elif group == "shortcuts":
            settings = _with_shortcuts(settings, table, problems)
        else:
            given = [setting for setting in fields_of(group, settings) if setting.name in table]
            settings, _refused = _with_values(settings, given, table, problems)
    return replace(settings, problems=tuple(problems))


def _with_values(
    settings: Settings, given: list[Setting], table: Table, problems: list[str]
) -> tuple[Settings, list[Setting]]:
    """The settings with the given ones taken from the table, and those that could not be."""
    refused: list[Setting] = []
    for setting in given:
        try:
            settings = changed(settings, setting.key, table[setting.name])
        except Refused as error:
            refused.append(setting)
            usual = as_text(getattr(getattr(settings, setting.group), setting.name)) or _("none")
            problems.append(_("{sentence} Used for now: {usual}.").format(sentence=error.sentence, usual=usual))
    return settings, refused


def _with_shortcuts(settings: Settings, table: Table, problems: list[str]) -> Settings:
    """What the file says comes first; the other actions then get their usual keys as far as these are free."""
    every = fields_of("shortcuts")
    settings = replace(settings, shortcuts=Shortcuts(**{setting.name: "" for setting in every}))
    given = [setting for setting in every if setting.name in table]
    settings, refused = _with_values(settings, given, table, problems)
    for setting in every:
        if setting not in given or setting in refused:
            try:
                settings = changed(settings, setting.key, setting.default)
            except Refused:
                continue
    return settings


def _with_own_templates(settings: Settings, entries: object, problems: list[str]) -> Settings:
    for entry in entries if isinstance(entries, list) else [entries]:
        try:
            settings = with_template(settings, _template(entry))
        except (Refused, KeyError, TypeError, AttributeError):
            problems.append(_("A way to divide the time in the settings file could not be used."))
    return settings


def _template(entry: Any) -> Template:
    phases = tuple(Phase(phase["name"], phase["minutes"]) for phase in entry.get("phases", []))
    return Template(entry["id"], entry["name"], phases)


def save(path: Path, settings: Settings) -> None:
    """Write the settings in one step: whole or not at all, and readable by this person alone.

    Comments, unknown keys and whatever was not changed stay. A file that is no TOML is kept aside, named after the
    moment it was written. Raises Refused when the folder cannot be written.
    """
    target = Path(os.path.realpath(path))
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        text, aside = _merged(target, settings)
        _put(target, text, aside)
    except OSError as error:
        raise Refused(_("The settings could not be written: {reason}").format(reason=error.strerror)) from error


def _merged(target: Path, settings: Settings) -> tuple[str, bool]:
    """The new text of the file, and whether the old file has to be kept aside because it could not be taken over."""
    there = target.exists()
    try:
        old = target.read_bytes().decode("utf-8-sig") if there else _HEADING
        edits = (_edited(old, settings, base) for base in (_read(old), None))
        return next(text for text in edits if _read(text) == settings), False
    except (StopIteration, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _edited(_HEADING, settings, Settings()), there  # no TOML, or TOML that tomlkit cannot edit


def _edited(text: str, settings: Settings, base: Settings | None) -> str:
    """The text of the file with what differs from ``base`` put in, or with everything."""
    import tomlkit

    document = tomlkit.parse(text)
    _write(document, settings, base)
    return tomlkit.dumps(document)


def _write(document: MutableMapping[str, Any], settings: Settings, base: Settings | None) -> None:
    for group in GROUPS:
        for setting in fields_of(group, settings):
            value = getattr(getattr(settings, group), setting.name)
            before = getattr(getattr(base, group), setting.name) if base else None
            if base is None or repr(value) != repr(before):  # repr, because the order of the bar's places matters
                _write_value(document, setting, value)
    if base is None or settings.templates != base.templates:
        _write_templates(document, settings)


def _write_value(document: MutableMapping[str, Any], setting: Setting, value: object) -> None:
    import tomlkit

    if not isinstance(document.get(setting.group), MutableMapping):
        document[setting.group] = tomlkit.table()
    if value is None:
        document[setting.group].pop(setting.name, None)
    else:
        document[setting.group][setting.name] = value


def _write_templates(document: MutableMapping[str, Any], settings: Settings) -> None:
    import tomlkit

    document.pop("templates", None)
    own = [template for template in settings.templates if template not in SHIPPED]
    if own:
        entries = tomlkit.aot()
        for template in own:
            phases = tomlkit.array()
            for phase in template.phases:
                phases.add_line({"name": phase.name, "minutes": phase.minutes})
            phases.add_line()
            entries.append(tomlkit.item({"id": template.id, "name": template.name, "phases": phases}))
        document["templates"] = entries


def _put(target: Path, text: str, aside: bool) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)  # mkstemp gives 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if aside:
            _keep_aside(target)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _keep_aside(target: Path) -> None:
    written = datetime.fromtimestamp(target.stat().st_mtime, UTC)
    stem = f"{target.name}.damaged-{written:%Y%m%dT%H%M%SZ}"
    kept = target.with_name(stem)
    count = 1
    while kept.exists():
        count += 1
        kept = target.with_name(f"{stem}-{count}")
    target.rename(kept)
