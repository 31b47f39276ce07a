"""Websites are kept away on KDE: its proxy settings for Chromium and KDE's own browsers, GNOME's beside for Firefox.

The file is written whole, as KDE writes it, so that its readers notice (Chromium watches the folder for what is moved
there), and so that afterwards it can be byte for byte as before. The address is that of our server and not one that
carries the script: Chromium skips lines of this file from 512 bytes on, and would then search the network for a proxy.
A Chromium that found no type of proxy in it when it was opened does not look again (tried with 156), which we say; and
it does not notice that the file is gone again, but goes directly because the server is.
"""

import contextlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachdesk.focus import pac
from coachdesk.focus.blockers import Before, Failed, Support, Values
from coachdesk.focus.linux import kconfig
from coachdesk.focus.linux.sites import free_of_proxies, in_part, in_use
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.focus.plan import Plan

NAME = "kioslaverc"
GROUP = "Proxy Settings"
SCRIPT, TYPE = "Proxy Config Script", "ProxyType"
"""The mark, and what makes it count: 0 no proxy, 1 by hand, 2 by script, 3 searched for, 4 by the environment."""


@dataclass(frozen=True)
class Kioslaverc:
    """The blocker. ``gnome`` is the one by GNOME's settings, which Firefox follows on this desktop too."""

    environment: Mapping[str, str]
    gnome: Values
    name: str = "sites"
    way: str = "kde"

    def available(self) -> Support:
        """No where a proxy is set, here or by the administrator, or the file cannot be written."""
        if not (free := free_of_proxies(self.environment)):
            return free
        try:
            texts = [_read(folder / NAME) or "" for folder in (self._file.parent, *self._shared)]
        except Failed as why:
            return Support("no", why.sentence)
        if any(kconfig.is_locked(text, GROUP, SCRIPT, TYPE) for text in texts):
            return Support("no", _("The administrator of this computer has locked a setting this needs."))
        if any(kconfig.value_of(text, GROUP, TYPE) not in ("", "0") and not _is_ours(text) for text in texts):
            return in_use()
        if not self._may_write():
            return Support("no", _("The proxy settings of KDE cannot be written, so websites stay open."))
        if not any(kconfig.value_of(text, GROUP, TYPE) for text in texts):
            return Support("partly", f"{in_part().why} {_when_opened_again()}")
        return in_part()

    def observe(self) -> Before:
        """The whole file, and the settings of GNOME where there are any."""
        return {"file": _read(self._file), **(self.gnome.observe() if self._for_firefox() else {})}

    def capture(self, plan: "Plan") -> Before:
        """The file before and as it will be, the lines in it by name, and the same of GNOME's settings."""
        old = _read(self._file)
        ours = old or ""
        lines = {SCRIPT: f"{SCRIPT}={pac.http_url(plan.port, plan.nonce)}", TYPE: f"{TYPE}=2"}
        before: dict[str, Any] = {}
        for key, line in lines.items():
            before[key] = [kconfig.line_of(ours, GROUP, key), line]
            ours = kconfig.with_line(ours, GROUP, key, line)
        return {"file": [old, ours], **before, **(self.gnome.capture(plan) if self._for_firefox() else {})}

    def apply(self, plan: "Plan", before: Before) -> None:
        """Write both lines in one step, then GNOME's settings."""
        now = _read(self._file)
        wanted = now or ""
        for key in (SCRIPT, TYPE):
            wanted = kconfig.with_line(wanted, GROUP, key, before[key][1])
        self._write(now, wanted)
        self.gnome.apply(plan, before)

    def is_ours(self, before: Before) -> bool:
        """Whether anything in the file or in GNOME's settings is as we wrote it."""
        return bool(self._still_ours(before)) or self.gnome.is_ours(before)

    def restore(self, before: Before) -> None:
        """The whole file where nobody else has changed it, else our lines; then GNOME's settings."""
        now = _read(self._file)
        old, ours = before["file"]
        if now == ours:
            self._write(now, old)
        elif keys := self._still_ours(before):
            wanted = now or ""
            for key in keys:
                wanted = kconfig.with_line(wanted, GROUP, key, before[key][0])
            self._write(now, wanted)
        self.gnome.restore(before)

    def by_hand(self, before: Before) -> str:  # noqa: ARG002
        """Where KDE has these settings."""
        return _("Open the system settings of KDE, then Proxy, and choose no proxy.")

    @property
    def _file(self) -> Path:
        return _config(self.environment) / NAME

    @property
    def _shared(self) -> list[Path]:
        """Folders of settings that this file adds to."""
        return [Path(each) for each in (self.environment.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":") if each]

    def _for_firefox(self) -> bool:
        return bool(self.gnome.available())

    def _may_write(self) -> bool:
        file = self._file.resolve()
        near = next(folder for folder in file.parents if folder.exists())
        return os.access(near, os.W_OK | os.X_OK) and (not file.exists() or os.access(file, os.W_OK))

    def _still_ours(self, before: Before) -> list[str]:
        """The lines that are as we wrote them; none once the person has set an address of their own."""
        text = _read(self._file) or ""
        now = {key: kconfig.line_of(text, GROUP, key) for key in (SCRIPT, TYPE)}
        if now[SCRIPT] not in (None, *before[SCRIPT]):
            return []
        return [key for key in now if now[key] == before[key][1]]

    def _write(self, now: str | None, wanted: str | None) -> None:
        """Change the file, read it back, and tell running programs; raises Failed."""
        if now == wanted:
            return
        try:
            _put(self._file.resolve(), wanted)
        except OSError:
            raise Failed(_("The proxy settings of KDE could not be written.")) from None
        if _read(self._file) != wanted:
            raise Failed(_("The proxy settings of KDE could not be written."))
        _tell(self.environment)


def _when_opened_again() -> str:
    return _(
        "Chromium and browsers made from it follow once they are opened again; choose “No proxy” in the system "
        "settings of KDE and apply it, and from then on they follow at once."
    )


def _config(environment: Mapping[str, str]) -> Path:
    home = environment.get("HOME") or "~"
    return Path(environment.get("XDG_CONFIG_HOME") or Path(home, ".config")).expanduser()


def _read(file: Path) -> str | None:
    """What it says, a letter for each byte; None where there is none. Raises Failed where it cannot be read."""
    try:
        return file.read_bytes().decode("latin-1")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        raise Failed(_("The proxy settings of KDE cannot be read, so websites stay open.")) from None


def _is_ours(text: str) -> bool:
    return kconfig.value_of(text, GROUP, TYPE) == "2" and pac.is_ours(kconfig.value_of(text, GROUP, SCRIPT))


def _put(file: Path, text: str | None) -> None:
    """Put the text in place of the file in one step, under its old permissions; for None remove it."""
    if text is None:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=f"{NAME}.")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(text.encode("latin-1"))
            new.flush()
            os.fsync(new.fileno())
        with contextlib.suppress(FileNotFoundError):
            Path(beside).chmod(file.stat().st_mode & 0o777)
        Path(beside).replace(file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _tell(environment: Mapping[str, str]) -> None:
    """Have running programs of KDE read their proxy settings again (``ksaveioconfig.cpp`` of kio-extras)."""
    from jeepney import DBusAddress, new_signal

    from coachdesk.machine.buses import connect, session_bus

    connection = connect(session_bus(environment))
    if connection is not None:
        scheduler = DBusAddress("/KIO/Scheduler", interface="org.kde.KIO.Scheduler")
        with connection, contextlib.suppress(OSError):
            connection.send(new_signal(scheduler, "reparseSlaveConfiguration", "s", ("",)))
