"""A printed number back to the lines of YAML behind it, and to every other place that shows it.

Asked for by its address (`表5/2010306/basic`), by the name of a fact (`income.total`), or as it
is printed (`1,860.43`, `43.62%`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from discgen.diagnostics import show_path
from discgen.explain.places import Shown, shown_places
from discgen.ledger.facts import Fact
from discgen.model.line import Line
from discgen.money import ZERO, in_yuan
from discgen.pipeline import Document

_UNIT = re.compile(r"(万元|元)$")


class UnknownFactError(LookupError):
    """What was asked for is not in the document; `str()` says so in Chinese."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A value with what it comes from, and the places that show it, the asked one first."""

    value: Decimal
    is_share: bool
    lines: tuple[Line, ...]
    operands: tuple[Fact, ...]
    places: tuple[Shown, ...]


def explain_fact(document: Document, asked: str) -> list[Explanation]:
    """What the document shows as `asked`, each different amount once.

    Raises UnknownFactError where it shows no such thing.
    """
    every = list(shown_places(document))
    wanted = [place for place in every if _is_asked(place, asked)]
    if not wanted:
        raise UnknownFactError(
            f"文件里没有“{asked}”。可以写印出来的数（例如1,860.43）、表里的位置（例如表5/2010306/basic）或事实的名称（例如income.total）"
        )
    return list(_grouped(wanted, every))


def _is_asked(place: Shown, asked: str) -> bool:
    return asked == place.address or _plain(asked) == _plain(place.text)


def _plain(text: str) -> str:
    """A figure without separators and unit: what is compared when a number is asked for as printed."""
    return _UNIT.sub("", text.strip()).replace(",", "").replace("，", "")


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
    return "\n\n".join("\n".join(_paragraph(one)) for one in explanations)


def _paragraph(one: Explanation) -> Iterator[str]:
    first = one.places[0]
    exact = f"{one.value:.6f}%" if one.is_share else f"{in_yuan(one.value)}"
    yield f"{first.title}：印作{first.text}，准确数{exact}"
    yield from _origin(one)
    yield f"出现在{len(one.places)}处："
    for place in one.places:
        yield f"    {place.where}（{place.address}）"


def _origin(one: Explanation) -> Iterator[str]:
    """The lines that are added up; of a difference or a share those of each side."""
    if one.operands:
        left, right = one.operands
        yield f"来历：{left.title}{'÷' if one.is_share else '－'}{right.title}"
        for fact in (left, right):
            yield f"  {fact.title} {in_yuan(fact.value or ZERO)}（{fact.name}）"
            yield from _lines(fact.lines)
    elif one.lines:
        yield "来历：就是下面这一行" if len(one.lines) == 1 else f"来历：下列{len(one.lines)}行之和"
        yield from _lines(one.lines)
    else:
        yield "来历：没有一行数据"


def _lines(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        yield f"    {line.place}  {in_yuan(line.amount)}  {show_path(line.place.path)}"
