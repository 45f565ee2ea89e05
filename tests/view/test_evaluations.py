"""Self-evaluation reports as the form lays them out: points, rates, grades, and spans of the score table."""

from __future__ import annotations

import pytest

from discgen.view.evaluations import EvaluationView, SpendingRow, evaluations
from discgen.view.sheets import LabelledText
from tests.conftest import Demo

REPORT = "2023/evaluations/1-store.yaml"
FUNDS = "  - {level: local, requested: 270000, approved: 270000, adjusted: 290000, executed: 290000}\n"


@pytest.fixture
def reporting(accounts: Demo) -> Demo:
    """Accounts with one self-evaluation report: 60 and 30 points of indicators, all of 290000 spent."""
    accounts.add_evaluation()
    return accounts


def pages(demo: Demo) -> tuple[EvaluationView, ...]:
    """The reports, whether or not the accounts are in order otherwise."""
    document = demo.compose().document
    assert document is not None
    return evaluations(document)


def page(demo: Demo) -> EvaluationView:
    return pages(demo)[0]


def cells(row: SpendingRow) -> tuple[str, ...]:
    """A row of 预算执行情况 as it is printed."""
    return (row.label, *(figure.text for figure in row.figures), row.score, row.deviation)


def labelled(texts: tuple[LabelledText, ...]) -> list[tuple[str, str]]:
    return [(text.label, text.text) for text in texts]


def funds(demo: Demo, *rows: tuple[str, int, int]) -> EvaluationView:
    """The page where these sources of funds had so much to spend and spent so much."""
    written = "".join(
        f"  - {{level: {level}, requested: 1, approved: 2, adjusted: {adjusted}, executed: {executed}}}\n"
        for level, adjusted, executed in rows
    )
    demo.edit(REPORT, FUNDS, written)
    return page(demo)


def test_a_report_says_whose_project_it_is_and_when(reporting: Demo) -> None:
    one = page(reporting)
    assert (one.title, one.name, one.reported) == ("项目支出绩效自评分析报告", "库房改造", "2023年12月")
    assert (one.unit, one.department) == ("示范市档案局", "026-示范市档案局")


def test_a_unit_with_a_code_is_called_by_both(reporting: Demo) -> None:
    reporting.edit("department.yaml", "id: agency, name", 'id: agency, code: "026001", name')
    assert page(reporting).unit == "026001-示范市档案局"


@pytest.mark.parametrize(
    ("adjusted", "executed", "rate", "score"),
    [
        (290000, 290000, "100%", "10"),
        (200000, 100000, "50%", "5"),
        (300000, 100000, "33.33%", "3.33"),
        (80000, 79992, "99.99%", "10"),
        (200000, 0, "0%", "0"),
    ],
)
def test_the_score_of_execution_is_its_weight_by_the_rate(
    reporting: Demo, adjusted: int, executed: int, rate: str, score: str
) -> None:
    whole = cells(funds(reporting, ("local", adjusted, executed)).spending[0])
    assert whole[6:8] == (rate, score)


def test_spending_more_than_the_budget_scores_no_more_than_the_weight(reporting: Demo) -> None:
    reporting.edit(REPORT, "executed: 290000", "executed: 300000")
    whole = cells(page(reporting).spending[0])
    assert whole[5:8] == ("-10,000", "103.45%", "10")


def test_where_nothing_was_to_be_spent_there_is_no_rate_and_no_point_is_lost(reporting: Demo) -> None:
    whole = cells(funds(reporting, ("local", 0, 0)).spending[0])
    assert whole == ("合计", "1", "2", "0", "0", "0", "", "10", "")


def test_funds_stand_below_their_total_which_alone_has_rate_and_score(reporting: Demo) -> None:
    report = funds(reporting, ("local", 300000, 270000), ("central", 100000, 50000))
    assert [cells(row) for row in report.spending] == [
        ("合计", "2", "4", "400,000", "320,000", "80,000", "80%", "8", ""),
        ("市县区财政资金", "1", "2", "300,000", "270,000", "30,000", "", "", ""),
        ("中央财政资金", "1", "2", "100,000", "50,000", "50,000", "", "", ""),
    ]


def test_a_source_of_funds_gives_its_reason_for_the_deviation(reporting: Demo) -> None:
    reporting.edit(REPORT, "executed: 290000", "executed: 280000, deviation: 按实际结算支付")
    assert [row.deviation for row in page(reporting).spending] == ["", "按实际结算支付"]


@pytest.mark.parametrize(
    ("score", "total", "grade"),
    [
        ("80", "90", "优"),
        ("79.99", "89.99", "良"),
        ("70", "80", "良"),
        ("69.99", "79.99", "中"),
        ("50", "60", "中"),
        ("49.99", "59.99", "差"),
        ("0", "10", "差"),
        ("90", "100", "优"),
    ],
)
def test_a_grade_is_given_from_its_least_points_on(reporting: Demo, score: str, total: str, grade: str) -> None:
    # With the 10 points of execution.
    reporting.edit(REPORT, "weight: 60, score: 60", f"weight: 90, score: {score}")
    reporting.edit(REPORT, "weight: 30, score: 30", "weight: 0, score: 0")
    assert f"总得分{total}分，属于“{grade}”" in page(reporting).conclusion


def test_a_grade_is_that_of_the_total_as_it_is_shown(reporting: Demo) -> None:
    # 10 of 99.95 % are 9.995, with 80 they are 89.995: shown as 90.
    reporting.edit(REPORT, "weight: 60, score: 60", "weight: 60, score: 50")
    assert "总得分90分，属于“优”" in funds(reporting, ("local", 200000, 199900)).conclusion


def test_the_conclusion_names_both_scores(reporting: Demo) -> None:
    reporting.edit(REPORT, "weight: 60, score: 60", "weight: 60, score: 55.5")
    said = funds(reporting, ("local", 200000, 150000)).conclusion
    # 10 points of 75 %, and 55.5 and 30.
    assert "执行情况得分7.5分" in said
    assert "指标完成情况得分85.5分" in said
    assert "“库房改造”项目绩效自评总得分93分，属于“优”" in said


INDICATORS = """\
  质量指标:
    - {name: 合格率, target: 100%, weight: 10, score: 10}
  数量指标:
    - {name: 件数, initial_target: ≥8件, target: ≥10件, actual: 12, weight: 40, score: 40, deviation: 无}
    - {name: 卷数, target: ≥5卷, weight: 10, score: 9.5}
  社会效益:
    - {name: 效果, target: 好, explanation: 达成预期指标, weight: 0, score: 0}
  服务对象满意度:"""


def test_the_score_table_is_in_the_order_of_the_form_and_its_labels_span(reporting: Demo) -> None:
    text = (reporting.folder / REPORT).read_text(encoding="utf-8")
    start, end = text.index("  数量指标:"), text.index("\n    - {name: 满意度")
    reporting.write(REPORT, text[:start] + INDICATORS + text[end:])
    report = page(reporting)
    rows = report.scores
    spans = [(line.dimension_span, line.aspect_span) for group in report.groups for line in group]
    assert [
        (row.dimension, dimension, row.aspect, aspect, row.cells[0])
        for row, (dimension, aspect) in zip(rows, spans, strict=True)
    ] == [
        ("产出指标", 3, "数量指标", 2, "件数"),
        ("产出指标", 0, "数量指标", 0, "卷数"),
        ("产出指标", 0, "质量指标", 1, "合格率"),
        ("效益指标", 1, "社会效益", 1, "效果"),
        ("满意度指标", 1, "服务对象满意度", 1, "满意度"),
    ]
    assert rows[0].cells == ("件数", "≥8件", "≥10件", "12", "", "40", "40", "无")
    assert rows[1].cells == ("卷数", "", "≥5卷", "", "", "10", "9.5", "")
    assert rows[3].cells == ("效果", "", "好", "", "达成预期指标", "0", "0", "")


def test_aspects_and_dimensions_without_indicators_are_left_out(reporting: Demo) -> None:
    rows = page(reporting).scores
    assert [(row.dimension, row.aspect) for row in rows] == [
        ("产出指标", "数量指标"),
        ("满意度指标", "服务对象满意度"),
    ]


def test_prose_stands_under_the_forms_labels_in_its_order(reporting: Demo) -> None:
    one = page(reporting)
    assert labelled(one.background) == [
        ("项目概况：", "这是概况。"),
        ("立项依据：", "这是依据。"),
        ("项目设立的必要性：", "这是必要性。"),
        ("保证项目实施的措施与制度：", "这是措施。"),
    ]
    assert labelled(one.goals) == [
        ("项目实施期绩效目标：", "这是实施期目标。"),
        ("项目年度目标：", "这是年度目标。"),
    ]
    assert one.plan.text == "这是计划。"
    assert [text.text for text in one.results] == [
        "这是完成情况。",
        "这是执行分析。",
        "这是产出。",
        "这是效益。",
        "这是满意度。",
    ]
    assert [text.text for text in one.closing] == ["这是经验。", "这是问题。", "这是改进。"]
    assert one.results[0].label == "2.全年目标实际完成情况"
    assert one.closing[0].label == "四、项目主要经验做法"


def test_the_prose_of_a_report_may_cite_its_own_funds_and_facts(reporting: Demo) -> None:
    reporting.edit(REPORT, "adjusted: 290000", "adjusted: 305000")
    reporting.edit(
        REPORT,
        "这是执行分析。",
        "预算{{ adjusted | 万元 }}，执行{{ executed | 万元 }}，共{{ expenditure.project | 万元 }}。",
    )
    assert page(reporting).results[1].text == "预算30.50万元，执行29.00万元，共37.00万元。"


def test_the_funds_of_a_report_are_unknown_outside_it(reporting: Demo) -> None:
    reporting.edit("2023/accounts-narrative.yaml", "201: 机构运转", '201: "{{ executed | 万元 }}"')
    assert reporting.found("P002") == ["2023/accounts-narrative.yaml:5:9 P002"]


def test_reports_stand_in_the_order_of_their_files(reporting: Demo) -> None:
    text = (reporting.folder / REPORT).read_text(encoding="utf-8").replace("290000", "1")
    for stem, name in (("0-first", "首个"), ("9-last", "末个")):
        reporting.write(f"2023/evaluations/{stem}.yaml", text.replace("库房改造", name))
    assert [one.name for one in pages(reporting)] == ["首个", "库房改造", "末个"]
