"""与上年比 (Y): this year's facts, words and days compared with last year and with the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from discgen.diagnostics import Diagnostic, Place, error, note, warning
from discgen.form.files import newest_form
from discgen.model.disclosure import Disclosure
from discgen.model.line import Fund, Lines, Origin, Source, total
from discgen.model.project import GoalSheet, Project
from discgen.model.prose import Prose
from discgen.money import in_yuan
from discgen.phrases import chinese_day
from discgen.reference.vocabulary import name_of
from discgen.rules.case import Case
from discgen.rules.registry import finding, rule
from discgen.yamltext.tree import Tree

_QUOTED_LENGTH = 20
"""How many characters of a duty are quoted."""
_YEAR_OF_A_NOTE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")


@rule("Y003")
def new_names_are_explained(case: Case) -> Iterator[Diagnostic]:
    """Y003: a department that is called otherwise than last year says what it was called."""
    if case.last_year is None:
        return
    before, now = case.last_year.department, case.disclosure.department
    texts = "".join(prose.text for prose in case.disclosure.narrative.texts())
    if before.name != now.name and before.name not in texts and before.short_name not in texts:
        place = Place(case.disclosure.narrative.place.file)
        message = f"部门名称与上年不同（上年是“{before.name}”），文字里没有说明"
        hint = (
            f"改了名的，在{case.narrative_file}的notes下加一行，例如other: 本部门由{before.name}更名。"
            "没有改名的，核对department.yaml的name和former_names"
        )
        yield finding("Y003", message, case.below(place, "notes"), hint)


@rule("Y004")
def goal_sheets_are_written_anew(case: Case) -> Iterator[Diagnostic]:
    """Y004: the plan and the goal of the year are not last year's word for word.

    A project's 概况, 依据, 必要性 and 措施 may well stay what they were.
    """
    before = {
        (former_project.unit, former_project.name): former_project
        for former_project in (case.last_year.projects if case.last_year else ())
    }
    for project in case.disclosure.projects:
        sheet, former = project.goal_sheet, before.get((project.unit, project.name))
        if sheet is None or former is None or former.goal_sheet is None:
            continue
        now, former_prose = _of_the_year(sheet), _of_the_year(former.goal_sheet)
        same = [name for name, prose in now.items() if name in former_prose and prose.text == former_prose[name].text]
        if same:
            yield _copied(project, same, now[same[0]])


def _of_the_year(sheet: GoalSheet) -> dict[str, Prose]:
    goal = {"年度目标": sheet.annual.goal} if sheet.annual.goal else {}
    return {"实施计划": sheet.prose["plan"], **goal}


def _copied(project: Project, same: list[str], first: Prose) -> Diagnostic:
    message = f"“{project.name}”的{'和'.join(same)}与上年一字不差"
    return finding("Y004", message, first.place, "按本年要做的事重写")


@rule("Y007")
def carryover_is_of_last_year(case: Case) -> Iterator[Diagnostic]:
    """Y007: 上年结转 of a fund is no more than last year's whole budget of it (表1 of both years).

    A fund without a budget last year is not judged: money given in the course of a year is carried over too.
    """
    declared = case.disclosure.declared_prior
    lines = case.last_year.lines if case.last_year else declared.lines if declared else {}
    for fund in () if case.disclosure.merged_from else Fund:
        budget = total(line for line in lines.get(Source.INCOME, ()) if line.fund is fund)
        carried = [
            line for line in case.ledger.lines(Source.INCOME) if line.fund is fund and line.origin is Origin.CARRYOVER
        ]
        if 0 < budget < total(carried):
            message = f"{fund.label}上年结转{in_yuan(total(carried))}，多于上年全部预算{in_yuan(budget)}"
            yield finding("Y007", message, carried[0].place, "核对结转的位数和单位，以及fund")


@rule("Y008")
def explanations_are_of_this_year(case: Case) -> Iterator[Diagnostic]:
    """Y008: a reason is not last year's word for word, nor a note that speaks of a year."""
    if case.last_year is None:
        return
    now, before = case.disclosure.narrative, case.last_year.narrative
    for section, earlier in zip(now.explanations(), before.explanations(), strict=True):
        for key, prose in section.items():
            if key in earlier and earlier[key].text == prose.text:
                yield finding("Y008", f"{key}的增减原因与上年一字不差", prose.place, "按本年的增减重写")
    for key, prose in now.notes.items():
        if key in before.notes and before.notes[key].text == prose.text and _YEAR_OF_A_NOTE.search(prose.typed):
            yield finding("Y008", f"{key}说到年份，却与上年一字不差", prose.place, "核对年份和内容")


@rule("Y012")
def nothing_has_vanished(case: Case) -> Iterator[Diagnostic]:
    """Y012: a department with fewer duties or offices than last year has lost one, or somebody forgot it."""
    if case.last_year is None:
        return
    now, before = case.disclosure.narrative, case.last_year.narrative
    for key, name, had, has in (
        (("duties",), "职责", [duty.text for duty in before.duties], [duty.text for duty in now.duties]),
        (("organisation", "offices"), "内设机构", before.offices, now.offices),
        (("organisation", "centres"), "所属中心", before.centres, now.centres),
    ):
        gone = [item for item in had if item not in has]
        if gone and 0 < len(has) < len(had):
            message = f"{name}比上年少{len(had) - len(has)}项，上年有“{gone[0][:_QUOTED_LENGTH]}”"
            place = case.below(Place(now.place.file), "overview", *key)
            yield finding("Y012", message, place, "三定方案没有改的，补上")


@rule("Y014")
def form_is_of_the_year(case: Case) -> Iterator[Diagnostic]:
    """Y014: there is no newer form of the same line that the document's year may use."""
    disclosure = case.disclosure
    newest = newest_form(disclosure.form, disclosure.year, case.forms)
    if newest != disclosure.form:
        message = f"{disclosure.year}年的文件用的是旧表式{disclosure.form}，已经有{newest}"
        hint = f"改成 form: {newest}，整本文件照新表式重新排；本地今年仍用旧表式的，在waivers.yaml里说明"
        yield finding("Y014", message, disclosure.form_place, hint)


@rule("Y013")
def last_year_is_known(case: Case) -> Iterator[Diagnostic]:
    """Y013: what the form compares has figures of last year, or it is said why there are none.

    Last year's files have them all; `prior` of nothing but its source says why.
    """
    disclosure, declared = case.disclosure, case.disclosure.declared_prior
    names = dict.fromkeys((*case.form.reasons.values(), *case.form.large_changes.values()))
    unknown = [name for name in names if case.book.this(name).value and case.book.prior(name).value is None]
    if case.last_year is not None or not unknown or (declared and not declared.lines):
        return
    if declared is None:
        hint = (
            f"上年用本程序编的，把上年的文件放在{disclosure.year - 1}/；不是的，写prior，照上年公开的录入，写明出处；"
            "确实没有上年数的，prior只写source，说明为什么"
        )
        yield note("Y013", "没有上年数，文字里不作比较", disclosure.place, hint)
        return
    for part, titles in _parts_left_out(case, declared.lines, unknown).items():
        message = f"prior里没有{part}，{'、'.join(titles)}在文字里不作比较"
        yield warning("Y013", message, declared.place, f"在prior下补上{part}；上年没有的，写{part}: []")


def _parts_left_out(case: Case, lines: Lines, names: Iterable[str]) -> dict[Source, list[str]]:
    """The titles of facts by the source that they need and that was not declared."""
    titles: dict[Source, list[str]] = {}
    for name in names:
        question = case.book.catalogue.facts[name]
        for source in question.query.sources:
            if source not in lines:
                titles.setdefault(source, []).append(question.title)
    return titles


_CITED = re.compile(r"《[^《》]*》|〔[^〔〕]*〕|[（(][^（）()]*\d号[）)]|\{\{[^{}]*\}\}")
"""Titles and numbers of documents, and expressions: their years are right as they are."""
_NEAR, _WINDOW = 12, 80
"""How many characters before a year are searched for its context; more for a list of years."""
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d{2}(?=年|[-—–/.]\d{1,2}(?!\d))")
_PAST = re.compile(
    r"(?:[自从]|已[于在]?|(?:原|旧|现有|现用|既有)[^，。；\d]{0,12}[于在]|(?:兑现|补发|补缴|清算|结清|偿还|支付|拨付|发放|缴纳)(?:(?:19|20)\d{2}年?度?[、和及至])*)$"
)
"""What comes before a year that is not this one's: 自2018年, 已于2021年, 原系统于2016年, 兑现2022年补贴."""
_SINCE = re.compile(
    r"年(?:度|\d{1,2}月)?(?:\d{1,2}日)?(?:以来|起|至今|开始|底?前?已)"
    r"|年度?(?:签订|未完成|遗留|结转|启动的|立项的|开工的)|年[^，。；]{1,10}(?:以来|[以之]?后(?=[，。；]|$))"
)
"""What comes after one: 2018年以来, 2021年签订的合同, 2021年机构改革后."""
_DONE = re.compile(
    r"年(?:\d{1,2}月)?(?:\d{1,2}日|[底末初中]|[上中下]旬|[上下]半年)?(?:已经?)?(?:全部|正式|如期)?"
    r"(?:竣工|完工|开工|建成|投用|投入使用|启用|通过验收|完成|签订|立项|中标|购置|采购|开通|上线|交付|验收)"
)
"""What was done in an earlier year, where the text goes on to this one: 2023年12月竣工，2025年6月前结算."""
_AHEAD = re.compile(r"(?<![原曾按])(?:预计|预期|计划|拟|力争|争取|打算|准备)(?:[于在到至从]|本年度?|今年)*$")
_GOES_ON = re.compile(r"年度?(?:新增(?:项目|的项目)|预计|力争|争取|拟(?!定|订))")
_ENTERED = re.compile(r"(?:列入|纳入|编入)$")
_BUDGET = re.compile(r"年度?(?:部门)?预算")
_LAST_MONTHS = re.compile(r"年(?:度?[底末]|1[0-2]月|第?四季度|下半年)")
"""The months that were still to come when the budget was written."""
_ENDING = re.compile(r"尾款|质保|结转|欠|清算|跨年|续")
"""Words that explain an older year in the name of a project."""


@rule("Y005")
def years_are_not_left_over(case: Case) -> Iterator[Diagnostic]:
    """Y005: a plan, a measure and the goal of the year speak of this year; a target or a name bears none before last year.

    Nor does any text look forward to a year that is past. Left alone are years inside 《》 and of
    文号, and what is in the past (自2018年起, 已于2021年完成, 2023年竣工 where the text goes on to this year).
    """
    year = case.disclosure.year
    for prose in _plans(case):
        stale = _stale(prose.text, year)
        if stale:
            hint = "改成本年的安排；说的是以前的事，写明“已于”哪年"
            yield finding("Y005", f"本年的计划或目标写的是{stale[0]}年", prose.at(stale.start()), hint)
    plans = set(_plans(case))
    for prose in case.disclosure.texts():
        match = _awaited(prose.text, year)
        if match and not (prose in plans and _stale(prose.text, year)):
            message = f"“{match[0]}年”已经过去，文字里却还说是将来的事"
            yield finding("Y005", message, prose.at(match.start()), f"改成{year}年；说的是以前的事，写明“已于”哪年")
    for text, place in _marks(case):
        years = years_of(text)
        if years and max(years) < year - 1 and not _ENDING.search(text):
            yield finding("Y005", f"“{text}”里的年份是{max(years)}年，本年是{year}年", place, "改成本年的")


def _stale(text: str, year: int) -> re.Match[str] | None:
    """The year that a plan of `year` should not speak of."""
    matches = present_years(text)
    if any(int(match[0]) == year for match in matches):
        unfinished = [match for match in matches if not _DONE.match(text, match.end())]
        return next((match for match in unfinished if int(match[0]) < year - 1), None)
    return max(matches, key=lambda match: int(match[0]), default=None)


def _awaited(text: str, year: int) -> re.Match[str] | None:
    """A year before `year` that the text looks forward to, or counts its money in."""
    for match in _YEAR.finditer(_bare(text)):
        before, past = text[max(0, match.start() - _NEAR) : match.start()], int(match[0]) < year
        ahead = _AHEAD.search(before) or _GOES_ON.match(text, match.end())
        entered = _ENTERED.search(before) and _BUDGET.match(text, match.end())
        recent = int(match[0]) == year - 1 and _LAST_MONTHS.match(text, match.end())
        if past and (ahead or entered) and not recent:
            return match
    return None


def years_of(text: str) -> list[int]:
    """The years that a text speaks of as present or to come."""
    return [int(match[0]) for match in present_years(text)]


def present_years(text: str) -> list[re.Match[str]]:
    """The same as matches, whose positions are those of the text."""
    bare = _bare(text)
    return [
        match
        for match in _YEAR.finditer(bare)
        if not (_PAST.search(bare[max(0, match.start() - _WINDOW) : match.start()]) or _SINCE.match(bare, match.end()))
    ]


def _bare(text: str) -> str:
    return _CITED.sub(lambda quoted: "\0" * len(quoted[0]), text)


def _plans(case: Case) -> Iterator[Prose]:
    """What is to be done this year, in words."""
    disclosure = case.disclosure
    proses = [
        *(
            prose
            for _, sheet in disclosure.goal_sheets()
            for prose in (sheet.prose["plan"], sheet.prose.get("measures"), sheet.annual.goal)
        ),
        *(
            project.statement.get(key)
            for project in disclosure.projects
            for key in ("plan", "period", "budget", "goal")
        ),
        *(
            prose
            for evaluation in disclosure.evaluations
            for prose in (evaluation.prose["plan"], evaluation.goals.get("annual"))
        ),
    ]
    return (prose for prose in proses if prose)


def _marks(case: Case) -> Iterator[tuple[str, Place]]:
    """Targets and names that may bear a year, with their places."""
    disclosure = case.disclosure
    for _, sheet in disclosure.goal_sheets():
        for indicator in sheet.indicators:
            for target in {indicator.whole_period, indicator.annual}:
                yield target or "", case.below(indicator.place, "target")
    for evaluation in disclosure.evaluations:
        yield evaluation.name, evaluation.place
        for scored in evaluation.indicators:
            yield scored.target, case.below(scored.place, "target")
    for project in disclosure.projects:
        yield project.name, project.place
    for separate in disclosure.separate_sheets:
        yield separate.name, separate.place


_SHORTEST = 4
_SAYS_NOTHING = re.compile(
    r"(?:无|其[他它]|正常|[增减]加?少?|增长|下降|变[化动]|调整|因素|原因|收入|支出|预算|经费|资金|(?:工作|业务|实际)(?:需要|情况)"
    r"|根据|按照?|的|因|由于|有所|[比较]|与|[上今本去]年|略|一定|等|安排|需要)+"
)
_SIGNS = re.compile(r"[\s，。、；：,.;:（）()]")


@rule("Y001")
def reasons_say_something(case: Case) -> Iterator[Diagnostic]:
    """Y001: a reason says more than that there was a change."""
    narrative = case.disclosure.narrative
    for prose in (prose for section in narrative.explanations() for prose in section.values()):
        message = _SIGNS.sub("", prose.text)
        if len(message) < _SHORTEST or _SAYS_NOTHING.fullmatch(message):
            hint = "写出是哪些人员、项目或政策使它增减"
            yield finding("Y001", f"增减原因“{prose.text}”等于没有说", prose.place, hint)


@rule("Y002")
def large_changes_have_reasons(case: Case) -> Iterator[Diagnostic]:
    """Y002: a part or a class whose change the form prints has a reason where it is beyond the form's threshold.

    One that makes up a whole change by itself is accounted for by the reason of that.
    """
    narrative, form = case.disclosure.narrative, case.form
    explained = {case.book.change(name).value for key, name in form.reasons.items() if key in narrative.reasons}
    large = {
        key: _large(case, name)
        for key, name in form.large_changes.items()
        if key not in narrative.reasons and case.book.change(name).value not in explained
    }
    yield from _unexplained(case, "reasons", large, narrative.reasons, narrative.place)
    if form.large_code_changes:
        place = case.below(Place(narrative.place.file), "reasons_by_code")
        parts = [part for part in case.book.group(form.large_code_changes) if part.key not in narrative.reasons_by_code]
        by_code = {part.key: _large(case, part.name) for part in parts}
        yield from _unexplained(case, "reasons_by_code", by_code, narrative.reasons_by_code, place)


def _unexplained(
    case: Case, section: str, large: Mapping[str, tuple[str, str] | None], written: Mapping[str, object], place: Place
) -> Iterator[Diagnostic]:
    """A finding for each change that is a large one; all have the same lines to paste."""
    changes = {key: change for key, change in large.items() if change}
    hint = case.to_add(section, {key: f"{about}的主要原因是" for key, (about, _) in changes.items()}, written)
    for about, size in changes.values():
        yield finding("Y002", f"{about}{size}，超过{case.form.threshold}%，没有写原因", place, hint)


def _large(case: Case, name: str) -> tuple[str, str] | None:
    """Which way a fact changed and by how much; None where its change is no large one."""
    fact, prior, change = case.book.this(name), case.book.prior(name).value, case.book.change(name).value
    form = case.form
    if not change or prior is None or abs(change) * 100 <= prior * form.threshold:
        return None
    size = f"{form.numbers['text'].rounded(abs(change)):,f}{form.numbers['text'].unit}"
    rate = f"（{abs(change) * 100 / prior:.0f}%）" if prior > 0 else ""
    return f"{fact.title}比上年{'增加' if change > 0 else '减少'}", f"{size}{rate}"


_APPROVED_BY = (6, 30)
"""人大 has approved a year's budget by then, so that its sheets have long been filled in."""


@rule("Y006")
def dates_are_of_the_year(case: Case) -> Iterator[Diagnostic]:
    """Y006: a goal sheet is filled in, and assets are counted, when the document is prepared.

    A budget is prepared last year or in the first half of this one, accounts this year or the next.
    """
    disclosure = case.disclosure
    for name, sheet in disclosure.goal_sheets():
        if sheet.filled_on:
            place = case.below(sheet.place, "filled_on")
            yield from _untimely(f"“{name}”的填报日期", sheet.filled_on, place, disclosure)
    as_of = disclosure.assets.as_of if disclosure.assets else None
    if disclosure.assets and as_of:
        place = case.below(Place(disclosure.assets.place.file), "assets", "as_of")
        yield from _untimely("国有资产的日期", as_of, place, disclosure)


def _untimely(what: str, day: date, place: Place, disclosure: Disclosure) -> Iterator[Diagnostic]:
    year, is_budget = disclosure.year, disclosure.target.kind == "budget"
    first = date(year - 1, 1, 1) if is_budget else date(year, 1, 1)
    last = date(year, *_APPROVED_BY) if is_budget else date(year + 1, 12, 31)
    hint = f"核对{place.path[-1]}，应在{chinese_day(first)}至{chinese_day(last)}之间"
    if is_budget and day.year > year:
        yield error("Y006", f"{what}是{chinese_day(day)}，{year}年已经过完", place, hint)
    elif not first <= day <= last:
        yield warning(
            "Y006",
            f"{what}是{chinese_day(day)}，不在编制{year}年{name_of('kind', disclosure.target.kind)}的时候",
            place,
            hint,
        )


DAYS = 20
"""批复后二十日内."""


@rule("Y011")
def published_in_time(case: Case) -> Iterator[Diagnostic]:
    """Y011: publication follows approval, by no more than the days that 预算法第十四条 gives."""
    approved, published = case.disclosure.approved_on, case.disclosure.published_on
    if approved is None or published is None:
        return
    place = case.below(Place(case.disclosure.place.file), "published_on")
    if published < approved:
        message = f"{chinese_day(published)}公开，早于{chinese_day(approved)}批复"
        yield error("Y011", message, place, "核对approved_on和published_on")
    elif published > last_day(approved):
        message = f"{chinese_day(approved)}批复，{chinese_day(published)}才公开，过了{(published - approved).days}天"
        yield warning("Y011", message, place, f"应在{chinese_day(last_day(approved))}以前公开；核对两个日期")


def last_day(approved: date) -> date:
    """The last day on which what was approved is published in time."""
    return approved + timedelta(days=DAYS)


@rule("Y010")
def everything_is_confirmed(case: Case) -> Iterator[Diagnostic]:
    """Y010: no comment `# 待确认` is left, by which `discgen rollover` and `discgen init` mark what they wrote."""
    for tree in case.disclosure.files:
        for mark in tree.unconfirmed:
            key = _key_on(tree, mark.line)
            what = f"“{key.path[-1]}”这一段" if key else "这里"
            message = f"{what}标着“待确认”，还没有核对"
            yield finding("Y010", message, key or mark, "照本年的批复和安排改好，再删去“# 待确认”")


def _key_on(tree: Tree, line: int) -> Place | None:
    """The first key that is written on a line."""
    return min((place for place in tree.keys.values() if place.line == line), default=None)
