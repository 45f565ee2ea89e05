"""The documents that were published: built once in a session, and read back page by page."""

import fcntl
import json
import pickle
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import yaml
from pdfplumber.page import Page
from pypdf import PdfReader

from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.publish.build import publish
from discgen.publish.published import output_path

ROOT = Path(__file__).parents[1]
EDITIONS = (
    Target("lvliang-xzsp", 2023, "budget"),
    Target("lvliang-xzsp", 2024, "budget"),
    Target("putuo-caizheng", 2024, "accounts"),
    Target("putuo-caizheng", 2025, "budget"),
    Target("shanghai-caizheng", 2025, "budget"),
    Target("shanxi-zgq-xzsp", 2025, "budget"),
    Target("wanli-street", 2023, "budget"),
    Target("wanli-street", 2025, "budget"),
    Target("xiaoyi-xzsp", 2024, "accounts"),
    Target("xinzhou-xzsp", 2022, "budget"),
)
(
    LVLIANG_2023,
    LVLIANG_2024,
    PUTUO_2024,
    PUTUO_2025,
    SHANGHAI_2025,
    ZGQ_2025,
    WANLI_2023,
    WANLI_2025,
    XIAOYI_2024,
    XINZHOU_2022,
) = EDITIONS
LAID_OUT = tuple(target for target in EDITIONS if target not in (PUTUO_2025, SHANGHAI_2025, WANLI_2023))
"""Those with pages of a kind of their own; the others are laid out as WANLI_2025 is."""

FOOTER = re.compile(r"—(\d+)—")
BODY_SIZE = 16


def plain(text: object) -> str:
    return re.sub(r"\s", "", str(text or ""))


def build(root: Path, target: Target) -> Path:
    published = publish(Workspace(root), target)
    assert published.path, published.findings
    return published.path


@contextmanager
def taking_turns(root: Path) -> Iterator[None]:
    """One at a time, of the processes that share the folder."""
    root.mkdir(exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def built_once(root: Path, target: Target) -> Path:
    """The PDF of the department, built in the folder by the first process that asks."""
    with taking_turns(root):
        pdf = output_path(Workspace(root), target)
        return pdf if pdf.exists() else build(copied(root, target), target)


def copied(root: Path, target: Target) -> Path:
    """The folder, with the department in it."""
    department = Workspace(Path()).folder(target).parent
    shutil.copytree(ROOT / department, root / department)
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
    """What a page holds: its tables as rows of cells, and the lines outside them, the footer apart.

    `cells` are the same cells with their ends of lines; `gaps` lie between neighbouring characters of body text, in ems.
    """

    lines: list[Line]
    tables: list[list[list[str]]]
    footer: int | None
    cells: list[str]
    gaps: list[float]

    def says(self, text: str) -> bool:
        """Whether a line says it, or two do, as a long heading does."""
        lines = [line.text for line in self.lines]
        return text in lines or any(first + second == text for first, second in pairwise(lines))

    @property
    def is_annex(self) -> bool:
        return any(table[0][0] == "代码" for table in self.tables)

    @property
    def is_goal_sheet(self) -> bool:
        return any("三级指标" in row for table in self.tables for row in table)


def read_pages(path: Path) -> list[ReadPage]:
    """Each page; its characters and lines are let go before the next is read."""
    with pdfplumber.open(_without_tags(path)) as pdf:
        return [_read_and_closed(page) for page in pdf.pages]


def _without_tags(path: Path) -> BytesIO:
    """The PDF as pdfplumber reads it soonest: without tags, which it would read first and not use."""
    made = BytesIO()
    with pikepdf.open(path) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.remove_unreferenced_resources()
        pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return made


def _read_and_closed(page: Page) -> ReadPage:
    try:
        return read_page(page)
    finally:
        page.close()


def read_once(root: Path, pdf: Path) -> list[ReadPage]:
    """The pages of the PDF, read by the first process that asks and kept in the folder."""
    with taking_turns(root):
        kept = root / "pages"
        if not kept.exists():
            kept.write_bytes(pickle.dumps(read_pages(pdf)))
        pages: list[ReadPage] = pickle.loads(kept.read_bytes())
        return pages


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
    rows_of_tables = [table.extract() for table in tables]
    return ReadPage(
        lines=[line for line in lines if not FOOTER.fullmatch(line.text)],
        tables=[[[plain(cell) for cell in row] for row in rows] for rows in rows_of_tables],
        footer=int(footers[-1][1]) if footers else None,
        cells=[cell for rows in rows_of_tables for row in rows for cell in row if cell],
        gaps=list(_gaps(page)),
    )


def _gaps(page: Page) -> Iterator[float]:
    chars = [char for char in page.chars if abs(char["size"] - BODY_SIZE) < 0.1]
    chars.sort(key=lambda char: (_baseline(char), char["x0"]))
    for _, line in groupby(chars, key=_baseline):
        yield from ((other["x0"] - one["x1"]) / BODY_SIZE for one, other in pairwise(line))


def _baseline(char: dict[str, Any]) -> int:
    return round(float(char["matrix"][5]))


class Edition:
    """A published document of ours, with its facts and its PDF; what takes long is done when first asked for."""

    def __init__(self, target: Target, built_in: Path) -> None:
        self.target = target
        self.folder = Workspace(ROOT).folder(target)
        self._built_in = built_in

    def let_go(self) -> None:
        """Let go what was read; the PDF and its pages are kept in the folder."""
        for name in ("pages", "reader", "data", "tables", "parts"):
            self.__dict__.pop(name, None)

    @cached_property
    def pdf(self) -> Path:
        return built_once(self._built_in, self.target)

    @cached_property
    def pages(self) -> list[ReadPage]:
        return read_once(self._built_in, self.pdf)

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(self.pdf)

    @cached_property
    def data(self) -> dict[str, Any]:
        """What is attached to the PDF for machines to read."""
        data: dict[str, Any] = json.loads(self.reader.attachments["discgen.json"][0])
        return data

    @cached_property
    def tables(self) -> dict[str, int]:
        """The titles of the tables as a page says them, with their numbers."""
        return {plain(table["title"]): table["number"] for table in self.data["tables"]}

    @cached_property
    def parts(self) -> list[str]:
        """The headings of the parts as a page says them."""
        return [plain(entry.title) for entry in self.reader.outline if not isinstance(entry, list)]

    @property
    def sheets(self) -> list[dict[str, Any]]:
        """The files that have a goal sheet: projects, then separate sheets."""
        return [facts for name in ("projects", "goal_sheets") for facts in self.files(name) if "goal_sheet" in facts]

    def files(self, folder: str) -> list[dict[str, Any]]:
        paths = sorted((self.folder / folder).glob("*.yaml"))
        return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths]
