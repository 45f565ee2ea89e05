"""Goal sheets that stand alone or have one period, and self-evaluation reports as facts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from discgen.model.evaluation import Evaluation
from discgen.model.project import FundLevel
from discgen.view.goal_sheets import goal_sheets
from tests.conftest import Demo

STORE = "2023/projects/1-store.yaml"
REPORT = "2023/evaluations/1-store.yaml"


def separate(demo: Demo, stem: str = "1-desk") -> None:
    """A goal sheet like that of a project, of another department."""
    sheet = (demo.folder / STORE).read_text(encoding="utf-8")
    head = 'name: 办公设备购置经费\ndepartment: {code: "0640", name: 示范市大数据中心}\nunit: 示范市大数据中心\n'
    demo.write(f"2023/goal_sheets/{stem}.yaml", head + sheet[sheet.index("goal_sheet:") :])


def test_a_separate_sheet_says_itself_whose_it_is(workspace: Demo) -> None:
    separate(workspace)
    (sheet,) = workspace.facts().separate_sheets
    assert (sheet.id, sheet.name) == ("1-desk", "办公设备购置经费")
    assert (sheet.department, sheet.unit) == ("0640-示范市大数据中心", "示范市大数据中心")
    assert sheet.goal_sheet.annual.total == 270_000


def test_separate_sheets_come_after_those_of_projects(workspace: Demo) -> None:
    separate(workspace, "2-later")
    separate(workspace, "1-desk")
    assert [name for name, _ in workspace.facts().goal_sheets()] == [
        "库房改造",
        "档案扫描",
        "办公设备购置经费",
        "办公设备购置经费",
    ]
    assert [sheet.id for sheet in workspace.facts().separate_sheets] == ["1-desk", "2-later"]


def test_a_separate_sheet_is_a_page_of_the_document(workspace: Demo) -> None:
    separate(workspace)
    document = workspace.compose().document
    assert document is not None
    page = goal_sheets(document)[2]
    assert (page.name, page.department, page.unit, tuple(figure.text for figure in page.totals)) == (
        "办公设备购置经费",
        "0640-示范市大数据中心",
        "示范市大数据中心",
        ("270,000", "270,000"),
    )


def test_a_separate_sheet_brings_no_money(workspace: Demo) -> None:
    before = workspace.facts().lines
    separate(workspace)
    assert workspace.facts().lines == before


def test_a_goal_may_have_one_period_and_the_other_is_none(workspace: Demo) -> None:
    workspace.edit(STORE, "    whole_period: 这是实施期目标。\n", "")
    sheet = workspace.facts().projects[0].goal_sheet
    assert sheet is not None
    assert sheet.whole_period.goal is None
    assert sheet.annual.goal is not None
    assert sheet.annual.goal.text == "这是年度目标。"
    assert len(sheet.texts()) == 6


def test_a_project_may_have_no_goal_sheet_and_a_statement(workspace: Demo) -> None:
    project = (workspace.folder / STORE).read_text(encoding="utf-8")
    keys = ("summary", "basis", "implementer", "plan", "period", "budget", "goal")
    statement = "".join(f"  {key}: 这是{key}。\n" for key in keys)
    workspace.write(STORE, f"{project[: project.index('goal_sheet:')]}statement:\n{statement}")
    one = workspace.facts().projects[0]
    assert one.goal_sheet is None
    assert {key: prose.text for key, prose in one.statement.items()} == {key: f"这是{key}。" for key in keys}


@pytest.fixture
def reporting(accounts: Demo) -> Demo:
    """Accounts with one self-evaluation report."""
    accounts.add_evaluation()
    return accounts


def report(demo: Demo) -> Evaluation:
    (one,) = demo.facts().evaluations
    return one


def test_a_report_is_called_by_its_file(reporting: Demo) -> None:
    one = report(reporting)
    assert (one.id, one.name, one.unit) == ("1-store", "库房改造", "agency")


def test_funds_of_a_report_are_added_over_their_sources(reporting: Demo) -> None:
    row = "  - {level: local, requested: 270000, approved: 270000, adjusted: 290000, executed: 290000}\n"
    other = "  - {level: central, requested: 1, approved: 2, adjusted: 10000, executed: 5000}\n"
    reporting.edit(REPORT, row, row + other)
    one = report(reporting)
    assert [row.level for row in one.spending] == [FundLevel.LOCAL, FundLevel.CENTRAL]
    assert [one.adjusted, one.executed] == [Decimal(300_000), Decimal(295_000)]
    # 295 of 300
    assert one.rate is not None
    assert round(one.rate, 4) == Decimal("98.3333")


def test_funds_of_a_report_are_in_yuan_whatever_the_unit_of_the_accounts(reporting: Demo) -> None:
    assert "unit: 万元" in (reporting.folder / "2023" / "accounts.yaml").read_text(encoding="utf-8")
    assert report(reporting).adjusted == 290_000


def test_where_nothing_was_to_be_spent_there_is_no_rate(reporting: Demo) -> None:
    reporting.edit(REPORT, "adjusted: 290000, executed: 290000", "adjusted: 0, executed: 0")
    assert report(reporting).rate is None


def test_where_nothing_was_spent_the_rate_is_zero(reporting: Demo) -> None:
    reporting.edit(REPORT, "executed: 290000", "executed: 0")
    assert report(reporting).rate == 0


def test_weights_and_scores_are_added_over_all_aspects(reporting: Demo) -> None:
    reporting.edit(REPORT, "weight: 60, score: 60", "weight: 60, score: 55.5")
    one = report(reporting)
    assert (one.indicator_weight, one.indicator_score) == (Decimal(90), Decimal("85.5"))
    assert [(row.aspect, row.weight, row.score) for row in one.indicators] == [
        ("数量指标", Decimal(60), Decimal("55.5")),
        ("服务对象满意度", Decimal(30), Decimal(30)),
    ]


def test_what_an_indicator_does_not_say_is_empty(reporting: Demo) -> None:
    row = report(reporting).indicators[0]
    assert (row.target, row.actual) == ("≥10件", "12")
    assert (row.initial_target, row.explanation, row.deviation) == ("", "", "")


@pytest.mark.parametrize("points", ["100.5", "-1", "9.123", "十"])
def test_points_are_numbers_up_to_100(reporting: Demo, points: str) -> None:
    reporting.edit(REPORT, "weight: 60", f"weight: {points}")
    assert [one.rpartition(" ")[0] for one in reporting.found()] == [f"{REPORT}:18:52"]


def test_a_report_of_an_unknown_unit_is_refused(reporting: Demo) -> None:
    reporting.edit(REPORT, "unit: agency", "unit: office")
    assert reporting.found() == [f"{REPORT}:2:7 M002"]


def test_a_report_with_another_ending_is_not_passed_over(reporting: Demo) -> None:
    reporting.write("2023/evaluations/2-more.yml", "name: 甲\n")
    assert reporting.found() == ["2023/evaluations/2-more.yml:1:1 L016"]


def test_reports_belong_to_accounts_and_goal_sheets_to_budgets(reporting: Demo) -> None:
    separate(reporting)
    assert reporting.facts().separate_sheets == ()
    assert reporting.facts().projects == ()
