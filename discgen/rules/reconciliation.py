"""勾稽: margins over the same money agree to the 分. All amounts are compared in 元."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from discgen.codes.dictionary import CLASS_DIGITS, Classification
from discgen.codes.meanings import values_of
from discgen.diagnostics import Diagnostic, Place, error
from discgen.model.line import (
    AGENCY_KINDS,
    FISCAL_FUNDS,
    Component,
    Fund,
    Line,
    Nature,
    Origin,
    Source,
    total,
)
from discgen.money import ZERO, in_yuan
from discgen.rules.case import Case
from discgen.rules.sides import Key, difference, grouped, with_slip

FUND_NAMES = {
    Fund.GENERAL: "一般公共预算",
    Fund.GOVERNMENT_FUND: "政府性基金",
    Fund.STATE_CAPITAL: "国有资本经营预算",
    Fund.SPECIAL_ACCOUNT: "财政专户管理资金",
    Fund.UNIT_FUNDS: "单位资金",
    Fund.SUPERIOR_SUBSIDY: "上级补助收入",
    Fund.SERVICE_INCOME: "事业收入",
    Fund.BUSINESS_INCOME: "经营收入",
    Fund.SUBORDINATE_REMITTANCE: "附属单位上缴收入",
    Fund.OTHER_INCOME: "其他收入",
}
NATURE_NAMES = {Nature.BASIC: "基本支出", Nature.PROJECT: "项目支出"}
ORIGIN_NAMES = {Origin.CURRENT: "当年", Origin.CARRYOVER: "上年结转"}


def income_is_expenditure(case: Case) -> Iterator[Diagnostic]:
    """R001: 收入总计 = 支出总计, fund by fund, 当年 and 上年结转 apart (表1 and 表4 of the form)."""
    income = _by_fund(case.ledger.lines(Source.INCOME))
    expenditure = _by_fund(case.ledger.lines(Source.EXPENDITURE))
    for key in sorted(income.keys() | expenditure.keys()):
        left, right = income.get(key, []), expenditure.get(key, [])
        if total(left) != total(right):
            said = f"{_names(key)}收入{in_yuan(total(left))}，支出{in_yuan(total(right))}，{difference(left, right)}"
            hint = with_slip(left, right, "核对income和expenditure，每种资金收支相等")
            yield error("R001", said, _place(case, left or right), hint)


def basic_by_function_is_by_economic_code(case: Case) -> Iterator[Diagnostic]:
    """R002: 基本支出 by 功能分类 = 基本支出 by 经济分类 (表5 against 表6)."""
    function = _by_fund(_of_nature(case.ledger.lines(Source.EXPENDITURE), Nature.BASIC))
    economic = _by_fund(case.ledger.lines(Source.BASIC))
    for key in sorted(function.keys() | economic.keys()):
        left, right = function.get(key, []), economic.get(key, [])
        if total(left) != total(right):
            said = (
                f"{_names(key)}基本支出按功能分类{in_yuan(total(left))}，"
                f"按经济分类{in_yuan(total(right))}，{difference(left, right)}"
            )
            hint = with_slip(left, right, "核对expenditure各行的basic和basic各行的amount")
            yield error("R002", said, _place(case, right or left), hint)


def projects_are_project_column(case: Case) -> Iterator[Diagnostic]:
    """R003: the projects of a 科目 = its 项目支出, fund by fund (表3 against 表12 and 表13); within it where the form publishes some only."""
    column = _by_function(_of_nature(case.ledger.lines(Source.EXPENDITURE), Nature.PROJECT))
    projects = _by_function(case.ledger.lines(Source.PROJECT))
    dictionary = case.disclosure.dictionaries[Classification.FUNCTION]
    for key in sorted(column.keys() | projects.keys()):
        left, right = column.get(key, []), projects.get(key, [])
        within = case.form.projects == "selected" and total(right) <= total(left)
        if total(left) != total(right) and not within:
            code, *fund = key
            said = (
                f"{code}{dictionary.name(code)}（{_names(tuple(fund))}）项目支出{in_yuan(total(left))}，"
                f"该科目{len({line.project for line in right})}个项目合计{in_yuan(total(right))}，{difference(left, right)}"
            )
            hint = "核对expenditure这一行的project，和projects/下写了这个科目的各项目"
            if not right:
                hint = (
                    f"projects/下没有{code}的项目：漏了的补上，一个项目一个文件，照别的项目文件写；写错科目、资金的改正"
                )
            yield error("R003", said, _place(case, left or right), with_slip(left, right, hint))


def agency_operation_has_units(case: Case) -> Iterator[Diagnostic]:
    """R004: 公用经费 says whether 机关运行经费 is in it, and with several administrative units whose (表11)."""
    administrative = [u.id for u in case.disclosure.department.units if u.kind in AGENCY_KINDS]
    if Source.AGENCY_OPERATION in case.disclosure.lines:
        return
    for line in case.ledger.lines(Source.BASIC):
        if line.component is not Component.OPERATING or line.unit:
            continue
        if line.unit_kind is None:
            said = "从科目看不出这笔公用经费由行政单位还是事业单位支出"
            yield error("R004", said, line.place, "加上unit，或unit_kind: administrative、unit_kind: institution")
        elif line.unit_kind in AGENCY_KINDS and len(administrative) != 1:
            hint = f"加上unit，例如unit: {administrative[0]}" if administrative else "department.yaml里没有行政单位"
            yield error("R004", "这笔公用经费属于机关运行经费，要写明是哪个单位", line.place, hint)


def three_public_is_within_expenditure(case: Case) -> Iterator[Diagnostic]:
    """R006: “三公”经费 is no more than the 基本支出 or 项目支出 that pays for it, fund by fund (表10 against 表3)."""
    spent = grouped(case.ledger.lines(Source.EXPENDITURE), "nature", "fund")
    for key, lines in grouped(case.ledger.lines(Source.THREE_PUBLIC), "nature", "fund").items():
        if total(lines) > max(total(spent.get(key, [])), ZERO):
            nature, fund = NATURE_NAMES.get(Nature(key[0]), "支出"), FUND_NAMES[Fund(key[1])]
            said = f"{nature}安排的“三公”经费{in_yuan(total(lines))}，多于{fund}的{nature}{in_yuan(total(spent.get(key, [])))}"
            yield error("R006", said, lines[0].place, "核对three_public和各项目的金额")


def fund_income_has_codes(case: Case) -> Iterator[Diagnostic]:
    """R005: 政府性基金 and 国有资本经营 income of the year names its 收入科目 (表7, 表9)."""
    for line in case.ledger.lines(Source.INCOME):
        listed = line.fund in (Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL) and line.origin is Origin.CURRENT
        if listed and line.income_code is None and line.amount:
            said = f"{FUND_NAMES[Fund(line.fund or '')]}收入没有写收入科目"
            yield error("R005", said, line.place, "加上code，例如code: 1030148")


def reception_is_domestic_and_overseas(case: Case) -> Iterator[Diagnostic]:
    """R019: 公务接待费 = 国内接待费 + 国（境）外接待费, and 外事接待费 is within the first (公开09表)."""
    stated, spent = case.disclosure.reception, case.book.this("three_public.reception").value
    if spent is None or (not stated and not spent):
        return
    parts = stated.get("domestic", ZERO) + stated.get("overseas", ZERO)
    if parts != spent:
        said = f"公务接待费{in_yuan(spent)}，国内和国（境）外接待费合计{in_yuan(parts)}"
        yield error("R019", said, case.disclosure.place, "核对accounts.yaml的reception和基本支出的30217、three_public")
    elif stated.get("foreign", ZERO) > stated.get("domestic", ZERO):
        yield error("R019", "外事接待费多于国内接待费", case.disclosure.place, "核对accounts.yaml的reception")


def appropriations_are_basic_or_project(case: Case) -> Iterator[Diagnostic]:
    """R020: 财政拨款 pays 基本支出 and 项目支出 only; the other natures are of 非财政拨款 (公开03, 05, 07, 08表)."""
    for line in case.ledger.lines(Source.EXPENDITURE):
        if line.fund in FISCAL_FUNDS and line.nature not in NATURE_NAMES and line.amount:
            said = "财政拨款没有上缴上级支出、经营支出和对附属单位补助支出"
            yield error("R020", said, line.place, "核对fund，例如fund: unit_funds；财政拨款的写basic或project")


def basic_is_not_construction(case: Case) -> Iterator[Diagnostic]:
    """R021: 基本支出 has no 资本性支出（基本建设） and no 对企业补助（基本建设）, which 公开06表 marks ——."""
    construction = values_of(Classification.DEPARTMENT_ECONOMIC, "construction")
    for line in case.ledger.lines(Source.BASIC):
        if (line.department_economic_code or "")[:CLASS_DIGITS] in construction and line.amount:
            said = f"基本支出里有{line.department_economic_code}，基本建设的科目只用于项目支出"
            yield error("R021", said, line.place, "改成310或302里的科目，或移到项目支出")


def form_has_the_money(case: Case) -> Iterator[Diagnostic]:
    """R007: money of a kind that the form has no place for would be in totals only."""
    form = case.form
    places = [(Source.INCOME, form.funds), (Source.EXPENDITURE, form.expenditure_funds or form.funds)]
    for line, funds in ((line, funds) for source, funds in places for line in case.ledger.lines(source)):
        if funds and line.fund not in funds and line.amount:
            said = f"表式“{case.form.name}”没有{FUND_NAMES[Fund(line.fund or '')]}这一栏"
            yield error("R007", said, line.place, "核对fund；确有这种资金的，换一个表式")
        if not case.form.carryover and line.origin is Origin.CARRYOVER and line.amount:
            said = f"表式“{case.form.name}”没有上年结转这一栏"
            yield error("R007", said, line.place, "核对origin；确有上年结转的，换一个表式")


def economic_codes_are_fine_enough(case: Case) -> Iterator[Diagnostic]:
    """R008: where the form sets 部门 beside 政府 economic codes, every line has both, down to 款 (表6)."""
    makers = {row.each for table in case.form.tables for block in table.blocks for row in block.rows}
    if "economic_pair" not in makers:
        return
    for line in case.ledger.lines(Source.BASIC):
        if line.government_economic_code is None:
            yield error(
                "R008", "这一行没有政府预算支出经济分类科目", line.place, "加上government，例如government: 50201"
            )
        elif len(line.department_economic_code or "") == CLASS_DIGITS:
            yield error("R008", "部门预算支出经济分类要写到“款”级", line.place, "改成五位编码，例如30201")


def economic_codes_do_not_mix(case: Case) -> Iterator[Diagnostic]:
    """R009: a 类 is written either whole or by its 款; both would not add up in the table."""
    lines = case.ledger.lines(Source.BASIC)
    fine = {
        (line.department_economic_code or "")[:CLASS_DIGITS]
        for line in lines
        if len(line.department_economic_code or "") > CLASS_DIGITS
    }
    for line in lines:
        if line.department_economic_code in fine:
            said = f"{line.department_economic_code}这一类已经写到款，又写了一行类"
            yield error("R009", said, line.place, "把这一行分到款，或都只写类")


def _by_fund(lines: Iterable[Line]) -> dict[Key, list[Line]]:
    return grouped(lines, "fund", "origin")


def _by_function(lines: Iterable[Line]) -> dict[Key, list[Line]]:
    return grouped(lines, "function_code", "fund", "origin")


def _of_nature(lines: tuple[Line, ...], nature: Nature) -> list[Line]:
    return [line for line in lines if line.nature is nature]


def _names(key: Key) -> str:
    fund, origin = key
    return f"{FUND_NAMES[Fund(fund)]}{ORIGIN_NAMES[Origin(origin)]}"


def _place(case: Case, lines: list[Line]) -> Place:
    return lines[0].place if lines else case.disclosure.place
