"""A computer with Windows to install on, made of Wine, and stand-ins for CoachDesk's programs made by makensis."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path, PureWindowsPath

from tests.display import Display

HERE = Path(__file__).parent
QUIET = "mscoree=d;mshtml=d;winemenubuilder.exe=d"
"""Neither .NET nor a browser is offered, and nothing is written into the person's own start menu."""
PATIENCE = 120.0
"""Seconds for anything Wine has to do; only a fault takes as long."""
USUAL = 3
"""What a button tells that is the one in its window which Return presses."""
USER_KEY = "HKCU\\Software\\"


def stand_in(target: Path, kind: str, version: int) -> None:
    """Make a program that only notes how it was called; ``kind`` is "console" or "window"."""
    compiled("stand_in.nsi", target, KIND=kind, VERSION=str(version))


def compiled(script: str, target: Path, **defines: str) -> None:
    """Make a program of one of the scripts beside this module."""
    given = [f"-D{name}={text}" for name, text in {**defines, "OUTPUT": str(target)}.items()]
    command = ["makensis", "-V1", "-WX", "-INPUTCHARSET", "UTF8", *given, str(HERE / script)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)


def frozen(folder: Path, version: int) -> Path:
    """A folder laid out like a frozen program, with awkward names; each version has a file the other has not."""
    deep = folder / "_internal" / "Übung $x" / ("d" * 40) / ("e" * 40)
    deep.mkdir(parents=True)
    (folder / "NOTICES.txt").write_text("notices", "utf-8")
    (deep / "naïve – [a] `b' $c.txt").write_text(f"version {version}", "utf-8")
    (folder / "_internal" / f"only {version}.py").write_bytes(os.urandom(1000))
    (folder / "_internal" / "empty").touch()
    stand_in(folder / "coachdesk.exe", "console", version)
    stand_in(folder / "coachdesk-window.exe", "window", version)
    return folder


class Windows:
    """One person's session; what it needs lies in ``folder``, and goes with it."""

    def __init__(self, folder: Path, screen: Display) -> None:
        self.prefix, self.screen = folder / "prefix", screen
        self._presser = folder / "press.exe"
        self._begun: list[subprocess.Popen[bytes]] = []
        self._environment = {
            **screen.environment,
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": QUIET,
            "HOME": str(folder),
            "USER": "coach",
            "STAND_IN_NOTES": "C:\\notes.txt",
        }
        self.run("wineboot", "-i")
        self.run("winecfg", "-v", "win10")

    @property
    def local(self) -> Path:
        """The person's %LOCALAPPDATA%."""
        return self.prefix / "drive_c" / "users" / "coach" / "AppData" / "Local"

    @property
    def installed(self) -> Path:
        """Where CoachDesk is installed."""
        return self.local / "Programs" / "CoachDesk"

    @property
    def elsewhere(self) -> Path:
        """A folder that is not the usual one for CoachDesk."""
        return self.prefix / "drive_c" / "Elsewhere"

    @property
    def menu(self) -> Path:
        """The person's start menu."""
        return self.local.parent / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"

    def run(self, *command: str | Path, **variables: str) -> int:
        """The exit code of a program of Windows."""
        return self.begin(*command, **variables).wait(PATIENCE)

    def begin(self, *command: str | Path, **variables: str) -> subprocess.Popen[bytes]:
        """A program of Windows, started; ``empty`` ends it at the latest."""
        process = subprocess.Popen(
            ["wine", *map(str, command)],
            env={**self._environment, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._begun.append(process)
        return process

    def press(self, button: str) -> bool:
        """Press the button of this name as soon as it can be; whether it was the one that Return presses."""
        if not self._presser.exists():
            compiled("press.nsi", self._presser, USUAL=str(USUAL))
        code = self.run(self._presser, PRESS_BUTTON=button)
        assert code in (0, USUAL)
        return code == USUAL

    def uninstall(self, **variables: str) -> int:
        """The exit code of a silent uninstall; in its place, as it would else go on in a copy nobody waits for."""
        at = windows_path(self.installed, self.prefix)
        return self.run(self.installed / "uninstall.exe", "/S", f"_?={at}", **variables)

    def notes(self) -> list[str]:
        """How the stand-ins were called since the last question."""
        file = self.prefix / "drive_c" / "notes.txt"
        if not file.exists():
            return []
        noted = file.read_text("utf-16-le").splitlines()
        file.unlink()
        return [line.strip() for line in noted]

    def value(self, key: str, name: str = "") -> str | None:
        """A value of the person's registry; None where there is none."""
        asked = ["/v", name] if name else ["/ve"]
        done = subprocess.run(
            ["wine", "reg", "query", USER_KEY + key, *asked], env=self._environment, capture_output=True, check=False
        )
        lines = [line for line in done.stdout.decode("utf-8", "replace").splitlines() if "    REG_" in line]
        return lines[0].split("    ", 3)[3].strip() if done.returncode == 0 and lines else None

    def set_value(self, key: str, name: str, text: str) -> None:
        """Set a text in the person's registry."""
        self.run("reg", "add", USER_KEY + key, "/v", name, "/d", text, "/f")

    def empty(self) -> None:
        """End what was begun and the stand-ins, and take away every trace of ours."""
        for process in self._begun:
            process.kill()
            process.wait()
        self._begun.clear()
        self.run("taskkill", "/F", "/IM", "coachdesk-window.exe")
        for folder in (self.installed, self.elsewhere, self.local / "CoachDesk"):
            shutil.rmtree(folder, ignore_errors=True)
        (self.menu / "CoachDesk.lnk").unlink(missing_ok=True)
        windows = "Microsoft\\Windows\\CurrentVersion\\"
        for key in (
            "Classes\\.coachdesk",
            "Classes\\CoachDesk.Archive",
            f"{windows}Run",
            f"{windows}Uninstall\\CoachDesk",
        ):
            self.run("reg", "delete", USER_KEY + key, "/f")
        self.notes()

    def end(self) -> None:
        """Switch it off."""
        subprocess.run(["wineserver", "-k"], env=self._environment, check=False, timeout=PATIENCE)


def windows_path(path: Path, prefix: Path) -> str:
    """A path in a prefix as Windows writes it."""
    return str(PureWindowsPath("C:\\") / path.relative_to(prefix / "drive_c"))


def files(folder: Path) -> Mapping[str, bytes]:
    """Every file below a folder, by its place."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def wait_for(happened: Callable[[], object]) -> None:
    """Wait until it has; raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.05)
