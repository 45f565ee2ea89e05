"""A question to the ledger: which source, and which values each dimension may have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from discgen.codes.dictionary import Classification
from discgen.model.line import (
    FISCAL_FUNDS,
    Category,
    Component,
    Fund,
    Line,
    Nature,
    Origin,
    ProcurementItem,
    Source,
    ThreePublicItem,
    UnitKind,
    total,
)

DIMENSIONS = tuple(f.name for f in fields(Line) if f.name not in ("amount", "place"))

CLASSIFICATION_OF: Mapping[str, Classification] = {
    "income_code": Classification.INCOME,
    "function_code": Classification.FUNCTION,
    "department_economic_code": Classification.DEPARTMENT_ECONOMIC,
    "government_economic_code": Classification.GOVERNMENT_ECONOMIC,
}
"""The dimensions that hold codes. A code there also stands for all the codes below it."""

_ALIASES: Mapping[tuple[str, str], tuple[str, ...]] = {("fund", "fiscal"): tuple(FISCAL_FUNDS)}
"""财政拨款 is asked for as one fund and is three."""


_VALUES: Mapping[str, tuple[str, ...]] = {
    "fund": tuple(Fund),
    "origin": tuple(Origin),
    "nature": tuple(Nature),
    "component": tuple(Component),
    "unit_kind": tuple(UnitKind),
    "category": tuple(Category),
    "item": (*ThreePublicItem, *ProcurementItem),
}
"""What the dimensions that are not codes or names may be."""


class UnknownDimensionError(LookupError):
    """A line of the source does not know a dimension that was asked for, so there is no answer."""


@dataclass(frozen=True, slots=True)
class Query:
    """Lines of `source` whose every dimension in `where` has one of the values given."""

    source: Source
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def narrowed(self, where: Mapping[str, tuple[str, ...]]) -> Query:
        """The lines that also meet `where`; two demands on one dimension must both be met."""
        return Query(self.source, (*self.where, *where.items()))

    def matches(self, line: Line) -> bool:
        """Whether the line is asked for. Raises UnknownDimensionError where it cannot be known."""
        return all(_meets(line, dimension, values) for dimension, values in self.where)


@dataclass(frozen=True, slots=True)
class Answer:
    """An amount in 元 and the lines that it is the sum of."""

    value: Decimal
    lines: tuple[Line, ...]


def read_where(where: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """A `where` as forms write it (a value or a list each) in its full form.

    Raises ValueError for a dimension that lines do not have, or a value that it cannot have.
    """
    return {dimension: _values(dimension, value) for dimension, value in where.items()}


def _values(dimension: str, value: object) -> tuple[str, ...]:
    if dimension not in DIMENSIONS:
        raise ValueError(f"no such dimension: {dimension}")
    listed = [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]
    values = tuple(one for item in listed for one in _ALIASES.get((dimension, item), (item,)))
    allowed = _VALUES.get(dimension)
    wrong = [one for one in values if allowed is not None and one not in allowed]
    if wrong:
        raise ValueError(f"{dimension} cannot be {', '.join(wrong)}")
    return values


def _meets(line: Line, dimension: str, values: tuple[str, ...]) -> bool:
    known: str | None = getattr(line, dimension)
    if known is None:
        raise UnknownDimensionError(dimension)
    if dimension in CLASSIFICATION_OF:
        return known.startswith(values)
    return known in values


def add(lines: tuple[Line, ...]) -> Answer:
    """The answer that is the sum of `lines`."""
    return Answer(total(lines), lines)
