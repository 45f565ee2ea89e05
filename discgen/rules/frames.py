"""Reasons and purposes in the sentences that the form puts round them: 主要原因是……, 主要用于……."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discgen.codes.dictionary import Classification
from discgen.diagnostics import Diagnostic, warning
from discgen.rules.case import Case
from discgen.rules.passages import CHINESE, Passage, passage

_CLAUSE = re.compile("[，；。,;]")
_ADVERBIAL = re.compile("^(?:为|对|向|给|按照?|用于).*的(?=.)")
_THING = re.compile(
    "(?:部分|费用?|经费|支出|资金|补[助贴]|津贴|奖金|公积金|年金|款项?|尾款|项目|工作|业务|任务|人员|[保社]险|需要)$"
)
_HAPPENS = re.compile(
    "[增减升降涨落调涨缩压提扩加多少停撤并转划迁搬付购建办买换修租做改启动开展落实安排完结缴纳发放支付承担承接举办执行实施核定核拨"
    "列入计入纳入下达招录聘新任再不未无没有已超低高大小变化比较随因由使让需要求从在了]|[交拿拨收离到]"
)
"""Any of these may be the verb of a clause: where one stands, nothing is said."""
_DOES = re.compile(
    "^(?:进一步|合理|优先|统一|集中|及时|积极)?(?:严[控格]|从严|控制|精简|节[省约]|分摊|取消|统筹|盘活|消化|清理|归还|偿还|清偿|退还|返还|兑现|预留"
    "|争取|筹集|筹措|确保|保障(?!性|房|金|待遇|经费|资金)|满足|适应|推[进动]|规范|整合|优化|杜绝|雇[佣用]|注销)"
)
"""A clause that begins with one of these says what is done: 严控一般性支出."""
_MIXED_END = re.compile("(?:所致|导致|引起的?|造成的?|所造成|的原因|的缘故)$")
_MIXED_BEGINNING = re.compile("(?:是?因为|由于|因(?!此|应|而|公|病|故|工伤|地制))")
_TELLS_A_CHANGE = re.compile("^(?:因为?|由于)|(?:增加|增多|减少|提高|下降|上涨|降低)$")
_NOT_A_LETTER = re.compile(f"[^{CHINESE}]")
_FILLING = re.compile("的|等|和|及|与|支出|方面")


def purposes_say_more_than_the_name(case: Case) -> Iterator[Diagnostic]:
    """P061: what money is for says more than the name of its 科目, which stands before it in the same sentence."""
    dictionary = case.disclosure.dictionaries[Classification.FUNCTION]
    for code, prose in case.disclosure.narrative.purposes.items():
        if code in dictionary and _is_part(prose.text, dictionary.lineage(code)):
            hint = "写出钱花在什么事、什么人上，例如办什么活动、给哪些人发放"
            yield warning("P061", f"{code}的用途“{prose.text}”只是科目的名称", prose.place, hint)


def _is_part(text: str, name: str) -> bool:
    """Whether every character of the text is in the name, in this order."""
    left = iter(name)
    said = _NOT_A_LETTER.sub("", _FILLING.sub("", text))
    return bool(said) and all(char in left for char in said)


def reasons_are_clauses(case: Case) -> Iterator[Diagnostic]:
    """P062: a reason says that something happened; a thing alone (为退休人员缴纳的部分) leaves 主要原因是 unfinished."""
    for one in _reasons(case):
        if all(map(_is_a_thing, filter(None, _CLAUSE.split(one.text)))):
            hint = "写成一句话，说出什么增加、减少或发生了什么，例如“缴纳职业年金的退休人员增加”"
            yield warning("P062", f"增减原因“{one.text}”只是一样东西，接在“主要原因是”后面不成句", one.place, hint)


def _is_a_thing(clause: str) -> bool:
    """Whether the words are a noun and no verb is among them; one that only 的 hangs on the noun (为人缴纳的部分) is none."""
    head = _ADVERBIAL.sub("", clause)
    return bool(_THING.search(head)) and not _DOES.match(head) and not _HAPPENS.search(_THING.sub("", head))


def reasons_fit_their_frame(case: Case) -> Iterator[Diagnostic]:
    """P064: 主要原因是……所致 and 主要原因是由于…… say twice that it is a reason."""
    for one in _reasons(case):
        found = _MIXED_BEGINNING.match(one.judged) or _MIXED_END.search(one.judged)
        if found:
            said = f"增减原因里的“{found[0]}”和表式的“主要原因是”说了两遍“原因”"
            yield warning("P064", said, one.at(found.start()), f"删去“{found[0]}”")


def purposes_are_no_reasons(case: Case) -> Iterator[Diagnostic]:
    """P063: a purpose names what is paid for; a change belongs among the reasons."""
    for one in map(passage, case.disclosure.narrative.purposes.values()):
        if _TELLS_A_CHANGE.search(one.judged):
            hint = "用途写花在什么上；增减写到reasons或reasons_by_code"
            yield warning("P063", f"用途“{one.text}”说的是增减，接在“主要用于”后面不成句", one.place, hint)


def _reasons(case: Case) -> Iterator[Passage]:
    narrative = case.disclosure.narrative
    yield from map(passage, (*narrative.reasons.values(), *narrative.reasons_by_code.values()))
