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
from dataclasses import dataclass, replace
from pathlib import Path

from discgen.diagnostics import Diagnostic, error, has_errors, in_order
from discgen.form.form import Form, FormError, load_form
from discgen.ledger.facts import FactBook
from discgen.ledger.ledger import Ledger
from discgen.load.tree import Tree
from discgen.load.workspace import KINDS, Target, Workspace
from discgen.model.build import TreeSet, build, conflicting_approved, conflicting_prior
from discgen.model.build_lines import at_stage
from discgen.model.code_scan import unknown_codes
from discgen.model.disclosure import Disclosure
from discgen.model.line import Line, Lines, Source, Stage
from discgen.model.waiver import apply_waivers
from discgen.narrative.fit import overflows
from discgen.narrative.write import Text, write
from discgen.rules.case import Case
from discgen.rules.registry import run
from discgen.tables.build import build_tables
from discgen.tables.table import Table
from discgen.validate.schema import validate

STAGES = {"budget": Stage.APPROVED, "accounts": Stage.EXECUTED}
"""What the amounts of a kind of disclosure are."""


@dataclass(frozen=True, slots=True)
class Document:
    """A disclosure ready to be rendered: its facts, its tables, its text."""

    disclosure: Disclosure
    form: Form
    tables: tuple[Table, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a target: its document, unless errors forbid to speak of one, and all findings."""

    target: Target
    document: Document | None
    findings: tuple[Diagnostic, ...]


def check(workspace: Workspace, targets: Iterable[Target]) -> list[Diagnostic]:
    """The findings of all targets, sorted, each once."""
    return in_order(finding for target in targets for finding in compose(workspace, target).findings)


def compose(workspace: Workspace, target: Target) -> Result:
    """Take one target through every stage before rendering.

    There is a document where the facts could be read; whether it may be published is for the
    findings to say.
    """
    disclosure, findings = read_facts(workspace, target)
    if disclosure is None or has_errors(findings):
        return Result(target, None, tuple(in_order(findings)))
    prior, more = _prior_ledger(workspace, disclosure)
    form, trouble = _form(disclosure)
    findings += more + trouble
    if form is None or has_errors(more):
        return Result(target, None, tuple(in_order(findings)))
    approved, trouble = _approved_lines(workspace, disclosure)
    findings += trouble
    ledger = Ledger(_joined([disclosure.lines, approved]), disclosure.department, STAGES[target.kind])
    book = FactBook(disclosure, ledger, prior)
    findings += run(Case(disclosure, form, ledger, book))
    if any(finding.code in _NO_TABLES for finding in findings):
        return Result(target, None, tuple(in_order(findings)))
    tables = build_tables(form, ledger, disclosure)
    text, more = write(disclosure, form, book, tables)
    findings += [*more, *overflows(text.goal_sheets)]
    folder = workspace.folder(target).relative_to(workspace.root).as_posix()
    findings = apply_waivers(findings, disclosure.waivers, folder, disclosure.year)
    return Result(target, Document(disclosure, form, tables, text), tuple(in_order(findings)))


_NO_TABLES = {"R004", "R005", "R007", "R008", "R009", "R011"}
"""Findings that leave a table without a row to put an amount in."""


def read_facts(workspace: Workspace, target: Target) -> tuple[Disclosure | None, list[Diagnostic]]:
    """The facts of a target; none where a file cannot be read or is not of its schema's shape."""
    trees, findings = _load(workspace, target)
    if trees is None:
        return None, findings
    disclosure, more = build(trees, target)
    return disclosure, findings + more


def _load(workspace: Workspace, target: Target) -> tuple[TreeSet | None, list[Diagnostic]]:
    folder = workspace.folder(target)
    findings: list[Diagnostic] = []

    def read(path: Path, schema: str) -> Tree | None:
        tree, found = workspace.read(path)
        findings.extend(found)
        findings.extend(validate(tree, schema) if tree else [])
        return tree

    kind = KINDS[target.kind]
    department = read(folder.parent / "department.yaml", "department")
    facts = read(folder / f"{target.kind}.yaml", target.kind)
    narrative = read(folder / kind.narrative, "narrative")
    folders: dict[str, tuple[Tree, ...]] = {}
    for name, schema in kind.folders.items():
        trees = [read(path, schema) for path in sorted((folder / name).glob("*.yaml"))]
        folders[name] = tuple(tree for tree in trees if tree is not None)
        findings += workspace.strays(folder / name)
    waivers = folder / "waivers.yaml"
    waived = read(waivers, "waivers") if waivers.is_file() else None
    if department is None or facts is None or narrative is None or has_errors(findings):
        read_files = [tree for tree in (facts, *folders.get("projects", ())) if tree is not None]
        return None, findings + unknown_codes(read_files, department, target.year)
    return TreeSet(department, facts, narrative, folders, waived), findings


def _approved_lines(workspace: Workspace, disclosure: Disclosure) -> tuple[Lines, list[Diagnostic]]:
    """年初预算 beside accounts: from the year's budget.yaml, else as declared, else unknown."""
    if disclosure.target.kind != "accounts":
        return {}, []
    lines, findings = _lines_of(workspace, replace(disclosure.target, kind="budget"))
    if lines is not None:
        return lines, findings + conflicting_approved(disclosure)
    return (disclosure.declared_approved.lines if disclosure.declared_approved else {}), findings


def _prior_ledger(workspace: Workspace, disclosure: Disclosure) -> tuple[Ledger | None, list[Diagnostic]]:
    """Last year's ledger: from its files, else from the lines declared, else none.

    Departments that have joined since then bring their lines of last year along.
    """
    target = replace(disclosure.target, year=disclosure.year - 1)
    own, findings = _lines_of(workspace, target)
    findings += conflicting_prior(disclosure) if own else []
    if own is None and disclosure.declared_prior:
        own = at_stage(disclosure.declared_prior.lines, STAGES[target.kind])
    lines = [own] if own else []
    for name in disclosure.merged_from:
        joined, more = _lines_of(workspace, replace(target, department=name))
        findings += more
        if name == target.department or own is None or joined is None:
            said = f"并入的部门“{name}”没有{target.year}年的文件，或本部门自己没有上年数"
            findings.append(error("M010", said, disclosure.place, "核对merged_from；本部门的上年数录入prior"))
        else:
            lines.append(joined)
    prior = Ledger(_joined(lines), disclosure.department, STAGES[target.kind]) if lines else None
    return prior, findings


def _lines_of(workspace: Workspace, target: Target) -> tuple[Lines | None, list[Diagnostic]]:
    """The lines of a target's file; none where there is no such file."""
    if not (workspace.folder(target) / f"{target.kind}.yaml").is_file():
        return None, []
    facts, findings = read_facts(workspace, target)
    return (facts.lines if facts else None), findings


def _joined(lines: Iterable[Lines]) -> Lines:
    joined: dict[Source, tuple[Line, ...]] = {}
    for one in lines:
        for source, more in one.items():
            joined[source] = joined.get(source, ()) + more
    return joined


def _form(disclosure: Disclosure) -> tuple[Form | None, list[Diagnostic]]:
    place = disclosure.form_place
    try:
        form = load_form(disclosure.form)
    except FormError as trouble:
        return None, [error("M007", str(trouble), place, "改正form这一行")]
    if form.kind != disclosure.target.kind:
        return None, [error("M008", f"表式“{form.name}”不是用来编这种文件的", place, "换一个表式")]
    return form, []
