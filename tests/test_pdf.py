"""The PDF as a file and as pages: read back with poppler, qpdf, pypdf and pdfplumber."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from discgen.load.target import Target
from tests.conformance import complaints, elements, gaps, misplaced, ragged, second_opinion, violations
from tests.readback import (
    BODY_SIZE,
    LVLIANG_2023,
    LVLIANG_2024,
    PUTUO_2024,
    WANLI_2025,
    XIAOYI_2024,
    XINZHOU_2022,
    ZGQ_2025,
    Edition,
    Line,
    ReadPage,
    plain,
)

RIGHT_MARGIN = 73.64
REPORT_SIZE = 12
"""That of self-evaluation reports, whose pages have narrower margins; one may end on a page without a table."""


class Looks(NamedTuple):
    """What only a person can say of a document: its cover, its length, and how many headings the contents name."""

    cover: str
    pages: range
    parts: tuple[str, ...]
    tables: int
    headings: int
    title: str = ""
    """Where it is not the cover."""


def shanxi_parts(tables: str, situation: str) -> tuple[str, ...]:
    """The parts of a document of a department in 山西."""
    return ("第一部分概况", f"第二部分{tables}", f"第三部分{situation}", "第四部分名词解释")


LOOKS = {
    LVLIANG_2023: Looks(
        cover="吕梁市行政审批服务管理局2023年度部门预算公开",
        pages=range(50, 63),
        parts=shanxi_parts("2023年部门预算报表", "2023年度部门预算情况说明"),
        tables=13,
        headings=2 + 12,
    ),
    LVLIANG_2024: Looks(
        cover="吕梁市行政审批服务管理局2024年度部门预算公开",
        pages=range(92, 112),
        parts=shanxi_parts("2024年部门预算报表", "2024年度部门预算情况说明"),
        tables=13,
        headings=2 + 12,
    ),
    ZGQ_2025: Looks(
        cover="山西转型综合改革示范区行政审批局2025年度部门预算公开",
        pages=range(38, 46),
        parts=shanxi_parts("2025年部门预算报表", "2025年度部门预算情况说明"),
        tables=13,
        headings=2 + 12,
    ),
    XINZHOU_2022: Looks(
        cover="忻州市行政审批服务管理局2022年度部门预算",
        pages=range(45, 56),
        parts=shanxi_parts("2022年度部门预算报表", "2022年度部门预算情况说明"),
        tables=10,
        headings=2 + 6,
    ),
    XIAOYI_2024: Looks(
        cover="孝义市行政审批服务管理局2024年度部门决算公开",
        pages=range(48, 76),
        parts=(*shanxi_parts("2024年部门决算表", "情况说明"), "第五部分附件"),
        tables=10,
        headings=2 + 10 + 16,
    ),
    WANLI_2025: Looks(
        cover="上海市普陀区2025年区级部门预算预算主管部门：上海市普陀区人民政府万里街道办事处",
        pages=range(25, 32),
        parts=(
            *("部门主要职能", "部门机构设置", "名词解释", "部门预算编制说明", "部门预算表"),
            *("其他相关情况说明", "项目经费情况说明"),
        ),
        tables=9,
        headings=0,
        title="上海市普陀区人民政府万里街道办事处2025年部门预算",
    ),
    PUTUO_2024: Looks(
        cover="上海市普陀区财政局2024年度部门决算",
        pages=range(20, 25),
        parts=(
            *("第一部分上海市普陀区财政局概况", "第二部分上海市普陀区财政局2024年度部门决算表"),
            *("第三部分上海市普陀区财政局2024年度部门决算情况说明", "第四部分名词解释"),
        ),
        tables=9,
        headings=2 + 11,
    ),
}
WITH_SHEETS = (LVLIANG_2023, LVLIANG_2024, XINZHOU_2022, ZGQ_2025)

pytestmark = pytest.mark.slow


@pytest.fixture
def looks(edition: Edition) -> Looks:
    return LOOKS[edition.target]


@pytest.fixture
def pdf(edition: Edition) -> Path:
    return edition.pdf


@pytest.fixture
def pages(edition: Edition) -> list[ReadPage]:
    return edition.pages


@pytest.fixture
def reader(edition: Edition) -> PdfReader:
    return edition.reader


def goal_sheets(edition: Edition) -> list[ReadPage]:
    """The pages with a goal sheet."""
    return [page for page in edition.pages if page.is_goal_sheet]


@pytest.fixture(params=WITH_SHEETS, ids=str)
def with_sheets(request: pytest.FixtureRequest, editions: dict[Target, Edition]) -> Edition:
    """Each document with goal sheets in turn."""
    return editions[request.param]


def output_of(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


# --- the file ---


def test_pdfinfo_reports_a_tagged_a4_document_with_its_title(edition: Edition, looks: Looks) -> None:
    info = dict(line.split(":", 1) for line in output_of("pdfinfo", edition.pdf).splitlines())
    assert info["Title"].strip() == (looks.title or looks.cover)
    assert info["Tagged"].strip() == "yes"
    assert info["Page size"].strip() == "595.276 x 841.89 pts (A4)"
    assert int(info["Pages"]) in looks.pages


def test_every_page_is_a4_upright_or_lying(reader: PdfReader) -> None:
    sizes = {tuple(sorted((float(page.mediabox.width), float(page.mediabox.height)))) for page in reader.pages}
    assert len(sizes) == 1
    assert sizes.pop() == pytest.approx((595.28, 841.89), abs=0.01)


def test_readers_find_nothing_to_complain_about(pdf: Path, tmp_path: Path) -> None:
    assert complaints(pdf, tmp_path / "copy.pdf") == []


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


def test_the_document_is_the_pdf_ua_and_pdf_a_that_it_says_it_is(edition: Edition) -> None:
    assert violations(edition.pdf) == []
    assert second_opinion(edition.pdf, of_meaning=False) == []


def test_lists_and_tables_are_whole_and_no_level_of_headings_is_left_out(reader: PdfReader) -> None:
    tree = elements(reader)
    assert len(tree) > 1000
    assert misplaced(tree) == []
    assert gaps(tree) == []
    assert ragged(tree) == []


# --- the data inside ---


def test_attached_data_has_every_amount_as_an_exact_string(edition: Edition) -> None:
    amounts = [
        cell["yuan"]
        for table in edition.data["tables"]
        for row in table["rows"]
        for cell in row
        if isinstance(cell, dict)
    ]
    assert len(amounts) > 200
    assert all(isinstance(amount, str) and re.fullmatch(r"-?\d+(\.\d{1,2})?", amount) for amount in amounts)


@pytest.mark.parametrize("target", [LVLIANG_2023, LVLIANG_2024, ZGQ_2025], ids=str)
def test_attached_data_has_the_amounts_of_the_projects(editions: dict[Target, Edition], target: Target) -> None:
    edition = editions[target]
    projects = [(it["name"], sum(line["amount"] for line in it["amounts"])) for it in edition.files("projects")]
    rows = next(table["rows"] for table in edition.data["tables"] if table["number"] == 12)
    attached = [(row[0], Decimal(row[1]["yuan"])) for row in rows]
    assert attached[-len(projects) :] == projects
    assert {amount for _, amount in attached[: -len(projects)]} <= {sum(amount for _, amount in projects)}


# --- finding one's way ---


def contents(edition: Edition) -> list[tuple[str, int]]:
    """The entries of the contents: what they name, a table without its number, and the page they give."""
    lines = [line.text for page in edition.pages if page.footer is None for line in page.lines]
    entries = [match for line in lines if (match := re.fullmatch(r"(.*?)\.*(\d+)", line))]
    return [(named(edition, entry[1]), int(entry[2])) for entry in entries]


def named(edition: Edition, entry: str) -> str:
    """The title of the table or the part that the entry names, after a number or the department, or the entry itself."""
    titles = (*edition.tables, *edition.parts)
    return max((title for title in titles if entry.endswith(title)), key=len, default=entry)


def bookmarks(outline: Iterable[Any]) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from bookmarks(entry)
        else:
            yield plain(entry.title)


def test_bookmarks_lead_to_the_parts_and_the_tables(edition: Edition, looks: Looks) -> None:
    titles = list(bookmarks(edition.reader.outline))
    assert tuple(edition.parts) == looks.parts
    assert [title for title in titles if title in looks.parts] == list(looks.parts)
    assert [title for title in titles if title in edition.tables] == list(edition.tables)
    assert list(edition.tables.values()) == list(range(1, looks.tables + 1))


def test_contents_name_the_parts_the_tables_and_the_sections(edition: Edition, looks: Looks) -> None:
    names = [name for name, _ in contents(edition)]
    assert [name for name in names if name in edition.tables] == list(edition.tables)
    assert [name for name in names if name in looks.parts] == list(looks.parts)
    annexes = [name for name in names if name.startswith("附件")]
    assert len(names) - len(annexes) == len(looks.parts) + looks.tables + looks.headings


def test_contents_give_the_numbers_of_the_pages_where_the_headings_stand(edition: Edition) -> None:
    for name, number in contents(edition):
        headings = {name, f"项目名称：{name}"}  # a report is headed by the name of its project
        stands_on = [page.footer for page in edition.pages if page.footer is not None and any(map(page.says, headings))]
        assert stands_on == [number], name


def test_page_numbers_in_the_contents_end_flush(edition: Edition) -> None:
    lines = [line for page in edition.pages if page.footer is None for line in page.lines]
    ends = [line.right for line in lines if re.search(r"\.\d+$", line.text)]
    assert len(ends) > 10
    assert max(ends) - min(ends) < 1


def test_cover_and_contents_have_no_number_and_the_rest_count_from_1(edition: Edition, looks: Looks) -> None:
    pages = edition.pages
    front = next(index for index, page in enumerate(pages) if page.footer is not None)
    cover, *listing = pages[:front]
    assert "".join(line.text for line in cover.lines) == looks.cover
    assert listing
    assert len(contents(edition)) == sum(len(page.lines) for page in listing) - 1  # all but the word 目录
    assert [page.footer for page in pages[front:]] == list(range(1, len(pages) - front + 1))


# --- tables and sheets on their pages ---


def pages_of_tables(edition: Edition) -> dict[int, list[ReadPage]]:
    """The pages on which each table stands."""
    result: dict[int, list[ReadPage]] = {}
    number = 0
    for page in edition.pages:
        titles = [edition.tables[line.text] for line in page.lines if line.text in edition.tables]
        if page.footer is None:
            continue
        if not titles and (not page.tables or any(line.text in edition.parts for line in page.lines)):
            number = 0
        number = titles[0] if titles else number
        if number:
            result.setdefault(number, []).append(page)
    return result


def pieces_of_tables(edition: Edition) -> dict[int, list[list[list[str]]]]:
    """The pieces of each table, a piece a page."""
    return {
        number: [one for page in pages for one in page.tables] for number, pages in pages_of_tables(edition).items()
    }


def rows_of(edition: Edition, number: int) -> list[list[str]]:
    """What the rows of a table show, as the attached data says."""
    rows = next(table["rows"] for table in edition.data["tables"] if table["number"] == number)
    return [filled(cell["shown"] if isinstance(cell, dict) else cell for cell in row) for row in rows]


def filled(row: Iterable[str]) -> list[str]:
    return [plain(cell) for cell in row if cell]


def test_all_tables_are_there_and_some_span_pages(edition: Edition, looks: Looks) -> None:
    pieces = pieces_of_tables(edition)
    assert list(pieces) == list(range(1, looks.tables + 1))
    assert all(pieces.values())


def test_every_row_is_whole_under_a_head_that_is_repeated_on_every_page(edition: Edition) -> None:
    for number, pieces in pieces_of_tables(edition).items():
        rows = rows_of(edition, number)
        first, *others = [[filled(row) for row in piece] for piece in pieces]
        head = first[: first.index(rows[0])] if rows else first
        assert head
        for other in others:
            assert other[: len(head)] == head, number
            assert len(other) > len(head), number
        assert [row for piece in (first, *others) for row in piece[len(head) :]] == rows


def test_every_further_page_of_a_table_says_what_it_is_and_its_unit(edition: Edition) -> None:
    titles = {number: title for title, number in edition.tables.items()}
    for number, (first, *others) in pages_of_tables(edition).items():
        [unit] = {found[0] for line in first.lines if (found := re.search(r"(金额)?单位：\w+$", line.text))}
        for page in others:
            assert page.lines[0].text == f"{titles[number]}（续）{unit}"


def test_an_annex_parts_no_row_from_the_first_below_it_and_ends_with_four_rows_or_more(
    editions: dict[Target, Edition],
) -> None:
    pieces = [page.tables[0] for page in editions[LVLIANG_2024].pages if page.is_annex]
    assert len(pieces) > 40
    for before, after in pairwise(pieces):
        assert depth(after[1]) <= depth(before[-1]), before[-1]
    assert len(pieces[-1]) >= 1 + 4


def depth(row: list[str]) -> int:
    """How deep an annex's row stands: its name is in the column of its level, that of a group in the first."""
    return max(at for at, cell in enumerate(row) if cell)


def test_every_goal_sheet_stands_on_one_page(with_sheets: Edition) -> None:
    sheets = goal_sheets(with_sheets)
    assert [page.tables[0][0][2] for page in sheets] == [plain(facts["name"]) for facts in with_sheets.sheets]
    for page in sheets:
        [table] = page.tables
        assert table[0][0] == "项目名称"
        assert len([row for row in table if "服务对象满意度指标" in row]) == 1, f"{table[0][2]} is cut off"
    after = with_sheets.pages[with_sheets.pages.index(sheets[0]) :]
    beyond = [page.footer for page in after if page.tables and page not in sheets and not page.is_annex]
    assert not beyond, f"sheets run on to pages {beyond}"


def test_filling_date_stands_on_its_sheet(with_sheets: Edition) -> None:
    dated = [plain(facts["name"]) for facts in with_sheets.sheets if "filled_on" in facts["goal_sheet"]]
    found = [
        page.tables[0][0][2]
        for page in goal_sheets(with_sheets)
        if any(re.fullmatch(r"填报日期：\d+年\d+月\d+日", line.text) for line in page.lines)
    ]
    assert found == dated


# --- text ---


def test_full_lines_of_paragraphs_end_at_the_right_margin(pages: list[ReadPage]) -> None:
    """All but the few that would be stretched so far that readers see spaces: see tests/test_typography.py."""
    margin = 595.276 - RIGHT_MARGIN
    full = [line for page in pages for line in full_lines(page)]
    assert len(full) > 50
    short = [line for line in full if ink_end(line) < margin - 1]
    assert len(short) <= len(full) / 20, short
    assert all(ink_end(line) <= margin + 1 for line in full)


def ink_end(line: Line) -> float:
    """Where the line ends: the empty half of a mark that was squeezed stands beyond the margin."""
    beyond = line.right - (595.276 - RIGHT_MARGIN)
    return line.right - line.size / 2 if line.text[-1] in "，。、；：！？）》”’" and beyond > 1 else line.right


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
        is_report = any(line.size == pytest.approx(REPORT_SIZE, abs=0.1) for line in page.lines)
        if page.footer is not None and not page.tables and not is_report:
            outside = [
                line
                for line in page.lines
                if line.left < RIGHT_MARGIN - 1 or ink_end(line) > 595.276 - RIGHT_MARGIN + 1
            ]
            assert not outside, page.footer


def test_no_staff_and_no_telephone_numbers_are_named(pdf: Path, looks: Looks) -> None:
    text = output_of("pdftotext", pdf, "-")
    assert looks.cover in plain(text)
    assert not re.search(r"(?<![A-Z\d])1[3-9]\d{9}", re.sub("[ -]", "", text))
    assert not re.search(r"经办人(?!员)|联系电话|负责人[：:]", plain(text))


@pytest.fixture
def shanghai(editions: dict[Target, Edition]) -> Edition:
    return editions[Target("wanli-street", 2025, "budget")]


def test_a_form_puts_its_title_over_the_department_which_has_one_line(shanghai: Edition) -> None:
    """As all budgets of 普陀区 have it: the title in large type, and beneath it who answers for the budget."""
    assert [(line.text, round(line.size)) for line in shanghai.pages[0].lines] == [
        ("上海市普陀区2025年区级部门预算", 26),
        ("预算主管部门：上海市普陀区人民政府万里街道办事处", 16),
    ]
