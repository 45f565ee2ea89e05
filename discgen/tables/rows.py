"""The rows of a block before they are filled: fixed ones, and those made from the lines.

A row has its texts, its question, and the row it adds up to. Each kind of
made row has a small function in `MAKERS`; a form names it with `each`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from msgspec import Struct, field
from msgspec.structs import replace

from discgen.diagnostics import Place
from discgen.form.table_spec import LABELLED, NOWHERE, BlockSpec, RowSpec
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import CLASSIFICATION_OF, UnknownDimensionError
from discgen.model.assets import Assets, VehicleUse
from discgen.model.disclosure import Disclosure
from discgen.model.line import Line, Source
from discgen.phrases import chinese_number
from discgen.reference.codes import CLASS_DIGITS, Classification


class PlannedRow(Struct, frozen=True):
    """A row to fill. `texts` are what its text columns show, by the column's `show`.

    `fill` stands in its amount columns where it asks for no amount; `place` is its spec's.
    """

    id: str
    kind: str
    texts: Mapping[str, str]
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    parent: str = ""
    parts: tuple[str, ...] = ()
    depth: int = 0
    fill: str | None = None
    place: Place = NOWHERE

    @property
    def has_amounts(self) -> bool:
        """Whether the row asks for amounts."""
        return self.fill is None and self.kind not in ("blank", "heading")


class RowContext(Struct, frozen=True):
    """What the functions of `MAKERS` may look at."""

    spec: RowSpec
    block: BlockSpec
    ledger: Ledger
    disclosure: Disclosure

    def id(self, value: str) -> str:
        """The id of a made row, which no fixed row's can be."""
        return f"{self.spec.each}:{value}"


def plan_rows(specs: tuple[RowSpec, ...], block: BlockSpec, ledger: Ledger, disclosure: Disclosure) -> list[PlannedRow]:
    """The rows of `specs`, in order; none of a kind that cannot be made, since lines do not know what it takes."""
    planned: list[PlannedRow] = []
    for spec in specs:
        if not spec.each:
            planned.append(_fixed(spec, block, disclosure))
            continue
        with suppress(UnknownDimensionError):
            planned += [
                replace(row, place=spec.place) for row in MAKERS[spec.each](RowContext(spec, block, ledger, disclosure))
            ]
    return planned


def _fixed(spec: RowSpec, block: BlockSpec, disclosure: Disclosure) -> PlannedRow:
    shown = {column.show for column in block.flat_columns()}
    label = spec.label.format(department=disclosure.department.name)
    texts = {next((column for column in LABELLED if column in shown), "label"): label}
    fill = None
    if spec.count:
        number = counted(spec.count, disclosure.assets)
        fill = str(number) if number else ""
    return PlannedRow(
        spec.id,
        spec.kind,
        texts,
        spec.where,
        spec.sources,
        parts=spec.parts,
        depth=spec.depth,
        fill=fill,
        place=spec.place,
    )


def _function_codes(context: RowContext) -> Iterator[PlannedRow]:
    """类, 款 and 项 of expenditure, each below its parent."""
    return _code_tree(context, "function_code")


def _income_codes(context: RowContext) -> Iterator[PlannedRow]:
    """类, 款 and 项 of income, each below its parent."""
    return _code_tree(context, "income_code")


def _department_economic_codes(context: RowContext) -> Iterator[PlannedRow]:
    """类 and 款 of 部门预算支出经济分类."""
    return _code_tree(context, "department_economic_code")


def _code_tree(context: RowContext, dimension: str) -> Iterator[PlannedRow]:
    classification = CLASSIFICATION_OF[dimension]
    dictionary = context.disclosure.dictionaries[classification]
    seen: set[str] = set()
    finest = context.ledger.values(context.block.base, dimension)
    digits = max(map(len, finest), default=0)
    for finest_code in finest:
        parent = context.spec.under
        for depth, code in enumerate(classification.ancestry(finest_code)):
            if code not in seen:
                texts = {"code": code, "name": dictionary.name(code)} | _ranks(code)
                kind = "line" if len(code) == digits else "subtotal"  # a 类 without 款 is set as the other 类 are
                yield PlannedRow(context.id(code), kind, texts, {dimension: (code,)}, parent=parent, depth=depth)
            seen.add(code)
            parent = context.id(code)


def _ranks(code: str) -> dict[str, str]:
    """A code over three columns: 2010306 is 201, 03, 06."""
    return {"class_code": code[:3], "group_code": code[3:5], "item_code": code[5:7]}


def _function_classes(context: RowContext) -> Iterator[PlannedRow]:
    """All 类 of the year, or those with money in them."""
    dictionary = context.disclosure.dictionaries[Classification.FUNCTION]
    used = {code[:CLASS_DIGITS] for code in context.ledger.values(context.block.base, "function_code")}
    left_out = set(dictionary.classes()) if context.spec.present else set(context.spec.without)
    classes = [code for code in dictionary.classes() if code in used or code not in left_out]
    for number, code in enumerate(classes, start=1):
        prefix = f"{chinese_number(number)}、" if context.spec.numbered else ""
        texts = {"label": prefix + dictionary.name(code)}
        yield PlannedRow(context.id(code), "line", texts, {"function_code": (code,)}, parent=context.spec.under)


def _economic_pairs(context: RowContext) -> Iterator[PlannedRow]:
    """部门经济分类 by 类, and below each its pairs with 政府经济分类, apart for 行政 and 事业 units."""
    department = context.disclosure.dictionaries[Classification.DEPARTMENT_ECONOMIC]
    government = context.disclosure.dictionaries[Classification.GOVERNMENT_ECONOMIC]
    parent = ""
    for code, partner, kind in _pairs(context.ledger.ask(context.block.base).lines):
        if code[:3] != parent:
            parent = code[:3]
            texts = {"department_economic_name": department.name(parent)}
            where = {"department_economic_code": (parent,)}
            yield PlannedRow(context.id(parent), "subtotal", texts, where, parent=context.spec.under)
        where = {"department_economic_code": (code,)}
        if partner:  # lines of a draft may have none
            where["government_economic_code"] = (partner,)
        if kind:
            where["unit_kind"] = (kind,)
        texts = {
            "department_economic_name": department.name(code),
            "government_economic_name": government.name(partner) if partner else "",
        }
        yield PlannedRow(
            context.id(f"{code}/{partner}/{kind}"), "line", texts, where, parent=context.id(parent), depth=1
        )


def _pairs(lines: tuple[Line, ...]) -> list[tuple[str, str, str]]:
    """Codes of both classifications with the kind of unit; no kind where any line of the pair lacks it."""
    kinds: dict[tuple[str, str], set[str]] = {}
    for line in lines:
        pair = (line.department_economic_code or "", line.government_economic_code or "")
        kinds.setdefault(pair, set()).add(line.unit_kind or "")
    return sorted((*pair, kind) for pair, known in kinds.items() for kind in ({""} if "" in known else known))


def _units(context: RowContext) -> Iterator[PlannedRow]:
    """The units that have lines, in the department's order."""
    present = context.ledger.values(context.block.base, "unit")
    for unit in context.disclosure.department.units:
        if unit.id in present:
            where = {"unit": (unit.id,)}
            yield PlannedRow(context.id(unit.id), "line", {"label": unit.name}, where, parent=context.spec.under)


def _projects(context: RowContext) -> Iterator[PlannedRow]:
    """The projects that have lines, by unit and file name."""
    present = context.ledger.values(context.block.base, "project")
    for project in context.disclosure.projects:
        if project.id in present:
            where = {"project": (project.id,)}
            yield PlannedRow(context.id(project.id), "line", {"label": project.name}, where, parent=context.spec.under)


def _projects_by_unit(context: RowContext) -> Iterator[PlannedRow]:
    """The units that have projects, each with its projects below it."""
    depth = context.spec.depth
    for unit in _units(context):
        yield replace(unit, kind="subtotal", depth=depth)
        for project in _projects(context):
            if context.disclosure.project(project.where["project"][0]).unit == unit.where["unit"][0]:
                yield replace(project, parent=unit.id, depth=depth + 1)


_NOT_APPLICABLE = "——"


def _catalogue(context: RowContext) -> Iterator[PlannedRow]:
    """部门预算支出经济分类 as the form prints it whole, from `first` to `last`, with or without money.

    What the form does not print stands there all the same where it has money: that must be in some cell.
    """
    dictionary = context.disclosure.dictionaries[Classification.DEPARTMENT_ECONOMIC]
    spec = context.spec
    finest = context.ledger.values(context.block.base, "department_economic_code")
    used = {code[:digits] for code in finest for digits in (CLASS_DIGITS, len(code))}
    for code in dictionary.names:
        is_printed = code in used if spec.present else code in used or code not in spec.without
        if spec.first <= code <= spec.last and is_printed:
            is_class = len(code) == CLASS_DIGITS
            yield PlannedRow(
                context.id(code),
                "subtotal" if is_class else "line",
                {"code": code, "name": dictionary.name(code)} | _ranks(code),
                {"department_economic_code": (code,)},
                parent="" if is_class else _class_row(context, code),
                fill=_NOT_APPLICABLE if code[:CLASS_DIGITS] in spec.not_applicable else None,
            )


def _class_row(context: RowContext, code: str) -> str:
    """The row of the code's class, where the same run of rows has it whole: 310 may go on in the next block."""
    class_code = code[:CLASS_DIGITS]
    dictionary = context.disclosure.dictionaries[Classification.DEPARTMENT_ECONOMIC]
    below = [known for known in dictionary.names if known.startswith(class_code)]
    whole = context.spec.first <= class_code and below[-1] <= context.spec.last
    return context.id(class_code) if whole else ""


MAKERS: Mapping[str, Callable[[RowContext], Iterator[PlannedRow]]] = {
    "function_code": _function_codes,
    "income_code": _income_codes,
    "function_class": _function_classes,
    "economic_pair": _economic_pairs,
    "unit": _units,
    "project": _projects,
    "project_by_unit": _projects_by_unit,
    "department_economic_code": _department_economic_codes,
    "department_economic_catalogue": _catalogue,
}


def counted(name: str, assets: Assets | None) -> int:
    """The count called `vehicles.total`, `vehicles.<use>` or `equipment.<kind>`; zero where nothing is written.

    Raises ValueError for any other name.
    """
    of, _, what = name.partition(".")
    if of == "equipment" and what in ("general_over_500k", "special_over_1m"):
        equipment = assets.equipment if assets else None
        return (getattr(equipment, what) or 0) if equipment else 0
    if of == "vehicles":
        if what == "total":
            return assets.owned_vehicles.total if assets else 0
        return assets.owned_by_use.get(VehicleUse(what), 0) if assets else 0
    raise ValueError(f"no such count: {name}")
