"""文字 (P): reasons of changes and purposes of money: there is one where the form prints it, and it fits its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from discgen.diagnostics import Diagnostic
from discgen.form.printed import printed_keys, unprinted_keys
from discgen.ledger.facts import Fact
from discgen.load.target import schema_of
from discgen.model.department import Unit
from discgen.model.line import Stage
from discgen.model.prose import Prose
from discgen.money import ZERO
from discgen.reference.codes import CLASS_DIGITS, Classification, Dictionary, values_of
from discgen.rules.case import CHINESE, Case, Passage, passage_of
from discgen.rules.registry import finding, rule
from discgen.rules.years import present_years


@rule("P006", "P007")
def changes_have_reasons(case: Case) -> Iterator[Diagnostic]:
    """P006, P007: where the form prints the reason of a change, each change has a reason, and nothing else has."""
    narrative, book = case.disclosure.narrative, case.book
    yield from _reasoned(case, case.form.reasons, narrative.reasons, "reasons")
    if case.form.code_reasons:
        names = {part.key: part.name for part in book.group(case.form.code_reasons)}
        yield from _reasoned(case, names, narrative.reasons_by_code, "reasons_by_code")


def _reasoned(case: Case, names: Mapping[str, str], reasons: Mapping[str, Prose], section: str) -> Iterator[Diagnostic]:
    """`names` are the facts whose changes the section accounts for, by its keys."""
    changes = {key: _shown_change(case, name) for key, name in names.items()}
    titles = {key: case.book.this(name).title for key, name in names.items()}
    about = {
        key: f"{titles[key]}{'增加' if change > 0 else '减少'}的主要原因是"
        for key, change in changes.items()
        if change and key not in reasons
    }
    unit, hint = case.form.numbers["text"].unit, case.to_add(section, about, reasons)
    for key, change in changes.items():
        if change and key in about:
            message = f"{titles[key]}比上年{'增加' if change > 0 else '减少'}{abs(change):,f}{unit}，没有写原因"
            yield finding("P006", message, case.disclosure.narrative.place, hint)
        elif not change and key in reasons and case.book.this(names[key]).value is not None:
            yield from _without_change(case, titles[key], reasons[key], is_known=change is not None)


def _without_change(case: Case, title: str, reason: Prose, *, is_known: bool) -> Iterator[Diagnostic]:
    """A figure that stayed as it was may be explained, but not by what would have changed it."""
    if not is_known:
        message = f"{title}没有上年数，写的原因不会印出"
        yield finding("P007", message, reason.place, "删去这一行，或补上上年数")
        return
    way = next(filter(None, (only_direction(reason.typed, case.disclosure.year, up=up) for up in (True, False))), "")
    if way:
        message = f"{title}与上年持平，原因却说“{way}”"
        yield finding("P007", message, reason.place, "写为什么不变，或删去这一行；确有增减的，核对上年数和本年数")


@rule("P065")
def differences_from_the_budget_have_reasons(case: Case) -> Iterator[Diagnostic]:
    """P065: where the form prints why 决算数 is more or less than 预算数, each that differs has a reason."""
    narrative = case.disclosure.narrative
    for section, differences, written in (
        ("budget_reasons", _differences(case), narrative.budget_reasons),
        ("budget_reasons_by_code", _differences_by_code(case), narrative.budget_reasons_by_code),
    ):
        missing = {key: (fact, shown) for key, (fact, shown) in differences.items() if shown and key not in written}
        about = {key: f"{_differs(fact, shown)}的主要原因是" for key, (fact, shown) in missing.items()}
        unit, hint = case.form.numbers["text"].unit, case.to_add(section, about, written)
        for fact, shown in missing.values():
            message = f"{_differs(fact, shown)}{abs(shown):,f}{unit}，没有写原因"
            yield finding("P065", message, case.disclosure.narrative.place, hint)


@rule("P066")
def differences_from_execution_have_reasons(case: Case) -> Iterator[Diagnostic]:
    """P066: where the form says what of last year's budget was executed, each 科目 that differs has a reason."""
    if not case.disclosure.prior_executed or "prior_executed" not in printed_keys(case.form):
        return
    written = case.disclosure.narrative.reasons_by_code
    facts = [case.book.beyond_executed(part.name) for part in case.book.group(case.form.purposes)]
    changes = {fact: _shown_difference(case, fact) for fact in facts if fact.key not in written}
    missing = {
        fact.key: f"{fact.operands[0].title}比上年执行数{'增加' if change > 0 else '减少'}{abs(change):,f}"
        for fact, change in changes.items()
        if change
    }
    unit = case.form.numbers["text"].unit
    about = {key: f"{said}{unit}的主要原因是" for key, said in missing.items()}
    hint = case.to_add("reasons_by_code", about, written)
    for key, said in missing.items():
        yield finding("P066", f"{key}{said}{unit}，没有写原因", case.disclosure.narrative.place, hint)


@rule("P067")
def what_was_executed_is_told(case: Case) -> Iterator[Diagnostic]:
    """P067: the form tells of what was executed for the 科目 that have money this year, and of no other."""
    if not case.disclosure.prior_executed or "prior_executed" not in printed_keys(case.form):
        return
    told = {part.key for part in case.book.group(case.form.purposes)}
    for line in (line for lines in case.disclosure.prior_executed.values() for line in lines):
        if line.amount and not any((line.function_code or "").startswith(key) for key in told):
            message = f"prior_executed里的{line.function_code}今年没有支出，这一行不会印出"
            yield finding("P067", message, line.place, "核对编码；今年确实没有这项支出的，删去这一行")


def _differs(difference: Fact, shown: Decimal) -> str:
    spent, planned = difference.operands
    return f"{spent.title}决算数{'大于' if shown > 0 else '小于'}{planned.title.removesuffix(spent.title)}数"


_Differences = Mapping[str, tuple[Fact, Decimal]]
"""By the key of its reason: how far a figure is beyond the budget, exactly and as the two figures are shown."""


def _differences(case: Case) -> _Differences:
    """Those that the form names."""
    split = {key: name.partition(".") for key, name in case.form.budget_reasons.items()}
    facts = {key: case.book.beyond(Stage(stage), name) for key, (stage, _, name) in split.items()}
    return {key: (fact, _shown_difference(case, fact)) for key, fact in facts.items()}


def _differences_by_code(case: Case) -> _Differences:
    """Those of each 科目, from 年初预算."""
    group = case.form.budget_code_reasons
    facts = [case.book.beyond(Stage.APPROVED, part.name) for part in case.book.group(group)] if group else []
    return {fact.key: (fact, _shown_difference(case, fact)) for fact in facts}


def _shown_difference(case: Case, difference: Fact) -> Decimal:
    """How far apart two figures are as they are printed side by side; zero where one of them is not known."""
    style = case.form.numbers["text"]
    spent, planned = (style.rounded(fact.value or ZERO) for fact in difference.operands)
    return spent - planned if difference.value is not None else ZERO


@rule("P009", "P010")
def money_has_purposes(case: Case) -> Iterator[Diagnostic]:
    """P009: the form says of every 科目 what its money is mainly for."""
    if not case.form.purposes:
        return
    narrative = case.disclosure.narrative
    parts = case.book.group(case.form.purposes)
    missing = {part.key: part.title for part in parts if part.value and part.key not in narrative.purposes}
    hint = case.to_add("purposes", {key: f"{title}主要用于" for key, title in missing.items()}, narrative.purposes)
    for key, title in missing.items():
        yield finding("P009", f"{key}{title}没有写主要用于什么", narrative.purposes_place, hint)
    own_files = case.disclosure.trees()
    for key in narrative.purposes.keys() - {part.key for part in parts}:
        place = narrative.purposes[key].place
        if place.file in own_files:  # what a unit takes from its department is the department's to delete
            yield finding("P010", f"{key}没有钱，写的用途不会印出", place, "删去这一行，或改正编码")


def _shown_change(case: Case, name: str) -> Decimal | None:
    """The change as the form shows it; None where last year is not known."""
    change = case.book.change(name).value
    return None if change is None else case.form.numbers["text"].rounded(change)


_REPEATED_BEGINNING = {
    "reasons": re.compile(r"(?:其|变动|变化|增减|增加|减少)?的?(?:主要)?原因(?:[是为]|[：:])[：:]?|主要是(?=因|由)"),
    "purposes": re.compile(r"主要用于[：:]?|用于[：:]?"),
}


_FORM_WORDS = {"reasons": "主要原因是", "purposes": "主要用于"}


@rule("P013")
def clauses_do_not_repeat_the_form(case: Case) -> Iterator[Diagnostic]:
    """P013: the form says 主要原因是 and 主要用于 itself; a reason or purpose that begins so prints them twice."""
    narrative = case.disclosure.narrative
    for kind, section in (
        *(("reasons", section) for section in narrative.explanations()),
        ("purposes", narrative.purposes),
    ):
        for passage in map(passage_of, section.values()):
            match = _REPEATED_BEGINNING[kind].match(passage.judged)
            if match and match.end() < len(passage.text):
                message = f"以“{match[0]}”开头，表式里已有“{_FORM_WORDS[kind]}”，会印两遍"
                yield finding(
                    "P013", message, passage.at(match.start()), f"删去“{match[0]}”", passage.fix(*match.span(), "")
                )


_CLAUSE = re.compile("[，；。,;]")
_ADVERBIAL = re.compile("^(?:为|对|向|给|按照?|用于).*的(?=.)")
_NOUN_ENDING = re.compile(
    "(?:部分|费用?|经费|支出|资金|补[助贴]|津贴|奖金|公积金|年金|款项?|尾款|项目|工作|业务|任务|人员|[保社]险|需要)$"
)
_HAPPENS = re.compile(
    "[增减升降涨落调涨缩压提扩加多少停撤并转划迁搬付购建办买换修租做改启动开展落实安排完结缴纳发放支付承担承接举办执行实施核定核拨"
    "列入计入纳入下达招录聘新任再不未无没有已超低高大小变化比较随因由使让需要求从在了]|[交拿拨收离到]"
)
"""Any of these may be the verb of a clause: where one occurs, nothing is reported."""
_DOES = re.compile(
    "^(?:进一步|合理|优先|统一|集中|及时|积极)?(?:严[控格]|从严|控制|精简|节[省约]|分摊|取消|统筹|盘活|消化|清理|归还|偿还|清偿|退还|返还|兑现|预留"
    "|争取|筹集|筹措|确保|保障(?!性|房|金|待遇|经费|资金)|满足|适应|推[进动]|规范|整合|优化|杜绝|雇[佣用]|注销)"
)
"""A clause that begins with one of these says what is done: 严控一般性支出."""
_MIXED_END = re.compile("(?:所致|导致|引起的?|造成的?|所造成|的原因|的缘故)$")
_MIXED_BEGINNING = re.compile("(?:是?因为|由于|因(?!此|应|而|公|病|故|工伤|地制))")
_NAMES_A_CHANGE = re.compile("^(?:因为?|由于)|(?:增加|增多|减少|提高|下降|上涨|降低)$")
_NOT_A_LETTER = re.compile(f"[^{CHINESE}]")
_FILLING = re.compile("的|等|和|及|与|支出|方面")


@rule("P061")
def purposes_say_more_than_the_name(case: Case) -> Iterator[Diagnostic]:
    """P061: what money is for says more than the name of its 科目, which stands before it in the same sentence."""
    dictionary = case.disclosure.dictionaries[Classification.FUNCTION]
    for code, prose in case.disclosure.narrative.purposes.items():
        if code in dictionary and _is_part(prose.text, dictionary.lineage(code)):
            hint = "写出钱花在什么事、什么人上，例如办什么活动、给哪些人发放"
            yield finding("P061", f"{code}的用途“{prose.text}”只是科目的名称", prose.place, hint)


def _is_part(text: str, name: str) -> bool:
    """Whether every character of the text is in the name, in this order."""
    left = iter(name)
    characters = _NOT_A_LETTER.sub("", _FILLING.sub("", text))
    return bool(characters) and all(character in left for character in characters)


@rule("P062")
def reasons_are_clauses(case: Case) -> Iterator[Diagnostic]:
    """P062: a reason says that something happened; a thing alone (为退休人员缴纳的部分) leaves 主要原因是 unfinished."""
    for passage in _reasons(case):
        if all(map(_is_noun, filter(None, _CLAUSE.split(passage.text)))):
            hint = "写成一句话，说出什么增加、减少或发生了什么，例如“缴纳职业年金的退休人员增加”"
            yield finding(
                "P062", f"增减原因“{passage.text}”只是一样东西，接在“主要原因是”后面不成句", passage.place, hint
            )


def _is_noun(clause: str) -> bool:
    """Whether the words are a noun without a verb; a verb that 的 attaches to the noun (为人缴纳的部分) does not count."""
    head = _ADVERBIAL.sub("", clause)
    return bool(_NOUN_ENDING.search(head)) and not _DOES.match(head) and not _HAPPENS.search(_NOUN_ENDING.sub("", head))


@rule("P064")
def reasons_fit_their_frame(case: Case) -> Iterator[Diagnostic]:
    """P064: 主要原因是……所致 and 主要原因是由于…… say twice that it is a reason."""
    for passage in _reasons(case):
        match = _MIXED_BEGINNING.match(passage.judged) or _MIXED_END.search(passage.judged)
        if match:
            message = f"增减原因里的“{match[0]}”和表式的“主要原因是”说了两遍“原因”"
            yield finding("P064", message, passage.at(match.start()), f"删去“{match[0]}”")


@rule("P063")
def purposes_are_no_reasons(case: Case) -> Iterator[Diagnostic]:
    """P063: a purpose names what is paid for; a change belongs among the reasons."""
    for passage in map(passage_of, case.disclosure.narrative.purposes.values()):
        if _NAMES_A_CHANGE.search(passage.judged):
            hint = "用途写花在什么上；增减写到reasons或reasons_by_code"
            yield finding("P063", f"用途“{passage.text}”说的是增减，接在“主要用于”后面不成句", passage.place, hint)


def _reasons(case: Case) -> Iterator[Passage]:
    narrative = case.disclosure.narrative
    yield from (passage_of(prose) for section in narrative.explanations() for prose in section.values())


_NOT_MONEY = r"(?!.{0,6}(?:效率|效能|效益|水平|能力|质量|力度|标准化|覆盖|比例))"
_UP = re.compile(
    rf"增加(?!的){_NOT_MONEY}|增长|增多|增大|增设|增添|新增|上升|上涨|上调|提高{_NOT_MONEY}|扩大{_NOT_MONEY}|加大{_NOT_MONEY}|追加|调增|较多"
)
_DOWN = re.compile(
    "减少(?!的)|下降|降低|下调|压减|压缩|压降|缩减|削减|精简|核减|调减|取消|不再安排|停止|停用|完结|完工|付清|较少|节约|严控|从严"
)
_NEGATED = re.compile(
    "(?:不再?|未再?|没有|无|停止|避免|防止)(?:增加|增长|新增|增设|追加|提高|上升|减少|压减|压缩|下降|降低|核减)"
)
_TURNS_ROUND = re.compile(
    "增加的|减少的|退休|离休|离职|辞职|调出|调离|去世|死亡|划出|撤销|减免|返还|结[余转]|节余|盘活"
)
"""Words for what makes costs fall by growing, or the other way round."""
_PAST = "上年|去年|前年|往年|以前年度"
_CLAUSE_END = re.compile("[，；。、,;]")
_MOVED = re.compile("划转|划入|划出|转入|转隶|并入|调入|借调|合并|整合|承接|接收|移交|职能")
_WINDOW = 40
"""How many characters before a year are looked at."""
_BASED_ON = re.compile(r"(?:按照?|根据|依据|执行|参照)[^，；。]{0,8}$")
_SPAN = re.compile(r"(?:19|20)\d{2}年?[-—–~至到]+$")


class _Explained(Struct, frozen=True):
    """A reason with the change that it is given for: how far `title` is from what it was `before`, exactly and as shown."""

    prose: Prose
    title: str
    change: Fact
    shown: Decimal
    before: str = "上年"


def _explained(case: Case) -> Iterator[_Explained]:
    narrative, form = case.disclosure.narrative, case.form
    style = form.numbers["text"]
    names = {**form.large_changes, **form.reasons}
    changes = [(prose, names[key]) for key, prose in narrative.reasons.items() if key in names]
    groups = filter(None, (form.code_reasons, form.large_code_changes))
    parts = (part for group in groups for part in case.book.group(group))
    by_code = narrative.reasons_by_code
    changes += [(by_code[part.key], part.name) for part in parts if part.key in by_code]
    for prose, name in changes:
        change = case.book.change(name)
        yield _Explained(prose, case.book.this(name).title, change, style.rounded(change.value or ZERO))
    for differences, written in (
        (_differences(case), narrative.budget_reasons),
        (_differences_by_code(case), narrative.budget_reasons_by_code),
    ):
        for key, (fact, shown) in differences.items():
            if key in written:
                yield _Explained(written[key], fact.operands[0].title, fact, shown, "预算")


@rule("P030")
def reasons_go_the_way_of_the_change(case: Case) -> Iterator[Diagnostic]:
    """P030: a reason that speaks of one direction only speaks of that in which the figures went.

    What it says of last year, and what grows while costs fall (退休), may explain either.
    """
    style = case.form.numbers["text"]
    for explained in _explained(case):
        shown = explained.shown
        if not shown:
            continue
        contrary = only_direction(explained.prose.typed, case.disclosure.year, up=shown < 0)
        if contrary:
            way = "增加" if shown > 0 else "减少"
            message = f"{explained.title}比{explained.before}{way}{abs(shown):,f}{style.unit}，原因却只说“{contrary}”"
            hint = f"写出使它{way}的原因；原因没有错的，核对{explained.before}数和本年数"
            yield finding("P030", message, explained.prose.place, hint)


def only_direction(text: str, year: int, *, up: bool) -> str:
    """The first word by which a text speaks of going up (or down) and never of the contrary; empty where it does not."""
    if _NEGATED.search(text) or _TURNS_ROUND.search(text):
        return ""
    past = re.compile(f"{_PAST}|{year - 1}年")
    clauses = [clause for clause in _CLAUSE_END.split(text) if not past.search(clause)]
    sought, other = (_UP, _DOWN) if up else (_DOWN, _UP)
    if any(other.search(clause) for clause in clauses):
        return ""
    match = next(filter(None, map(sought.search, clauses)), None)
    return match[0] if match else ""


@rule("P031")
def reasons_are_about_this_money(case: Case) -> Iterator[Diagnostic]:
    """P031: a reason names no unit that has none of the money, and no other department of the workspace."""
    for explained in _explained(case):
        text = explained.prose.typed
        if _MOVED.search(text):
            continue
        holders = {line.unit for line in explained.change.lines}
        if holders and None not in holders:
            for unit in _named_units(case, text):
                if unit.id not in holders:
                    message = f"原因说的是{unit.short_name}，{explained.title}里没有它的钱"
                    yield finding("P031", message, explained.prose.place, "改成这笔钱的单位的原因")
        for name in sorted(name for name in case.neighbours if name in text):
            message = f"原因里写的“{name}”是另一个部门或它的单位"
            yield finding("P031", message, explained.prose.place, "多半是照抄来的：改成本部门的原因")


def _named_units(case: Case, text: str) -> list[Unit]:
    """Units that the text names; a name inside a longer name is left out."""
    named = [unit for unit in case.disclosure.department.units if unit.short_name in text]
    return [
        unit
        for unit in named
        if not any(unit.short_name != other.short_name and unit.short_name in other.short_name for other in named)
    ]


@rule("P032")
def reasons_are_of_these_years(case: Case) -> Iterator[Diagnostic]:
    """P032: a reason of the change since last year names this year or last, unless for a rule, a plan or a beginning."""
    narrative, year = case.disclosure.narrative, case.disclosure.year
    for prose in (prose for section in narrative.explanations() for prose in section.values()):
        for match in present_years(prose.text):
            before = prose.text[max(0, match.start() - _WINDOW) : match.start()]
            if int(match[0]) in (year, year - 1) or _BASED_ON.search(before) or _SPAN.search(before):
                continue
            message = f"原因里写的是{match[0]}年，这里说的是{year}年比{year - 1}年"
            yield finding("P032", message, prose.place, "改成这两年里的原因；说的是从那年起的，写明“自某年起”")


_FUNCTION, _ECONOMIC = Classification.FUNCTION, Classification.DEPARTMENT_ECONOMIC
_LEAD = 2
"""By how many words another code must fit better: a single word may be shared by chance."""
_PAIR = re.compile(rf"(?=([{CHINESE}]{{2}}))")
_SPECIFIC = 4
"""A shorter name is a common word."""


@rule("P042")
def texts_are_about_their_code(case: Case) -> Iterator[Diagnostic]:
    """P042: a reason or a purpose speaks of the money of its own code, not of another's alone."""
    narrative, names = case.disclosure.narrative, case.disclosure.dictionaries[_FUNCTION]
    codes = _codes(case)
    for code, prose in (*narrative.reasons_by_code.items(), *narrative.budget_reasons_by_code.items()):
        if code in names:
            yield from _misplaced(prose, code, _topics_of_another(prose.typed, code, names, codes), names)
    written = [code for code in narrative.purposes if code in names]
    for code in written:
        prose = narrative.purposes[code]
        other = _topics_of_another(prose.typed, code, names, codes) or other_code(prose.typed, code, names, written)
        yield from _misplaced(prose, code, other, names)
    yield from _items(case)


def _codes(case: Case) -> frozenset[str]:
    """The classes that the document speaks of one by one."""
    form = case.form
    groups = filter(None, (form.code_reasons, form.large_code_changes, form.budget_code_reasons, form.purposes))
    return frozenset(part.key[:CLASS_DIGITS] for group in groups for part in case.book.group(group) if part.value)


def _misplaced(prose: Prose, code: str, other: str, names: Dictionary) -> Iterator[Diagnostic]:
    if other:
        message = f"{code}{names.name(code)}下写的“{prose.text[:20]}”，说的是{other}{names.name(other)}"
        yield finding(
            "P042",
            message,
            prose.place,
            "核对是不是与另一个编码换错了；没有换错的，写出这个科目的钱用在哪里、为什么增减",
        )


def _topics_of_another(text: str, code: str, names: Dictionary, codes: frozenset[str]) -> str:
    """The class whose topics a text names while it names none of its own; empty where there is none."""
    topics = {
        other: (*words, names.name(other)) for other, words in values_of(_FUNCTION, "topic").items() if other in names
    }
    topics |= {other: (names.name(other),) for other in codes if other not in topics and other in names}
    own = code[:CLASS_DIGITS]
    if own in names and any(word in text for word in (*topics.get(own, ()), names.name(own), names.name(code))):
        return ""
    spoken = [other for other, words in topics.items() if other != own and any(word in text for word in words)]
    return spoken[0] if len(spoken) == 1 and (own in topics or spoken[0] in codes) else ""


def other_code(text: str, code: str, names: Dictionary, written: Iterable[str]) -> str:
    """The code, among those that purposes are written for, that a text fits better or names outright."""
    own = len(_pairs(text) & _words_of(code, names))
    fit = {other: len(_pairs(text) & _words_of(other, names)) for other in _candidates(text, code, written)}
    best = max(fit.values(), default=0)
    if best >= own + _LEAD:
        return next(other for other, score in fit.items() if score == best)
    of_all = () if own or len(text) < _SPECIFIC else names.names
    called = [other for other in (*fit, *of_all) if names.name(other) == text != names.name(code)]
    return called[0] if len(set(called)) == 1 else ""


def _candidates(text: str, code: str, written: Iterable[str]) -> Iterator[str]:
    """Other codes that may be meant; of the code's own class where the text names a topic of it (职工医疗保险缴费 is 210's)."""
    own = code[:CLASS_DIGITS]
    is_of_own = any(word in text for word in values_of(_FUNCTION, "topic").get(own, ()))
    yield from (other for other in written if other != code and (other.startswith(own) or not is_of_own))


def _words_of(code: str, names: Dictionary) -> frozenset[str]:
    return _pairs(*(names.name(above) for above in _FUNCTION.ancestry(code) if above in names))


@lru_cache(maxsize=1_000)  # every purpose is held against the names of all the others
def _pairs(*texts: str) -> frozenset[str]:
    """All pairs of adjacent Chinese characters."""
    return frozenset(match[1] for text in texts for match in _PAIR.finditer(text))


def _items(case: Case) -> Iterator[Diagnostic]:
    """A reason of one of the “三公” that speaks of another of them alone."""
    topics = _topics_of_items()
    facts = {**case.form.large_changes, **case.form.reasons}
    for key, prose in case.disclosure.narrative.reasons.items():
        source, _, item = facts.get(key, "").partition(".")
        if source != "three_public" or item not in topics or any(word in prose.typed for word in topics[item]):
            continue
        for other, words in topics.items():
            word = next((word for word in words if word in prose.typed), "")
            if word and words != topics[item]:
                message = f"{case.book.this(facts[key]).title}的原因只说“{word}”"
                yield finding(
                    "P042",
                    message,
                    prose.place,
                    f"核对是不是与{case.book.this(f'three_public.{other}').title}的原因换错了",
                )
                break


def _topics_of_items() -> Mapping[str, set[str]]:
    items: dict[str, set[str]] = {}
    for code, values in values_of(_ECONOMIC, "item").items():
        for item in values:
            items.setdefault(item, set()).update(values_of(_ECONOMIC, "topic").get(code, ()))
    return items


_HINT = "不印也不要紧的留着；要公开的，写进narrative.yaml里会印出的一段，例如notes的other"


@rule("P051")
def statements_are_printed(case: Case) -> Iterator[Diagnostic]:
    """P051: what a department states of a year has a place in the form; what is below something unprinted is not reported again.

    It may well stay, so it is a note; department.yaml is of all years and forms, of which another prints what this
    one does not. Facts are in vain where the form of the units has no place for them either.
    """
    target = case.disclosure.target
    in_words = unprinted_keys(case.form)
    in_facts = [key for key in in_words if case.unit_form is None or key in unprinted_keys(case.unit_form)]
    for tree in case.disclosure.files:
        is_narrative = schema_of(tree.file) == "narrative"
        if schema_of(tree.file) == "department" or (target.unit and not is_narrative):
            continue
        reported: list[tuple[str, ...]] = []
        for key in in_words if is_narrative else in_facts:
            path = tuple(key.split("."))
            if path in tree.values and not any(path[: len(above)] == above for above in reported):
                reported.append(path)
                message = f"{key}写了，{case.form.title}没有印它的地方"
                yield finding("P051", message, tree.key_place(path), _HINT)
