"""Files that somebody has to files of a department-year: read, understood, composed, proved, then written together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from discgen.authoring.skeleton import forms_of, year_skeletons
from discgen.diagnostics import has_errors
from discgen.errors import Refusal
from discgen.files import UnwritableError, bytes_of, refuse_changed, remove_file, replace_files
from discgen.form.form import Form, load_form
from discgen.gather.reader import Reader
from discgen.importing.asked import asked_for
from discgen.importing.imported import ImportedFacts, SheetReport
from discgen.importing.problems import ImportProblemsError
from discgen.importing.sheets.read import read_sheets
from discgen.importing.sheets.values import Values
from discgen.importing.sheets.words import project_key
from discgen.importing.understand import Options, Request, understand
from discgen.importing.writing.additional_codes import NamedCodes, name_codes, with_codes
from discgen.importing.writing.citing import Citing
from discgen.importing.writing.compose import Composer
from discgen.importing.writing.prove import prove
from discgen.importing.writing.stamp import replaced_imports
from discgen.ledger.facts import FactBook
from discgen.ledger.ledger import Ledger
from discgen.load.destinations import inside
from discgen.load.own_codes import codes_in_order
from discgen.load.own_files import own_files
from discgen.load.target import KINDS, Target, schema_of
from discgen.load.unread_files import MOST_FILES
from discgen.load.workspace import Workspace
from discgen.load.year import YearFiles
from discgen.model.build_lines import at_stage
from discgen.model.department import department_of
from discgen.model.disclosure import Disclosure
from discgen.model.line import STAGES
from discgen.reference.codes import load_dictionaries
from discgen.validate.schema import validate
from discgen.yamltext.edit import EditedFile
from discgen.yamltext.nodes import UneditableError
from discgen.yamltext.text import with_line_ends
from discgen.yamltext.tree import Tree


class Import(Struct, frozen=True):
    """What is to become of the files: what was understood, the texts by file that differ from what is there, and what goes.

    `before` is what those files held when they were read, None for one that was not there.
    """

    target: Target
    sheets: tuple[SheetReport, ...]
    remarks: tuple[str, ...]
    texts: Mapping[Path, str]
    before: Mapping[Path, bytes | None]
    removed: tuple[Path, ...] = ()
    department: bytes | None = None
    """What the department's own file holds: a new file's lines end as its do."""


def plan_import(workspace: Workspace, target: Target, files: Sequence[Path], options: Options) -> Import:
    """Understand the files and compose what would be written; writes nothing.

    Raises ImportProblemsError for what the files say, Refusal for what may not be replaced or
    is not there.
    """
    year = YearFiles(workspace, target)
    held = {file.path: bytes_of(file.path) for file in year.all()}
    department = _department_tree(workspace, target)
    known = department_of(department, target.year)
    local = own_files(workspace)
    forms = {name: load_form(name, local) for name in forms_of(target.kind, local)}
    codes = codes_in_order(local)
    values = Values(known, load_dictionaries(target.year, known.additional_codes, codes))
    sheets = [sheet for file in files for sheet in read_sheets(file)]
    base = _existing(year)
    named_form = _written_form(base, options.form)
    wanted = replace(options, form=named_form, by_unit=bool(workspace.units_of(target)))
    last_year = _last_year(workspace, target)
    understood = understand(sheets, Request(values, target, wanted, forms, last_year))
    _refuse_too_many(understood.facts)
    named = name_codes(understood.names, understood.facts, values.dictionaries)
    department, listed, named = _with_codes(workspace, target, department, named)
    values = replace(values, dictionaries=named.known(values.dictionaries))
    try:
        form = _form(forms, understood.form)
        skeletons = {file.file: text for file, text in year_skeletons(workspace, target, form).items()}
        composer = Composer(year, base, skeletons, form, options.force)
        texts = composer.texts(understood.facts, values)
        disclosure = prove(year, department, texts, skeletons, understood.facts, codes)
        book = _book(disclosure, last_year)
        citing = Citing(form, book)
        texts = composer.texts(citing.facts(understood.facts), values)
        removed = composer.removed(understood.facts)
    except UneditableError as error:
        raise Refusal(f"现有的文件还有写法问题，先改好再导入：{error}") from error
    prove(year, department, texts, skeletons, understood.facts, codes)
    remarks = [
        *understood.facts.remarks,
        *citing.remarks,
        *named.describe(),
        *_left({**texts, removed: ""}, base, understood.facts),
    ]
    if asked := list(asked_for(year, texts, form, book, understood.facts)):
        remarks += ["工作簿里没有、另外要填的：", *(f"  {what}" for what in asked)]
    remarks += replaced_imports(base, texts, [file.name for file in files])
    changed = {workspace.root / file: text for file, text in texts.items() if base.get(file) != text} | listed
    gone = (workspace.root / removed,) if removed else ()
    for path in (*changed, *gone):
        inside(workspace, path)
    before = {path: held.get(path) for path in (*changed, *gone)}
    own = held.get(year.department.path)
    return Import(target, understood.sheets, tuple(remarks), changed, before, gone, own)


def write_import(plan: Import) -> None:
    """Write all files, or none, and then remove what they stand for.

    Raises UnwritableError, also where somebody saved one of them after it was read: an import takes seconds.
    """
    refuse_changed(plan.before)
    replace_files(
        {path: with_line_ends(text, plan.before.get(path) or plan.department) for path, text in plan.texts.items()}
    )
    for path in plan.removed:
        try:
            remove_file(path)
        except UnwritableError as error:
            raise UnwritableError(f"文件写好了，{error}") from error


def _last_year(workspace: Workspace, target: Target) -> Ledger | None:
    """What the year before says, where its files are there and in order."""
    before, _ = Reader(workspace).usable_facts(replace(target, year=target.year - 1))
    return Ledger(before.lines, before.department, STAGES[target.kind]) if before else None


def _book(disclosure: Disclosure, last_year: Ledger | None) -> FactBook:
    """The facts that prose may cite."""
    stage = STAGES[disclosure.target.kind]
    declared = disclosure.declared_prior
    if last_year is None and declared:
        last_year = Ledger(at_stage(declared.lines, stage), disclosure.department, stage)
    return FactBook(disclosure, Ledger(disclosure.lines, disclosure.department, stage), last_year)


def _refuse_too_many(facts: ImportedFacts) -> None:
    if len(facts.projects) > MOST_FILES:
        message = (
            f"项目有{len(facts.projects)}个，一个年度最多{MOST_FILES}个：核对“项目名称”一栏是不是填了别的（指标、明细）"
        )
        raise ImportProblemsError(message)


def _department_tree(workspace: Workspace, target: Target) -> Tree:
    path = workspace.department_file(target.department)
    if not path.is_file():
        raise Refusal(f"没有部门“{target.department}”，先用discgen init新建")
    tree, findings = workspace.read(path)
    findings = findings or (validate(tree, "department") if tree else [])
    if tree is None or has_errors(findings):
        raise Refusal(f"先改好department.yaml：{findings[0].place} {findings[0].message}")
    return tree


def _with_codes(
    workspace: Workspace, target: Target, department: Tree, named: NamedCodes
) -> tuple[Tree, dict[Path, str], NamedCodes]:
    """The department with the codes that were named, its new text if it has one, and what was named and can be written."""
    path = workspace.department_file(target.department)
    if not named.added:
        return department, {}, named
    try:
        edited = with_codes(path.read_text(encoding="utf-8-sig"), department.file, named.added)
    except UneditableError:
        return department, {}, named.unwritten()
    return edited.tree, {path: edited.text}, named


def _existing(year: YearFiles) -> dict[str, str]:
    """The files of the year and kind that are there, by their path in the workspace."""
    texts = {}
    for file in year.of_kind():
        if file.is_there():
            tree, findings = year.workspace.read(file.path)
            if tree is None:
                raise Refusal(f"先改好{findings[0].place}：{findings[0].message}")
            texts[file.file] = file.path.read_text(encoding="utf-8-sig")
    return texts


def _written_form(base: Mapping[str, str], asked: str) -> str:
    """The form that the file of facts names, else the one asked for, else ''."""
    for file, text in base.items():
        if schema_of(file) in KINDS:
            written = str(EditedFile(text, file).value("form") or "")
            if asked and asked != written:
                raise Refusal(f"{file} 写的表式是{written}，--form说的是{asked}；先改文件，或不写--form")
            return written
    return asked


def _form(forms: Mapping[str, Form], name: str) -> Form:
    if name not in forms:
        message = f"没有表式“{name}”，可用的有" if name else "新的一年要用--form说明表式，可用的有"
        raise Refusal(f"{message}：{'、'.join(forms)}")
    return forms[name]


def _left(written: Mapping[str, str], base: Mapping[str, str], facts: ImportedFacts) -> Iterator[str]:
    """Projects that are there and not in what was imported."""
    if facts.projects:
        own = [EditedFile(text, file) for file, text in written.items() if schema_of(file) == "project" and text]
        twins = {project_key(str(project.value("name"))): project.file for project in own}
        for file in sorted(base):
            if schema_of(file) == "project" and file not in written:
                name = str(EditedFile(base[file], file).value("name"))
                advice = "改了名称的，先在这个文件里改name再导入；不再安排的，移走它"
                message = f"不在导入的文件里，没有动它：{advice}"
                if twin := twins.get(project_key(name)):
                    message = f"和{twin}是一个项目，写了两遍：把填好的内容并到那里，再移走这个文件"
                yield f"{file} 的项目“{name}”{message}"
