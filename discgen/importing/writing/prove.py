"""Texts that an import would write, read back before any file is touched: they must hold what was imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from discgen.importing.imported import ImportedFacts
from discgen.importing.problems import refuse
from discgen.importing.sheets.words import project_key
from discgen.load.target import schema_of
from discgen.load.year import YearFiles
from discgen.model.build import TreeSet, build
from discgen.model.disclosure import Disclosure
from discgen.model.line import Line, Source
from discgen.reference.codes import OwnCode
from discgen.validate.schema import validate
from discgen.yamltext.edit import EditedFile
from discgen.yamltext.tree import Tree

_ALWAYS = (
    "stage",
    "fund",
    "origin",
    "nature",
    "income_code",
    "department_economic_code",
    "government_economic_code",
    "item",
)
"""The dimensions that a line must have kept on its way through the file."""


def prove(  # noqa: PLR0913, PLR0917 - what is there, what would be there, and what it must hold
    year: YearFiles,
    department: Tree,
    texts: Mapping[str, str],
    skeletons: Mapping[str, str],
    facts: ImportedFacts,
    codes: Sequence[OwnCode] = (),
) -> Disclosure:
    """Read what would be written, with the workspace's own `codes`: it must hold the lines that were imported.

    Raises ImportProblemsError.
    """
    trees = {file: EditedFile(text, file).tree for file, text in texts.items()}
    facts_tree = trees[year.facts.file]
    projects = tuple(tree for file, tree in trees.items() if schema_of(file) == "project")
    findings = [*validate(facts_tree, year.facts.schema)]
    findings += [finding for tree in projects for finding in validate(tree, "project")]
    if year.narrative.file in texts:
        findings += validate(trees[year.narrative.file], year.narrative.schema)
    refuse(f"写成文件后不对：{finding.place} {finding.message}" for finding in findings)
    narrative = EditedFile(texts.get(year.narrative.file) or skeletons[year.narrative.file], year.narrative.file).tree
    folders = {"projects": projects} if projects else {}
    disclosure, _ = build(TreeSet(department, facts_tree, narrative, folders, None), year.target, codes)
    names = {project.id: project.name for project in disclosure.projects}
    wanted = {**facts.lines, Source.PROJECT: tuple(line for project in facts.projects for line in project.lines)}
    for source, lines in wanted.items():
        read = _counted(disclosure.lines.get(source, ()), names)
        if read != _counted(lines, {}):
            lost = next(iter((_counted(lines, {}) - read) | (read - _counted(lines, {}))))
            raise AssertionError(f"{source} is not read back as it was imported: {lost}")
    return disclosure


def _counted(lines: Sequence[Line], names: Mapping[str, str]) -> Counter[tuple[Decimal | str, ...]]:
    """The lines with money by what must be kept of them; projects by their `names`."""
    counts: Counter[tuple[Decimal | str, ...]] = Counter()
    for line in lines:
        if line.amount:
            project = project_key(names.get(line.project or "", line.project or ""))
            counts[(line.amount, project, *(str(getattr(line, name) or "") for name in _ALWAYS))] += 1
    return counts
