"""NOTICES.txt: nothing is bundled whose licence is not told, and every text is there."""

import sys
from importlib import metadata
from pathlib import Path

import pytest

from installer import ROOT, notices, piece, pieces, wheels
from installer.piece import Piece, Text, Unlicensed
from installer.pieces import Unaccounted
from tests.installer.frozen_folder import Frozen, made, of_wheel


@pytest.fixture
def frozen(tmp_path: Path) -> Frozen:
    """A small frozen folder."""
    return made(tmp_path)


def told(frozen: Frozen) -> dict[str, Piece]:
    """What is said to be in it, by name."""
    return {it.name: it for it in pieces.of(frozen.folder, frozen.work)}


def test_what_is_bundled_is_told_and_nothing_else(frozen: Frozen) -> None:
    there = told(frozen)
    assert "CoachDesk" == next(iter(there))
    assert {"CoachDesk", "six"} <= there.keys()
    assert not {"pytest", "ruff", "rich", "numpy"} & there.keys()


def test_every_file_belongs_to_exactly_one_piece(frozen: Frozen) -> None:
    frozen.holds("sqlcipher3/lib.so", of_wheel("sqlcipher3", ".so"))
    files = sorted(place for it in told(frozen).values() for place in it.files)
    assert files == sorted(
        path.relative_to(frozen.folder).as_posix() for path in frozen.folder.rglob("*") if path.is_file()
    )
    assert ("_internal/sqlcipher3/lib.so",) == told(frozen)["sqlcipher3"].files


def test_a_file_that_belongs_to_nothing_known_stops_the_build(frozen: Frozen, tmp_path: Path) -> None:
    stranger = tmp_path / "elsewhere" / "libstranger.so"
    stranger.parent.mkdir()
    stranger.touch()
    frozen.holds("libstranger.so", stranger)
    with pytest.raises(Unaccounted, match=r"libstranger\.so"):
        pieces.of(frozen.folder, frozen.work)


def test_a_file_that_was_put_in_by_hand_stops_the_build(frozen: Frozen) -> None:
    (frozen.folder / "extra.dat").touch()
    with pytest.raises(Unaccounted, match=r"extra\.dat"):
        pieces.of(frozen.folder, frozen.work)


def test_a_module_that_belongs_to_nothing_known_stops_the_build(frozen: Frozen, tmp_path: Path) -> None:
    frozen.packs("stranger", tmp_path / "stranger.py")
    with pytest.raises(Unaccounted, match=r"stranger\.py"):
        pieces.of(frozen.folder, frozen.work)


def test_a_wheel_that_is_only_a_tool_of_ours_stops_the_build(frozen: Frozen) -> None:
    frozen.packs("pytest", of_wheel("pytest", "pytest/__init__.py"))
    with pytest.raises(Unaccounted, match="pytest"):
        pieces.of(frozen.folder, frozen.work)


def test_the_notices_themselves_are_no_stranger(frozen: Frozen) -> None:
    (frozen.folder / "NOTICES.txt").touch()
    assert "NOTICES.txt" in told(frozen)["CoachDesk"].files


def test_links_count_as_what_they_lead_to(frozen: Frozen) -> None:
    (frozen.folder / "coachdesk-window").symlink_to("coachdesk")
    assert "coachdesk-window" not in told(frozen)["CoachDesk"].files


def test_a_library_of_debian_brings_its_copyright_and_where_its_source_is(frozen: Frozen) -> None:
    frozen.holds("libz.so.1", Path("/lib/x86_64-linux-gnu/libz.so.1"))
    library = told(frozen)["zlib1g"]
    assert "copyright" == library.texts[0].title
    assert "Jean-loup Gailly" in library.texts[0].words
    assert library.purl.startswith("pkg:deb/debian/zlib1g@1:1.")
    assert "snapshot.debian.org" in library.note


def test_the_licence_that_debian_only_points_to_is_brought_too(frozen: Frozen) -> None:
    frozen.holds("libuuid.so.1", Path("/lib/x86_64-linux-gnu/libuuid.so.1"))
    assert any("GNU GENERAL PUBLIC LICENSE" in text.words for text in told(frozen)["libuuid1"].texts)


def test_the_runtime_of_microsoft_is_known_by_its_names(frozen: Frozen) -> None:
    frozen.holds("VCRUNTIME140_1.dll", Path("/somewhere/VCRUNTIME140_1.dll"))
    assert ("_internal/VCRUNTIME140_1.dll",) == told(frozen)["Microsoft Visual C++ runtime"].files


def test_what_nobody_installed_by_a_wheel_is_not_taken_for_python(frozen: Frozen) -> None:
    frozen.packs("stranger", Path(sys.base_prefix) / "lib" / "site-packages" / "stranger.py")
    with pytest.raises(Unaccounted, match=r"stranger\.py"):
        pieces.of(frozen.folder, frozen.work)


def test_a_library_of_debian_is_no_longer_told_as_inside_python(frozen: Frozen) -> None:
    inside = {part.name for part in told(frozen)["CPython"].inside}
    frozen.holds("libexpat.so.1", Path("/lib/x86_64-linux-gnu/libexpat.so.1"))
    assert {"Expat"} == inside - {part.name for part in told(frozen)["CPython"].inside}
    assert "libexpat1" in told(frozen)


def test_every_wheel_the_program_needs_has_a_licence_and_its_text() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    locked = {line.partition("==")[0] for line in lock if "==" in line}
    here = {wheels.plain(each.name) for each in metadata.distributions()} & locked
    assert 50 < len(here)
    for name in here | pieces.TOOLS:
        it = wheels.piece(name)
        assert it.licence, name
        assert it.texts, name


def test_sqlcipher_names_what_is_compiled_into_it() -> None:
    assert ["SQLCipher", "SQLite", "OpenSSL"] == [part.name for part in wheels.piece("sqlcipher3").inside]
    assert all(part.version for part in wheels.piece("sqlcipher3").inside)


def test_what_a_wheel_lists_as_compiled_into_it_is_told() -> None:
    inside = {part.name: part for part in wheels.piece("cryptography").inside}
    assert "Apache-2.0" == inside["openssl"].licence
    assert "pyo3" in inside
    assert not any("file:" in part.purl for part in inside.values())


def test_qt_is_under_the_lgpl_with_the_way_to_replace_it() -> None:
    qt = wheels.piece("PySide6-Essentials")
    assert ["LGPL-3.0-only", "GPL-3.0-only"] == [text.title for text in qt.texts]
    assert "download.qt.io" in qt.note
    assert f"version {qt.version} in their place" in qt.note
    assert "HarfBuzz" in " ".join(text.words for text in qt.inside[0].texts)


def test_the_font_of_the_icons_has_its_own_licence() -> None:
    assert "Phosphor Icons" in wheels.piece("QtAwesome").inside[0].texts[0].words


@pytest.mark.parametrize(
    ("expression", "texts"),
    [
        ("MIT", ["MIT"]),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", ["LGPL-3.0-only", "GPL-3.0-only"]),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", ["MIT", "Unicode-3.0"]),
        ("Apache-2.0 WITH LLVM-exception", ["Apache-2.0"]),
        ("Unlicense OR MIT", ["MIT"]),
        ("MIT/Apache-2.0", ["MIT"]),
    ],
)
def test_of_a_choice_one_text_is_enough_and_of_a_sum_each_is_needed(expression: str, texts: list[str]) -> None:
    assert texts == [text.title for text in piece.standard(expression)]


def test_a_licence_without_a_text_stops_the_build() -> None:
    with pytest.raises(Unlicensed, match="Proprietary"):
        piece.standard("MIT AND Proprietary")


def test_a_wheel_that_does_not_say_its_licence_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    about = tmp_path / "silent-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: silent\nVersion: 1.0\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(Unlicensed, match="silent"):
        wheels.piece("silent")


def test_every_text_stands_once_however_many_are_under_it() -> None:
    shared = Text("MIT", "Permission is hereby granted.")
    written = notices.written([Piece("a", "1", "MIT", texts=(shared,)), Piece("b", "2", "MIT", texts=(shared,))])
    assert 1 == written.count("Permission is hereby granted.")
    assert 2 == written.count("MIT [1]")


def test_what_is_inside_another_stands_below_it() -> None:
    inside = Piece("inner", "2", "MIT", texts=(Text("MIT", "words"),))
    written = notices.written([Piece("outer", "1", "MIT", texts=(Text("MIT", "words"),), inside=(inside,))])
    assert (
        "outer 1\n    Licence: MIT\n    Texts: MIT [1]\n    In it:\n      inner 2\n          Licence: MIT\n" in written
    )


def test_the_notices_name_no_folder_of_this_computer(frozen: Frozen) -> None:
    frozen.holds("sqlcipher3/lib.so", of_wheel("sqlcipher3", ".so"))
    written = notices.written(pieces.of(frozen.folder, frozen.work))
    assert str(ROOT) not in written
    assert str(Path.home()) not in written
