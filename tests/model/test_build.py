from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from discgen.gather.reader import read_facts
from discgen.model.disclosure import Disclosure
from discgen.model.line import Component, Fund, Origin, Source, UnitKind
from discgen.model.project import GoalSheet
from tests.conftest import Demo


def facts(demo: Demo) -> Disclosure:
    disclosure, findings = read_facts(demo.workspace, demo.target)
    assert findings == []
    assert disclosure is not None
    return disclosure


def test_the_demo_is_in_order(workspace: Demo) -> None:
    assert workspace.found() == []


def test_amounts_are_in_yuan_whatever_the_unit_of_the_file(workspace: Demo) -> None:
    lines = facts(workspace).lines
    assert [line.amount for line in lines[Source.INCOME]] == [Decimal(1_000_000)]
    assert [line.amount for line in lines[Source.PROJECT]] == [Decimal(270_000), Decimal(90_000)]


def test_a_line_of_expenditure_becomes_one_line_a_nature_at_its_place(workspace: Demo) -> None:
    lines = facts(workspace).lines[Source.EXPENDITURE]
    assert [(line.function_code, str(line.nature), int(line.amount), line.place.line) for line in lines] == [
        ("2010301", "basic", 610_000, 7),
        ("2010301", "project", 270_000, 7),
        ("2010350", "project", 90_000, 8),
        ("2080505", "basic", 30_000, 9),
    ]


def test_a_line_is_general_and_current_where_it_does_not_say_otherwise(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "{fund: general, amount: 100}", "{amount: 100}")
    line = facts(workspace).lines[Source.INCOME][0]
    assert (line.fund, line.origin) == (Fund.GENERAL, Origin.CURRENT)


@pytest.mark.parametrize(
    ("row", "component"),
    [
        ("department: 30101, government: 50101", Component.PERSONNEL),
        ("department: 30302, government: 50905", Component.PERSONNEL),
        ("department: 30201, government: 50201", Component.OPERATING),
        ("department: 31002, government: 50306", Component.OPERATING),
        ("department: 30201, government: 50201, component: personnel", Component.PERSONNEL),
        ("department: 30199, government: 50199, component: operating", Component.OPERATING),
    ],
)
def test_basic_expenditure_is_personnel_by_class_unless_the_line_says(
    workspace: Demo, row: str, component: Component
) -> None:
    workspace.edit("2023/budget.yaml", "department: 30101, government: 50101", row)
    assert facts(workspace).lines[Source.BASIC][0].component is component


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("government: 50101", UnitKind.ADMINISTRATIVE),
        ("government: 50401", UnitKind.ADMINISTRATIVE),
        ("government: 50501", UnitKind.INSTITUTION),
        ("government: 50601", UnitKind.INSTITUTION),
        ("government: 50901", None),
        ("government: 50101, unit_kind: institution", UnitKind.INSTITUTION),
        ("government: 50901, unit_kind: administrative", UnitKind.ADMINISTRATIVE),
        ("government: 50101, unit: archive", UnitKind.INSTITUTION),
        ("government: 50501, unit: agency", UnitKind.ADMINISTRATIVE),
    ],
)
def test_the_kind_of_unit_is_the_units_else_written_else_by_government_code(
    workspace: Demo, row: str, kind: UnitKind | None
) -> None:
    workspace.edit("2023/budget.yaml", "government: 50101", row)
    assert facts(workspace).lines[Source.BASIC][0].unit_kind is kind


def test_projects_are_in_the_order_of_units_then_of_files(workspace: Demo) -> None:
    workspace.add_project("0-first", "2010350", "1", name="首个", unit="archive")
    workspace.add_project("9-last", "2010301", "1", name="末个")
    assert [project.name for project in facts(workspace).projects] == ["库房改造", "末个", "首个", "档案扫描"]


def sheet(workspace: Demo) -> GoalSheet:
    """The goal sheet of the first project."""
    found = facts(workspace).projects[0].goal_sheet
    assert found is not None
    return found


def test_a_target_in_one_value_stands_in_both_columns(workspace: Demo) -> None:
    indicator = sheet(workspace).indicators[0]
    assert (indicator.aspect, indicator.name) == ("数量指标", "件数")
    assert (indicator.whole_period, indicator.annual) == ("≥10件", "≥10件")


@pytest.mark.parametrize(
    ("target", "columns"),
    [
        ("{whole_period: ≥30件, annual: ≥10件}", ("≥30件", "≥10件")),
        ("{whole_period: ≥30件}", ("≥30件", None)),
        ("{annual: ≥10件}", (None, "≥10件")),
    ],
)
def test_a_target_may_differ_by_column_or_stand_in_one(
    workspace: Demo, target: str, columns: tuple[str | None, str | None]
) -> None:
    workspace.edit("2023/projects/1-store.yaml", "≥10件", target)
    indicator = sheet(workspace).indicators[0]
    assert (indicator.whole_period, indicator.annual) == columns


def test_a_day_of_filling_is_a_date(workspace: Demo) -> None:
    name = "2023/projects/1-store.yaml"
    workspace.edit(name, "goal_sheet:\n", "goal_sheet:\n  filled_on: 2022-11-24\n")
    assert sheet(workspace).filled_on == date(2022, 11, 24)


def test_assets_are_counted_by_kind_of_unit(workspace: Demo) -> None:
    assets = """\
assets:
  vehicles:
    authorised: {administrative: 3, institution: 2}
    owned: {administrative: 1, institution: 0}
  office_area: 97.5
"""
    workspace.edit("2023/budget.yaml", "procurement:", assets + "procurement:")
    read = facts(workspace).assets
    assert read is not None
    assert read.authorised_vehicles is not None
    assert (read.authorised_vehicles.total, read.owned_vehicles.total, read.office_area) == (5, 1, Decimal("97.5"))


@pytest.mark.parametrize(
    ("name", "old", "new", "hint"),
    [
        ("2023/budget.yaml", "amount: 13", "amount: 13.0000001", "本文件的单位是万元，小数最多6位；照批复的数写"),
        (
            "2023/projects/1-store.yaml",
            "- {amount: 270000}",
            "- {amount: 270000.123}",
            "本文件的单位是元，小数最多2位；照批复的数写",
        ),
    ],
)
def test_an_amount_finer_than_a_fen_is_answered_with_how_fine_it_may_be(
    workspace: Demo, name: str, old: str, new: str, hint: str
) -> None:
    workspace.edit(name, old, new)
    assert [finding.hint for finding in workspace.findings("M001")] == [hint]


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        ("2023/budget.yaml", "amount: 13", "amount: 13.0000001", "2023/budget.yaml:12:52 M001"),
        ("2023/projects/1-store.yaml", "unit: agency", "unit: agenci", "2023/projects/1-store.yaml:2:7 M002"),
        ("2023/budget.yaml", "unit: agency, amount: 15", "unit: office, amount: 15", "2023/budget.yaml:25:14 M002"),
        (
            "2023/projects/1-store.yaml",
            "goal_sheet:\n",
            "goal_sheet:\n  filled_on: 2023-02-29\n",
            "2023/projects/1-store.yaml:7:14 M003",
        ),
        ("2023/budget.yaml", "year: 2023", "year: 2024", "2023/budget.yaml:2:7 M004"),
        ("department.yaml", "id: archive", "id: agency", "department.yaml:8:10 M005"),
        ("2023/budget.yaml", "shanxi-budget-2023", "shanxi-budget-1999", "2023/budget.yaml:1:7 M007"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_at_its_place(
    workspace: Demo, name: str, old: str, new: str, finding: str
) -> None:
    workspace.edit(name, old, new)
    assert finding in workspace.found()


def test_an_annex_names_data_that_there_are(workspace: Demo) -> None:
    annexes = "annexes:\n  - {data: nothing, title: 目录}\n"
    workspace.edit("2023/narrative.yaml", "overview:", annexes + "overview:")
    assert workspace.found() == ["2023/narrative.yaml:2:12 M009"]
    workspace.edit("2023/narrative.yaml", "data: nothing", "data: shanxi-purchase-catalogue-2023")
    assert workspace.found() == ["2023/narrative.yaml:1:1 P051"]  # it is there, and this form prints no annexes


def test_an_unknown_unit_is_answered_with_the_known_ones(workspace: Demo) -> None:
    workspace.edit("2023/projects/1-store.yaml", "unit: agency", "unit: office")
    finding = workspace.check()[0]
    assert finding.message == "没有代号为“office”的单位"
    assert finding.hint == "department.yaml里有：agency（示范市档案局）、archive（示范市档案馆）"
