"""绩效目标表 against the project it belongs to and the form it is printed in."""

from __future__ import annotations

from collections.abc import Iterator

from discgen.diagnostics import Diagnostic, did_you_mean, error
from discgen.model.line import Origin, total
from discgen.rules.case import Case


def annual_funds_are_project(case: Case) -> Iterator[Diagnostic]:
    """G001: 年度资金总额 of the sheet = the project's amount of the year (表12); of a project carried over whole, that of 表13."""
    for project in case.disclosure.projects:
        if project.goal_sheet is None:
            continue
        of_year = [line for line in project.lines if line.origin is Origin.CURRENT] or project.lines
        amount = total(of_year)
        annual = project.goal_sheet.annual
        if annual.total != amount:
            said = f"“{project.name}”绩效目标表的年度资金{annual.total:,f}元，项目金额{amount:,f}元，相差{abs(annual.total - amount):,f}元"
            yield error("G001", said, annual.place, "核对goal_sheet.funds.annual和amounts；上年结转不算")


def projects_have_category(case: Case) -> Iterator[Diagnostic]:
    """G004: where the form tells 其他运转类 and 特定目标类 apart, every project says which it is."""
    if case.form.needs_category:
        for project in case.disclosure.projects:
            if project.category is None:
                hint = "加一行，例如：category: other_operating（其他运转类）或specific（特定目标类）"
                yield error("G004", f"“{project.name}”缺少category（项目类别）", project.place, hint)


def whole_period_holds_annual(case: Case) -> Iterator[Diagnostic]:
    """G002: 实施期资金总额 is at least 年度资金总额."""
    for name, sheet in case.disclosure.goal_sheets():
        if sheet.whole_period.total < sheet.annual.total:
            said = f"“{name}”的实施期资金{sheet.whole_period.total:,f}元，少于年度资金{sheet.annual.total:,f}元"
            yield error("G002", said, sheet.whole_period.place, "实施期包括本年度，资金不会更少")


def aspects_are_of_form(case: Case) -> Iterator[Diagnostic]:
    """G003: every 二级指标 is one the form prints; another would be lost."""
    known = case.form.goal_sheet.aspects if case.form.goal_sheet else ()
    for _, sheet in case.disclosure.goal_sheets():
        for indicator in sheet.indicators:
            if indicator.aspect not in known:
                hint = did_you_mean(indicator.aspect, known, f"可以是：{'、'.join(known)}")
                yield error("G003", f"表式里没有二级指标“{indicator.aspect}”", indicator.place, hint)


def projects_have_sheets(case: Case) -> Iterator[Diagnostic]:
    """G005: every project has its 绩效目标表, where the form prints them."""
    if case.form.goal_sheet:
        for project in case.disclosure.projects:
            if project.goal_sheet is None:
                said = f"“{project.name}”没有绩效目标表"
                yield error("G005", said, project.place, "补上goal_sheet；确实没有的，在waivers.yaml里说明")


def sheets_have_projects(case: Case) -> Iterator[Diagnostic]:
    """G007: a goal sheet belongs to a project of the department."""
    for sheet in case.disclosure.separate_sheets:
        said = f"绩效目标表“{sheet.name}”（{sheet.unit}）不属于本部门的项目"
        yield error("G007", said, sheet.place, "写进它的项目文件；确实要单独公开的，在waivers.yaml里说明")


def sheets_have_goals(case: Case) -> Iterator[Diagnostic]:
    """G008: a sheet of a project has a goal for each period that the form prints."""
    if case.form.goal_sheet is None:
        return
    for project in case.disclosure.projects:
        sheet = project.goal_sheet
        if sheet is None:
            continue
        for period in case.form.goal_sheet.periods:
            if getattr(sheet, period).goal is None:
                said = f"“{project.name}”的绩效目标表没有{case.form.goal_sheet.labels[period]}"
                yield error("G008", said, sheet.place, f"在goal下加一行：{period}: ……")
