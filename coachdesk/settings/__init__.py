"""Every setting as data: its name, its default, its bounds, and the words a form shows beside it.

A setting is a field of one of the groups below, and the groups together are ``Settings``, a frozen value. What a
form needs to know stands in the field's metadata, so a form is a loop over ``fields_of(group, settings)``. The same
check serves the settings file, the command line and the form: ``changed`` takes a value of the right type or text as
a person types it.

The file is TOML and may be edited by hand. A value in it that cannot be used never stops the program: the usual value
is taken and one sentence about it stands in ``Settings.problems``. Saving writes what differs from the file and leaves
all the rest of it, with its comments and with keys unknown to this release, as it is.
"""

from coachdesk.settings.changes import changed, with_template, without_template
from coachdesk.settings.checks import Setting
from coachdesk.settings.file import load, save
from coachdesk.settings.groups import GROUPS, Settings, as_text, fields_of
from coachdesk.settings.templates import SHIPPED, Template

__all__ = [
    "GROUPS",
    "SHIPPED",
    "Setting",
    "Settings",
    "Template",
    "as_text",
    "changed",
    "fields_of",
    "load",
    "save",
    "with_template",
    "without_template",
]
