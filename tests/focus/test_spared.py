"""Whatever carries a call is never touched, and what only distracts may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.focus import spared

LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)


@pytest.mark.parametrize(
    "host", ["zoom.us", "us02web.zoom.us", "meet.google.com", "x.meet.google.com", "teams.live.com", "meet.jit.si"]
)
def test_what_is_there_for_calls_is_refused_with_everything_below_it(host: str) -> None:
    assert f"{host} carries video calls, so focus mode leaves it alone." == spared.host(host)


@pytest.mark.parametrize(
    "host", ["google.com", "microsoft.com", "live.com", "apple.com", "yandex.ru", "cloudfront.net"]
)
def test_what_also_carries_calls_is_refused_and_the_way_out_told(host: str) -> None:
    assert "Name the part of it that distracts you, such as mail.google.com." in spared.host(host)


@pytest.mark.parametrize("host", ["mail.google.com", "news.google.com", "outlook.live.com", "music.apple.com"])
def test_a_part_of_such_a_host_that_carries_no_call_may_be_named(host: str) -> None:
    assert "" == spared.host(host)


@pytest.mark.parametrize("host", ["com", "uk", "co.uk", "com.br", "or.jp", "ne.jp", "gob.mx", "xn--p1ai", "localhost"])
def test_what_stands_for_very_many_websites_is_refused(host: str) -> None:
    assert f"{host} stands for very many websites; write the whole name of one." == spared.host(host)


@pytest.mark.parametrize(
    "host", ["facebook.com", "bbc.co.uk", "globo.com", "uol.com.br", "web.de", "t.co", "youtube.com", "com.example.org"]
)
def test_an_ordinary_website_may_be_named(host: str) -> None:
    assert "" == spared.host(host)


def test_signing_in_at_google_stays_open_while_its_videos_may_be_kept_away() -> None:
    assert "" == spared.host("youtube.com")
    assert "accounts.youtube.com carries video calls, so focus mode leaves it alone." == spared.host(
        "accounts.youtube.com"
    )
    assert "accounts.youtube.com" in spared.always_open()


@given(st.sampled_from(sorted(spared.CALL)), LABEL)
def test_nothing_above_or_below_a_host_of_calls_is_ever_allowed(host: str, label: str) -> None:
    assert spared.host(f"{label}.{host}")
    assert all(spared.host(above) for above in spared.parents(host))


@pytest.mark.parametrize("host", sorted(spared.CALL | spared.SHARED | spared.OPEN))
def test_the_lists_hold_host_names_as_a_browser_asks_for_them(host: str) -> None:
    assert host == host.strip(".").lower()
    assert "." in host
    assert set(host) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")


@pytest.mark.parametrize(
    ("app_id", "name"),
    [
        ("zoom", "Zoom Workplace"),
        ("Zoom.exe", "Zoom"),
        (r"C:\Users\Ada\AppData\Roaming\Zoom\bin\Zoom.exe", "Zoom Meetings"),
        ("us.zoom.xos", "zoom.us"),
        ("ms-teams.exe", "Microsoft Teams"),
        ("com.microsoft.teams2", "Microsoft Teams"),
        ("teams-for-linux", ""),
        ("skypeforlinux", "Skype"),
        ("CiscoCollabHost.exe", "Webex"),
        ("Cisco-Systems.Spark", "Webex"),
        ("jitsi-meet", "Jitsi Meet"),
        ("/opt/Signal/signal-desktop", "Signal"),
        ("net.whatsapp.WhatsApp", "WhatsApp"),
        ("com.apple.FaceTime", "FaceTime"),
        ("something", "Zoom Meeting 40-Minutes"),
        ("com.obsproject.Studio", "OBS Studio"),
    ],
)
def test_programs_of_calls_are_never_kept_down(app_id: str, name: str) -> None:
    assert "It carries calls, so focus mode leaves it alone." == spared.program(app_id, name)


BROWSERS = r"""
firefox /usr/lib/firefox-esr/firefox-esr firefox.exe org.mozilla.firefox google-chrome chrome.exe com.google.Chrome
com.google.Chrome.app.kjgfgldnnfoeklkmfkjfagphfepbbdan chromium crx_kjgfgldnnfoeklkmfkjfagphfepbbdan msedge.exe
com.microsoft.edgemac chrome-meet.google.com__-Default brave-browser vivaldi-bin opera com.apple.Safari epiphany
org.gnome.Epiphany falkon org.kde.falkon librewolf LibreWolf company.thebrowser.Browser Arc.exe msedgewebview2.exe
plugin-container qutebrowser com.apple.WebKit.GPU
"""


@pytest.mark.parametrize("app_id", BROWSERS.split())
def test_browsers_and_their_helpers_are_never_kept_down(app_id: str) -> None:
    assert "Your call may be in a browser, so focus mode leaves browsers alone." == spared.program(app_id, "")


@pytest.mark.parametrize("app_id", ["coachdesk", "CoachDesk.exe", "/usr/bin/python3", "pythonw.exe"])
def test_coachdesk_does_not_keep_itself_down(app_id: str) -> None:
    assert "This is CoachDesk itself." == spared.program(app_id, "")


SYSTEM = r"""
plasmashell gnome-shell org.gnome.Shell xfce4-panel explorer.exe C:\Windows\explorer.exe com.apple.finder
com.apple.dock LockApp.exe cinnamon mate-panel pinentry-gtk-2 loginwindow kwin_wayland
"""


@pytest.mark.parametrize("app_id", SYSTEM.split())
def test_what_belongs_to_the_computer_is_never_kept_down(app_id: str) -> None:
    assert "It belongs to the computer itself, so focus mode leaves it alone." == spared.program(app_id, "")


@pytest.mark.parametrize("app_id", ["orca", "nvda.exe", "com.apple.VoiceOver", "osk.exe", "onboard"])
def test_what_helps_a_person_to_see_hear_or_type_is_never_kept_down(app_id: str) -> None:
    assert "It helps a person to see, hear or type, so focus mode leaves it alone." == spared.program(app_id, "")


@pytest.mark.parametrize("app_id", ["electron", "ApplicationFrameHost.exe", "/usr/bin/flatpak"])
def test_a_name_that_many_programs_share_is_never_kept_down(app_id: str) -> None:
    assert "Many programs go by this name, and one of them may carry your call." == spared.program(app_id, "")


@pytest.mark.parametrize(
    ("app_id", "name"),
    [
        ("slack", "Slack"),
        ("Discord.exe", "Discord"),
        ("org.telegram.desktop", "Telegram"),
        ("thunderbird", "Thunderbird"),
        ("com.apple.mail", "Mail"),
        ("steam", "Steam"),
        ("org.gnome.Nautilus", "Files"),
        ("com.vmware.fusion", "VMware Fusion"),
        ("", ""),
    ],
)
def test_other_programs_may_be_kept_down(app_id: str, name: str) -> None:
    assert "" == spared.program(app_id, name)
