"""Passages that are an author's own text to what the narrative has of it: duties, offices, purposes, reasons, projects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct, field

from discgen.form.form import Form
from discgen.form.sentences import AMOUNT, CODE_REASON, PURPOSE, REASON
from discgen.importing.imported import CellText
from discgen.importing.prose.clauses import EXECUTED, Statement, is_unfilled, numbered_apart
from discgen.importing.prose.paragraphs import NUMBERING, heading_key
from discgen.importing.prose.words import ProseWords
from discgen.importing.sheets.words import bare, in_one_line
from discgen.model.department import Department
from discgen.money import YUAN_PER_UNIT, NumberStyle, in_yuan
from discgen.phrases import few
from discgen.reference.codes import Dictionary
from discgen.validate.library import load_schema

_LISTED_AFTER = re.compile(r"[:：]$")
_RANKS = re.compile(r"[（(][类款项][）)]")
_OTHER = str.maketrans({"它": "他"})
"""其它 and 其他 are one word in names of 科目."""
_CODE = re.compile(r"[0-9]{7}|[0-9]{3}(?![0-9])")
_LIST = re.compile(r"[、，,；;]|和(?=[^、，]*$)")
_MOST_NAMED = 8


class Overview(Struct):
    """职能 and 机构 as they were read, and what is to be told."""

    introduction: CellText | None = None
    duties: tuple[CellText, ...] = ()
    offices: tuple[CellText, ...] = ()
    remarks: list[str] = field(default_factory=list)


def read_duties(paragraphs: Sequence[CellText], fixed: Iterable[str]) -> Overview:
    """The text before 主要职能包括 and the duties after it, without their numbers."""
    openings = sorted({text.rstrip("：:") for text in fixed}, key=lambda text: -len(text))
    made = Overview()
    at = next((at for at, own in enumerate(paragraphs) if _opens(own.text, openings)), None)
    before, after = (paragraphs[:at], paragraphs[at + 1 :]) if at is not None else ((), paragraphs)
    begin = [own for own in before if not is_unfilled(own.text)]
    opening = paragraphs[at].text if at is not None else ""
    lead = _lead(opening, openings)
    text = "".join([*(own.text for own in begin), lead])
    if text and not is_unfilled(text):
        made.introduction = CellText(text, (begin or paragraphs)[0].cell)
    made.duties = tuple(own for own in numbered_apart(after) if not is_unfilled(own.text))
    return made


def _opens(text: str, openings: Sequence[str]) -> bool:
    """Whether a paragraph ends in what the list of duties begins with."""
    return bool(_LISTED_AFTER.search(text)) and any(text[:-1].endswith(opening) for opening in openings)


def _lead(text: str, openings: Sequence[str]) -> str:
    """What a paragraph says before it opens the list of duties."""
    opening = next((opening for opening in openings if text[:-1].endswith(opening)), "")
    return text[:-1].removesuffix(opening).rstrip("，,") if opening else ""


def read_offices(paragraphs: Sequence[CellText], words: ProseWords, department: Department) -> Overview:
    """The offices of a unit, as `设N个内设机构，包括：甲、乙` lists them; units that are listed are held to the department's."""
    made = Overview()
    names = "|".join(map(re.escape, sorted(words.offices, key=len, reverse=True)))
    pattern = re.compile(
        rf"(?:设|有)[有立置]?(?P<count>[0-9xX×]+)?个?(?:{names})[^：:，,。]*[：:，,]?(?:分别[是为]|具体)?(?:包括|为|是|有)?[：:]?(?P<list>[^。]*)"
    )
    for own in paragraphs:
        match = pattern.search(own.text)
        names_in = [name for part in _LIST.split(match["list"]) if (name := part.strip(" ."))] if match else []
        if match and names_in and not any(map(is_unfilled, names_in)):
            made.offices = tuple(CellText(name, own.cell) for name in dict.fromkeys(names_in))
            if match["count"] and match["count"].isdecimal() and int(match["count"]) != len(made.offices):
                made.remarks.append(
                    f"{own.cell} 写的是{match['count']}个内设机构，列出的有{len(made.offices)}个：数目由程序数，核对"
                )
    made.remarks += _unknown_units(paragraphs, department) if not made.offices else []
    return made


def _unknown_units(paragraphs: Sequence[CellText], department: Department) -> Iterator[str]:
    """Units that the list numbers and the department does not have."""
    known = {bare(name) for unit in department.units for name in (unit.name, unit.short_name)}
    listed = [own for own in paragraphs if NUMBERING.match(own.text)]
    for own in listed:
        name = re.sub(r"[（(].*|本部$|本级$|[。；，]$", "", NUMBERING.sub("", own.text))
        if name and not is_unfilled(name) and bare(name) not in known:
            yield f"{own.cell} 的“{name}”在department.yaml的units里没有，补上或核对名称"


def unknown_terms(paragraphs: Sequence[CellText], form: Form) -> Iterator[str]:
    """Terms of 名词解释 that the form does not have."""
    known = {bare(entry.term) for entry in form.glossary}
    written = [
        (own, NUMBERING.sub("", own.text).replace(":", "：").partition("：")[0])
        for own in paragraphs
        if NUMBERING.match(own.text)
    ]
    others = [f"“{term}”" for _, term in written if not is_unfilled(term) and bare(term) not in known]
    if others:
        yield f"{written[0][0].cell} 名词解释由表式给出，表式没有的没有导入：{few(others, _MOST_NAMED)}"


class Purposes(Struct):
    """Purposes, or reasons, by code, and what is to be told."""

    by_code: dict[str, CellText] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


class Known(Struct, frozen=True):
    """The 科目 that purposes may be of: amounts in 元 by code, those above them among them, how many digits of a code the form
    tells purposes by, and how it shows amounts.
    """

    amounts: Mapping[str, Decimal]
    digits: int
    styles: tuple[NumberStyle, ...]

    def shows(self, code: str, stated: Decimal) -> bool:
        """Whether the amount of a code is printed as what was stated, in some style of the form."""
        exact = self.amounts[code]
        return stated == exact or any(
            stated == style.rounded(exact) * YUAN_PER_UNIT[style.unit] for style in self.styles
        )


class OfCodes:
    """Reads what statements say of 科目: each is found by its title."""

    def __init__(self, statements: Sequence[Statement], known: Known, dictionary: Dictionary) -> None:
        self._statements, self._known = statements, known
        self._stated = {own.name[1:-1]: own for own in statements if own.kind == AMOUNT and own.name.startswith("“")}
        titles = {*self._stated, *(own.name for own in statements if own.kind in (PURPOSE, CODE_REASON, EXECUTED))}
        self._codes = {title: _code_of(title, self._stated.get(title), known, dictionary) for title in sorted(titles)}

    def differences(self) -> Iterator[str]:
        """Amounts that are not those of the tables."""
        for title, own in self._stated.items():
            code = self._codes[title]
            if code and isinstance(own.value, Decimal) and not self._known.shows(code, own.value):
                yield (
                    f"{own.cell} “{title}”写的是{in_yuan(own.value)}，表里{code}是{in_yuan(self._known.amounts[code])}："
                    "文件照表印，核对是哪一个"
                )

    def executed(self) -> dict[str, Decimal]:
        """上年当年预算执行数 by code, of those 项 that are known."""
        return {
            code: own.value
            for own in self._statements
            if own.kind == EXECUTED and isinstance(own.value, Decimal) and (code := self._codes[own.name])
        }

    def clauses(self, kind: str) -> Purposes:
        """What is said of each 科目; where the form tells it by 类, what is said of its 项 is put together."""
        made = Purposes()
        what = _CALLED[kind]
        by_code: dict[str, dict[str, CellText]] = {}
        for own in self._statements:
            if own.kind != kind or own.value is None:
                continue
            code, text = self._codes[own.name], CellText(str(own.value), own.cell)
            if not code:
                made.remarks.append(
                    f"{own.cell} 科目“{own.name}”在表里的财政拨款支出里没有（或有几个），{what}没有导入：{text.text}"
                )
            elif by_code.setdefault(code[: self._known.digits], {}).setdefault(code, text).text != text.text:
                made.remarks.append(f"{own.cell} 科目“{own.name}”的{what}写了两次，不一样，导入了前面的")
        for code, texts in by_code.items():
            first = next(iter(texts.values()))
            whole = "；".join(dict.fromkeys(text.text for text in texts.values()))
            made.by_code[code] = CellText(whole, first.cell)
            if len(texts) > 1:
                made.remarks.append(f"{first.cell} 表式按类说{what}：{code}由{len(texts)}个科目的{what}合起来，核对")
        return made


_CALLED = {PURPOSE: "用途", CODE_REASON: "增减原因"}


def _code_of(title: str, stated: Statement | None, known: Known, dictionary: Dictionary) -> str:
    """The one code of those with money that a title calls, by its number, its names from the top, or that of the 项; '' for none."""
    amounts = known.amounts
    if (number := _CODE.search(title)) and number[0] in amounts:
        return number[0]
    key = _title_key(title)
    names = {
        code: [dictionary.names.get(above, "") for above in dictionary.classification.ancestry(code)]
        for code in amounts
    }
    whole = [code for code, own in names.items() if _title_key("".join(own)) == key]
    item = [code for code, own in names.items() if _title_key(own[-1]) == key]
    ending = [code for code, own in names.items() if own[-1] and key.endswith(_title_key(own[-1]))]
    same = whole or item or ending
    of_amount = [code for code in same if stated and amounts[code] == stated.value]
    one = of_amount if len(same) > 1 else same
    return one[0] if len(one) == 1 else ""


def _title_key(title: str) -> str:
    return _RANKS.sub("", bare(_RANKS.sub("", title)).translate(_OTHER)).replace("科目", "")


def read_reasons(statements: Sequence[Statement], form: Form) -> tuple[dict[str, CellText], list[str]]:
    """The reasons by their key in the narrative, and what is to be told."""
    by_fact = {fact: key for key, fact in {**form.large_changes, **form.reasons}.items() if fact}
    reasons: dict[str, CellText] = {}
    remarks: list[str] = []
    for own in statements:
        if own.kind != REASON or own.value is None:
            continue
        key = own.name if own.name in form.reasons or own.name in form.large_changes else by_fact.get(own.name, "")
        text = CellText(str(own.value), own.cell)
        if not key:
            remarks.append(f"{own.cell} 表式没有写这个原因的地方，没有导入：{text.text}")
        elif reasons.setdefault(key, text).text != text.text:
            remarks.append(f"{own.cell} 原因写了两次，不一样，导入了前面的：{text.text}")
    return reasons, remarks


class StatedProject(Struct):
    """A project's 情况说明: its name ('' where the sheet has none), its texts by the keys of YAML, and its first cell."""

    name: str
    texts: dict[str, CellText]
    cell: str


def read_projects(paragraphs: Sequence[CellText], words: ProseWords) -> tuple[list[StatedProject], list[CellText]]:
    """The projects of 项目经费情况说明, and the paragraphs that stand under no head."""
    heads = {heading_key(head): key for key, own in words.statement.items() for head in own}
    properties = load_schema("project")["properties"]["statement"]["properties"]
    heads |= {heading_key(value["title"]): key for key, value in properties.items() if value.get("title")}
    projects: list[StatedProject] = []
    left: list[CellText] = []
    key = ""
    for own in paragraphs:
        if name := _project_name(own.text, words):
            projects.append(StatedProject(name, {}, own.cell))
            key = ""
            continue
        head, _, rest = own.text.replace(":", "：").partition("：")
        found = heads.get(heading_key(own.text)) or (
            heads.get(heading_key(head)) if NUMBERING.match(own.text) else None
        )
        if found:
            if not projects or found in projects[-1].texts:
                projects.append(StatedProject("", {}, own.cell))
            key = found
            texts = [CellText(rest, own.cell)] if rest and heading_key(own.text) not in heads else []
        elif key:
            texts = [own]
        else:
            left += [own] if not is_unfilled(own.text) and own.text.rstrip("。") not in words.fixed else []
            continue
        for text in texts:
            before = projects[-1].texts.get(key)
            projects[-1].texts[key] = CellText(f"{before.text}\n{text.text}", before.cell) if before else text
    filled = [project for project in projects if any(not is_unfilled(text.text) for text in project.texts.values())]
    return filled, left


def _project_name(text: str, words: ProseWords) -> str:
    head, _, name = NUMBERING.sub("", text).replace(":", "：").partition("：")
    return in_one_line(name.strip(" 。")) if head in words.project and not is_unfilled(name) else ""
