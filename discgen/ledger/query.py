"""A question to the ledger: which sources, and which values each dimension may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, TypeAlias

from msgspec import Struct

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

DIMENSIONS = tuple(name for name in Line.__struct_fields__ if name not in ("amount", "place"))

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


class Query(Struct, frozen=True):
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


class Answer(Struct, frozen=True):
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
    is_met = _is_met(dimension, known, values)
    if is_met is None:
        raise UnknownDimensionError(dimension)
    return is_met


def _is_met(dimension: str, known: str | None, values: tuple[str, ...]) -> bool | None:
    """Whether a line meets a demand that knows this of the dimension; None where it cannot be known."""
    if known is None:
        return None
    if dimension in CLASSIFICATION_OF:
        if known.startswith(values):
            return True
        # None: known by its 类 only, asked for more finely.
        return None if any(value.startswith(known) for value in values) else False
    return known in values


class LineIndex:
    """The lines of a source by what they say of each dimension.

    Lines are the bits of a number, the first the lowest: a query is answered by a few operations on numbers instead of
    asking each line for each demand.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._known: dict[str, dict[str | None, int]] = {}
        self._met: dict[tuple[str, tuple[str, ...]], tuple[int, int]] = {}

    def matching(self, query: Query) -> list[Line]:
        """The lines that match, in order. Raises UnknownDimensionError where `Query.matches` does for one of them."""
        demands = [(dimension, *self._meeting(dimension, values)) for dimension, values in query.where]
        possible = (1 << len(self._lines)) - 1
        for _, met, unknown in demands:
            possible &= met | unknown
        for dimension, _, unknown in reversed(demands):
            if unknown & possible:
                raise UnknownDimensionError(dimension)
        return list(self._at(possible))

    def _meeting(self, dimension: str, values: tuple[str, ...]) -> tuple[int, int]:
        """The lines that meet a demand, and those that cannot say whether they do."""
        if (dimension, values) not in self._met:
            said = self._saying(dimension)
            # Codes are few, and stand for those below them; of names there may be a thousand.
            known = said if dimension in CLASSIFICATION_OF else (None, *set(values))
            met = unknown = 0
            for value in known:
                is_met = _is_met(dimension, value, values)
                met |= said.get(value, 0) if is_met else 0
                unknown |= said.get(value, 0) if is_met is None else 0
            self._met[dimension, values] = met, unknown
        return self._met[dimension, values]

    def _saying(self, dimension: str) -> dict[str | None, int]:
        """The lines by what they say of a dimension."""
        if dimension not in self._known:
            said: dict[str | None, int] = {}
            for number, line in enumerate(self._lines):
                known: str | None = getattr(line, dimension)
                said[known] = said.get(known, 0) | 1 << number
            self._known[dimension] = said
        return self._known[dimension]

    def _at(self, bits: int) -> Iterator[Line]:
        while bits:
            lowest = bits & -bits
            yield self._lines[lowest.bit_length() - 1]
            bits ^= lowest


def add(lines: tuple[Line, ...]) -> Answer:
    """The answer that is the sum of `lines`."""
    return Answer(total(lines), lines)
