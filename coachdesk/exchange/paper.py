"""A page to hand out as a plain value: headings, paragraphs and items; as text, as Markdown and as HTML."""

import re
import unicodedata
from dataclasses import dataclass, field
from html import escape
from typing import Literal

Kind = Literal["heading", "paragraph", "item", "code"]

_STEERING = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""Control characters that are no line breaks: no format shows them, and XML and HTML forbid them."""
_INLINE = re.compile(r"([\\`*_\[\]<>|~&$])")
"""What has a meaning anywhere in a line of Markdown (CommonMark 0.31 and GitHub's tables, strike-outs, formulas)."""
_AT_START = re.compile(r"^([#+\-=:]|\d{1,9}(?=[.)]))")
"""What has a meaning at the beginning of a line: headings, lists, rules, underlines of headings."""


@dataclass(frozen=True)
class Part:
    """One thing on a page; ``under`` are further lines of an item, such as its date."""

    text: str
    kind: Kind = "paragraph"
    under: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A page: its title, whose it is (name, then address lines), and its parts in order."""

    title: str
    parts: tuple[Part, ...]
    sender: tuple[str, ...] = ()


@dataclass
class _Lines:
    """Lines being written, with one empty line between what does not belong together."""

    done: list[str] = field(default_factory=list)

    def part(self, lines: list[str], *, apart: bool = True) -> None:
        """Write the lines of one part, apart from what stands before unless they belong together."""
        if self.done and apart:
            self.done.append("")
        self.done += lines

    def text(self) -> str:
        """All of it."""
        return "\n".join(self.done) + "\n"


def lines_of(text: str) -> list[str]:
    """The lines of a text, whatever breaks them; control characters go."""
    return [_STEERING.sub("", line).rstrip() for line in text.splitlines()]


def runs_leftward(text: str) -> bool:
    """Whether a text is written from right to left: its first letter with a direction says so (Unicode, UAX 9, P2)."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


# --- plain text -------------------------------------------------------------------------------------------------


def as_text(paper: Paper) -> str:
    """The page as plain text, for the clipboard and a file."""
    made = _Lines()
    if paper.sender:
        made.part([line for each in paper.sender for line in lines_of(each)])
    made.part(lines_of(paper.title))
    last: Kind = "heading"
    for part in paper.parts:
        if part.kind == "item":
            made.part(_text_item(part), apart=last not in ("item", "heading"))
        else:
            made.part(lines_of(part.text))
        last = part.kind
    return made.text()


def _text_item(part: Part) -> list[str]:
    first, *more = [line for each in (part.text, *part.under) for line in lines_of(each)] or [""]
    return [f"• {first}", *(f"  {line}".rstrip() for line in more)]


# --- Markdown ---------------------------------------------------------------------------------------------------


def as_markdown(paper: Paper) -> str:
    """The page as Markdown (CommonMark); whatever stands in a text is shown as it is and means nothing."""
    made = _Lines()
    if paper.sender:
        made.part(_marked("\n".join(paper.sender), ""))
    made.part([f"# {_one_line(paper.title)}"])
    last: Kind = "heading"
    for part in paper.parts:
        if part.kind == "heading":
            made.part([f"## {_one_line(part.text)}"])
        elif part.kind == "item":
            first, *more = _marked("\n".join((part.text, *part.under)), "  ") or [""]
            made.part([f"- {first.lstrip()}", *more], apart=last != "item")
        elif part.kind == "code":
            made.part([f"    {line}" for line in lines_of(part.text)])
        else:
            made.part(_marked(part.text, ""))
        last = part.kind
    return made.text()


def _marked(text: str, indent: str) -> list[str]:
    """Lines of paragraphs: each line break is kept, empty lines part paragraphs."""
    found: list[str] = []
    for block in re.split(r"\n\s*\n", "\n".join(lines_of(text)).strip("\n")):
        lines = [indent + _escaped(line) for line in block.split("\n") if line.strip()]
        if lines:
            found += [""] if found else []
            found += [f"{line}\\" for line in lines[:-1]] + lines[-1:]
    return found


def _escaped(line: str) -> str:
    kept = line.lstrip(" \t")
    before = "\u00a0" * len(line[: len(line) - len(kept)].expandtabs(4))  # four spaces would make a block of code
    safe = _INLINE.sub(r"\\\1", kept)
    if before:
        return before + safe
    return _AT_START.sub(lambda found: _apart(found.group()), safe)


def _apart(start: str) -> str:
    """``#`` as ``\\#``; of ``1.`` it is the point that must not be one, which the caller's match leaves in place."""
    return f"{start}\\" if start.isdecimal() else f"\\{start}"


def _one_line(text: str) -> str:
    words = _escaped(" ".join(" ".join(lines_of(text)).split()))
    return re.sub(r"(?<!\\)#+$", lambda found: "\\#" * len(found.group()), words)


# --- HTML -------------------------------------------------------------------------------------------------------


def as_html(paper: Paper) -> str:
    """The page in the HTML that Qt's rich text knows; each paragraph runs in its own direction."""
    made = [_element("p", "\n".join(paper.sender), "sender")] if paper.sender else []
    made.append(_element("h1", paper.title))
    inside = False
    for part in paper.parts:
        if (part.kind == "item") != inside:
            inside = not inside
            made.append("<ul>" if inside else "</ul>")
        made.append(_html_part(part))
    if inside:
        made.append("</ul>")
    return "\n".join(made)


_TAGS: dict[Kind, str] = {"heading": "h2", "paragraph": "p", "item": "li", "code": "pre"}


def _html_part(part: Part) -> str:
    if part.kind != "item":
        return _element(_TAGS[part.kind], part.text)
    under = "".join(f"<br><span class='under'>{_broken(line)}</span>" for line in part.under)
    return f"<li dir='{_direction(part.text)}'>{_broken(part.text)}{under}</li>"


def _element(tag: str, text: str, name: str = "") -> str:
    called = f" class='{name}'" if name else ""
    return f"<{tag}{called} dir='{_direction(text)}'>{_broken(text)}</{tag}>"


def _direction(text: str) -> str:
    return "rtl" if runs_leftward(text) else "ltr"


def _broken(text: str) -> str:
    return "<br>".join(escape(line) for line in lines_of(text))
