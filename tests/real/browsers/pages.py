"""The page both sites serve, which notes what it hears, and the rule by which a call counts as disturbed.

The page keeps *channels*: ``timer`` (its own clock, every 50 ms, no network), ``poll`` (a new request 100 ms after the
last was answered), ``socket`` (a WebSocket that is echoed every 50 ms), ``stream`` (one endless answer, a chunk every
50 ms) and, in a call, ``peer`` (a data channel between two peer connections, every 50 ms). For each it notes the
silences longer than ``NOTED`` and everything that went wrong.

**The rule.** One error on any channel of the call disturbs it, whatever the reason. A silence disturbs it when it is
longer than ``ALLOWED`` after taking away the time in which the page's own timer stood still too (the computer had no
time for the page) and in which the server's own loop stood still (it had no time for the server): in that time nobody
could have sent or heard anything, whatever became of the network. Only the overlap is taken away, never more; a
timer that stood still before or after the silence excuses nothing. A silence that still lasts counts as one until now.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

ALLOWED = 500.0
"""Milliseconds of silence a call takes for a hiccup (issue 3)."""
NOTED = 150
"""Milliseconds from which the page and the server note a silence; each channel ticks at least every 100 ms."""

Span = tuple[float, float]
"""From and until, in milliseconds since 1970."""

PAGE = """\
<!doctype html><meta charset="utf-8"><title>%(name)s</title><p>This is %(name)s.</p>
<script>
"use strict";
const OPTIONS = %(options)s;
const channels = {};
function tick(channel) {
  const now = Date.now();
  if (channel.last && now - channel.last > OPTIONS.noted) channel.silences.push([channel.last, now]);
  channel.last = now;
}
function wrong(channel, what) { channel.errors.push([Date.now(), String(what)]); }
function pause(milliseconds) { return new Promise(done => setTimeout(done, milliseconds)); }
const kinds = {
  async timer(channel) { setInterval(() => tick(channel), 50); },
  async poll(channel) {
    for (let number = 0; ; number++) {
      try {
        const limit = OPTIONS.gives_up ? {signal: AbortSignal.timeout(OPTIONS.gives_up)} : {};
        const answer = await fetch("/poll?" + number, {cache: "no-store", ...limit});
        if (!answer.ok) throw Error(answer.status);
        await answer.text();
        tick(channel);
      } catch (error) { wrong(channel, error); }
      await pause(100);
    }
  },
  async socket(channel) {
    const socket = new WebSocket(location.origin.replace("http", "ws") + "/socket");
    socket.onopen = () => setInterval(() => socket.send("tick"), 50);
    socket.onmessage = () => tick(channel);
    socket.onerror = () => wrong(channel, "error");
    socket.onclose = event => wrong(channel, "closed " + event.code);
  },
  async stream(channel) {
    const reader = (await fetch("/stream", {cache: "no-store"})).body.getReader();
    while (!(await reader.read()).done) tick(channel);
    wrong(channel, "ended");
  },
  async peer(channel) {
    const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()];
    here.onicecandidate = event => there.addIceCandidate(event.candidate);
    there.onicecandidate = event => here.addIceCandidate(event.candidate);
    there.ondatachannel = event => { event.channel.onmessage = () => tick(channel); };
    here.onconnectionstatechange = () => {
      if (!["connecting", "connected"].includes(here.connectionState)) wrong(channel, here.connectionState);
    };
    const talk = here.createDataChannel("talk");
    talk.onopen = () => setInterval(() => talk.send("tick"), 50);
    talk.onclose = () => wrong(channel, "closed");
    await here.setLocalDescription();
    await there.setRemoteDescription(here.localDescription);
    await there.setLocalDescription();
    await here.setRemoteDescription(there.localDescription);
  },
};
for (const name of OPTIONS.channels) {
  const channel = channels[name] = {last: 0, silences: [], errors: []};
  kinds[name](channel).catch(error => wrong(channel, error));
}
window.stats = () => ({now: Date.now(), channels});
window.forget = () => {
  for (const channel of Object.values(channels)) { channel.silences = []; channel.errors = []; }
  return true;
};
</script>
"""


def page(name: str, channels: Iterable[str], gives_up: int = 0) -> str:
    """The page of a site; ``gives_up`` is after how many milliseconds it stops waiting for a poll, 0 for never."""
    options = {"channels": list(channels), "gives_up": gives_up, "noted": NOTED}
    return PAGE % {"name": name, "options": json.dumps(options)}


@dataclass(frozen=True)
class Stats:
    """What a page has noted since it was last told to forget."""

    now: float
    channels: dict[str, dict[str, Any]]

    @property
    def under_way(self) -> bool:
        """Whether every channel has been heard."""
        return all(channel["last"] for channel in self.channels.values())

    def silences(self, name: str) -> list[Span]:
        """The silences of a channel, with the one that may last still."""
        channel = self.channels[name]
        noted = [(float(start), float(end)) for start, end in channel["silences"]]
        return [*noted, (float(channel["last"]), self.now)]

    def disturbances(self, server: Iterable[Span]) -> list[str]:
        """What disturbed the call by the rule above, in words; empty for a call left alone."""
        return [
            *(f"{name}: {what}" for name, channel in self.channels.items() for _when, what in channel["errors"]),
            *(f"{name}: silent for {rest:.0f} ms" for name, rest in self.longest(server).items() if rest > ALLOWED),
        ]

    def longest(self, server: Iterable[Span]) -> dict[str, float]:
        """The longest silence of each channel of the network, in milliseconds, without what the rule takes away."""
        idle = joined([*self.silences("timer"), *server])
        names = [name for name in self.channels if name != "timer"]
        return {name: max(left(silence, idle) for silence in self.silences(name)) for name in names}


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same time as spans that do not overlap."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def left(span: Span, idle: Iterable[Span]) -> float:
    """Milliseconds of a span that are outside of all the others, which do not overlap."""
    start, end = span
    taken = sum(max(0.0, min(end, until) - max(start, since)) for since, until in idle)
    return end - start - taken
