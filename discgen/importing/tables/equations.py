"""The cells of tables, and what reconciles in every budget, as sums of the candidate lines.

What is rounded (万元) confirms what is exact (元) and never takes its place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from discgen.importing.sheets.words import load_words
from discgen.importing.tables.candidates import Candidate
from discgen.importing.tables.read import TableCell
from discgen.importing.tables.solve import Amounts, ContradictionError, Equation
from discgen.ledger.ledger import three_public_item
from discgen.ledger.query import Query, UnknownDimensionError
from discgen.model.line import Fund, Line, Nature, Origin, Source, Stage
from discgen.money import in_yuan
from discgen.phrases import few
from discgen.rules.figures import mixed_units

FEN = 100
"""分 in one 元: sums are in whole 分."""
HALF_OF_PRINTED = 5000
"""Half of the last printed place of 万元, in 分."""
_MOST_ROUNDED = 8
"""How many rounded cells are named with what is exact."""
_MOST_PARTS = 4
"""How many cells of a sum are named."""
_Index = Mapping[tuple[Source, str], Sequence[tuple[int, Line]]]


def equations_of(cells: Iterable[TableCell], candidates: Sequence[Candidate], stage: Stage) -> list[Equation]:
    """An equation for each cell that the candidates can answer, and those that link the sources of a budget; short ones first."""
    index = _indexed(candidates)
    equations = [
        Equation(dict.fromkeys(parts, 1), int(cell.amount * FEN), cell.name)
        for cell in cells
        if (parts := _matching(cell.query, index)) is not None
    ]
    return sorted([*equations, *_links(candidates, stage)], key=lambda equation: len(equation.parts))


def _indexed(candidates: Sequence[Candidate]) -> dict[tuple[Source, str], list[tuple[int, Line]]]:
    """Candidates by source and 类 or project, under '' all of a source; “三公”经费 in 基本支出 counts as both."""
    index: dict[tuple[Source, str], list[tuple[int, Line]]] = {}
    for part, (source, line) in enumerate(candidates):
        views = [(source, line)]
        item = three_public_item(line) if source is Source.BASIC else None
        if item:
            views.append((Source.THREE_PUBLIC, replace(line, item=item)))
        for of, view in views:
            index.setdefault((of, ""), []).append((part, view))
            if view.function_code:
                index.setdefault((of, view.function_code[:3]), []).append((part, view))
            if view.project:
                index.setdefault((of, view.project), []).append((part, view))
    return index


def _matching(query: Query, index: _Index) -> list[int] | None:
    """The candidates that a cell is the sum of; None where they lack a dimension that it asks for."""
    where = {name: values[0] for name, values in query.where if len(values) == 1}
    code, project = where.get("function_code", "")[:3], where.get("project", "")
    try:
        return [
            part
            for source in query.sources
            for part, line in index.get((source, code or (project if source is Source.PROJECT else "")), ())
            if query.matches(line)
        ]
    except UnknownDimensionError:
        return None


def _links(candidates: Sequence[Candidate], stage: Stage) -> Iterator[Equation]:
    """What reconciles in every budget: income and expenditure of a fund, its projects and 项目支出."""
    if stage is not Stage.APPROVED:
        return
    wheres = dict.fromkeys((line.fund, line.origin) for source, line in candidates if source is Source.EXPENDITURE)
    for fund, origin in wheres:
        here = [
            (part, source, line)
            for part, (source, line) in enumerate(candidates)
            if (line.fund, line.origin) == (fund, origin)
        ]
        spent = [part for part, source, _ in here if source is Source.EXPENDITURE]
        income = [part for part, source, _ in here if source is Source.INCOME]
        for_projects = [
            part for part, source, line in here if source is Source.EXPENDITURE and line.nature is Nature.PROJECT
        ]
        projects = [part for part, source, _ in here if source is Source.PROJECT]
        for name, left, right in (("收入等于支出", income, spent), ("各项目等于项目支出", projects, for_projects)):
            if left and right:
                yield Equation(
                    {**dict.fromkeys(left, 1), **dict.fromkeys(right, -1)}, 0, f"{name}（{fund_called(fund, origin)}）"
                )


def fund_called(fund: Fund | None, origin: Origin | None = None) -> str:
    """A fund, and an origin, as messages call them."""
    titles = load_words().titles
    return "、".join(titles[str(value)] for value in (fund, origin) if value)


class Confirmed(Struct, frozen=True):
    """What is left to be solved, the parts whose rest rounded cells alone say, and remarks in Chinese."""

    equations: list[Equation]
    rounded: frozenset[int] = frozenset()
    remarks: list[str] = field(default_factory=list)


def confirmed(equations: Sequence[Equation], printed: Collection[str], negative: Sequence[bool]) -> Confirmed:
    """Take out the sums of `printed` cells that the exact cells already come to when rounded.

    What no exact cell speaks of is nothing then. Where a rounded cell says more than the exact ones, the
    difference is as coarse as the rounding, and its parts are named.
    """
    exact = [equation for equation in equations if equation.name not in printed]
    try:
        known = Amounts(len(negative), exact, negative)
    except ContradictionError:
        return Confirmed(list(equations))  # found again when all are solved together
    kept: list[Equation] = []
    rounded: set[int] = set()
    remarks: list[str] = []
    for equation in equations:
        settled = [known.lower[part] * sign for part, sign in equation.parts.items() if known.is_settled(part)]
        there = sum(map(bool, settled))
        if equation.name not in printed or not there:
            kept.append(equation)
            continue
        rest = {part: sign for part, sign in equation.parts.items() if not known.is_settled(part)}
        off = abs(equation.total - sum(settled))
        if off > HALF_OF_PRINTED * there:
            kept.append(equation)
            rounded |= rest.keys()
            continue
        if rest:
            kept.append(Equation(rest, 0, equation.name))
        if off:
            remarks.append(_describe_rounded(equation, sum(settled)))
    more = [f"按万元写的另有{len(remarks) - _MOST_ROUNDED}格也是这样"] if len(remarks) > _MOST_ROUNDED else []
    return Confirmed(kept, frozenset(rounded), [*remarks[:_MOST_ROUNDED], *more])


def _describe_rounded(equation: Equation, exact: int) -> str:
    return f"{equation.name} 写的是{_yuan(equation.total)}，按元写的是{_yuan(exact)}，是四舍五入，以按元写的为准"


def cells_of_parts(equations: Sequence[Equation]) -> dict[int, str]:
    """For each part the cell with the shortest sum that holds it."""
    cells: dict[int, str] = {}
    for equation in equations:
        for part in equation.parts:
            cells.setdefault(part, equation.name)
    return cells


def describe_contradiction(error: ContradictionError) -> str:
    """A contradiction in Chinese: the cell, its amount, and what the other cells come to."""
    equation, (least, most) = error.equation, error.reached
    nearest = most if equation.total > most else least
    written = f"写的是{_yuan(equation.total)}" if "（" not in equation.name else "不成立"
    mixed = mixed_units(Decimal(equation.total) / FEN, Decimal(nearest) / FEN)
    hint = f"；{mixed}：核对各张表写的单位" if mixed else ""
    return f"{equation.name} {written}，别的格子合起来是{_yuan(nearest)}，对不上{hint}"


def describe_tail(error: ContradictionError, equations: Sequence[Equation]) -> str:
    """The same of a cell that rounding explains, with the cells that it is the sum of."""
    cells = cells_of_parts(equations)
    parts = [cells[part] for part in error.equation.parts if part in cells]
    named = list(dict.fromkeys(cell.rpartition("!")[2] for cell in parts))
    message = describe_contradiction(error).removesuffix("，对不上")
    return f"{message}（{few(named, _MOST_PARTS, '格')}），是四舍五入的尾差，以各行为准"


def _yuan(fen: int) -> str:
    return in_yuan(Decimal(fen) / FEN)
