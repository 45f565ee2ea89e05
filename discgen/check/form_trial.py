"""Try a form: its files, then its tables, sentences and sheets filled for departments that are made up.

Findings stand in the form's own files. A form in order has none, whatever it is filled with.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from discgen.check.checked import FormTried
from discgen.check.made_up_departments import target_of, write_department, write_own_files
from discgen.diagnostics import Diagnostic, Place, did_you_mean, error, in_order
from discgen.document import Document, Result
from discgen.errors import bugs_in
from discgen.form.check_style import STYLE_FILE
from discgen.form.files import form_title, layers_of
from discgen.form.form import Form, load_form
from discgen.form.table_spec import BlockSpec, TableSpec
from discgen.ledger.facts import FactBook
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import DIMENSIONS, UnknownDimensionError
from discgen.load.own_files import CODES, FORM_FILE, NOTHING, OwnFiles
from discgen.load.workspace import Workspace
from discgen.model.line import STAGES, Line, total
from discgen.money import in_yuan
from discgen.narrative.expressions import Filters, fact_names, nested, sandbox
from discgen.narrative.markup import Marker
from discgen.narrative.names import declared_names
from discgen.narrative.prose import ProseReader
from discgen.narrative.template_checks import template_findings, used_templates, used_wording
from discgen.narrative.templates import Templates
from discgen.pipeline import compose
from discgen.reference.folders import FORMS
from discgen.tables.table import Table
from discgen.validate.shipped import ShippedDataError

_UNPRINTED, _WITHOUT_FACT = "P036", "P008"
_TEMPLATE = "M020"
_FILES = (FORM_FILE, STYLE_FILE, "goal_sheet.yaml", "evaluation.yaml", "glossary.yaml")
"""The files of a form that no list names."""
_NAME_IT = {
    ".yaml": "报表写进form.yaml的tables，那里写了的代替上级的，要印的都要写上；不要的删去",
    ".j2": "写进form.yaml的parts或sections，或由别的模板引用；不要的删去",
}
"""By the ending of a file that is not used: how a form comes to use it."""
_OF_FORMS = ("templates/", f"{FORMS}/", f"{CODES}/")
"""What the paths begin with of files that a form rests on."""
_SLIP = 0.85
"""How much alike two names of files are, of which one may be a slip of the other."""


def try_form(name: str, own: OwnFiles = NOTHING) -> FormTried:
    """What is wrong with a form, of the workspace's `own` or a shipped one. Raises ShippedDataError where there is none."""
    try:
        form = load_form(name, own)
    except ShippedDataError as wrong:
        if not wrong.findings:
            raise
        return FormTried(name, form_title(name, own) or name, wrong.findings)
    first: dict[tuple[str, Place], Diagnostic] = {}
    for finding in _tried(form, own):  # the same slip with other amounts is no other slip
        first.setdefault((finding.code, finding.place), finding)
    return FormTried(
        name, form.title, tuple(in_order(_placed_best(first.values()))), _difference_from_parent(form, own)
    )


def tried_document(name: str, own: OwnFiles = NOTHING) -> Document:
    """The document of a made-up department that has all the form has a place for. Raises ShippedDataError."""
    form = load_form(name, own)
    document = _composed(form, own, full=True).document
    if document is None:
        raise ShippedDataError("试编的数填不进这个表式")
    return document


def _composed(form: Form, own: OwnFiles, *, full: bool, nothing: bool = False) -> Result:
    """What becomes of a made-up department. Raises ShippedDataError where a template is wrong."""
    with tempfile.TemporaryDirectory(prefix="discgen-") as folder:
        write_own_files(Path(folder), own)
        write_department(Path(folder), form, full=full, nothing=nothing)
        return compose(Workspace(Path(folder)), target_of(form))


def _placed_best(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings; where a line of a template has one with its column, without those that know only the line."""
    found = list(findings)
    of_templates = [finding.place for finding in found if finding.code == _TEMPLATE]
    placed = {(place.file, place.line) for place in of_templates if place.column > 1}
    for finding in found:
        knows_line_only = finding.code == _TEMPLATE and finding.place.column == 1
        if not knows_line_only or (finding.place.file, finding.place.line) not in placed:
            yield finding


def _difference_from_parent(form: Form, own: OwnFiles) -> str:
    """Tables of the parent that the form lacks, and those it adds: a list that it writes replaces the parent's."""
    _, *ancestors = form.layers
    if not ancestors:
        return ""
    parent = load_form(ancestors[0].name, own if ancestors[0].is_own else NOTHING)
    tables, inherited = ([table.id for table in each.tables] for each in (form, parent))
    less = [name for name in inherited if name not in tables]
    more = [name for name in tables if name not in inherited]
    changes = [f"{how}{'、'.join(names)}" for how, names in (("少了", less), ("多了", more)) if names]
    return f"报表与{ancestors[0].name}比，{'；'.join(changes)}" if changes else ""


def _tried(form: Form, own: OwnFiles) -> Iterator[Diagnostic]:
    """The findings with departments that have all the form has a place for, one row of each kind, and no money."""
    for full, nothing in ((True, False), (False, False), (False, True)):
        try:
            result = _composed(form, own, full=full, nothing=nothing)
        except ShippedDataError as wrong:
            yield from wrong.findings or [error("M020", str(wrong), _place(form), "核对narrative/下的模板")]
            continue
        yield from _in_form(result.findings)
        yield from (replace(bug, place=_place(form)) for bug in bugs_in(result.findings))
        if full:
            yield from _of_whole(form, own, result)


def _place(form: Form) -> Place:
    return Place(form.file)


def _in_form(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings in the form's files; of a made-up department nothing else matters."""
    return (finding for finding in findings if finding.place.file.startswith(_OF_FORMS))


def _of_whole(form: Form, own: OwnFiles, result: Result) -> Iterator[Diagnostic]:
    """The findings that need a department that has everything."""
    document = result.document
    if document is None:
        yield error(
            "M022", "试编的数填不进这个表式", _place(form), "；".join(finding.message for finding in result.findings)
        )
        return
    ledger = Ledger(document.disclosure.lines, document.disclosure.department, STAGES[form.kind])
    for spec, table in zip(form.tables, document.tables, strict=True):
        yield from _left_out(spec, table, ledger)
        yield from _nameless(spec, table)
    yield from _of_text(form, own, document, ledger, result.findings)


def _left_out(spec: TableSpec, table: Table, ledger: Ledger) -> Iterator[Diagnostic]:
    """M022: money that a block asks for and that no cell of the table shows."""
    shown = {line for cell in table.amounts() if cell.answer for line in cell.answer.lines}
    for block in spec.blocks:
        lost = [line for line in _asked_for(block, ledger) if line not in shown]
        if lost:
            message = f"“{table.title}”要的钱有{in_yuan(total(lost))}哪一格也没有，例如{_described(lost[0])}"
            yield error("M022", message, block.place, "补上它的行或列，或在这一块的where里不要它")


def _nameless(spec: TableSpec, table: Table) -> Iterator[Diagnostic]:
    """M017: rows of amounts in whose columns of text nothing is printed."""
    texts = [number for number, column in enumerate(table.columns) if column.style != "amount"]
    if len(spec.blocks) > 1 or not texts:
        return
    for row in table.rows:
        if row.kind != "heading" and not any(row.cells[number].text for number in texts):
            shown = "、".join(f"show: {column.show}" for column in spec.blocks[0].flat_columns() if column.show)
            message = f"“{table.title}”有的行印出来没有名称，这样的行里{shown}是空的"
            yield error("M017", message, spec.blocks[0].place, "逐项的单位、项目，名称在show: label的列里")
            return


def _asked_for(block: BlockSpec, ledger: Ledger) -> tuple[Line, ...]:
    try:
        return ledger.ask(block.base).lines
    except UnknownDimensionError:  # reported of the cells already
        return ()


def _described(line: Line) -> str:
    """What a line knows, as a `where` says it."""
    known = {dimension: getattr(line, dimension) for dimension in DIMENSIONS}
    return "、".join(f"{dimension}: {value}" for dimension, value in known.items() if value is not None)


def _unused_files(form: Form, files: Iterable[str], templates: set[str]) -> Iterator[Diagnostic]:
    """M018: files in the form's own folder that no document of it is made of, by a slip in their names perhaps."""
    above = f"{form.layers[0].folder}/"
    own_templates = {file.removeprefix(above) for file in templates if file.startswith(above)}
    inherited = {file.partition("/narrative/")[2] for file in templates}
    used = {*own_templates, *(f"tables/{table.id}.yaml" for table in form.tables), *_FILES}
    names = {*used, *(f"narrative/{name}" for name in inherited)}
    for name in sorted(set(files) - used):
        path = PurePosixPath(name)
        neighbours = sorted(PurePosixPath(other).name for other in names if PurePosixPath(other).parent == path.parent)
        hint = did_you_mean(path.name, neighbours, _NAME_IT.get(path.suffix, "删去它"), cutoff=_SLIP)
        yield error("M018", f"{name}这个文件没有用到", Place(f"{above}{name}"), hint)


def _of_text(
    form: Form, own: OwnFiles, document: Document, ledger: Ledger, findings: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """Names in templates that do not exist; wording and reasons that the form asks for and no template prints."""
    book = FactBook(document.disclosure, ledger, ledger)
    marker = Marker()
    filters = Filters(form, book, marker)
    facts = fact_names(book)
    templates = Templates(form, filters)
    names = nested(facts) | declared_names(document.disclosure, form, ProseReader(sandbox(filters), facts, marker))
    yield from template_findings(form, templates, names, list(book.catalogue.groups))
    layers = layers_of(form.name, own)
    tree = layers.merged(FORM_FILE, "form")
    assert tree is not None
    spoken = used_wording(form, templates)
    for key in form.wording:
        place = tree.key_place(("wording", key))
        if key not in spoken and place.file == _place(form).file:
            hint = did_you_mean(key, sorted(spoken), "删去它，或在模板里用它")
            yield error("M018", f"wording.{key}没有一个模板用到", place, hint)
    yield from _unused_files(form, [*layers.layers[0].files, *layers.layers[0].others], used_templates(form, templates))
    unprinted = {(finding.place.path[0], finding.place.path[-1]) for finding in findings if finding.code == _UNPRINTED}
    for section, written in (
        ("reasons", "reasons"),
        ("large_changes", "reasons"),
        ("budget_reasons", "budget_reasons"),
    ):
        for key in getattr(form, section):
            if (written, key) in unprinted:
                message = f"{section}要写{key}的原因，文字里却不印"
                hint = f'在模板里用{written}.get("{key}")，或不要它'
                yield error("M018", message, tree.place((section, key)), hint)
    for finding in findings:
        if finding.code == _WITHOUT_FACT:
            yield error("M020", finding.message, tree.place(("parts",)), "试编的部门什么都有：换一个说得出的数")
