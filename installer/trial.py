"""``python -m installer.trial FOLDER``: whether a frozen program works on this computer, before it is packed.

The command line answers, a whole session is played through, focus mode says what it can do here, and the window opens.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from coachdesk import __version__
from coachdesk.errors import Refused
from coachdesk.instance import ask
from coachdesk.paths import Home

PATIENCE = 120.0
"""Seconds for any one of these; only a fault takes as long."""
END = ".exe" if sys.platform == "win32" else ""
WINDOW = "coachdesk" if sys.platform == "linux" else f"coachdesk-window{END}"
COMMANDS = (
    ("--version",),
    ("rehearse", "--no-window", "--minutes", "5"),
    ("focus", "check"),
    ("doctor",),
)


def main(arguments: Sequence[str]) -> int:
    """Try the program in this folder; raises what went wrong."""
    folder = Path(arguments[0]).resolve()
    with tempfile.TemporaryDirectory() as home:
        for words in COMMANDS:
            answer = command(folder, Path(home, "of-commands"), words)
            print(f"coachdesk {' '.join(words)}:\n{answer}", flush=True)
        if __version__ not in command(folder, Path(home, "of-commands"), ("--version",)):
            raise Refused(f"The program is not version {__version__}.")
        print(f"The window was there after {window(folder, Path(home, 'of-window')):.1f} s.", flush=True)
    return 0


def command(folder: Path, home: Path, words: Sequence[str]) -> str:
    """What the command line prints; raises CalledProcessError where it fails, TimeoutExpired where it hangs."""
    asked = [str(folder / f"coachdesk{END}"), "--home", str(home), *words]
    return subprocess.run(
        asked,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        check=True,
        timeout=PATIENCE,
    ).stdout


def window(folder: Path, home: Path) -> float:
    """Open the window until it answers, and close it; the seconds that took.

    Raises TimeoutError where it never answers, ChildProcessError where it ends by itself.
    """
    began = time.monotonic()
    with subprocess.Popen([str(folder / WINDOW), "--home", str(home)]) as opened:
        try:
            while not answers(home):
                if opened.poll() is not None:
                    raise ChildProcessError(f"The window closed with {opened.returncode}.")
                if time.monotonic() - began > PATIENCE:
                    raise TimeoutError("The window does not answer.")
                time.sleep(0.1)  # another process is at work; there is nothing here to wait on
            return time.monotonic() - began
        finally:
            opened.terminate()


def answers(home: Path) -> bool:
    """Whether a running window is there for these records; that it refuses, as they are locked, is an answer too."""
    try:
        return ask(Home(home), {"verb": "client.list", "arguments": {}}, timeout=5.0) is not None
    except Refused:
        return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
