from __future__ import annotations

from decimal import Decimal

import pytest

from discgen.diagnostics import Place
from discgen.gather.reader import read_facts
from discgen.ledger.facts import FactBook, load_catalogue
from discgen.ledger.ledger import Ledger
from discgen.narrative.blocks import Chart
from tests.conftest import Demo

BUDGET = "2023/budget.yaml"

LAST_YEAR = """\
form: shanxi-budget-2023
year: 2022
unit: 元
income:
  - {amount: 800000}
expenditure:
  - {function: 2010301, basic: 500000, project: 300000}
basic:
  - {department: 30101, government: 50101, amount: 350000}
  - {department: 30201, government: 50201, amount: 70000}
  - {department: 30231, government: 50208, amount: 80000}
"""


def book(demo: Demo) -> FactBook:
    """The facts of 2023; last year is what the file declares."""
    disclosure, findings = read_facts(demo.workspace, demo.target)
    assert findings == []
    assert disclosure is not None
    prior = disclosure.declared_prior
    ledger = Ledger(disclosure.lines, disclosure.department)
    return FactBook(disclosure, ledger, Ledger(prior.lines, disclosure.department) if prior else None)


def add_last_year(demo: Demo) -> None:
    """2022 in files, with a project of its own."""
    demo.write("2022/budget.yaml", LAST_YEAR)
    demo.write("2022/narrative.yaml", (demo.folder / "2023" / "narrative.yaml").read_text(encoding="utf-8"))
    project = (demo.folder / "2023" / "projects" / "1-store.yaml").read_text(encoding="utf-8")
    demo.write("2022/projects/1-store.yaml", project.replace("270000", "300000"))


def without_declared_prior(demo: Demo) -> None:
    text = (demo.folder / BUDGET).read_text(encoding="utf-8")
    demo.write(BUDGET, text[: text.index("prior:")])


def situation(demo: Demo) -> list[str]:
    return [block.text for block in demo.document().text.blocks if hasattr(block, "text")]


@pytest.mark.parametrize(
    ("name", "yuan"),
    [
        ("income.total", 1_000_000),
        ("expenditure.basic", 640_000),
        ("expenditure.project", 360_000),
        ("basic.personnel", 400_000),
        ("basic.operating", 240_000),
        ("three_public.total", 60_000),
        ("three_public.vehicle_operation", 60_000),
        ("three_public.reception", 0),
        ("agency_operation.total", 190_000),
        ("procurement.total", 110_000),
        ("project.general", 360_000),
    ],
)
def test_facts_of_the_year(workspace: Demo, name: str, yuan: int) -> None:
    assert book(workspace).this(name).value == yuan


@pytest.mark.parametrize(
    ("name", "before", "change"),
    [
        ("income.total", 800_000, 200_000),
        ("expenditure.total", 800_000, 200_000),
        ("three_public.total", 80_000, -20_000),
        ("three_public.reception", 0, 0),
        ("agency_operation.total", 150_000, 40_000),
    ],
)
def test_a_declared_last_year_answers_the_same_questions(workspace: Demo, name: str, before: int, change: int) -> None:
    assert book(workspace).prior(name).value == before
    assert book(workspace).change(name).value == change


@pytest.mark.parametrize("name", ["basic.personnel", "expenditure.project", "procurement.total"])
def test_what_the_declared_lines_cannot_tell_has_no_value(workspace: Demo, name: str) -> None:
    assert book(workspace).prior(name).value is None
    assert book(workspace).change(name).value is None


def test_a_source_that_last_year_does_not_declare_is_not_known(workspace: Demo) -> None:
    workspace.edit(BUDGET, "  three_public:\n    - {item: vehicle_operation, amount: 8}\n", "")
    assert book(workspace).prior("three_public.total").value is None


def test_without_last_year_nothing_is_compared(workspace: Demo) -> None:
    without_declared_prior(workspace)
    facts = book(workspace)
    assert facts.prior("income.total").value is None
    assert facts.change("income.total").value is None


def test_a_fact_points_at_the_lines_behind_it(workspace: Demo) -> None:
    fact = book(workspace).change("agency_operation.total")
    assert [line.place.line for line in fact.lines] == [12, 14, 25]
    assert {line.place.file for line in fact.lines} == {"departments/demo/2023/budget.yaml"}
    assert isinstance(fact.lines[0].place, Place)


def test_an_unknown_fact_raises(workspace: Demo) -> None:
    with pytest.raises(KeyError):
        book(workspace).this("income.nothing")


def test_a_group_splits_by_class_and_leaves_out_what_is_zero(workspace: Demo) -> None:
    workspace.edit(
        BUDGET, "function: 2080505, basic: 3}", "function: 2080505, basic: 3}\n  - {function: 2210201, basic: 0}"
    )
    assert [(fact.title, int(fact.value or 0)) for fact in book(workspace).group("general.by_class")] == [
        ("一般公共服务支出", 970_000),
        ("社会保障和就业支出", 30_000),
    ]


def test_the_parts_of_a_group_add_up_to_the_fact_they_split(workspace: Demo) -> None:
    facts = book(workspace)
    for group, whole in [
        ("general.by_class", "general.current"),
        ("basic.personnel_items", "basic.personnel"),
        ("basic.operating_items", "basic.operating"),
        ("three_public.by_item", "three_public.total"),
        ("agency_operation.by_unit", "agency_operation.total"),
    ]:
        assert sum(fact.value or 0 for fact in facts.group(group)) == facts.this(whole).value


def test_units_are_grouped_in_the_departments_order_by_their_short_names(workspace: Demo) -> None:
    workspace.edit(
        "department.yaml",
        "kind: institution}",
        "kind: administrative}\n  - {id: aaa, name: 甲办公室, kind: administrative}",
    )
    workspace.edit(BUDGET, "government: 50201, amount: 13", "government: 50201, unit: aaa, amount: 13")
    workspace.edit(BUDGET, "government: 50208, amount: 6", "government: 50208, unit: agency, amount: 6")
    assert [(fact.title, int(fact.value or 0)) for fact in book(workspace).group("agency_operation.by_unit")] == [
        ("市档案局", 60_000),
        ("甲办公室", 130_000),
    ]


def test_the_catalogue_names_each_three_public_item_that_a_group_may_have() -> None:
    assert {"three_public.overseas_travel", "three_public.reception"} <= set(load_catalogue().facts)
    assert {"three_public.vehicle_purchase", "three_public.vehicle_operation"} <= set(load_catalogue().facts)


def test_last_year_is_the_same_whether_declared_or_in_files(workspace: Demo) -> None:
    declared = situation(workspace)
    without_declared_prior(workspace)
    add_last_year(workspace)
    assert situation(workspace) == declared
    assert any("比上年增加20.00万元，增加25.00%" in text for text in declared)
    assert any("比2022年同口径减少2.00万元" in text for text in declared)


def test_last_years_files_tell_more_than_declared_lines(workspace: Demo) -> None:
    without_declared_prior(workspace)
    add_last_year(workspace)
    workspace.edit("2023/narrative.yaml", "人员增加", "人员经费增加{{ change.basic.personnel | 万元 }}")
    assert any("人员经费增加5.00万元" in text for text in situation(workspace))


def test_last_year_both_declared_and_in_files_is_an_error(workspace: Demo) -> None:
    add_last_year(workspace)
    assert workspace.found() == ["2023/budget.yaml:16:1 M006"]


def test_a_fault_in_last_years_files_is_reported_there(workspace: Demo) -> None:
    without_declared_prior(workspace)
    add_last_year(workspace)
    workspace.edit("2022/budget.yaml", "function: 2010301", "function: 2010300")
    assert workspace.found() == ["2022/budget.yaml:7:16 C001"]


def test_a_chart_shows_this_year_alone_where_last_years_parts_are_not_known(workspace: Demo) -> None:
    assert [part.title for part in book(workspace).bars("general.by_class")] == [
        "一般公共服务支出",
        "社会保障和就业支出",
    ]


def test_a_chart_shows_each_part_of_last_year_after_that_of_this(workspace: Demo) -> None:
    without_declared_prior(workspace)
    add_last_year(workspace)
    chart = next(block for block in workspace.document().text.blocks if isinstance(block, Chart))
    assert [bar.name for bar in chart.parts] == [
        f"{prefix}general.by_class.{key}" for key in ("201", "208") for prefix in ("", "prior.")
    ]
    assert all(bar.value is not None for bar in chart.parts)


def test_a_chart_of_an_only_part_shows_last_year_beside_it(workspace: Demo) -> None:
    bars = [(part.title, part.value) for part in book(workspace).bars("three_public.by_item")]
    assert bars == [("公务用车运行维护费", Decimal(60_000)), ("上年公务用车运行维护费", Decimal(80_000))]


def test_what_only_last_year_had_stands_in_the_chart_too(workspace: Demo) -> None:
    workspace.edit(BUDGET, "vehicle_operation, amount: 8}", "reception, amount: 1}")
    assert [(part.title, int(part.value or 0)) for part in book(workspace).bars("three_public.by_item")] == [
        ("公务接待费", 0),
        ("上年公务接待费", 10_000),
        ("公务用车运行维护费", 60_000),
        ("上年公务用车运行维护费", 0),
    ]


def test_an_only_part_without_last_year_makes_no_chart(workspace: Demo) -> None:
    without_declared_prior(workspace)
    assert book(workspace).bars("three_public.by_item") == []


def test_an_only_part_beside_a_last_year_without_money_makes_no_chart(workspace: Demo) -> None:
    workspace.edit(BUDGET, "  three_public:\n    - {item: vehicle_operation, amount: 8}\n", "  three_public: []\n")
    assert book(workspace).bars("three_public.by_item") == []
