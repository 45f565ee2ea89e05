"""The ledger of one year: all lines by source and stage, those that follow from others included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from discgen.ledger.query import Answer, LineIndex, Query, UnknownDimensionError, add
from discgen.model.department import Department
from discgen.model.line import AGENCY_KINDS, Component, Line, Lines, Source, Stage, ThreePublicItem
from discgen.reference.codes import CLASS_DIGITS, Classification, meaning


class Ledger:
    """Answers queries; the same query is added up once.

    `stage` is what the ledger is about: 年初预算 of a budget, 决算 of accounts. A query that
    does not name a stage means this one.
    """

    def __init__(
        self, lines: Lines, department: Department, stage: Stage = Stage.APPROVED, joined: Iterable[Lines] = ()
    ) -> None:
        """`joined` are lines of other files, each completed by what follows from it before they are put together."""
        self.stage = stage
        self._department = department
        self._lines: dict[Source, tuple[Line, ...]] = {}
        for part in (lines, *joined):
            for source, more in _completed(part, department).items():
                self._lines[source] = (*self._lines.get(source, ()), *more)
        self._answers: dict[Query, Answer] = {}
        self._indexes: dict[Source, LineIndex] = {}

    def of_unit(self, unit: str) -> Ledger:
        """The same ledger narrowed to a unit. Of a source with money that does not say whose it is, nothing is known."""
        narrowed = Ledger({}, self._department, self.stage)
        narrowed._lines = {
            source: tuple(line for line in lines if line.unit == unit)
            for source, lines in self._lines.items()
            if all(line.unit or not line.amount for line in lines)
        }
        return narrowed

    def lines(self, source: Source) -> tuple[Line, ...]:
        """The lines of a source at the ledger's own stage. Raises UnknownDimensionError where nothing is known of it."""
        return tuple(line for line in self._of(source, self.stage) if line.stage is self.stage)

    @property
    def has_fen(self) -> bool:
        """Whether an amount that tables list is not whole 元: of 收入, of 支出, or of 基本支出."""
        listed = (line for source in _LISTED for line in self._lines.get(source, ()))
        return any(line.amount % 1 for line in listed if line.stage is self.stage)

    def _of(self, source: Source, *stages: str) -> tuple[Line, ...]:
        """The lines of a source. Nothing is known of another stage than the ledger's own that has no lines at all."""
        if source not in self._lines:
            raise UnknownDimensionError(source)
        lines = self._lines[source]
        if self.stage not in stages and not any(line.stage in stages for line in lines):
            raise UnknownDimensionError("stage")
        return lines

    def ask(self, query: Query) -> Answer:
        """The sum of the lines a query matches.

        Raises UnknownDimensionError where a line cannot say whether it matches, or where
        nothing is known of the source.
        """
        if query not in self._answers:
            asked = query if query.asks_for("stage") else query.narrowed({"stage": (self.stage,)})
            stages = tuple(stage for name, values in asked.where if name == "stage" for stage in values)
            lines = (line for source in asked.sources for line in self._matching(source, stages, asked))
            self._answers[query] = add(tuple(lines))
        return self._answers[query]

    def _matching(self, source: Source, stages: Sequence[str], query: Query) -> list[Line]:
        lines = self._of(source, *stages)
        if source not in self._indexes:
            self._indexes[source] = LineIndex(lines)
        return self._indexes[source].matching(query)

    def values(self, query: Query, dimension: str) -> list[str]:
        """The different values of `dimension` among the lines with money that a query matches, sorted.

        Raises UnknownDimensionError where a line has none.
        """
        values: set[str] = set()
        for line in self.ask(query).lines:
            if not line.amount:
                continue
            value: str | None = getattr(line, dimension)
            if value is None:
                raise UnknownDimensionError(dimension)
            values.add(value)
        return sorted(values)

    def undecided(self, query: Query) -> list[Line]:
        """The lines with money, at the ledger's own stage, that cannot say whether a query matches them."""
        return [line for line in self._with_money(query) if query.unknown_to(line)]

    def without(self, query: Query, dimension: str) -> list[Line]:
        """The lines with money, at the ledger's own stage, that a query may match and that do not know a dimension."""
        return [
            line
            for line in self._with_money(query)
            if getattr(line, dimension) is None and (query.unknown_to(line) or query.matches(line))
        ]

    def _with_money(self, query: Query) -> list[Line]:
        lines = (line for source in query.sources for line in self._lines.get(source, ()))
        return [line for line in lines if line.amount and line.stage is self.stage]


_LISTED = (Source.INCOME, Source.EXPENDITURE, Source.BASIC)


def _completed(lines: Lines, department: Department) -> Lines:
    """The lines of a file with those that follow from them.

    “三公”经费 and 机关运行经费 follow from 基本支出 where it is written finely enough and they
    are not written whole themselves.
    """
    if Source.BASIC not in lines:
        return lines
    basic, declared = lines[Source.BASIC], lines.get(Source.THREE_PUBLIC, ())
    follows: dict[Source, tuple[Line, ...]] = {}
    is_whole = any(line.nature is None and line.stage is not Stage.ADJUSTED for line in declared)
    if not is_whole and (declared or all(_is_fine(line) for line in basic)):
        follows[Source.THREE_PUBLIC] = (*_three_public(basic), *declared)
    if Source.AGENCY_OPERATION not in lines and all(line.unit_kind for line in basic if _is_operating(line)):
        follows[Source.AGENCY_OPERATION] = tuple(_agency_operation(basic, department))
    return {**lines, **follows}


def _is_fine(line: Line) -> bool:
    """Whether an economic code is written to its 款, or belongs to 人员经费, where “三公”经费 has no part."""
    return not _is_operating(line) or len(line.department_economic_code or "") > CLASS_DIGITS


def _is_operating(line: Line) -> bool:
    return line.component is Component.OPERATING


def _three_public(basic: Iterable[Line]) -> Iterable[Line]:
    """“三公”经费 in 基本支出: the lines whose economic code is one of its items."""
    for line in basic:
        item = three_public_item(line)
        if item:
            yield replace(line, item=item)


def three_public_item(line: Line) -> ThreePublicItem | None:
    """Which of “三公”经费 a line is by its economic code, if any: the 口径 printed under the form's glossary."""
    item = meaning(Classification.DEPARTMENT_ECONOMIC, line.department_economic_code, "item")
    return ThreePublicItem(item) if item else None


def _agency_operation(basic: Iterable[Line], department: Department) -> Iterable[Line]:
    """机关运行经费: 公用经费 of 基本支出 that administrative and quasi-administrative units pay.

    A line that names no unit belongs to the only such unit, where there is one.
    """
    agencies = [unit.id for unit in department.units if unit.kind in AGENCY_KINDS]
    only = agencies[0] if len(agencies) == 1 else None
    for line in basic:
        if _is_operating(line) and line.unit_kind in AGENCY_KINDS:
            yield replace(line, unit=line.unit or only)
