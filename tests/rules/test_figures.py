"""What rules weigh figures with: sides of a sum, targets read as numbers, bounds."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from discgen.diagnostics import Place
from discgen.rules.figures import Amount, bound, is_missed, likely_slip, load_bounds, read_figure
from tests.conftest import Demo

BUDGET, STORE = "2023/budget.yaml", "2023/projects/1-store.yaml"


def side(*amounts: str, first: int = 1) -> list[Amount]:
    """Amounts in 元, one a line of budget.yaml."""
    return [(Decimal(amount), Place("budget.yaml", line)) for line, amount in enumerate(amounts, first)]


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (["3930200"], ["393.02"], "两边正好差一万倍，多半是元和万元写混了"),
        (["1200000", "500"], ["1200000", "5000000"], "budget.yaml第2行多半是元和万元写混了"),
        (["70000", "13000", "2500"], ["70000", "13000"], "差额正好是budget.yaml第3行，多半是多写或漏写了"),
        (["384500", "20000"], ["348500", "20000"], "多半是budget.yaml第1行相邻两个数字颠倒了"),
        (["123400", "5000"], ["123400", "50000"], "多半是budget.yaml第2行少写或多写了一位"),
    ],
)
def test_a_slip_is_named_with_the_line_that_would_close_the_gap(left: list[str], right: list[str], said: str) -> None:
    other = [(amount, Place("other.yaml", place.line)) for amount, place in side(*right)]
    assert likely_slip(side(*left), other).replace("或other.yaml第1行", "").replace("或other.yaml第2行", "") == said


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (["1000000"], ["990000"]),
        (["500", "500"], ["1000"]),
        (["384500", "20000"], ["348400", "20000"]),
        ([], ["120000", "5000"]),
    ],
)
def test_a_gap_that_no_single_slip_closes_says_nothing(left: list[str], right: list[str]) -> None:
    assert likely_slip(side(*left), side(*right)) == ""


def test_a_slip_that_many_lines_could_be_is_told_without_a_line() -> None:
    assert likely_slip(side("100", "100", "100", "7"), side("207")) == "差额正好是其中一行，多半是多写或漏写了"


def test_r002_names_the_line_that_was_left_out_or_written_twice(workspace: Demo) -> None:
    workspace.edit(
        BUDGET,
        "  - {department: 30231,",
        "  - {department: 30205, government: 50201, amount: 7}\n  - {department: 30231,",
    )
    assert workspace.findings("R002")[0].hint == (
        "差额正好是budget.yaml第14行，多半是多写或漏写了；核对expenditure各行的basic和basic各行的amount"
    )


def test_r003_names_the_project_whose_amount_is_in_the_other_unit(workspace: Demo) -> None:
    workspace.edit(STORE, "- {amount: 270000}", "- {amount: 27}")
    assert workspace.findings("R003")[0].hint.startswith("两边正好差一万倍，多半是元和万元写混了；")
    assert workspace.findings("G001")[0].hint.startswith("两边正好差一万倍，多半是元和万元写混了；")


def test_r001_names_the_amount_whose_digits_changed_places(workspace: Demo) -> None:
    workspace.edit(BUDGET, "basic: 61, project: 27", "basic: 16, project: 27")
    assert workspace.findings("R001")[0].hint.startswith("多半是budget.yaml第7行相邻两个数字颠倒了；")


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("≤30万元", "300000"), ("378000元", "378000"), ("≤1,200元", "1200"), ("＜0.5亿元", "50000000")],
)
def test_an_amount_of_money(text: str, yuan: str) -> None:
    figure = read_figure(text)
    assert figure is not None
    assert figure.yuan == Decimal(yuan)


@pytest.mark.parametrize("text", ["≤800元/人/次", "0.12万元/月", "100%", "2200月/元", "≤300000万/年"])
def test_a_price_or_a_rate_is_no_amount(text: str) -> None:
    figure = read_figure(text)
    assert figure is not None
    assert figure.yuan is None


@pytest.mark.parametrize("text", ["", "及时", "30余类证照", "2022年1月-2023年1月", "按标准执行"])
def test_more_or_less_than_one_number_is_no_figure(text: str) -> None:
    assert read_figure(text) is None


@pytest.mark.parametrize(
    ("target", "actual", "missed"),
    [
        ("≥12000份", "2800", True),
        ("≥12000份", "12000份", False),
        (">95%", "95", True),
        ("≤18万元", "15.96", False),
        ("≤18万元", "18.01", True),
        ("<5%", "5", True),
        ("=100%", "98", True),
        ("100%", "100", False),
        ("=10个工作日", "8", False),
        ("≥98%", "0.99", False),
        ("≥230件", "200户", False),
        ("≥230件", "达成预期指标", False),
        ("6月底前", "5", False),
    ],
)
def test_a_target_is_missed_only_where_that_is_certain(target: str, actual: str, *, missed: bool) -> None:
    assert is_missed(target, actual) is missed


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("库房改造", True),
        ("库房改造费", True),
        ("库房改造工程", True),
        ("库房改造项目资金", False),
        ("库房改造资金", True),
        ("农村库房改造", False),
        ("库房改造省级款", False),
        ("库房改造二期", False),
        ("库房改造2", False),
        ("东库房改造", False),
        ("库房改建", False),
        ("库房", False),
    ],
)
def test_g009_names_are_near_where_one_has_a_sign_or_two_more(workspace: Demo, name: str, *, near: bool) -> None:
    workspace.edit("2023/projects/2-scan.yaml", "name: 档案扫描\nunit: archive", f"name: {name}\nunit: agency")
    assert bool(workspace.found("G009")) is near


def test_g009_units_may_use_the_same_name(workspace: Demo) -> None:
    workspace.edit("2023/projects/2-scan.yaml", "name: 档案扫描", "name: 库房改造")
    assert workspace.found("G009") == []


@pytest.mark.parametrize(
    ("target", "found"), [("≤27万元", False), ("≤27.01万元", True), ("≥28万元", False), ("≤28万元/年", True)]
)
def test_g012_the_cost_may_be_all_of_the_funds(workspace: Demo, target: str, *, found: bool) -> None:
    workspace.edit(
        "2023/projects/1-store.yaml",
        "    社会效益指标:",
        f"    成本指标:\n      - {{name: 总成本, target: {target}}}\n    社会效益指标:",
    )
    assert bool(workspace.found("G012")) is found


SOURCE = "".join(path.read_text(encoding="utf-8") for path in Path("discgen/rules").glob("*.py"))


def test_what_is_on_a_bound_is_within() -> None:
    within = bound("totals_of_last_year")
    assert within.holds(Decimal("0.2"))
    assert within.holds(Decimal(5))
    assert not within.holds(Decimal("0.19"))
    assert not within.holds(Decimal("5.01"))


def test_every_bound_has_a_reason_and_is_asked_for() -> None:
    asked = set(re.findall(r'"([a-z_]+)"', SOURCE))
    for name, within in load_bounds().items():
        assert name in asked, name
        assert len(within.reason) > 10, name
