"""Settings of GNOME, Cinnamon and MATE, as far as they need neither libgio nor dconf; the rest is in tests/real."""

import pytest

from coachdesk.focus.blockers import YES, Failed, Support
from coachdesk.focus.linux.gsettings import FakeSettings, GSetting, LibGio, support

SCHEMA, KEY = "org.gnome.system.proxy", "mode"


def test_a_setting_is_named_in_the_journal_by_schema_and_key() -> None:
    assert "gsettings org.gnome.system.proxy mode" == GSetting(SCHEMA, KEY).key


def test_a_setting_is_set_read_and_forgotten() -> None:
    settings = FakeSettings()
    mode = GSetting(SCHEMA, KEY, settings)
    assert YES == support(SCHEMA, KEY, settings)
    assert mode.read() is None
    mode.write("'auto'")
    assert "'auto'" == mode.read()
    mode.write(None)
    mode.write(None)
    assert {} == settings.kept


def test_a_setting_that_is_not_there_is_told_and_refused() -> None:
    settings = FakeSettings(missing={SCHEMA: Support("no", "missing")})
    assert Support("no", "missing") == support(SCHEMA, KEY, settings)
    with pytest.raises(Failed, match="missing"):
        GSetting(SCHEMA, KEY, settings).write("'auto'")


@pytest.mark.parametrize("library", ["libno-such-thing.so.0", "libc.so.6"])
def test_without_libgio_or_with_one_that_is_too_old_it_says_so(library: str) -> None:
    settings = LibGio(library)
    why = "The settings of this desktop cannot be reached (libgio was not found)."
    assert Support("no", why) == support(SCHEMA, KEY, settings)
    with pytest.raises(Failed, match="libgio"):
        GSetting(SCHEMA, KEY, settings).read()
    with pytest.raises(Failed, match="libgio"):
        GSetting(SCHEMA, KEY, settings).write("'auto'")
