"""The facts that text may cite: named questions to the ledger, this year's and last year's answers.

The catalogue is data (`templates/facts.yaml`). Last year's answers come from last year's
ledger, or in a first year from its declared lines, by the very same questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from discgen.codes.dictionary import Dictionary
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import CLASSIFICATION_OF, Query, UnknownDimensionError, read_where
from discgen.model.disclosure import Disclosure
from discgen.model.line import Line, Source
from discgen.resources import data_folder
from discgen.validate.shipped import read_shipped


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """A named question."""

    name: str
    title: str
    query: Query


@dataclass(frozen=True, slots=True)
class GroupQuestion:
    """A named question whose answer is split by a dimension; codes are cut to `digits`."""

    name: str
    title: str
    query: Query
    by: str
    digits: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A named amount in 元 with its lines. `value` is None where the lines cannot tell."""

    name: str
    title: str
    value: Decimal | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All questions there are."""

    facts: Mapping[str, FactQuestion]
    groups: Mapping[str, GroupQuestion]


@cache
def load_catalogue() -> Catalogue:
    """The questions of `templates/facts.yaml`. Raises ValueError where the file is broken."""
    data = read_shipped(data_folder("templates"), "facts.yaml", "facts")
    return Catalogue(
        {name: FactQuestion(name, row["title"], _query(row)) for name, row in data["facts"].items()},
        {
            name: GroupQuestion(name, row["title"], _query(row), row["by"], int(row.get("digits", 0)))
            for name, row in data["groups"].items()
        },
    )


def _query(row: Mapping[str, Any]) -> Query:
    return Query(Source(row["source"])).narrowed(read_where(row.get("where", {})))


def _fact(name: str, title: str, query: Query, ledger: Ledger | None) -> Fact:
    """The answer as a fact; without a value where the ledger does not know it that finely, or there is none."""
    if ledger is None:
        return Fact(name, title, None, ())
    try:
        answer = ledger.ask(query)
    except UnknownDimensionError:
        return Fact(name, title, None, ())
    return Fact(name, title, answer.value, answer.lines)


class FactBook:
    """The catalogue answered for one disclosure."""

    def __init__(self, disclosure: Disclosure, ledger: Ledger, prior: Ledger | None) -> None:
        self._disclosure = disclosure
        self._ledger = ledger
        self._prior = prior
        self.catalogue = load_catalogue()

    def this(self, name: str) -> Fact:
        """This year's fact. Raises KeyError for a name that the catalogue lacks."""
        question = self.catalogue.facts[name]
        return _fact(name, question.title, question.query, self._ledger)

    def prior(self, name: str) -> Fact:
        """Last year's fact."""
        question = self.catalogue.facts[name]
        return _fact(f"prior.{name}", f"上年{question.title}", question.query, self._prior)

    def change(self, name: str) -> Fact:
        """This year's less last year's."""
        this, before = self.this(name), self.prior(name)
        value = this.value - before.value if this.value is not None and before.value is not None else None
        return Fact(f"change.{name}", f"{this.title}比上年增减", value, (*this.lines, *before.lines))

    def group(self, name: str) -> list[Fact]:
        """The parts of a split answer that are not zero, in the order of their codes or of the department's units."""
        question = self.catalogue.groups[name]
        values = self._ledger.values(question.query, question.by)
        if question.digits:
            values = sorted({value[: question.digits] for value in values})
        facts = [self._part(question, value) for value in self._ordered(question, values)]
        return [fact for fact in facts if fact.value]

    def _part(self, question: GroupQuestion, value: str) -> Fact:
        answer = self._ledger.ask(question.query.narrowed({question.by: (value,)}))
        return Fact(f"{question.name}.{value}", self._title(question.by, value), answer.value, answer.lines)

    def _ordered(self, question: GroupQuestion, values: list[str]) -> list[str]:
        if question.by != "unit":
            return values
        return [unit.id for unit in self._disclosure.department.units if unit.id in values]

    def _title(self, by: str, value: str) -> str:
        if by in CLASSIFICATION_OF:
            dictionary: Dictionary = self._disclosure.dictionaries[CLASSIFICATION_OF[by]]
            return dictionary.name(value)
        if by == "unit":
            return self._disclosure.department.unit(value).short_name
        return self.catalogue.facts[f"three_public.{value}"].title
