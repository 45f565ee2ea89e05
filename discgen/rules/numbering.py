"""Numbers that authors give the points of a text: one after the other, and not where the form numbers by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from discgen.diagnostics import Diagnostic, warning
from discgen.phrases import chinese_number
from discgen.rules.case import Case
from discgen.rules.passages import passage, passages

_CHINESE_DIGITS = "一二三四五六七八九"
_CHINESE_NUMBER = f"[{_CHINESE_DIGITS}十]{{1,3}}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BEGINNING = r"(?:^|(?<=[。；：:;！？”》）)\n>]))[ \u3000]*"
_MARK = re.compile(
    rf"{_BEGINNING}(?:（(?P<chinese_bracket>{_CHINESE_NUMBER})）|（(?P<bracket>[0-9]{{1,2}})）"
    rf"|(?P<chinese>{_CHINESE_NUMBER})、(?![{_CHINESE_DIGITS}十])|(?P<dot>[0-9]{{1,2}})[.．、](?![0-9]))"
    rf"|(?:^|(?<=[，。；：、\n]))(?P<first>{_CHINESE_NUMBER})是(?!否)|(?P<circle>[{_CIRCLED}])"
)
_BEFORE_DUTY = re.compile(
    rf"(?:（(?:{_CHINESE_NUMBER}|[0-9]{{1,2}})）|{_CHINESE_NUMBER}、|[0-9]{{1,2}}[.．、](?![0-9])|[{_CIRCLED}])\s*"
)


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: str
    number: int
    text: str
    start: int


def points_are_counted(case: Case) -> Iterator[Diagnostic]:
    """P023: the points of a text are numbered from one without a gap or a repetition, each kind of number by itself."""
    for one in passages(case):
        for before, mark in _out_of_turn(one.judged):
            said = f"编号“{before}”后面是“{mark.text}”" if before else f"编号从“{mark.text}”开始"
            where = one.around(mark.start, mark.start + len(mark.text), 8)
            yield warning("P023", f"{said}（{where}）", one.at(mark.start), "改成连续的编号；少写了一条的补上")


def _marks(text: str) -> Iterator[_Mark]:
    for found in _MARK.finditer(text):
        kind = str(found.lastgroup)
        yield _Mark(kind, _number(found[kind]), found[0].strip(), found.end() - len(found[0].lstrip()))


def _out_of_turn(text: str) -> Iterator[tuple[str, _Mark]]:
    """Marks that do not follow the one before, and that one; a list inside a list begins anew."""
    marks = list(_marks(text))
    open_lists: list[_Mark] = []
    for mark in marks:
        level = next((level for level, above in enumerate(open_lists) if above.kind == mark.kind), None)
        if level is None:
            if mark.number != 1 and sum(other.kind == mark.kind for other in marks) > 1:
                yield "", mark
            open_lists.append(mark)
            continue
        last = open_lists[level]
        follows = mark.number in (1, last.number + 1) and mark.number != last.number
        if not follows and not _is_between(text, last, mark):
            yield last.text, mark
        open_lists[level:] = [mark]


def _is_between(text: str, last: _Mark, mark: _Mark) -> bool:
    """Whether the number that was to follow is written after all, where no point is looked for."""
    following = f"(?:(?<![0-9]){last.number + 1}|{chinese_number(last.number + 1)})[.．、）)是]"
    return re.search(following, text[last.start : mark.start]) is not None


def _number(text: str) -> int:
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    if text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (10 * (_digit(tens) or 1) if ten else 0) + _digit(ones)


def _digit(text: str) -> int:
    """Of one Chinese digit; zero where there is none."""
    return _CHINESE_DIGITS.find(text) + 1 if text else 0


def duties_are_not_numbered(case: Case) -> Iterator[Diagnostic]:
    """P024: the form numbers the duties; a number typed before one would stand beside the form's."""
    duties = case.disclosure.narrative.duties
    if len(duties) == 1:
        return
    for one in map(passage, duties):
        found = _BEFORE_DUTY.match(one.judged)
        if found:
            said = f"职责前面手写了编号“{found[0].strip()}”，表式会再编一次"
            yield warning("P024", said, one.at(found.start()), "删去编号", one.fix(*found.span(), ""))
