"""Numbers as their formats show them, held to what spreadsheet programs show; and the unit that follows for an amount.

What is shown was taken from LibreOffice 7 and from SheetJS SSF 0.11, which agree on every format here but those with
`!`: for them it is what Excel and WPS in Chinese show.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from msgspec.structs import replace

from discgen.importing.sheets.number_format import Kind, Shown, sections_of, shown_number, size_of
from discgen.model.line import Source
from discgen.money import AmountError
from tests.importing.books import BASIC, NAMES, WORKS, book, instead, problems
from tests.importing.bureau import Row, as_bytes, bureau_workbook
from tests.importing.workspaces import TARGET, Empty


@pytest.mark.parametrize(
    ("stored", "code", "seen"),
    [
        ("960000", '0!.0,"万元"', "96.0万元"),
        ("960000", '0\\.0,"万元"', "96.0万元"),
        ("960000", '0"."0,"万"', "96.0万"),
        ("960000", '0.00,"千元"', "960.00千元"),
        ("960000", '0.00"万元"', "960000.00万元"),
        ("960000", '0.00"（万元）"', "960000.00（万元）"),
        ("960000", '#,##0!.0000"万元"', "96.0000万元"),
        ("960000", '0.0,"K"', "960.0千"),
        ("96000000", '0!.00,,"亿"', "0.96亿"),
        ("12.5", 'General"元"', "12.5元"),
        ("960000", '[>=10000]0!.0,"万元";0"元"', "96.0万元"),
        ("9600", '[>=10000]0!.0,"万元";0"元"', "9600元"),
        ("-540000", '0.00,"千元"', "-540.00千元"),
        ("960000", "#,##0.00,", "960.00"),
        ("960000", "0,", "960"),
        ("960000", "0.00,,", "0.96"),
        ("960000", "0\\.0000", "96.0000"),
        ("-540000", "0\\.0000", "-54.0000"),
    ],
)
def test_a_number_is_shown_by_a_factor_and_in_a_unit(stored: str, code: str, seen: str) -> None:
    text, shown = shown_number(Decimal(stored), code)
    assert (text, shown and shown.why) == (stored, "")
    assert shown is not None
    figures = re.sub("[^-0-9.]", "", seen)
    assert Decimal(stored) * shown.scale == Decimal(figures)
    assert size_of(shown.unit or "元") == size_of(re.sub("[^千万亿元]", "", seen) or "元")
    assert bool(shown.unit) == bool(re.search("[千万亿元]", seen))


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        *((number, code, number) for number in ("1234.5", "-1234.5") for code in ("General", "0.00", "@", "#,##0.00_ ")),
        *((number, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', number) for number in ("8", "-8", "0")),
        ("-8", "0;[Red]0", "-8"),
        ("-8", "#,##0_);(#,##0)", "-8"),
        ("-8", '0.00;"△"0.00', "-8"),
        ("8", "[$¥-804]#,##0.00", "8"),
        ("8", '"¥"#,##0.00', "8"),
        ("8", "0.00E+00", "8"),
        ("0", ";;;", "0"),
        ("0", '#,##0.00;-#,##0.00;"零"', "0"),
        ("301", "00000", "00301"),
        ("2025", '0"年"', "2025年"),
        ("2025", '"第"0"号"', "第2025号"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_shown(stored: str, code: str, text: str) -> None:
    assert shown_number(Decimal(stored), code) == (text, None)


@pytest.mark.parametrize(
    ("stored", "code", "why"),
    [
        ("0.5", "0%", "显示成“…%”"),
        ("8", "[$$-409]#,##0.00", "显示成“$…”"),
        ("8", '"约"0.00', "显示成“约…”"),
        ("8", '0"000"', "显示成“…000”"),
        ("8", ";;;", "不显示"),
        ("8", '"见附件"', "显示成“见附件”"),
        ("-8", "0;0", "显示不出负号"),
        ("-8", '[>=10000]0,"千元";0"元"', "显示不出负号"),
        ("8", "-0", "显示成负数"),
        ("8", "0-", "显示成负数"),
        ("8", "0.0.0", "看不懂显示成什么"),
        ("8", "0" * 256, "看不懂显示成什么"),
        ("8", "[>10]0", "看不懂显示成什么"),
    ],
)
def test_a_number_that_is_not_shown_as_itself_is_no_amount(stored: str, code: str, why: str) -> None:
    assert shown_number(Decimal(stored), code) == (stored, Shown(code, why=why))


@pytest.mark.parametrize(
    "code", ["yyyy-mm-dd", "m/d/yy h:mm", '[$-804]yyyy"年"m"月"', "[h]:mm:ss", "e", "aaaa", "上午/下午h"]
)
def test_a_format_of_days_and_hours_is_known(code: str) -> None:
    assert sections_of(code)[0].kind is Kind.DATE


NONE, YUAN, WAN = "", "元", "万元"
SCALED, NAMED = Decimal("0.0001"), Decimal(1)
NOTHING = "refused"


@pytest.mark.parametrize(
    ("scale", "named", "declared", "stored"),
    [
        # The format names what is shown: that decides, and the sheet must agree with it or with what is stored.
        (NAMED, YUAN, NONE, YUAN),
        (NAMED, YUAN, YUAN, YUAN),
        (NAMED, YUAN, WAN, NOTHING),
        (NAMED, WAN, NONE, WAN),
        (NAMED, WAN, WAN, WAN),
        (NAMED, WAN, YUAN, NOTHING),
        (SCALED, WAN, NONE, YUAN),
        (SCALED, WAN, WAN, YUAN),
        (SCALED, WAN, YUAN, YUAN),
        (SCALED, YUAN, YUAN, NOTHING),
        (Decimal("0.001"), "千元", NONE, YUAN),
        (Decimal("0.001"), "千元", YUAN, YUAN),
        (Decimal("0.001"), "千元", WAN, NOTHING),
        (Decimal("0.001"), WAN, NONE, NOTHING),
        (NAMED, "亿元", NONE, NOTHING),
        (NAMED, "千元", YUAN, NOTHING),
        # It only scales: the sheet's unit is that of what is shown.
        (SCALED, NONE, WAN, YUAN),
        (SCALED, NONE, YUAN, NOTHING),
        (Decimal("0.001"), NONE, YUAN, NOTHING),
        (Decimal("0.001"), NONE, WAN, NOTHING),
        (SCALED, NONE, NONE, NOTHING),
        # It does neither (Chinese numerals).
        (NAMED, NONE, WAN, WAN),
    ],
)
def test_the_unit_of_what_is_stored_follows_from_the_format_and_the_sheet(
    scale: Decimal, named: str, declared: str, stored: str
) -> None:
    shown = Shown("0", scale, named)
    if stored == NOTHING:
        with pytest.raises(AmountError, match="单元格格式改成“常规”"):
            shown.stored_in(declared)
    else:
        assert shown.stored_in(declared) == stored


def formatted(code: str, over: str = "", value: object = 960000, row: Row = BASIC, column: int = 6) -> bytes:
    """A ledger of one line with a format in one cell, and perhaps a unit over its heads."""
    rows: list[Row] = [[over], NAMES, instead(row, column, value)]

    def change(made: object) -> None:
        made.worksheets[0].cell(3, column + 1).number_format = code  # type: ignore[attr-defined]

    return book(*rows, change=change)


@pytest.mark.parametrize(("over", "unit"), [("", ""), ("", "万元"), ("", "元"), ("单位：万元", ""), ("单位：元", "")])
def test_what_is_shown_in_wan_yuan_and_stored_in_yuan_is_imported_once(empty: Empty, over: str, unit: str) -> None:
    empty.take(empty.give("支出.xlsx", formatted('0!.0,"万元"', over)), unit=unit)
    assert [line.amount for line in empty.facts().lines[Source.BASIC]] == [960000]


def test_an_amount_without_a_unit_is_refused_with_its_cell(empty: Empty) -> None:
    assert problems(empty, formatted("#,##0.00,", "单位：元")) == [
        "支出.xlsx 明细!G3 存的数按格式“#,##0.00,”缩小到1000分之一显示，和单位“元”对不上，单元格格式改成“常规”，看清是多少再导入"
    ]
    assert problems(empty, formatted("0.0%", "单位：元")) == [
        "支出.xlsx 明细!G3 存的数按格式“0.0%”显示成“…%”，单元格格式改成“常规”，看清是多少再导入"
    ]


def test_a_column_of_which_one_number_names_no_unit_still_asks(empty: Empty) -> None:
    data = formatted('0.00"万元"', value=96)
    rows = book([], NAMES, instead(BASIC, 6, 96), BASIC)
    assert "没有写金额的单位" in problems(empty, rows)[0]
    empty.take(empty.give("支出.xlsx", data))
    assert [line.amount for line in empty.facts().lines[Source.BASIC]] == [960000]


def test_a_code_keeps_the_noughts_that_its_format_shows(empty: Empty) -> None:
    data = formatted("000000", "单位：元", 26001, instead(BASIC, 6, 5), 0)
    empty.take(empty.give("支出.xlsx", data))
    assert [line.unit for line in empty.facts().lines[Source.BASIC]] == ["agency"]


def test_a_name_that_is_shown_otherwise_than_stored_is_refused_with_its_cell(empty: Empty) -> None:
    data = formatted('0.0,"万元"', "单位：元", 5000, WORKS, 4)
    [message] = problems(empty, data)
    assert message.startswith("支出.xlsx 明细!E3 存的数按格式“0.0,")
    assert message.endswith("缩小到1000分之一显示，写着“万元”，要的是文字，单元格格式改成“文本”，重新写一遍")


def test_published_tables_heed_formats_too(empty: Empty) -> None:
    made = bureau_workbook()
    made["单位收支总表"]["D10"].number_format = "0.00,"
    stopped_by = problems(Empty(empty.root, replace(TARGET, year=2026)), as_bytes(made), form="shanghai-budget-2025")
    message = "存的数按格式“0.00,”缩小到1000分之一显示，和单位“元”对不上，单元格格式改成“常规”，看清是多少再导入"
    assert f"支出.xlsx 单位收支总表!D10 {message}" in stopped_by
