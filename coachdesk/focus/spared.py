"""What focus mode never touches: whatever carries the call, browsers, CoachDesk itself and the system.

A call must not be disturbed by anything we do, and a call may be a tab of any browser. So these are in the code, not in
the settings, and what comes from a settings file is held against them again. The lists are our own; to check them
against, the larger vendors publish which hosts a firewall has to let through (Microsoft 365 under "Teams" and "Common";
Zoom, Webex and Google Workspace under "network requirements").

Slack, Discord and Telegram are not spared, although one can call with them: in these the stream of messages is the rule
and a call the exception, and they are what a person who wants to listen most often has to keep away. Nothing is kept
away that was not chosen, so who coaches in a Slack huddle does not choose Slack. What people use as their telephone
(WhatsApp, Signal, FaceTime, WeChat, LINE …) is spared.
"""

import re
from functools import cache

from coachdesk.words import N_, _


def _hosts(table: str) -> frozenset[str]:
    return frozenset(table.split())


CALL = _hosts("""
    zoom.us zoom.com zoomgov.com zoom.com.cn zoomus.cn zoomcdn.com
    teams.microsoft.com teams.live.com teams.cloud.microsoft teams.cdn.office.net teams.office.com skype.com lync.com
    sfbassets.com skypeassets.com skypeforbusiness.com msauth.net msftauth.net login.live.com login.microsoft.com
    account.live.com login.microsoftonline.com microsoftonline.com microsoftonline-p.com
    meet.google.com meet.new hangouts.google.com accounts.google.com apis.google.com clients6.google.com
    gstatic.com googleapis.com googleusercontent.com gvt1.com
    facetime.apple.com whereby.com whereby.dev jit.si 8x8.vc 8x8.com jitsi.net webex.com webexcontent.com wbx2.com
    ciscospark.com webexapis.com doxy.me signal.org whatsapp.net
    goto.com gotomeeting.com gotowebinar.com logmein.com getgo.com bluejeans.com ringcentral.com dialpad.com
    vsee.com simplepractice.com zohomeeting.com meeting.zoho.com meeting.zoho.eu lifesize.com pexip.com pexip.me
    daily.co livekit.io livekit.cloud twilio.com tokbox.com opentok.com vonage.com agora.io liveswitch.io
    around.co chime.aws butter.us livestorm.co demio.com clickmeeting.com bigmarker.com eyeson.com alfaview.com
    senfcall.de fairmeeting.net sichere-videokonferenz.de redmedical.de bigbluebutton.org element.io
    telemost.yandex.ru telemost.360.yandex.ru trueconf.com jazz.sber.ru ktalk.ru voovmeeting.com
    meeting.tencent.com dingtalk.com larksuite.com feishu.cn wire.com viber.com
""")
"""Hosts that are there for calls, or for signing in to one: never blocked, nor is anything below them."""

SHARED = _hosts("""
    google.com microsoft.com live.com office.com office.net office365.com cloud.microsoft microsoft365.com apple.com
    icloud.com yandex.ru yandex.com yandex.net zoho.com zoho.eu tencent.com sber.ru whatsapp.com
    cloudfront.net amazonaws.com azureedge.net azurefd.net azure.com azure.net windows.net windows.com akamaihd.net
    akamaized.net akamai.net akamaiedge.net edgekey.net cloudflare.com cloudflare.net fastly.net fastlylb.net
    jsdelivr.net unpkg.com okta.com auth0.com
""")
"""Hosts that calls also come from: never blocked themselves, but another service below one may be."""

OPEN = frozenset({"accounts.youtube.com"})
"""Hosts that stay open although what is above them is blocked: signing in at Google goes by way of this one."""

SECOND_LEVEL = _hosts("com co net org edu gov gob gouv ac mil nom")
"""Names that registries put between a country and those who register: example.co.uk, example.com.br."""
SUFFIXES = _hosts("""
    or.jp ne.jp go.jp ad.jp ed.jp gr.jp lg.jp or.kr re.kr go.kr pe.kr ne.kr or.at gv.at or.th in.th go.th or.id go.id
    web.id my.id sch.id me.uk ltd.uk plc.uk nhs.uk sch.uk police.uk asn.au id.au geek.nz gen.nz iwi.nz maori.nz web.za
    law.za firm.in gen.in ind.in nic.in art.br blog.br eco.br jus.br leg.br tv.br or.ke go.ke ne.ke or.tz go.tz k12.tr
    bel.tr web.tr gen.tr info.tr biz.tr web.ve info.ve msk.ru spb.ru waw.pl info.pl biz.pl idv.tw idv.hk muni.il k12.il
    uk.com us.com eu.com de.com gb.net
""")
"""More of them, of the countries with most people online (after publicsuffix.org, its part for registries)."""


def host(host: str) -> str:
    """Why a list of websites may not name this host, in a sentence; empty when it may.

    Refused is what is there for calls, everything below such a host and everything above it, and what a registry
    hands out names under. Takes a host name in lower case and without a dot at its end, as ``sites.clean`` answers.
    """
    if is_suffix(host):
        return _("{host} stands for very many websites; write the whole name of one.").format(host=host)
    if host in OPEN or parents(host) & CALL:
        return _("{host} carries video calls, so focus mode leaves it alone.").format(host=host)
    if host in _above_calls():
        wording = _(
            "{host} carries video calls too, so focus mode leaves it alone. "
            "Name the part of it that distracts you, such as mail.google.com."
        )
        return wording.format(host=host)
    return ""


def parents(host: str) -> set[str]:
    """The host itself and every name above it."""
    parts = host.split(".")
    return {".".join(parts[start:]) for start in range(len(parts))}


@cache
def _above_calls() -> frozenset[str]:
    """The shared hosts, and every name above these and above a host of calls."""
    return frozenset().union(SHARED, *map(parents, SHARED | CALL)) - CALL


def is_suffix(host: str) -> bool:
    """Whether names are handed out under this one: "com", "co.uk"."""
    first, dot, rest = host.partition(".")
    return not dot or host in SUFFIXES or (len(rest) == 2 and first in SECOND_LEVEL)


def always_open() -> tuple[str, ...]:
    """Every host that is never blocked unless a list names something below it, in order."""
    return tuple(sorted(CALL | SHARED | OPEN))


# --- Programs ---------------------------------------------------------------------------------------------------------

CALL_PROGRAMS = """
zoom; zoom.real; zoom workplace; zoom meeting; zoom meetings; zoom.us; us.zoom.xos; us.zoom.zoom; zoomlauncher
cpthost; zoomwebhelper; zoomus; zoom cloud meetings; zoom-client; caphost; teams; ms-teams; msteams; teams-for-linux
microsoft teams; microsoft teams classic; com.microsoft.teams; com.microsoft.teams2; microsoft teams (work or school)
microsoft teams - preview; teams-insiders; lync; com.github.isbiesterfield.teams_for_linux; skype; skypeforlinux
skypeapp; com.skype.skype; skype for business; com.microsoft.skypeforbusiness; lync.exe; webex; ciscocollabhost
ciscocollab; webexmta; webexhost; atmgr; webex meetings; cisco webex meetings; cisco-systems.spark
com.cisco.webexmeetingsapp; com.webex.meetingmanager; meetingcenter; webexapplauncher; google meet; meet; jitsi
jitsi meet; jitsi-meet; org.jitsi.jitsi-meet; org.jitsi.jitsi-meet.app; whereby; com.whereby.app; signal
signal-desktop; org.signal.signal; org.whispersystems.signal-desktop; whatsapp; whatsapp.root; whatsapp desktop
net.whatsapp.whatsapp; whatsdesk; zapzap; com.rtosta.zapzap; whatsapp-for-linux; altus; com.ktechpit.whatsie; whatsie
facetime; com.apple.facetime; com.apple.mobilephone; callservicesd; avconferenced; gotomeeting; goto; g2mcomm
g2mlauncher; g2mui; com.logmein.gotomeeting; com.logmein.goto; goto meeting; goto-desktop; bluejeans
com.bluejeansnet.blue; ringcentral; com.ringcentral.glip; ringcentral meetings; dialpad; com.electron.dialpad; vsee
com.vsee.vsee; zoho meeting; pexip; pexip infinity connect; lifesize; alfaview; trueconf; eyeson; telemost
yandex telemost; ru.yandex.telemost; voov meeting; voovmeeting; wemeetapp; wemeet; tencent meeting
com.tencent.meeting; dingtalk; com.alibaba.dingtalkmac; lark; feishu; com.bytedance.lark; com.electron.lark; wechat
weixin; com.tencent.xinwechat; line; jp.naver.line.mac; kakaotalk; com.kakao.kakaotalkmac; viber; com.viber.osx
com.viber.viber; viberpc; wire; wire-desktop; com.wearezeta.zclient.mac; element; element-desktop; im.riot.riot
im.riot.app; jami; jami-qt; net.jami.jami; linphone; com.belledonnecommunications.linphone; ekiga; microsip; zoiper
zoiper5; baresip; threema; ch.threema.threema-desktop; tox; qtox; io.github.qtox.qtox; messenger; com.facebook.archon
caprine; com.sindresorhus.caprine; nextcloud talk; nextcloud-talk-desktop; com.nextcloud.talk; obs; obs64; obs-studio
com.obsproject.studio; com.obsproject.obs-studio; krisp; ai.krisp.krispmac; nvidia broadcast; camo; camo studio
com.reincubate.macos.cam; mmhmm; manycam; snap camera; xsplit vcam; xsplitvcam; loopback; com.rogueamoeba.loopback
voicemeeter; voicemeeterpro; voicemeeter8; voicemeeter8x64; easyeffects; com.github.wwmm.easyeffects; pavucontrol
pavucontrol-qt; qpwgraph; helvum; droidcam; epoccam; elgato camera hub
"""
"""Programs of calls, and those that carry a call's sound or picture."""

BROWSERS = """
firefox; firefox-esr; firefox-bin; org.mozilla.firefox; firefox_firefox; firefoxdeveloperedition
firefox-developer-edition; org.mozilla.firefoxdeveloperedition; org.mozilla.nightly; firefox-nightly; plugin-container
navigator; librewolf; io.gitlab.librewolf-community; librewolf-community; waterfox; net.waterfox.waterfox; floorp
one.ablaze.floorp; zen; zen-browser; zen-bin; app.zen_browser.zen; mullvad browser; mullvadbrowser; tor browser
torbrowser; palemoon; pale moon; seamonkey; icecat; iceweasel; chrome; google-chrome; google-chrome-stable
google-chrome-beta; google chrome; com.google.chrome; chromium; chromium-browser; org.chromium.chromium
ungoogled-chromium; io.github.ungoogled_software.ungoogled_chromium; microsoft edge; msedge; microsoft-edge
microsoft-edge-stable; com.microsoft.edgemac; com.microsoft.edge; msedgewebview2; brave; brave-browser; brave browser
com.brave.browser; vivaldi; vivaldi-bin; vivaldi-stable; com.vivaldi.vivaldi; opera; opera-stable; opera_gx; opera gx
com.operasoftware.opera; com.opera.opera; com.operasoftware.operagx; safari; com.apple.safari
com.apple.safaritechnologypreview; safari technology preview; com.apple.webkit.webcontent; epiphany; epiphany-browser
org.gnome.epiphany; gnome web; falkon; org.kde.falkon; konqueror; org.kde.konqueror; arc; company.thebrowser.browser
company.thebrowser.dia; browser; yandex; yandex-browser; yandex browser; yandex_browser
ru.yandex.desktop.yandex-browser; qutebrowser; org.qutebrowser.qutebrowser; midori; org.midori_browser.midori; thorium
thorium-browser; helium; duckduckgo; com.duckduckgo.macos.browser; com.kagi.kagimacos; whale; naver whale; naver-whale
com.naver.whale; 360se; qqbrowser; uc browser; ucbrowser; sogouexplorer; iexplore; internet explorer; maxthon
otter-browser; dooble; luakit; nyxt; surf; ferdium; org.ferdium.ferdium; rambox; franz; wavebox; getstation
chrome_crashpad_handler; qtwebengineprocess
"""
"""Browsers, their helpers, and programs that show websites side by side: the call may be in one of their tabs."""

OURS = """
coachdesk; coachdesk-window; python; python3; python3.11; python3.12; python3.13; python3.14; pythonw; pyw; py
org.python.python
"""
"""CoachDesk, and the name under which the system may know it when it was not installed as a program."""

SYSTEM = """
plasmashell; kwin; kwin_x11; kwin_wayland; krunner; ksmserver; systemsettings; org.kde.plasmashell; kded5; kded6
ksplashqml; xdg-desktop-portal-kde; polkit-kde-authentication-agent-1; kwalletd5; kwalletd6; org.kde.kwalletd
spectacle; gnome-shell; org.gnome.shell; mutter; gnome-control-center; gnome-settings-daemon; gnome-screensaver; gjs
ding; xdg-desktop-portal-gnome; xdg-desktop-portal-gtk; xdg-desktop-portal; polkit-gnome-authentication-agent-1
gcr-prompter; org.gnome.keyring.systemprompter; pinentry; pinentry-gtk-2; pinentry-qt; pinentry-gnome3; pinentry-mac
ssh-askpass; xfce4-panel; xfdesktop; xfwm4; xfce4-session; xfce4-settings-manager; xfce4-notifyd; xfce4-screensaver
wrapper-2.0; cinnamon; nemo-desktop; muffin; cinnamon-settings; cinnamon-screensaver; mate-panel; marco; caja-desktop
mate-screensaver; budgie-panel; budgie-wm; budgie-daemon; gala; plank; wingpanel; io.elementary.wingpanel; lxpanel
lxqt-panel; pcmanfm-desktop; openbox; fluxbox; i3; i3bar; sway; waybar; hyprland; polybar; tint2; picom; compton
stalonetray; trayer; conky; desktop_window; unity; unity-panel-service; unity-2d-shell; compiz; dunst; swaync; mako
swaylock; i3lock; slock; light-locker; xscreensaver; explorer; taskmgr; shellexperiencehost; startmenuexperiencehost
searchhost; searchapp; searchui; textinputhost; lockapp; logonui; systemsettings.exe; immersivecontrolpanel; dwm
winlogon; csrss; sihost; ctfmon; consent; credentialuibroker; securityhealthsystray; securityhealthhost; widgets
shellhost; rundll32; sndvol; program manager; finder; com.apple.finder; dock; com.apple.dock; systemuiserver
com.apple.systemuiserver; controlcenter; control centre; control center; com.apple.controlcenter; notificationcenter
com.apple.notificationcenterui; loginwindow; com.apple.loginwindow; windowmanager; com.apple.windowmanager; spotlight
com.apple.spotlight; windowserver; universalcontrol; securityagent; com.apple.securityagent; system settings
system preferences; com.apple.systempreferences; coreautha; com.apple.usernotificationcenter; screencaptureui
com.apple.screencaptureui
"""
"""Panels, window managers, locks and prompts for passwords."""

MANY = "electron; bwrap; flatpak; flatpak-spawn; snap; wine; applicationframehost; webkitwebprocess"
"""Names that many programs share, those of calls among them."""

AIDS = """
orca; nvda; nvda_slave; jaws; jfw; zoomtext; narrator; magnify; osk; onboard; maliit-keyboard; florence; xvkbd; kmag
kmousetool; kmouth; voiceover; com.apple.voiceover; voiceover utility; com.apple.voiceoverutility; natspeak; dragonbar
talon; com.talonvoice.talon; voice control; switch control; com.apple.inputmethod.assistivecontrol; assistivecontrol
livecaptions; live captions; net.sapples.livecaptions; windows speech recognition; voiceaccess; tobii; brltty
squeekboard; dwell-click
"""
"""What a person needs to see, hear, read or write at all."""

_REASONS = (
    (CALL_PROGRAMS, N_("It carries calls, so focus mode leaves it alone.")),
    (BROWSERS, N_("Your call may be in a browser, so focus mode leaves browsers alone.")),
    (OURS, N_("This is CoachDesk itself.")),
    (AIDS, N_("It helps a person to see, hear or type, so focus mode leaves it alone.")),
    (MANY, N_("Many programs go by this name, and one of them may carry your call.")),
    (SYSTEM, N_("It belongs to the computer itself, so focus mode leaves it alone.")),
)
_PREFIXES = (
    (("crx_", "chrome-", "chromium-", "msedge-", "brave-", "vivaldi-", "com.google.chrome."), BROWSERS),
    (("com.microsoft.edgemac.", "com.brave.browser.", "firefoxpwa-", "org.chromium.chromium."), BROWSERS),
    (("com.apple.webkit.", "com.apple.safari.", "org.mozilla.firefox."), BROWSERS),
    (("us.zoom.", "com.microsoft.teams", "zoom meeting", "microsoft teams"), CALL_PROGRAMS),
)
"""Beginnings of names, such as those of a website that a browser has made into a program of its own."""


@cache
def _known() -> dict[str, str]:
    """The reason by name; where two tables have a name, the first gives it."""
    return {
        " ".join(name.split()): reason
        for table, reason in reversed(_REASONS)
        for name in re.split(r"[;\n]", table)
        if name.strip()
    }


def program(app_id: str, name: str) -> str:
    """Why a program is never kept down, in a sentence; empty when it may be.

    ``app_id`` is how the system knows it: an executable with or without its path, a window class or a bundle.
    """
    reasons = _known()
    names = (*_names(app_id), " ".join(name.casefold().split()))
    for one in names:
        if one in reasons:
            return _(reasons[one])
        for beginnings, table in _PREFIXES:
            if one.startswith(beginnings):
                return _(dict(_REASONS)[table])
    return ""


def _names(app_id: str) -> tuple[str, ...]:
    """What the tables may call it: as it is, without its path and ending, and the last part of a bundle."""
    whole = " ".join(app_id.casefold().split())
    file = re.split(r"[/\\]", whole)[-1]
    bare = re.sub(r"\.(exe|app|desktop|appimage|bin)$", "", file)
    return tuple(dict.fromkeys((whole, file, bare, bare.rpartition(".")[2])))
