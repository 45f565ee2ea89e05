"""The journey of a department-year, stage by stage. The file to read first.

    load      bytes to located trees, each valid by its schema      discgen.load, discgen.validate
    model     trees to frozen facts                                 discgen.model
    ledger    facts to lines that answer questions                  discgen.ledger
    rules     what does not add up                                  discgen.rules
    tables    answers to the form's tables                          discgen.tables
    narrative answers and prose to sentences                        discgen.narrative
    render    tables and sentences to HTML and PDF                  discgen.render (by discgen.publish)

A stage runs only where the one before it found no error; all findings of a stage are
collected. Nothing here imports the renderer, so a check costs no layout.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from discgen.bug import contained
from discgen.diagnostics import Diagnostic, error, has_errors, in_order
from discgen.document import Document, Result
from discgen.form.form import Form, load_form
from discgen.gather.facts import Reader, of_facts
from discgen.gather.other_years import conflicting_approved, conflicting_prior, unknown_classes
from discgen.ledger.facts import FactBook
from discgen.ledger.ledger import Ledger
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.model.build_lines import at_stage
from discgen.model.disclosure import Disclosure
from discgen.model.line import STAGES, Lines
from discgen.model.waiver import Waived, Year, apply_waivers
from discgen.narrative.fit import overflows
from discgen.narrative.write import write
from discgen.rules.case import Case
from discgen.rules.consequences import without_consequences
from discgen.rules.registry import run
from discgen.shipped import ShippedDataError
from discgen.tables.build import build_tables


def check(workspace: Workspace, targets: Iterable[Target]) -> list[Diagnostic]:
    """The findings of all targets, sorted, each once."""
    reader = Reader(workspace)
    return in_order(finding for target in targets for finding in compose(workspace, target, reader).findings)


def compose(workspace: Workspace, target: Target, reader: Reader | None = None) -> Result:
    """Take one target through every stage before rendering.

    There is a document where the facts could be read; whether it may be published is for the
    findings to say, also where our bug has kept it from being made. A `reader` that is shared
    keeps what it has read for the next target.
    """
    reader = reader or Reader(workspace)
    return contained(
        lambda: _compose(workspace, target, reader),
        target.place,
        lambda bug: Result(target, None, tuple(in_order([*reader.facts(target)[1], bug]))),
        passing=(ShippedDataError,),
    )


def _compose(workspace: Workspace, target: Target, reader: Reader) -> Result:
    disclosure, found = reader.facts(target)
    findings = without_consequences(found)
    of_department = reader.found_of_department(target)
    if disclosure is None or has_errors(of_facts(findings)):
        # A copied folder has every error of the original: that it is a copy is told with them.
        more = [one for one in of_department if one.code == "L020"]
        return Result(target, None, tuple(in_order([*findings, *more])))
    prior, more = _prior_ledger(reader, disclosure)
    approved, of_budget = _approved_lines(reader, disclosure)
    form, trouble = _form(disclosure)
    findings += [*of_department, *more, *of_budget, *trouble]
    if form is None or has_errors(of_facts([*more, *of_budget])):
        return Result(target, None, tuple(in_order(findings)))
    ledger = Ledger(disclosure.lines, disclosure.department, STAGES[target.kind], joined=[approved])
    book = FactBook(disclosure, ledger, prior)
    last_year = reader.others_facts(_last_year(target))[0]
    findings += run(Case(disclosure, form, ledger, book, last_year, reader.neighbours(disclosure)))
    if any(finding.code in _NO_TABLES for finding in findings):
        findings, waived = _waived(workspace, disclosure, findings)
        reached = [finding for finding in findings if finding.code not in _OF_WAIVERS]
        return Result(target, None, tuple(in_order(reached)), tuple(waived))
    tables = build_tables(form, ledger, disclosure)
    findings += [fault for table in tables for fault in table.faults]
    text, more = write(disclosure, form, book, tables)
    findings = without_consequences([*findings, *more, *overflows(text.goal_sheets)])
    findings, waived = _waived(workspace, disclosure, findings)
    document = Document(disclosure, form, tables, text)
    return Result(target, document, tuple(in_order(findings)), tuple(waived))


def _waived(
    workspace: Workspace, disclosure: Disclosure, findings: list[Diagnostic]
) -> tuple[list[Diagnostic], list[Waived]]:
    """The findings without those that are explained, and these; a waiver for files of the year's other kind is not
    judged here.
    """
    year = workspace.folder(disclosure.target)
    folder = year.relative_to(workspace.root).as_posix()
    own = {tree.file.removeprefix(f"{folder}/") for tree in disclosure.files}
    others_own = set(workspace.names_of_year(disclosure.target)) - own
    waivers = [waiver for waiver in disclosure.waivers if waiver.is_about(own) or not waiver.is_about(others_own)]
    roots = {tree.file: tree.root for tree in disclosure.files}
    firm = [finding for finding in findings if finding.code in _NO_WAIVERS]
    others = [finding for finding in findings if finding.code not in _NO_WAIVERS]
    left, waived = apply_waivers(others, waivers, Year(disclosure.year, folder, roots))
    return [*firm, *left], waived


_NO_TABLES = {"R004", "R005", "R007", "R009", "R011", "R020"}
"""Findings that leave a table without a row to put an amount in."""
_OF_WAIVERS = {"W001", "W003"}
"""Findings that count what waivers cover, which is not known before all findings are."""
_NO_WAIVERS = {"R008"}
"""Findings that leave a row without its name: a draft shows them, and no waiver lets them be published."""


def _approved_lines(reader: Reader, disclosure: Disclosure) -> tuple[Lines, list[Diagnostic]]:
    """年初预算 beside accounts: from the year's budget.yaml, else as declared, else unknown."""
    if disclosure.target.kind != "accounts":
        return {}, []
    budget, findings = reader.others_facts(replace(disclosure.target, kind="budget"))
    if budget is not None:
        return budget.lines, [*findings, *conflicting_approved(disclosure)]
    return (disclosure.declared_approved.lines if disclosure.declared_approved else {}), list(findings)


def _last_year(target: Target) -> Target:
    return replace(target, year=target.year - 1)


def _prior_ledger(reader: Reader, disclosure: Disclosure) -> tuple[Ledger | None, list[Diagnostic]]:
    """Last year's ledger: from its files, else from the lines declared, else none.

    Departments that have joined since then bring their lines of last year along.
    """
    target = _last_year(disclosure.target)
    last_year, found = reader.others_facts(target)
    findings = [*found, *(conflicting_prior(disclosure) if last_year else [])]
    is_in_order = not has_errors(of_facts(found))
    own = last_year.lines if last_year else None
    if own is None and disclosure.declared_prior:
        own = at_stage(disclosure.declared_prior.lines, STAGES[target.kind]) or None
    lines = [own] if own else []
    for name in disclosure.merged_from:
        joined, found = reader.others_facts(replace(target, department=name))
        findings += found
        if not is_in_order or has_errors(of_facts(found)):
            continue  # what is there and not in order is not missing
        if name == target.department or own is None or joined is None:
            said = f"并入的部门“{name}”没有{target.year}年的文件，或本部门自己没有上年数"
            findings.append(error("M010", said, disclosure.merged_place, "核对merged_from；本部门的上年数录入prior"))
        else:
            findings += unknown_classes(disclosure, joined)
            lines.append(joined.lines)
    if not lines:
        return None, findings
    first, *others = lines
    return Ledger(first, disclosure.department, STAGES[target.kind], joined=others), findings


def _form(disclosure: Disclosure) -> tuple[Form | None, list[Diagnostic]]:
    place = disclosure.form_place
    try:
        form = load_form(disclosure.form)
    except ShippedDataError as trouble:
        return None, list(trouble.findings) or [error("M007", str(trouble), place, "改正form这一行")]
    if form.kind != disclosure.target.kind:
        return None, [error("M008", f"表式“{form.name}”不是用来编这种文件的", place, "换一个表式")]
    return form, []
