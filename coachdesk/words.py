"""Every word a person reads goes through here: gettext, and the languages shipped."""

import gettext as _gettext

from coachdesk.paths import resources

DOMAIN = "coachdesk"

_chosen: _gettext.NullTranslations = _gettext.NullTranslations()
_asked: str | None = None


def speak(language: str | None = None) -> None:
    """Choose the language of all later words; None follows the system, unknown ones fall back to English."""
    global _chosen, _asked
    _asked = language
    wanted = [language] if language else None
    _chosen = _gettext.translation(DOMAIN, resources() / "locale", languages=wanted, fallback=True)


def spoken() -> str | None:
    """The language last asked for, so that a process of ours can speak the same."""
    return _asked


def _(text: str) -> str:
    """The text in the chosen language."""
    return _chosen.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of the text that fits the count, in the chosen language."""
    return _chosen.ngettext(one, many, count)


def N_(text: str) -> str:
    """Mark a text for translation where it is defined as data; ``_`` it where it is shown."""
    return text


def languages() -> list[str]:
    """Codes of the languages shipped, English first."""
    found = sorted(path.parent.parent.name for path in (resources() / "locale").glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return ["en", *(code for code in found if code != "en")]
