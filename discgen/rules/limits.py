"""Amounts that cannot be more than the money they are part of, or than what was set for them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from discgen.codes.dictionary import Classification
from discgen.codes.meanings import values_of
from discgen.diagnostics import Diagnostic, error, warning
from discgen.model.line import AGENCY_KINDS, Component, Nature, Source, Stage, ThreePublicItem, total
from discgen.money import in_yuan
from discgen.rules.case import Case
from discgen.rules.sides import likely_slip

_BEYOND = Decimal(100_000_000_000)
"""1,000亿元: more than the departments of a county, city or district spend."""


def procurement_is_within_what_buys(case: Case) -> Iterator[Diagnostic]:
    """R012: 政府采购 is no more than 商品和服务支出 and 资本性支出 of 基本支出 and all other expenditure together."""
    bought = case.disclosure.lines.get(Source.PROCUREMENT, ())
    buying = tuple(values_of(Classification.DEPARTMENT_ECONOMIC, "buys"))
    basic = [
        line for line in case.ledger.lines(Source.BASIC) if (line.department_economic_code or "").startswith(buying)
    ]
    other = [line for line in case.ledger.lines(Source.EXPENDITURE) if line.nature is not Nature.BASIC]
    most = total(basic) + total(other)
    if bought and total(bought) > most:
        codes = "、".join(buying)
        said = f"政府采购{in_yuan(total(bought))}，多于能用来采购的支出{in_yuan(most)}（公用经费里的{codes}和项目支出）"
        yield error("R012", said, max(bought, key=lambda line: line.amount).place, "核对procurement的位数和单位")


def agency_operation_is_within_operating(case: Case) -> Iterator[Diagnostic]:
    """R013: 机关运行经费 that is declared is no more than 公用经费, of which it is a part (表11 against 表6)."""
    declared = case.disclosure.lines.get(Source.AGENCY_OPERATION, ())
    kinds = (*AGENCY_KINDS, None)
    operating = [
        line
        for line in case.ledger.lines(Source.BASIC)
        if line.component is Component.OPERATING and line.unit_kind in kinds
    ]
    if declared and total(declared) > total(operating):
        said = f"机关运行经费{in_yuan(total(declared))}，多于公用经费{in_yuan(total(operating))}"
        yield error("R013", said, declared[0].place, "核对agency_operation和basic里公用经费各行")


def three_public_is_within_budget(case: Case) -> Iterator[Diagnostic]:
    """R014: each of “三公”经费 is no more than its 全年预算 (公开09表), which may not be overspent."""
    lines = case.disclosure.lines.get(Source.THREE_PUBLIC, ())
    if not any(line.stage is Stage.ADJUSTED for line in lines):
        return
    for item in ThreePublicItem:
        spent, budget = case.book.this(f"three_public.{item}"), case.book.at(Stage.ADJUSTED, f"three_public.{item}")
        if spent.value is not None and budget.value is not None and spent.value > budget.value:
            said = f"{spent.title}决算{in_yuan(spent.value)}，多于全年预算{in_yuan(budget.value)}"
            yield warning("R014", said, (*budget.lines, *spent.lines)[0].place, "核对adjusted和各笔支出")


def reserved_is_within_procurement(case: Case) -> Iterator[Diagnostic]:
    """R022: 小微企业 is within 中小企业, and that within 政府采购."""
    reserved, whole = case.disclosure.reserved, total(case.ledger.lines(Source.PROCUREMENT))
    if reserved is None:
        return
    if reserved.micro > reserved.sme:
        said = f"小微企业{in_yuan(reserved.micro)}，多于中小企业{in_yuan(reserved.sme)}"
        yield error("R022", said, reserved.place, "核对reserved的sme和micro；micro是sme的其中数")
    if reserved.sme > whole:
        said = f"面向中小企业{in_yuan(reserved.sme)}，多于政府采购{in_yuan(whole)}"
        yield error("R022", said, reserved.place, "核对reserved的sme和货物、工程、服务")


def amounts_are_in_the_unit(case: Case) -> Iterator[Diagnostic]:
    """R023: 收入总计 is not beyond any department's: figures in 元 under `unit: 万元` are 10,000 times too large."""
    income = total(case.ledger.lines(Source.INCOME))
    if income > _BEYOND:
        said = f"收入合计{in_yuan(income)}，大得不合情理"
        yield error("R023", said, case.disclosure.unit_place, "看unit：数是元的写unit: 元，数是万元的写unit: 万元")


def stated_performance_is_within_projects(case: Case) -> Iterator[Diagnostic]:
    """R025: the money of projects stated to have goals, or to be evaluated, is no more than 项目支出, 上年结转 included."""
    stated, projects = case.disclosure.performance, case.book.this("expenditure.project")
    if stated is None or projects.value is None:
        return
    for key, name, amount in (
        ("amount", "编报绩效目标或自评的项目资金", stated.amount),
        ("evaluated_amount", "部门评价的项目资金", stated.evaluated_amount),
    ):
        if amount and amount > projects.value:
            said = f"{name}{in_yuan(amount)}，多于项目支出{in_yuan(projects.value)}"
            place = case.below(stated.place, key)
            slip = likely_slip([(amount, place)], [(line.amount, line.place) for line in projects.lines])
            hint = f"核对performance.{key}和expenditure的project"
            yield error("R025", said, place, f"{slip}；{hint}" if slip else hint)
