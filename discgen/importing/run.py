"""Files that somebody has to files of a department-year: read, understood, composed, proved, then written together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from discgen.authoring.edit import EditedFile, UneditableError
from discgen.authoring.new_files import RefusedError
from discgen.authoring.skeleton import forms_of, year_skeletons
from discgen.codes.dictionary import load_dictionaries
from discgen.diagnostics import has_errors
from discgen.files import reason, replace_files
from discgen.fmt.layout import UnformattableError
from discgen.form.form import load_form
from discgen.importing.entry import SheetReport
from discgen.importing.facts import ImportedFacts
from discgen.importing.file_texts import ProjectFiles, facts_text
from discgen.importing.read_csv import read_csv
from discgen.importing.sections import Sections
from discgen.importing.sheet import Sheet
from discgen.importing.trouble import ImportTroubleError
from discgen.importing.understand import Options, understand
from discgen.importing.values import Values
from discgen.load.tree import Tree
from discgen.load.workspace import KINDS, Target, Workspace
from discgen.model.build import TreeSet, build, department_of
from discgen.model.line import Line, Source
from discgen.model.record import Reference
from discgen.validate.schema import validate

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


@dataclass(frozen=True, slots=True)
class Import:
    """What is to become of the files: what was understood, and the texts by file that differ from what is there."""

    target: Target
    sheets: tuple[SheetReport, ...]
    remarks: tuple[str, ...]
    texts: Mapping[Path, str]


def plan_import(workspace: Workspace, target: Target, files: Sequence[Path], options: Options) -> Import:
    """Understand the files and compose what would be written; writes nothing.

    Raises ImportTroubleError for what the files say, RefusedError for what may not be replaced or
    is not there.
    """
    department = _department_tree(workspace, target)
    known = department_of(department, target.year)
    values = Values(known, load_dictionaries(target.year, known.additional_codes))
    sheets = [sheet for file in files for sheet in _sheets(file)]
    base = _existing(workspace, target)
    form = _written_form(base, options.form)
    understood = understand(sheets, values, target, Options(options.unit, form, options.ignored, options.force))
    try:
        skeletons = year_skeletons(workspace, target, load_form(_form(target, understood.form)))
        texts = _Composer(workspace, target, base, skeletons, options).texts(understood.facts, values)
    except (UneditableError, UnformattableError) as trouble:
        raise RefusedError(f"现有的文件还有写法问题，先改好再导入：{trouble}") from trouble
    _prove(target, department, texts, skeletons, understood.facts)
    remarks = [*understood.facts.remarks, *_left(texts, base, understood.facts)]
    changed = {workspace.root / file: text for file, text in texts.items() if base.get(file) != text}
    for path in changed:
        if not path.resolve().is_relative_to(workspace.root.resolve()):
            raise RefusedError(f"{path.relative_to(workspace.root).as_posix()}链接到了工作区之外")
    return Import(target, understood.sheets, tuple(remarks), changed)


def write_import(plan: Import) -> None:
    """Write all files, or none. Raises UnwritableError."""
    replace_files({path: text.encode() for path, text in plan.texts.items()})


def _sheets(path: Path) -> list[Sheet]:
    try:
        data = path.read_bytes()
    except OSError as trouble:
        raise RefusedError(f"{path} 读不出来：{reason(trouble)}") from trouble
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        # The library takes as long to load as a check of one department: only workbooks pay for it.
        from discgen.importing.read_xlsx import read_xlsx

        return read_xlsx(data, path.name)
    if path.suffix.lower() in (".csv", ".txt", ".tsv"):
        return [read_csv(data, path.name)]
    raise RefusedError(f"{path.name} 不是.xlsx或.csv；老的.xls用表格软件另存为.xlsx")


def _department_tree(workspace: Workspace, target: Target) -> Tree:
    path = workspace.departments / target.department / "department.yaml"
    if not path.is_file():
        raise RefusedError(f"没有部门“{target.department}”，先用discgen init新建")
    tree, findings = workspace.read(path)
    findings = findings or (validate(tree, "department") if tree else [])
    if tree is None or has_errors(findings):
        raise RefusedError(f"先改好department.yaml：{findings[0].place} {findings[0].message}")
    return tree


def _existing(workspace: Workspace, target: Target) -> dict[str, str]:
    """The files of the year and kind that are there, by their path in the workspace."""
    folder, kind = workspace.folder(target), KINDS[target.kind]
    own = [folder / f"{target.kind}.yaml", folder / kind.narrative]
    inside = [path for name in kind.folders for path in sorted((folder / name).glob("*.yaml"))]
    texts = {}
    for path in (*own, *inside):
        if path.exists() or path.is_symlink():
            tree, findings = workspace.read(path)
            if tree is None:
                raise RefusedError(f"先改好{findings[0].place}：{findings[0].message}")
            texts[path.relative_to(workspace.root).as_posix()] = path.read_text(encoding="utf-8-sig")
    return texts


def _written_form(base: Mapping[str, str], asked: str) -> str:
    """The form that the file of facts names, else the one asked for, else ''."""
    for file, text in base.items():
        if file.endswith(("/budget.yaml", "/accounts.yaml")):
            written = str(EditedFile(text, file).value("form") or "")
            if asked and asked != written:
                raise RefusedError(f"{file} 写的表式是{written}，--form说的是{asked}；先改文件，或不写--form")
            return written
    return asked


def _form(target: Target, name: str) -> str:
    known = forms_of(target.kind)
    if name not in known:
        said = f"没有表式“{name}”，可用的有" if name else "新的一年要用--form说明表式，可用的有"
        raise RefusedError(f"{said}：{'、'.join(known)}")
    return name


@dataclass(frozen=True, slots=True)
class _Composer:
    """Puts imported facts into the files that are there, or into skeletons."""

    workspace: Workspace
    target: Target
    base: Mapping[str, str]
    skeletons: Mapping[str, str]
    options: Options

    def texts(self, facts: ImportedFacts, values: Values) -> dict[str, str]:
        """All files of the import by their path in the workspace."""
        folder = self.workspace.folder(self.target).relative_to(self.workspace.root).as_posix()
        file = f"{folder}/{self.target.kind}.yaml"
        text = self.base.get(file) or self._skeleton(file)
        unit = str(EditedFile(text, file).value("unit") or "元")
        reference = Reference(values.dictionaries, {one.id: one.kind for one in values.department.units})
        sections = Sections(unit, reference, facts.unsure).write(facts.lines)
        texts = {file: facts_text(text, file, sections, force=self.options.force)}
        texts |= {name: self._skeleton(name) for name in self._prose(folder) if name not in self.base}
        if facts.projects:
            there = {name: text for name, text in self.base.items() if name.startswith(f"{folder}/projects/")}
            files = ProjectFiles(f"{folder}/projects", there, self._skeleton(f"{folder}/projects/01-example.yaml"))
            in_yuan = Sections("元", reference, facts.unsure)
            texts |= files.texts(facts.projects, in_yuan, force=self.options.force)
        return texts

    def _skeleton(self, file: str) -> str:
        return self.skeletons["/".join(file.split("/")[2:])]

    def _prose(self, folder: str) -> Iterator[str]:
        """The skeletons that `init` writes beside the facts; an evaluation only where there is none yet."""
        yield f"{folder}/{KINDS[self.target.kind].narrative}"
        example = f"{folder}/evaluations/01-example.yaml"
        has_one = any(name.startswith(f"{folder}/evaluations/") for name in self.base)
        if f"{self.target.year}/evaluations/01-example.yaml" in self.skeletons and not has_one:
            yield example


def _prove(
    target: Target, department: Tree, texts: Mapping[str, str], skeletons: Mapping[str, str], facts: ImportedFacts
) -> None:
    """Read what would be written: it must hold the lines that were imported. Raises ImportTroubleError."""
    trees = {file: EditedFile(text, file).tree for file, text in texts.items()}
    facts_file = next(file for file in trees if file.endswith(f"/{target.kind}.yaml"))
    projects = {file: tree for file, tree in trees.items() if "/projects/" in file}
    findings = [*validate(trees[facts_file], target.kind)]
    findings += [finding for tree in projects.values() for finding in validate(tree, "project")]
    if findings:
        raise ImportTroubleError(f"写成文件后不对：{one.place} {one.message}" for one in findings)
    name = KINDS[target.kind].narrative
    narrative = EditedFile(skeletons[f"{target.year}/{name}"], name).tree
    folders = {"projects": tuple(projects.values())} if projects else {}
    disclosure, _ = build(TreeSet(department, trees[facts_file], narrative, folders, None), target)
    names = {project.id: project.name for project in disclosure.projects}
    wanted = {**facts.lines, Source.PROJECT: tuple(line for project in facts.projects for line in project.lines)}
    for source, lines in wanted.items():
        read = _counted(disclosure.lines.get(source, ()), names)
        if read != _counted(lines, {}):
            lost = next(iter((_counted(lines, {}) - read) | (read - _counted(lines, {}))))
            raise AssertionError(f"{source} is not read back as it was imported: {lost}")


def _counted(lines: Sequence[Line], names: Mapping[str, str]) -> Counter[tuple[Decimal | str, ...]]:
    """The lines with money by what must be kept of them; projects by their `names`."""
    found: Counter[tuple[Decimal | str, ...]] = Counter()
    for line in lines:
        if line.amount:
            project = names.get(line.project or "", line.project or "")
            found[(line.amount, project, *(str(getattr(line, name) or "") for name in _ALWAYS))] += 1
    return found


def _left(texts: Mapping[str, str], base: Mapping[str, str], facts: ImportedFacts) -> Iterator[str]:
    """Projects that are there and not in what was imported."""
    if facts.projects:
        for file in sorted(base):
            if "/projects/" in file and file not in texts:
                yield f"{file} 的项目不在导入的文件里，没有动它；不做了就删去这个文件"
