"""A page comes through every format with its words as they are, whatever they look like."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from coachdesk.exchange.paper import Paper, Part, as_html, as_markdown, as_text, lines_of, runs_leftward

HOSTILE = (
    "# no heading", "- no list", "* no list", "+ none", "1. no number", "12) none", "---", "===", "=", "> no quote",
    "`no code`", "```", "<b>not bold</b>", "a | b | c", "*not* _bent_ **strong**", "[no](link)", "![no](picture)",
    "&amp; &copy;", "back\\slash", "two\nlines", "with\n\na paragraph", "    four spaces", "\ttab", "~~gone~~",
    "https://example.org <https://example.org>", "$x$", ": definition", "ends with #", "\u2028line", "a\r\nb", "",
    "שלום <עולם>", "ليلى & 🕊️", "我会写信", "# \n# ", "\\", "-", "1.", "[^1]: note", "<!-- no comment -->",
)  # fmt: skip
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)


class Heard(HTMLParser):
    """What a browser would show, and the elements it would make."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.tags.append(tag)
        self.text += " "

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self.text += " "

    def handle_data(self, data: str) -> None:
        self.text += data


def heard(page: str) -> Heard:
    parser = Heard()
    parser.feed(page)
    parser.close()
    return parser


def words(text: str) -> list[str]:
    """A text without what no format shows: spaces, line breaks, control characters."""
    return " ".join(lines_of(text)).split()


def paper(*parts: Part) -> Paper:
    return Paper("Summary", parts, ("Kim Lee", "Linden 4"))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["item", "paragraph"])
def test_markdown_shows_a_text_as_it_is(text: str, kind: str):
    page = heard(
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(as_markdown(paper(Part(text, kind))))
    )
    assert ["Kim", "Lee", "Linden", "4", "Summary", *words(text)] == page.text.split()
    assert {"p", "br", "h1", "ul", "li"} >= set(page.tags)


@given(WORDS, WORDS, WORDS)
def test_markdown_shows_any_text_as_it_is(first: str, under: str, last: str):
    made = paper(Part("Steps", "heading"), Part(first, "item", (under,)), Part(last))
    page = heard(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(as_markdown(made)))
    told = ["Kim", "Lee", "Linden", "4", "Summary", "Steps", *words(first), *words(under), *words(last)]
    assert told == page.text.replace("\ufffd", "").split() or "\ufffd" in first + under + last
    assert {"p", "br", "h1", "h2", "ul", "li"} >= set(page.tags)


@given(WORDS, WORDS)
def test_html_shows_any_text_as_it_is(first: str, under: str):
    page = heard(as_html(paper(Part(first, "item", (under,)), Part(first))))
    assert ["Kim", "Lee", "Linden", "4", "Summary", *words(first), *words(under), *words(first)] == page.text.split()
    assert {"p", "br", "h1", "ul", "li", "span"} >= set(page.tags)


@given(WORDS)
def test_plain_text_shows_any_text_as_it_is(text: str):
    made = as_text(paper(Part(text, "item"), Part("Bye.")))
    assert ["Kim", "Lee", "Linden", "4", "Summary", "•", *words(text), "Bye."] == made.split()


def test_plain_text_is_laid_out_with_room():
    made = paper(
        Part("Session of Monday"),
        Part("My promises", "heading"),
        Part("Write", "item", ("by Friday",)),
        Part("Call", "item"),
    )
    assert (
        "Kim Lee\nLinden 4\n\nSummary\n\nSession of Monday\n\nMy promises\n• Write\n  by Friday\n• Call\n"
        == as_text(made)
    )


def test_markdown_is_laid_out_as_one_would_write_it():
    made = paper(
        Part("Session of Monday"),
        Part("My promises", "heading"),
        Part("Write", "item", ("by Friday",)),
        Part("Call", "item"),
    )
    assert as_markdown(made) == (
        "Kim Lee\\\nLinden 4\n\n# Summary\n\nSession of Monday\n\n## My promises\n\n- Write\\\n  by Friday\n- Call\n"
    )


def test_line_breaks_are_kept_in_markdown():
    page = MarkdownIt("commonmark").render(as_markdown(paper(Part("one\ntwo\n\nthree", "item"))))
    assert 1 == page[page.index("<li>") :].count("<br")
    assert "<p>three</p>" in page


def test_a_code_stands_alone_in_markdown():
    page = MarkdownIt("commonmark").render(as_markdown(paper(Part("7Q4M   X2RD\nB5WN", "code"))))
    assert "<pre><code>7Q4M   X2RD\nB5WN\n</code></pre>" in page


@pytest.mark.parametrize(
    ("leftward", "text"),
    [
        (True, "שלום O'Brien"), (True, "12 ليلى"), (True, "🕊️ – نور"), (False, "Ana שלום"), (False, "12"),
        (False, ""), (False, "我会写信"),
    ],
)  # fmt: skip
def test_a_text_runs_as_its_first_letter_does(leftward: bool, text: str):
    assert leftward == runs_leftward(text)
    assert re.search(f"<li dir='{'rtl' if leftward else 'ltr'}'>", as_html(paper(Part(text, "item"))))
