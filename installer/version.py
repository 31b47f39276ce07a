"""The program's version as Windows and macOS want to be told it."""

from pathlib import Path

from coachdesk import NAME, __version__

NUMBER = __version__

_RESOURCE = """\
VSVersionInfo(
    ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1),
    kids=[
        StringFileInfo([StringTable("040904B0", [{strings}])]),
        VarFileInfo([VarStruct("Translation", [0x409, 1200])]),
    ],
)
"""
"""A version resource in the form that PyInstaller reads, English and in Unicode (VERSIONINFO, learn.microsoft.com)."""


def resource(folder: Path, system: str) -> str | None:
    """Write the version resource of Windows into ``folder``; its path, or None for another system."""
    if system != "win32":
        return None
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "version.txt"
    target.write_text(_RESOURCE.format(numbers=numbers(NUMBER), strings=_strings()), "utf-8")
    return str(target)


def numbers(version: str) -> tuple[int, ...]:
    """A version of three numbers as the four that Windows compares; what follows a number, such as rc1, is left out."""
    parts = ["".join(c for c in part if c.isdigit()) or "0" for part in version.split(".")[:3]]
    return tuple(int(part) for part in (parts + ["0"] * 4)[:4])


def _strings() -> str:
    told = {
        "CompanyName": NAME, "FileDescription": NAME, "FileVersion": NUMBER, "InternalName": NAME,
        "LegalCopyright": "MIT licence", "ProductName": NAME, "ProductVersion": NUMBER,
    }  # fmt: skip
    return ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in told.items())
