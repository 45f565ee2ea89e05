"""Punctuation: marks of one kind, once, in pairs, and a stop where a sentence ends (GB/T 15834, GB/T 9704)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discgen.diagnostics import Diagnostic, note, warning
from discgen.model.disclosure import CLAUSES
from discgen.model.prose import Prose
from discgen.rules.case import Case
from discgen.rules.passages import CHINESE, Passage, labels, passage, passages, texts_and_labels

_ENDS = "。！？”’）》…"
_NOTHING = {"无", "没有"}

_STOPS = "，。；：、！？"
_RUN = re.compile(f"[{_STOPS},;:!?]{{2,}}|[{_STOPS}]\\.(?![0-9.])")
_HANGING = "、：:"
"""What a text cannot end with: more was to come."""
_REMARKS = {"explanation", "deviation"}
_CITED = re.compile(r"(?P<title>《[^《》]{2,80}》)(?P<number>[（(〔][^（）()《》]{0,40}[）)])?")
_AND = re.compile("[、，；和及与并]{0,2}|以及")
_SPOKEN = {"？！", "！！", "？？", "！？"}

_CLOSERS = "）》”〕】’"
_OPENERS = "（《“〔【‘"
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}
_LEFT, _RIGHT = f"[{CHINESE}{_CLOSERS}]", f"[{CHINESE}{_OPENERS}]"
_HALF_WIDTH = re.compile(rf"(?<={_LEFT})[,;:!?] *|(?<=.)[,;:!?] *(?={_RIGHT})|(?<={_LEFT})\.(?={_RIGHT}|$)")
_HALF_WIDTH_BRACKETS = re.compile(r"\(([^()（）\n]*)\)|[()]")
_STRAIGHT_QUOTES = re.compile(rf"(?<=[{CHINESE}{_STOPS}])[\"']|(?<![0-9])[\"'](?=[{CHINESE}])")
_CHINESE = re.compile(f"[{CHINESE}]")
_LIMIT = re.compile("(?P<least>[>＞])[=＝]|[<＜][=＝]")
"""What is typed for ≥ and ≤."""

_PAIRS = {"）": "（", "》": "《", "”": "“", "’": "‘", "〕": "〔", "】": "【", "〉": "〈", "」": "「", "』": "『"}
_CLOSED_BY = {opener: closer for closer, opener in _PAIRS.items()}
_ITEM = re.compile(
    r"(?:^|(?<=[\n。；：，、]))\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}|[a-zA-Z])[）)]", re.MULTILINE
)
"""1）, a half bracket that numbers an item."""
_ALIKE = str.maketrans("()", "（）")
_TURNED = str.maketrans("“”", "”“")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])’(?=[A-Za-z])")

_NUMBERED_DOCUMENT = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:\[((?:19|20)[0-9]{2})\]|［((?:19|20)[0-9]{2})］|【((?:19|20)[0-9]{2})】|[(（]((?:19|20)[0-9]{2})[)）])(?=第?[0-9]{1,5}号)"
)


def sentences_end(case: Case) -> Iterator[Diagnostic]:
    """P014: what is printed as a paragraph of its own ends with a stop; a duty before others may end with a semicolon."""
    for prose in _paragraphs(case):
        one = passage(prose)
        if one.judged[-1] not in _ENDS and one.text not in _NOTHING:
            said = f"“{one.around(len(one.text), len(one.text), 10)}”末尾没有句号"
            yield warning("P014", said, one.at(len(one.text) - 1), "补上句号；话没有写完的，写完")


def _paragraphs(case: Case) -> Iterator[Prose]:
    narrative = case.disclosure.narrative
    inside = {*narrative.reasons.values(), *narrative.reasons_by_code.values(), *narrative.purposes.values()}
    inside |= {prose for key, prose in narrative.notes.items() if key in CLAUSES}
    inside |= {duty for duty in narrative.duties[:-1] if duty.text.endswith("；")}
    return (prose for prose in case.disclosure.texts() if prose not in inside)


def clauses_do_not_end(case: Case) -> Iterator[Diagnostic]:
    """P015: a reason or purpose stands inside a sentence of the form, which brings its own stop; a name has none."""
    narrative = case.disclosure.narrative
    for section in (narrative.reasons, narrative.reasons_by_code, narrative.purposes):
        for one in map(passage, section.values()):
            stop, last = one.text[-1], len(one.text) - 1
            fix = one.fix(last, last + 1, "") if last else None
            if stop in _HANGING:
                said = f"“{one.around(last, last + 1, 10)}”末尾是“{stop}”，话没有写完"
                yield warning("P015", said, one.at(last), "把话写完，或删去末尾的标点", fix)
            elif stop in "。；，！":
                yield note("P015", f"末尾多了“{stop}”，这句话印在表式的句子中间", one.at(last), "删去末尾的标点", fix)
    prose = {one.place for one in passages(case)}
    for one in (one for one in labels(case) if one.place not in prose):
        last = len(one.text) - 1
        if one.text[last:] and one.text[-1] in f"{_STOPS[:-2]},;:" and one.place.path[-1] not in _REMARKS:
            said = f"“{one.around(last, last + 1, 10)}”末尾多了“{one.text[-1]}”"
            yield warning("P015", said, one.at(last), "删去末尾的标点", one.fix(last, last + 1, "") if last else None)


def marks_stand_alone(case: Case) -> Iterator[Diagnostic]:
    """P016: no two stops in a row, of the same kind or of different kinds."""
    for one in texts_and_labels(case):
        for found in _RUN.finditer(one.judged):
            run = found[0]
            if run in _SPOKEN or run.isascii():
                continue
            twice = run == run[0] * 2
            said = f"“{one.around(*found.span())}”里标点连用“{run}”"
            fix = one.fix(*found.span(), run[0]) if twice else None
            yield warning("P016", said, one.at(found.start()), "只留一个", fix)


def marks_are_chinese(case: Case) -> Iterator[Diagnostic]:
    """P017: Chinese text has Chinese marks; those inside numbers, times, addresses and foreign words stay.

    Of a limit the sign is one: ≥, not >=.
    """
    for one in texts_and_labels(case):
        for found in _LIMIT.finditer(one.judged):
            right = "≥" if found["least"] else "≤"
            said = f"“{one.around(*found.span())}”里用了英文标点{found[0]}"
            yield warning("P017", said, one.at(found.start()), f"改成{right}", one.fix(*found.span(), right))
    for one in passages(case):
        for start, end, new in sorted(_half_width(one)):
            mark = one.text[start]
            said = f"“{one.around(start, end)}”里用了英文标点{mark}"
            yield warning("P017", said, one.at(start), "改成中文标点", one.fix(start, end, new) if new else None)


def _half_width(one: Passage) -> Iterator[tuple[int, int, str]]:
    """Where from and to, and what should stand there where nothing else can be meant."""
    text = one.judged
    for found in _HALF_WIDTH.finditer(text):
        start, end = found.span()
        between = re.match(_LEFT, text[max(0, start - 1) : start]) and re.match(_RIGHT, text[end:])
        yield start, end, _FULL_WIDTH[found[0].strip()] if between else ""
    for found in _HALF_WIDTH_BRACKETS.finditer(text):
        start, end = found.span()
        if _CHINESE.search(text[max(0, start - 1) : end + 1]):
            yield start, end, f"（{one.text[start + 1 : end - 1]}）" if end > start + 1 else ""
    for found in _STRAIGHT_QUOTES.finditer(text):
        yield *found.span(), ""


def marks_come_in_pairs(case: Case) -> Iterator[Diagnostic]:
    """P018: every bracket and every quotation mark has its partner, and pairs do not cross."""
    for one in texts_and_labels(case):
        if _is_turned_round(one.judged):
            continue
        at = _unpaired(one.judged)
        if at is not None:
            said = f"“{one.around(at, at + 1)}”里的{one.text[at]}没有成对"
            yield warning("P018", said, one.at(at), "补上另一半，或删去这一半")


def _unpaired(text: str) -> int | None:
    """Where the first mark without a partner stands."""
    for what in (_ITEM, _APOSTROPHE):
        text = what.sub(lambda found: " " * len(found[0]), text)
    opened: list[int] = []
    text = text.translate(_ALIKE)
    for at, mark in enumerate(text):
        if mark in _CLOSED_BY:
            opened.append(at)
        elif mark in _PAIRS:
            if not opened or text[opened[-1]] != _PAIRS[mark]:
                return at if not opened or _CLOSED_BY[text[opened[-1]]] in text[at:] else opened[-1]
            opened.pop()
    return opened[0] if opened else None


def quotes_face_each_other(case: Case) -> Iterator[Diagnostic]:
    """P019: quotation marks turned round, ”…“ instead of “…”, all through a text."""
    for one in passages(case):
        if _is_turned_round(one.judged):
            start, end = one.judged.index("”"), one.judged.rindex("“") + 1
            said = f"“{one.around(start, start + 1)}”里的引号前后颠倒"
            yield warning(
                "P019", said, one.at(start), "改成“……”", one.fix(start, end, one.text[start:end].translate(_TURNED))
            )


def _is_turned_round(text: str) -> bool:
    quotes = [mark for mark in text if mark in "“”"]
    return bool(quotes) and len(quotes) % 2 == 0 and quotes == ["”", "“"] * (len(quotes) // 2)


def documents_are_cited_in_form(case: Case) -> Iterator[Diagnostic]:
    """P028: the year in the number of an official document stands in 〔〕 (GB/T 9704—2012, 7.2.5)."""
    for one in passages(case):
        for found in _NUMBERED_DOCUMENT.finditer(one.judged):
            year = next(filter(None, found.groups()))
            said = f"“{one.around(*found.span())}”里的年份没有用六角括号"
            yield warning("P028", said, one.at(found.start()), f"改成〔{year}〕", one.fix(*found.span(), f"〔{year}〕"))


def documents_are_cited_once(case: Case) -> Iterator[Diagnostic]:
    """P044: an enumeration of documents has none twice; of two with one title, each has a number of its own."""
    for one in passages(case):
        cited: dict[str, set[str]] = {}
        last = 0
        for found in _CITED.finditer(one.judged):
            if not _AND.fullmatch(one.judged[last : found.start()]):
                cited = {}
            last = found.end()
            numbers, number = cited.setdefault(found["title"], set()), found["number"] or ""
            if numbers and (number in numbers or not number or "" in numbers):
                said = f"“{found['title']}”列举了两遍"
                yield warning("P044", said, one.at(found.start()), "删去一个；本来要写另一份文件的，改成它的名称")
            numbers.add(number)
