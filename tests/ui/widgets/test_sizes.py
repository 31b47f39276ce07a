"""How much a file takes is read as other programs of the person write it."""

import pytest
from PySide6.QtCore import QLocale

from coachdesk.ui.widgets.sizes import size_words


@pytest.fixture(params=["en_GB", "de_DE"])
def locale(request):
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1024, "1 kB"),
        (602_112, "588 kB"),
        (1_468_006, "1.4 MB"),
        (26_000_000, "25 MB"),
        (2**30, "1 GB"),
    ],
)
def test_a_size_has_no_more_figures_than_say_something(locale, size, words):
    told = words if locale == "en_GB" else words.replace(".", ",").replace("bytes", "Bytes")
    assert told == size_words(size)
