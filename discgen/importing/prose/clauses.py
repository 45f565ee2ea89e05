"""A passage of text to what its sentences state: amounts, counts, changes, reasons and purposes, each with its cell.

What stands between two statements must be a fixed phrase of the form, a year, whose document it is, or a number of a
paragraph; anything else is left over and told, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from discgen.form.sentences import AMOUNT, CHANGE, CODE_REASON, COUNT, PART_OF, PURPOSE, REASON, Mention
from discgen.importing.imported import CellText
from discgen.importing.prose.paragraphs import NUMBERING, Passage
from discgen.importing.prose.words import ProseWords
from discgen.ledger.facts import PRIOR_EXECUTED
from discgen.money import YUAN_PER_WORD

DAY, EXECUTED = "day", "executed"
_LONGEST = 4_000
"""Characters of a paragraph that is read as sentences of a form; several pages in one paragraph are none."""
_NUMBER = r"[0-9][0-9,，]*(?:\.[0-9]+)?"
_BLANK = r"[xX×＊*]+(?:[,，.][xX×＊*]+)*|[_＿]+|…+|\.{3,}"
_VALUE = rf"(?P<value>{_NUMBER}|{_BLANK})"
_MONEY = r"(?P<unit>亿元|万元|元)"
_QUOTE = '[“”"]?'
_SPELT = {"（": "[（(]", "）": "[）)]"}
_TITLE_END = "科目"
_UNIT_OR_DEPARTMENT = re.compile("部门|单位")
_UNFILLED = re.compile(r"[xX×＊*_＿….,，]*")
_NOTHING = re.compile(r"(?:单位|部门|[xX×＊*_＿….,，是指为、。；：:（）()\s0-9．一二三四五六七八九十“”])*")
_TITLED = re.compile(rf"[“\"](?P<title>[^”\"]{{1,100}})[”\"](?:科目)?(?:支出)?{_VALUE}?{_MONEY}?")
_DAY = re.compile(r"截至(?P<year>20[0-9]{2})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日")
_BLANK_DAY = re.compile(rf"截至(?:20[0-9]{{2}}|{_BLANK})年(?:[0-9]{{1,2}}|{_BLANK})月(?:[0-9]{{1,2}}|{_BLANK})日")
_MEASURE = re.compile(r"(?:台[（(]套[）)]|辆|台|个|家|项|套|平方米)?")
_SEPARATOR = re.compile(r"[，,。；;：:、\s]+|[（）()]")
_NAME_BLANK = re.compile(r"[xX×＊*]{2,}(?:[（(](?:单位|部门)[）)]|单位|部门)?")
_YEARS = re.compile(r"(?:20[0-9]{2}|[xX]{2,4})年度?")
_STOP = re.compile(r"[。；;]")
_PART_END = re.compile(r"[，。；：]")


class Statement(Struct, frozen=True):
    """What a sentence says of `name`: of an amount or a change in 元, of a count, a day or a text; None where it is not filled in.

    `name` is that of the template; of a purpose the title of its 科目, of a reason its key or the fact that changed.
    `words` call it in messages.
    """

    kind: str
    name: str
    value: Decimal | date | str | None
    cell: str
    words: str


class Told(Struct, frozen=True):
    """A passage as it was read: its statements in order, and what was left over, with its cells."""

    statements: tuple[Statement, ...]
    left: tuple[CellText, ...]


class PassageReader:
    """Reads the sentences of one section of the form, of a document of `year`.

    `own_names` are those of the department and its units.
    """

    def __init__(self, passage: Passage, words: ProseWords, own_names: Iterable[str], year: int) -> None:
        self._passage, self._words, self._before = passage, words, str(year - 1)
        self._labels = [
            (at, mention, re.compile(_label_pattern(mention.label, mention.kind, words)))
            for at, mention in enumerate(passage.section.mentions)
            if _is_figure(mention, words)
        ]
        self._part_labels = [
            (mention, re.compile(_label_pattern(mention.label, AMOUNT, words)))
            for mention in passage.section.mentions
            if mention.kind == AMOUNT and mention.name.endswith(PART_OF) and len(mention.label) > len(_TITLE_END)
        ]
        self._change = re.compile(_change_pattern(words))
        self._reason = re.compile(rf"(?P<of>[^，。；：]{{0,30}}?)的?(?:{_any(words.reason)})[：:]?")
        self._purpose = re.compile(rf"(?:{_any(words.purpose)})")
        self._reason_keys = [mention for mention in passage.section.mentions if mention.kind == REASON]
        kinds = {mention.kind for mention in passage.section.mentions}
        self._has_purposes, self._has_code_reasons = PURPOSE in kinds, CODE_REASON in kinds
        fixed = (*words.fixed, *passage.section.fixed, *(text for texts in words.none.values() for text in texts))
        names = sorted({name for name in own_names if name}, key=lambda name: -len(name))
        self._names = re.compile(rf"(?:{_any(names)})(?:[（(](?:部门|单位)[）)])?" if names else r"(?!)")
        self._ours = re.compile(r"本(?:部门|单位)")
        self._fixed = re.compile(
            rf"(?:{'|'.join(_spelt(text) for text in sorted(fixed, key=len, reverse=True))})(?=[，,。；;：:、（）()]|$)"
        )
        self._directions = re.compile(rf"[（(][^（）()]*(?:{_any(words.directions)})[^（）()]*[）)]")
        self._none = {key: re.compile(_any(texts)) for key, texts in words.none.items()}

    def read(self) -> Told:
        """All paragraphs of the passage."""
        self._statements: list[Statement] = []
        self._left: list[CellText] = []
        self._at, self._subject, self._is_title = -1, "", False
        for paragraph in self._passage.paragraphs:
            self._read(paragraph)
        return Told(tuple(self._statements), tuple(self._left))

    def _read(self, paragraph: CellText) -> None:
        text = paragraph.text
        if len(text) > _LONGEST:
            self._leave(text, paragraph.cell)
            return
        start = self._begin(text)
        left_from = -1
        while start < len(text):
            end = self._skipped(text, start) or self._stated(text, start, paragraph.cell)
            if end is None:
                left_from = start if left_from < 0 else left_from
                stop = _PART_END.search(text, start + 1)
                start = stop.start() if stop else len(text)
                continue
            if left_from >= 0 and self._statements_begin_at(text, start):
                self._leave(text[left_from:start], paragraph.cell)
                left_from = -1
            start = end
        if left_from >= 0:
            self._leave(text[left_from:], paragraph.cell)

    def _statements_begin_at(self, text: str, start: int) -> bool:
        """Whether what was left over ends here: a separator alone belongs to it."""
        return not _SEPARATOR.match(text, start)

    def _leave(self, text: str, cell: str) -> None:
        self._left.append(CellText(text.strip("，。；：、"), cell))

    def _begin(self, text: str) -> int:
        numbered = NUMBERING.match(text)
        return numbered.end() if numbered else 0

    def _skipped(self, text: str, start: int) -> int | None:
        """The end of what says nothing at a place; None where something else stands there."""
        for pattern in (self._directions, _SEPARATOR, self._fixed, self._names, _NAME_BLANK, _YEARS, self._ours):
            match = pattern.match(text, start)
            if match and match.end() > start:
                self._note_none(match[0])
                return match.end()
        return None

    def _note_none(self, text: str) -> None:
        own = self._none.get(self._passage.section.name)
        if own and own.fullmatch(text):
            cell = self._passage.paragraphs[0].cell
            self._statements.append(Statement("none", self._passage.section.name, Decimal(0), cell, text))

    def _stated(self, text: str, start: int, cell: str) -> int | None:
        """The end of a statement at a place, which is kept; None where none stands there."""
        for read in (self._day, self._titled, self._figure, self._changed, self._purposed, self._reasoned):
            end = read(text, start, cell)
            if end is not None:
                return end
        return None

    def _keep(self, kind: str, name: str, value: Decimal | date | str | None, cell: str, words: str) -> None:
        self._statements.append(Statement(kind, name, value, cell, words))

    def _day(self, text: str, start: int, cell: str) -> int | None:
        match = _DAY.match(text, start) or _BLANK_DAY.match(text, start)
        if match is None:
            return None
        try:
            day = date(*(int(match[part]) for part in ("year", "month", "day"))) if match.re is _DAY else None
        except ValueError:
            return None
        self._keep(DAY, "as_of", day, cell, match[0])
        return match.end()

    def _titled(self, text: str, start: int, cell: str) -> int | None:
        match = _TITLED.match(text, start) if self._has_purposes else None
        if match is None:
            return None
        self._subject, self._is_title = match["title"], True
        if match["unit"]:
            self._keep(AMOUNT, f"“{match['title']}”", _money(match), cell, match["title"])
        return match.end()

    def _figure(self, text: str, start: int, cell: str) -> int | None:
        found = [(at, mention, match) for at, mention, label in self._labels if (match := label.match(text, start))]
        if not found:
            return self._figure_of_title(text, start, cell)
        longest = max(len(match["label"]) for _, _, match in found)
        own = [item for item in found if len(item[2]["label"]) == longest]
        at, mention, match = next((item for item in own if item[0] > self._at), own[0])
        self._at, self._subject, self._is_title = at, mention.name, False
        if mention.kind == AMOUNT:
            self._keep(AMOUNT, mention.name, _money(match), cell, match["label"])
            return match.end()
        self._keep(COUNT, mention.name, _count(match["value"]), cell, match["label"])
        measure = _MEASURE.match(text, match.end())
        return measure.end() if measure else match.end()

    def _figure_of_title(self, text: str, start: int, cell: str) -> int | None:
        """A further amount of the 科目 that the sentence before has called by its title."""
        for mention, label in self._part_labels if self._is_title else ():
            if match := label.match(text, start):
                is_executed = mention.name.startswith(PRIOR_EXECUTED)
                kind, name = (EXECUTED, self._subject) if is_executed else (AMOUNT, f"“{self._subject}”")
                self._keep(kind, name, _money(match), cell, match["label"])
                return match.end()
        return None

    def _changed(self, text: str, start: int, cell: str) -> int | None:
        match = self._change.match(text, start)
        if match is None or not self._subject or match["year"] not in (self._before, "上"):
            return None
        name = f"“{self._subject}”" if self._is_title else self._subject
        self._keep(CHANGE, name, _change(match), cell, match[0])
        return match.end()

    def _purposed(self, text: str, start: int, cell: str) -> int | None:
        match = self._purpose.match(text, start) if self._has_purposes and self._subject else None
        if match is None:
            return None
        end = self._end_of_clause(text, match.end())
        self._keep(PURPOSE, self._subject, _prose(text[match.end() : end]), cell, match[0])
        return end

    def _reasoned(self, text: str, start: int, cell: str) -> int | None:
        match = self._reason.match(text, start)
        if match is None:
            return None
        of = self._of(match["of"])
        if match["of"] and not of:
            return None
        end = self._end_of_clause(text, match.end())
        kind = CODE_REASON if self._is_title and not of and self._has_code_reasons else REASON
        self._keep(kind, of or self._subject, _prose(text[match.end() : end]), cell, match[0])
        return end

    def _of(self, words: str) -> str:
        """The key of the reason that is called by these words."""
        ways = _any((*self._words.increase, *self._words.decrease, *self._words.unchanged))
        bare = re.sub(rf"(?:{ways}|[（）()])+$", "", words)
        reason = re.compile(rf"的?(?:{_any(self._words.reason)})$")
        return next((key.name for key in self._reason_keys if bare and reason.sub("", key.label) == bare), "")

    def _end_of_clause(self, text: str, start: int) -> int:
        """Where an author's clause ends: at the first stop after which the form says something, else with the paragraph."""
        for stop in _STOP.finditer(text, start):
            after = self._after_noise(text, stop.end())
            if after == len(text) or self._would_state(text, after):
                return stop.start()
        return len(text)

    def _after_noise(self, text: str, start: int) -> int:
        while start < len(text):
            match = NUMBERING.match(text[start:])
            end = start + match.end() if match else self._skipped_end(text, start)
            if end is None:
                break
            start = end
        return start

    def _skipped_end(self, text: str, start: int) -> int | None:
        patterns = (self._directions, _SEPARATOR, self._fixed, self._names, _NAME_BLANK, _YEARS, self._ours)
        ends = (match.end() for pattern in patterns if (match := pattern.match(text, start)))
        return next((end for end in ends if end > start), None)

    def _would_state(self, text: str, start: int) -> bool:
        patterns = [label for _, _, label in self._labels]
        patterns += [label for _, label in self._part_labels] if self._is_title else []
        patterns += [_TITLED] if self._has_purposes else []
        if any(pattern.match(text, start) for pattern in patterns):
            return True
        reason = self._reason.match(text, start)
        return bool(reason and reason["of"] and self._of(reason["of"]))


def _is_figure(mention: Mention, words: ProseWords) -> bool:
    """Whether a sentence can be known by the words before a figure."""
    is_known = mention.kind == AMOUNT or (mention.kind == COUNT and bool(words.path(mention.name)))
    return is_known and len(mention.label) > 1 and PART_OF not in mention.name


def _any(texts: Iterable[str]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))


def _spelt(text: str) -> str:
    """A pattern for a text however its quotation marks and brackets are written, and whose it says that it is."""
    pieces = _UNIT_OR_DEPARTMENT.split(re.sub('[“”"]', "", text))
    return "本?(?:部门|单位)".join(_QUOTE.join(_SPELT.get(sign, re.escape(sign)) for sign in piece) for piece in pieces)


def _label_pattern(label: str, kind: str, words: ProseWords) -> str:
    bare = re.sub(rf"(?:{_any(words.fillers)})+$", "", label) or label
    ways = [
        bare,
        *(bare.replace(known, other) for known, others in words.same.items() if known in bare for other in others),
    ]
    spelt = "|".join(_spelt(way) for way in ways)
    unit = _MONEY if kind == AMOUNT else ""
    return rf"(?P<label>{_QUOTE}(?:{spelt}){_QUOTE})(?:{_any(words.fillers)})*{_VALUE}{unit}"


def _change_pattern(words: ProseWords) -> str:
    more, less, same = map(_any, (words.increase, words.decrease, words.unchanged))
    base = rf"(?:{_any(words.compared)})(?P<year>20[0-9]{{2}}|上)年度?(?:{_any(words.before)})*(?:相比)?[，,]?"
    both = rf"(?P<both>(?:{more})[（(、/或]*(?:{less})[）)]?)"
    way = rf"(?:{both}|(?P<more>{more})|(?P<less>{less})|(?P<same>{same}))"
    share = rf"(?:[，,]?(?:{more}|{less}|下降|增幅|降幅)?[为]?[0-9.]+%)?"
    return rf"{base}{way}(?:{_VALUE}{_MONEY})?(?:[（(](?:{same})[）)])?{share}"


def _money(match: re.Match[str]) -> Decimal | None:
    value = (match["value"] or "").replace(",", "").replace("，", "")
    return Decimal(value) * YUAN_PER_WORD[match["unit"]] if value[:1].isdecimal() and value[-1:].isdecimal() else None


def _count(value: str) -> Decimal | None:
    bare = value.replace(",", "").replace("，", "")
    return Decimal(bare) if bare[:1].isdecimal() else None


def _change(match: re.Match[str]) -> Decimal | None:
    """How much more than last year; None where the way or the amount is not filled in."""
    amount = _money(match) if match["value"] else None
    if match["same"] or amount == 0:
        return Decimal(0)
    if amount is None or match["both"]:
        return None
    return -amount if match["less"] else amount


def _prose(text: str) -> str | None:
    """An author's clause; None where nothing is filled in."""
    bare = text.strip("，。；：、 ")
    return None if _UNFILLED.fullmatch(bare) else bare


def is_unfilled(text: str) -> bool:
    """Whether a text has only what stands in an empty workbook: XX, ……, marks and no words but 是, 指 or 单位."""
    return bool(_NOTHING.fullmatch(text))


def numbered_apart(paragraphs: Sequence[CellText]) -> list[CellText]:
    """CellTexts without their numbers; one without a number that follows a numbered one belongs to it."""
    has_numbers = any(NUMBERING.match(paragraph.text) for paragraph in paragraphs)
    apart: list[CellText] = []
    for paragraph in paragraphs:
        numbered = NUMBERING.match(paragraph.text)
        text = NUMBERING.sub("", paragraph.text)
        if numbered or not has_numbers or not apart:
            apart.append(replace(paragraph, text=text))
        else:
            apart[-1] = replace(apart[-1], text=f"{apart[-1].text}{text}")
    return apart
