"""Changing a setting or a structure, checked: a good value makes new settings, any other is refused in a sentence."""

from dataclasses import replace

from coachdesk.errors import Refused
from coachdesk.settings.checks import Setting
from coachdesk.settings.groups import GROUPS, Settings, fields_of
from coachdesk.settings.templates import SHIPPED, Template, checked_template, new_id
from coachdesk.words import _


def changed(settings: Settings, name: str, value: object) -> Settings:
    """The settings with one changed: ``changed(settings, "session.minutes", "45 min")``.

    Takes a plain value or text as typed; ``templates`` takes all templates. Raises Refused with a sentence.
    """
    if name == "templates":
        return _with_templates(settings, value)
    group, _dot, single = name.partition(".")
    setting = next((one for one in fields_of(group, settings) if one.name == single), None) if group in GROUPS else None
    if setting is None:
        raise Refused(_("There is no setting called “{name}”.").format(name=name))
    good = setting.check(setting, value)
    if group == "shortcuts":
        _refuse_conflict(settings, setting, str(good))
    return _with(settings, setting, good)


def _with(settings: Settings, setting: Setting, value: object) -> Settings:
    group = replace(getattr(settings, setting.group), **{setting.name: value})
    return replace(settings, **{setting.group: group})


def _refuse_conflict(settings: Settings, setting: Setting, keys: str) -> None:
    for other in fields_of("shortcuts"):
        if keys and other.name != setting.name and getattr(settings.shortcuts, other.name) == keys:
            raise Refused(_("{keys} already belongs to “{other}”.").format(keys=keys, other=other.label))


def with_template(settings: Settings, template: Template) -> Settings:
    """The settings with a template added, or put in the place of the one with its id. An empty id makes a new one."""
    if not template.id:
        template = replace(template, id=new_id(template.name, {one.id for one in settings.templates}))
    good = checked_template(template)
    if any(one.id == good.id for one in settings.templates):
        return replace(settings, templates=tuple(good if one.id == good.id else one for one in settings.templates))
    return replace(settings, templates=(*settings.templates, good))


def without_template(settings: Settings, template_id: str) -> Settings:
    """The settings without one's own template; a shipped one that was edited is put back as it came."""
    shipped = next((one for one in SHIPPED if one.id == template_id), None)
    if shipped in settings.templates:
        raise Refused(_("This way to divide the time came with CoachDesk; it can be edited, but not removed."))
    if shipped:
        return with_template(settings, shipped)
    left = replace(settings, templates=tuple(one for one in settings.templates if one.id != template_id))
    if settings.session.template == template_id:
        return replace(left, session=replace(settings.session, template=SHIPPED[0].id))
    return left


def _with_templates(settings: Settings, value: object) -> Settings:
    if not isinstance(value, list | tuple) or not all(isinstance(one, Template) for one in value):
        raise Refused(_("Ways to divide the time are edited one at a time."))
    new = replace(settings, templates=SHIPPED)
    for template in value:
        new = with_template(new, template)
    if any(one.id == new.session.template for one in new.templates):
        return new
    return replace(new, session=replace(new.session, template=SHIPPED[0].id))
