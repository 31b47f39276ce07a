"""A library of Debian's as a piece of software: its version, its copyright file and where its source is."""

import re
import subprocess
from pathlib import Path

from installer.piece import Piece, Text

COMMON = Path("/usr/share/common-licenses")


def piece(package: str) -> Piece:
    """What an installed package is; raises CalledProcessError for one that is not."""
    asked = "${Package} ${Version} ${Architecture} ${source:Package} ${source:Version}"
    shown = subprocess.run(["dpkg-query", "-W", "-f", asked, package], capture_output=True, text=True, check=True)
    name, version, architecture, source, source_version = shown.stdout.split()
    words = Path("/usr/share/doc", name, "copyright").read_text("utf-8", errors="replace").strip()
    note = f"From Debian; its source is {source} {source_version}, which snapshot.debian.org keeps."
    texts = (Text("copyright", words), *_common(words))
    purl = f"pkg:deb/debian/{name}@{version}?arch={architecture}"
    return Piece(name, version, licences(words), purl, texts, note)


def _common(words: str) -> list[Text]:
    """The licences that every Debian has once, which a copyright file only points to."""
    named = sorted({name.rstrip(".") for name in re.findall(rf"{COMMON}/([A-Za-z0-9.-]+)", words)})
    return [Text(name, (COMMON / name).read_text("utf-8").strip()) for name in named if (COMMON / name).is_file()]


def licences(words: str) -> str:
    """The licences that a copyright file in Debian's form names, in words; else that it has to be read."""
    named = dict.fromkeys(re.findall(r"^License: *(\S.*)$", words, re.MULTILINE))
    return "; ".join(named) or "see its text"
