"""The command line as data, read from the program itself: nouns, verbs, and what each of them takes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import typer

from coachdesk.cli import app

_EXTRA = re.compile(r"\s*\[[^\[\]]*\]$")
"""What Typer adds to an explanation, such as the range of a number."""
_NEEDED = re.compile(r"\s*\[required\]$|; required(?=\]$)")
_CHOICES = re.compile(r"(?:.*: )?(\w+(?:, \w+)* or \w+)(?:\.|: .*)?")
_FILES = ("FILE", "DIR", "FILE_OR_FOLDER")


@dataclass(frozen=True)
class Taken:
    """An argument or an option of a command."""

    name: str
    """As the help writes an argument, in capitals; an option with its hyphens."""
    help: str
    """With what Typer adds, such as the range of a number."""
    value: str = ""
    """What an option expects behind it; empty for one that stands alone."""
    required: bool = False

    @property
    def explained(self) -> str:
        """The help without what Typer adds."""
        return _EXTRA.sub("", self.help)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words to choose from, where the help is the list of them, as in "kept, partly or released"."""
        listed = _CHOICES.fullmatch(self.explained)
        return tuple(re.split(", | or ", listed[1])) if listed else ()

    @property
    def is_file(self) -> bool:
        """Whether it is a path."""
        return (self.value or self.name) in _FILES


@dataclass(frozen=True)
class Command:
    """A noun, or a verb below one."""

    words: tuple[str, ...]
    """What calls it; none for the program itself."""
    help: str
    arguments: tuple[Taken, ...] = ()
    options: tuple[Taken, ...] = ()
    below: tuple["Command", ...] = ()

    def every(self) -> Iterator["Command"]:
        """This one and all below."""
        yield self
        for command in self.below:
            yield from command.every()


def read() -> Command:
    """The whole command line, in the English of the source."""
    root = _command(typer.main.get_command(app.tree(*app.NOUNS)), (), None)
    order = list(app.NOUNS)
    return replace(root, below=tuple(sorted(root.below, key=lambda noun: order.index(noun.words[0]))))


def _command(command: Any, words: tuple[str, ...], above: Any) -> Command:
    context = typer.Context(command, info_name=words[-1] if words else "coachdesk", parent=above)
    taken = [(each.param_type_name, _taken(each, context)) for each in command.params if not each.hidden]
    return Command(
        words,
        command.help or "",
        tuple(each for kind, each in taken if kind == "argument"),
        tuple(each for kind, each in taken if kind == "option"),
        tuple(_command(each, (*words, name), context) for name, each in getattr(command, "commands", {}).items()),
    )


def _taken(parameter: Any, context: typer.Context) -> Taken:
    explained = _NEEDED.sub("", parameter.get_help_record(context)[1])
    named = (parameter.metavar or parameter.name.upper()).strip("[]")
    if parameter.param_type_name == "argument":
        return Taken(named, explained, required=parameter.required)
    return Taken(parameter.opts[0], explained, "" if parameter.is_flag else named, parameter.required)
