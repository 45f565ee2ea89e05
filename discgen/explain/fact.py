"""A printed number back to the lines of YAML behind it, and to every other place that shows it.

Asked for by its address (`表5/2010306/basic`), by the name of a fact (`income.total`), or as it
is printed (`1,860.43`, `43.62%`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches

from msgspec import Struct

from discgen.diagnostics import show_path
from discgen.document import Document
from discgen.errors import Refusal
from discgen.explain.places import Shown, shown_places
from discgen.ledger.facts import Fact
from discgen.model.line import Line
from discgen.money import ZERO, in_yuan

_ASKED = re.compile(r"(?P<number>-?[0-9]+(?:\.[0-9]*)?)(?P<unit>%|万元|元)?")
_MOST_PARTS = 12
"""How many cells of an addition are named."""
_SUGGESTED = 3
_MOST = 8
"""How many different amounts are explained at once; of more, some addresses are named."""


class Explanation(Struct, frozen=True):
    """A value with what it comes from, and the places that show it, the asked one first."""

    value: Decimal
    is_share: bool
    lines: tuple[Line, ...]
    operands: tuple[Fact, ...]
    places: tuple[Shown, ...]


def explain_fact(document: Document, asked: str) -> list[Explanation]:
    """What the document shows as `asked`, each different amount once.

    A number is compared by its value: 1860.43 is 1,860.43, and 5% is 5.00%. Raises Refusal
    where it shows no such thing, or too many.
    """
    every = list(shown_places(document))
    wanted = [place for place in every if _is_asked(place, asked)]
    if not wanted:
        raise Refusal(f"文件里没有“{asked}”。{_what_there_is(asked, every)}")
    explained = list(_grouped(wanted, every))
    # All zeros are one amount without lines, whatever they are the zeros of.
    meant = {
        place.address: place
        for place in (wanted if wanted[0].value == 0 else [explanation.places[0] for explanation in explained])
    }
    if len(meant) > _MOST:
        raise Refusal(_which(asked, list(meant.values())))
    return explained


def _what_there_is(asked: str, every: Sequence[Shown]) -> str:
    """The addresses that are spelled most like what was asked for; how to ask, where it is a number or like none."""
    addresses = list(dict.fromkeys(place.address for place in every))
    near = [] if _number(asked) else get_close_matches(asked.strip(), addresses, n=_SUGGESTED)
    if near:
        return f"相近的有：{'、'.join(near)}"
    return "可以写印出来的数（例如1,860.43）、表里的位置（例如表5/2010306/basic）或事实的名称（例如income.total）"


def _which(asked: str, meant: Sequence[Shown]) -> str:
    """How to say which of many is meant."""
    some = "；".join(f"{place.address}（{place.title}）" for place in meant[:3])
    return (
        f"“{asked}”太多，有{len(meant)}种，请写明是哪一个：表里的写“表号/行的编码/列”，文字里的写事实的名称。例如{some}"
    )


def explain_shown(place: Shown, every: Sequence[Shown]) -> Explanation:
    """What one place shows; `every` are all places of the document."""
    return next(_grouped([place], every))


def _is_asked(place: Shown, asked: str) -> bool:
    if asked.strip() == place.address:
        return True
    wanted, shown = _number(asked), _number(place.text)
    if wanted is None or shown is None or (wanted[1] == "%") != (shown[1] == "%"):
        return False
    # A cell has no unit of its own: the table says it once.
    return wanted[0] == shown[0] and (wanted[1] == shown[1] or not wanted[1] or not shown[1])


def _number(text: str) -> tuple[Decimal, str] | None:
    """A figure and its unit (empty where none is written), however it is separated; None where it is no figure."""
    match = _ASKED.fullmatch(text.strip().replace(",", "").replace("，", "").replace("％", "%"))
    return (Decimal(match["number"]), match["unit"] or "") if match else None


def _grouped(wanted: Sequence[Shown], every: Sequence[Shown]) -> Iterator[Explanation]:
    seen: list[tuple[Decimal, tuple[Line, ...], bool]] = []
    for place in wanted:
        key = (place.value, place.lines, place.text.endswith("%"))
        if key in seen:
            continue
        seen.append(key)
        same = [other for other in every if (other.value, other.lines, other.text.endswith("%")) == key]
        same.sort(key=lambda other: other not in wanted)
        yield Explanation(place.value, key[2], place.lines, place.operands, tuple(same))


def as_text(explanations: Sequence[Explanation]) -> str:
    """For a person: value, derivation, the lines of YAML, the places of the document."""
    return "\n\n".join("\n".join(_paragraph(explanation)) for explanation in explanations)


def _paragraph(explanation: Explanation) -> Iterator[str]:
    first = explanation.places[0]
    exact = f"{explanation.value:.6f}%" if explanation.is_share else f"{in_yuan(explanation.value)}"
    yield f"{first.title}：印作{first.text}，准确数{exact}"
    yield from _origin(explanation)
    yield f"出现在{len(explanation.places)}处："
    for place in explanation.places:
        yield f"    {place.where}（{place.address}）"
        for parts in place.additions:
            yield f"        ＝{_sum_of(parts)}"


def _sum_of(parts: Sequence[str]) -> str:
    """The addresses of the cells that are added up; of many the first."""
    more = f"＋……共{len(parts)}格" if len(parts) > _MOST_PARTS else ""
    return "＋".join(parts[:_MOST_PARTS]) + more


def _origin(explanation: Explanation) -> Iterator[str]:
    """The lines that are added up; of a difference or a share those of each side."""
    if explanation.operands:
        left, right = explanation.operands
        yield f"来历：{left.title}{'÷' if explanation.is_share else '－'}{right.title}"
        for fact in (left, right):
            yield f"  {fact.title} {in_yuan(fact.value or ZERO)}（{fact.name}）"
            yield from _lines(fact.lines)
    elif explanation.lines:
        yield "来历：就是下面这一行" if len(explanation.lines) == 1 else f"来历：下列{len(explanation.lines)}行之和"
        yield from _lines(explanation.lines)
    else:
        yield "来历：没有一行数据"


def _lines(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        yield f"    {line.place}  {in_yuan(line.amount)}  {show_path(line.place.path)}"
