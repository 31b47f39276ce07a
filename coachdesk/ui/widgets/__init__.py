"""The parts every screen is made of. All take their look from ``theme.py``; none sets a style of its own.

Texts
    ``label(text, role="")``     wrapping plain text; roles: title, display, muted, strong, note, code, key
    ``line()``                   a thin line between things
    ``announce(widget, text)``   said politely to screen readers
Buttons
    ``button(text, slot, primary=False, quiet=False, icon="", hint="")``   icons by Phosphor name: ``"plus-light"``
    ``icon_button(name, text, slot)``  an icon alone; the text is its tooltip and accessible name
    ``Flow(*widgets)``           side by side, wrapping when the window is narrow
    ``Toggle(name, on=False, text="")``   a switch; ``.toggled(bool)``
    ``Choice([(value, label)…], value)``  a few alternatives side by side; ``.chosen(object)``, ``.value``
    ``Options([(value, title, sentence)…])``   the same as large cards, one under the other
    ``Stepper(name, value, low, high, unit)``  a number with − and + to press; ``.changed(int)``, ``.value``
Cards
    ``Card(title="", sentence="")``  ``.add(widget_or_layout)``, ``.act(*buttons)`` at its foot, ``.empty()``
    ``EmptyState(icon, sentence, *buttons)``   teaches the one next step
    ``ActionRow(title, detail="", *buttons)``  one line of a list that has buttons of its own
    ``Fold(title)``              opens and closes what is ``.add``-ed to it (the *more* of a form)
    ``clear(layout)``            lets go of everything in a layout
Lists
    ``RowList(name, empty="")``  ``.show_rows([Row(id, title, detail, aside, icon)])``; ``.activated_row(object)``
        on click and Enter, ``.key_pressed(str, object)`` for letters and "delete"; ``.current_id``; as high as its
        rows, or with ``fits=False`` scrolling by itself; painted, so it stays quick with thousands
Fields
    ``LineField(name, hint="")``, ``TextField(name, hint="", lines=3)`` (``.words``), ``labelled(text, widget)``
    ``DraftLine(desk, screen, field, name, hint="")`` and ``DraftText(…)``: what is typed is on disk in half a second.
        ``.about(subject_id="", stored="")`` binds to a row and restores what was being typed; after storing call
        ``.cleared()``, which also forgets the draft. They flush on hide, close and focus-out.
    ``SettingForm(group, settings, change)`` (``forms.py``) a form from data; ``change("session.minutes", 45)``
Pages
    ``Page(desk, shell, parent=None)``   base of every screen: ``.column`` is the layout of the centred column,
        ``.head(title, *buttons)``; override ``arrive(**what)`` (called by ``show_page``; the usual one calls
        ``refresh()``), ``refresh()``, and ``concerns``, the tables whose change refreshes it while it is shown.
    ``Shell``   what a page may ask of the window: ``show_page(name, **what)``, ``back()``, ``say(sentence)``,
        ``ask(question, going=(), act="")``, ``telling()``, ``step_aside()``, ``come_forward()``, ``lock()``; ``tasks``,
        ``bridge``, ``sitting``, ``opening``. ``FakeShell`` for tests.

A change, its refusal shown as one sentence in the window and nothing else of the block done::

    with self.shell.telling():
        self.desk.do(clients.edit, self.client_id, name=self.name.words)
        self.shell.say(_("Saved."))

A new page is one row in ``pages/__init__.py``; it is imported when it is first shown.
"""

from coachdesk.ui.widgets.buttons import Choice, Flow, Options, Stepper, Toggle, button, icon_button
from coachdesk.ui.widgets.cards import ActionRow, Card, EmptyState, Fold, clear
from coachdesk.ui.widgets.fields import DraftLine, DraftText, LineField, PassphraseField, TextField, labelled
from coachdesk.ui.widgets.page import FakeShell, Page, Shell
from coachdesk.ui.widgets.texts import announce, label, line

__all__ = [
    "ActionRow",
    "Card",
    "Choice",
    "DraftLine",
    "DraftText",
    "EmptyState",
    "FakeShell",
    "Flow",
    "Fold",
    "LineField",
    "Options",
    "Page",
    "PassphraseField",
    "Row",
    "RowList",
    "Shell",
    "Stepper",
    "TextField",
    "Toggle",
    "announce",
    "button",
    "clear",
    "icon_button",
    "label",
    "labelled",
    "line",
]


def __getattr__(name: str) -> object:
    """The painted lists, imported when first asked for: the first window needs none, and they cost it time."""
    if name in ("Row", "RowList"):
        from coachdesk.ui.widgets import lists

        return getattr(lists, name)
    raise AttributeError(name)
