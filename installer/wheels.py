"""A wheel as a piece of software: its licence as SPDX writes it, its licence files, and what is compiled into it."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import metadata
from pathlib import Path, PurePath
from typing import Any

from installer.piece import Piece, Text, Unlicensed, kept, openssl, standard

TOLD = {
    "colorama": "BSD-3-Clause",
    "et-xmlfile": "MIT",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "python-xlib": "LGPL-2.1-or-later",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pyinstaller-hooks-contrib": "Apache-2.0",
    "sqlcipher3": "Zlib",
}
"""Licences that a wheel says in its text only, read there; of the hooks those that run in a program are bundled."""

CLASSIFIED = {
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Python Software Foundation License": "PSF-2.0",
}
"""Trove classifiers that leave no doubt, without ``License :: OSI Approved ::``."""

ONE_NAME = re.compile(r"[A-Za-z0-9.+-]*[0-9.+-][A-Za-z0-9.+-]*|MIT|ISC|Zlib")
LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors|cc-by)[^/]*", re.IGNORECASE)


def piece(name: str) -> Piece:
    """What an installed wheel is; raises ``Unlicensed`` where its licence or the text of it cannot be told."""
    wheel = metadata.distribution(name)
    licence = spdx(wheel)
    purl = f"pkg:pypi/{plain(wheel.name)}@{wheel.version}"
    found = tuple(_texts(wheel))
    more = INSIDE.get(plain(wheel.name))
    inside = (*(more(wheel) if more else ()), *_listed(wheel))
    texts = found or standard(licence)
    note = NOTES.get(plain(wheel.name), "").format(version=wheel.version)
    return Piece(wheel.name, wheel.version, licence, purl, texts, note, inside)


def spdx(wheel: metadata.Distribution) -> str:
    """A wheel's licence as an expression of SPDX; newer wheels say it so, older ones in words or classifiers."""
    about: Any = wheel.metadata
    expression = about.get("License-Expression") or TOLD.get(plain(wheel.name)) or _plain_words(about.get("License"))
    classes = [each.rpartition(" :: ")[2] for each in about.get_all("Classifier") or [] if each.startswith("License")]
    known = [CLASSIFIED[each] for each in classes if each in CLASSIFIED]
    if not (expression or known):
        raise Unlicensed(f"{wheel.name} does not say its licence; read its text and add it to installer/wheels.py.")
    return str(expression or known[0])


def _plain_words(said: str | None) -> str:
    """The old field, if it holds an expression of SPDX."""
    names = re.split(r" (?:OR|AND) ", said or "")
    return said or "" if all(ONE_NAME.fullmatch(name) for name in names) else ""


def _texts(wheel: metadata.Distribution) -> Iterator[Text]:
    for path in sorted(wheel.files or [], key=str):
        if LICENCE_FILE.fullmatch(path.name) and path.suffix not in {".py", ".pyc", ".pyi"}:
            place = Path(str(wheel.locate_file(path)))
            yield Text(_within(path), place.read_text("utf-8", errors="replace").strip())


def _within(path: PurePath) -> str:
    """A licence file's name as the wheel has it, without the folder of its metadata."""
    parts = [part for part in path.parts if not part.endswith(".dist-info")]
    return "/".join(parts[1:] if parts[0] == "licenses" and len(parts) > 1 else parts)


def _listed(wheel: metadata.Distribution) -> Iterator[Piece]:
    """What a wheel itself lists as compiled into it (PEP 770: CycloneDX in its ``sboms``)."""
    for path in sorted(wheel.files or [], key=str):
        if "sboms" in path.parts and path.suffix == ".json":
            listed = json.loads(Path(str(wheel.locate_file(path))).read_text("utf-8"))
            yield from (_component(each) for each in listed.get("components", []))


def _component(each: dict[str, Any]) -> Piece:
    said = [choice.get("expression") or choice["license"].get("id", "") for choice in each.get("licenses", [])]
    licence = " AND ".join(filter(None, said)) or LIBRARIES.get(each["name"].lower(), "")
    if not licence:
        raise Unlicensed(f"{each['name']}, compiled into a wheel, has no licence; add it to installer/wheels.py.")
    purl = each.get("purl", "").partition("?")[0]  # what follows may name a folder of the computer it was built on
    return Piece(each["name"], each.get("version", ""), licence, purl, standard(licence))


def plain(name: str) -> str:
    """A wheel's name as lock files and package-urls write it (packaging.python.org, name normalization)."""
    return re.sub(r"[-_.]+", "-", name).lower()


LIBRARIES = {"openssl": "Apache-2.0"}
"""Licences of libraries that such a list names without one."""

QT_LIES_APART = (
    "Used under version 3 of the GNU Lesser General Public License. It lies as files of its own in the folder PySide6 "
    "(and shiboken6) of the program, so that you can put your own build of version {version} in their place. The "
    "source is at download.qt.io/official_releases, in QtForPython and qt."
)
NOTES = {
    "pyside6-essentials": QT_LIES_APART,
    "shiboken6": QT_LIES_APART,
    "pyinstaller": "Of it the starter in each program is bundled, and what unpacks the modules. Its exception allows "
    "that under any licence.",
    "python-xlib": "Used under version 2.1 of the GNU Lesser General Public License. It is packed into the program "
    "unchanged; CoachDesk's source with build.spec builds the program again with your own version of it.",
}


def _in_sqlcipher(_: metadata.Distribution) -> tuple[Piece, ...]:
    from sqlcipher3 import dbapi2

    with closing(dbapi2.connect(":memory:")) as asked:
        asked.execute("PRAGMA key = 'any'")  # the library is only loaded for a key
        cipher = asked.execute("PRAGMA cipher_version").fetchone()[0].split()[0]
        provider = asked.execute("PRAGMA cipher_provider_version").fetchone()[0].split()[1]
    lite = dbapi2.sqlite_version
    return (
        Piece("SQLCipher", cipher, "BSD-3-Clause", f"pkg:github/sqlcipher/sqlcipher@v{cipher}", (kept("SQLCipher"),)),
        Piece("SQLite", lite, "blessing", f"pkg:generic/sqlite@{lite}", (kept("SQLite"),)),
        openssl(provider),
    )


def _in_pyside(wheel: metadata.Distribution) -> tuple[Piece, ...]:
    texts = (*standard("LGPL-3.0-only"), kept("Qt-third-party"), kept("LGPL-2.0-or-later"), *map(kept, PARTS_OF_QT))
    note = QT_LIES_APART.format(version=wheel.version)
    return (Piece("Qt", wheel.version, "LGPL-3.0-only", f"pkg:generic/qt@{wheel.version}", texts, note),)


PARTS_OF_QT = ("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "Unicode-3.0")


def _in_qtawesome(_: metadata.Distribution) -> tuple[Piece, ...]:
    return (Piece("Phosphor Icons (font)", "1.3.0", "MIT", "pkg:npm/phosphor-icons@1.3.0", (kept("Phosphor"),)),)


INSIDE: dict[str, Callable[[metadata.Distribution], tuple[Piece, ...]]] = {
    "sqlcipher3": _in_sqlcipher,
    "pyside6-essentials": _in_pyside,
    "qtawesome": _in_qtawesome,
}
"""Wheels that bring others' work without a list of it."""
