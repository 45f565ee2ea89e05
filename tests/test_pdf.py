"""The PDF as a file and as pages: read back with poppler, qpdf, pypdf and pdfplumber."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
import yaml
from pdfplumber.page import Page
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from discgen.load.workspace import Target, Workspace
from discgen.publish import publish

ROOT = Path(__file__).parents[1]
TARGET = Target("lvliang-xzsp", 2023, "budget")
PROJECTS = ROOT / "departments" / TARGET.department / str(TARGET.year) / "projects"

FOOTER = re.compile(r"—(\d+)—")
GOAL_SHEET = "吕梁市市级预算部门（单位）项目支出绩效目标申报表"
RIGHT_MARGIN = 73.64
BODY_SIZE = 16

pytestmark = pytest.mark.slow


def plain(text: object) -> str:
    return re.sub(r"\s", "", str(text or ""))


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


def build(root: Path) -> Path:
    shutil.copytree(ROOT / "departments" / TARGET.department, root / "departments" / TARGET.department)
    published = publish(Workspace(root), TARGET)
    assert published.path, published.findings
    return published.path


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("pdf"))


@pytest.fixture(scope="module")
def pages(pdf: Path) -> list[ReadPage]:
    return read_pages(pdf)


@pytest.fixture(scope="module")
def reader(pdf: Path) -> PdfReader:
    return PdfReader(pdf)


def output_of(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


# --- the file ---


def test_pdfinfo_reports_a_tagged_a4_document_with_its_title(pdf: Path) -> None:
    info = dict(line.split(":", 1) for line in output_of("pdfinfo", pdf).splitlines())
    assert info["Title"].strip() == "吕梁市行政审批服务管理局2023年度部门预算公开"
    assert info["Tagged"].strip() == "yes"
    assert info["Page size"].strip() == "595.276 x 841.89 pts (A4)"
    assert 50 <= int(info["Pages"]) <= 62


def test_every_page_is_a4_upright_or_lying(reader: PdfReader) -> None:
    sizes = {tuple(sorted((float(page.mediabox.width), float(page.mediabox.height)))) for page in reader.pages}
    assert len(sizes) == 1
    assert sizes.pop() == pytest.approx((595.28, 841.89), abs=0.01)


def test_qpdf_finds_nothing_to_complain_about(pdf: Path) -> None:
    assert "No syntax or stream encoding errors found" in output_of("qpdf", "--check", pdf)


def test_all_fonts_are_embedded_and_map_to_unicode(pdf: Path) -> None:
    _, rule, *fonts = output_of("pdffonts", pdf).splitlines()
    columns = [match.start() for match in re.finditer(r"-+", rule)]
    assert fonts
    for font in fonts:
        embedded, _, to_unicode = font[columns[3] :].split()[:3]
        assert (embedded, to_unicode) == ("yes", "yes"), font


def test_catalogue_says_language_and_tagging(reader: PdfReader) -> None:
    marks = reader.root_object["/MarkInfo"]
    assert str(reader.root_object["/Lang"]) == "zh-CN"
    assert isinstance(marks, DictionaryObject)
    assert str(marks["/Marked"]) == "True"


def test_two_processes_with_different_hash_seeds_write_the_same_bytes(pdf: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from discgen.load.workspace import Target, Workspace;"
        "from discgen.publish import publish;"
        f"assert publish(Workspace(Path(sys.argv[1])), Target{(TARGET.department, TARGET.year, TARGET.kind)}).path"
    )
    running = []
    for seed in ("1", "2"):
        root = tmp_path / seed
        shutil.copytree(ROOT / "departments" / TARGET.department, root / "departments" / TARGET.department)
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
        running.append(subprocess.Popen([sys.executable, "-c", program, root], env=environment, cwd=root))
    assert [process.wait() for process in running] == [0, 0]
    name = pdf.relative_to(pdf.parents[2])
    assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


# --- the data inside ---


def test_attached_data_has_every_amount_as_an_exact_string(reader: PdfReader) -> None:
    data = json.loads(reader.attachments["discgen.json"][0])
    amounts = [
        cell["yuan"] for table in data["tables"] for row in table["rows"] for cell in row if isinstance(cell, dict)
    ]
    assert len(amounts) > 500
    assert all(isinstance(amount, str) and re.fullmatch(r"-?\d+(\.\d{1,2})?", amount) for amount in amounts)


def test_attached_data_has_the_amounts_of_the_projects(reader: PdfReader) -> None:
    data = json.loads(reader.attachments["discgen.json"][0])
    rows = next(table["rows"] for table in data["tables"] if table["number"] == 12)
    attached = {row[0]: Decimal(row[1]["yuan"]) for row in rows}
    facts = {project["name"]: sum(line["amount"] for line in project["amounts"]) for project in project_files()}
    assert attached == facts


def project_files() -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(PROJECTS.glob("*.yaml"))]


# --- finding one's way ---


def contents(pages: list[ReadPage]) -> list[tuple[str, int]]:
    """The entries of the contents: what they name and the page they give."""
    lines = [line.text for page in pages if page.footer is None for line in page.lines]
    return [(match[1], int(match[2])) for line in lines if (match := re.fullmatch(r"(.*\D)(\d+)", line))]


def bookmarks(outline: Iterable[Any]) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from bookmarks(entry)
        else:
            yield plain(entry.title)


def attached_titles(reader: PdfReader) -> list[str]:
    return [plain(table["title"]) for table in json.loads(reader.attachments["discgen.json"][0])["tables"]]


def test_bookmarks_lead_to_the_parts_and_the_tables(reader: PdfReader) -> None:
    titles = list(bookmarks(reader.outline))
    parts = [title for title in titles if title.startswith("第")]
    assert parts == [
        "第一部分概况",
        "第二部分2023年部门预算报表",
        "第三部分2023年度部门预算情况说明",
        "第四部分名词解释",
    ]
    tables = attached_titles(reader)
    assert len(tables) == 13
    assert [title for title in titles if title in tables] == tables


def test_contents_name_the_parts_the_tables_and_the_sections(pages: list[ReadPage], reader: PdfReader) -> None:
    names = [name for name, _ in contents(pages)]
    assert [name for name in names if name in attached_titles(reader)] == attached_titles(reader)
    assert len([name for name in names if re.match(r"第[一二三四]部分", name)]) == 4
    assert len(names) == 4 + 2 + 13 + 12


def test_contents_give_the_numbers_of_the_pages_where_the_headings_stand(pages: list[ReadPage]) -> None:
    for name, number in contents(pages):
        stands_on = [page.footer for page in pages if page.footer is not None and page.says(name)]
        assert stands_on == [number], name


def test_cover_and_contents_have_no_number_and_the_rest_count_from_1(pages: list[ReadPage]) -> None:
    front = next(index for index, page in enumerate(pages) if page.footer is not None)
    cover, *listing = pages[:front]
    assert [line.text for line in cover.lines] == ["吕梁市行政审批服务管理局", "2023年度部门预算公开"]
    assert listing
    assert len(contents(listing)) == sum(len(page.lines) for page in listing) - 1  # all but the word 目录
    assert [page.footer for page in pages[front:]] == list(range(1, len(pages) - front + 1))


# --- tables and sheets on their pages ---


def budget_tables(pages: list[ReadPage]) -> dict[int, list[list[list[str]]]]:
    """The pieces of each budget table, a piece a page."""
    result: dict[int, list[list[list[str]]]] = {}
    number = 0
    for page in pages:
        labels = [match for line in page.lines if (match := re.fullmatch(r"预算公开表(\d+)", line.text))]
        if labels:
            number = int(labels[0][1])
        elif not page.tables:
            continue
        if page.says(GOAL_SHEET):
            break
        result.setdefault(number, []).extend(page.tables)
    return result


def test_there_are_thirteen_tables_and_some_span_pages(pages: list[ReadPage]) -> None:
    pieces = budget_tables(pages)
    assert list(pieces) == list(range(1, 14))
    assert any(len(parts) > 1 for parts in pieces.values())


def test_a_table_that_spans_pages_repeats_its_head(pages: list[ReadPage], reader: PdfReader) -> None:
    heads = {table["number"]: first_row(table) for table in json.loads(reader.attachments["discgen.json"][0])["tables"]}
    for number, (first, *others) in budget_tables(pages).items():
        head = first[: next((at for at, row in enumerate(first) if row[0] == heads[number]), len(first))]
        assert head
        for other in others:
            assert other[: len(head)] == head, number
            assert len(other) > len(head), number


def first_row(table: dict[str, Any]) -> str | None:
    """The name in the first row of a table's data."""
    return plain(table["rows"][0][0]) if table["rows"] else None


def test_no_row_is_cut_between_pages(pages: list[ReadPage]) -> None:
    names = [row[0] for piece in budget_tables(pages)[12] for row in piece if row[1].endswith(tuple("0123456789"))]
    assert [name for name in names if name != "1"] == [plain(project["name"]) for project in project_files()]


def test_every_goal_sheet_stands_on_one_page(pages: list[ReadPage]) -> None:
    sheets = [index for index, page in enumerate(pages) if page.says(GOAL_SHEET)]
    names = [pages[index].tables[0][0][2] for index in sheets]
    assert names == [plain(project["name"]) for project in project_files()]
    for index in sheets:
        [table] = pages[index].tables
        assert table[0][0] == "项目名称"
        assert len([row for row in table if "服务对象满意度指标" in row]) == 1, f"{table[0][2]} is cut off"
    beyond = [
        page.footer for index, page in enumerate(pages) if index > sheets[0] and index not in sheets and page.tables
    ]
    assert not beyond, f"sheets run on to pages {beyond}"


def test_filling_date_stands_on_its_sheet(pages: list[ReadPage]) -> None:
    dated = [plain(project["name"]) for project in project_files() if "filled_on" in project["goal_sheet"]]
    found = [
        page.tables[0][0][2]
        for page in pages
        if page.says(GOAL_SHEET) and any(re.fullmatch(r"填报日期：\d+年\d+月\d+日", line.text) for line in page.lines)
    ]
    assert found == dated


# --- text ---


def test_full_lines_of_paragraphs_end_at_the_right_margin(pages: list[ReadPage]) -> None:
    margin = 595.276 - RIGHT_MARGIN
    full = [line for page in pages for line in full_lines(page)]
    assert len(full) > 50
    for line in full:
        assert line.right == pytest.approx(margin, abs=1), line


def full_lines(page: ReadPage) -> Iterator[Line]:
    """The lines of body text that the next line carries on: it begins at the margin, not indented."""
    body = [line for line in page.lines if line.size == pytest.approx(BODY_SIZE, abs=0.1)]
    if page.footer is None or page.tables:
        return
    for line, following in pairwise(body):
        if following.left == pytest.approx(RIGHT_MARGIN, abs=1):
            yield line


def test_body_text_keeps_within_the_margins_on_every_page_without_a_table(pages: list[ReadPage]) -> None:
    for page in pages:
        if page.footer is not None and not page.tables:
            outside = [
                line for line in page.lines if line.left < RIGHT_MARGIN - 1 or line.right > 595.276 - RIGHT_MARGIN + 1
            ]
            assert not outside, page.footer


def test_no_staff_and_no_telephone_numbers_are_named(pdf: Path) -> None:
    text = plain(output_of("pdftotext", pdf, "-"))
    assert "填报日期" in text
    assert not re.search(r"1[3-9]\d{9}|经办人|联系电话|负责人[：:]", text)
