"""All that a document rests on, gathered in one step into a `Basis`; the stages after it read no more files."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from discgen.diagnostics import Diagnostic, Place, error, has_errors
from discgen.form.files import form_names
from discgen.form.form import Form, Scope, load_form
from discgen.gather.reader import Reader, of_facts
from discgen.gather.units import KeptApart, units_kept_apart, unknown_last_year, without_unit, wrong_unit
from discgen.load.own_files import OwnFiles
from discgen.load.target import Target
from discgen.load.year import YearFiles
from discgen.model.build_lines import at_stage
from discgen.model.disclosure import Disclosure
from discgen.model.line import STAGES, Lines
from discgen.model.unit import narrowed
from discgen.reference.codes import CLASS_DIGITS, Classification
from discgen.rules.registry import without_consequences
from discgen.validate.shipped import ShippedDataError


class Basis(Struct, frozen=True):
    """The facts of a target, its form, and what they are held against, each in order."""

    disclosure: Disclosure
    form: Form
    last_year: Disclosure | None
    """None where the workspace does not have it."""
    prior: tuple[Lines, ...]
    """Last year's lines: its own, from its files or as declared, then those of departments that joined; none where unknown."""
    others: tuple[Disclosure, ...]
    """What else figures come from: last year's, those of departments that joined, the year's budget under accounts."""
    approved: Lines
    """年初预算 of accounts: from the year's budget.yaml, else as declared; nothing where unknown."""
    neighbours: frozenset[str]
    """Names of the workspace's other departments and of their units."""
    forms: tuple[str, ...]
    """The names of the forms that the workspace may use."""
    other_kinds_files: frozenset[str]
    """Data files that lie in the folder of the year and were not read, by their names below it."""
    whole: Disclosure | None = None
    """The facts of the whole department, where those of the document are one unit's; `prior` and `approved` are the whole's."""
    unit_form: Form | None = None
    """The form of the documents of a department's units, where they publish any."""
    kept_apart: tuple[KeptApart, ...] = ()
    """The units of a department that have folders of their own, with their facts."""


def gather(reader: Reader, target: Target) -> tuple[Basis | None, list[Diagnostic]]:
    """What the document of a target rests on, and all that was found while it was read."""
    return _of_unit(reader, target) if target.unit else _of_department(reader, target)


def _of_unit(reader: Reader, target: Target) -> tuple[Basis | None, list[Diagnostic]]:
    """What the document of a unit rests on: what that of its department does, narrowed, and its own words."""
    basis, of_department = _of_department(reader, target.whole)
    words, of_words = reader.words(target)
    findings = [finding for finding in of_facts(of_department) if has_errors([finding])]
    if basis is None:
        return None, [*findings, *of_words]
    whole = basis.disclosure
    wrong = wrong_unit(whole, target)
    form, form_findings = _unit_form(basis, reader.own)
    findings += [*(wrong or of_words), *form_findings]  # a folder that should not be there lacks nothing
    # Of money that does not say whose it is, nobody knows how much is the unit's.
    is_unsaid = any(finding.code == "M031" for finding in findings)
    if wrong or form is None or words is None or is_unsaid:
        return None, findings
    last_year = _last_year_of_unit(reader, basis, target)
    unit = narrowed(whole, target, form.name, words)
    own_files = {target.below_year(tree.file) for tree in (*whole.files, *unit.files)}
    in_year = YearFiles(reader.workspace, target).names_in_year()
    return Basis(
        disclosure=unit,
        form=form,
        last_year=last_year,
        # A unit that is new, and what joined the department since, have no last year in it.
        prior=basis.prior[:1] if last_year or not basis.last_year else (),
        others=(whole, *basis.others),
        approved=basis.approved,
        neighbours=basis.neighbours,
        forms=basis.forms,
        other_kinds_files=frozenset(in_year) - own_files,
        whole=whole,
    ), findings


def _unit_form(basis: Basis, own: OwnFiles) -> tuple[Form | None, list[Diagnostic]]:
    """The form of the units of a department; a finding where its own form names none."""
    form, place = basis.form, basis.disclosure.form_place
    if form.scope is Scope.UNIT:  # which is the department's fault, and told with it
        return None, []
    if not form.unit_form:
        message = f"表式“{form.name}”没有单位的表式，单位的文件编不出来"
        return None, [error("M033", message, place, "换一个有单位表式的；或在表式的form.yaml写unit_form")]
    return _load(form.unit_form, place, own)


def _last_year_of_unit(reader: Reader, basis: Basis, target: Target) -> Disclosure | None:
    """Last year's facts narrowed to the unit, if it was there, with its words, if it had a document."""
    last_year = basis.last_year
    if last_year is None or not last_year.department.has_unit(target.unit):
        return None
    before = target.of_last_year
    is_there = YearFiles(reader.workspace, before).narrative.is_there()
    words, _ = reader.words(before) if is_there else (None, [])  # what is wrong in them, their own check reports
    return narrowed(last_year, before, last_year.form, words)


def _of_department(reader: Reader, target: Target) -> tuple[Basis | None, list[Diagnostic]]:
    """What the document of a department rests on.

    There is no basis where the target's own files are not in order, nor where its form is not, nor another file that
    its figures come from.
    """
    disclosure, own_findings = reader.facts(target)
    findings = without_consequences(own_findings)
    of_department = reader.department_findings(target)
    if disclosure is None or has_errors(of_facts(findings)):
        # A copied folder has every error of the original: that it is a copy is reported along with them.
        return None, [*findings, *(finding for finding in of_department if finding.code == "L020")]
    last_year, joined, prior, prior_findings = _prior(reader, disclosure)
    budget, approved, budget_findings = _approved(reader, disclosure)
    form, form_findings = _form(disclosure, reader.own)
    kept_apart, apart_findings = units_kept_apart(reader, disclosure)
    units = reader.workspace.units_of(target)
    of_units = without_unit(disclosure, units)
    of_units += unknown_last_year(last_year) if last_year and units else []
    findings += [*of_department, *prior_findings, *budget_findings, *form_findings, *apart_findings, *of_units]
    if form is None or has_errors(of_facts([*prior_findings, *budget_findings])):
        return None, findings
    own_files = {target.below_year(tree.file) for tree in disclosure.files}
    in_year = YearFiles(reader.workspace, target).names_in_year()
    return Basis(
        disclosure=disclosure,
        form=form,
        last_year=last_year,
        prior=prior,
        others=tuple(other for other in (last_year, *joined, budget) if other),
        approved=approved,
        neighbours=reader.neighbours(disclosure),
        forms=tuple(form_names(reader.own)),
        other_kinds_files=frozenset(in_year) - own_files,
        unit_form=_load(form.unit_form, disclosure.form_place, reader.own)[0] if units and form.unit_form else None,
        kept_apart=kept_apart,
    ), findings


def _prior(
    reader: Reader, disclosure: Disclosure
) -> tuple[Disclosure | None, list[Disclosure], tuple[Lines, ...], list[Diagnostic]]:
    """Last year's facts, those of the departments that have joined since then, and the lines of all."""
    target = replace(disclosure.target, year=disclosure.target.year - 1)
    last_year, other_findings = reader.usable_facts(target)
    findings = list(other_findings)
    declared = disclosure.declared_prior
    if last_year and declared:
        hint = "删去prior，程序自己从上年文件取数"
        findings.append(error("M006", "上年已有文件，不再录入上年数", declared.place, hint))
    own = last_year.lines if last_year else None
    if own is None and declared:
        own = at_stage(declared.lines, STAGES[target.kind]) or None
    lines = [own] if own else []
    all_joined: list[Disclosure] = []
    is_in_order = not has_errors(of_facts(other_findings))
    for name in disclosure.merged_from:
        joined, other_findings = reader.usable_facts(replace(target, department=name))
        findings += other_findings
        if not is_in_order or has_errors(of_facts(other_findings)):
            continue  # what is there and not in order is not missing
        if name == target.department or own is None or joined is None:
            message = f"并入的部门“{name}”没有{target.year}年的文件，或本部门自己没有上年数"
            hint = "核对merged_from；本部门的上年数录入prior"
            findings.append(error("M010", message, disclosure.merged_place, hint))
        else:
            findings += _unknown_classes(disclosure, joined)
            lines.append(joined.lines)
            all_joined.append(joined)
    return last_year, all_joined, tuple(lines), findings


def _unknown_classes(disclosure: Disclosure, joined: Disclosure) -> list[Diagnostic]:
    """A finding for each 类 that a department which joined used last year, and that this one has no name for."""
    dimensions = {
        "function_code": Classification.FUNCTION,
        "department_economic_code": Classification.DEPARTMENT_ECONOMIC,
    }
    findings: list[Diagnostic] = []
    for dimension, classification in dimensions.items():
        codes = {getattr(line, dimension) for lines in joined.lines.values() for line in lines} - {None}
        classes = {code[:CLASS_DIGITS] for code in codes}
        for code in sorted(classes - disclosure.dictionaries[classification].names.keys()):
            message = f"{classification.label}里没有{code}，并入的部门“{joined.target.department}”上年用了它"
            hint = "写进本部门department.yaml的additional_codes并注明出处"
            findings.append(error("C001", message, disclosure.merged_place, hint))
    return findings


def _approved(reader: Reader, disclosure: Disclosure) -> tuple[Disclosure | None, Lines, list[Diagnostic]]:
    """The budget of accounts, and its lines, or those that are declared."""
    if disclosure.target.kind != "accounts":
        return None, {}, []
    budget, findings = reader.usable_facts(replace(disclosure.target, kind="budget"))
    declared = disclosure.declared_approved
    if budget is None:
        return None, (declared.lines if declared else {}), list(findings)
    if declared is None:
        return budget, budget.lines, list(findings)
    hint = "删去approved，程序自己从budget.yaml取数"
    twice = error("M011", "本年度已有budget.yaml，不再录入年初预算数", declared.place, hint)
    return budget, budget.lines, [*findings, twice]


def _form(disclosure: Disclosure, own: OwnFiles) -> tuple[Form | None, list[Diagnostic]]:
    place = disclosure.form_place
    form, findings = _load(disclosure.form, place, own)
    if form is None:
        return None, findings
    if form.kind != disclosure.target.kind:
        return None, [error("M008", f"表式“{form.name}”不是用来编这种文件的", place, "换一个表式")]
    if form.scope is Scope.UNIT and len(disclosure.department.units) > 1:
        message = f"表式“{form.name}”是编一个单位的，本部门有{len(disclosure.department.units)}个单位"
        return form, [error("M033", message, place, "换部门的表式；单位自己的文件放units/，见docs/units.md")]
    return form, []


def _load(name: str, place: Place, own: OwnFiles) -> tuple[Form | None, list[Diagnostic]]:
    try:
        return load_form(name, own), []
    except ShippedDataError as wrong:
        return None, list(wrong.findings) or [error("M007", str(wrong), place, "改正form这一行")]
