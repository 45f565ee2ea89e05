from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discgen.money import (
    MINUS_SIGNS,
    AmountError,
    NumberStyle,
    PercentStyle,
    exact_in_unit,
    is_rounding_tail,
    parse_amount,
    percent,
    round_half_up,
    with_plain_minus,
)

TABLE = NumberStyle("万元", 2, thousands=True, zero="")
TEXT = NumberStyle("万元", 2, thousands=True, zero="0.00")
SHEET = NumberStyle("元", 0, thousands=True, zero="0")

amounts = st.integers(min_value=-(10**14), max_value=10**14).map(lambda fen: Decimal(fen) / 100)


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("39302009", "元", "39302009"),
        ("0", "元", "0"),
        ("0.01", "元", "0.01"),
        ("3930.2", "万元", "39302000"),
        ("0.000001", "万元", "0.01"),
        ("-12.5", "元", "-12.5"),
        ("1.50", "元", "1.5"),
        ("99999999999999999.99", "元", "99999999999999999.99"),
    ],
)
def test_an_amount_is_read_exactly_in_its_unit(text: str, unit: str, yuan: str) -> None:
    assert parse_amount(text, unit) == Decimal(yuan)


@pytest.mark.parametrize("text", ["3,930.20", "39,302,009", "3，930"])
def test_thousands_separators_are_refused(text: str) -> None:
    with pytest.raises(AmountError, match=r"^金额不写千分位逗号$"):
        parse_amount(text, "元")


@pytest.mark.parametrize(
    "text", ["", "12元", "1e3", "1.", ".5", "+1", "012", "1 000", "１２", "NaN", "Infinity", "0x1"]
)
def test_anything_but_digits_is_refused(text: str) -> None:
    with pytest.raises(AmountError, match=r"^金额只写数字$"):
        parse_amount(text, "元")


@pytest.mark.parametrize(("text", "unit"), [("0.001", "元"), ("1.005", "元"), ("0.0000001", "万元")])
def test_an_amount_finer_than_a_fen_is_refused(text: str, unit: str) -> None:
    with pytest.raises(AmountError, match="金额精确到分"):
        parse_amount(text, unit)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        ("0.005", "0.01"),
        ("0.015", "0.02"),
        ("0.025", "0.03"),
        ("0.0049", "0.00"),
        ("1.004999", "1.00"),
        ("-0.005", "-0.01"),
        ("-0.025", "-0.03"),
        ("-0.004", "0.00"),
        ("2", "2.00"),
    ],
)
def test_halves_round_away_from_zero(value: str, rounded: str) -> None:
    assert str(round_half_up(Decimal(value), 2)) == rounded


@pytest.mark.parametrize(
    ("style", "yuan", "shown"),
    [
        (TABLE, "39302009", "3,930.20"),
        (TABLE, "123456789050", "12,345,678.91"),
        (TABLE, "0", ""),
        (TABLE, "49", "0.00"),
        (TABLE, "50", "0.01"),
        (TABLE, "-50", "-0.01"),
        (TABLE, "-49", "0.00"),
        (TEXT, "0", "0.00"),
        (SHEET, "0", "0"),
        (SHEET, "60000", "60,000"),
        (SHEET, "0.5", "1"),
        (NumberStyle("万元", 2, thousands=False, zero=""), "39302009", "3930.20"),
    ],
)
def test_an_amount_is_shown_in_its_style(style: NumberStyle, yuan: str, shown: str) -> None:
    assert style.show(Decimal(yuan)) == shown


def test_more_digits_than_any_budget_has_are_refused() -> None:
    with pytest.raises(AmountError, match="位数太多"):
        parse_amount("9" * 60, "万元")


def test_a_percentage_is_exact_and_nothing_of_nothing() -> None:
    assert percent(Decimal(1), Decimal(8)) == Decimal("12.5")
    assert percent(Decimal(5), Decimal(0)) is None


def test_a_percentage_is_rounded_once_and_zero_has_its_own_looks() -> None:
    assert PercentStyle(2, "0.00").show(Decimal("33.335")) == "33.34%"
    assert PercentStyle(2, "0.00").show(Decimal(0)) == "0.00%"
    assert PercentStyle(2, "0").show(Decimal(0)) == "0%"
    assert PercentStyle(2, "0").show(Decimal("0.001")) == "0.00%"


@pytest.mark.parametrize(
    ("total", "parts", "is_tail"),
    [
        # Two parts: three figures, so at most 0.015.
        ("10.01", ["5.00", "5.00"], True),
        ("9.99", ["5.00", "5.00"], True),
        ("10.02", ["5.00", "5.00"], False),
        ("9.98", ["5.00", "5.00"], False),
        # Three parts: 0.02 is the bound itself.
        ("3.02", ["1.00", "1.00", "1.00"], True),
        ("2.98", ["1.00", "1.00", "1.00"], True),
        ("3.03", ["1.00", "1.00", "1.00"], False),
        ("2.97", ["1.00", "1.00", "1.00"], False),
        # Four parts: 0.025, so that a third hundredth is beyond it.
        ("4.02", ["1.00", "1.00", "1.00", "1.00"], True),
        ("4.03", ["1.00", "1.00", "1.00", "1.00"], False),
        ("0.00", [], True),
        ("0.01", [], False),
    ],
)
def test_a_rounding_tail_is_at_most_half_a_unit_a_figure(total: str, parts: list[str], *, is_tail: bool) -> None:
    assert is_rounding_tail(Decimal(total), [Decimal(part) for part in parts], 2) is is_tail


@given(st.lists(amounts, max_size=30))
def test_shown_parts_never_miss_the_shown_total_by_more_than_the_bound(parts: list[Decimal]) -> None:
    shown = [TABLE.rounded(part) for part in parts]
    assert is_rounding_tail(TABLE.rounded(sum(parts, Decimal(0))), shown, 2)


@given(amounts)
def test_what_is_shown_to_the_fen_reads_back_as_the_same_amount(yuan: Decimal) -> None:
    exact = NumberStyle("元", 2, thousands=False, zero="0")
    assert parse_amount(exact.show(yuan), "元") == yuan


@given(amounts)
def test_thousands_separators_change_only_the_looks(yuan: Decimal) -> None:
    plain = NumberStyle("万元", 2, thousands=False, zero="")
    assert TABLE.show(yuan).replace(",", "") == plain.show(yuan)


@given(amounts)
def test_a_shown_figure_is_within_half_a_unit_of_the_amount(yuan: Decimal) -> None:
    assert abs(TABLE.rounded(yuan) * 10000 - yuan) <= 50


@pytest.mark.parametrize(
    ("yuan", "shown"),
    [
        ("150000", "15"),
        ("46194000", "4,619.4"),
        ("46194100", "4,619.41"),
        ("1000000", "100"),
        ("1000", "0.1"),
        ("100000000", "10,000"),
        ("-25000", "-2.5"),
        ("49", "0"),
        ("0", "无"),
    ],
)
def test_noughts_at_the_end_of_decimals_may_be_dropped(yuan: str, shown: str) -> None:
    trimmed = NumberStyle("万元", 2, thousands=True, zero="无", trim=True)
    assert trimmed.show(Decimal(yuan)) == shown


@pytest.mark.parametrize(("yuan", "shown"), [("46194000", "4619.4"), ("1000000", "100")])
def test_noughts_are_dropped_without_thousands_separators_too(yuan: str, shown: str) -> None:
    assert NumberStyle("万元", 2, thousands=False, zero="", trim=True).show(Decimal(yuan)) == shown


def test_noughts_of_a_whole_number_are_never_dropped() -> None:
    assert NumberStyle("元", 0, thousands=False, zero="", trim=True).show(Decimal(100)) == "100"
    assert NumberStyle("元", 0, thousands=True, zero="", trim=True).show(Decimal(1_000_000)) == "1,000,000"


@pytest.mark.parametrize("sign", MINUS_SIGNS)
def test_every_minus_sign_is_read_as_that_of_a_keyboard(sign: str) -> None:
    assert with_plain_minus(f"{sign}5-3") == "-5-3"


@pytest.mark.parametrize(
    ("yuan", "unit", "digits"),
    [
        ("93000", "万元", "9.3"),
        ("0.01", "万元", "0.000001"),
        ("-18604266", "万元", "-1860.4266"),
        ("123456789012345.67", "万元", "12345678901.234567"),
        ("1000000", "元", "1000000"),
        ("0", "万元", "0"),
    ],
)
def test_an_amount_keeps_all_its_digits(yuan: str, unit: str, digits: str) -> None:
    assert exact_in_unit(Decimal(yuan), unit) == digits
    assert exact_in_unit(Decimal(yuan), unit, thousands=True).replace(",", "") == digits


def test_a_reader_sees_separators_in_an_exact_amount() -> None:
    assert exact_in_unit(Decimal("45777000.5"), "元", thousands=True) == "45,777,000.5"
