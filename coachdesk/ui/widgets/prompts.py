"""The prompt library: one category at a time; switch off what is not wanted, add words of one's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.prompts import CATEGORIES, LONGEST_SHORT, Prompt, library, own_prompt
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Toggle, button, icon_button
from coachdesk.ui.widgets.cards import ActionRow, Card, clear
from coachdesk.ui.widgets.editor_place import Editor, EditorPlace
from coachdesk.ui.widgets.fields import LineField, TextField, labelled
from coachdesk.ui.widgets.texts import line
from coachdesk.ui.widgets.wheel import ChoiceField
from coachdesk.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class PromptEditor(Editor):
    """The words of one prompt of one's own."""

    def __init__(self, short: str = "", text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(_("Words of your own"), parent=parent)
        self.short = LineField(_("Short line"), _("What the bar shows"))
        self.short.setMaxLength(LONGEST_SHORT)
        self.short.setText(short)
        self.text = TextField(_("Full wording"), lines=3)
        self.text.setPlainText(text)
        self.add(labelled(_("Short line"), self.short, _("At most 60 characters; the bar shows it.")))
        self.add(labelled(_("Full wording"), self.text))
        self.store = button(_("Store"), self.stored.emit, primary=True)
        self.act(self.store, button(_("Cancel"), self.left.emit, quiet=True))
        self.setFocusProxy(self.short)

    @property
    def words(self) -> tuple[str, str]:
        """What the bar shows, and what is said."""
        return self.short.words, self.text.words or self.short.words


class Prompts(Card):
    """The library by category."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(_("Prompts"), _("Words you may say, or not. None repeats before all were offered."), parent)
        self._desk, self._shell = desk, shell
        self.category = ChoiceField()
        self.category.setAccessibleName(_("Category"))
        for name, title in CATEGORIES.items():
            self.category.addItem(_(title), name)
        self.category.currentIndexChanged.connect(self._on_category)
        self.add(self.category)
        self._list = QVBoxLayout()
        self._list.setSpacing(UNIT // 2)
        self.add(self._list)
        self.new = button(_("Add words of your own"), self._on_new, icon="plus-light")
        self.act(self.new)
        self._place = EditorPlace(shell, self.new)
        self.add(self._place)
        self.refresh()

    @property
    def editor(self) -> PromptEditor | None:
        """What is open, if anything is."""
        return self._place.editor

    def refresh(self) -> None:
        """Show the category's prompts as they are now."""
        clear(self._list)
        for at, prompt in enumerate(self.shown()):
            if at:
                self._list.addWidget(line())
            self._list.addWidget(self._row(prompt))

    def shown(self) -> Sequence[Prompt]:
        """The prompts of the category shown."""
        from coachdesk.practice import own_prompts

        settings = self._desk.settings
        rows = self._desk.read(own_prompts.every) if self._desk.is_open else ()
        own = [own_prompt(row.id, row.category, row.short, row.text, row.off) for row in rows]
        everything = library(settings.appearance.language, settings.prompts.off, own)
        return [prompt for prompt in everything if prompt.category == self.category.currentData()]

    def _row(self, prompt: Prompt) -> ActionRow:
        parts: list[QWidget] = []
        if prompt.own:
            parts.append(icon_button("pencil-light", _("Change: {words}").format(words=prompt.short), self._on_edit))
            parts.append(icon_button("trash-light", _("Remove: {words}").format(words=prompt.short), self._on_remove))
        wanted = Toggle(_("Offer: {words}").format(words=prompt.short), not prompt.off)
        wanted.toggled.connect(self._on_toggled)
        parts.append(wanted)
        for part in parts:
            part.setProperty("prompt", prompt.id)
        return ActionRow(prompt.short, "" if prompt.text == prompt.short else prompt.text, *parts)

    def _of(self, prompt_id: str) -> Prompt:
        return next(prompt for prompt in self.shown() if prompt.id == prompt_id)

    def _edit(self, prompt_id: str, short: str = "", text: str = "") -> None:
        self._place.open(PromptEditor(short, text), partial(self._store, prompt_id))

    @Slot(int)
    def _on_category(self, _at: int) -> None:
        self._place.leave()
        self.refresh()

    @Slot()
    def _on_new(self) -> None:
        self._edit("")

    @Slot()
    def _on_edit(self) -> None:
        prompt = self._of(self.sender().property("prompt"))
        self._edit(prompt.id, prompt.short, prompt.text)

    @Slot()
    def _on_remove(self) -> None:
        from coachdesk.practice import own_prompts

        prompt = self._of(self.sender().property("prompt"))
        if self._shell.ask(_("Remove these words?"), (prompt.short,), _("Remove")):
            with self._shell.telling():
                self._desk.do(own_prompts.remove, prompt.id)

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        from coachdesk.practice import own_prompts

        prompt = self._of(self.sender().property("prompt"))
        with self._shell.telling():
            if prompt.own:
                self._desk.do(own_prompts.edit, prompt.id, off=not on)
            else:
                off = set(self._desk.settings.prompts.off)
                self._desk.change_setting("prompts.off", sorted(off - {prompt.id} if on else off | {prompt.id}))

    def _store(self, prompt_id: str) -> None:
        from coachdesk.practice import own_prompts

        short, text = self.editor.words
        if prompt_id:
            self._desk.do(own_prompts.edit, prompt_id, short=short, text=text)
        else:
            self._desk.do(own_prompts.add, self.category.currentData(), short, text)
