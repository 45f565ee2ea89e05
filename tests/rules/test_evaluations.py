from __future__ import annotations

import pytest

from tests.conftest import Demo

ACCOUNTS = "2023/accounts.yaml"
REPORT = "2023/evaluations/1-store.yaml"


@pytest.fixture
def reporting(accounts: Demo) -> Demo:
    """Accounts with one self-evaluation report: 60 and 30 points of indicators, all of 290000 spent."""
    accounts.add_evaluation()
    return accounts


def test_a_report_in_order_has_no_findings(reporting: Demo) -> None:
    assert reporting.found() == []


def test_e001_an_indicator_scores_no_more_than_its_weight(reporting: Demo) -> None:
    reporting.edit(REPORT, "weight: 30, score: 30", "weight: 30, score: 30.01")
    assert reporting.found("E001") == [f"{REPORT}:20:7 E001"]
    assert reporting.findings("E001")[0].message == "“满意度”得30.01分，权重只有30分"


def test_e001_an_indicator_may_score_less_or_nothing(reporting: Demo) -> None:
    reporting.edit(REPORT, "weight: 30, score: 30", "weight: 30, score: 29.99")
    reporting.edit(REPORT, "weight: 60, score: 60", "weight: 60, score: 0")
    assert reporting.found("E001") == []


@pytest.mark.parametrize("weight", ["31", "29.5"])
def test_e002_the_weights_add_up_to_what_the_form_gives(reporting: Demo, weight: str) -> None:
    reporting.edit(REPORT, "weight: 30, score: 30", f"weight: {weight}, score: 29")
    assert reporting.found("E002") == [f"{REPORT}:16:1 E002"]
    assert reporting.findings("E002")[0].message == f"“库房改造”各指标权重合计{60 + float(weight):g}分，应是90分"


def test_e002_how_the_weights_are_spread_is_free(reporting: Demo) -> None:
    reporting.edit(REPORT, "weight: 30, score: 30", "weight: 89.5, score: 30")
    reporting.edit(REPORT, "weight: 60, score: 60", "weight: 0.5, score: 0.5")
    assert reporting.found("E002") == []


def test_e003_an_aspect_that_the_form_lacks_would_be_lost(reporting: Demo) -> None:
    reporting.edit(REPORT, "  数量指标:", "  数量指标值:")
    assert reporting.found("E003") == [f"{REPORT}:18:7 E003"]
    assert reporting.findings("E003")[0].hint == "是不是“数量指标”？"


@pytest.mark.parametrize("aspect", ["时效指标", "可持续影响"])
def test_e003_any_aspect_of_the_form_is_accepted(reporting: Demo, aspect: str) -> None:
    reporting.edit(REPORT, "  数量指标:", f"  {aspect}:")
    assert reporting.found("E003") == []


def test_e004_no_more_is_spent_than_the_budget_after_adjustment(reporting: Demo) -> None:
    reporting.edit(REPORT, "executed: 290000", "executed: 290000.01")
    assert reporting.found("E004") == [f"{REPORT}:15:5 E004"]
    assert "“库房改造”全年执行数290,000.01元，多于全年预算数290,000元" in [
        one.message for one in reporting.findings("E004")
    ]


def test_e004_holds_for_each_source_of_funds(reporting: Demo) -> None:
    row = "  - {level: local, requested: 270000, approved: 270000, adjusted: 290000, executed: 290000}\n"
    two = row.replace("290000", "280000") + row.replace("local", "other").replace(
        "290000, executed: 290000", "9, executed: 10"
    )
    reporting.edit(REPORT, row, two)
    assert [one.split()[1] for one in reporting.found("E004")] == ["E004"]


def test_e004_spending_less_is_accepted(reporting: Demo) -> None:
    reporting.edit(REPORT, "executed: 290000", "executed: 289999.99")
    assert reporting.found("E004") == []


def stated(demo: Demo, projects: int, grades: str) -> None:
    performance = f"performance:\n  projects: {projects}\n  grades: {{{grades}}}\n"
    demo.edit(ACCOUNTS, "procurement:", performance + "procurement:")


@pytest.mark.parametrize("grades", ["excellent: 2", "excellent: 1, poor: 3"])
def test_e005_grades_add_up_to_the_projects(reporting: Demo, grades: str) -> None:
    stated(reporting, 3, grades)
    assert reporting.found("E005") == [f"{ACCOUNTS}:24:3 E005"]
    assert reporting.findings("E005")[0].message.startswith("各等级的项目合计")


def test_e005_a_grade_has_no_fewer_projects_than_reports(reporting: Demo) -> None:
    stated(reporting, 3, "good: 2, fair: 1")
    assert reporting.found("E005") == [f"{ACCOUNTS}:24:3 E005"]
    assert reporting.findings("E005")[0].message == "“优”的报告有1份，performance写的是0个"


@pytest.mark.parametrize("grades", ["excellent: 3", "excellent: 1, good: 1, poor: 1"])
def test_e005_a_grade_may_have_more_projects_than_reports(reporting: Demo, grades: str) -> None:
    stated(reporting, 3, grades)
    assert reporting.found("E005") == []


def test_e005_nothing_stated_is_nothing_to_count(reporting: Demo) -> None:
    assert "performance" not in (reporting.folder / ACCOUNTS).read_text(encoding="utf-8")
    assert reporting.found("E005") == []


def test_e006_the_reports_spend_no_more_than_all_projects(reporting: Demo) -> None:
    # 29 and 8 of 项目支出; 8 more than one report of 29 leaves.
    more = (reporting.folder / REPORT).read_text(encoding="utf-8").replace("290000", "80000.01")
    reporting.write("2023/evaluations/2-scan.yaml", more)
    assert reporting.found("E006") == [f"{REPORT}:15:3 E006"]
    assert reporting.findings("E006")[0].message == "各份自评报告的执行数合计370,000.01元，多于项目支出370,000元"
    reporting.write("2023/evaluations/2-scan.yaml", more.replace("80000.01", "80000"))
    assert reporting.found("E006") == []


def test_e006_without_reports_nothing_is_compared(accounts: Demo) -> None:
    assert "E006" not in " ".join(accounts.found("E006"))


def test_prose_of_a_report_cites_its_amounts_and_does_not_type_them(reporting: Demo) -> None:
    reporting.edit(REPORT, "这是执行分析。", "全年执行31万元。")
    assert reporting.found("P004") == [f"{REPORT}:23:23 P004"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("30万元", []), ("29万元", ["P005"]), ("28万元", []), ("31万元", ["P004"]), ("29.00万元", ["P005"])],
)
def test_prose_of_a_report_may_type_what_no_expression_cites(reporting: Demo, typed: str, found: list[str]) -> None:
    reporting.edit(REPORT, "requested: 270000, approved: 270000", "requested: 280000, approved: 300000")
    reporting.edit(REPORT, "这是执行分析。", f"金额{typed}。")
    assert [finding.code for finding in reporting.findings("P004", "P005")] == found


SPENT = "requested: 270000, approved: 270000, adjusted: 290000, executed: 290000"


@pytest.mark.parametrize(
    ("deviation", "found"),
    [("已完成支付", True), ("已完成", True), ("年初核减1万元，已完成支付", False), ("申报数按批复调整", False)],
)
def test_e011_a_request_that_differs_is_told_by_a_word_of_approval(
    reporting: Demo, deviation: str, *, found: bool
) -> None:
    reporting.edit(REPORT, SPENT, SPENT.replace("requested: 27", "requested: 28") + f", deviation: {deviation}")
    assert bool(reporting.found("E011")) is found


@pytest.mark.parametrize(
    ("adjusted", "deviation", "found"),
    [
        (290000, "已完成支付", True),
        (290000, "全部支付", True),
        (290000, "年中追加，已全部支付", False),
        (290000, "按财政拨款进度进行支付", False),
        (270000, "已完成支付", False),
    ],
)
def test_e012_all_is_paid_explains_no_difference(
    reporting: Demo, adjusted: int, deviation: str, *, found: bool
) -> None:
    reporting.edit(REPORT, SPENT, f"{SPENT.replace('290000', str(adjusted))}, deviation: {deviation}")
    assert bool(reporting.found("E012")) is found


@pytest.mark.parametrize(("approved", "found"), [("360000", False), ("360001", True)])
def test_e013_reports_were_approved_within_the_years_budget(reporting: Demo, approved: str, *, found: bool) -> None:
    # 项目支出 of the year's budget is 36万元
    reporting.edit(REPORT, "approved: 270000", f"approved: {approved}")
    assert bool(reporting.found("E013")) is found


@pytest.mark.parametrize(
    ("score", "grades", "found"),
    [
        ("99.43", "excellent: 4", False),
        ("89.99", "excellent: 4", True),
        ("90", "excellent: 4", False),
        ("100", "excellent: 3, good: 1", True),
        ("97.5", "excellent: 3, good: 1", False),
        ("59.9", "poor: 4", False),
        ("60.1", "poor: 4", True),
    ],
)
def test_e014_the_average_score_is_one_that_the_grades_can_have(
    accounts: Demo, score: str, grades: str, *, found: bool
) -> None:
    stated = f"performance: {{projects: 4, amount: 10, average_score: {score}, grades: {{{grades}}}}}\n"
    accounts.write(ACCOUNTS, (accounts.folder / ACCOUNTS).read_text(encoding="utf-8") + stated)
    assert bool(accounts.found("E014")) is found


def test_a006_no_more_problems_are_solved_than_found(accounts: Demo) -> None:
    stated = "performance: {projects: 1, amount: 10, grades: {good: 1}, problems: {found: 1, solved: 2}}\n"
    accounts.write(ACCOUNTS, (accounts.folder / ACCOUNTS).read_text(encoding="utf-8") + stated)
    assert [one.message for one in accounts.findings("A006")] == ["已经整改的问题2个，多于发现的1个"]
