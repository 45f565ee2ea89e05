"""决算和绩效自评 (E): scores within their weights, weights as the form has them, and counts that agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from discgen.diagnostics import Diagnostic, did_you_mean
from discgen.model.disclosure import Grade
from discgen.model.line import Stage
from discgen.money import ZERO, in_yuan
from discgen.rules.case import Case
from discgen.rules.figures import is_missed
from discgen.rules.registry import finding, rule

_POOR_RATE = Decimal("0.6")
"""Where less than this part of 年初预算 was spent, the column 偏差原因 must say why."""
_OF_APPROVAL = re.compile(r"申报|批复|批准|核减|核增|核定|审减|审定|调减|调增|压减|预算安排|财力")
"""Words in 偏差原因 about a request that was not approved unchanged."""
_ONLY_PAID = re.compile(
    r"(?:已经?|均|都|全部|全额|按时|年内|资金|款项|项目)*(?:完成|支付|拨付|支出|执行|付清|结清|完毕)+"
)
"""Words in 偏差原因 that fit only money spent as planned."""


@rule("E001")
def scores_are_within_weights(case: Case) -> Iterator[Diagnostic]:
    """E001: an indicator scores no more than its weight."""
    for evaluation in case.disclosure.evaluations:
        for indicator in evaluation.indicators:
            if indicator.score > indicator.weight:
                message = f"“{indicator.name}”得{indicator.score}分，权重只有{indicator.weight}分"
                yield finding("E001", message, indicator.place, "核对score和weight")


@rule("E002")
def weights_are_of_form(case: Case) -> Iterator[Diagnostic]:
    """E002: the weights of a report add up to what the form gives indicators."""
    form = case.form.evaluation
    if form is None:
        return
    for evaluation in case.disclosure.evaluations:
        if evaluation.indicator_weight != form.indicator_weight:
            message = f"“{evaluation.name}”各指标权重合计{evaluation.indicator_weight}分，应是{form.indicator_weight}分"
            yield finding("E002", message, evaluation.indicators_place, "核对各指标的weight")


@rule("E003")
def aspects_are_of_form(case: Case) -> Iterator[Diagnostic]:
    """E003: every 二级指标 of a report is one the form prints; another would be lost."""
    known = case.form.evaluation.aspects if case.form.evaluation else ()
    for evaluation in case.disclosure.evaluations if known else ():
        for indicator in evaluation.indicators:
            if indicator.aspect not in known:
                hint = did_you_mean(indicator.aspect, known, f"可以是：{'、'.join(known)}")
                yield finding("E003", f"表式里没有二级指标“{indicator.aspect}”", indicator.place, hint)


@rule("E011")
def requests_are_approved(case: Case) -> Iterator[Diagnostic]:
    """E011: 目标申报 and 预算编制 of a report are the same money, before and after the budget was approved."""
    for evaluation in case.disclosure.evaluations:
        for row in evaluation.spending:
            if row.requested != row.approved and not _OF_APPROVAL.search(row.deviation):
                message = f"目标申报{in_yuan(row.requested)}，预算编制{in_yuan(row.approved)}，偏差原因没有说为什么"
                yield finding("E011", message, row.place, "核对requested和approved；确实不同的，在deviation里说明")


@rule("E012")
def deviations_are_explained(case: Case) -> Iterator[Diagnostic]:
    """E012: 偏差原因 that says only that all is paid goes with figures that do not differ (自评报告的预算执行表)."""
    for evaluation in case.disclosure.evaluations:
        for row in evaluation.spending:
            if _ONLY_PAID.fullmatch(row.deviation) and not row.approved == row.adjusted == row.executed:
                message = (
                    f"偏差原因只写“{row.deviation}”，预算编制{in_yuan(row.approved)}、"
                    f"全年预算{in_yuan(row.adjusted)}、执行{in_yuan(row.executed)}却不相等"
                )
                yield finding("E012", message, row.place, "核对三个数；确实不同的，在deviation里说明为什么")


@rule("E013")
def approved_is_within_the_budget(case: Case) -> Iterator[Diagnostic]:
    """E013: what the reports say was approved is no more than 项目支出 of 年初预算, where that is known (公开03表)."""
    budget = case.book.at(Stage.APPROVED, "expenditure.project").value
    approved = sum((row.approved for evaluation in case.disclosure.evaluations for row in evaluation.spending), ZERO)
    if case.disclosure.evaluations and budget is not None and approved > budget:
        message = f"各份自评报告的预算编制数合计{in_yuan(approved)}，多于年初预算的项目支出{in_yuan(budget)}"
        place = case.disclosure.evaluations[0].spending_place
        yield finding("E013", message, place, "核对各报告的approved；年中才安排的项目，approved写0")


@rule("E004")
def executed_is_within_budget(case: Case) -> Iterator[Diagnostic]:
    """E004: 全年执行数 of a project is no more than its 全年预算数."""
    for evaluation in case.disclosure.evaluations:
        for row in evaluation.spending:
            if row.executed > row.adjusted:
                message = f"“{evaluation.name}”全年执行数{in_yuan(row.executed)}，多于全年预算数{in_yuan(row.adjusted)}"
                yield finding("E004", message, row.place, "核对executed和adjusted")


@rule("E005")
def grades_are_counted(case: Case) -> Iterator[Diagnostic]:
    """E005: the projects stated by grade are all projects stated, and no fewer than the reports that are published."""
    stated = case.disclosure.performance
    if stated is None or not stated.grades:
        return
    if sum(stated.grades.values()) != stated.projects:
        message = f"各等级的项目合计{sum(stated.grades.values())}个，自评项目{stated.projects}个"
        yield finding("E005", message, stated.place, "核对grades和projects")
    if case.form.evaluation:
        counted = Counter(case.form.evaluation.grade(evaluation).grade for evaluation in case.disclosure.evaluations)
        for grade, number in counted.items():
            if number > stated.grades[grade]:
                message = f"“{case.form.evaluation.grade_names[grade]}”的报告有{number}份，performance写的是{stated.grades[grade]}个"
                yield finding("E005", message, stated.place, "核对grades和evaluations下的报告")


_LEAST_OF_GRADES = {Grade.EXCELLENT: Decimal(90), Grade.GOOD: Decimal(80), Grade.FAIR: Decimal(60), Grade.POOR: ZERO}
"""The least score of each grade (财预〔2020〕10号, 第二十条); that of the grade above is out of its reach, 100 of the best."""
_FULL_MARKS = Decimal(100)


@rule("E014")
def average_score_fits_the_grades(case: Case) -> Iterator[Diagnostic]:
    """E014: the average score of 绩效自评 is one that as many projects of each grade can have."""
    stated = case.disclosure.performance
    count = sum(stated.grades.values()) if stated else 0
    if stated is None or stated.average_score is None or not count:
        return
    above = [_FULL_MARKS, *_LEAST_OF_GRADES.values()]
    most_of = dict(zip(_LEAST_OF_GRADES, above[:-1], strict=True))
    least, most = (
        sum((limits[grade] * number for grade, number in stated.grades.items()), ZERO) / count
        for limits in (_LEAST_OF_GRADES, most_of)
    )
    if not least <= stated.average_score <= most:
        message = f"平均得分{stated.average_score}分，按各等级的个数应在{least:.2f}分至{most:.2f}分之间"
        hint = "90分以上是优，80分以上是良，60分以上是中（合格）；核对average_score和grades"
        yield finding("E014", message, case.below(stated.place, "average_score"), hint)


@rule("E006")
def reports_are_within_projects(case: Case) -> Iterator[Diagnostic]:
    """E006: what the reports say was spent is no more than 项目支出 (公开03表)."""
    spent = case.book.this("expenditure.project").value
    executed = sum((evaluation.executed for evaluation in case.disclosure.evaluations), ZERO)
    if case.disclosure.evaluations and spent is not None and executed > spent:
        message = f"各份自评报告的执行数合计{in_yuan(executed)}，多于项目支出{in_yuan(spent)}"
        yield finding(
            "E006", message, case.disclosure.evaluations[0].spending_place, "核对各报告的executed和expenditure的project"
        )


@rule("E007")
def every_project_has_a_report(case: Case) -> Iterator[Diagnostic]:
    """E007: as many reports are published as projects are stated to have been evaluated."""
    stated, reports = case.disclosure.performance, len(case.disclosure.evaluations)
    if stated and case.form.evaluation and 0 < reports < stated.projects:
        message = f"自评项目写的是{stated.projects}个，自评报告只有{reports}份"
        hint = "在evaluations/下补上其余的；只公开一部分的，在waivers.yaml里说明"
        yield finding("E007", message, case.below(stated.place, "projects"), hint)


@rule("E008")
def full_scores_are_earned(case: Case) -> Iterator[Diagnostic]:
    """E008: an indicator whose result misses its target does not have the full score."""
    for evaluation in case.disclosure.evaluations:
        for indicator in evaluation.indicators:
            if (
                indicator.weight
                and indicator.score >= indicator.weight
                and is_missed(indicator.target, indicator.actual)
            ):
                message = f"“{indicator.name}”指标值{indicator.target}，完成{indicator.actual}，没有达到，却得了满分{indicator.score}分"
                yield finding("E008", message, case.below(indicator.place, "score"), "核对target、actual和score")


@rule("E009")
def slow_spending_is_explained(case: Case) -> Iterator[Diagnostic]:
    """E009: where little of 年初预算 was spent, 偏差原因 says why (自评报告的预算执行表)."""
    for evaluation in case.disclosure.evaluations:
        for index, row in enumerate(evaluation.spending):
            if row.approved and row.executed < row.approved * _POOR_RATE and not row.deviation:
                rate = row.executed * 100 / row.approved
                message = f"“{evaluation.name}”只执行了年初预算的{rate:.1f}%，没有写偏差原因"
                yield finding("E009", message, case.below(evaluation.spending_place, index), "在这一行加上deviation")


@rule("E010")
def indicators_have_results(case: Case) -> Iterator[Diagnostic]:
    """E010: an indicator that has a score has a result."""
    for evaluation in case.disclosure.evaluations:
        for indicator in evaluation.indicators:
            if not indicator.actual:
                message = f"“{indicator.name}”得{indicator.score}分，没有写完成值"
                yield finding("E010", message, indicator.place, "加上actual，例如actual: 达成预期指标")
