"""Schema-valid trees of one department-year to a Disclosure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from discgen.codes.dictionary import CLASS_DIGITS, Classification, load_dictionaries
from discgen.diagnostics import Diagnostic, DocumentPath, error
from discgen.load.tree import Tree
from discgen.load.workspace import Target
from discgen.model.annex import Annex, load_annex
from discgen.model.assets import build_assets
from discgen.model.build_lines import accounts_lines, budget_lines, declared_lines
from discgen.model.build_project import build_project, build_separate_sheet
from discgen.model.disclosure import (
    Department,
    Disclosure,
    Grade,
    Level,
    Narrative,
    Performance,
    Prior,
    Region,
    Reserved,
    Unit,
)
from discgen.model.evaluation import build_evaluation
from discgen.model.line import Lines, Source, UnitKind
from discgen.model.project import Project
from discgen.model.prose import Prose
from discgen.model.record import Record, Reference
from discgen.model.waiver import build_waivers
from discgen.money import ZERO


@dataclass(frozen=True, slots=True)
class TreeSet:
    """The files of one department-year and kind, read and schema-valid; those of folders by the folder's name."""

    department: Tree
    facts: Tree
    narrative: Tree
    folders: Mapping[str, tuple[Tree, ...]]
    waivers: Tree | None
    spoilt_waivers: frozenset[DocumentPath] = frozenset()
    """Where in them there are errors."""

    def all(self) -> tuple[Tree, ...]:
        """Every tree, the department's first."""
        inside = [tree for trees in self.folders.values() for tree in trees]
        return (self.department, self.facts, self.narrative, *inside, *([self.waivers] if self.waivers else []))


def build(trees: TreeSet, target: Target) -> tuple[Disclosure, list[Diagnostic]]:
    """The disclosure that the files state, with every fact that cannot be what it says."""
    findings: list[Diagnostic] = []
    department = _department(Record(trees.department, (), "元", findings), target.year)
    unit = Record(trees.facts, (), "元", findings).text("unit")
    facts = Record(trees.facts, (), unit, findings)
    year = int(facts.text("year"))
    if year != target.year:
        facts.refuse("M004", "year", f"年度写的是{year}，文件夹是{target.year}", "两处改成一致")
    reference = Reference(
        load_dictionaries(year, department.additional_codes), {unit.id: unit.kind for unit in department.units}
    )
    files = {folder: [Record(tree, (), "元", findings) for tree in found] for folder, found in trees.folders.items()}
    projects = tuple(build_project(file, reference) for file in files.get("projects", ()))
    if target.kind == "accounts":
        lines = accounts_lines(facts, reference)
    else:
        lines = _all_lines(budget_lines(facts, reference), projects)
    disclosure = Disclosure(
        target=target,
        department=department,
        form=facts.text("form"),
        year=year,
        dictionaries=reference.dictionaries,
        lines=lines,
        projects=_by_unit(projects, tuple(reference.unit_kinds)),
        separate_sheets=tuple(build_separate_sheet(file) for file in files.get("goal_sheets", ())),
        evaluations=tuple(build_evaluation(file, reference) for file in files.get("evaluations", ())),
        assets=build_assets(facts.at("assets"), reference) if "assets" in facts else None,
        performance=_performance(facts.at("performance")) if "performance" in facts else None,
        reserved=_reserved(facts),
        counts={key: facts.at("counts").count(key) for key in facts.at("counts")} if "counts" in facts else {},
        reception=_reception(facts.at("reception")) if "reception" in facts else {},
        narrative=_narrative(Record(trees.narrative, (), "元", findings)),
        declared_prior=_declared(facts, "prior", reference),
        declared_approved=_declared(facts, "approved", reference),
        approved_on=facts.day("approved_on") if "approved_on" in facts else None,
        published_on=facts.day("published_on") if "published_on" in facts else None,
        merged_from=tuple(facts.texts("merged_from")),
        merged_place=trees.facts.place(("merged_from",)),
        files=trees.all(),
        waivers=build_waivers(trees.waivers, trees.spoilt_waivers) if trees.waivers else (),
        place=trees.facts.place(),
        unit_place=trees.facts.place(("unit",)),
        form_place=trees.facts.place(("form",)),
    )
    return disclosure, findings


def _reception(row: Record) -> dict[str, Decimal]:
    return {kind: row.amount(kind) if kind in row else ZERO for kind in ("domestic", "foreign", "overseas")}


def _performance(row: Record) -> Performance:
    grades = {grade: row.at("grades").count(grade) for grade in Grade} if "grades" in row else {}
    amount, evaluated_amount = (row.amount(key) if key in row else None for key in ("amount", "evaluated_amount"))
    return Performance(
        row.count("units"),
        row.count("projects"),
        amount,
        grades,
        row.count("evaluated"),
        evaluated_amount,
        row.tree.place(row.path),
    )


def _reserved(facts: Record) -> Reserved | None:
    if "procurement" not in facts or "reserved" not in facts.at("procurement"):
        return None
    row = facts.at("procurement", "reserved")
    return Reserved(row.amount("sme"), row.amount("micro"), row.tree.place(row.path))


def _all_lines(lines: Lines, projects: tuple[Project, ...]) -> Lines:
    return {**lines, Source.PROJECT: tuple(line for project in projects for line in project.lines)}


def _by_unit(projects: tuple[Project, ...], unit_ids: tuple[str, ...]) -> tuple[Project, ...]:
    order = {unit: position for position, unit in enumerate(unit_ids)}
    return tuple(sorted(projects, key=lambda project: (order.get(project.unit, len(order)), project.id)))


def department_of(tree: Tree, year: int) -> Department:
    """The department of a schema-valid `department.yaml`, as it was called in `year`."""
    return _department(Record(tree, (), "元", []), year)


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
        code=file.optional("code"),
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
    return Unit(
        row.text("id"), name, row.optional("short_name", name), UnitKind(row.text("kind")), row.optional("code")
    )


def _narrative(file: Record) -> Narrative:
    overview = file.at("overview")
    organisation = overview.at("organisation") if "organisation" in overview else None
    duties = tuple(
        Prose(text, file.tree.place((*overview.path, "duties", index)), file.tree)
        for index, text in enumerate(overview.texts("duties"))
    )
    return Narrative(
        introduction=overview.prose("introduction") if "introduction" in overview else None,
        duties=duties,
        offices=tuple(organisation.texts("offices")) if organisation else (),
        centres=tuple(organisation.texts("centres")) if organisation else (),
        reasons=file.proses("reasons"),
        reasons_by_code=file.proses("reasons_by_code"),
        purposes=file.proses("purposes"),
        notes=file.proses("notes"),
        annexes=tuple(_annex(row) for row in file.each("annexes")),
        place=file.tree.key_place(("reasons",)),
        purposes_place=file.tree.key_place(("purposes",)),
    )


def _annex(row: Record) -> Annex:
    annex = Annex(row.text("data"), row.text("title"), row.tree.place(row.path))
    try:
        load_annex(annex.data)
    except FileNotFoundError:
        row.refuse("M009", "data", f"没有附件数据“{annex.data}”", "文件名见templates/annexes/")
    return annex


def _declared(facts: Record, key: str, reference: Reference) -> Prior | None:
    if key not in facts:
        return None
    row = facts.at(key)
    lines = declared_lines(row, reference) if "income" in row or "expenditure" in row else {}
    return Prior(row.text("source"), lines, row.tree.key_place(row.path))


def conflicting_prior(disclosure: Disclosure) -> list[Diagnostic]:
    """The finding where last year is both declared and in the workspace."""
    if disclosure.declared_prior is None:
        return []
    hint = "删去prior，程序自己从上年文件取数"
    return [error("M006", "上年已有文件，不再录入上年数", disclosure.declared_prior.place, hint)]


def unknown_classes(disclosure: Disclosure, joined: Disclosure) -> list[Diagnostic]:
    """A finding for each 类 that a department which joined used last year, and that this one has no name for."""
    named = {"function_code": Classification.FUNCTION, "department_economic_code": Classification.DEPARTMENT_ECONOMIC}
    found: list[Diagnostic] = []
    for dimension, classification in named.items():
        codes = {getattr(line, dimension) for lines in joined.lines.values() for line in lines} - {None}
        classes = {code[:CLASS_DIGITS] for code in codes}
        for code in sorted(classes - disclosure.dictionaries[classification].names.keys()):
            said = f"{classification.label}里没有{code}，并入的部门“{joined.target.department}”上年用了它"
            hint = "写进本部门department.yaml的additional_codes并注明出处"
            found.append(error("C001", said, disclosure.merged_place, hint))
    return found


def conflicting_approved(disclosure: Disclosure) -> list[Diagnostic]:
    """The finding where the year's budget is both declared and in the workspace."""
    if disclosure.declared_approved is None:
        return []
    hint = "删去approved，程序自己从budget.yaml取数"
    return [error("M011", "本年度已有budget.yaml，不再录入年初预算数", disclosure.declared_approved.place, hint)]
