"""文字 (P): words: gaps, names that are not this year's, repeated or misspelt words, other places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from discgen.compiled import keep_compiled
from discgen.diagnostics import Diagnostic, DocumentPath, Place, error, warning
from discgen.model.department import Level
from discgen.model.prose import Prose
from discgen.reference.codes import Classification, load_dictionary
from discgen.reference.folders import cache_shipped, shipped_rows
from discgen.rules.case import CHINESE, Case, Passage, labels, texts_and_labels
from discgen.rules.regions import foreign_places
from discgen.rules.registry import finding, rule

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
"""What is made up, as against what others did (虚构交易) and of work (等保测试, 填写示例)."""


_FIRST_YEAR = 2010
"""No text is copied from an earlier year."""
_OF_PEOPLE = re.compile("人|干部|职工|老")
"""What follows 行政事业单位离退休 where it is an ordinary word and no 科目."""
_NAME_LENGTH = 6
"""A shorter name of a 科目 (扶贫, 资本金注入) is also a common word."""
_COPY_LENGTH = 30


@rule("P011")
def gaps_are_filled(case: Case) -> Iterator[Diagnostic]:
    """P011: nothing is left of what a draft or a pattern text leaves open; what may be meant is a warning."""
    for passage in texts_and_labels(case):
        for match in _GAP.finditer(passage.judged):
            message = f"“{passage.around(*match.span())}”这里还没有填完"
            yield error("P011", message, passage.at(match.start()), "填上实际内容；没有的，删去这半句")
        for match in _MAYBE_GAP.finditer(passage.judged):
            message = f"“{passage.around(*match.span())}”里的“{match[0]}”像是还没有填完"
            yield warning("P011", message, passage.at(match.start()), "写明是什么，或者写“等”")
        elsewhere = _SAYS_ELSEWHERE.fullmatch(passage.text.strip("。．.，；（） "))
        if elsewhere and elsewhere["attached"]:
            yield warning("P011", f"整段只写了“{passage.text}”", passage.place, "把内容写在这里；附件不随本文件印出")
        elif elsewhere:
            yield error(
                "P011", f"整段只写了“{passage.text}”，读的人看不到内容", passage.place, "把内容写在这里，不写“同上”“略”"
            )


@rule("P033")
def nothing_is_made_up(case: Case) -> Iterator[Diagnostic]:
    """P033: nothing of an example is left in a department that is none (its folder would begin with `_`)."""
    if case.disclosure.target.department.startswith("_"):
        return
    names = [passage for passage in labels(case) if _MADE_UP_NAME.match(passage.judged)]
    for name in names:
        message = f"名称“{name.text}”像是示例"
        yield error("P033", message, name.place, "换成真实的名称")
    reported = {name.place for name in names}
    for passage in (passage for passage in texts_and_labels(case) if passage.place not in reported):
        for match in _MADE_UP.finditer(passage.judged):
            message = f"“{passage.around(*match.span())}”里的“{match[0]}”像是示例留下的"
            yield warning("P033", message, passage.place, "换成真实的内容；文件夹以“_”开头的才是示例")


@rule("P022")
def names_are_of_year(case: Case) -> Iterator[Diagnostic]:
    """P022: a 科目 is called as in this year's 政府收支分类科目, not as in an earlier year's."""
    renamed = _renamed(case.disclosure.year)
    valid = {name for dictionary in case.disclosure.dictionaries.values() for name in dictionary.names.values()}
    renamed = {name: right for name, right in renamed.items() if name not in valid}
    if not renamed:
        return
    pattern = re.compile("|".join(map(re.escape, sorted(renamed, key=len, reverse=True))))
    for passage in texts_and_labels(case):
        bare = passage.without_titles
        for match in pattern.finditer(bare):
            right = renamed[match[0]]
            if not _OF_PEOPLE.match(bare, match.end()) and not _is_within(passage, match.start(), match[0], right):
                message = f"“{match[0]}”不是{case.disclosure.year}年的科目名称"
                yield finding("P022", message, passage.at(match.start()), f"当年名称是“{right}”")


def _is_within(passage: Passage, start: int, name: str, longer: str) -> bool:
    """Whether the name stands here as a part of the longer name."""
    offset = longer.find(name)
    return offset >= 0 and passage.judged.startswith(longer, max(0, start - offset))


@keep_compiled
def _renamed(year: int) -> Mapping[str, str]:
    """Names that only earlier years have, with what the code is called in `year`."""
    names: dict[str, str] = {}
    for classification in Classification:
        current = load_dictionary(classification, year)
        for other in range(_FIRST_YEAR, year):
            for code, name in load_dictionary(classification, other).names.items():
                if code in current and len(name) >= _NAME_LENGTH and name != current.name(code):
                    names.setdefault(name, current.name(code))
    valid = {name for classification in Classification for name in load_dictionary(classification, year).names.values()}
    return {name: right for name, right in names.items() if name not in valid}


@rule("P034")
def offices_are_one_a_row(case: Case) -> Iterator[Diagnostic]:
    """P034: the form counts rows, so several offices in one would be counted as one."""
    for passage in labels(case):
        names = _SEVERAL.split(passage.judged)
        if "organisation" in passage.prose.place.path and len(names) > 1 and all(map(_OFFICE.search, names)):
            message = f"一行写了{len(names)}个科室，会数成1个"
            yield finding("P034", message, passage.prose.place, f"拆成{len(names)}行，每行前面写“- ”，一个科室一行")


@rule("P025")
def prose_is_not_copied(case: Case) -> Iterator[Diagnostic]:
    """P025: a line of some length that stands elsewhere in the document word for word.

    Not reported is what is the same by nature: the reasons of income and expenditure, the basis of
    related projects, and the goals and statements of one project.
    """
    first: dict[str, list[Place]] = defaultdict(list)
    for prose in case.disclosure.texts():
        for line in _long_lines(prose):
            earlier = next((place for place in first[line] if not _same_by_nature(place, prose.place)), None)
            if earlier:
                message = f"“{line[:12]}…”与{earlier.file.rsplit('/', 1)[-1]}第{earlier.line}行一字不差"
                yield finding("P025", message, prose.place, "核对是不是照抄时忘了改；确实相同的不必改")
            first[line].append(prose.place)


def _long_lines(prose: Prose) -> list[str]:
    lines = (line.strip() for line in prose.text.splitlines())
    return [line for line in lines if len(line) >= _COPY_LENGTH]


def _same_by_nature(place: Place, other: Place) -> bool:
    if place == other:
        return True
    heads = {_head(place.path), _head(other.path)}
    if heads == {"reasons"} or "basis" in (place.path[-1], other.path[-1]):
        return True
    return place.file == other.file and (heads == {"goal"} or "statement" in heads)


def _head(path: DocumentPath) -> str:
    """The section that a text belongs to, wherever that stands."""
    keys = [step for step in path if isinstance(step, str) and step != "goal_sheet"]
    return "reasons" if keys[0] in _REASONS else keys[0]


_REASONS = ("reasons", "reasons_by_code", "budget_reasons", "budget_reasons_by_code")
"""Sections one of which may say what another says."""

_PARTICLE = re.compile(
    r"(?<!目)的的(?![士确])|了了(?![解如却然结])|(?<![共饱缓温调总中平])和和(?![气睦平谐])|(?<![给赋授参])与与(?!会)|(?<!合)并并(?![非不且])"
    r"|(?<![〇零一二三四五六七八九十两第])一一(?=[张枚窗站网批套份般些]|[个项件](?![个项件])|系列|次性|体化)"
)
_PARTICLES = "的了和与并"
_NUMERAL = "一二三四五六七八九十〇零百千两"
_WORD = re.compile(rf"(?P<word>[{CHINESE}]{{2,8}})(?P=word)")
_REDUPLICATED = re.compile(rf"[{_NUMERAL}各逐每很许非慢好][{CHINESE}]|[{_NUMERAL}]{{2,}}|[{CHINESE}][{_NUMERAL}]")
"""一个一个, 各项各项, 很多很多; 二〇二〇; 十一十一."""
_DOUBLED_CHARACTER = re.compile(rf"(?P<character>[{CHINESE}])(?P=character)+")
_CHINESE_CHARACTER = re.compile(f"[{CHINESE}]")
_ANY = "*"
_NO_COMPOUND = "的地得了和与及或对为把将被在"
"""A character that ends no word, so that a word begins after it: 的工作工作人员."""


@rule("P012")
def words_are_written_once(case: Case) -> Iterator[Diagnostic]:
    """P012: a particle, a word or a character that stands twice in a row, where that is no way of speaking."""
    for passage in texts_and_labels(case):
        for match in _PARTICLE.finditer(passage.judged):
            message = f"“{passage.around(*match.span())}”里的“{match[0][0]}”写了两遍"
            yield finding(
                "P012", message, passage.at(match.start()), "删去一个", passage.fix(*match.span(), match[0][0])
            )
        for start, end, word in _doubled(passage):
            message = f"“{passage.around(start, end)}”里的“{word}”写了两遍"
            yield finding("P012", message, passage.at(start), "删去一个；本来如此的，换一种说法")


def _doubled(passage: Passage) -> Iterator[tuple[int, int, str]]:
    """Start and end of each doubled word or character, with the word."""
    text, last_end = passage.judged, -1
    for match in _WORD.finditer(text):
        word = match["word"]
        if not _REDUPLICATED.fullmatch(word) and not _is_right(text, match.start(), match.end(), word):
            last_end = match.end()
            yield *match.span(), word
    for match in _DOUBLED_CHARACTER.finditer(text):
        character, (start, end) = match["character"], match.span()
        if (
            start < last_end
            or character in _NUMERAL
            or character in _PARTICLES
            or _is_pair_of_doubles(text, start, end)
        ):
            continue
        if end - start > len(character) * 2 or not _is_right(text, start, end, character):
            yield start, end, character


def _is_right(text: str, start: int, end: int, word: str) -> bool:
    """Whether what stands on either side allows the word to stand twice."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return any(
        (not left or (_is_of(before, left) and not (left == _ANY and before in _NO_COMPOUND)))
        and (not right or _is_of(after, right))
        for left, right in _rightly_doubled().get(word, ())
    )


def _is_of(character: str, characters: str) -> bool:
    """Whether it is a Chinese character and one of those given; `*` stands for any."""
    return bool(_CHINESE_CHARACTER.match(character)) and (characters == _ANY or character in characters)


def _is_pair_of_doubles(text: str, start: int, end: int) -> bool:
    """方方面面, 家家户户: either half of it."""
    follows, precedes = text[end : end + 2], text[max(0, start - 2) : start]
    return any(len(two) > 1 and two[0] == two[1] and _CHINESE_CHARACTER.match(two) for two in (follows, precedes))


@cache_shipped
def _rightly_doubled() -> dict[str, list[tuple[str, str]]]:
    """The words of the file, each with what must stand before and after it: `*` is any character, empty allows everything."""
    words: dict[str, list[tuple[str, str]]] = {}
    for row in shipped_rows("words", "doubled.csv"):
        words.setdefault(row["word"], []).append((row["before"], row["after"]))
    return words


_LONG = 6
"""From this length on a 科目 is no common word: 办公经费 and 办公费 are both said, 国有资金经营预算 is not."""
_KEY = {True: 3, False: 2}
"""How many characters at the beginning or the end of a long or a short term it is looked up by."""
_WORDS = re.compile(rf"[{CHINESE}（）]+")
_SERVICES = ("服务", "业务", "事务", "任务")
"""Where 事务 of a 科目 is another word: 市场监督管理服务."""
_JOINS = "的了"
"""What may stand in between: 机关的商品和服务支出."""
_OTHER_BEGINNINGS = ("其中", "其余")


class _Terms(Struct, frozen=True):
    """The terms by the characters that they begin and end with."""

    names: frozenset[str]
    heads: Mapping[str, list[str]] = field(default_factory=dict)
    tails: Mapping[str, list[str]] = field(default_factory=dict)


@rule("P041")
def terms_are_as_they_are_called(case: Case) -> Iterator[Diagnostic]:
    """P041: no phrase is an official term but for one character that is wrong, missing, too many or changed over."""
    known = frozenset(
        name for dictionary in case.disclosure.dictionaries.values() for name in dictionary.names.values()
    )
    terms = _terms(frozenset(name for name in known if len(name) >= _LONG))
    allowed = known | terms.names | _fixed_words("不是错")
    for passage in texts_and_labels(case):
        bare = passage.without_titles
        for start, end, term in near_terms(bare, terms, allowed):
            written = bare[start:end]
            message = f"“{passage.around(start, end)}”里的“{written}”像是“{term}”写错了"
            yield finding("P041", message, passage.at(start), f"核对后改成“{term}”；本来如此的，换一种说法")


def near_terms(text: str, terms: _Terms, allowed: Iterable[str]) -> list[tuple[int, int, str]]:
    """Start and end of each phrase that is a term but for one character, with the term; the longest of those that overlap."""
    near = {
        (start, end, term)
        for start, end, term in _candidates(text, terms)
        if _is_near(text[start:end], term) and not _is_own_word(text, start, end, term, allowed)
    }
    longest: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    for start, end, term in sorted(near, key=lambda item: (item[0] - item[1], item)):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            longest.append((start, end, term))
    return sorted(longest)


def _candidates(text: str, terms: _Terms) -> Iterator[tuple[int, int, str]]:
    for length in _KEY.values():
        for at in range(len(text) - length + 1):
            key = text[at : at + length]
            for term in terms.heads.get(key, ()):
                yield from ((at, at + size, term) for size in _sizes(term) if at + size <= len(text))
            for term in terms.tails.get(key, ()):
                end = at + length
                yield from ((end - size, end, term) for size in _sizes(term) if size <= end)


def _sizes(term: str) -> tuple[int, int, int]:
    return len(term) - 1, len(term), len(term) + 1


def _is_near(written: str, term: str) -> bool:
    """Whether exactly one character inside is another, lacks, is too many, or has changed places with the next."""
    if written == term or written[0] != term[0] or written[-1] != term[-1] or not _WORDS.fullmatch(written):
        return False
    at = next((at for at, (character, other) in enumerate(zip(written, term, strict=False)) if character != other), -1)
    if len(written) == len(term):
        swapped = term[:at] + term[at + 1 : at + 2] + term[at] + term[at + 2 :]
        return written[at + 1 :] == term[at + 1 :] or written == swapped
    if len(written) < len(term):
        return written[at:] == term[at + 1 :]
    return written[at + 1 :] == term[at:] and written[at] not in _JOINS


def _is_own_word(text: str, start: int, end: int, term: str, allowed: Iterable[str]) -> bool:
    """Whether the phrase is a word of its own, or belongs to one that is in order."""
    written = text[start:end]
    if text[end : end + 1] and written == term[:-2] + term[-1] and _WORDS.match(text, end):
        return True  # 基础设施+设计 is no 基础设施建设
    if written in allowed or written.startswith(_OTHER_BEGINNINGS):
        return True
    if term.endswith(("事务", "业务", "服务")) and written.endswith(_SERVICES):
        return True
    around = text[max(0, start - _LONG) : end + _LONG]
    return any(written in word and word in around for word in allowed)


def _terms(names: frozenset[str]) -> _Terms:
    terms = names | _fixed_words("固定用语")
    heads: dict[str, list[str]] = {}
    tails: dict[str, list[str]] = {}
    for term in sorted(terms):
        length = _KEY[len(term) >= _LONG]
        heads.setdefault(term[:length], []).append(term)
        tails.setdefault(term[-length:], []).append(term)
    return _Terms(terms, heads, tails)


@cache_shipped
def _fixed_words(kind: str) -> frozenset[str]:
    return frozenset(row["term"] for row in shipped_rows("words", "terms.csv") if row["kind"] == kind)


_CLAUSE_ENDS = "，。；;：\n"


_WINDOW = 24
"""How many characters on either side are searched for why another place is named."""


_RIGHTLY = re.compile(
    "学习|考察|调研|交流|对标|借鉴|经验|对口|支援|援助|援建|帮扶|协作|合作|结对|共建|跨省|跨市|跨域|跨区|异地|外地|外省|赴|前往|来自|联合|周边|毗邻"
    "|相邻|邻近|通办|等地|等市|等省|往返|出差|驻|籍|转隶|调入|来访|客商|招商|培训|挂职|对接|设在|托管|注册|中标|供应商|采购自|参照|参考|比照|协议"
)
"""What speaks of other places: 赴太原市学习, 对口支援."""


_CALLED_AFTER = re.compile(
    "[^，。；、和与及]{0,12}?(?:公司|集团|大学|学院|学校|研究院|事务所|企业|医院|仲裁|法院|铁路|高速|机场|线路|展|博览|会议|大会|论坛|大赛|党校|基地|总部)"
)
"""Firms and schools are called after their place."""


_TITLE = 8


_ISSUER = re.compile("《$|中共$|关于(?:印发|转发|批转|下达|明确)$")
"""What stands in a title before the place whose paper it is: other papers may speak of any place."""


_LEVEL_WORDS = {
    "县": re.compile("县委(?![员托派])|县政府(?!采购)|[本我全]县(?![（(级市区域])"),
    "区": re.compile("区委、?区政府|[本我]区(?![域间别（(])"),
    "市": re.compile("市委、?市政府|[本我]市(?![场民（(])"),
}


_OF_OTHERS = re.compile(r"(?:各|每|该|某|指导|督促|协调|帮助|联系|对|与|向|和|及|治|、|（)[^，。；、]{0,4}$")


_ABOVE = {"省": "", "市": "", "区": "市", "县": "市", "旗": "市"}
"""The level above, which a place may speak of too."""


@rule("P043")
def places_are_the_departments(case: Case) -> Iterator[Diagnostic]:
    """P043: no text names another province, city or county, unless it says what the department has to do with it.

    A paper of another place binds nobody here; one from above that speaks of several is cited as it is called.
    """
    foreign = foreign_places(case.disclosure.department)
    if not foreign:
        return
    pattern = re.compile("|".join(sorted(map(re.escape, foreign), key=lambda name: (-len(name), name))))
    for passage in texts_and_labels(case):
        anywhere = list(pattern.finditer(passage.judged))
        if not anywhere:
            continue
        bare = passage.without_titles
        places = list(pattern.finditer(bare))
        papers = [
            place for place in anywhere if _ISSUER.search(passage.judged, max(0, place.start() - _TITLE), place.start())
        ]
        named = {place[0] for place in places}
        for place in (*places, *papers):
            clause = _clause(place.string, *place.span())
            several = any(other != place[0] and other in clause for other in named)
            if not several and not _RIGHTLY.search(clause) and not _CALLED_AFTER.match(bare, place.end()):
                message = (
                    f"“{passage.around(*place.span())}”里的“{place[0]}”不是{case.disclosure.department.region.name}"
                )
                hint = "多半是照抄来的：改成本地的名称；确实说的是那里，写明去学习、对口支援或合作"
                yield finding("P043", message, passage.at(place.start()), hint)


@rule("P045")
def levels_are_the_departments(case: Case) -> Iterator[Diagnostic]:
    """P045: a city does not speak of its 县委 or of 本县, nor a county of 本区."""
    region = case.disclosure.department.region
    own = "省" if region.level in (Level.PROVINCIAL, Level.CENTRAL) else region.name[-1:]
    if own not in _ABOVE or region.level is Level.CENTRAL:
        return
    yield from _of_another_level(case, own)
    for level, pattern in _LEVEL_WORDS.items():
        if level in (own, _ABOVE[own]):
            continue
        for passage in texts_and_labels(case):
            bare = passage.without_titles
            for match in pattern.finditer(bare):
                if not _OF_OTHERS.search(bare[max(0, match.start() - _WINDOW) : match.start()]):
                    message = f"“{passage.around(*match.span())}”里写了“{match[0]}”，{region.name}不是{level}"
                    yield finding(
                        "P045", message, passage.at(match.start()), f"改成{own}的说法；说的是下面的，写“各{level}”"
                    )


def _of_another_level(case: Case, own: str) -> Iterator[Diagnostic]:
    """The region's own name with another level, in titles too: 孝义县委 of 孝义市."""
    stem = case.disclosure.department.region.name[:-1]
    pattern = re.compile(f"{re.escape(stem)}(?P<level>[{''.join(_ABOVE)}])(?=委|政府|人民政府)")
    for passage in texts_and_labels(case):
        for match in pattern.finditer(passage.judged):
            if match["level"] != own:
                message = f"“{passage.around(*match.span())}”里写了“{match[0]}”，应是{stem}{own}"
                yield finding("P045", message, passage.at(match.start()), f"改成“{stem}{own}”")


def _clause(text: str, start: int, end: int) -> str:
    """The text around a word, up to the next stop on either side."""
    before, after = text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
    begin = max(before.rfind(stop) for stop in _CLAUSE_ENDS) + 1
    stops = [at for at in map(after.find, _CLAUSE_ENDS) if at >= 0]
    return before[begin:] + text[start:end] + after[: min(stops, default=len(after))]
