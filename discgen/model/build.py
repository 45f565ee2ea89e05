"""Schema-valid trees of one department-year to a Disclosure."""

from __future__ import annotations

from dataclasses import dataclass

from discgen.codes.dictionary import Classification, load_dictionaries
from discgen.diagnostics import Diagnostic, error
from discgen.load.tree import Tree
from discgen.load.workspace import Target
from discgen.model.annex import Annex, load_annex
from discgen.model.assets import build_assets
from discgen.model.build_lines import budget_lines, declared_prior_lines
from discgen.model.build_project import build_project
from discgen.model.disclosure import (
    Department,
    Disclosure,
    Level,
    Lines,
    Narrative,
    Prior,
    Region,
    Unit,
)
from discgen.model.line import Source, UnitKind
from discgen.model.project import Project
from discgen.model.prose import Prose
from discgen.model.record import Record, Reference


@dataclass(frozen=True, slots=True)
class TreeSet:
    """The files of one department-year, read and schema-valid."""

    department: Tree
    facts: Tree
    narrative: Tree
    projects: tuple[Tree, ...]


def build(trees: TreeSet, target: Target) -> tuple[Disclosure, list[Diagnostic]]:
    """The disclosure that the files state, with every fact that cannot be what it says."""
    findings: list[Diagnostic] = []
    department = _department(Record(trees.department, (), "元", findings), target.year)
    unit = Record(trees.facts, (), "元", findings).text("unit")
    budget = Record(trees.facts, (), unit, findings)
    year = int(budget.text("year"))
    if year != target.year:
        budget.refuse("M004", "year", f"年度写的是{year}，文件夹是{target.year}", "两处改成一致")
    reference = Reference(
        load_dictionaries(year, department.additional_codes), {unit.id: unit.kind for unit in department.units}
    )
    projects = tuple(build_project(Record(tree, (), "元", findings), reference) for tree in trees.projects)
    disclosure = Disclosure(
        target=target,
        department=department,
        form=budget.text("form"),
        year=year,
        dictionaries=reference.dictionaries,
        lines=_all_lines(budget_lines(budget, reference), projects),
        projects=_by_unit(projects, tuple(reference.unit_kinds)),
        assets=build_assets(budget.at("assets")) if "assets" in budget else None,
        narrative=_narrative(Record(trees.narrative, (), "元", findings)),
        declared_prior=_prior(budget.at("prior"), reference) if "prior" in budget else None,
        merged_from=tuple(budget.texts("merged_from")),
        place=trees.facts.place(),
        form_place=trees.facts.place(("form",)),
    )
    return disclosure, findings


def _all_lines(lines: Lines, projects: tuple[Project, ...]) -> Lines:
    return {**lines, Source.PROJECT: tuple(line for project in projects for line in project.lines)}


def _by_unit(projects: tuple[Project, ...], unit_ids: tuple[str, ...]) -> tuple[Project, ...]:
    order = {unit: position for position, unit in enumerate(unit_ids)}
    return tuple(sorted(projects, key=lambda project: (order.get(project.unit, len(order)), project.id)))


def _department(file: Record, year: int) -> Department:
    """The department as it was called in `year`."""
    present = [row for row in file.each("units") if _is_of(row, year)]
    units = tuple(_unit(row) for row in present)
    region = file.at("region")
    seen: set[str] = set()
    for row, unit in zip(present, units, strict=True):
        if unit.id in seen:
            row.refuse("M005", "id", f"代号“{unit.id}”用了两次", "每个单位用自己的代号")
        seen.add(unit.id)
    former = sorted((row for row in file.each("former_names")), key=lambda row: int(row.text("until")))
    named = next((row for row in former if year <= int(row.text("until"))), file)
    return Department(
        code=file.text("code"),
        name=named.text("name"),
        short_name=named.text("short_name"),
        region=Region(region.text("name"), Level(region.text("level"))),
        units=units,
        additional_codes=tuple(
            (Classification(row.text("classification")), row.text("code"), row.text("name"))
            for row in file.each("additional_codes")
        ),
    )


def _is_of(row: Record, year: int) -> bool:
    return int(row.optional("first_year", "0")) <= year <= int(row.optional("last_year", "9999"))


def _unit(row: Record) -> Unit:
    name = row.text("name")
    return Unit(row.text("id"), name, row.optional("short_name", name), UnitKind(row.text("kind")))


def _narrative(file: Record) -> Narrative:
    overview = file.at("overview")
    organisation = overview.at("organisation")
    duties = tuple(
        Prose(text, file.tree.place((*overview.path, "duties", index)))
        for index, text in enumerate(overview.texts("duties"))
    )
    return Narrative(
        duties,
        tuple(organisation.texts("offices")),
        tuple(organisation.texts("centres")),
        _prose(file.at("reasons")) if "reasons" in file else {},
        _prose(file.at("notes")) if "notes" in file else {},
        tuple(_annex(row) for row in file.each("annexes")),
        file.tree.key_place(("reasons",)),
    )


def _annex(row: Record) -> Annex:
    annex = Annex(row.text("data"), row.text("title"), row.tree.place(row.path))
    try:
        load_annex(annex.data)
    except FileNotFoundError:
        row.refuse("M009", "data", f"没有附件数据“{annex.data}”", "文件名见templates/annexes/")
    return annex


def _prose(section: Record) -> dict[str, Prose]:
    return {key: section.prose(key) for key in section}


def _prior(prior: Record, reference: Reference) -> Prior:
    return Prior(prior.text("source"), declared_prior_lines(prior, reference), prior.tree.place(prior.path))


def conflicting_prior(disclosure: Disclosure) -> list[Diagnostic]:
    """The finding where last year is both declared and in the workspace."""
    if disclosure.declared_prior is None:
        return []
    hint = "删去prior，程序自己从上年文件取数"
    return [error("M006", "上年已有文件，不再录入上年数", disclosure.declared_prior.place, hint)]
