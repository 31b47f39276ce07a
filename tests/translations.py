"""The texts of the program and their translations: ``write`` brings the files up to date, ``check`` says what is amiss.

resources/locale/coachdesk.pot                       every text, collected from the sources
resources/locale/<language>/LC_MESSAGES/coachdesk.po its translation; the .mo beside it is what the program reads
"""

import io
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "resources" / "locale"
TEMPLATE = LOCALE / "coachdesk.pot"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}

CHANGING = re.compile(
    r'^"(?:Project|Report|POT-Creation|PO-Revision|Last-Translator|Language-Team|Generated)[^"]*"\n', re.MULTILINE
)
"""Lines of a catalogue's head that say nothing of the program or change by themselves."""

HEADER = """\
# The texts of CoachDesk.
# Made by "make words".
"""


def collect(sources: Path) -> Catalog:
    """Every marked text of the Python files under a folder, with the files that use it."""
    catalog = Catalog(project="CoachDesk", charset="utf-8", header_comment=HEADER)
    options = {"**.py": {}}
    found = extract_from_dir(sources, [("**.py", "python")], options, KEYWORDS, comment_tags=("translators:",))
    for file, _line, text, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        place = f"{sources.name}/{Path(file).as_posix()}"
        catalog.add(text, None, [(place, 0)], auto_comments=comments, context=context)
    return catalog


def as_text(catalog: Catalog) -> str:
    """A catalogue as it stands in its file, without what changes by itself."""
    out = io.BytesIO()
    write_po(out, catalog, width=100, include_lineno=False, omit_header=False)
    return CHANGING.sub("", out.getvalue().decode())


def catalogues(locale: Path) -> Iterator[Path]:
    """The files of all languages there are."""
    yield from sorted(locale.glob("*/LC_MESSAGES/coachdesk.po"))


def read(path: Path) -> Catalog:
    """A language's catalogue; its code is the name of its folder."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def compiled(catalog: Catalog) -> bytes:
    """What the program reads."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def placeholders(text: str) -> set[str]:
    """The named places of a text: ``{name}`` gives ``name``."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def wrong_placeholders(message: Message) -> set[str]:
    """Places that a translation has and its text has not, or the other way round."""
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    translations = [message.string] if isinstance(message.string, str) else list(message.string)
    allowed = set().union(*map(placeholders, sources))
    wrong = set()
    for translation in filter(None, translations):
        wrong |= placeholders(translation) ^ allowed
    # A singular may say "one" where the plural says {n}.
    return wrong - {"n"} if len(sources) > 1 else wrong


def problems(sources: Path, locale: Path) -> Iterator[str]:
    """What is amiss, one sentence each."""
    template = collect(sources)
    stored = locale / TEMPLATE.name
    if not stored.exists() or stored.read_text("utf-8") != as_text(template):
        yield f"{stored.name} is not what the sources say: run make words"
    for path in catalogues(locale):
        catalog = read(path)
        language = path.parent.parent.name
        if {m.id for m in catalog if m.id} != {m.id for m in template if m.id}:
            yield f"{language}: the texts are not those of the sources: run make words"
        for message in catalog:
            if message.id and (wrong := wrong_placeholders(message)):
                yield f"{language}: {message.id!r}: not the same places: {', '.join(sorted(wrong))}"
        if not path.with_suffix(".mo").exists() or path.with_suffix(".mo").read_bytes() != compiled(catalog):
            yield f"{language}: the compiled file is old: run make words"


def write(sources: Path, locale: Path) -> None:
    """Bring the template and every language up to date and compile them; a fuzzy guess is never made."""
    template = collect(sources)
    locale.mkdir(parents=True, exist_ok=True)
    (locale / TEMPLATE.name).write_text(as_text(template), "utf-8")
    for path in catalogues(locale):
        catalog = read(path)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path.write_text(as_text(catalog), "utf-8")
        path.with_suffix(".mo").write_bytes(compiled(read(path)))


def main(task: str) -> int:
    """Carry out ``check`` or ``write``; 1 where there is a problem."""
    sources = ROOT / "coachdesk"
    if task == "write":
        write(sources, LOCALE)
    found = list(problems(sources, LOCALE))
    for sentence in found:
        print(sentence, file=sys.stderr)
    return min(len(found), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
