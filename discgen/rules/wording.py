"""Words: gaps never filled in, what the form says already, names of another year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from discgen.codes.dictionary import Classification, load_dictionary
from discgen.diagnostics import Diagnostic, DocumentPath, Place, error, note, warning
from discgen.model.prose import Prose
from discgen.rules.case import Case
from discgen.rules.passages import BLANKED, Passage, labels, passage, texts_and_labels

_GAP = re.compile(
    r"(?<![A-Za-z])(?:X{2,}|x{2,}|Ｘ{2,})(?![A-Za-z])|×{2,}|○{2,}|[*＊]{3,}|(?<![A-Za-z0-9_])_{2,}(?![A-Za-z0-9_])|□"
    r"|(?<![A-Za-z])(?:TODO|TBD|FIXME)(?![A-Za-z])"
    r"|(?<![有尚亟仍急等])待(?:补充|补齐|补|填写|填|定|录入)(?=[，。；、）)】\]”]|$)"
    r"|增加（减少）|减少（增加）|增长（下降）|上升（下降）|提高（降低）|增加/减少|增长/下降"
    r"|(?:主要原因是|原因是|主要用于|主要是)[：:]?(?=[，。；]|$)"
    r"|【\s*】|（\s*）|\(\s*\)|《\s*》|“\s*”|〔\s*〕"
    r"|[【（\[(](?:此处[填写应补]|请填|请补)[^】）\])]*[】）\])]|\d年月日"
)
_SAYS_ELSEWHERE = re.compile(
    r"(?:详?见|同|参见)?(?:上年|上年度|去年|往年|上|前)(?:述|文|年|项|条|表|款)?|(?:此处|从|内容)?略|(?P<attached>(?:详?见|参见)(?:附[件表录]|另附|附后|后附).*)"
)
"""A whole passage that only points to another one."""
_SEVERAL = re.compile(r"[、，；,;](?![^（]*）)")
_OFFICE = re.compile(r"(?:[科股室处部组队站]|中心)(?:（[^）]*）)?\s*$")
_MAYBE_GAP = re.compile(r"…+|(?<!\.)\.{3,}(?!\.)|某某|某年某月")

_MADE_UP_NAME = re.compile(
    "(?:示例|虚构|样例)(?!文本|文件|材料|库|点|课|教)|测试(?:部门|单位|项目|指标|科室?|局|市|县|区|文字|数据)?[0-9一二三甲乙丙A-Za-z]*$"
)
_MADE_UP = re.compile(
    "虚构(?!交易|业务|合同|事实|支出|收入|发票|票据|项目|工程|人员|材料|信息|情节|经济|、|，|或|和|等)|[（(](?:示例|样例|测试|演示)[）)]"
    "|(?:示例|样例|测试用)(?:部门|单位|市|县|文字|数据|内容|项目)|^(?:这是|此为)?(?:一段)?(?:测试|示例|样例)(?:文字|内容|一下|数据)?[0-9]*。?$"
)
"""What is made up, as against what is told of others (虚构交易) and of work (等保测试, 填写示例)."""

_REPEATED_BEGINNING = {
    "reasons": re.compile(r"(?:其|变动|变化|增减|增加|减少)?的?(?:主要)?原因(?:[是为]|[：:])[：:]?|主要是(?=因|由)"),
    "purposes": re.compile(r"主要用于[：:]?|用于[：:]?"),
}
_SAID = {"reasons": "主要原因是", "purposes": "主要用于"}

_FIRST_YEAR = 2010
"""Before that no text is copied from."""
_TITLES = re.compile("《[^《》]*》")
_OF_PEOPLE = re.compile("人|干部|职工|老")
"""What makes 行政事业单位离退休 no name of a 科目 but a word of its own."""
_NAME_LENGTH = 6
"""A shorter name of a 科目 (扶贫, 资本金注入) is also a common word."""
_COPY_LENGTH = 30


def gaps_are_filled(case: Case) -> Iterator[Diagnostic]:
    """P011: nothing is left of what a draft or a pattern text leaves open; what may be meant is a warning."""
    for one in texts_and_labels(case):
        for found in _GAP.finditer(one.judged):
            said = f"“{one.around(*found.span())}”这里还没有填完"
            yield error("P011", said, one.at(found.start()), "填上实际内容；没有的，删去这半句")
        for found in _MAYBE_GAP.finditer(one.judged):
            said = f"“{one.around(*found.span())}”里的“{found[0]}”像是还没有填完"
            yield warning("P011", said, one.at(found.start()), "写明是什么，或者写“等”")
        elsewhere = _SAYS_ELSEWHERE.fullmatch(one.text.strip("。．.，；（） "))
        if elsewhere and elsewhere["attached"]:
            yield warning("P011", f"整段只写了“{one.text}”", one.place, "把内容写在这里；附件不随本文件印出")
        elif elsewhere:
            yield error(
                "P011", f"整段只写了“{one.text}”，读的人看不到内容", one.place, "把内容写在这里，不写“同上”“略”"
            )


def nothing_is_made_up(case: Case) -> Iterator[Diagnostic]:
    """P033: nothing of an example is left in a department that is none (its folder would begin with `_`)."""
    if case.disclosure.target.department.startswith("_"):
        return
    names = [one for one in labels(case) if _MADE_UP_NAME.match(one.judged)]
    for one in names:
        said = f"名称“{one.text}”像是示例"
        yield error("P033", said, one.place, "换成真实的名称")
    told = {one.place for one in names}
    for one in (one for one in texts_and_labels(case) if one.place not in told):
        for found in _MADE_UP.finditer(one.judged):
            said = f"“{one.around(*found.span())}”里的“{found[0]}”像是示例留下的"
            yield warning("P033", said, one.place, "换成真实的内容；文件夹以“_”开头的才是示例")


def clauses_do_not_repeat_the_form(case: Case) -> Iterator[Diagnostic]:
    """P013: the form says 主要原因是 and 主要用于 itself; a reason or purpose that begins so prints them twice."""
    narrative = case.disclosure.narrative
    for kind, section in (
        ("reasons", narrative.reasons),
        ("reasons", narrative.reasons_by_code),
        ("purposes", narrative.purposes),
    ):
        for one in map(passage, section.values()):
            found = _REPEATED_BEGINNING[kind].match(one.judged)
            if found and found.end() < len(one.text):
                said = f"以“{found[0]}”开头，表式里已有“{_SAID[kind]}”，会印两遍"
                yield error("P013", said, one.at(found.start()), f"删去“{found[0]}”", one.fix(*found.span(), ""))


def names_are_of_year(case: Case) -> Iterator[Diagnostic]:
    """P022: a 科目 is called as in this year's 政府收支分类科目, not as in an earlier year's."""
    renamed = _renamed(case.disclosure.year)
    if not renamed:
        return
    pattern = re.compile("|".join(map(re.escape, sorted(renamed, key=len, reverse=True))))
    for one in texts_and_labels(case):
        bare = _TITLES.sub(lambda title: BLANKED * len(title[0]), one.judged)
        for found in pattern.finditer(bare):
            right = renamed[found[0]]
            if not _OF_PEOPLE.match(bare, found.end()) and not _is_within(one, found.start(), found[0], right):
                said = f"“{found[0]}”不是{case.disclosure.year}年的科目名称"
                yield warning("P022", said, one.at(found.start()), f"当年名称是“{right}”")


def _is_within(one: Passage, start: int, name: str, longer: str) -> bool:
    """Whether the name stands here as a part of the longer one."""
    offset = longer.find(name)
    return offset >= 0 and one.judged.startswith(longer, max(0, start - offset))


@cache
def _renamed(year: int) -> Mapping[str, str]:
    """Names that only earlier years have, with what the code is called in `year`."""
    names: dict[str, str] = {}
    for classification in Classification:
        current = load_dictionary(classification, year)
        for other in range(_FIRST_YEAR, year):
            for code, name in load_dictionary(classification, other).names.items():
                if code in current and len(name) >= _NAME_LENGTH and name != current.name(code):
                    names.setdefault(name, current.name(code))
    valid = {name for one in Classification for name in load_dictionary(one, year).names.values()}
    return {name: right for name, right in names.items() if name not in valid}


def offices_are_one_a_row(case: Case) -> Iterator[Diagnostic]:
    """P034: the form counts rows, so several offices in one would be counted as one."""
    for one in labels(case):
        names = _SEVERAL.split(one.judged)
        if "organisation" in one.prose.place.path and len(names) > 1 and all(map(_OFFICE.search, names)):
            said = f"一行写了{len(names)}个科室，会数成1个"
            yield warning("P034", said, one.prose.place, f"拆成{len(names)}行，每行前面写“- ”，一个科室一行")


def prose_is_not_copied(case: Case) -> Iterator[Diagnostic]:
    """P025: a line of some length that stands elsewhere in the document word for word.

    Not told are what is the same by nature: the reasons of income and expenditure, the basis of
    related projects, and the goals and statements of one project.
    """
    first: dict[str, list[Place]] = defaultdict(list)
    for prose in case.disclosure.texts():
        for line in _long_lines(prose):
            earlier = next((place for place in first[line] if not _same_by_nature(place, prose.place)), None)
            if earlier:
                said = f"“{line[:12]}…”与{earlier.file.rsplit('/', 1)[-1]}第{earlier.line}行一字不差"
                yield note("P025", said, prose.place, "核对是不是照抄时忘了改；确实相同的不必改")
            first[line].append(prose.place)


def _long_lines(prose: Prose) -> list[str]:
    lines = (line.strip() for line in prose.text.splitlines())
    return [line for line in lines if len(line) >= _COPY_LENGTH]


def _same_by_nature(one: Place, other: Place) -> bool:
    if one == other:
        return True
    heads = {_head(one.path), _head(other.path)}
    if heads == {"reasons"} or "basis" in (one.path[-1], other.path[-1]):
        return True
    return one.file == other.file and (heads == {"goal"} or "statement" in heads)


def _head(path: DocumentPath) -> str:
    """The section that a text belongs to, whatever it is inside of."""
    keys = [step for step in path if isinstance(step, str) and step != "goal_sheet"]
    return "reasons" if keys[0] == "reasons_by_code" else keys[0]
