"""Targets as figures, and names of projects that are near each other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from discgen.rules.targets import is_missed, read_figure
from tests.conftest import Demo


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
