"""What is shipped and what is left out, on each system, and that every module imported by name is in."""

import importlib.util
from pathlib import Path

import pytest

from coachdesk import verbs
from coachdesk.cli import app
from coachdesk.storage import migrate
from installer import contents


def shipped(to: str, system: str = "linux", kind: str = "BINARY", source: str = "") -> bool:
    return contents.is_shipped((to, source or f"/somewhere/{to}", kind), system)


def test_every_module_that_is_imported_by_name_is_in() -> None:
    modules = set(contents.modules())
    assert modules >= {f"coachdesk.verbs.{noun}" for noun in verbs.NOUNS}
    assert modules >= {f"coachdesk.cli.{app.MODULES.get(noun, noun)}" for noun in app.NOUNS}
    assert modules >= {f"coachdesk.focus.{system}" for system in ("linux", "windows", "macos")}
    assert modules >= {"coachdesk", "coachdesk.__main__", "coachdesk.ui.pages.hand_out_summary"}


def test_all_that_is_named_is_there_to_be_found() -> None:
    named = [*contents.modules(), *contents.BY_NAME, *contents.imported_by_migrations()]
    assert [] == [name for name in named if importlib.util.find_spec(name) is None]


def test_migrations_are_files_and_no_modules() -> None:
    folders = {Path(to) for source, to in contents.data() if Path(source).suffix == ".py"}
    assert {contents.MIGRATIONS, contents.MIGRATIONS / "versions"} == folders
    shipped = {Path(source).name.split("_")[0] for source, to in contents.data() if to.endswith("versions")}
    assert set(migrate.revisions()) == shipped
    assert not [name for name in contents.modules() if "migrations" in name]


def test_what_came_with_the_program_goes_where_it_is_looked_for() -> None:
    places = {f"{to}/{Path(source).name}" for source, to in contents.data()}
    assert places >= {"resources/prompts/en.toml", "resources/sites/groups.toml", "resources/icons/coachdesk.svg"}
    assert not [place for place in places if place.endswith(".pot")]


@pytest.mark.parametrize(
    "to",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/QtWidgets.abi3.so",
        "PySide6/libpyside6.abi3.so.6.11",
        "numpy.libs/libscipy_openblas64_-32a4b2a6.so",
        "lib-dynload/_ctypes.cpython-311-x86_64-linux-gnu.so",
        "libpython3.11.so.1.0",
        "libxcb-cursor.so.0",
    ],
)
def test_what_the_window_loads_is_shipped(to: str) -> None:
    assert shipped(to)


@pytest.mark.parametrize(
    "to",
    [
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/lib/libQt6Pdf.so.6",
        "PySide6/Qt/translations/qtbase_de.qm",
        "qtawesome/fonts/materialdesignicons6-webfont-6.9.96.ttf",
        "keyring-25.7.0.dist-info/RECORD",
        "coachdesk-0.1.0.dist-info/direct_url.json",
    ],
)
def test_what_nothing_of_ours_loads_is_left_out(to: str) -> None:
    assert not shipped(to)


def test_metadata_by_which_keychains_are_found_is_in() -> None:
    assert shipped("keyring-25.7.0.dist-info/entry_points.txt", kind="DATA")
    assert shipped("qtawesome/fonts/phosphor-1.3.0.ttf", kind="DATA")


@pytest.mark.parametrize("library", ["libglib-2.0.so.0", "libfontconfig.so.1", "libstdc++.so.6", "libgtk-3.so.0"])
def test_libraries_that_belong_together_with_a_desktop_stay_its_own(library: str) -> None:
    assert not shipped(library)
    assert shipped(library, system="darwin")


def test_a_link_is_shipped_with_that_to_which_it_leads() -> None:
    core, qml = "PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore", "PySide6/Qt/lib/QtQml.framework/Versions/A/QtQml"
    assert shipped("QtCore", "darwin", kind="SYMLINK", source=core)
    assert not shipped("QtQml", "darwin", kind="SYMLINK", source=qml)


def test_on_linux_no_link_is_shipped() -> None:
    assert shipped("PySide6/Qt/lib/libQt6Core.so.6")
    assert not shipped("libQt6Core.so.6", kind="SYMLINK", source="PySide6/Qt/lib/libQt6Core.so.6")


@pytest.mark.parametrize(
    ("to", "system", "there"),
    [
        (r"PySide6\plugins\platforms\qwindows.dll", "win32", True),
        (r"PySide6\plugins\platforms\qdirect2d.dll", "win32", False),
        (r"PySide6\Qt6Core.dll", "win32", True),
        (r"PySide6\Qt6Quick.dll", "win32", False),
        (r"PySide6\opengl32sw.dll", "win32", False),
        ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", "darwin", True),
        ("PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui", "darwin", True),
        ("PySide6/Qt/lib/QtQml.framework/Versions/A/QtQml", "darwin", False),
    ],
)
def test_the_other_systems_have_the_same_by_other_names(to: str, system: str, there: bool) -> None:
    assert there == shipped(to, system)


def test_pythons_own_configuration_tells_nothing_of_the_computer_that_built_it(tmp_path: Path) -> None:
    (folder,) = contents.neutral_configuration(tmp_path / "neutral")
    (file,) = Path(folder).iterdir()
    told: dict[str, dict[str, object]] = {}
    exec(file.read_text("utf-8"), told)
    assert "/usr/share/zoneinfo" in str(told["build_time_vars"]["TZPATH"])
    assert not [value for value in told["build_time_vars"].values() if str(Path.home()) in str(value)]
