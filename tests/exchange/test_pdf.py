"""The PDF of a hand-out holds every word of it, on as many pages as it takes, and tells nothing else."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QThread
from PySide6.QtGui import QPdfWriter
from PySide6.QtWidgets import QApplication

from coachdesk import NAME, __version__
from coachdesk.errors import Refused
from coachdesk.exchange import pdf
from coachdesk.exchange.paper import Paper, Part
from tests.exchange import pages

pytestmark = pytest.mark.usefixtures("qapp")

WORDS = ("Send the two pages", "Очень рада", "Ελληνικά", "naïve — “quoted” …", "a <b>c</b> & d")
OTHERS = ("שלום עולם", "ليلى تكتب", "मैं कल लिखूँगा", "ฉันจะเขียนจดหมาย", "我会写信", "日本語", "한국어", "🌿🕊️👩‍👩‍👧")
"""Scripts whose letters a PDF tells in another order or form than they were typed, or that need fonts of their own."""


def paper(*texts: str) -> Paper:
    return Paper(
        "Summary of our session", (Part("What I promised", "heading"), *(Part(each, "item") for each in texts))
    )


def written(tmp_path: Path, made: Paper) -> Path:
    pdf.write(made, tmp_path / "made.pdf")
    return tmp_path / "made.pdf"


def test_every_word_is_in_it(tmp_path: Path):
    (page,) = pages.texts(written(tmp_path, paper(*WORDS)))
    assert [] == [words for words in ("Summary of our session", "What I promised", *WORDS) if words not in page]


@pytest.mark.qt_log_ignore("OpenType support missing")  # Qt tells which fonts it tried for a script
def test_any_script_is_drawn(tmp_path: Path):
    nothing = pages.ink(written(tmp_path, paper("")))
    for words in OTHERS:
        there = pages.ink(written(tmp_path, paper(words)))
        assert there[3] > nothing[3], words


@pytest.mark.parametrize(("words", "leftward"), [("Left", False), ("שלום", True), ("12 ليلى", True)])
def test_a_paragraph_begins_where_its_script_does(tmp_path: Path, words: str, leftward: bool):
    made = Paper("\u200b", (Part(words),))
    left, _top, right, _bottom = pages.ink(written(tmp_path, made))
    middle = pages.size(tmp_path / "made.pdf")[0] / 2
    assert leftward == (left > middle)
    assert leftward == (right > middle)


def test_a_long_word_stays_on_the_page(tmp_path: Path):
    path = written(tmp_path, paper("x" * 2000))
    left, _top, right, _bottom = pages.ink(path)
    assert 2000 == "".join(pages.texts(path)).count("x")
    assert 50 < left < right < pages.size(path)[0] - 50


def test_two_hundred_promises_are_all_there_on_numbered_pages(tmp_path: Path):
    found = pages.texts(written(tmp_path, paper(*(f"Promise {n:03}." for n in range(200)))))
    assert [f"{n:03}" for n in range(200)] == re.findall(r"Promise (\d{3})\.", " ".join(found))
    assert len(found) > 3
    assert [] == [at for at, page in enumerate(found, start=1) if f"{at} of {len(found)}" not in page]


def test_a_single_page_is_not_numbered(tmp_path: Path):
    assert " of 1" not in pages.texts(written(tmp_path, paper("one")))[0]


def test_no_heading_stands_alone_at_the_foot_of_a_page(tmp_path: Path):
    for lines in range(36, 48):
        parts = [*(Part(f"line {n}", "item") for n in range(lines)), Part("Headline", "heading"), Part("After", "item")]
        (page,) = [page for page in pages.texts(written(tmp_path, Paper("Title", tuple(parts)))) if "Headline" in page]
        assert "After" in page, lines


@pytest.mark.parametrize("headings", [4, 13])
def test_no_word_of_a_long_page_with_many_headings_is_missing(tmp_path: Path, headings: int):
    parts = []
    for at in range(headings):
        parts.append(Part(f"heading{at}", "heading"))
        parts += [Part(" ".join(f"w{at}a{n}b{word}" for word in range(37 * (n + 1)))) for n in range(at % 4 + 1)]
    found = {*" ".join(pages.texts(written(tmp_path, Paper("Title", tuple(parts))))).split()}
    assert [] == [word for part in parts for word in part.text.split() if word not in found]


def test_it_tells_its_title_and_nothing_else(tmp_path: Path):
    told = pages.about(written(tmp_path, paper("Ada Lovelace")))
    assert ("Summary of our session", f"{NAME} {__version__}") == (told["Title"], told["Creator"])
    assert ("", "", "") == (told["Author"], told["Subject"], told["Keywords"])


def test_its_fonts_are_within_it(tmp_path: Path):
    content = written(tmp_path, paper(*WORDS)).read_bytes()
    assert content.startswith(b"%PDF-")
    named, within = content.count(b"/FontName"), len(re.findall(rb"/FontFile[23]?\b", content))
    assert 1 <= named == within


@pytest.mark.parametrize(
    ("locale", "size"),
    [("de_DE", "A4"), ("en_GB", "A4"), ("en_US", "Letter"), ("es_MX", "Letter"), ("fr_CA", "Letter"), ("C", "A4"),
     ("en_US.UTF-8", "Letter")],
)  # fmt: skip
def test_the_sheet_is_the_one_that_is_used_there(locale: str, size: str):
    assert size == pdf.page_size(locale)


def test_the_page_has_that_size(tmp_path: Path):
    assert pages.size(written(tmp_path, paper("one"))) in {(595, 842), (612, 792)}


def test_any_device_with_pages_can_be_painted_on():
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(150)
    assert 1 == pdf.paint(paper("one"), writer)
    assert 4 <= pdf.paint(paper(*map(str, range(200))), writer)


def test_it_may_be_written_beside_the_window(qapp: QApplication, tmp_path: Path):
    class Writing(QThread):
        def run(self) -> None:
            pdf.write(paper(*WORDS), tmp_path / "made.pdf")

    pdf.be_ready()
    thread = Writing()
    thread.start()
    assert thread.wait(20_000)
    assert WORDS[0] in pages.texts(tmp_path / "made.pdf")[0]


def test_how_much_is_done_is_told_and_may_stop_it(tmp_path: Path):
    told: list[float] = []
    many = paper(*map(str, range(200)))
    pdf.write(many, tmp_path / "made.pdf", progress=told.append)
    assert 0.0 == told[0]
    assert sorted(told) == told
    (tmp_path / "made.pdf").unlink()

    def stop(share: float) -> None:
        if share:
            raise StopAsyncIteration

    with pytest.raises(StopAsyncIteration):
        pdf.write(many, tmp_path / "made.pdf", progress=stop)
    assert not (tmp_path / "made.pdf").exists()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(Refused):
        pdf.write(paper("one"), tmp_path / "none" / "made.pdf")


ALONE = """
import sys
from pathlib import Path
from coachdesk.exchange import pdf
from coachdesk.exchange.paper import Paper, Part
for number in range(2):
    pdf.write(Paper("Title", (Part("words मैं"),)), Path(sys.argv[1]))
"""


BESIDE = """
import gc, sys, threading
from pathlib import Path
from PySide6.QtGui import QGuiApplication
from coachdesk.exchange import pdf
from coachdesk.exchange.paper import Paper, Part
kinds = ("heading", "paragraph", "item", "code")
paper = Paper("Title", tuple(Part("words " * 200, kind, ("under",)) for kind in kinds * 6), ("Sender", "Street"))
def write():
    try:
        pdf.write(paper, Path(sys.argv[1]), progress=print)
    except RuntimeError as why:
        print(why)
def beside():
    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
def types():
    return {one for one in gc.get_objects() if type(one).__name__ == "ObjectType"}
application = QGuiApplication(["coachdesk", "-platform", "offscreen"])
beside()
pdf.be_ready()
made = types()
beside()
print(sorted(one.__name__ for one in types() - made))
"""


@pytest.mark.program
def test_another_thread_makes_no_type_of_qt(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-c", BESIDE, str(tmp_path / "made.pdf")], capture_output=True, text=True, timeout=60,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    first, *shares, types = done.stdout.splitlines()
    assert (0, "call be_ready on the main thread first", "[]") == (done.returncode, first, types)
    assert shares
    assert pages.texts(tmp_path / "made.pdf")


@pytest.mark.program
def test_it_needs_no_window_and_no_screen(tmp_path: Path):
    path = tmp_path / "made.pdf"
    environment = {"PATH": "", "LC_ALL": "C.UTF-8", "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(path)], env=environment, capture_output=True, text=True, timeout=60,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)
    assert "words" in pages.texts(path)[0]
