"""The settings file is read whatever stands in it, and saved without disturbing what a person wrote."""

import os
import stat
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from coachdesk import settings
from coachdesk.clock import Phase
from coachdesk.errors import Refused
from coachdesk.settings import GROUPS, Settings, Template

posix = pytest.mark.skipif(os.name != "posix", reason="file modes are a matter of POSIX systems")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the settings would be; nothing is there yet."""
    return tmp_path / "home" / "settings.toml"


def written(path: Path, text: str | bytes) -> Path:
    """The path, after the text was written there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# ------------------------------------------------------------------------------------------------------------- reading


def test_without_a_file_the_usual_settings_are_used_and_nothing_is_said(path: Path) -> None:
    loaded = settings.load(path)
    assert (Settings(), ()) == (loaded, loaded.problems)
    assert not path.exists()


def test_what_the_file_says_is_used(path: Path) -> None:
    loaded = settings.load(written(path, '[session]\nminutes = 45\n[cues]\nprocess_checks = ["33%", "20"]\n'))
    assert (45, ("33%", "20"), ()) == (loaded.session.minutes, loaded.cues.process_checks, loaded.problems)


def test_a_value_that_cannot_be_used_is_told_and_the_others_are_used(path: Path) -> None:
    loaded = settings.load(written(path, "[session]\nminutes = 5000\narrive_minutes = 1\n"))
    assert (50, 1) == (loaded.session.minutes, loaded.session.arrive_minutes)
    assert ("“Usual length” takes a whole number from 5 to 480 (minutes). Used for now: 50.",) == loaded.problems


@pytest.mark.parametrize(
    "line", ["session.minutes = []", "cues.end = 3", "appearance.look = 1979-05-27", "privacy.short_names = nan"]
)
def test_a_value_of_another_type_is_told(path: Path, line: str) -> None:
    loaded = settings.load(written(path, line))
    assert (Settings(), 1) == (loaded, len(loaded.problems))


def test_a_group_that_is_no_group_is_told(path: Path) -> None:
    assert ("“cues” in the settings file is not a group of settings.",) == settings.load(
        written(path, "cues = 3")
    ).problems


def test_unknown_keys_and_groups_are_left_alone(path: Path) -> None:
    loaded = settings.load(written(path, "[session]\ncolour = 3\n[future]\nthing = true\n"))
    assert (Settings(), ()) == (loaded, loaded.problems)


@pytest.mark.parametrize("content", ["[session", b"\xff\xfe\x00", "a = " + "[" * 5000, "a = " + "9" * 5000, "\x00"])
def test_a_file_that_is_no_toml_gives_the_usual_settings_and_one_sentence(path: Path, content: str | bytes) -> None:
    loaded = settings.load(written(path, content))
    assert Settings() == loaded
    assert ("The settings file could not be read, so the usual settings are used.",) == loaded.problems


def test_a_folder_in_the_place_of_the_file_does_no_harm(path: Path) -> None:
    path.mkdir(parents=True)
    assert 1 == len(settings.load(path).problems)


def test_a_file_from_a_windows_editor_is_read(path: Path) -> None:
    assert 45 == settings.load(written(path, b"\xef\xbb\xbf[session]\r\nminutes = 45\r\n")).session.minutes


def test_a_structure_that_no_longer_exists_falls_back(path: Path) -> None:
    loaded = settings.load(written(path, '[session]\ntemplate = "gone"\n'))
    assert ("open", 1) == (loaded.session.template, len(loaded.problems))


def test_a_structure_that_cannot_be_used_is_told_and_the_others_are_used(path: Path) -> None:
    impossible = '3, {id = "x"}, {id = 3, name = "X"}, {id = "y", name = "Y", phases = [3]}'
    loaded = settings.load(written(path, f'templates = [{impossible}, {{id = "mine", name = "Mine"}}]'))
    assert Template("mine", "Mine") == loaded.templates[-1]
    assert 4 == len(loaded.problems)


def test_the_file_s_shortcut_wins_over_another_action_s_usual_one(path: Path) -> None:
    loaded = settings.load(written(path, '[shortcuts]\njot = "Ctrl+Alt+Shift+M"\n'))
    assert ("Ctrl+Alt+Shift+M", "") == (loaded.shortcuts.jot, loaded.shortcuts.mark)


def test_two_actions_may_exchange_their_shortcuts(path: Path) -> None:
    loaded = settings.load(written(path, '[shortcuts]\njot = "Ctrl+Alt+Shift+M"\nmark = "Ctrl+Alt+Shift+J"\n'))
    assert ("Ctrl+Alt+Shift+M", "Ctrl+Alt+Shift+J", ()) == (
        loaded.shortcuts.jot,
        loaded.shortcuts.mark,
        loaded.problems,
    )


def test_the_same_shortcut_twice_is_told(path: Path) -> None:
    loaded = settings.load(written(path, '[shortcuts]\nmark = "Ctrl+Alt+F9"\npromise = "Ctrl+Alt+F9"\n'))
    assert ("Ctrl+Alt+F9", "Ctrl+Alt+Shift+P") == (loaded.shortcuts.mark, loaded.shortcuts.promise)
    assert 1 == len(loaded.problems)


# -------------------------------------------------------------------------------------------------------------- saving


def test_only_what_differs_is_written(path: Path) -> None:
    settings.save(path, settings.changed(Settings(), "session.minutes", 45))
    assert {"session": {"minutes": 45}} == tomllib.loads(path.read_text("utf-8"))


def test_a_setting_put_back_to_its_usual_value_is_written_so(path: Path) -> None:
    settings.save(path, settings.changed(Settings(), "session.minutes", 45))
    settings.save(path, Settings())
    assert Settings() == settings.load(path)


def test_comments_and_unknown_keys_stay(path: Path) -> None:
    text = '# mine\n[session]\nminutes = 45 # long enough\ncolour = "blue"\n\n[future]\nthing = true\n'
    settings.save(written(path, text), settings.changed(settings.load(path), "session.minutes", 60))
    assert text.replace("minutes = 45", "minutes = 60") == path.read_text("utf-8")


def test_a_value_that_could_not_be_used_stays_until_it_is_changed(path: Path) -> None:
    written(path, "[session]\nminutes = 5000\n")
    settings.save(path, settings.changed(settings.load(path), "cues.seconds", 30))
    assert 5000 == tomllib.loads(path.read_text("utf-8"))["session"]["minutes"]
    settings.save(path, settings.changed(settings.load(path), "session.minutes", 55))
    assert (55, ()) == (settings.load(path).session.minutes, settings.load(path).problems)


def test_a_group_that_was_no_group_becomes_one(path: Path) -> None:
    wanted = settings.changed(settings.load(written(path, "cues = 3\n")), "cues.seconds", 30)
    settings.save(path, wanted)
    assert (wanted, ()) == (settings.load(path), settings.load(path).problems)


def test_freeing_a_shortcut_that_stands_twice_in_the_file_is_kept(path: Path) -> None:
    loaded = settings.load(written(path, '[shortcuts]\nmark = "Ctrl+Alt+F9"\npromise = "Ctrl+Alt+F9"\n'))
    wanted = settings.changed(loaded, "shortcuts.mark", "Ctrl+Alt+F8")
    settings.save(path, wanted)
    assert wanted == settings.load(path)
    assert ["settings.toml"] == [one.name for one in path.parent.iterdir()]


def test_one_s_own_structures_come_back_and_go(path: Path) -> None:
    mine = settings.with_template(Settings(), Template("", "Mine", (Phase("Begin", 10), Phase("Work", 2.5))))
    settings.save(path, mine)
    assert mine == settings.load(path)
    settings.save(path, settings.without_template(mine, "mine"))
    assert Settings() == settings.load(path)
    assert "templates" not in path.read_text("utf-8")


def test_the_place_of_the_window_can_be_forgotten(path: Path) -> None:
    settings.save(path, settings.changed(Settings(), "window.geometry", (1, 2, 300, 400, False)))
    assert (1, 2, 300, 400, False) == settings.load(path).window.geometry
    settings.save(path, Settings())
    assert None is settings.load(path).window.geometry


def test_a_damaged_file_is_kept_aside_when_next_saved(path: Path) -> None:
    written(path, "[session")
    os.utime(path, (1_772_452_800, 1_772_452_800))
    settings.save(path, settings.changed(settings.load(path), "session.minutes", 45))
    assert "[session" == (path.parent / "settings.toml.damaged-20260302T120000Z").read_text("utf-8")
    assert (45, ()) == (settings.load(path).session.minutes, settings.load(path).problems)


def test_a_second_damaged_file_does_not_replace_the_first(path: Path) -> None:
    for content in ("[first", "[second"):
        written(path, content)
        os.utime(path, (1_772_452_800, 1_772_452_800))
        settings.save(path, Settings())
    kept = {one.read_text("utf-8") for one in path.parent.glob("settings.toml.damaged-*")}
    assert {"[first", "[second"} == kept


def test_loading_alone_moves_nothing(path: Path) -> None:
    settings.load(written(path, "[session"))
    assert ["settings.toml"] == [one.name for one in path.parent.iterdir()]


@posix
def test_only_this_person_can_read_the_file(path: Path) -> None:
    settings.save(path, Settings())
    assert (0o600, 0o700) == (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode))


@posix
def test_a_link_to_the_file_stays_a_link(path: Path, tmp_path: Path) -> None:
    written(path, "").rename(tmp_path / "real.toml")
    path.symlink_to(tmp_path / "real.toml")
    settings.save(path, settings.changed(Settings(), "session.minutes", 45))
    assert path.is_symlink()
    assert 45 == settings.load(tmp_path / "real.toml").session.minutes


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_left_behind(tmp_path: Path) -> None:
    in_the_way = written(tmp_path / "file", "x")
    with pytest.raises(Refused, match="The settings could not be written"):
        settings.save(in_the_way / "settings.toml", Settings())
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(Refused, match="The settings could not be written"):
        settings.save(tmp_path / "settings.toml", Settings())
    assert {"file", "settings.toml", "home"} >= {
        one.name for one in tmp_path.iterdir() if not one.name.startswith("person")
    }


ODD_SHAPES = {
    "keys with dots": "session.minutes = 45\ncues.end = false\n",
    "groups in one line": "session = {minutes = 45}\nbar = {places = {A = ['top', 1]}}\n",
    "groups in pieces": (
        "[bar.places]\nA = ['top', 1]\n[session]\nminutes = 45\n[bar]\nkeep_open = true\n[session.x]\ny = 1\n"
    ),
    "quoted names": '[\'session\']\n"minutes" = 45 # why\n["templates.x"]\n',
    "a group that is a list": "[[session]]\nminutes = 45\n[[cues]]\n",
    "structures between groups": (
        "[[templates]]\nid = 'a'\nname = 'A'\n[cues]\n[[templates.phases]]\nname = 'B'\nminutes = 5\n"
    ),
    "structures in one line": "templates = [{id = 'a', name = 'A'}]\nsession = {}\n",
    "lines of another system": "[session]\r\nminutes = 45\r\n\r\n[cues]\r\n",
    "no line end": "[shortcuts]\nmark = ''",
}


def test_the_places_of_the_bar_keep_their_order(path: Path) -> None:
    for order in (["A", "B", "C"], ["B", "C", "A"], ["C", "A", "B"]):
        settings.save(path, settings.changed(settings.load(path), "bar.places", dict.fromkeys(order, ("top", 0.5))))
        assert order == list(settings.load(path).bar.places)


@pytest.mark.parametrize("text", ODD_SHAPES.values(), ids=ODD_SHAPES)
def test_a_file_of_an_odd_shape_is_saved_as_well(path: Path, text: str) -> None:
    wanted = settings.load(written(path, text))
    for name, value in {
        "session.minutes": 60,
        "session.whom": "self",
        "cues.seconds": 30,
        "bar.places": {"B": ("left", 2.0)},
        "shortcuts.jot": "",
        "window.geometry": (1, 2, 3, 4, True),
    }.items():
        wanted = settings.changed(wanted, name, value)
    wanted = settings.with_template(wanted, Template("mine", "Mine", (Phase("Begin", 5),)))
    settings.save(path, wanted)
    assert wanted == settings.load(path)
    assert ["settings.toml"] == [one.name for one in path.parent.iterdir()]


@posix
def test_a_full_disk_is_told_and_leaves_the_old_file_whole(path: Path) -> None:
    import resource

    settings.save(path, settings.changed(Settings(), "session.minutes", 45))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8, hard))  # the system then refuses to make any file longer
    try:
        with pytest.raises(Refused, match="The settings could not be written: File too large"):
            settings.save(path, Settings())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (45, ["settings.toml"]) == (settings.load(path).session.minutes, [one.name for one in path.parent.iterdir()])


# ---------------------------------------------------------------------------------------------------------- properties

NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(str.strip)
LETTERS = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
GOOD: dict[str, st.SearchStrategy[Any]] = {
    "session.minutes": st.integers(5, 480),
    "session.template": st.sampled_from(["open", "sixty", "grow"]),
    "session.arrive_minutes": st.integers(0, 10),
    "session.whom": st.sampled_from(["clients", "self", "both"]),
    "cues.process_checks": st.lists(
        st.one_of(st.integers(1, 480).map(str), st.integers(1, 99).map("{}%".format)), max_size=6, unique=True
    ),
    "cues.landing": st.lists(st.integers(1, 60), max_size=4, unique=True),
    "cues.end": st.booleans(),
    "cues.seconds": st.integers(5, 120),
    "bar.places": st.dictionaries(
        NAMES.map(lambda name: " ".join(name.split())),
        st.tuples(st.sampled_from(["top", "left", "right", "bottom"]), st.floats(-999_999, 999_999)),
        max_size=3,
    ),
    "appearance.look": st.sampled_from(["system", "light", "dark"]),
    "privacy.short_names": st.booleans(),
    "shortcuts.mark": st.one_of(st.just(""), LETTERS.map("Ctrl+Alt+Shift+{}".format)),
    "shortcuts.bar": st.one_of(st.just(""), LETTERS.map("Ctrl+Alt+Shift+{}".format)),
    "window.geometry": st.one_of(
        st.none(),
        st.tuples(*[st.integers(-9999, 9999)] * 2, *[st.integers(1, 9999)] * 2, st.booleans()),
    ),
    "prompts.off": st.lists(st.sampled_from(["a", "b-c", "d"])),
    "templates": st.lists(
        st.builds(
            Template,
            st.sampled_from(["", "mine", "grow", "x-1"]),
            NAMES,
            st.lists(st.builds(Phase, NAMES, st.floats(0.5, 480)), max_size=3).map(tuple),
        ),
        max_size=3,
    ),
}
CHANGES = st.lists(st.sampled_from(sorted(GOOD)).flatmap(lambda name: st.tuples(st.just(name), GOOD[name])), max_size=8)


def after(changes: list[tuple[str, Any]], start: Settings) -> Settings:
    """The settings after all those changes that are possible together."""
    for name, value in changes:
        try:
            start = settings.changed(start, name, value)
        except Refused as refused:  # two actions may have drawn the same keys
            assert name.startswith("shortcuts."), refused  # noqa: PT017
    return start


@effort(deadline=None)  # files are written, which takes as long as the disk takes
@given(CHANGES, CHANGES)
def test_all_settings_come_back_as_they_were_saved(first: list[tuple[str, Any]], then: list[tuple[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "settings.toml")
        for changes in (first, then):
            wanted = after(changes, settings.load(path))
            settings.save(path, wanted)
            assert (wanted, ()) == (settings.load(path), settings.load(path).problems)
        assert ["settings.toml"] == [one.name for one in Path(folder).iterdir()]


SCALARS = st.one_of(
    st.none().map(lambda _none: ""),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=10),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.sampled_from(["50%", "open", "Ctrl+Alt+Shift+M", "45 min"]),
)
KNOWN_NAMES = sorted({one.name for group in GROUPS for one in settings.fields_of(group)} | {"id", "name", "phases"})
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KNOWN_NAMES) | st.text(max_size=5), inner)
    ),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(
    st.sampled_from([*GROUPS, "templates"]) | st.text(max_size=5),
    VALUES | st.dictionaries(st.sampled_from(KNOWN_NAMES), VALUES, max_size=5),
    max_size=5,
)


@effort(deadline=None)  # files are written, which takes as long as the disk takes
@given(DOCUMENTS, CHANGES)
def test_any_toml_can_be_read_changed_and_saved(document: dict[str, Any], changes: list[tuple[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder, "settings.toml"), tomlkit.dumps(document))
        wanted = after(changes, settings.load(path))
        settings.save(path, wanted)
        assert wanted == settings.load(path)


@effort(deadline=None)  # files are written, which takes as long as the disk takes
@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_bytes_can_be_read_and_saved_over(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder, "settings.toml"), content)
        wanted = settings.changed(settings.load(path), "session.minutes", 45)
        settings.save(path, wanted)
        assert wanted == settings.load(path)
