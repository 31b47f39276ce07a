"""What belongs into the frozen program: the modules imported by a name put together, and what is left out."""

import ast
import re
import sysconfig
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path, PurePosixPath

from installer import ROOT

MIGRATIONS = Path("coachdesk", "storage", "migrations")

Entry = tuple[str, str, str]
"""A file as PyInstaller lists it: where it goes, where it comes from, of what kind it is."""

BY_NAME = ("qtawesome", "tzdata", "alembic.op", "alembic.context")
"""Modules of others that are found or imported by their name alone: icons, zones of time, what migrations import."""

LEFT_OUT = (
    *("PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtSql"),
    *("PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtDesigner", "PySide6.QtUiTools", "PySide6.QtHelp"),
    *("PySide6.QtDBus", "PySide6.QtTest", "PySide6.QtXml", "PySide6.QtConcurrent", "PySide6.QtSvgWidgets"),
    *("tkinter", "_tkinter", "test", "unittest", "doctest", "lib2to3", "ensurepip", "venv", "idlelib"),
    *("curses", "readline", "sqlite3", "_sqlite3", "ssl", "_ssl", "xmlrpc", "distutils", "_pydecimal"),
    *("IPython", "matplotlib", "scipy", "pandas", "PIL", "lxml", "h5py", "numba", "cupy", "OpenGL", "yaml"),
    *("numpy.f2py", "numpy.testing", "numpy.distutils", "numpy.random", "numpy.conftest", "numpy.fft"),
    *("numpy.polynomial", "dateutil.zoneinfo", "pydoc_data", "icalendar.fuzzing"),
    *("pyqtgraph.flowchart", "pyqtgraph.canvas", "pyqtgraph.dockarea"),
    *("pyqtgraph.examples", "pyqtgraph.opengl", "pyqtgraph.console", "pyqtgraph.jupyter"),
    *("pydantic.v1", "pydantic.mypy", "alembic.testing", "alembic.templates", "sqlalchemy.testing", "icalendar.tests"),
    *("rich", "pygments", "markdown_it", "qtpy"),
    *("setuptools", "_distutils_hack", "pkg_resources"),
)
"""Modules that PyInstaller finds an import of, and that nothing of ours comes to.

Where setuptools is packed, PyInstaller imports it before the program: half of the time that ``--help`` takes.
"""

STAND_INS = {
    "PySide6.QtOpenGL": ROOT / "installer" / "stand_ins" / "opengl.py",
    "PySide6.QtOpenGLWidgets": ROOT / "installer" / "stand_ins" / "opengl_widgets.py",
}
"""What is imported in the place of modules that are left out."""

FIRST_STEPS = ("pyi_rth_inspect", "pyi_rth_multiprocessing", "pyi_rth_pyside6", "pyi_rth_cryptography_openssl",
               "pyi_rth_pyqtgraph_multiprocess")  # fmt: skip
"""What PyInstaller would run before our program, and is left out: each costs a start 5 to 30 ms, and what they set up
(worker processes, reading source) is not used. Qt finds its plug-ins without a variable that programs started by ours
would inherit, as its own binding tells it where it lies."""

PLUGINS = {
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qminimal", "qwindows", "qcocoa"),
    "platformthemes": ("qxdgdesktopportal", "qgtk3"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "imageformats": ("qsvg", "qico", "qicns", "qjpeg"),
    "iconengines": ("qsvgicon",),
    "printsupport": ("cupsprintersupport",),
    "styles": ("qmodernwindowsstyle", "qwindowsvistastyle", "qmacstyle"),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("adwaita", "bradient"),
}
"""Qt's plug-ins that are shipped, by their folder."""

QT = ("Core", "Gui", "Widgets", "DBus", "Svg", "PrintSupport", "XcbQpa", "WaylandClient")
"""Qt's libraries that these plug-ins and our own imports load."""

OF_THE_SYSTEM = ("libpython", "libffi", "libcrypto", "libbz2", "liblzma", "libexpat", "libuuid", "libmpdec",
                 "libxcb-cursor", "libxcb-icccm", "libxcb-image", "libxcb-keysyms", "libxcb-render-util",
                 "libxcb-util", "libxcb-xkb", "libxkbcommon")  # fmt: skip
"""Libraries of a Linux computer that are shipped, as another may lack them or have other versions.

All others stay the computer's own: an older one of ours would stand in the way of its graphics driver, its fonts or
its desktop's theme. The Debian package asks for them.
"""

UNUSED = ("translations", "qml", "metatypes", "libexec")
"""Folders of Qt that nothing reads: our words have their own catalogues."""

ICONS = ("phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json")
"""The one font of QtAwesome's that is read, with its names."""

SOURCES_ONLY = ("pyqtgraph", "alembic", "openpyxl", "icalendar", "numpy")
"""Packages whose files beside their modules are examples, templates or types."""


def modules() -> list[str]:
    """Every module of the program, as nouns, pages and systems are imported by a name put together when wanted."""
    files = (file.relative_to(ROOT) for file in sorted((ROOT / "coachdesk").rglob("*.py")))
    return [dotted(file) for file in files if MIGRATIONS not in file.parents]


def dotted(file: Path) -> str:
    """The name by which a file in a package is imported."""
    return ".".join(file.with_suffix("").parts).removesuffix(".__init__")


def data() -> list[tuple[str, str]]:
    """Files that are read as files: what came with the program, and the migrations, which Alembic looks for."""
    shipped = [file for file in (ROOT / "resources").rglob("*") if file.is_file() and file.suffix != ".pot"]
    shipped += (ROOT / MIGRATIONS).rglob("*.py")
    return [(str(file), str(file.relative_to(ROOT).parent)) for file in sorted(shipped)]


def imported_by_migrations() -> list[str]:
    """What the migrations import; PyInstaller does not read them, as they are files and not modules of ours."""
    trees = [ast.parse(file.read_text("utf-8")) for file in sorted((ROOT / MIGRATIONS).rglob("*.py"))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    plain = {each.name for node in nodes if isinstance(node, ast.Import) for each in node.names}
    return sorted(plain | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module})


def of_development() -> list[str]:
    """Modules that only the tools of development brought here; libraries of ours would import them if they could."""
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    ours = {_plain(line.partition("==")[0]) for line in lines if line[:1].isalpha()}
    brought = packages_distributions().items()
    return sorted(
        name for name, by in brought if ours.isdisjoint(map(_plain, by)) and name not in ("coachdesk", "tests")
    )


def _plain(distribution: str) -> str:
    """A name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", distribution.strip()).lower()


def wanted(entries: Iterable[Entry], system: str) -> list[Entry]:
    """Those of PyInstaller's files that are shipped on a system, named as ``sys.platform`` does."""
    return [entry for entry in entries if is_shipped(entry, system)]


def is_shipped(entry: Entry, system: str) -> bool:
    """Whether a file is among what is shipped, by where it would go; a link is, when that is to which it leads.

    On Linux none is: each library knows where those lie that it needs, and sticks can hold no links.
    """
    to, source, kind = entry
    if kind == "SYMLINK" and system == "linux":
        return False
    path = PurePosixPath((source if kind == "SYMLINK" else to).replace("\\", "/"))
    first, name = path.parts[0], path.name
    if any(part.endswith(".dist-info") for part in path.parts):
        return name in ("METADATA", "entry_points.txt")
    if first == "PySide6" or name.startswith("libQt6"):
        return _of_qt(path)
    if first == "qtawesome":
        return name in ICONS
    if first in SOURCES_ONLY and kind == "DATA":
        return False
    return system != "linux" or kind != "BINARY" or len(path.parts) > 1 or name.startswith(OF_THE_SYSTEM)


def _of_qt(path: PurePosixPath) -> bool:
    if set(UNUSED) & set(path.parts):
        return False
    if "plugins" in path.parts:
        folder = path.parts[path.parts.index("plugins") + 1]
        return path.name.split(".")[0].removeprefix("lib") in PLUGINS.get(folder, ())
    library = next((part for part in path.parts if part.startswith(("libQt6", "Qt6")) or ".framework" in part), "")
    bare = library.split(".")[0].removeprefix("lib").removeprefix("Qt").removeprefix("6")
    return bare in QT if library else not path.name.startswith(("opengl32sw", "d3dcompiler"))


def neutral_configuration(folder: Path) -> list[str]:
    """Write Python's own configuration anew into ``folder``, without a path of this computer; where it is, in a list.

    Python reads from it where zones of time lie; the whole of it would also tell where Python was built, and how.
    """
    if not hasattr(sysconfig, "_get_sysconfigdata_name") or not sysconfig.get_config_var("SOABI"):
        return []  # Windows has none
    names = ("TZPATH", "SOABI", "EXT_SUFFIX", "VERSION", "Py_DEBUG", "Py_ENABLE_SHARED", "MULTIARCH", "PLATLIBDIR")
    kept = {name: sysconfig.get_config_var(name) for name in names}
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{sysconfig._get_sysconfigdata_name()}.py"
    target.write_text(f"build_time_vars = {kept!r}\n", "utf-8")
    return [str(folder)]
