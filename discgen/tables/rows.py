"""The rows of a block before they are filled: fixed ones, and those made from the lines.

A row says what it is called, what it asks for, and which row it adds up to. Each kind of
made row is one small function in `MAKERS`; a form names it with `each`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from discgen.codes.dictionary import Classification
from discgen.form.form import FormError
from discgen.form.table_spec import BlockSpec, RowSpec, Where
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import CLASSIFICATION_OF
from discgen.model.disclosure import Disclosure
from discgen.model.line import Line
from discgen.phrases import chinese_number


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row to fill. `texts` are what its text columns show, by the column's `show`."""

    id: str
    kind: str
    texts: Mapping[str, str]
    where: Where = field(default_factory=dict)
    parent: str = ""
    parts: tuple[str, ...] = ()
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Maker:
    """What a maker of rows may look at."""

    spec: RowSpec
    block: BlockSpec
    ledger: Ledger
    disclosure: Disclosure

    def id(self, value: str) -> str:
        """The id of a made row, which no fixed row's can be."""
        return f"{self.spec.each}:{value}"


def plan_rows(specs: tuple[RowSpec, ...], block: BlockSpec, ledger: Ledger, disclosure: Disclosure) -> list[PlannedRow]:
    """The rows of `specs`, in order."""
    planned: list[PlannedRow] = []
    for spec in specs:
        if spec.each:
            planned += MAKERS[spec.each](Maker(spec, block, ledger, disclosure))
        else:
            planned.append(_fixed(spec))
    ids = [row.id for row in planned]
    if len(set(ids)) < len(ids):
        raise FormError(f"{block.base.source}: two rows of a block have the same id")
    return planned


def _fixed(spec: RowSpec) -> PlannedRow:
    texts = dict.fromkeys(("label", "code", "department_economic_name"), spec.label)
    return PlannedRow(spec.id, spec.kind, texts, spec.where, parts=spec.parts, depth=spec.depth)


def _function_codes(maker: Maker) -> Iterator[PlannedRow]:
    """类, 款 and 项 of expenditure, each below the one it belongs to."""
    return _code_tree(maker, "function_code")


def _income_codes(maker: Maker) -> Iterator[PlannedRow]:
    """类, 款 and 项 of income, each below the one it belongs to."""
    return _code_tree(maker, "income_code")


def _code_tree(maker: Maker, dimension: str) -> Iterator[PlannedRow]:
    classification = CLASSIFICATION_OF[dimension]
    dictionary = maker.disclosure.dictionaries[classification]
    seen: set[str] = set()
    for leaf in maker.ledger.values(maker.block.base, dimension):
        parent = maker.spec.under
        for depth, code in enumerate(classification.ancestry(leaf)):
            if code not in seen:
                texts = {"code": code, "name": dictionary.name(code)}
                kind = "line" if code == leaf else "subtotal"
                yield PlannedRow(maker.id(code), kind, texts, {dimension: (code,)}, parent, depth=depth)
            seen.add(code)
            parent = maker.id(code)


def _function_classes(maker: Maker) -> Iterator[PlannedRow]:
    """All 类 of the year, whether or not there is money in them."""
    dictionary = maker.disclosure.dictionaries[Classification.FUNCTION]
    for number, code in enumerate(dictionary.classes(), start=1):
        prefix = f"{chinese_number(number)}、" if maker.spec.numbered else ""
        texts = {"label": prefix + dictionary.name(code)}
        yield PlannedRow(maker.id(code), "line", texts, {"function_code": (code,)}, maker.spec.under)


def _economic_pairs(maker: Maker) -> Iterator[PlannedRow]:
    """部门经济分类 by 类, and below each its pairs with 政府经济分类, apart for 行政 and 事业 units."""
    department = maker.disclosure.dictionaries[Classification.DEPARTMENT_ECONOMIC]
    government = maker.disclosure.dictionaries[Classification.GOVERNMENT_ECONOMIC]
    parent = ""
    for one, other, kind in _pairs(maker.ledger.ask(maker.block.base).lines):
        if one[:3] != parent:
            parent = one[:3]
            texts = {"department_economic_name": department.name(parent)}
            where = {"department_economic_code": (parent,)}
            yield PlannedRow(maker.id(parent), "subtotal", texts, where, maker.spec.under)
        where = {"department_economic_code": (one,), "government_economic_code": (other,)}
        if kind:
            where["unit_kind"] = (kind,)
        texts = {"department_economic_name": department.name(one), "government_economic_name": government.name(other)}
        yield PlannedRow(maker.id(f"{one}/{other}/{kind}"), "line", texts, where, maker.id(parent), depth=1)


def _pairs(lines: tuple[Line, ...]) -> list[tuple[str, str, str]]:
    """Codes of both classifications with the kind of unit; no kind where any line of the pair lacks it."""
    kinds: dict[tuple[str, str], set[str]] = {}
    for line in lines:
        pair = (line.department_economic_code or "", line.government_economic_code or "")
        kinds.setdefault(pair, set()).add(line.unit_kind or "")
    return sorted((*pair, kind) for pair, found in kinds.items() for kind in ({""} if "" in found else found))


def _units(maker: Maker) -> Iterator[PlannedRow]:
    """The units that have lines, in the department's order."""
    present = maker.ledger.values(maker.block.base, "unit")
    for unit in maker.disclosure.department.units:
        if unit.id in present:
            yield PlannedRow(maker.id(unit.id), "line", {"label": unit.name}, {"unit": (unit.id,)}, maker.spec.under)


def _projects(maker: Maker) -> Iterator[PlannedRow]:
    """The projects that have lines, by unit and file name."""
    present = maker.ledger.values(maker.block.base, "project")
    for project in maker.disclosure.projects:
        if project.id in present:
            where = {"project": (project.id,)}
            yield PlannedRow(maker.id(project.id), "line", {"label": project.name}, where, maker.spec.under)


MAKERS: Mapping[str, Callable[[Maker], Iterator[PlannedRow]]] = {
    "function_code": _function_codes,
    "income_code": _income_codes,
    "function_class": _function_classes,
    "economic_pair": _economic_pairs,
    "unit": _units,
    "project": _projects,
}
