"""项目和绩效目标 (G): projects and their goal sheets. Their indicators are in `goals_indicators`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from difflib import get_close_matches
from itertools import combinations

from discgen.diagnostics import Diagnostic, Fix, Place, did_you_mean
from discgen.model.disclosure import Disclosure
from discgen.model.line import FISCAL_FUNDS, Line, Nature, Origin, Source, total
from discgen.model.project import GOVERNMENT_LEVELS, Attribute, FundLevel, GoalSheet
from discgen.money import ZERO, in_yuan
from discgen.rules.case import Case
from discgen.rules.figures import bound, likely_slip, significant
from discgen.rules.registry import finding, rule

_LONGEST = 30
"""Years that a project may last: what 30 years of 特许经营 ask for."""
_ENDLESS = 99
"""How the budget system writes a project without an end."""
_UNITS_APART = 1_000
"""No project has funds this many times the year's; 10,000 times is 元 taken for 万元."""
_MANY_DIGITS = 3
"""Amounts with fewer significant digits resemble each other by chance: 500,000 and 900,000."""


@rule("G001")
def annual_funds_are_project(case: Case) -> Iterator[Diagnostic]:
    """G001: 年度资金总额 of the sheet = the project's amount of the year (表12); of a project carried over whole, that of 表13."""
    for project in case.disclosure.projects:
        if project.goal_sheet is None:
            continue
        of_year = [line for line in project.lines if line.origin is Origin.CURRENT] or project.lines
        amount = total(of_year)
        annual = project.goal_sheet.annual
        if annual.total != amount:
            message = f"“{project.name}”绩效目标表的年度资金{in_yuan(annual.total)}，项目金额{in_yuan(amount)}，相差{in_yuan(abs(annual.total - amount))}"
            slip = likely_slip([(line.amount, line.place) for line in of_year], [(annual.total, annual.place)])
            hint = "核对goal_sheet.funds.annual和amounts；上年结转不算"
            yield finding("G001", message, annual.place, f"{slip}；{hint}" if slip else hint)


@rule("G004")
def projects_have_category(case: Case) -> Iterator[Diagnostic]:
    """G004: where the form tells 其他运转类 and 特定目标类 apart, every project says which it is."""
    if case.form.needs_category:
        for project in case.disclosure.projects:
            if project.category is None:
                hint = "加一行，例如：category: other_operating（其他运转类）或specific（特定目标类）"
                yield finding("G004", f"“{project.name}”缺少category（项目类别）", project.place, hint)


@rule("G002")
def whole_period_holds_annual(case: Case) -> Iterator[Diagnostic]:
    """G002: 实施期资金总额 is at least 年度资金总额, and so is the part of each level of government."""
    for name, sheet in case.disclosure.goal_sheets():
        whole, annual = sheet.whole_period, sheet.annual
        less = [level for level, amount in annual.funds.items() if whole.funds.get(level, 0) < amount]
        if whole.total < annual.total:
            message = f"“{name}”的实施期资金{in_yuan(whole.total)}，少于年度资金{in_yuan(annual.total)}"
            yield finding("G002", message, whole.place, "实施期包括本年度，资金不会更少")
        elif less:
            message = f"“{name}”的{less[0]}资金，实施期少于年度"
            yield finding("G002", message, whole.place, f"核对funds两栏的{less[0]}，同一笔钱写在同一级")


@rule("G003")
def aspects_are_of_form(case: Case) -> Iterator[Diagnostic]:
    """G003: every 二级指标 is one the form prints; another would be lost."""
    known = case.form.goal_sheet.aspects if case.form.goal_sheet else ()
    for _, sheet in case.disclosure.goal_sheets() if known else ():
        for indicator in sheet.indicators:
            if indicator.aspect not in known:
                hint = did_you_mean(indicator.aspect, known, f"可以是：{'、'.join(known)}")
                yield finding("G003", f"表式里没有二级指标“{indicator.aspect}”", indicator.place, hint)


@rule("G005")
def projects_have_sheets(case: Case) -> Iterator[Diagnostic]:
    """G005: every project has its 绩效目标表, where the form prints them."""
    if case.form.goal_sheet:
        for project in case.disclosure.projects:
            if project.goal_sheet is None:
                message = f"“{project.name}”没有绩效目标表"
                yield finding("G005", message, project.place, "补上goal_sheet；确实没有的，在waivers.yaml里说明")


@rule("G007")
def sheets_have_projects(case: Case) -> Iterator[Diagnostic]:
    """G007: a goal sheet belongs to a project of the department."""
    for sheet in case.disclosure.separate_sheets:
        message = f"绩效目标表“{sheet.name}”（{sheet.unit}）不属于本部门的项目"
        yield finding("G007", message, sheet.place, "写进它的项目文件；确实要单独公开的，在waivers.yaml里说明")


@rule("G008")
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
                message = f"“{project.name}”的绩效目标表没有{case.form.goal_sheet.labels[period]}"
                yield finding("G008", message, sheet.place, f"在goal下加一行：{period}: ……")


@rule("G011")
def sheets_are_whole(case: Case) -> Iterator[Diagnostic]:
    """G011: a sheet has indicators of what is done, of what it is good for, and of 满意度: every 一级指标 of the form.

    A misspelt 二级指标 counts as the one it resembles: that it is misspelt is G003.
    """
    dimensions = case.form.goal_sheet.dimensions if case.form.goal_sheet else {}
    known = case.form.goal_sheet.aspects if case.form.goal_sheet else ()
    for name, sheet in case.disclosure.goal_sheets():
        named = {indicator.aspect for indicator in sheet.indicators}
        misspelt = named.difference(known)
        written = named | {near for aspect in misspelt for near in get_close_matches(aspect, known, n=1)}
        for dimension, aspects in dimensions.items():
            if written.isdisjoint(aspects):
                place = case.below(sheet.place, "indicators")
                hint = f"补上{'、'.join(aspects)}里合适的"
                yield finding("G011", f"“{name}”的绩效目标表没有{dimension}", place, hint)


@rule("G013")
def sheets_have_funds(case: Case) -> Iterator[Diagnostic]:
    """G013: a sheet has money for the year; goals without money are not of this budget."""
    for name, sheet in case.disclosure.goal_sheets():
        if not sheet.annual.total:
            message = f"“{name}”的绩效目标表年度资金是0"
            yield finding("G013", message, sheet.annual.place, "核对goal_sheet.funds；本年没有安排的，不附这张表")


@rule("G014")
def one_year_has_one_amount(case: Case) -> Iterator[Diagnostic]:
    """G014: a project of one year has the same funds in both columns, 上年结转 apart."""
    for project in case.disclosure.projects:
        sheet = project.goal_sheet
        carried = total(line for line in project.lines if line.origin is Origin.CARRYOVER)
        if sheet and sheet.period_years == 1 and sheet.whole_period.total > sheet.annual.total + carried > 0:
            message = (
                f"“{project.name}”项目期1年，实施期资金{in_yuan(sheet.whole_period.total)}，"
                f"年度资金{in_yuan(sheet.annual.total)}，两个数不同"
            )
            yield finding("G014", message, sheet.whole_period.place, "核对period_years和funds")


@rule("G018")
def whole_period_is_no_slip(case: Case) -> Iterator[Diagnostic]:
    """G018: 实施期资金 is 年度资金, or so many years of it, or clearly another amount: not the same but for a digit or
    a nought, nor, of a project that goes on as it is, many times as much or that of other years.
    """
    for name, sheet in case.disclosure.goal_sheets():
        if sheet.period_years > 1 and 0 < sheet.annual.total < sheet.whole_period.total:
            slip = _slip_of_whole_period(sheet)
            if slip:
                message, hint = slip
                whole = f"“{name}”的实施期资金{in_yuan(sheet.whole_period.total)}，"
                yield finding("G018", whole + message, sheet.whole_period.place, hint)


def _slip_of_whole_period(sheet: GoalSheet) -> tuple[str, str] | None:
    """Message and hint where the funds of all years do not fit those of the year; None where they do."""
    years, annual, whole = sheet.period_years, sheet.annual.total, sheet.whole_period.total
    recurring, endless = sheet.attribute is Attribute.RECURRING, years == _ENDLESS
    expected = {annual: "年度资金"} if endless else {annual: "年度资金", annual * years: f"年度资金的{years}倍"}
    if whole in expected:
        return None
    near = next((amount for amount in expected if _is_slip(whole, amount, first=recurring)), None)
    if near:
        message = f"与{expected[near]}{in_yuan(near)}只差{in_yuan(abs(whole - near))}"
        return message, "核对funds，多半有一位数字打错了"
    if any(_is_with_noughts(whole, amount, _MANY_DIGITS - recurring) for amount in expected):
        message = f"与年度资金{in_yuan(annual)}、{years}年只差在位数上"
        return message, "核对funds，多半多写了零，或元和万元写混了"
    beyond = bound("whole_period_of_recurring").is_beyond(whole / (annual * years))
    other_years = not whole % annual  # just so many years, but not those of the project
    if whole > annual * _UNITS_APART or (recurring and not endless and (beyond or other_years)):
        times = f"{whole / annual:.1f}".removesuffix(".0")
        message = f"是年度资金{in_yuan(annual)}的{times}倍，项目期写的是{years}年"
        return message, "核对funds的位数和period_years；以前年度的资金与本年不同的，在waivers.yaml里说明"
    return None


def _is_slip(written: Decimal, expected: Decimal, *, first: bool) -> bool:
    """Whether an amount is near what is expected by less than a hundredth, or differs from it in one digit of many.

    The `first` digit counts only where every year is like the others: else some round amount may have been paid before.
    """
    if 0 < abs(written - expected) * 100 < expected:
        return True
    digits, expected_digits = (f"{amount:.2f}" for amount in (written, expected))
    if len(digits) != len(expected_digits) or (digits[0] != expected_digits[0] and not first):
        return False
    have_many = all(len(significant(amount)) >= _MANY_DIGITS for amount in (written, expected))
    return have_many and sum(a != b for a, b in zip(digits, expected_digits, strict=True)) == 1


def _is_with_noughts(written: Decimal, expected: Decimal, digits: int) -> bool:
    """Whether an amount is the expected one with more zeros, and has enough digits for this to be no chance."""
    return written > expected and significant(expected) == significant(written) and len(significant(expected)) >= digits


@rule("G016")
def periods_are_plausible(case: Case) -> Iterator[Diagnostic]:
    """G016: a project lasts no longer than projects do, one of 一次性 a year; 99 stands for one without an end."""
    for name, sheet in case.disclosure.goal_sheets():
        if sheet.period_years > _LONGEST and sheet.period_years != _ENDLESS:
            message = f"“{name}”的项目期写了{sheet.period_years}年"
            hint = "写几年，不写起止年份；长期的写99"
            yield finding("G016", message, case.below(sheet.place, "period_years"), hint)
        elif sheet.attribute is Attribute.ONE_OFF and sheet.period_years > 1:
            message = f"“{name}”是一次性项目，项目期却写了{sheet.period_years}年"
            hint = "一次性项目1年结束；几年做完的，attribute写continuing"
            yield finding("G016", message, case.below(sheet.place, "period_years"), hint)


_WORD_TOO_MANY = 2
"""By how many characters two names of one project may differ."""
_SHORTEST_PROJECT_NAME = 4
"""Shorter names resemble each other by chance: 水费, 水电费."""
_SAYS_NOTHING = re.compile("(?:费|用|经|的|等|款|资金|支出|补助|专项|项目|工程|业务|工作)+")
"""Words that may be added to a name without making it another project's."""


@rule("G009")
def names_are_distinct(case: Case) -> Iterator[Diagnostic]:
    """G009: no two projects of a unit bear the same name, or names that differ by a word too many (表12)."""
    for first, other in combinations(case.disclosure.projects, 2):
        if first.unit == other.unit and _is_near(first.name, other.name):
            alike = "同名" if first.name == other.name else f"与“{first.name}”只差一两个字"
            message = f"项目“{other.name}”{alike}（另一个在{first.place.file.rpartition('/')[2]}）"
            yield finding("G009", message, other.place, "是同一个项目的合并，不是的把名称写得分得清")


@rule("G019")
def sheet_names_are_distinct(case: Case) -> Iterator[Diagnostic]:
    """G019: no two goal sheets of a unit and a period bear the same name, nor a separate one the name of its unit's project."""
    seen = {
        (project.name, case.disclosure.department.unit(project.unit).name): project.place
        for project in case.disclosure.projects
    }
    sheets: dict[tuple[str, str, int], Place] = {}
    for sheet in case.disclosure.separate_sheets:
        key = (sheet.name, sheet.unit, sheet.goal_sheet.period_years)
        other = seen.get((sheet.name, sheet.unit)) or sheets.get(key)
        if other:
            message = f"绩效目标表“{sheet.name}”与{other.file.rpartition('/')[2]}同名、同单位"
            yield finding("G019", message, sheet.place, "是同一个项目的留一张，不是的把名称写得分得清")
        sheets.setdefault(key, sheet.place)


@rule("G027")
def report_names_are_distinct(case: Case) -> Iterator[Diagnostic]:
    """G027: no two reports are about one project of one unit (自评报告)."""
    seen: dict[tuple[str, str], Place] = {}
    for evaluation in case.disclosure.evaluations:
        first = seen.setdefault((evaluation.name, evaluation.unit), evaluation.place)
        if first is not evaluation.place:
            message = f"自评报告“{evaluation.name}”与{first.file.rpartition('/')[2]}同名、同单位"
            yield finding("G027", message, evaluation.place, "是同一个项目的留一份，不是的把名称写得分得清")


def _is_near(name: str, other: str) -> bool:
    """Whether names are the same, or one is the other with a meaningless character or two added."""
    short, long = sorted((name, other), key=len)
    if short == long:
        return True
    if len(short) < _SHORTEST_PROJECT_NAME or not 0 < len(long) - len(short) <= _WORD_TOO_MANY:
        return False
    more = _added(short, long)
    return more is not None and _SAYS_NOTHING.fullmatch(more) is not None


def _added(short: str, long: str) -> str | None:
    """The characters that `long` has in addition to `short`; None where it is another name."""
    added, left = "", short
    for character in long:
        if left and character == left[0]:
            left = left[1:]
        else:
            added += character
    return None if left else added


@rule("G028")
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
                yield finding("G028", _level_message(name, own, level), place, *_level_hint(own, level, period.funds))


@rule("G029")
def reports_have_money_of_own_level(case: Case) -> Iterator[Diagnostic]:
    """G029: so does a report of 绩效自评 (预算执行表)."""
    own = case.disclosure.department.region.level.fund_level
    rows = [
        (evaluation, row)
        for evaluation in case.disclosure.evaluations
        for row in evaluation.spending
        if row.level in _below(own)
    ]
    spent = [line for line in case.ledger.lines(Source.EXPENDITURE) if line.nature is not Nature.BASIC]
    if sum((row.executed for _, row in rows), ZERO) <= _not_fiscal(spent):
        return
    for evaluation, row in rows:
        levels = [other.level for other in evaluation.spending]
        place = case.below(row.place, "level")
        yield finding(
            "G029", _level_message(evaluation.name, own, row.level), place, *_level_hint(own, row.level, levels)
        )


def _below(own: FundLevel) -> tuple[FundLevel, ...]:
    """The levels below this level."""
    return GOVERNMENT_LEVELS[GOVERNMENT_LEVELS.index(own) + 1 :]


def _not_fiscal(lines: Iterable[Line]) -> Decimal:
    """The sum of the lines that are no 财政拨款, in 元."""
    return total(line for line in lines if line.fund not in FISCAL_FUNDS)


def _level_message(name: str, own: FundLevel, level: FundLevel) -> str:
    return f"“{name}”把财政拨款写成了{level.label}资金（{level}），本部门的预算是{own.label}的"


def _level_hint(own: FundLevel, level: FundLevel, written: Collection[FundLevel]) -> tuple[str, Fix | None]:
    """Hint and fix; no fix where other money would have to be added."""
    is_alone = sum(code in (own, *_below(own)) for code in written) == 1
    what = f"把{level}改成{own}" if is_alone else f"把{level}的金额并到{own}"
    return f"{what}；department.yaml的level写错的，改level", Fix(level, own) if is_alone else None


_SHORTEST_NAME = 3
"""Shorter names resemble each other by chance."""
_OFTEN = 2
"""How often this year's document has the full name, for it to be the right one; last year's counts as often enough."""


@rule("G017")
def names_lack_no_sign(case: Case) -> Iterator[Diagnostic]:
    """G017: a name is not one character shorter than a name that other sheets, last year's or the form have in full."""
    counted = Counter(name for name, _ in _names(case.disclosure))
    full = {name for name, number in counted.items() if number >= _OFTEN}
    full |= {name for name, _ in _names(case.last_year)} if case.last_year else set()
    full |= {aspect.removesuffix("指标") for aspect in case.form.goal_sheet.aspects} if case.form.goal_sheet else set()
    shortened = {
        other[:at] + other[at + 1 :]: other for other in sorted(full, reverse=True) for at in range(len(other))
    }
    for name, place in _names(case.disclosure):
        if counted[name] > 1 or name in full or len(name) < _SHORTEST_NAME:
            continue
        if meant := shortened.get(name):
            yield finding("G017", f"“{name}”比别处的“{meant}”少一个字", case.below(place, "name"), "核对名称")


def _names(disclosure: Disclosure) -> Iterator[tuple[str, Place]]:
    """Names of projects, indicators and reports, each with its place."""
    for project in disclosure.projects:
        yield project.name, project.place
    for sheet in disclosure.separate_sheets:
        yield sheet.name, sheet.place
    for _, content in disclosure.goal_sheets():
        yield from ((indicator.name, indicator.place) for indicator in content.indicators)
    for evaluation in disclosure.evaluations:
        yield evaluation.name, evaluation.place
        yield from ((indicator.name, indicator.place) for indicator in evaluation.indicators)
