"""The department-years that were published: built once in a session, and read back page by page."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pdfplumber
import yaml
from pdfplumber.page import Page
from pypdf import PdfReader

from discgen.load.workspace import Target, Workspace
from discgen.publish import publish

ROOT = Path(__file__).parents[1]
DEPARTMENT = "lvliang-xzsp"
YEARS = (2023, 2024)

FOOTER = re.compile(r"—(\d+)—")


def plain(text: object) -> str:
    return re.sub(r"\s", "", str(text or ""))


def build(root: Path, year: int) -> Path:
    published = publish(Workspace(root), Target(DEPARTMENT, year, "budget"))
    assert published.path, published.findings
    return published.path


def copied(root: Path) -> Path:
    """The folder, with the department in it."""
    shutil.copytree(ROOT / "departments" / DEPARTMENT, root / "departments" / DEPARTMENT)
    return root


@dataclass(frozen=True)
class Line:
    """A line of text: what it says, where it begins and ends, how large it is set."""

    text: str
    left: float
    right: float
    size: float


@dataclass(frozen=True)
class ReadPage:
    """What a page holds: its tables as rows of cells, and the lines outside them, the footer apart."""

    lines: list[Line]
    tables: list[list[list[str]]]
    footer: int | None

    def says(self, text: str) -> bool:
        return any(line.text == text for line in self.lines)

    @property
    def is_annex(self) -> bool:
        return any(table[0][0] == "代码" for table in self.tables)


def read_pages(path: Path) -> list[ReadPage]:
    with pdfplumber.open(path) as pdf:
        return [read_page(page) for page in pdf.pages]


def read_page(page: Page) -> ReadPage:
    tables = page.find_tables()
    beside = page
    for table in tables:
        beside = beside.outside_bbox(table.bbox)
    lines = [
        Line(plain(line["text"]), line["x0"], line["x1"], line["chars"][0]["size"])
        for line in beside.extract_text_lines()
    ]
    footers = [match for line in lines if (match := FOOTER.fullmatch(line.text))]
    return ReadPage(
        [line for line in lines if not FOOTER.fullmatch(line.text)],
        [[[plain(cell) for cell in row] for row in table.extract()] for table in tables],
        int(footers[-1][1]) if footers else None,
    )


class Edition:
    """A year of the department, with its facts and its PDF; what takes long is done when first asked for."""

    def __init__(self, year: int, new_folder: Callable[[], Path]) -> None:
        self.year = year
        self.folder = ROOT / "departments" / DEPARTMENT / str(year)
        self._new_folder = new_folder

    @cached_property
    def pdf(self) -> Path:
        return build(copied(self._new_folder()), self.year)

    @cached_property
    def pages(self) -> list[ReadPage]:
        return read_pages(self.pdf)

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(self.pdf)

    @cached_property
    def projects(self) -> list[dict[str, Any]]:
        paths = sorted((self.folder / "projects").glob("*.yaml"))
        return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths]
