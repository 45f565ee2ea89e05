"""勾稽 (R): `prior` and `approved`, the figures declared of last year or of this year's budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from discgen.diagnostics import Diagnostic
from discgen.model.line import FISCAL_FUNDS, Component, Line, Nature, Source, total
from discgen.money import in_yuan
from discgen.reference.codes import CLASS_DIGITS, Classification
from discgen.rules.case import Case
from discgen.rules.figures import bound, difference, with_slip
from discgen.rules.registry import finding, rule

_OTHER_FUNDS = "非财政拨款"
_RECEIVED = (Source.INCOME, Source.OPENING_BALANCE, Source.SURPLUS_USED)
_SPENT = (Source.EXPENDITURE, Source.CLOSING_BALANCE, Source.SURPLUS_DISTRIBUTED)


@rule("R027")
def prior_income_is_prior_expenditure(case: Case) -> Iterator[Diagnostic]:
    """R027: last year's 收入总计 = 支出总计, fund by fund, where both are declared; of accounts with the balances of
    both ends (公开01, 04表). The changes since then are worked out from them.
    """
    if not (_prior(case, Source.INCOME) and _prior(case, Source.EXPENDITURE)):
        return
    received, spent = (_by_fund(_prior(case, *sources)) for sources in (_RECEIVED, _SPENT))
    for fund in sorted(received.keys() | spent.keys()):
        left, right = received.get(fund, []), spent.get(fund, [])
        if total(left) != total(right):
            name = "上年" if len(received.keys() | spent.keys()) == 1 else f"上年{fund}"
            message = f"{name}收入{in_yuan(total(left))}，{name}支出{in_yuan(total(right))}，{difference(left, right)}"
            balances = "；有年初、年末结转的，写上opening_balance、closing_balance"
            hint = f"核对prior的income和expenditure，上年的总计也是收支相等{balances if _is_of_accounts(case) else ''}"
            yield finding("R027", message, (left or right)[0].place, with_slip(left, right, hint))


@rule("R030")
def prior_parts_are_prior_expenditure(case: Case) -> Iterator[Diagnostic]:
    """R030: last year's 基本支出 and 项目支出 are together its 支出总计, where all three are declared."""
    whole, basic, project = (_prior(case, source) for source in (Source.EXPENDITURE, Source.BASIC, Source.PROJECT))
    if whole and basic and project and total(whole) != total([*basic, *project]):
        parts = [*basic, *project]
        message = (
            f"上年基本支出{in_yuan(total(basic))}、项目支出{in_yuan(total(project))}，合计{in_yuan(total(parts))}，"
            f"上年支出{in_yuan(total(whole))}，{difference(whole, parts)}"
        )
        yield finding(
            "R030", message, basic[0].place, with_slip(whole, parts, "核对prior的expenditure、basic和project")
        )
    for nature, lines in ((Nature.BASIC, basic), (Nature.PROJECT, project)):
        of_nature = [line for line in whole if line.nature is nature]
        if lines and of_nature and all(line.nature for line in whole) and total(of_nature) != total(lines):
            message = f"prior的expenditure里{nature.label}合计{in_yuan(total(of_nature))}，prior的{nature}合计{in_yuan(total(lines))}"
            yield finding("R030", message, lines[0].place, with_slip(of_nature, lines, "核对这两处"))


@rule("R031")
def prior_is_within_prior(case: Case) -> Iterator[Diagnostic]:
    """R031: last year's “三公”经费 is within its 支出, and its 机关运行经费 within its 公用经费, or its 支出."""
    spent, basic = _prior(case, Source.EXPENDITURE), _prior(case, Source.BASIC)
    operating = [line for line in basic if line.component is Component.OPERATING]
    for source, whole, of in (
        (Source.THREE_PUBLIC, spent, "支出"),
        (Source.AGENCY_OPERATION, operating or spent, Component.OPERATING.label if operating else "支出"),
    ):
        part = _prior(case, source)
        if part and whole and total(part) > total(whole):
            message = f"上年{source.label}{in_yuan(total(part))}，多于上年{of}{in_yuan(total(whole))}"
            place = max(part, key=lambda line: line.amount).place
            yield finding("R031", message, place, f"核对prior的{source}的位数和单位")


@rule("R032")
def opening_is_last_years_closing(case: Case) -> Iterator[Diagnostic]:
    """R032: 年初结转和结余 = last year's 年末结转和结余, fund by fund, where last year's accounts are known (公开01表)."""
    declared = case.disclosure.declared_prior
    lines = case.last_year.lines if case.last_year else declared.lines if declared else {}
    if not lines or case.disclosure.merged_from:
        return
    closing = _by_fund(lines.get(Source.CLOSING_BALANCE, ()))
    opening = _by_fund(case.ledger.lines(Source.OPENING_BALANCE))
    for fund in sorted(opening.keys() | closing.keys()):
        left, right = opening.get(fund, []), closing.get(fund, [])
        if total(left) != total(right):
            message = f"{fund}年初结转和结余{in_yuan(total(left))}，上年年末结转和结余{in_yuan(total(right))}，{difference(left, right)}"
            hint = "年初的数就是上年年末的数；漏写prior的closing_balance的补上，年初确有调整的，在waivers.yaml里说明"
            place = left[0].place if left else declared.place if declared else case.disclosure.place
            yield finding("R032", message, place, with_slip(left, right, hint))


@rule("R033")
def approved_is_of_the_size_of_accounts(case: Case) -> Iterator[Diagnostic]:
    """R033: each 类 of 年初预算 that is declared, or all of it, is about what was spent (公开03表, 完成年初预算的…%)."""
    declared, spending = case.disclosure.declared_approved, list(case.ledger.lines(Source.EXPENDITURE))
    approved, executed = _approved_by_class(case), _by_class(spending)
    if not approved and declared:
        approved, executed = {"": list(declared.lines.get(Source.EXPENDITURE, ()))}, {"": spending}
    least = bound("executed_worth_asking")
    for code, lines in approved.items():
        spent, planned = total(executed.get(code, [])), total(lines)
        if planned < 0:
            message = f"{_class(case, code)}年初预算是负数{in_yuan(planned)}"
            yield finding("R033", message, lines[0].place, "年初预算没有负数，核对approved的amount")
        elif planned and spent > 0 and not (least.is_below(planned) and least.is_below(spent)):
            only_basic = all(line.nature is Nature.BASIC for line in executed[code])
            within = bound("executed_basic_of_approved" if only_basic else "executed_of_approved")
            if not within.holds(spent / planned):
                message = (
                    f"{_class(case, code)}年初预算{in_yuan(planned)}，决算{in_yuan(spent)}，"
                    f"完成年初预算的{spent * 100 / planned:.2f}%"
                )
                hint = "核对approved这一行的位数和科目；确实追加、调减很多的，在waivers.yaml里说明"
                yield finding("R033", message, lines[0].place, hint)


@rule("R034")
def approved_has_the_classes_of_basic(case: Case) -> Iterator[Diagnostic]:
    """R034: a 类 that pays 基本支出 this year, as last year, has a line of its fund in 年初预算 that is declared."""
    approved, declared = _approved_by_class(case), case.disclosure.declared_approved
    if not approved or declared is None:
        return
    before = _by_class(_prior(case, Source.EXPENDITURE))
    for code, lines in _by_class(case.ledger.lines(Source.EXPENDITURE)).items():
        basic = [line for line in lines if line.nature is Nature.BASIC]
        has_plan = any(line.fund in {paid.fund for paid in basic} for line in approved.get(code, ()))
        if total(basic) > 0 and not has_plan and (code in before or not before):
            message = f"{_class(case, code)}本年基本支出{in_yuan(total(basic))}，approved里没有这一类"
            hint = "基本支出年初就有预算，照公开的年初预算补上这一类；确实年初没有的，在waivers.yaml里说明"
            yield finding("R034", message, declared.place, hint)


@rule("R035")
def codes_are_of_one_level(case: Case) -> Iterator[Diagnostic]:
    """R035: what is declared of a 科目 is not declared again of one above it; both would be added."""
    disclosure = case.disclosure
    for key, declared in (("prior", disclosure.declared_prior), ("approved", disclosure.declared_approved)):
        for source, lines in declared.lines.items() if declared else ():
            kinds: dict[tuple[object, ...], dict[str, Line]] = {}
            for line in lines:
                code = line.function_code or line.department_economic_code
                if code:
                    kinds.setdefault((line.fund, line.origin, line.nature, line.stage), {}).setdefault(code, line)
            for by_code in kinds.values():
                yield from _below_others(f"{key}.{source}", by_code)


def _below_others(where: str, lines: Mapping[str, Line]) -> Iterator[Diagnostic]:
    for code, line in lines.items():
        above = next((code[:digits] for digits in (3, 5) if digits < len(code) and code[:digits] in lines), None)
        if above:
            message = f"{where}里写了{above}（第{lines[above].place.line}行），又写了它下面的{code}，两行会相加"
            yield finding("R035", message, line.place, "只写一级：删去上级的一行，或删去它下面的各行")


def _prior(case: Case, *sources: Source) -> list[Line]:
    """The lines that are declared of last year."""
    declared = case.disclosure.declared_prior
    return [line for source in sources for line in (declared.lines.get(source, ()) if declared else ())]


def _is_of_accounts(case: Case) -> bool:
    return case.disclosure.target.kind == "accounts"


def _by_fund(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """The lines by the name of their fund; what is no 财政拨款 together, since forms tell its kinds apart on one side only."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        name = line.fund.label if line.fund in FISCAL_FUNDS and line.fund else _OTHER_FUNDS
        groups.setdefault(name, []).append(line)
    return groups


def _by_class(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """The lines by the 类 of their function code; those without a code are left out."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        if line.function_code:
            groups.setdefault(line.function_code[:CLASS_DIGITS], []).append(line)
    return groups


def _approved_by_class(case: Case) -> dict[str, list[Line]]:
    declared = case.disclosure.declared_approved
    return _by_class(declared.lines.get(Source.EXPENDITURE, ())) if declared else {}


def _class(case: Case, code: str) -> str:
    return f"{code}{case.disclosure.dictionaries[Classification.FUNCTION].name(code)}" if code else "支出"
