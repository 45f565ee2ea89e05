"""勾稽 (R): margins over the same money agree to the 分, and each row can be placed. All amounts are in 元.

Limits and units are in `reconciliation_limits`, what is declared of other years in `reconciliation_declared`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from discgen.diagnostics import Diagnostic, Place, error, note, show_path, warning
from discgen.form.form import Form
from discgen.form.printed import printed_keys
from discgen.load.target import schema_of
from discgen.model.build_lines import usual_unit_kind
from discgen.model.line import (
    AGENCY_KINDS,
    FISCAL_FUNDS,
    UNIT_FUNDS,
    Component,
    Fund,
    Line,
    Nature,
    Origin,
    Source,
    UnitKind,
    total,
)
from discgen.money import ZERO, in_yuan
from discgen.reference.codes import (
    CLASS_DIGITS,
    Classification,
    is_confirmed_pair,
    is_possible_pair,
    possible_partners,
    values_of,
)
from discgen.rules.case import Case
from discgen.rules.figures import Key, difference, grouped, with_slip
from discgen.rules.registry import finding, rule
from discgen.validate.lists import repeats


@rule("R001")
def income_is_expenditure(case: Case) -> Iterator[Diagnostic]:
    """R001: 收入总计 = 支出总计, fund by fund, 当年 and 上年结转 apart (表1 and 表4 of the form)."""
    income = _by_fund(case.ledger.lines(Source.INCOME))
    expenditure = _by_fund(case.ledger.lines(Source.EXPENDITURE))
    for key in sorted(income.keys() | expenditure.keys()):
        left, right = income.get(key, []), expenditure.get(key, [])
        if total(left) != total(right):
            message = f"{_names(key)}收入{in_yuan(total(left))}，支出{in_yuan(total(right))}，{difference(left, right)}"
            hint = with_slip(left, right, "核对income和expenditure，每种资金收支相等")
            yield finding("R001", message, _place(case, left or right), hint)


@rule("R002")
def basic_by_function_is_by_economic_code(case: Case) -> Iterator[Diagnostic]:
    """R002: 基本支出 by 功能分类 = 基本支出 by 经济分类 (表5 against 表6).

    Accounts list what is no 财政拨款 by 功能分类 only (公开03表, 公开06表): a fund of it without any line by 经济分类 is
    not asked about.
    """
    function = _by_fund(_of_nature(case.ledger.lines(Source.EXPENDITURE), Nature.BASIC))
    economic = _by_fund(case.ledger.lines(Source.BASIC))
    for key in sorted(function.keys() | economic.keys()):
        left, right = function.get(key, []), economic.get(key, [])
        is_listed = bool(right) or case.disclosure.target.kind == "budget" or left[0].fund in FISCAL_FUNDS
        if is_listed and total(left) != total(right):
            message = (
                f"{_names(key)}基本支出按功能分类{in_yuan(total(left))}，"
                f"按经济分类{in_yuan(total(right))}，{difference(left, right)}"
            )
            hint = with_slip(left, right, "核对expenditure各行的basic和basic各行的amount")
            yield finding("R002", message, _place(case, right or left), hint)
        elif is_listed and all(line.component for line in left):
            yield from _halves_differ(case, key, left, right)


def _halves_differ(case: Case, key: Key, function: list[Line], economic: list[Line]) -> Iterator[Diagnostic]:
    """R002 of 人员经费 and 公用经费 where 支出 by 功能分类 tells them apart: that of the first half that differs."""
    for half in Component:
        left, right = ([line for line in lines if line.component is half] for lines in (function, economic))
        if total(left) != total(right):
            message = (
                f"{_names(key)}{half.label}按功能分类{in_yuan(total(left))}，"
                f"按经济分类{in_yuan(total(right))}，{difference(left, right)}"
            )
            hint = with_slip(left, right, "核对expenditure各行的personnel、operating和basic各行的科目")
            yield finding("R002", message, _place(case, right or left or function), hint)
            return


@rule("R003")
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
            message = (
                f"{code}{dictionary.name(code)}（{_names(tuple(fund))}）项目支出{in_yuan(total(left))}，"
                f"该科目{len({line.project for line in right})}个项目合计{in_yuan(total(right))}，{difference(left, right)}"
            )
            hint = "核对expenditure这一行的project，和projects/下写了这个科目的各项目"
            if not right:
                hint = (
                    f"projects/下没有{code}的项目：漏了的补上，一个项目一个文件，照别的项目文件写；写错科目、资金的改正"
                )
            yield finding("R003", message, _place(case, left or right), with_slip(left, right, hint))


@rule("R004")
def agency_operation_has_units(case: Case) -> Iterator[Diagnostic]:
    """R004: 公用经费 says whether 机关运行经费 is in it, and with several administrative units whose (表11)."""
    administrative = [u.id for u in case.disclosure.department.units if u.kind in AGENCY_KINDS]
    if Source.AGENCY_OPERATION in case.disclosure.lines:
        return
    for line in case.ledger.lines(Source.BASIC):
        if line.component is not Component.OPERATING or line.unit:
            continue
        if line.unit_kind is None:
            message = "从科目看不出这笔公用经费由行政单位还是事业单位支出"
            yield finding("R004", message, line.place, "加上unit，或unit_kind: administrative、unit_kind: institution")
        elif line.unit_kind in AGENCY_KINDS and len(administrative) != 1:
            hint = f"加上unit，例如unit: {administrative[0]}" if administrative else "department.yaml里没有行政单位"
            yield finding("R004", "这笔公用经费属于机关运行经费，要写明是哪个单位", line.place, hint)


@rule("R006")
def three_public_is_within_expenditure(case: Case) -> Iterator[Diagnostic]:
    """R006: “三公”经费 is no more than the 基本支出 or 项目支出 that pays for it, fund by fund (表10 against 表3)."""
    spent = grouped(case.ledger.lines(Source.EXPENDITURE), "nature", "fund")
    for key, lines in grouped(case.ledger.lines(Source.THREE_PUBLIC), "nature", "fund").items():
        if total(lines) > max(total(spent.get(key, [])), ZERO):
            nature, fund = Nature(key[0]).label, Fund(key[1]).label
            message = f"{nature}安排的“三公”经费{in_yuan(total(lines))}，多于{fund}的{nature}{in_yuan(total(spent.get(key, [])))}"
            yield finding("R006", message, lines[0].place, "核对three_public和各项目的金额")


@rule("R038")
def basic_by_function_is_in_halves(case: Case) -> Iterator[Diagnostic]:
    """R038: where the form splits 基本支出 by 功能分类 into 人员经费 and 公用经费, every row does (Shanghai's units, 表1)."""
    for line in case.ledger.lines(Source.EXPENDITURE) if case.form.splits_basic else ():
        if line.nature is Nature.BASIC and line.component is None and line.amount:
            message = f"表式按功能分类分人员经费和公用经费，这一行的基本支出{in_yuan(line.amount)}没有分"
            yield finding("R038", message, line.place, "不写basic，改写personnel（人员经费）和operating（公用经费）")


@rule("R005")
def fund_income_has_codes(case: Case) -> Iterator[Diagnostic]:
    """R005: 政府性基金 and 国有资本经营 income of the year names its 收入科目, where tables list it by them (表7, 表9)."""
    if not _lists_income_codes(case.form):
        return
    for line in case.ledger.lines(Source.INCOME):
        listed = line.fund in (Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL) and line.origin is Origin.CURRENT
        if listed and line.income_code is None and line.amount:
            message = f"{Fund(line.fund or '').label}收入没有写收入科目"
            yield finding("R005", message, line.place, "加上code，例如code: 1030148")


def _lists_income_codes(form: Form) -> bool:
    return any(row.each == "income_code" for table in form.tables for block in table.blocks for row in block.rows)


@rule("R019")
def reception_is_domestic_and_overseas(case: Case) -> Iterator[Diagnostic]:
    """R019: 公务接待费 = 国内接待费 + 国（境）外接待费, and 外事接待费 is within the first (公开09表)."""
    stated, spent = case.disclosure.reception, case.book.this("three_public.reception").value
    if spent is None or (not stated and not spent):
        return
    parts = stated.get("domestic", ZERO) + stated.get("overseas", ZERO)
    if parts != spent:
        message = f"公务接待费{in_yuan(spent)}，国内和国（境）外接待费合计{in_yuan(parts)}"
        yield finding(
            "R019", message, case.disclosure.place, "核对accounts.yaml的reception和基本支出的30217、three_public"
        )
    elif stated.get("foreign", ZERO) > stated.get("domestic", ZERO):
        yield finding("R019", "外事接待费多于国内接待费", case.disclosure.place, "核对accounts.yaml的reception")


@rule("R020")
def appropriations_are_basic_or_project(case: Case) -> Iterator[Diagnostic]:
    """R020: 财政拨款 pays 基本支出 and 项目支出 only; the other natures are of 非财政拨款 (公开03, 05, 07, 08表)."""
    for line in case.ledger.lines(Source.EXPENDITURE):
        if line.fund in FISCAL_FUNDS and line.nature not in (Nature.BASIC, Nature.PROJECT) and line.amount:
            message = "财政拨款没有上缴上级支出、经营支出和对附属单位补助支出"
            yield finding("R020", message, line.place, "核对fund，例如fund: unit_funds；财政拨款的写basic或project")


@rule("R021")
def basic_is_not_construction(case: Case) -> Iterator[Diagnostic]:
    """R021: 基本支出 has no 资本性支出（基本建设） and no 对企业补助（基本建设）, which 公开06表 marks ——."""
    construction = values_of(Classification.DEPARTMENT_ECONOMIC, "construction")
    for line in case.ledger.lines(Source.BASIC):
        if (line.department_economic_code or "")[:CLASS_DIGITS] in construction and line.amount:
            message = f"基本支出里有{line.department_economic_code}，基本建设的科目只用于项目支出"
            yield finding("R021", message, line.place, "改成310或302里的科目，或移到项目支出")


@rule("R007")
def form_has_the_money(case: Case) -> Iterator[Diagnostic]:
    """R007: money of a kind that the form has no place for would be in totals only."""
    form = case.form
    places = [(Source.INCOME, form.funds), (Source.EXPENDITURE, form.expenditure_funds or form.funds)]
    for line, funds in ((line, funds) for source, funds in places for line in case.ledger.lines(source)):
        if funds and line.fund not in funds and line.amount:
            message = f"表式“{case.form.name}”没有{Fund(line.fund or '').label}这一栏"
            yield finding("R007", message, line.place, "核对fund；确有这种资金的，换一个表式")
        if not case.form.carryover and line.origin is Origin.CARRYOVER and line.amount:
            message = f"表式“{case.form.name}”没有上年结转这一栏"
            yield finding("R007", message, line.place, "核对origin；确有上年结转的，换一个表式")


@rule("R008")
def economic_codes_are_fine_enough(case: Case) -> Iterator[Diagnostic]:
    """R008: where the form sets 部门 beside 政府 economic codes, every line has both, down to 款 (表6)."""
    makers = {row.each for table in case.form.tables for block in table.blocks for row in block.rows}
    if "economic_pair" not in makers:
        return
    for line in case.ledger.lines(Source.BASIC):
        if line.government_economic_code is None:
            yield finding(
                "R008", "这一行没有政府预算支出经济分类科目", line.place, "加上government，例如government: 50201"
            )
        elif len(line.department_economic_code or "") == CLASS_DIGITS:
            yield finding("R008", "部门预算支出经济分类要写到“款”级", line.place, "改成五位编码，例如30201")


@rule("R009")
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
            message = f"{line.department_economic_code}这一类已经写到款，又写了一行类"
            yield finding("R009", message, line.place, "把这一行分到款，或都只写类")


def _by_fund(lines: Iterable[Line]) -> dict[Key, list[Line]]:
    return grouped(lines, "fund", "origin")


def _by_function(lines: Iterable[Line]) -> dict[Key, list[Line]]:
    return grouped(lines, "function_code", "fund", "origin")


def _of_nature(lines: tuple[Line, ...], nature: Nature) -> list[Line]:
    return [line for line in lines if line.nature is nature]


def _names(key: Key) -> str:
    fund, origin = key
    return f"{Fund(fund).label}{Origin(origin).term.short}"


def _place(case: Case, lines: list[Line]) -> Place:
    return lines[0].place if lines else case.disclosure.place


@rule("R010")
def accounts_balance(case: Case) -> Iterator[Diagnostic]:
    """R010: 年初结转和结余 + 本年收入 + 使用非财政拨款结余 = 本年支出 + 结余分配 + 年末结转和结余 (公开01, 04, 07表).

    Each fund of 财政拨款 by itself, and all other money together.
    """
    left, right = (
        [line for source in side for line in case.ledger.lines(source)]
        for side in (
            (Source.OPENING_BALANCE, Source.INCOME, Source.SURPLUS_USED),
            (Source.EXPENDITURE, Source.SURPLUS_DISTRIBUTED, Source.CLOSING_BALANCE),
        )
    )
    for name, funds in [(fund.label, (fund,)) for fund in FISCAL_FUNDS] + [
        ("非财政拨款", (*UNIT_FUNDS, Fund.SPECIAL_ACCOUNT))
    ]:
        came, went = ([line for line in side if line.fund in funds] for side in (left, right))
        if total(came) != total(went):
            message = (
                f"{name}年初结转加本年收入{in_yuan(total(came))}，"
                f"本年支出加年末结转{in_yuan(total(went))}，{difference(came, went)}"
            )
            hint = with_slip(came, went, "核对income、expenditure和各项结转结余")
            yield finding("R010", message, (came or went)[0].place, hint)


@rule("R011")
def fund_balances_have_codes(case: Case) -> Iterator[Diagnostic]:
    """R011: 年初 and 年末结转和结余 of 政府性基金 name their 科目 (公开07表)."""
    for source in (Source.OPENING_BALANCE, Source.CLOSING_BALANCE):
        for line in case.ledger.lines(source):
            if line.fund is Fund.GOVERNMENT_FUND and line.function_code is None and line.amount:
                yield finding(
                    "R011", "政府性基金的结转和结余没有写科目", line.place, "加上function，例如function: 2120803"
                )


@rule("R015")
def fund_balances_hold_by_code(case: Case) -> Iterator[Diagnostic]:
    """R015: 年初结转和结余 + 本年收入 = 本年支出 + 年末结转和结余 for each 科目 of 政府性基金 (公开07表)."""
    came = _government_fund(case, Source.OPENING_BALANCE, Source.INCOME)
    went = _government_fund(case, Source.EXPENDITURE, Source.CLOSING_BALANCE)
    for key in sorted(came.keys() | went.keys()):
        left, right = came.get(key, []), went.get(key, [])
        if total(left) != total(right):
            name = case.disclosure.dictionaries[Classification.FUNCTION].name(key[0])
            message = (
                f"{key[0]}{name}年初结转加本年收入{in_yuan(total(left))}，"
                f"本年支出加年末结转{in_yuan(total(right))}，{difference(left, right)}"
            )
            hint = with_slip(left, right, "核对写了这个科目的收入、支出和结转结余各行")
            yield finding("R015", message, (left or right)[0].place, hint)


@rule("R028")
def codes_are_paid_from_income(case: Case) -> Iterator[Diagnostic]:
    """R028: what the 科目 of a fund spend beyond their income is within its 年初结转和结余, and what they leave is within
    its 年末结转和结余 (公开02, 03表); of 政府性基金 R015 says so code by code.
    """
    dictionary = case.disclosure.dictionaries[Classification.FUNCTION]
    for fund in (Fund.GENERAL, Fund.STATE_CAPITAL):
        opening, received, spent, closing = (
            [line for line in case.ledger.lines(source) if line.fund is fund]
            for source in (Source.OPENING_BALANCE, Source.INCOME, Source.EXPENDITURE, Source.CLOSING_BALANCE)
        )
        if total([*opening, *received]) != total([*spent, *closing]):
            continue  # R010
        income, expenditure = _alike(received, spent)
        lines = {key: [*expenditure.get(key, []), *income.get(key, [])] for key in sorted({*income, *expenditure})}
        left = {key: total(income.get(key, [])) - total(expenditure.get(key, [])) for key in lines}
        for sign, name, balance in ((-1, "年初", total(opening)), (1, "年末", total(closing))):
            beyond = {key: sign * amount for key, amount in left.items() if sign * amount > 0}
            if sum(beyond.values()) <= max(balance, ZERO):
                continue
            more, less = ("支出", "收入") if sign < 0 else ("收入", "支出")
            for key, amount in beyond.items():
                message = (
                    f"{key[0]}{dictionary.name(key[0])}本年{more}比{less}多{in_yuan(amount)}，"
                    f"{fund.label}{name}结转和结余只有{in_yuan(balance)}"
                )
                hint = "核对收入和支出写了这个科目的各行，多半有一行科目写错了"
                yield finding("R028", message, lines[key][0 if sign < 0 else -1].place, hint)


def _alike(*sides: list[Line]) -> tuple[dict[Key, list[Line]], ...]:
    """The lines of each side by their 科目, all cut to the level of the coarsest."""
    digits = min((len(line.function_code or "") for side in sides for line in side), default=0)
    coarse = ([replace(line, function_code=(line.function_code or "")[:digits]) for line in side] for side in sides)
    return tuple(grouped(side, "function_code") for side in coarse)


def _government_fund(case: Case, *sources: Source) -> dict[Key, list[Line]]:
    """The lines of 政府性基金 of these sources by their 科目; R011 asks for those that have none."""
    lines = (line for source in sources for line in case.ledger.lines(source) if line.fund is Fund.GOVERNMENT_FUND)
    return grouped((line for line in lines if line.function_code), "function_code")


_MEDICAL = "21011"
"""行政事业单位医疗."""
_PAYS_MEDICAL = ("30110", "30111", "30112", "30114", "30307")


@rule("R018")
def contributions_agree(case: Case) -> Iterator[Diagnostic]:
    """R018: 住房公积金, 基本养老保险缴费 and 职业年金缴费 are the same by function and by economic code (表5 against 表6).

    行政事业单位医疗 is no more than what can pay for it.
    Where no contribution is written to its 款, there is nothing to compare with: who writes one
    of them so writes them all so.
    """
    basic = case.ledger.lines(Source.BASIC)
    written = {line.department_economic_code for line in basic}
    contributions = values_of(Classification.DEPARTMENT_ECONOMIC, "contribution")
    for economic, function in ((code, function) for code, (function,) in contributions.items() if function):
        left = [
            line
            for line in case.ledger.lines(Source.EXPENDITURE)
            if line.nature is Nature.BASIC and line.function_code == function
        ]
        right = [line for line in basic if line.department_economic_code == economic]
        if right and total(left) != total(right):
            yield _differing(case, function, economic, left, right)
        elif total(left) and not right and not written.isdisjoint(contributions):
            message = f"{function}的基本支出{in_yuan(total(left))}，basic里没有{_economic_title(case, economic)}"
            hint = f"核对basic，这笔钱通常写在{economic}；确有不同的，在waivers.yaml里说明"
            yield finding("R018", message, left[0].place, hint)

    if not written.isdisjoint(contributions):
        yield from _medical(case, basic)


def _medical(case: Case, basic: Sequence[Line]) -> Iterator[Diagnostic]:
    """行政事业单位医疗 (表5) is no more than the codes that pay for it (表6), of which some also pay for other things."""
    spent = [
        line
        for line in case.ledger.lines(Source.EXPENDITURE)
        if line.nature is Nature.BASIC and (line.function_code or "").startswith(_MEDICAL)
    ]
    paid = [line for line in basic if line.department_economic_code in _PAYS_MEDICAL]
    if total(spent) > total(paid):
        message = f"{_MEDICAL}的基本支出{in_yuan(total(spent))}，多于basic里{'、'.join(_PAYS_MEDICAL)}之和{in_yuan(total(paid))}"
        hint = "核对这几款的金额和科目；另有别的款的，在waivers.yaml里说明"
        yield finding("R018", message, spent[0].place, hint)


def _differing(case: Case, function: str, economic: str, left: Sequence[Line], right: Sequence[Line]) -> Diagnostic:
    message = (
        f"{function}的基本支出{in_yuan(total(left))}，{_economic_title(case, economic)}{in_yuan(total(right))}，"
        f"{difference(left, right)}"
    )
    hint = with_slip(left, right, "核对两处；确有不同的，在waivers.yaml里说明")
    return finding("R018", message, right[0].place, hint)


def _economic_title(case: Case, economic: str) -> str:
    return f"{economic}{case.disclosure.dictionaries[Classification.DEPARTMENT_ECONOMIC].name(economic)}"


_KINDS_OF_PAIRS = (UnitKind.ADMINISTRATIVE, UnitKind.INSTITUTION)


@rule("R029")
def economic_pairs_are_possible(case: Case) -> Iterator[Diagnostic]:
    """R029: a department and a government economic code stand for the same money, and a unit for a code of its kind.

    参公 units are paid by either kind of code. A code that the table does not know is not judged; a line of the table
    that nobody has compared with the Ministry's warns and does not refuse.
    """
    for line in case.disclosure.lines.get(Source.BASIC, ()):
        department, government = line.department_economic_code, line.government_economic_code
        if not department or not government:
            continue
        if not is_possible_pair(department, government):
            message = f"{_pair_title(case, Classification.DEPARTMENT_ECONOMIC, department)}不对应{_pair_title(case, Classification.GOVERNMENT_ECONOMIC, government)}"
            may_be = "、".join(
                _pair_title(case, Classification.GOVERNMENT_ECONOMIC, code) for code in possible_partners(department)
            )
            hint = f"{department}对应的政府预算支出经济分类有：{may_be}"
            if is_confirmed_pair(department):
                yield error("R029", message, line.place, hint)
            else:
                yield warning("R029", message, line.place, f"{hint}（待与对照表核对；确实如此的，写进waivers.yaml）")
        elif _is_of_other_kind(line, government):
            kind = line.unit_kind.term.short if line.unit_kind else ""
            message = f"{case.disclosure.department.unit(line.unit or '').name}是{kind}，不用{_pair_title(case, Classification.GOVERNMENT_ECONOMIC, government)}"
            hint = "行政单位用501至504的科目，事业单位用505、506的；核对unit和government"
            yield warning("R029", message, line.place, hint)


def _is_of_other_kind(line: Line, government: str) -> bool:
    """Whether unit and code of a line are of different kinds; 参公 units count as both."""
    kind = usual_unit_kind(government)
    return (
        line.unit is not None and kind is not None and line.unit_kind in _KINDS_OF_PAIRS and kind is not line.unit_kind
    )


def _pair_title(case: Case, classification: Classification, code: str) -> str:
    dictionary = case.disclosure.dictionaries[classification]
    return f"{code} {dictionary.name(code)}" if code in dictionary else code


@rule("R036")
def project_money_has_projects(case: Case) -> Iterator[Diagnostic]:
    """R036: where the form speaks of projects or of their performance, 项目支出 is not without any project file.

    Where it publishes all of them, R003 reports each 科目 without its projects.
    """
    lines = [line for line in case.ledger.lines(Source.EXPENDITURE) if line.nature is Nature.PROJECT and line.amount]
    speaks = not _PRINTED_OF_PROJECTS.isdisjoint(printed_keys(case.form))
    if lines and speaks and case.form.projects == "selected" and not case.disclosure.projects:
        message = f"项目支出{in_yuan(total(lines))}，projects/下却一个项目也没有"
        hint = "要公开说明的项目，一个项目一个文件，写上statement；一个也不说明的，在waivers.yaml里写明"
        yield finding("R036", message, lines[0].place, hint)


_PRINTED_OF_PROJECTS = {"statement", "goal_sheet"}
"""The keys by which a form prints what only the file of a project has."""


_CODES_OF_REPEATS = {"indicators": "G010"}
"""Repeats that are reported by another code than R016, by a key in the path of their list."""


@rule("R016", "G010")
def rows_are_written_once(case: Case) -> Iterator[Diagnostic]:
    """R016, G010: no item of a list repeats another: rows in all but the amount, which would be added; others in their name.

    What tells the items of a list apart stands in its schema (`itemKey`).
    """
    for tree in case.disclosure.files:
        for repeat in repeats(tree, schema_of(tree.file)):
            code = next((code for key, code in _CODES_OF_REPEATS.items() if key in repeat.keyed.path), "R016")
            place, line = tree.place(repeat.item), tree.place(repeat.earlier).line
            where = show_path(repeat.item[:-1]) + (f"（{repeat.keyed.title}）" if repeat.keyed.title else "")
            if repeat.amount:
                message = f"{where}里这一行与第{line}行只有金额不同，两行会相加"
                yield finding(code, message, place, "删去多写的一行，或合成一行")
            else:
                yield finding(code, f"{where}里这一项与第{line}行重复", place, "删去一项，或写出两项的差别")


@rule("R017")
def rows_have_money(case: Case) -> Iterator[Diagnostic]:
    """R017: a project or a row of expenditure has money; one without is in no table."""
    for line in case.disclosure.lines.get(Source.PROJECT, ()):
        if not line.amount:
            yield warning("R017", "项目的金额是0", line.place, "写上金额；本年没有安排的，移走这个项目")
    for line in case.disclosure.lines.get(Source.EXPENDITURE, ()):
        if not line.amount:
            yield note("R017", "支出的金额是0，表里不会有这一行", line.place, "写上金额，或删去")
