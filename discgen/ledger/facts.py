"""The facts that text may cite: named questions to the ledger, this year's and last year's answers.

The catalogue is data (`templates/facts.yaml`). Last year's answers come from last year's
ledger, or in a first year from its declared lines, by the very same questions. Accounts also
ask what was approved at the beginning of the year and what the budget was after 调整.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from discgen.compiled import keep_compiled
from discgen.ledger.check_questions import wrong_questions
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import CLASSIFICATION_OF, UnknownDimensionError, WrittenQuery
from discgen.model.disclosure import Disclosure
from discgen.model.line import Line, Stage
from discgen.reference.codes import Dictionary
from discgen.reference.decode import OwnKey, decode
from discgen.reference.folders import data_folder
from discgen.validate.shipped import ShippedDataError, read_shipped_tree

BUDGET_STAGES = (Stage.APPROVED, Stage.ADJUSTED)
"""The stages that text may compare with the accounts' own: 年初预算, 全年预算."""


class FactQuestion(Struct, frozen=True):
    """A named question."""

    name: Annotated[str, OwnKey()]
    title: str
    query: WrittenQuery


class GroupQuestion(Struct, frozen=True):
    """A named question whose answer is split by a dimension; codes are cut to `digits`.

    With `lineage` a part is called by its code and those above: 住房保障支出（类）住房改革支出（款）住房公积金（项）.
    With `comparative` there is a part also for what only last year or the approved budget has money in.
    """

    name: Annotated[str, OwnKey()]
    title: str
    query: WrittenQuery
    by: str
    digits: int = 0
    lineage: bool = False
    comparative: bool = False


_PRIOR = "prior."
PRIOR_EXECUTED = "prior_executed"
"""The first step of names of 上年当年预算执行数."""


class Fact(Struct, frozen=True):
    """A named amount in 元 with its lines. `value` is None where the lines cannot tell.

    `key` is the value of the dimension that it is a part by: a code, a unit, an item.
    `operands` are the two facts that a change is the difference of, or a share the quotient
    of; the value of a share is in hundredths.
    """

    name: str
    title: str
    value: Decimal | None
    lines: tuple[Line, ...]
    key: str = ""
    operands: tuple[Fact, ...] = ()

    @property
    def is_last_year(self) -> bool:
        """Whether it is what the ledger of last year answers."""
        return self.name.startswith(_PRIOR)


class Catalogue(Struct, frozen=True):
    """All questions there are."""

    facts: Mapping[str, FactQuestion]
    groups: Mapping[str, GroupQuestion]


@keep_compiled
def load_catalogue() -> Catalogue:
    """The questions of `templates/facts.yaml`. Raises ShippedDataError where the file is wrong."""
    tree = read_shipped_tree(data_folder("templates"), "facts.yaml", "facts")
    findings = list(wrong_questions(tree))
    if findings:
        raise ShippedDataError.of(findings)
    return decode(Catalogue, tree)


def _values(question: GroupQuestion, ledger: Ledger | None) -> set[str]:
    """What there are parts for; nothing where the ledger cannot tell them apart."""
    try:
        values = ledger.values(question.query, question.by) if ledger else []
    except UnknownDimensionError:
        return set()
    return {value[: question.digits or None] for value in values if len(value) >= question.digits}


class FactBook:
    """The catalogue answered for one disclosure.

    A name is that of a fact, or of a group's part: `expenditure.total`, `general.by_class.201`.
    """

    def __init__(self, disclosure: Disclosure, ledger: Ledger, prior: Ledger | None) -> None:
        self._disclosure = disclosure
        self._ledger = ledger
        self._prior = prior
        executed = disclosure.prior_executed
        self._executed = Ledger(executed, disclosure.department, Stage.EXECUTED) if executed else None
        self._facts: dict[str, Fact] = {}
        self.catalogue = load_catalogue()

    def this(self, name: str) -> Fact:
        """This year's fact. Raises KeyError for a name that the catalogue lacks."""
        return self._fact(name, "", "", self._ledger)

    def prior(self, name: str) -> Fact:
        """Last year's fact."""
        return self._fact(name, _PRIOR, "上年", self._prior)

    def at(self, stage: Stage, name: str) -> Fact:
        """This year's fact at another stage: 年初预算, or 全年预算."""
        return self._fact(name, f"{stage}.", stage.label, self._ledger, stage)

    def change(self, name: str) -> Fact:
        """This year's less last year's."""
        this, before = self.this(name), self.prior(name)
        value = this.value - before.value if this.value is not None and before.value is not None else None
        lines = (*this.lines, *before.lines)
        return Fact(f"change.{name}", f"{this.title}比上年增减", value, lines, this.key, (this, before))

    def beyond(self, stage: Stage, name: str) -> Fact:
        """This year's less what it was at another stage: 决算数 less 年初预算数."""
        this, planned = self.this(name), self.at(stage, name)
        value = this.value - planned.value if this.value is not None and planned.value is not None else None
        lines = (*this.lines, *planned.lines)
        return Fact(
            f"{name}-{stage}.{name}", f"{this.title}比{stage.label}增减", value, lines, this.key, (this, planned)
        )

    def executed_before(self, name: str) -> Fact:
        """What of last year's budget was executed (上年当年预算执行数)."""
        return self._fact(name, f"{PRIOR_EXECUTED}.", "上年执行", self._executed)

    def beyond_executed(self, name: str) -> Fact:
        """This year's less what of last year's budget was executed."""
        this, before = self.this(name), self.executed_before(name)
        value = this.value - before.value if this.value is not None and before.value is not None else None
        title = f"{this.title}比上年执行数增减"
        return Fact(f"{name}-{before.name}", title, value, (*this.lines, *before.lines), this.key, (this, before))

    def group(self, name: str) -> list[Fact]:
        """The parts of a split answer with money in them, in the order of their codes or of the department's units."""
        question = self.catalogue.groups[name]
        values = _values(question, self._ledger)
        if question.comparative:
            approved = question.query.narrowed({"stage": (Stage.APPROVED,)})
            values |= _values(replace(question, query=approved), self._ledger) | _values(question, self._prior)
        return [self.this(f"{name}.{value}") for value in self._ordered(question, sorted(values))]

    def bars(self, name: str) -> list[Fact]:
        """The parts as a chart shows them: this year's, each with last year's after it where these are known.

        An only part beside a last year without money, or an unknown one, makes no chart: one bar says nothing.
        """
        parts = self.group(name)
        question = self.catalogue.groups[name]
        keys = {part.key for part in parts} | _values(question, self._prior)
        names = [f"{name}.{key}" for key in self._ordered(question, sorted(keys))]
        last_year = [self.prior(part) for part in names]
        if any(part.value for part in last_year) and all(part.value is not None for part in last_year):
            pairs = [(self.this(part), before) for part, before in zip(names, last_year, strict=True)]
            return [part for pair in pairs if pair[0].value or pair[1].value for part in pair]
        return parts if len(parts) > 1 else []

    def _fact(
        self, name: str, prefix: str, before_title: str, ledger: Ledger | None, stage: Stage | None = None
    ) -> Fact:
        """The answer as a fact, asked for once."""
        if prefix + name not in self._facts:
            self._facts[prefix + name] = self._answered(name, prefix, before_title, ledger, stage)
        return self._facts[prefix + name]

    def _answered(self, name: str, prefix: str, before_title: str, ledger: Ledger | None, stage: Stage | None) -> Fact:
        """The answer as a fact; without a value where the ledger does not know it that finely, or there is none."""
        question, key = self._question(name)
        title = before_title + (self._title(question, key) if isinstance(question, GroupQuestion) else question.title)
        query = question.query
        if isinstance(question, GroupQuestion):
            query = query.narrowed({question.by: (key,)})
        if stage:
            query = query.narrowed({"stage": (stage,)})
        try:
            answer = ledger.ask(query) if ledger else None
        except UnknownDimensionError:
            answer = None
        if answer is None:
            return Fact(prefix + name, title, None, (), key)
        return Fact(prefix + name, title, answer.value, answer.lines, key)

    def _question(self, name: str) -> tuple[FactQuestion | GroupQuestion, str]:
        """The question of a name, and the part that it asks for."""
        group, _, key = name.rpartition(".")
        if group in self.catalogue.groups:
            return self.catalogue.groups[group], key
        return self.catalogue.facts[name], ""

    def _ordered(self, question: GroupQuestion, values: list[str]) -> list[str]:
        if question.by != "unit":
            return values
        return [unit.id for unit in self._disclosure.department.units if unit.id in values]

    def _title(self, question: GroupQuestion, key: str) -> str:
        if question.by in CLASSIFICATION_OF:
            classification = CLASSIFICATION_OF[question.by]
            dictionary: Dictionary = self._disclosure.dictionaries[classification]
            return dictionary.lineage(key) if question.lineage else dictionary.name(key)
        if question.by == "unit":
            return self._disclosure.department.unit(key).short_name
        return self.catalogue.facts[f"{question.query.sources[0]}.{key}"].title
