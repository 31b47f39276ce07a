"""PDF files read by another program than the one that wrote them."""

from pathlib import Path

import pypdfium2


def texts(path: Path) -> list[str]:
    """The words of each page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [document[at].get_textpage().get_text_range().replace("\r", "") for at in range(len(document))]
    finally:
        document.close()


def about(path: Path) -> dict[str, str]:
    """What the file tells of itself."""
    document = pypdfium2.PdfDocument(path)
    try:
        return document.get_metadata_dict()
    finally:
        document.close()


def size(path: Path) -> tuple[int, int]:
    """Width and height of the first page, in points."""
    document = pypdfium2.PdfDocument(path)
    try:
        return round(document[0].get_width()), round(document[0].get_height())
    finally:
        document.close()


def ink(path: Path, page: int = 0) -> tuple[int, int, int, int]:
    """The box within which a page is not white: left, top, right, bottom, in points."""
    document = pypdfium2.PdfDocument(path)
    try:
        picture = document[page].render(scale=1, grayscale=True)
        rows = [
            bytes(picture.buffer)[y * picture.stride : y * picture.stride + picture.width]
            for y in range(picture.height)
        ]
    finally:
        document.close()
    inked = [y for y, row in enumerate(rows) if min(row) < 200]
    columns = [x for x in range(len(rows[0])) if any(rows[y][x] < 200 for y in inked)]
    return columns[0], inked[0], columns[-1], inked[-1]
