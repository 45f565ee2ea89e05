"""Try a form: its files, then its tables, sentences and sheets filled for departments that are made up.

Findings stand in the form's own files. A form in order has none, whatever it is filled with.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from discgen.check.made_up_departments import target_of, write_department
from discgen.diagnostics import Diagnostic, Place, error, in_order
from discgen.document import Document, Result
from discgen.errors import bugs_in
from discgen.form.files import form_title, layers_of
from discgen.form.form import Form, load_form
from discgen.form.table_spec import BlockSpec, TableSpec
from discgen.ledger.facts import FactBook
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import DIMENSIONS, UnknownDimensionError
from discgen.load.workspace import Workspace
from discgen.model.line import STAGES, Line, total
from discgen.money import in_yuan
from discgen.narrative.expressions import Filters, fact_names, nested, sandbox
from discgen.narrative.markup import Marker
from discgen.narrative.names import declared_names
from discgen.narrative.prose import ProseReader
from discgen.narrative.template_checks import template_findings, used_wording
from discgen.narrative.templates import Templates
from discgen.pipeline import compose
from discgen.tables.table import Table
from discgen.validate.shipped import ShippedDataError

_UNPRINTED, _WITHOUT_FACT = "P036", "P008"


@dataclass(frozen=True, slots=True)
class FormTried:
    """A form by its name, what people call it, and the findings in its files."""

    name: str
    title: str
    findings: tuple[Diagnostic, ...]


def try_form(name: str) -> FormTried:
    """What is wrong with a form. Raises ShippedDataError where there is none of this name."""
    try:
        form = load_form(name)
    except ShippedDataError as wrong:
        if not wrong.findings:
            raise
        return FormTried(name, form_title(name) or name, wrong.findings)
    first: dict[tuple[str, Place], Diagnostic] = {}
    for finding in _tried(form):  # the same slip with other amounts is no other slip
        first.setdefault((finding.code, finding.place), finding)
    return FormTried(name, form.title, tuple(in_order(first.values())))


def _tried(form: Form) -> Iterator[Diagnostic]:
    """With all that it has a place for; then, with less, what only shows where there is less."""
    for full, nothing in ((True, False), (False, False), (False, True)):
        with tempfile.TemporaryDirectory(prefix="discgen-") as folder:
            write_department(Path(folder), form, full=full, nothing=nothing)
            try:
                result = compose(Workspace(Path(folder)), target_of(form))
            except ShippedDataError as wrong:
                yield from wrong.findings or [error("M020", str(wrong), _place(form), "核对narrative/下的模板")]
                continue
        yield from _in_form(result.findings)
        yield from (replace(bug, place=_place(form)) for bug in bugs_in(result.findings))
        if full:
            yield from _of_whole(form, result)


def _place(form: Form) -> Place:
    return Place(f"templates/forms/{form.name}/form.yaml")


def _in_form(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings in the form's files; of a made-up department nothing else matters."""
    return (finding for finding in findings if finding.place.file.startswith("templates/"))


def _of_whole(form: Form, result: Result) -> Iterator[Diagnostic]:
    """What shows only where everything is there."""
    document = result.document
    if document is None:
        yield error(
            "M022", "试编的数填不进这个表式", _place(form), "；".join(finding.message for finding in result.findings)
        )
        return
    ledger = Ledger(document.disclosure.lines, document.disclosure.department, STAGES[form.kind])
    for spec, table in zip(form.tables, document.tables, strict=True):
        yield from _left_out(spec, table, ledger)
    yield from _of_text(form, document, ledger, result.findings)


def _left_out(spec: TableSpec, table: Table, ledger: Ledger) -> Iterator[Diagnostic]:
    """M022: money that a block asks for and that no cell of the table shows."""
    shown = {line for cell in table.amounts() if cell.answer for line in cell.answer.lines}
    for block in spec.blocks:
        lost = [line for line in _asked_for(block, ledger) if line not in shown]
        if lost:
            message = f"“{table.title}”要的钱有{in_yuan(total(lost))}哪一格也没有，例如{_described(lost[0])}"
            yield error("M022", message, block.place, "补上它的行或列，或在这一块的where里不要它")


def _asked_for(block: BlockSpec, ledger: Ledger) -> tuple[Line, ...]:
    try:
        return ledger.ask(block.base).lines
    except UnknownDimensionError:  # reported of the cells already
        return ()


def _described(line: Line) -> str:
    """What a line knows, as a `where` says it."""
    known = {dimension: getattr(line, dimension) for dimension in DIMENSIONS}
    return "、".join(f"{dimension}: {value}" for dimension, value in known.items() if value is not None)


def _of_text(form: Form, document: Document, ledger: Ledger, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What templates speak of that there is not, and what is asked for that they do not speak of."""
    book = FactBook(document.disclosure, ledger, ledger)
    marker = Marker()
    filters = Filters(form, book, marker)
    facts = fact_names(book)
    templates = Templates(form, filters)
    names = nested(facts) | declared_names(document.disclosure, form, ProseReader(sandbox(filters), facts, marker))
    yield from template_findings(form, templates, names, list(book.catalogue.groups))
    tree = layers_of(form.name).merged("form.yaml", "form")
    assert tree is not None
    spoken = used_wording(form, templates)
    for key in form.wording:
        place = tree.key_place(("wording", key))
        if key not in spoken and place.file == _place(form).file:
            yield error("M018", f"wording.{key}没有一个模板用到", place, "删去它，或在模板里用它")
    unprinted = {
        finding.place.path[-1]
        for finding in findings
        if finding.code == _UNPRINTED and finding.place.path[0] == "reasons"
    }
    for section in ("reasons", "large_changes"):
        for key in getattr(form, section):
            if key in unprinted:
                message = f"{section}要写{key}的原因，文字里却不印"
                yield error("M018", message, tree.place((section, key)), f'在模板里用reasons.get("{key}")，或不要它')
    for finding in findings:
        if finding.code == _WITHOUT_FACT:
            yield error("M020", finding.message, tree.place(("parts",)), "试编的部门什么都有：换一个说得出的数")
