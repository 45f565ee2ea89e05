"""A question to the ledger: which sources, and which values each dimension may have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Annotated, Any, TypeAlias

from discgen.model.line import (
    AGENCY_KINDS,
    FISCAL_FUNDS,
    UNIT_FUNDS,
    Category,
    Component,
    Fund,
    Line,
    Nature,
    Origin,
    ProcurementItem,
    Source,
    Stage,
    ThreePublicItem,
    UnitKind,
    total,
)
from discgen.reference.codes import Classification
from discgen.reference.decode import Key, Read

DIMENSIONS = tuple(f.name for f in fields(Line) if f.name not in ("amount", "place"))

CLASSIFICATION_OF: Mapping[str, Classification] = {
    "income_code": Classification.INCOME,
    "function_code": Classification.FUNCTION,
    "department_economic_code": Classification.DEPARTMENT_ECONOMIC,
    "government_economic_code": Classification.GOVERNMENT_ECONOMIC,
}
"""The dimensions that hold codes. A code there also stands for all the codes below it."""

_ALIASES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("fund", "fiscal"): tuple(FISCAL_FUNDS),
    ("fund", "unit_funds"): tuple(UNIT_FUNDS),
    ("unit_kind", "agency"): tuple(AGENCY_KINDS),
}
"""The words that stand for several values: 财政拨款, 单位资金, and the units that have 机关运行经费."""

VALUES_OF: Mapping[str, tuple[str, ...]] = {
    "stage": tuple(Stage),
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
    """Lines of `sources` whose every dimension in `where` has one of the values given."""

    sources: tuple[Source, ...]
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def narrowed(self, where: Mapping[str, tuple[str, ...]]) -> Query:
        """The lines that also meet `where`; two demands on one dimension must both be met."""
        return Query(self.sources, (*self.where, *where.items()))

    def of(self, sources: tuple[Source, ...]) -> Query:
        """The same question to other sources; to its own where none are given."""
        return Query(sources or self.sources, self.where)

    def asks_for(self, dimension: str) -> bool:
        """Whether it demands anything of the dimension."""
        return any(name == dimension for name, _ in self.where)

    def matches(self, line: Line) -> bool:
        """Whether the line is asked for. Raises UnknownDimensionError where it cannot be known."""
        unknown: UnknownDimensionError | None = None
        for dimension, values in self.where:
            try:
                if not _meets(line, dimension, values):
                    return False
            except UnknownDimensionError as not_known:
                unknown = not_known  # another demand may still rule the line out
        if unknown:
            raise unknown
        return True

    def unknown_to(self, line: Line) -> str:
        """The dimension that leaves it open whether the line is asked for; '' where none does."""
        try:
            self.matches(line)
        except UnknownDimensionError as unknown:
            return str(unknown)
        return ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An amount in 元 and the lines that it is the sum of."""

    value: Decimal
    lines: tuple[Line, ...]


def read_sources(written: object) -> tuple[Source, ...]:
    """A `source` as forms write it: a word, a list, or nothing."""
    listed = written if isinstance(written, list | tuple) else [written] if written else []
    return tuple(Source(str(source)) for source in listed)


def read_where(where: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """A `where` as forms write it (a value or a list each) in its full form.

    Raises ValueError for a dimension that lines do not have, or a value that it cannot have.
    """
    return {dimension: _values(dimension, value) for dimension, value in where.items()}


def _read_query(written: Mapping[str, Any]) -> Query:
    """The query of a mapping that has a `source`, and may have a `where`."""
    return Query(read_sources(written["source"])).narrowed(read_where(written.get("where", {})))


WrittenSources: TypeAlias = Annotated[tuple[Source, ...], Key("source"), Read(read_sources)]
WrittenWhere: TypeAlias = Annotated[Mapping[str, tuple[str, ...]], Read(read_where)]
WrittenQuery: TypeAlias = Annotated[Query, Read(_read_query, whole=True)]
"""Fields that forms and the catalogue of facts write as a `source` and a `where`."""


def values_meant(dimension: str, written: Iterable[str]) -> tuple[str, ...]:
    """The values that words of a form stand for: `fiscal` of a fund is three."""
    return tuple(value for word in written for value in _ALIASES.get((dimension, word), (word,)))


def aliases(dimension: str) -> tuple[str, ...]:
    """The words that stand for several values of a dimension."""
    return tuple(alias for of, alias in _ALIASES if of == dimension)


def _values(dimension: str, value: object) -> tuple[str, ...]:
    if dimension not in DIMENSIONS:
        raise ValueError(f"no such dimension: {dimension}")
    listed = [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]
    values = values_meant(dimension, listed)
    allowed = VALUES_OF.get(dimension)
    wrong = [value for value in values if allowed is not None and value not in allowed]
    if wrong:
        raise ValueError(f"{dimension} cannot be {', '.join(wrong)}")
    return values


def _meets(line: Line, dimension: str, values: tuple[str, ...]) -> bool:
    known: str | None = getattr(line, dimension)
    if known is None:
        raise UnknownDimensionError(dimension)
    if dimension in CLASSIFICATION_OF:
        if known.startswith(values):
            return True
        if any(value.startswith(known) for value in values):
            raise UnknownDimensionError(dimension)  # known by its 类 only, asked for more finely
        return False
    return known in values


def add(lines: tuple[Line, ...]) -> Answer:
    """The answer that is the sum of `lines`."""
    return Answer(total(lines), lines)
