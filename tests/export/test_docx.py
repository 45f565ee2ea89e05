from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from discgen.diagnostics import Place, error
from discgen.document import Document
from discgen.export.word.file import as_docx
from discgen.export.word.styles import office_font
from discgen.load.target import Target
from discgen.narrative.blocks import Paragraph
from discgen.view.page import view_document
from discgen.view.pieces import HeadingView
from discgen.view.table import TableView
from discgen.view.units import units_of
from discgen.word.style import StyleSheet
from tests.conftest import Demo
from tests.export.workspaces import document_of, one_of_each_form
from tests.readback import Edition
from tests.word_files import WITH_WRITER, W, WordFile, cells, converted, text_of, value

AMOUNT = re.compile(r"(?<![\d,.])-?(?:\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d+\.\d\d)(?![\d,.])")


def word_file(document: Document) -> WordFile:
    (data,) = as_docx(document).values()
    return WordFile(data)


@pytest.fixture(scope="module")
def shanxi() -> WordFile:
    return word_file(document_of(Target("_example-all", 2025, "budget")))


@pytest.fixture(scope="module")
def shanghai() -> WordFile:
    return word_file(document_of(Target("wanli-street", 2025, "budget")))


@pytest.mark.slow
@pytest.mark.parametrize("target", one_of_each_form(), ids=str)
def test_it_says_what_the_pdf_is_made_from(target: Target) -> None:
    document = document_of(target)
    view, made = view_document(document), word_file(document)
    pieces = [piece for unit in units_of(view) for piece in unit.pieces]
    texts = [text for _, text in made.paragraphs()]
    said = [piece.text for piece in pieces if isinstance(piece, Paragraph | HeadingView)]
    assert len(said) > 20
    assert Counter(" ".join(text.split(" ")).strip() for text in said) - Counter(texts) == Counter()
    tables = iter(made.tables)
    for table in (piece for piece in pieces if isinstance(piece, TableView)):
        body = cells(next(tables))[len(table.heads) :]
        assert body == [[cell.text for cell in row.cells] for row in table.rows]


def test_the_same_document_makes_the_same_bytes(workspace: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    first = as_docx(workspace.document())
    # What the archive and the library take for today.
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert as_docx(workspace.document()) == first
    assert list(first) == ["2023-budget.docx"]
    core = WordFile(first["2023-budget.docx"]).parts["docProps/core.xml"].decode()
    assert re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core) == ["2000-01-01T00:00:00Z"] * 2


def test_headings_are_headings_and_tables_have_theirs(shanxi: WordFile) -> None:
    headings = [(style, text) for style, text in shanxi.paragraphs() if style.startswith("heading")]
    assert headings[:3] == [
        ("heading 1", "第一部分 概况"),
        ("heading 2", "一、本部门职责"),
        ("heading 2", "二、机构设置情况"),
    ]
    # The contents call it 表一　2025年预算收支总表, and take that from a field.
    assert ("标题 2（不自动入目录）", "2025年预算收支总表") in set(shanxi.paragraphs())
    levels = {
        value(style, "name"): value(style, "pPr/outlineLvl")
        for style in shanxi.xml("word/styles.xml").iter(f"{W}style")
    }
    assert [levels[f"heading {level}"] for level in (1, 2, 3)] == ["0", "1", "2"]


def test_the_contents_are_a_field_that_is_filled_and_renewed(shanxi: WordFile) -> None:
    document = document_of(Target("_example-all", 2025, "budget"))
    codes = [code.text or "" for code in shanxi.body.iter(f"{W}instrText")]
    assert codes[0].split() == ["TOC", "\\o", '"1-2"', "\\h", "\\z", "\\f"]
    own = [code for code in codes if code.strip().startswith("TC ")]
    assert len(own) == 13, "the titles of tables, which stand in the contents with their numbers"
    entries = [text.split("\t") for style, text in shanxi.paragraphs() if style.startswith("toc ")]
    assert [text for text, _ in entries] == [entry.text for entry in view_document(document).contents]
    numbers = [int(number) for _, number in entries]
    assert numbers == sorted(numbers)
    assert (numbers[0], numbers[2:4]) == (1, [1, 2])
    begin = next(shanxi.body.iter(f"{W}fldChar"))
    assert begin.get(f"{W}dirty") == "true"
    assert value(shanxi.xml("word/settings.xml"), "updateFields") == "true"


def test_each_line_of_the_contents_leads_to_its_heading(shanxi: WordFile) -> None:
    marks = {
        start.get(f"{W}name"): text_of(paragraph)
        for paragraph in shanxi.body.iter(f"{W}p")
        for start in paragraph.findall(f"{W}bookmarkStart")
    }
    links = [(link.get(f"{W}anchor"), text_of(link).partition("\t")[0]) for link in shanxi.body.iter(f"{W}hyperlink")]
    assert len(links) > 20
    assert all(text.endswith(marks[anchor]) for anchor, text in links)
    kinds = Counter(char.get(f"{W}fldCharType") for char in shanxi.body.iter(f"{W}fldChar"))
    assert kinds["begin"] == kinds["end"]


def test_what_the_contents_call_otherwise_is_in_them_by_a_field_of_its_own(shanghai: WordFile) -> None:
    styles = {text: style for style, text in shanghai.paragraphs()}
    assert styles["部门主要职能"] == "标题 1（不自动入目录）"
    codes = [code.text or "" for code in shanghai.body.iter(f"{W}instrText")]
    assert ' TC "一、部门主要职能" \\l 1 ' in codes
    assert ' TC "1. 2025年部门财务收支预算总表" \\l 2 ' in codes


def test_tables_repeat_their_heads_and_fill_the_page(shanxi: WordFile) -> None:
    table = shanxi.tables[1]  # 预算收入总表
    rows = table.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows[:3]] == [True, True, False]
    first, second = (
        [value(cell, "tcPr/gridSpan") or value(cell, "tcPr/vMerge") for cell in row.findall(f"{W}tc")]
        for row in rows[:2]
    )
    assert first[:2] == ["2", "6"]
    assert first[-1] == "restart"
    assert second[-1] == "continue"
    widths = [int(column.get(f"{W}w", "")) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
    assert sum(widths) == int(value(table, "tblPr/tblW", "w") or 0)
    for row in rows:
        spans = [int(value(cell, "tcPr/gridSpan") or 1) for cell in row.findall(f"{W}tc")]
        assert sum(spans) == len(widths)


def test_amounts_stand_on_the_right(shanxi: WordFile) -> None:
    sides = {
        style.get(f"{W}styleId"): value(style, "pPr/jc") for style in shanxi.xml("word/styles.xml").iter(f"{W}style")
    }
    amounts = [
        value(paragraph, "pPr/pStyle")
        for table in shanxi.tables[:11]
        for paragraph in table.iter(f"{W}p")
        if AMOUNT.fullmatch(text_of(paragraph))
    ]
    assert len(amounts) > 100
    assert {sides[style] for style in amounts} == {"right"}


def test_wide_tables_lie_on_their_side_and_only_the_body_has_page_numbers(shanxi: WordFile) -> None:
    sections = list(shanxi.body.iter(f"{W}sectPr"))
    sizes = {
        (value(section, "pgSz", "orient"), value(section, "pgSz", "w"), value(section, "pgSz", "h"))
        for section in sections
    }
    assert sizes == {("", "11906", "16838"), ("landscape", "16838", "11906")}
    assert [value(section, "pgNumType", "start") for section in sections].index("1") == 2, "after cover and contents"
    feet = {name: data for name, data in shanxi.parts.items() if name.startswith("word/footer")}
    assert sorted(data.decode().count(" PAGE ") for data in feet.values()) == [0, 1]


def test_a_table_that_goes_on_says_so_at_the_head_of_its_pages(shanxi: WordFile) -> None:
    heads = [text_of(shanxi.xml(name)) for name in shanxi.parts if name.startswith("word/header")]
    assert "2025年预算收支总表（续）\t单位：万元" in heads
    assert "" in heads, "not on the first page"


def test_fonts_are_named_as_a_chinese_office_has_them(shanxi: WordFile) -> None:
    fonts = {
        (font.get(f"{W}eastAsia"), font.get(f"{W}ascii")) for font in shanxi.xml("word/styles.xml").iter(f"{W}rFonts")
    }
    assert {(name, name) for name in ("仿宋", "黑体", "楷体", "宋体", "方正小标宋简体")} <= fonts
    assert ("宋体", "Times New Roman") in fonts
    listed = {font.get(f"{W}name") for font in shanxi.xml("word/fontTable.xml")}
    assert {chinese for chinese, _ in fonts} <= listed


@pytest.mark.parametrize(
    ("listed", "named"),
    [
        (["仿宋_GB2312", "仿宋", "FandolFang R"], "仿宋"),
        (["楷体_GB2312", "KaiTi"], "楷体"),
        (["方正小标宋简体", "FZXiaoBiaoSong-B05S"], "方正小标宋简体"),
        (["Times New Roman", "Liberation Serif"], "Times New Roman"),
    ],
)
def test_a_font_of_windows_is_named_rather_than_another(listed: list[str], named: str) -> None:
    font, others = office_font(listed)
    assert font == named
    assert named not in others


def test_a_chart_shows_the_figures_of_the_pdf(shanxi: WordFile) -> None:
    charts = [name for name in sorted(shanxi.parts) if name.startswith("word/charts/")]
    view = view_document(document_of(Target("_example-all", 2025, "budget")))
    shown = [piece for section in view.sections for piece in section.pieces if type(piece).__name__ == "ChartView"]
    assert len(charts) == len(shown) > 0
    texts = "".join(shanxi.xml(charts[0]).itertext())
    assert all(bar.figures in texts for bar in shown[0].bars)  # type: ignore[union-attr]


def test_it_says_which_document_it_is(shanxi: WordFile) -> None:
    assert ">_example-all/2025/budget<" in shanxi.parts["docProps/custom.xml"].decode()


def test_a_draft_says_so_on_every_page_and_lists_its_findings(workspace: Demo) -> None:
    document = workspace.document()
    finding = error("P001", "有一处不对", Place("departments/demo/2023/narrative.yaml", 3))
    ((name, data),) = as_docx(document, view_document(document, draft=True, findings=[finding])).items()
    made = WordFile(data)
    assert name == "2023-budget-draft.docx"
    assert [text for _, text in made.paragraphs()][1].startswith("1. 错误 P001")
    heads = [part.decode() for path, part in made.parts.items() if path.startswith("word/header")]
    assert heads
    assert all('string="草稿"' in head and "草稿，不得公开" in head for head in heads)


def test_a_form_may_ask_for_another_paper(workspace: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    with_a3 = "discgen.word.content.style_sheet"
    monkeypatch.setattr(with_a3, lambda text: StyleSheet(text.replace("size: A4 landscape", "size: A3 landscape")))
    made = word_file(workspace.document())
    assert {value(section, "pgSz", "w") for section in made.body.iter(f"{W}sectPr")} == {"11906", "23811"}
    widths = {value(table, "tblPr/tblW", "w") for table in made.tables}
    assert "21770" in widths, "420mm less two margins of 18mm"


def printed_amounts(pdf: Path) -> Counter[str]:
    """The amounts of a PDF; one may be parted from its unit, but not within."""
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True, text=True).stdout
    return Counter(AMOUNT.findall(re.sub(r"(?<=[\d,.])\n(?=[\d.,]+[万元%])", "", text)))


@WITH_WRITER
@pytest.mark.slow
@pytest.mark.parametrize(
    "target", [Target("xiaoyi-xzsp", 2024, "accounts"), Target("wanli-street", 2025, "budget")], ids=str
)
def test_libreoffice_prints_the_amounts_of_the_pdf(
    target: Target, editions: dict[Target, Edition], tmp_path: Path
) -> None:
    document = document_of(target)
    (data,) = as_docx(document).values()
    printed = converted(data, "pdf", tmp_path)
    amounts = printed_amounts(editions[target].pdf)
    assert amounts.total() > 400
    assert printed_amounts(printed) == amounts
    contents = subprocess.run(["pdftotext", "-l", "3", printed, "-"], capture_output=True, check=True, text=True).stdout
    last = view_document(document).contents[-1].text
    assert re.search(rf"{re.escape(last)}[. ]*\d+\n", contents), "the contents show their pages"
