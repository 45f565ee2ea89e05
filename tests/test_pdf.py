"""The PDF as a file and as pages: read back with poppler, qpdf, pypdf and pdfplumber."""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from discgen.load.workspace import Target
from tests.readback import DEPARTMENT, ROOT, Edition, Line, ReadPage, copied, plain

PAGE_COUNTS = {2023: range(50, 63), 2024: range(100, 126)}
GOAL_SHEETS = {
    2023: "吕梁市市级预算部门（单位）项目支出绩效目标申报表",
    2024: "吕梁市市级预算部门（单位）项目支出绩效目标表",
}
RIGHT_MARGIN = 73.64
BODY_SIZE = 16

pytestmark = pytest.mark.slow


@pytest.fixture
def pdf(edition: Edition) -> Path:
    return edition.pdf


@pytest.fixture
def pages(edition: Edition) -> list[ReadPage]:
    return edition.pages


@pytest.fixture
def reader(edition: Edition) -> PdfReader:
    return edition.reader


@pytest.fixture
def sheets(edition: Edition) -> list[ReadPage]:
    """The pages with a goal sheet."""
    return [page for page in edition.pages if page.says(GOAL_SHEETS[edition.year])]


def output_of(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


# --- the file ---


def test_pdfinfo_reports_a_tagged_a4_document_with_its_title(edition: Edition) -> None:
    info = dict(line.split(":", 1) for line in output_of("pdfinfo", edition.pdf).splitlines())
    assert info["Title"].strip() == f"吕梁市行政审批服务管理局{edition.year}年度部门预算公开"
    assert info["Tagged"].strip() == "yes"
    assert info["Page size"].strip() == "595.276 x 841.89 pts (A4)"
    assert int(info["Pages"]) in PAGE_COUNTS[edition.year]


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


def test_two_processes_with_different_hash_seeds_write_the_same_bytes(
    editions: dict[int, Edition], tmp_path: Path
) -> None:
    target = Target(DEPARTMENT, 2023, "budget")
    program = (
        "import sys; from pathlib import Path; from discgen.load.workspace import Target, Workspace;"
        "from discgen.publish import publish;"
        f"assert publish(Workspace(Path(sys.argv[1])), Target{(target.department, target.year, target.kind)}).path"
    )
    running = []
    for seed in ("1", "2"):
        root = copied(tmp_path / seed)
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
        running.append(subprocess.Popen([sys.executable, "-c", program, root], env=environment, cwd=root))
    assert [process.wait() for process in running] == [0, 0]
    pdf = editions[target.year].pdf
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


def test_attached_data_has_the_amounts_of_the_projects(edition: Edition) -> None:
    data = json.loads(edition.reader.attachments["discgen.json"][0])
    rows = next(table["rows"] for table in data["tables"] if table["number"] == 12)
    attached = [(row[0], Decimal(row[1]["yuan"])) for row in rows]
    assert attached == [(it["name"], sum(line["amount"] for line in it["amounts"])) for it in edition.projects]


def project_names(edition: Edition) -> list[str]:
    return [plain(project["name"]) for project in edition.projects]


# --- finding one's way ---


def contents(pages: list[ReadPage]) -> list[tuple[str, int]]:
    """The entries of the contents: what they name, a table without its number, and the page they give."""
    lines = [line.text for page in pages if page.footer is None for line in page.lines]
    entries = [match for line in lines if (match := re.fullmatch(r"(?:表[一二三四五六七八九十]+)?(.*\D)(\d+)", line))]
    return [(entry[1], int(entry[2])) for entry in entries]


def bookmarks(outline: Iterable[Any]) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from bookmarks(entry)
        else:
            yield plain(entry.title)


def attached_titles(reader: PdfReader) -> list[str]:
    return [plain(table["title"]) for table in json.loads(reader.attachments["discgen.json"][0])["tables"]]


def test_bookmarks_lead_to_the_parts_and_the_tables(edition: Edition) -> None:
    titles = list(bookmarks(edition.reader.outline))
    parts = [title for title in titles if title.startswith("第")]
    assert parts == [
        "第一部分概况",
        f"第二部分{edition.year}年部门预算报表",
        f"第三部分{edition.year}年度部门预算情况说明",
        "第四部分名词解释",
    ]
    tables = attached_titles(edition.reader)
    assert len(tables) == 13
    assert [title for title in titles if title in tables] == tables


def test_contents_name_the_parts_the_tables_and_the_sections(pages: list[ReadPage], reader: PdfReader) -> None:
    names = [name for name, _ in contents(pages)]
    assert [name for name in names if name in attached_titles(reader)] == attached_titles(reader)
    assert len([name for name in names if re.match(r"第[一二三四]部分", name)]) == 4
    annexes = [name for name in names if name.startswith("附件")]
    assert len(names) - len(annexes) == 4 + 2 + 13 + 12


def test_contents_give_the_numbers_of_the_pages_where_the_headings_stand(pages: list[ReadPage]) -> None:
    for name, number in contents(pages):
        stands_on = [page.footer for page in pages if page.footer is not None and page.says(name)]
        assert stands_on == [number], name


def test_cover_and_contents_have_no_number_and_the_rest_count_from_1(edition: Edition) -> None:
    pages = edition.pages
    front = next(index for index, page in enumerate(pages) if page.footer is not None)
    cover, *listing = pages[:front]
    assert [line.text for line in cover.lines] == ["吕梁市行政审批服务管理局", f"{edition.year}年度部门预算公开"]
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
        if any(page.says(title) for title in GOAL_SHEETS.values()):
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


def test_no_row_is_cut_between_pages(edition: Edition) -> None:
    names = [
        row[0] for piece in budget_tables(edition.pages)[12] for row in piece if row[1].endswith(tuple("0123456789"))
    ]
    assert [name for name in names if name != "1"] == project_names(edition)


def test_every_goal_sheet_stands_on_one_page(edition: Edition, sheets: list[ReadPage]) -> None:
    assert [page.tables[0][0][2] for page in sheets] == project_names(edition)
    for page in sheets:
        [table] = page.tables
        assert table[0][0] == "项目名称"
        assert len([row for row in table if "服务对象满意度指标" in row]) == 1, f"{table[0][2]} is cut off"
    after = edition.pages[edition.pages.index(sheets[0]) :]
    beyond = [page.footer for page in after if page.tables and page not in sheets and not page.is_annex]
    assert not beyond, f"sheets run on to pages {beyond}"


def test_filling_date_stands_on_its_sheet(edition: Edition, sheets: list[ReadPage]) -> None:
    dated = [plain(project["name"]) for project in edition.projects if "filled_on" in project["goal_sheet"]]
    found = [
        page.tables[0][0][2]
        for page in sheets
        if any(re.fullmatch(r"填报日期：\d+年\d+月\d+日", line.text) for line in page.lines)
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
    assert not re.search(r"(?<![A-Z\d])1[3-9]\d{9}|经办人|联系电话|负责人[：:]", text)
