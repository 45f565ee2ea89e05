"""What forms may ask of a source, held to what readers build from every department of this repository."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from discgen.gather.reader import Reader
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import UnknownDimensionError
from discgen.load.workspace import Workspace
from discgen.model.build_lines import at_stage
from discgen.model.disclosure import Disclosure
from discgen.model.line import ANY, DIMENSIONS_OF, STAGES, Line, Source, Stage
from tests.conftest import Demo, budgets

ROOT = Path(__file__).parents[2]
DIMENSIONS = [name for name in Line.__struct_fields__ if name not in ("amount", "place")]


def lines_of(facts: Disclosure) -> Iterator[tuple[Source, Line]]:
    """All lines of a file, those that follow from others and those of last year included."""
    own = STAGES[facts.target.kind]
    declared = [
        at_stage(facts.declared_prior.lines, own) if facts.declared_prior else {},
        facts.declared_approved.lines if facts.declared_approved else {},
    ]
    for lines in (facts.lines, *declared):
        for stage in Stage:
            ledger = Ledger(lines, facts.department, stage)
            for source in Source:
                try:
                    yield from ((source, line) for line in ledger.lines(source))
                except UnknownDimensionError:
                    continue


@cache
def published() -> tuple[tuple[Source, Line], ...]:
    workspace = Workspace(ROOT)
    reader = Reader(workspace)
    read = [reader.facts(target)[0] for target in workspace.targets()]
    assert len(read) > 5
    return tuple(one for facts in read if facts for one in lines_of(facts))


def undeclared(lines: Iterator[tuple[Source, Line]] | tuple[tuple[Source, Line], ...]) -> set[tuple[str, str, str]]:
    """Source, dimension and value of what lines know, and their source does not declare."""
    found = set()
    for source, line in lines:
        declared = DIMENSIONS_OF[source]
        for dimension in DIMENSIONS:
            value = getattr(line, dimension)
            if value is not None and value not in (declared.get(dimension, ("",)) or (value,)):
                found.add((str(source), dimension, str(value)))
    return found


def test_no_line_of_a_department_knows_what_its_source_does_not_declare() -> None:
    assert undeclared(published()) == set()


@pytest.mark.slow
@given(drawn=budgets())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_line_that_can_be_drawn_knows_what_its_source_does_not_declare(
    workspace: Demo, drawn: tuple[str, list[tuple[str, str, str]]]
) -> None:
    workspace.replace_budget(*drawn)
    assert undeclared(lines_of(workspace.facts())) == set()


@pytest.mark.parametrize("source", Source)
def test_every_source_declares_dimensions_that_lines_have(source: Source) -> None:
    assert set(DIMENSIONS_OF[source]) <= set(DIMENSIONS)
    assert all(values == ANY or len(set(values)) == len(values) for values in DIMENSIONS_OF[source].values())
