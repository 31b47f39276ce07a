"""The manual page, out of the command line's own help."""

import gzip
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from coachdesk import NAME, __version__
from coachdesk.cli import app
from coachdesk.cli.unlocking import PASSPHRASE
from coachdesk.machine.login import MINIMISED
from coachdesk.paths import Home
from coachdesk.storage.keys import NO_KEYCHAIN
from installer.commandline import Command, Taken

ABOUT = "sits beside a coach's video call"
WHAT = (
    f"{NAME} keeps the time of a coaching session, quiets the computer meanwhile, and remembers what was promised. "
    "Records are encrypted on this computer; nothing leaves it."
)
HOW = (
    "Without a verb the window is opened, or brought to the front where it is open. With the name of an archive the "
    "window offers to take it in. A verb is carried out by the running program where there is one, else here."
)
EXIT = {
    app.DONE: "It is done.",
    app.REFUSED: "It was refused; one sentence on standard error says why.",
    app.WRONG_USAGE: "The command line was not understood.",
    app.FAULT: f"{NAME} failed, and it is our mistake; where the report lies is said.",
    app.INTERRUPTED: "It was interrupted from the terminal.",
}
ENVIRONMENT = {
    "COACHDESK_HOME": "The folder of records and settings; --home comes first.",
    PASSPHRASE: "The passphrase, where neither the keychain nor --passphrase-file gives one. Other programs of yours "
    "can read it there; a file is safer.",
    NO_KEYCHAIN: "Where it is set, the keychain is neither asked nor written to.",
}
_HOME = Home(Path("~/.local/share") / NAME)
FILES = {
    _HOME.records: "The encrypted records.",
    _HOME.keys: "What unlocks them, itself locked with the passphrase, the recovery code or the keychain. Without it "
    "the records cannot be read.",
    _HOME.backups: "Encrypted copies, one for each day of use.",
    _HOME.settings: "The settings; nothing confidential.",
    _HOME.logs: "Reports of failures, without any content of the records.",
    _HOME.root / "focus": "What focus mode changed and has not put back yet.",
    Path("~/.config/autostart/coachdesk-restore.desktop"): "Puts that back at the next login. Written when focus mode "
    "is first used.",
}
EXAMPLES = {
    "coachdesk rehearse": "Play a whole session with made-up people.",
    "coachdesk focus on --minutes 50": "Keep the computer quiet for fifty minutes.",
    "coachdesk --json session list": "All sessions, for a script.",
}


def page(root: Command, day: date) -> str:
    """The page in the language of man(7), as of a day."""
    return "\n".join(_lines(root, day)) + "\n"


def write(root: Command, day: date, folder: Path) -> None:
    """Put the page, compressed, into a folder such as man1, by the names of both programs."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "coachdesk.1.gz").write_bytes(gzip.compress(page(root, day).encode(), mtime=0))
    (folder / "coachdesk-window.1.gz").symlink_to("coachdesk.1.gz")


def _lines(root: Command, day: date) -> Iterator[str]:
    yield f'.TH COACHDESK 1 {day.isoformat()} "{NAME} {__version__}" "User Commands"'
    yield from (".SH NAME", rf"coachdesk, coachdesk\-window \- {_text(ABOUT)}", ".SH SYNOPSIS")
    yield from _synopsis(root)
    yield from (".SH DESCRIPTION", _text(WHAT), ".PP", _text(HOW), ".SH OPTIONS")
    yield "These stand before or after any verb."
    yield from _list((_option(each), each.help) for each in root.options)
    yield from _list([(_bold(MINIMISED), "Open the window minimised; one that is open stays as it is.")])
    yield ".SH COMMANDS"
    for noun in root.below:
        yield from _noun(noun)
    yield ".SH EXIT STATUS"
    yield from _list((_bold(str(code)), said) for code, said in sorted(EXIT.items()))
    for title, told in (("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES), ("EXAMPLES", EXAMPLES)):
        yield f".SH {title}"
        yield from _list((_bold(str(name)), said) for name, said in told.items())


def _synopsis(root: Command) -> Iterator[str]:
    options = " ".join(f"[{_option(each)}]" for each in root.options if each.value or each.name == "--json")
    yield rf"\fBcoachdesk\fR {options} [{_italic('NOUN')} [{_italic('VERB')}] {_italic('ARGUMENTS')}]"
    yield ".br"
    yield rf"\fBcoachdesk\-window\fR [{_italic('ARCHIVE')}]"


def _noun(noun: Command) -> Iterator[str]:
    yield f".SS coachdesk {noun.words[0]}"
    yield _text(noun.help)
    for command in noun.below or (noun,):
        yield from _verb(command)


def _verb(command: Command) -> Iterator[str]:
    arguments = [_italic(each.name) if each.required else f"[{_italic(each.name)}]" for each in command.arguments]
    needed = [_option(each) for each in command.options if each.required]
    yield from (".TP", " ".join([_bold(" ".join(command.words)), *arguments, *needed]))
    if len(command.words) > 1:
        yield _text(command.help)
    explained = [(_italic(each.name), each.help) for each in command.arguments if each.explained]
    explained += [(_option(each), each.help) for each in command.options]
    if explained:
        yield from (".RS", *_list(explained), ".RE")


def _list(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Names, already in their letters, and what is to be said about each."""
    for name, said in pairs:
        yield from (".TP", name, _text(said) if said else r"\&")


def _option(option: Taken) -> str:
    return f"{_bold(option.name)} {_italic(option.value)}" if option.value else _bold(option.name)


def _bold(text: str) -> str:
    return rf"\fB{_literal(text)}\fR"


def _italic(text: str) -> str:
    return rf"\fI{_literal(text)}\fR"


def _literal(text: str) -> str:
    """To be typed as it stands: its hyphens are those of the keyboard."""
    return text.replace("\\", r"\(rs").replace("-", r"\-").replace("~", r"\(ti")


def _text(text: str) -> str:
    """Words to read; options among them can be copied. A line that begins like a request is none (groff(7))."""
    escaped = re.sub(r"--[a-z-]+", lambda option: _literal(option[0]), text.replace("\\", r"\(rs"))
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
