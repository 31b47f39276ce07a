"""A desk of a browser's own: screen, session bus, folders and real dconf, with nothing of the person who tests."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType

from tests.display import Display

DCONF = Path("/usr/share/dbus-1/services/ca.desrt.dconf.service")
"""The one service the bus may start: a keyring or a portal beside it would keep Chromium waiting."""

BUS = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""

KEPT = ("PATH", "LANG", "VIRTUAL_ENV", "COVERAGE_PROCESS_START")
"""What of the environment outside reaches the programs here."""


class Ground:
    """A private GNOME-like session without GNOME: its settings are real, its desktop is openbox."""

    def __enter__(self) -> "Ground":
        self.folder = Path(tempfile.mkdtemp(prefix="desk-", dir="/tmp"))  # a socket's path has at most 107 bytes
        self._screen = Display("1280x800")
        self._screen.__enter__()
        self.environment = {
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            **self._folders(),
            "DISPLAY": self._screen.name,
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.folder}/bus",
            "XDG_CURRENT_DESKTOP": "GNOME",
            "LC_ALL": "C.UTF-8",
            "LANGUAGE": "en",
            "COACHDESK_NO_KEYCHAIN": "1",
            "NO_AT_BRIDGE": "1",
        }
        self._start_bus()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._bus.stdout is not None
        self._bus.kill()
        self._bus.wait()
        self._bus.stdout.close()
        self._screen.__exit__(None, None, None)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def home(self) -> str:
        """The folder by which programs of this session are told from all others."""
        return self.environment["HOME"]

    def settings(self) -> str:
        """Every setting that is not at its default, as dconf writes them."""
        return self.run("dconf", "dump", "/")

    def run(self, *command: str) -> str:
        """What a command prints in this session; raises CalledProcessError when it fails."""
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=20, check=True)
        return done.stdout

    def _folders(self) -> dict[str, str]:
        folders = {
            "HOME": self.folder / "person",
            "COACHDESK_HOME": self.folder / "desk",
            "XDG_CONFIG_HOME": self.folder / "person" / "config",
            "XDG_DATA_HOME": self.folder / "person" / "data",
            "XDG_CACHE_HOME": self.folder / "person" / "cache",
            "XDG_STATE_HOME": self.folder / "person" / "state",
            "XDG_RUNTIME_DIR": self.folder / "run",
            "TMPDIR": self.folder / "tmp",
        }
        for folder in folders.values():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return {name: str(folder) for name, folder in folders.items()}

    def _start_bus(self) -> None:
        (self.folder / "services").mkdir()
        (self.folder / "services" / DCONF.name).symlink_to(DCONF)
        (self.folder / "bus.conf").write_text(BUS.format(folder=self.folder), "utf-8")
        self._bus = subprocess.Popen(
            ["dbus-daemon", f"--config-file={self.folder}/bus.conf", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self.environment,
        )
        assert self._bus.stdout is not None
        assert self._bus.stdout.readline(), "dbus-daemon has not started"
