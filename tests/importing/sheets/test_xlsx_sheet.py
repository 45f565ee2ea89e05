"""What a cell of a workbook stores to what is read: texts with escapes, binary noise, days, truth values, Strict OOXML."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Unpack
from zipfile import ZipFile

import pytest

from discgen.importing.sheets.xlsx_sheet import read_xlsx
from discgen.model.line import Source
from tests.importing.books import problems
from tests.importing.packages import LINE, WORKS, Extra, ledger, package, row, with_cell, workbook
from tests.importing.workspaces import Empty


def first(cell: str, **extra: Unpack[Extra]) -> str:
    """What is read of one cell."""
    [sheet] = read_xlsx(workbook(row(cell), **extra), "支出.xlsx")
    return sheet.rows[0][0]


def inline(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("库房_x000D_\n改造", "库房\n改造"),
        ("库房改造_x000D_", "库房改造"),
        ("库房_x000d_改造", "库房\n改造"),
        ("_x005F_x000D_", "_x000D_"),
        ("_x000D", "_x000D"),
        ("_X000D_", "_X000D_"),
        ("_x5E93__x623F_", "库房"),
        ("_xD842__xDFB7_", "\U00020bb7"),
        ("_xD842_", "\ufffd"),
        ("a_x0009_b", "a\tb"),
    ],
)
def test_escapes_are_the_characters_they_stand_for(stored: str, text: str) -> None:
    assert first(inline(stored)) == text
    assert first('<c t="s"><v>0</v></c>', texts=f"<si><t>{stored}</t></si>") == text
    assert first(f'<c t="str"><f>A1</f><v>{stored}</v></c>') == text


def test_the_name_of_a_sheet_has_escapes_too() -> None:
    [sheet] = read_xlsx(workbook(row("a"), name="明_x0020_细"), "支出.xlsx")
    assert sheet.name == "明 细"


def test_a_text_is_its_runs_without_how_they_are_pronounced() -> None:
    runs = '<r><rPr><b/></rPr><t>库</t></r><r><t>房</t></r><rPh sb="0" eb="1"><t>ku</t></rPh><phoneticPr fontId="1"/>'
    assert first('<c t="s"><v>1</v></c>', texts=f"<si><t>x</t></si><si>{runs}</si>") == "库房"
    assert first(f'<c t="inlineStr"><is>{runs}</is></c>') == "库房"


@pytest.mark.parametrize(
    ("stored", "fen"),
    [
        ("12340.000000000115", "12340"),
        ("0.01000000000931", "0.01"),
        ("5.820766091346741E-11", "0"),
        ("-7.9999999999999998", "-8"),
        ("960000.10000000009", "960000.1"),
        ("9.6E5", "960000"),
        (".5", "0.5"),
    ],
)
def test_what_only_binary_arithmetic_added_is_no_part_of_an_amount(empty: Empty, stored: str, fen: str) -> None:
    rows = ledger(with_cell(6, f"<c><v>{stored}</v></c>"))
    empty.take(empty.give("支出.xlsx", workbook(rows)))
    [line] = empty.facts().lines[Source.BASIC]
    assert line.amount - 1000 == Decimal(fen)


@pytest.mark.parametrize("stored", ["12340.005", "0.333333333333333", "12340.0000123456789", "0.000001"])
def test_what_is_finer_than_a_fen_is_refused(empty: Empty, stored: str) -> None:
    [message] = problems(empty, workbook(ledger(with_cell(6, f"<c><v>{stored}</v></c>"))))
    assert message.startswith("支出.xlsx 明细!G3 “")
    assert message.endswith("”不是金额：金额精确到分，不能更细")


DAYS = {164: "yyyy-mm-dd", 165: 'yyyy"年"', 166: "h:mm", 167: "yyyy", 168: "[h]:mm"}


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ('<c s="1"><v>45717</v></c>', "是日期或时间（2025-03-01）"),
        ('<c s="3"><v>0.5</v></c>', "是日期或时间（12:00）"),
        ('<c s="5"><v>1.5</v></c>', "是日期或时间（1900-01-01）"),
        ('<c t="d"><v>2025-03-01</v></c>', "是日期或时间（2025-03-01）"),
        ('<c t="b"><v>1</v></c>', "是逻辑值TRUE"),
        ('<c s="1"><v>99999999</v></c>', "的格式是日期，存的99999999不是日期"),
        ('<c s="1"><v>-1</v></c>', "的格式是日期，存的-1不是日期"),
    ],
)
@pytest.mark.parametrize(("column", "letter"), [(1, "B"), (4, "E"), (6, "G")])
def test_a_day_is_no_code_no_name_and_no_amount(
    empty: Empty, cell: str, message: str, column: int, letter: str
) -> None:
    data = workbook(ledger(with_cell(column, cell, WORKS)), formats=DAYS)
    stopped_by = problems(empty, data)
    assert f"支出.xlsx 明细!{letter}3 {message}，单元格格式改好（文字用“文本”，金额用“常规”），重新写一遍" in stopped_by


@pytest.mark.parametrize(("style", "text"), [(2, "2025年"), (4, "2025")])
def test_a_year_stored_as_a_day_is_the_year_that_is_shown(style: int, text: str) -> None:
    assert first(f'<c s="{style}"><v>45658</v></c>', formats=DAYS) == text


@pytest.mark.parametrize(
    ("properties", "serial", "year"),
    [("", 45658, "2025"), ('<workbookPr date1904="1"/>', 44196, "2025"), ("", 1, "1900"), ("", 366, "1900")],
)
def test_days_are_counted_from_where_the_workbook_says(properties: str, serial: int, year: str) -> None:
    assert first(f'<c s="4"><v>{serial}</v></c>', formats=DAYS, properties=properties) == year


@pytest.mark.parametrize("built_in", [14, 22, 31, 57])
def test_formats_of_days_that_are_known_by_number_are_days(built_in: int) -> None:
    [sheet] = read_xlsx(workbook(row('<c s="1"><v>45658</v></c>'), formats={built_in: ""}), "支出.xlsx")
    assert sheet.rows == (("2025-01-01",),)
    assert "是日期" in sheet.shown[0, 0].why


def test_a_day_in_a_column_that_is_not_read_does_no_harm(empty: Empty) -> None:
    heads = row("备注", *("单位名称", "科目编码", "部门经济分类", "支出类别", "资金性质", "金额（元）"))
    line = row('<c s="1"><v>45717</v></c>', *LINE[:4], *LINE[5:])
    empty.take(empty.give("支出.xlsx", workbook(heads + line, formats=DAYS)))
    assert [line.amount for line in empty.facts().lines[Source.BASIC]] == [1000]


def test_a_long_code_stored_as_a_number_has_lost_its_last_digits(empty: Empty) -> None:
    stopped_by = problems(empty, workbook(ledger(with_cell(4, "<c><v>1.4010500000001234E+17</v></c>", WORKS))))
    assert stopped_by == [
        "支出.xlsx 明细!E3 的数超过15位，表格软件只记得前15位，单元格格式改好（文字用“文本”，金额用“常规”），重新写一遍"
    ]


def test_strict_ooxml_is_read_as_any_other(empty: Empty) -> None:
    data = workbook(ledger())
    strict = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006": b"http://purl.oclc.org/ooxml/officeDocument",
    }
    empty.take(empty.give("支出.xlsx", _replaced(data, strict)))
    assert [line.amount for line in empty.facts().lines[Source.BASIC]] == [1000]


def test_names_of_elements_may_have_any_prefix() -> None:
    data = _replaced(workbook(row("a")), {b"<": b"<x:", b"<x:/": b"</x:", b"xmlns=": b"xmlns:x="})
    [sheet] = read_xlsx(data, "支出.xlsx")
    assert sheet.rows == (("a",),)


def _replaced(data: bytes, words: dict[bytes, bytes]) -> bytes:
    with ZipFile(BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for word, other in words.items():
        parts = {name: content.replace(word, other) for name, content in parts.items()}
    return package({**parts})
