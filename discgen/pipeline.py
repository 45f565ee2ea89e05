"""The journey of a department-year, stage by stage. The file to read first.

    gather    files to all that a document rests on         discgen.gather (bytes to trees: load, yamltext; trees held to
                                                            their schemas: validate; trees to frozen facts: model)
    ledger    facts to lines that answer questions          discgen.ledger
    rules     what does not add up                          discgen.rules
    tables    answers to the form's tables                  discgen.tables
    narrative answers and prose to sentences                discgen.narrative
    view      does a sheet fit its page                     discgen.view
    waivers   what is explained set apart                   discgen.model.waiver
    render    tables and sentences to HTML and PDF          discgen.render (by discgen.publish)

Only the first stage reads the workspace; each of the others is a function of what was gathered. A stage runs where the
one before it found nothing that would mislead it; all findings of a stage are collected. Nothing here imports the
renderer, so a check costs no layout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from discgen.diagnostics import Diagnostic, Place, error, has_errors, in_order
from discgen.document import Document, Result
from discgen.errors import contained
from discgen.form.form import Form
from discgen.gather.basis import Basis, gather
from discgen.gather.reader import Reader
from discgen.ledger.facts import FactBook
from discgen.ledger.ledger import Ledger
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.model.disclosure import Disclosure
from discgen.model.line import STAGES
from discgen.model.waiver import Scope, Waived, apply_waivers
from discgen.narrative.write import write_narrative
from discgen.rules.case import Case
from discgen.rules.catalogue import rule_of
from discgen.rules.registry import run, without_consequences
from discgen.tables.build import build_tables
from discgen.validate.shipped import ShippedDataError
from discgen.view.goal_sheets import overflowing_sheets
from discgen.view.paper import too_narrow
from discgen.yamltext.tree import Node


def check(workspace: Workspace, targets: Iterable[Target]) -> list[Diagnostic]:
    """The findings of all targets, sorted, each once."""
    reader, said = Reader(workspace), Said()
    return in_order(finding for target in targets for finding in compose(workspace, target, reader, said).findings)


class Told(Struct, frozen=True):
    """What is found in the document of a whole department, and what of it is explained."""

    findings: frozenset[Diagnostic]
    waived: frozenset[Diagnostic]


Said = dict[Target, Told]
"""What is found in whole departments, so that the documents of their units do not say it again."""


def compose(workspace: Workspace, target: Target, reader: Reader | None = None, said: Said | None = None) -> Result:
    """Take one target through every stage before rendering.

    There is a document where the facts could be read; whether it may be published is for the
    findings to say, also where our bug has kept it from being made. A `reader` that is shared
    keeps what it has read for the next target, and `said` what was found in its department.
    """
    return Composing(target, reader or Reader(workspace), said).result()


class Composing:
    """A target on its way through the stages before rendering, each of which runs once."""

    def __init__(self, target: Target, reader: Reader, said: Said | None = None) -> None:
        self._target = target
        self._reader = reader
        self._said: Said = {} if said is None else said

    def result(self, judge: Callable[[], Judged] | None = None) -> Result:
        """What becomes of the target; `judge` gives what the rules find, where they are gone through elsewhere."""
        result = contained(
            lambda: self._result(judge),
            self._target.place,
            lambda bug: Result(self._target, None, tuple(in_order([*self._reader.facts(self._target)[1], bug]))),
            passing=(ShippedDataError,),
        )
        if not self._target.unit:
            waived = frozenset(item.finding for item in result.waived)
            self._said[self._target] = Told(frozenset(result.findings), waived)
        return result

    def _result(self, judge: Callable[[], Judged] | None) -> Result:
        _, findings = self._gathered
        stages = self.stages
        if stages is None:
            return Result(self._target, None, tuple(in_order(findings)))
        try:
            judged = (judge or stages.judge)()
            return stages.result(findings, judged, self._told if self._target.unit else None)
        except ShippedDataError as wrong:
            if not stages.form.is_own:
                raise
            found = wrong.findings or [error("M020", str(wrong), Place(stages.form.file), "核对表式的narrative/")]
            return Result(self._target, None, tuple(in_order([*findings, *found])))

    @property
    def _told(self) -> Told:
        """What is found in the whole department, whose unit's document this is."""
        whole = self._target.whole
        if whole not in self._said:
            Composing(whole, self._reader, self._said).result()
        return self._said[whole]

    @cached_property
    def stages(self) -> Stages | None:
        """The stages after gathering, where they can be gone through."""
        basis, _ = self._gathered
        return Stages(self._target, basis) if basis else None

    @cached_property
    def _gathered(self) -> tuple[Basis | None, list[Diagnostic]]:
        return gather(self._reader, self._target)


class Judged(Struct, frozen=True):
    """What the rules find in a target, and what the files of others give away that travel inside its document."""

    findings: list[Diagnostic]
    given_away: list[Diagnostic]


class Stages:
    """The stages from what was gathered to a document, and to what is found in it."""

    def __init__(self, target: Target, basis: Basis) -> None:
        whole, stage = basis.whole or basis.disclosure, STAGES[target.kind]
        self._target = target
        ledger = Ledger(whole.lines, whole.department, stage, joined=[basis.approved])
        prior = Ledger(basis.prior[0], whole.department, stage, joined=basis.prior[1:]) if basis.prior else None
        if target.unit:
            ledger, prior = ledger.of_unit(target.unit), prior and prior.of_unit(target.unit)
        self.form = basis.form.in_fen() if ledger.has_fen else basis.form
        self._basis = replace(basis, form=self.form)
        self._ledger = ledger
        self._book = FactBook(basis.disclosure, ledger, prior)

    def judge(self) -> Judged:
        """What the rules find."""
        basis = self._basis
        case = Case(
            basis.disclosure,
            basis.form,
            self._ledger,
            self._book,
            basis.last_year,
            basis.neighbours,
            basis.unit_form,
            tuple((apart.unit, apart.disclosure) for apart in basis.kept_apart),
            basis.forms,
        )
        return Judged(
            list(run(case)), [finding for other in basis.others for finding in _given_away_by(other, basis.form)]
        )

    @cached_property
    def written(self) -> tuple[Document, list[Diagnostic]]:
        """The document, and what is found while it is made. Of facts that rules find at fault it may be anything."""
        disclosure, form = self._basis.disclosure, self._basis.form
        tables = build_tables(form, self._ledger, disclosure)
        text, findings = write_narrative(disclosure, form, self._book, tables)
        document = Document(disclosure, form, tables, text, self._basis.others)
        faults = (fault for table in tables for fault in table.faults)
        return document, [*faults, *findings, *overflowing_sheets(document), *too_narrow(form)]

    def result(self, findings: list[Diagnostic], judged: Judged, told: Told | None = None) -> Result:
        """What becomes of the target, with what was found while it was gathered and by the rules.

        `told` is what is found in the whole department, where the target is a unit's.
        """
        basis, target = self._basis, self._target
        findings = [*findings, *self._own(judged.findings, told)]
        if any(rule_of(finding.code).blocks_tables for finding in findings):
            left, waived = _without_waived(basis, findings)
            reached = [finding for finding in left if not rule_of(finding.code).needs_all_findings]
            return Result(target, None, tuple(in_order(reached)), tuple(waived))
        document, more = self.written
        left, waived = _without_waived(basis, without_consequences([*findings, *self._own(more, told)]))
        own_files = basis.disclosure.trees()
        left += [finding for finding in judged.given_away if finding.place.file not in own_files]
        return Result(target, document, tuple(in_order(left)), tuple(waived))

    def _own(self, findings: Iterable[Diagnostic], told: Told | None) -> list[Diagnostic]:
        """Of what is found in the document of a unit, what its department's does not say: with the unit's name where it
        stands in files of the department. Errors are kept, for neither may be published with them.
        """
        if told is None:
            return list(findings)
        own, name = f"{self._target.place.file.rpartition('/')[0]}/", self._basis.disclosure.department.short_name
        return [
            finding
            if finding in told.findings or finding.place.file.startswith(own)
            else replace(finding, message=f"{name}：{finding.message}")
            for finding in findings
            if finding not in told.waived and (finding not in told.findings or has_errors([finding]))
        ]


def _given_away_by(other: Disclosure, form: Form) -> list[Diagnostic]:
    """What must not be published in the files of another disclosure, which travel inside the document, and is not
    explained there.
    """
    # Its expressions take long to compile, and it is mostly a copy of this process that goes through the rules.
    from discgen.rules.secrecy import given_away_in

    found = list(given_away_in(other, form))
    if not found:
        return []
    left, _ = apply_waivers(found, other.waivers, Scope(other.target, _roots(other)))
    return [finding for finding in left if finding in found]


def _roots(disclosure: Disclosure) -> dict[str, Node]:
    return {file: tree.root for file, tree in disclosure.trees().items()}


def _without_waived(basis: Basis, findings: list[Diagnostic]) -> tuple[list[Diagnostic], list[Waived]]:
    """The findings without those that are explained, and these; a waiver for files of the year's other kind is not
    judged here.
    """
    disclosure, target = basis.disclosure, basis.disclosure.target
    roots = _roots(disclosure)
    own_files = [target.below_year(file) for file in roots]
    waivers = [
        waiver
        for waiver in disclosure.waivers
        if waiver.is_about(own_files) or not waiver.is_about(basis.other_kinds_files)
    ]
    firm = [finding for finding in findings if not rule_of(finding.code).waivable]
    others = [finding for finding in findings if rule_of(finding.code).waivable]
    left, waived = apply_waivers(others, waivers, Scope(target, roots))
    return [*firm, *left], waived
