"""Schema-valid trees of one department-year to a Disclosure; and the wrong codes in trees that are not schema-valid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from discgen.diagnostics import Diagnostic, DocumentPath
from discgen.load.target import Target
from discgen.model.build_lines import accounts_lines, budget_lines, declared_lines, executed_before
from discgen.model.department import build_department
from discgen.model.disclosure import Annex, Disclosure, Narrative, Prior, load_annex
from discgen.model.evaluation import build_evaluation
from discgen.model.line import Lines, Source
from discgen.model.project import Project, build_project, build_separate_sheet
from discgen.model.prose import Prose
from discgen.model.record import Record, Reference
from discgen.model.stated import build_stated
from discgen.model.waiver import build_waivers
from discgen.reference.codes import Classification, OwnCode, load_dictionaries
from discgen.yamltext.tree import Node, Tree

_CLASSIFICATIONS = {
    "function": Classification.FUNCTION,
    "code": Classification.INCOME,
    "department": Classification.DEPARTMENT_ECONOMIC,
    "government": Classification.GOVERNMENT_ECONOMIC,
}
"""Which dictionary the value of a key is looked up in."""
_NAMES = tuple(Classification)
_DIGITS = re.compile(r"[0-9]{3,7}")
_CODE = re.compile(r"([0-9]{5}|[0-9]{7})( .+)?")


class TreeSet(Struct, frozen=True):
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


def build(trees: TreeSet, target: Target, own: Sequence[OwnCode] = ()) -> tuple[Disclosure, list[Diagnostic]]:
    """The disclosure that the files state, and a finding for every fact that cannot be right.

    `own` are the workspace's codes.
    """
    findings: list[Diagnostic] = []
    department = build_department(Record(trees.department, (), "元", findings), target.year)
    unit = Record(trees.facts, (), "元", findings).text("unit")
    facts = Record(trees.facts, (), unit, findings)
    year = int(facts.text("year"))
    if year != target.year:
        facts.refuse("M004", "year", f"年度写的是{year}，文件夹是{target.year}", "两处改成一致")
    reference = Reference(
        load_dictionaries(year, department.additional_codes, own),
        {unit.id: unit.kind for unit in department.units},
        {unit.id: unit.name for unit in department.units},
    )
    files = {folder: [Record(tree, (), "元", findings) for tree in read] for folder, read in trees.folders.items()}
    projects = tuple(build_project(file, reference) for file in files.get("projects", ()))
    if target.kind == "accounts":
        lines = accounts_lines(facts, reference)
    else:
        lines = _all_lines(budget_lines(facts, reference), projects)
    stated, stated_by_unit = build_stated(facts, reference)
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
        stated=stated,
        stated_by_unit=stated_by_unit,
        narrative=build_narrative(Record(trees.narrative, (), "元", findings)),
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
        prior_executed=executed_before(facts, reference),
    )
    return disclosure, findings


def _all_lines(lines: Lines, projects: tuple[Project, ...]) -> Lines:
    return {**lines, Source.PROJECT: tuple(line for project in projects for line in project.lines)}


def _by_unit(projects: tuple[Project, ...], unit_ids: tuple[str, ...]) -> tuple[Project, ...]:
    order = {unit: position for position, unit in enumerate(unit_ids)}
    return tuple(sorted(projects, key=lambda project: (order.get(project.unit, len(order)), project.id)))


def build_narrative(file: Record) -> Narrative:
    """The prose of a file, of a department or of a unit."""
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
        budget_reasons=file.proses("budget_reasons"),
        budget_reasons_by_code=file.proses("budget_reasons_by_code"),
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


def unknown_codes(
    trees: Iterable[Tree], department: Tree | None, year: int, own: Sequence[OwnCode] = ()
) -> list[Diagnostic]:
    """The findings C001 and C002 of all values that are spelled like codes where codes belong.

    None where the department's file cannot be read: which codes it adds is not known then.
    """
    if department is None or not isinstance(department.root, dict):
        return []
    dictionaries = load_dictionaries(year, _added(department.root), own)
    findings: list[Diagnostic] = []
    for tree in trees:
        for path, mapping in _mappings(tree.root, ()):
            record = Record(tree, path, "元", findings)
            for key, classification in _CLASSIFICATIONS.items():
                written = mapping.get(key)
                if isinstance(written, str) and _CODE.fullmatch(written):
                    record.code(key, dictionaries[classification])
    return findings


def _added(department: dict[str, Node]) -> Iterator[tuple[Classification, str, str]]:
    """What the department adds to the dictionaries, as far as that can be read."""
    added = department.get("additional_codes")
    for row in added if isinstance(added, list) else []:
        if isinstance(row, dict) and row.get("classification") in _NAMES and _DIGITS.fullmatch(str(row.get("code"))):
            yield Classification(str(row["classification"])), str(row["code"]), str(row.get("name"))


def _mappings(node: Node, path: DocumentPath) -> Iterator[tuple[DocumentPath, dict[str, Node]]]:
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            yield from _mappings(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _mappings(value, (*path, index))
