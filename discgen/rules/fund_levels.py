"""Whose money goal sheets and reports tell: a budget has no 财政拨款 of the levels below its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from discgen.diagnostics import Diagnostic, Fix, error
from discgen.model.line import FISCAL_FUNDS, Line, Nature, Source, total
from discgen.model.project import GOVERNMENT_LEVELS, FundLevel, GoalSheet
from discgen.money import ZERO
from discgen.rules.case import Case

_NAMES = {FundLevel.CENTRAL: "中央", FundLevel.PROVINCIAL: "省级", FundLevel.LOCAL: "市县区"}


def sheets_have_money_of_own_level(case: Case) -> Iterator[Diagnostic]:
    """G028: a sheet tells 财政拨款 as money of the department's own level or, being 转移支付, of one above.

    What a unit earns or is given may come from below: that is no contradiction.
    """
    for project in case.disclosure.projects:
        if project.goal_sheet:
            yield from _of_sheet(case, project.name, project.goal_sheet, project.lines)
    for sheet in case.disclosure.separate_sheets:
        yield from _of_sheet(case, sheet.name, sheet.goal_sheet, ())


def _of_sheet(case: Case, name: str, sheet: GoalSheet, lines: Iterable[Line]) -> Iterator[Diagnostic]:
    """The money of the year decides: what other years cost a lower level may have paid."""
    own = case.disclosure.department.region.level.fund_level
    wrong = [level for level in _below(own) if sheet.annual.funds.get(level)]
    if sum((sheet.annual.funds[level] for level in wrong), ZERO) <= _not_fiscal(lines):
        return
    for period in (sheet.whole_period, sheet.annual):
        for level in period.funds:
            if level in wrong:
                place = case.key_below(period.place, level)
                yield error("G028", _said(name, own, level), place, *_mend(own, level, period.funds))


def reports_have_money_of_own_level(case: Case) -> Iterator[Diagnostic]:
    """G029: so does a report of 绩效自评 (预算执行表)."""
    own = case.disclosure.department.region.level.fund_level
    rows = [(one, row) for one in case.disclosure.evaluations for row in one.spending if row.level in _below(own)]
    spent = [line for line in case.ledger.lines(Source.EXPENDITURE) if line.nature is not Nature.BASIC]
    if sum((row.executed for _, row in rows), ZERO) <= _not_fiscal(spent):
        return
    for evaluation, row in rows:
        levels = [other.level for other in evaluation.spending]
        place = case.below(row.place, "level")
        yield error("G029", _said(evaluation.name, own, row.level), place, *_mend(own, row.level, levels))


def _below(own: FundLevel) -> tuple[FundLevel, ...]:
    """The levels below one."""
    return GOVERNMENT_LEVELS[GOVERNMENT_LEVELS.index(own) + 1 :]


def _not_fiscal(lines: Iterable[Line]) -> Decimal:
    """What of the lines is no 财政拨款, in 元."""
    return total(line for line in lines if line.fund not in FISCAL_FUNDS)


def _said(name: str, own: FundLevel, level: FundLevel) -> str:
    return f"“{name}”把财政拨款写成了{_NAMES[level]}资金（{level}），本部门的预算是{_NAMES[own]}的"


def _mend(own: FundLevel, level: FundLevel, written: Collection[FundLevel]) -> tuple[str, Fix | None]:
    """What to do, and the mend where no other money would have to be added to it."""
    is_alone = sum(one in (own, *_below(own)) for one in written) == 1
    what = f"把{level}改成{own}" if is_alone else f"把{level}的金额并到{own}"
    return f"{what}；department.yaml的level写错的，改level", Fix(level, own) if is_alone else None
