"""The cells of tables, and what reconciles in every budget, as sums of the candidate lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from discgen.importing.candidates import Candidate
from discgen.importing.form_sheet import Asked
from discgen.importing.solve import Equation
from discgen.importing.words import load_words
from discgen.ledger.ledger import three_public_item
from discgen.ledger.query import Query, UnknownDimensionError
from discgen.model.line import Fund, Line, Nature, Origin, Source, Stage

FEN = 100
"""分 in one 元: sums are in whole 分."""
_Index = Mapping[tuple[Source, str], Sequence[tuple[int, Line]]]


def equations_of(asked: Iterable[Asked], candidates: Sequence[Candidate], stage: Stage) -> list[Equation]:
    """One for each cell that the candidates can answer, and those that link the sources of a budget; short ones first."""
    index = _indexed(candidates)
    found = [
        Equation(dict.fromkeys(parts, 1), int(one.amount * FEN), one.cell)
        for one in asked
        if (parts := _matching(one.query, index)) is not None
    ]
    return sorted([*found, *_links(candidates, stage)], key=lambda equation: len(equation.parts))


def _indexed(candidates: Sequence[Candidate]) -> dict[tuple[Source, str], list[tuple[int, Line]]]:
    """Candidates by source and 类 or project, those of “三公”经费 among 基本支出 also as such; under neither all of a source."""
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
    """The candidates that a question is about; None where they do not know what it asks."""
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
        for said, ones, others in (("收入等于支出", income, spent), ("各项目等于项目支出", projects, for_projects)):
            if ones and others:
                yield Equation(
                    {**dict.fromkeys(ones, 1), **dict.fromkeys(others, -1)}, 0, f"{said}（{fund_called(fund, origin)}）"
                )


def fund_called(fund: Fund | None, origin: Origin | None = None) -> str:
    """A fund, and an origin, as messages call them."""
    titles = load_words().titles
    return "、".join(titles[str(one)] for one in (fund, origin) if one)
