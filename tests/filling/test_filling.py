"""A bureau's empty workbook filled from facts: what comes back is what went in, and what has no place is told."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from discgen.cli import cli
from discgen.document import Document
from discgen.errors import Refusal
from discgen.filling.workbook import Filled, fill, read_empty
from discgen.load.target import Target
from discgen.model.line import Source
from discgen.pipeline import compose
from tests.importing.bureau import as_bytes, empty_workbook, whole_workbook
from tests.importing.prose.test_prose import FORM, UNIT
from tests.importing.workspaces import Empty, facts_in

TARGET = Target("demo", 2026, "budget")


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Empty:
    unit = Empty(tmp_path_factory.mktemp("unit"), TARGET, UNIT)
    unit.take(unit.give("预算.xlsx", as_bytes(whole_workbook())), form=FORM)
    return unit


@pytest.fixture(scope="module")
def document(unit: Empty) -> Document:
    document = compose(unit.workspace, unit.target).document
    assert document is not None
    return document


def filled(document: Document, folder: Path, change: Callable[[Workbook], object] = lambda _: None) -> Filled:
    book = empty_workbook()
    change(book)
    path = folder / "空表.xlsx"
    path.write_bytes(as_bytes(book))
    return fill(document, read_empty(path))


def test_what_went_into_the_workbook_comes_back_from_it(unit: Empty, document: Document, tmp_path: Path) -> None:
    back = Empty(tmp_path, TARGET, UNIT)
    plan = back.take(back.give("空表.xlsx", filled(document, tmp_path).data), form=FORM)
    facts, again = unit.facts(), back.facts()
    for source in (*facts.lines, Source.PROJECT):
        assert facts_in(again.lines, source) == facts_in(facts.lines, source), (source, plan.remarks)
    assert again.declared_prior is not None
    assert facts.declared_prior is not None
    for source in (Source.EXPENDITURE, Source.THREE_PUBLIC):
        assert facts_in(again.declared_prior.lines, source) == facts_in(facts.declared_prior.lines, source)
    texts = [[prose.text for prose in own.narrative.texts()] for own in (facts, again)]
    assert texts[0] == texts[1]
    assert [project.statement["goal"].text for project in again.projects] == ["扫描1万页。"]


def test_rows_are_put_in_where_the_sheet_has_too_few_and_that_is_told(document: Document, tmp_path: Path) -> None:
    made = filled(document, tmp_path)
    assert "工作表“单位收入总表”原有1行，加了5行" in made.remarks
    sheet = load_workbook(BytesIO(made.data))["单位收入总表"]
    assert [sheet.cell(row, 4).value for row in range(9, 15)][-1] == "机关事业单位基本养老保险缴费支出"
    assert sheet["A15"].value == "合计"
    assert "A15:D15" in map(str, sheet.merged_cells.ranges)
    assert sheet["E15"].value == 940000.5


def test_names_stand_where_the_workbook_asks_for_them(document: Document, tmp_path: Path) -> None:
    book = load_workbook(BytesIO(filled(document, tmp_path).data))
    assert book["封面"]["A2"].value == "预算单位：示范市档案局"
    assert book["单位职能"]["A1"].value == "示范市档案局主要职能"
    assert book["单位收入总表"]["A4"].value == "编制单位：示范市档案局"


def test_numbered_sentences_take_a_row_each_where_the_workbook_has_rows_for_them(
    document: Document, tmp_path: Path
) -> None:
    sheet = load_workbook(BytesIO(filled(document, tmp_path).data))["单位编制说明"]
    texts = [sheet.cell(row, 1).value for row in (4, 5, 6)]
    assert [str(text)[:6] for text in texts] == ["    1.", "    2.", "None"]


def test_a_formula_stays_with_our_amount_as_its_result(document: Document, tmp_path: Path) -> None:
    made = filled(
        document, tmp_path, lambda book: book["单位“三公”经费和机关运行费预算表"].__setitem__("A7", "=B7+C7+D7")
    )
    name = "单位“三公”经费和机关运行费预算表"
    assert any(f"工作表“{name}”留着原来的公式：A7" in remark for remark in made.remarks)
    assert load_workbook(BytesIO(made.data))[name]["A7"].value == "=B7+C7+D7"
    assert load_workbook(BytesIO(made.data), data_only=True)[name]["A7"].value == 1.2


def test_formulas_of_a_sheet_that_got_rows_become_amounts(document: Document, tmp_path: Path) -> None:
    made = filled(document, tmp_path, lambda book: book["单位收入总表"].__setitem__("E10", "=SUM(E9:E9)"))
    assert "工作表“单位收入总表”加了行，公式换成数：E10" in made.remarks
    assert load_workbook(BytesIO(made.data))["单位收入总表"]["E15"].value == 940000.5


def test_what_has_no_sheet_is_told(document: Document, tmp_path: Path) -> None:
    made = filled(document, tmp_path, lambda book: book.remove(book["基金"]))
    assert "工作簿里没有这些表，没有填：2026年部门政府性基金预算支出功能分类预算表" in made.remarks
    assert "工作簿没有“项目经费情况说明”的工作表，写在其他情况说明的后面" in made.remarks


def test_a_workbook_of_another_year_is_refused(document: Document, tmp_path: Path) -> None:
    def other(book: Workbook) -> None:
        for sheet in book.worksheets:
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace("2026", "2027")

    with pytest.raises(Refusal, match="是2027年的工作簿，要填的是2026年"):
        filled(document, tmp_path, other)


def test_a_workbook_without_tables_of_the_form_is_refused(document: Document, tmp_path: Path) -> None:
    def bare(book: Workbook) -> None:
        for sheet in book.worksheets[1:]:
            book.remove(sheet)

    with pytest.raises(Refusal, match="换一个工作簿"):
        filled(document, tmp_path, bare)


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "空表.docx"
    path.write_bytes(b"")
    with pytest.raises(Refusal, match="要财政部门发的空工作簿"):
        read_empty(path)


def test_a_merged_area_without_end_is_refused_before_it_is_unfolded(tmp_path: Path) -> None:
    path = spoilt(
        tmp_path, b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    with pytest.raises(Refusal, match="不像空工作簿"):
        read_empty(path)


def test_declared_entities_are_refused_in_any_part(tmp_path: Path) -> None:
    path = spoilt(
        tmp_path, b"<cp:coreProperties", b'<!DOCTYPE a [<!ENTITY b "c">]><cp:coreProperties', "docProps/core.xml"
    )
    with pytest.raises(Refusal, match="DOCTYPE"):
        read_empty(path)


def test_an_amount_with_fen_in_a_cell_that_shows_none_is_told(document: Document, tmp_path: Path) -> None:
    made = filled(
        document,
        tmp_path,
        lambda book: setattr(book["单位“三公”经费和机关运行费预算表"]["A7"], "number_format", "#,##0_ "),
    )
    assert any("三公" in remark and "不显示小数" in remark for remark in made.remarks)


def test_the_command_fills_and_tells(unit: Empty) -> None:
    path = unit.give("空表.xlsx", as_bytes(empty_workbook()))
    asked = ["export", "-C", str(unit.root), "demo/2026", "--as", str(path), "--format"]
    done = CliRunner().invoke(cli, [*asked, "xlsx"])
    assert done.exit_code == 0, done.output
    assert "→ build/demo/2026-budget-export/空表.xlsx" in done.output
    assert "加了5行" in done.output
    refused = CliRunner().invoke(cli, [*asked, "csv"])
    assert refused.exit_code == 2
    assert "--as只和--format xlsx一起用" in refused.output


def test_entities_in_a_part_of_another_name_are_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "空表.xlsx"
    path.write_bytes(as_bytes(empty_workbook()))
    with ZipFile(path, "a") as book:
        book.writestr("xl/worksheets/sheet1.dat", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>')
    with pytest.raises(Refusal, match="DOCTYPE"):
        read_empty(path)


def spoilt(folder: Path, old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml") -> Path:
    """An empty workbook with a piece of one part replaced."""
    path = folder / "空表.xlsx"
    with ZipFile(BytesIO(as_bytes(empty_workbook()))) as book, ZipFile(path, "w") as again:
        for name in book.namelist():
            data = book.read(name)
            assert name != part or old in data
            again.writestr(name, data.replace(old, new, 1) if name == part else data)
    return path
