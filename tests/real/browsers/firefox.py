"""Firefox in a window, driven by Marionette.

Marionette is the protocol beneath geckodriver: over TCP, each message is its length, a colon and JSON; a command is
``[0, number, name, parameters]``, an answer ``[1, number, error, result]`` (firefox, remote/marionette/driver.sys.mjs
and message.sys.mjs). With ``marionette.port`` 0 the browser writes the port it chose to ``MarionetteActivePort``.
"""

import contextlib
import itertools
import json
import os
import signal
import socket
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.desktop.reader import until
from tests.real.browsers.browser import Tab, Visit
from tests.real.browsers.ground import Ground

PATIENCE = 60.0
"""Seconds for the browser itself to do something; only a fault takes as long."""

QUIET: dict[str, Any] = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.region.network.url": "",
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "browser.search.update": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "datareporting.healthreport.uploadEnabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.update.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.prefetch-next": False,
    "network.trr.mode": 5,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.server": "",
    "trailhead.firstrun.didSeeAboutWelcome": True,
}
"""Nothing of the browser's own on the network, and no greeting."""

AWAKE: dict[str, Any] = {
    "dom.min_background_timeout_value": 4,
    "dom.min_background_timeout_value_without_budget_throttling": 4,
    "dom.timeout.background_throttling_max_budget": -1,
    "dom.timeout.enable_budget_timer_throttling": False,
    "dom.ipc.processPriorityManager.enabled": False,
}
"""Tabs in the background tick as fast as the one in front, or a throttled timer would look like a disturbed call."""

LOOPBACK: dict[str, Any] = {
    "media.peerconnection.ice.loopback": True,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
}
"""A peer connection may be made within this computer."""


class Refused(Exception):
    """The browser's own error: its kind and what it says."""


class Firefox:
    """One Firefox with a profile of its own that takes the proxy of the desktop, as it does by default."""

    name = "Firefox"

    def __init__(self, ground: Ground, hosts: tuple[str, ...]) -> None:
        """``hosts`` are found on this computer."""
        self._ground = ground
        self._hosts = hosts
        self._profile = ground.folder / "firefox"
        self._numbers = itertools.count(1)

    def __enter__(self) -> "Firefox":
        self._profile.mkdir()
        self._write_preferences()
        self._process = subprocess.Popen(
            ["firefox-esr", "--marionette", "--no-remote", "--new-instance", "--profile", str(self._profile)],
            env={**self._ground.environment, "MOZ_CRASHREPORTER_DISABLE": "1", "MOZ_DISABLE_CONTENT_SANDBOX": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._connect(self._profile / "MarionetteActivePort")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError, EOFError, Refused, subprocess.TimeoutExpired):
            self._ask("Marionette:Quit", {"flags": ["eForceQuit"]})
            self._process.wait(5)
        self._stream.close()
        self._socket.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _write_preferences(self) -> None:
        ours = {
            "marionette.port": 0,
            "network.dns.localDomains": ",".join(self._hosts),
            "network.proxy.type": 5,
            **QUIET,
            **AWAKE,
            **LOOPBACK,
        }
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in ours.items()]
        (self._profile / "user.js").write_text("".join(lines), "utf-8")

    def _connect(self, told: Path) -> None:
        until(lambda: told.exists() and told.read_text("ascii").strip() != "", lambda: "Firefox has not started")
        self._socket = socket.create_connection(("127.0.0.1", int(told.read_text("ascii"))), PATIENCE)
        self._stream = self._socket.makefile("rwb")
        self._read()  # who it is
        told_us = self._ask("WebDriver:NewSession", {"acceptInsecureCerts": True, "pageLoadStrategy": "normal"})
        self._version = f"{told_us['capabilities']['browserName']}/{told_us['capabilities']['browserVersion']}"
        self._tab = str(self._ask("WebDriver:GetWindowHandle")["value"])
        self._patience = 0

    def versions(self) -> str:
        """Which release it is."""
        return self._version

    def open(self) -> Tab:
        """A new, empty tab."""
        return str(self._ask("WebDriver:NewWindow", {"type": "tab", "focus": True})["handle"])

    def visit(self, tab: Tab, url: str, patience: float) -> Visit:
        """Go to an address; a visit that has had no answer in time is given up by the next one."""
        self._turn_to(tab)
        if self._patience != (wanted := round(patience * 1000)):
            self._ask("WebDriver:SetTimeouts", {"pageLoad": wanted})
            self._patience = wanted
        try:
            self._ask("WebDriver:Navigate", {"url": url})
            return Visit(str(self._ask_page("document.body.innerText")))
        except Refused as refused:
            kind, said = refused.args
            return Visit() if kind == "timeout" else Visit(error=said)

    def ask(self, tab: Tab, script: str) -> Any:
        """The value of an expression; raises LookupError where the page has none."""
        self._turn_to(tab)
        try:
            return self._ask_page(script)
        except Refused as refused:
            raise LookupError(*refused.args) from None

    def _ask_page(self, script: str) -> Any:
        return self._ask("WebDriver:ExecuteScript", {"script": f"return {script};", "args": [], "sandbox": None})[
            "value"
        ]

    def _turn_to(self, tab: Tab) -> None:
        """Speak to another tab, without bringing it to the front."""
        if tab != self._tab:
            self._ask("WebDriver:SwitchToWindow", {"handle": tab, "focus": False})
            self._tab = tab

    def _ask(self, name: str, given: dict[str, Any] | None = None) -> dict[str, Any]:
        """The answer to one command; raises Refused with the kind of error and what it says."""
        message = json.dumps([0, next(self._numbers), name, given or {}]).encode()
        self._stream.write(b"%d:%s" % (len(message), message))
        self._stream.flush()
        _kind, _number, error, result = self._read()
        if error is not None:
            raise Refused(error["error"], error["message"])
        answer: dict[str, Any] = result
        return answer

    def _read(self) -> Any:
        """The next message; raises EOFError when the browser has ended."""
        length = b""
        while (byte := self._stream.read(1)) != b":":
            if not byte:
                raise EOFError("Firefox has ended")
            length += byte
        return json.loads(self._stream.read(int(length)))
