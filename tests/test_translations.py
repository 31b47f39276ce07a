"""The check of the translations finds what it is there to find."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tests.translations import ROOT, as_text, collect, placeholders, problems, write


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A small program with two texts."""
    folder = tmp_path / "coachdesk"
    folder.mkdir()
    (folder / "today.py").write_text('_("Begin with {name}")\nngettext("{n} promise", "{n} promises", n)\n')
    return folder


def german(locale: Path, **translations: str) -> None:
    """Write a German catalogue with these translations of "Begin with {name}"."""
    catalog = Catalog(locale="de")
    catalog.add("Begin with {name}", translations.get("begin", ""))
    catalog.add(("{n} promise", "{n} promises"), (translations.get("one", ""), "{n} Versprechen"))
    path = locale / "de" / "LC_MESSAGES" / "coachdesk.po"
    path.parent.mkdir(parents=True)
    path.write_text(as_text(catalog), "utf-8")
    write(locale.parent / "coachdesk", locale)


def test_a_fresh_set_of_files_has_no_problem(sources: Path, tmp_path: Path) -> None:
    german(tmp_path / "locale", begin="Mit {name} beginnen")
    assert [] == list(problems(sources, tmp_path / "locale"))


def test_a_new_text_in_the_sources_is_noticed(sources: Path, tmp_path: Path) -> None:
    write(sources, tmp_path / "locale")
    (sources / "today.py").write_text('_("Begin with {name}")\n_("End")\n')
    assert ["coachdesk.pot is not what the sources say: run make words"] == list(problems(sources, tmp_path / "locale"))


def test_a_renamed_place_in_a_translation_is_noticed(sources: Path, tmp_path: Path) -> None:
    german(tmp_path / "locale", begin="Mit {wem} beginnen")
    assert ["de: 'Begin with {name}': not the same places: name, wem"] == list(problems(sources, tmp_path / "locale"))


def test_a_form_for_one_may_say_it_in_a_word(sources: Path, tmp_path: Path) -> None:
    german(tmp_path / "locale", one="ein Versprechen")
    assert [] == list(problems(sources, tmp_path / "locale"))


def test_an_old_compiled_file_is_noticed(sources: Path, tmp_path: Path) -> None:
    german(tmp_path / "locale", begin="Mit {name} beginnen")
    (tmp_path / "locale" / "de" / "LC_MESSAGES" / "coachdesk.mo").write_bytes(b"old")
    assert ["de: the compiled file is old: run make words"] == list(problems(sources, tmp_path / "locale"))


def test_named_places_of_a_text_are_found() -> None:
    assert {"name", "minutes"} == placeholders("{name}, {minutes} minutes left, {{not this}}")


def test_the_program_uses_named_places_only() -> None:
    texts = [message.id for message in collect(ROOT / "coachdesk") if message.id]
    flat = [text for each in texts for text in ([each] if isinstance(each, str) else each)]
    assert [] == [text for text in flat if {"", "0", "1"} & placeholders(text)]
