"""The cells of tables as sums of candidate lines."""

from __future__ import annotations

from decimal import Decimal

from discgen.diagnostics import Place
from discgen.importing.tables.equations import equations_of
from discgen.importing.tables.read import TableCell
from discgen.ledger.query import Query
from discgen.model.line import Fund, Line, Nature, Origin, Source, Stage
from discgen.money import ZERO


def candidate(name: str) -> tuple[Source, Line]:
    known = Line(ZERO, Place(""), fund=Fund.GENERAL, origin=Origin.CURRENT, nature=Nature.PROJECT, project=name)
    return Source.PROJECT, known


def test_the_cells_of_a_project_are_not_held_against_those_of_others(looked_at: list[Line]) -> None:
    names = [f"p{number}" for number in range(50)]
    asked = [TableCell(Query((Source.PROJECT,), (("project", (name,)),)), Decimal(1), name) for name in names]
    equations = equations_of(asked, [candidate(name) for name in names], Stage.APPROVED)
    assert [(equation.name, list(equation.parts)) for equation in equations] == [
        (name, [at]) for at, name in enumerate(names)
    ]
    assert len(looked_at) == len(names)
