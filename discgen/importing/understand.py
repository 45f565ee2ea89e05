"""All sheets of an import to one set of facts: each taken for what it is, and those that are neither named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from discgen.form.form import Form
from discgen.form.printed import printed_keys
from discgen.importing.imported import ImportedFacts, NamedCode, SheetReport
from discgen.importing.ledger.columns import has_heads
from discgen.importing.ledger.facts import Detail, facts_of
from discgen.importing.ledger.read import LedgerRead, read_ledger
from discgen.importing.ledger.repeats import repeats, summaries, with_sources
from discgen.importing.problems import ImportProblemsError, refuse
from discgen.importing.prose.read import Surroundings, read_prose
from discgen.importing.sheets.sheet import Sheet
from discgen.importing.sheets.values import Values
from discgen.importing.sheets.words import load_words
from discgen.importing.tables.facts import TableFacts
from discgen.importing.tables.read import TableCell, read_table
from discgen.importing.tables.recognise import FormSheet, decided, foreign, likely_forms, recognise
from discgen.importing.writing.additional_codes import name_codes
from discgen.ledger.ledger import Ledger
from discgen.load.target import Target
from discgen.model.line import STAGES, Source, Stage
from discgen.money import ZERO

_SUMMARY = "汇总表，不导入，和明细对得上"


class Options(Struct, frozen=True):
    """What was asked for: the unit of amounts whose heads say none, the form, heads to pass over, and force; `by_unit`
    where units publish documents of their own, so that each line says whose it is.
    """

    unit: str = ""
    form: str = ""
    ignored: tuple[str, ...] = ()
    force: bool = False
    by_unit: bool = False


class Request(Struct, frozen=True):
    """What sheets are understood by: the department's units and codes, the year, what was asked for, and the forms of the
    target's kind.

    `last_year` is what the year before says where its files are there: changes that a text tells are held to it.
    """

    values: Values
    target: Target
    options: Options
    forms: Mapping[str, Form]
    last_year: Ledger | None = None


class Understood(Struct, frozen=True):
    """The facts, the form they were recognised by (or were to be), each sheet's report, and what ledgers call codes."""

    facts: ImportedFacts
    form: str
    sheets: tuple[SheetReport, ...]
    names: tuple[NamedCode, ...] = ()


def understand(sheets: Sequence[Sheet], request: Request) -> Understood:
    """Raises ImportProblemsError with all that is not understood, or where nothing is."""
    filled = [sheet for sheet in sheets if sheet.rows]
    form = _form_of(filled, request)
    is_of_form = form is not None and form.name in likely_forms(filled, [form])
    tables = [(sheet, recognise(sheet, form)) for sheet in filled] if form and is_of_form else []
    understood = _from_tables(tables, form, request) if form and tables else _from_ledgers(filled, request)
    remarks = {sheet.title: sheet.remarks for sheet in filled}
    reports = [
        replace(report, remarks=(*remarks[report.sheet], *report.remarks)) if report.rows else report
        for report in understood.sheets
    ]
    hidden = [_not_imported(sheet, "；".join(sheet.remarks)) for sheet in sheets if not sheet.rows and sheet.remarks]
    return replace(understood, sheets=(*reports, *hidden))


def _not_imported(sheet: Sheet, reason: str) -> SheetReport:
    return SheetReport(sheet.title, reason, (), 0, (), ZERO)


def _form_of(sheets: Sequence[Sheet], request: Request) -> Form | None:
    """The form that was asked for, else the one with tables of most of the sheets' titles, if there is one."""
    forms, asked = request.forms, request.options.form
    if asked:
        return forms.get(asked)
    titles = {name: form.title for name, form in forms.items()}
    likely = likely_forms(sheets, list(forms.values()))
    likely = decided(likely, titles, request.values.department, request.target.year)
    if len(likely) > 1:
        raise ImportProblemsError(f"这些表{'、'.join(likely)}几种表式里都有，用--form说明是哪一种")
    return forms[likely[0]] if likely else None


def _from_tables(tables: Sequence[tuple[Sheet, FormSheet | None]], form: Form, request: Request) -> Understood:
    cells: list[TableCell] = []
    reports: list[SheetReport] = []
    problems: list[str] = []
    units: dict[str, str] = {}
    projects: list[Mapping[str, int]] = []
    names: list[NamedCode] = []
    specs = [table.spec.id for _, table in tables if table]
    for sheet, table in tables:
        if table is None:
            continue
        if specs.count(table.spec.id) > 1:
            problems.append(f"{sheet.title} “{table.title}”有两张，只导入一张")
        options = request.options
        try:
            read = read_table(table, request.values, request.target.year, options.unit, options.ignored)
        except ImportProblemsError as error:
            problems += error.problems
            continue
        cells += read.cells
        reports.append(read.report)
        units |= read.project_units
        projects.append(read.projects)
        names += read.names
    problems += _unclear_projects(projects)
    if problems or not cells:
        other = _other_form([sheet for sheet, _ in tables], request)
        empty = f"{tables[0][0].file} 是{form.title}的空表：没有一个金额，填好再导入"
        raise ImportProblemsError(*([*other, *problems] or [empty]))
    stage = STAGES[request.target.kind]
    of_budget = [cell for cell in cells if stage is not Stage.APPROVED and _asks_for_budget(cell)]
    facts = TableFacts([cell for cell in cells if cell not in of_budget], form, stage, request.values, units).facts()
    if any(cell.amount for cell in of_budget):
        facts = replace(facts, remarks=(*facts.remarks, _NO_BUDGET))
    spoken_of = {source for cell in cells for source in cell.query.sources}
    known = name_codes(names, facts, request.values.dictionaries).known(request.values.dictionaries)
    request = replace(request, values=replace(request.values, dictionaries=known))
    understood = _with_prose(facts, [sheet for sheet, table in tables if table is None], reports, form, request)
    remarks = (*understood.facts.remarks, *_without_tables(understood.facts, spoken_of, form))
    return replace(understood, facts=replace(understood.facts, remarks=remarks), names=tuple(names))


def _without_tables(facts: ImportedFacts, spoken_of: Collection[Source], form: Form) -> Iterator[str]:
    """What the form prints and has no table for, and no sheet of text says."""
    spoken = {*spoken_of, *facts.lines, *([Source.PROJECT] if facts.projects else [])}
    printed = printed_keys(form)
    asked = {Source.PROJECT: {"project", "statement", "goal_sheet"}, Source.PROCUREMENT: {"procurement"}}
    missing = [
        load_words().titles[source]
        for source, keys in asked.items()
        if source not in spoken and not printed.isdisjoint(keys)
    ]
    if missing:
        yield f"这套表里没有{'、'.join(missing)}，没有导入，另外填写"


def _with_prose(
    facts: ImportedFacts, sheets: Sequence[Sheet], reports: list[SheetReport], form: Form, request: Request
) -> Understood:
    """The facts of tables with what the other sheets say; accounts have their text written, not imported."""
    stage = STAGES[request.target.kind]
    if stage is not Stage.APPROVED:
        others = [_not_imported(sheet, "不是表式里的表，或没有金额，没有导入") for sheet in sheets]
        return Understood(facts, form.name, (*reports, *others))
    around = Surroundings(form, request.values, request.target.year, stage, facts, request.last_year)
    read = read_prose(sheets, around)
    refuse(read.problems)
    lines = {**facts.lines, Source.PROCUREMENT: read.procurement} if read.procurement else facts.lines
    own = {project.name for project in read.projects}
    projects = (*read.projects, *(project for project in facts.projects if project.name not in own))
    both = replace(facts, lines=lines, projects=projects, remarks=(*facts.remarks, *read.remarks), prose=read.prose)
    return Understood(both, form.name, (*reports, *read.reports))


_NO_BUDGET = "表里的年初预算数没有导入：由同年的budget.yaml得出，没有的填写approved"


def _asks_for_budget(cell: TableCell) -> bool:
    return dict(cell.query.where).get("stage") == (Stage.APPROVED,)


def _unclear_projects(by_table: Sequence[Mapping[str, int]]) -> Iterator[str]:
    """Names that several projects of one table bear, where another table has them too."""
    tables_of = Counter(name for counts in by_table for name in counts)
    twice = {name for counts in by_table for name, count in counts.items() if count > 1}
    for name in sorted(twice):
        if tables_of[name] > 1:
            yield f"项目“{name}”有几个，又在几张表里，分不清哪个是哪个；写成不同的名称再导入"


def _from_ledgers(sheets: Sequence[Sheet], request: Request) -> Understood:
    ledgers: list[LedgerRead] = []
    reports: list[SheetReport] = []
    problems: list[str] = []
    hints: list[str] = []
    for sheet in sheets:
        if len(sheets) > 1 and not has_heads(sheet):
            reports.append(_not_imported(sheet, "没有明细的表头，没有导入"))
            continue
        options = request.options
        try:
            ledger = read_ledger(sheet, request.values, request.target.year, options.unit, options.ignored)
        except ImportProblemsError as error:
            problems += error.problems
            hints += error.hints
            continue
        ledgers.append(ledger)
        reports.append(ledger.report)
    by_sheet = with_sources([ledger.entries for ledger in ledgers])
    summed = summaries(by_sheet)
    problems += filter(None, summed.values())
    kept = [(ledgers[at].report.sheet, entries) for at, entries in enumerate(by_sheet) if at not in summed]
    problems += repeats(kept)
    if problems or not kept:
        hints += ["几张表里只要一张的，把别的隐藏起来再导入"] if len(sheets) > 1 else []
        other = _other_form(sheets, request)
        nothing = "文件里没有能导入的内容：既没有明细的表头，也没有表式里的表"
        raise ImportProblemsError(*([*other, *problems] or [nothing]), hints=hints)
    sums = [ledgers[at].report for at in summed]
    reports = [replace(report, taken_as=_SUMMARY) if report in sums else report for report in reports]
    facts = facts_of(
        (entry for _, entries in kept for entry in entries),
        STAGES[request.target.kind],
        Detail(request.options.by_unit, _in_halves(request)),
    )
    names = [name for ledger in ledgers for name in ledger.names]
    return Understood(facts, request.options.form, tuple(reports), tuple(names))


def _in_halves(request: Request) -> bool:
    """Whether the form that was asked for, or that of its units' own documents, splits 基本支出 by 功能分类."""
    form = request.forms.get(request.options.form)
    units = request.forms.get(form.unit_form) if form and request.options.by_unit else None
    return any(one.splits_basic for one in (form, units) if one)


def _other_form(sheets: Sequence[Sheet], request: Request) -> Iterator[str]:
    """That the sheets are tables of another form than was asked for, if they are.

    Raises ImportProblemsError for a set of tables that is of none.
    """
    forms, asked = request.forms, request.options.form
    likely = likely_forms(sheets, list(forms.values()))
    if asked and likely and asked not in likely:
        yield f"这些表是表式{'或'.join(likely)}的，不是{asked}的：文件里的form（或--form）写成前者，或换一套表"
    if not likely and (other := foreign(sheets, forms.get(asked))):
        raise other
