"""绩效自评: scores within their weights, weights as the form has them, and counts that agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from discgen.diagnostics import Diagnostic, did_you_mean, error
from discgen.rules.case import Case


def scores_are_within_weights(case: Case) -> Iterator[Diagnostic]:
    """E001: an indicator scores no more than its weight."""
    for evaluation in case.disclosure.evaluations:
        for indicator in evaluation.indicators:
            if indicator.score > indicator.weight:
                said = f"“{indicator.name}”得{indicator.score}分，权重只有{indicator.weight}分"
                yield error("E001", said, indicator.place, "核对score和weight")


def weights_are_of_form(case: Case) -> Iterator[Diagnostic]:
    """E002: the weights of a report add up to what the form gives indicators."""
    form = case.form.evaluation
    if form is None:
        return
    for evaluation in case.disclosure.evaluations:
        if evaluation.indicator_weight != form.indicator_weight:
            said = f"“{evaluation.name}”各指标权重合计{evaluation.indicator_weight}分，应是{form.indicator_weight}分"
            yield error("E002", said, evaluation.place, "核对各指标的weight")


def aspects_are_of_form(case: Case) -> Iterator[Diagnostic]:
    """E003: every 二级指标 of a report is one the form prints; another would be lost."""
    known = case.form.evaluation.aspects if case.form.evaluation else ()
    for evaluation in case.disclosure.evaluations:
        for indicator in evaluation.indicators:
            if indicator.aspect not in known:
                hint = did_you_mean(indicator.aspect, known, f"可以是：{'、'.join(known)}")
                yield error("E003", f"表式里没有二级指标“{indicator.aspect}”", indicator.place, hint)


def executed_is_within_budget(case: Case) -> Iterator[Diagnostic]:
    """E004: 全年执行数 of a project is no more than its 全年预算数."""
    for evaluation in case.disclosure.evaluations:
        for row in evaluation.spending:
            if row.executed > row.adjusted:
                said = f"“{evaluation.name}”全年执行数{row.executed:,f}元，多于全年预算数{row.adjusted:,f}元"
                yield error("E004", said, evaluation.spending_place, "核对executed和adjusted")


def grades_are_counted(case: Case) -> Iterator[Diagnostic]:
    """E005: the projects stated by grade are all projects stated, and no fewer than the reports that are published."""
    stated = case.disclosure.performance
    if stated is None or not stated.grades:
        return
    if sum(stated.grades.values()) != stated.projects:
        said = f"各等级的项目合计{sum(stated.grades.values())}个，自评项目{stated.projects}个"
        yield error("E005", said, stated.place, "核对grades和projects")
    if case.form.evaluation:
        counted = Counter(case.form.evaluation.grade(one).grade for one in case.disclosure.evaluations)
        for grade, number in counted.items():
            if number > stated.grades[grade]:
                said = f"“{case.form.evaluation.grade_names[grade]}”的报告有{number}份，performance写的是{stated.grades[grade]}个"
                yield error("E005", said, stated.place, "核对grades和evaluations下的报告")


def reports_are_within_projects(case: Case) -> Iterator[Diagnostic]:
    """E006: what the reports say was spent is no more than 项目支出 (公开03表)."""
    spent = case.book.this("expenditure.project").value
    executed = sum(one.executed for one in case.disclosure.evaluations)
    if spent is not None and executed > spent:
        said = f"各份自评报告的执行数合计{executed:,f}元，多于项目支出{spent:,f}元"
        yield error(
            "E006", said, case.disclosure.evaluations[0].spending_place, "核对各报告的executed和expenditure的project"
        )
