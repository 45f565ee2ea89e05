"""All sheets of an import to one set of facts: each taken for what it is, what is nothing of ours named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from discgen.authoring.skeleton import forms_of
from discgen.form.form import Form, load_form
from discgen.importing.imported import ImportedFacts, NamedCode, SheetReport
from discgen.importing.ledger.columns import has_heads
from discgen.importing.ledger.facts import facts_of
from discgen.importing.ledger.read import LedgerRead, read_ledger
from discgen.importing.ledger.repeats import repeats, summaries, with_sources
from discgen.importing.problems import ImportProblemsError
from discgen.importing.sheets.sheet import Sheet
from discgen.importing.sheets.values import Values
from discgen.importing.tables.facts import TableFacts
from discgen.importing.tables.read import Asked, read_form_sheet
from discgen.importing.tables.recognise import FormSheet, decided, foreign, likely_forms, recognise
from discgen.load.target import Target
from discgen.model.line import STAGES
from discgen.money import ZERO


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for: the unit of amounts whose heads say none, the form, heads to pass over, and force."""

    unit: str = ""
    form: str = ""
    ignored: tuple[str, ...] = ()
    force: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """The facts, the form they were recognised by (or were to be), what to tell of each sheet, and what ledgers call codes."""

    facts: ImportedFacts
    form: str
    sheets: tuple[SheetReport, ...]
    names: tuple[NamedCode, ...] = ()


def understand(sheets: Sequence[Sheet], values: Values, target: Target, options: Options) -> Understood:
    """Raises ImportTroubleError with all that is not understood, or where nothing is."""
    filled = [sheet for sheet in sheets if sheet.rows]
    by = _Asker(values, target, options)
    form = _form_of(filled, by)
    is_of_form = form is not None and form.name in likely_forms(filled, [form.name])
    found = [(sheet, recognise(sheet, form)) for sheet in filled] if form and is_of_form else []
    understood = _from_tables(found, form, by) if form and found else _from_ledgers(filled, by)
    hidden = [
        SheetReport(sheet.title, "；".join(sheet.remarks), (), 0, (), ZERO)
        for sheet in sheets
        if not sheet.rows and sheet.remarks
    ]
    remarks = {sheet.title: sheet.remarks for sheet in filled}
    told = [replace(one, remarks=(*remarks[one.sheet], *one.remarks)) if one.rows else one for one in understood.sheets]
    return replace(understood, sheets=(*told, *hidden))


@dataclass(frozen=True, slots=True)
class _Asker:
    """By what sheets are understood."""

    values: Values
    target: Target
    options: Options


def _form_of(sheets: Sequence[Sheet], by: _Asker) -> Form | None:
    """The form that was asked for, else the one with tables of most of the sheets' titles, if there is one."""
    known, asked = forms_of(by.target.kind), by.options.form
    if asked:
        return load_form(asked) if asked in known else None
    likely = decided(likely_forms(sheets, known), by.values.department, by.target.year)
    if len(likely) > 1:
        raise ImportProblemsError([f"这些表{'、'.join(likely)}几种表式里都有，用--form说明是哪一种"])
    return load_form(likely[0]) if likely else None


def _from_tables(found: Sequence[tuple[Sheet, FormSheet | None]], form: Form, by: _Asker) -> Understood:
    asked: list[Asked] = []
    reports: list[SheetReport] = []
    troubles: list[str] = []
    units: dict[str, str] = {}
    projects: list[Mapping[str, int]] = []
    specs = [one.spec.id for _, one in found if one]
    for sheet, one in found:
        if one is None:
            reports.append(SheetReport(sheet.title, "不是表式里的表，或没有金额，没有导入", (), 0, (), ZERO))
            continue
        if specs.count(one.spec.id) > 1:
            troubles.append(f"{sheet.title} “{one.title}”有两张，只导入一张")
        try:
            read = read_form_sheet(one, by.values, by.target.year, by.options.unit, by.options.ignored)
        except ImportProblemsError as trouble:
            troubles += trouble.troubles
            continue
        asked += read.asked
        reports.append(read.report)
        units |= read.project_units
        projects.append(read.projects)
    troubles += _unclear_projects(projects)
    if troubles or not asked:
        other = _other_form([sheet for sheet, _ in found], by)
        raise ImportProblemsError(
            [*other, *troubles] or [f"{found[0][0].file} 是{form.title}的空表：没有一个金额，填好再导入"]
        )
    facts = TableFacts(asked, form, STAGES[by.target.kind], by.values, units).facts()
    return Understood(facts, form.name, tuple(reports))


def _unclear_projects(by_table: Sequence[Mapping[str, int]]) -> Iterator[str]:
    """Names that several projects of one table bear, where another table has them too."""
    tables_of = Counter(name for counts in by_table for name in counts)
    twice = {name for counts in by_table for name, count in counts.items() if count > 1}
    for name in sorted(twice):
        if tables_of[name] > 1:
            yield f"项目“{name}”有几个，又在几张表里，分不清哪个是哪个；写成不同的名称再导入"


def _from_ledgers(sheets: Sequence[Sheet], by: _Asker) -> Understood:
    read: list[LedgerRead] = []
    reports: list[SheetReport] = []
    troubles: list[str] = []
    hints: list[str] = []
    for sheet in sheets:
        if len(sheets) > 1 and not has_heads(sheet):
            reports.append(SheetReport(sheet.title, "没有明细的表头，没有导入", (), 0, (), ZERO))
            continue
        try:
            ledger = read_ledger(sheet, by.values, by.target.year, by.options.unit, by.options.ignored)
        except ImportProblemsError as trouble:
            troubles += trouble.troubles
            hints += trouble.hints
            continue
        read.append(ledger)
        reports.append(ledger.report)
    by_sheet = with_sources([ledger.entries for ledger in read])
    summed = summaries(by_sheet)
    troubles += filter(None, summed.values())
    kept = [(read[at].report.sheet, entries) for at, entries in enumerate(by_sheet) if at not in summed]
    troubles += repeats(kept)
    if troubles or not kept:
        hints += ["几张表里只要一张的，把别的隐藏起来再导入"] if len(sheets) > 1 else []
        other = _other_form(sheets, by)
        raise ImportProblemsError(
            [*other, *troubles] or ["文件里没有能导入的内容：既没有明细的表头，也没有表式里的表"], hints
        )
    sums = [read[at].report for at in summed]
    reports = [replace(one, taken_as=_SUMMARY) if one in sums else one for one in reports]
    facts = facts_of((one for _, entries in kept for one in entries), STAGES[by.target.kind])
    names = [name for ledger in read for name in ledger.names]
    return Understood(facts, by.options.form, tuple(reports), tuple(names))


_SUMMARY = "汇总表，不导入，和明细对得上"


def _other_form(sheets: Sequence[Sheet], by: _Asker) -> Iterator[str]:
    """That the sheets are tables of another form than was asked for, if they are.

    Raises ImportTroubleError for a set of tables that is of none.
    """
    likely = likely_forms(sheets, forms_of(by.target.kind))
    if by.options.form and likely and by.options.form not in likely:
        yield f"这些表是表式{'或'.join(likely)}的，不是{by.options.form}的：文件里的form（或--form）写成前者，或换一套表"
    known = by.options.form if by.options.form in forms_of(by.target.kind) else ""
    if not likely and (other := foreign(sheets, load_form(known) if known else None)):
        raise other
