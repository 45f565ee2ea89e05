"""The sheets of text of a workbook to what they say together: prose, figures that no table has, and a report of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice

from msgspec import Struct, field
from msgspec.structs import replace

from discgen.diagnostics import Place
from discgen.form.form import Form
from discgen.form.sentences import CODE_REASON, COUNT, PURPOSE, Section, Sections, form_sections
from discgen.importing.imported import CellText, ImportedFacts, ImportedProject, ImportedProse, SheetReport
from discgen.importing.prose.clauses import PassageReader, Statement, is_unfilled
from discgen.importing.prose.figures import FigureReader
from discgen.importing.prose.paragraphs import Passage, is_passed_over, named_in, paragraphs_of, passages
from discgen.importing.prose.texts import (
    Known,
    OfCodes,
    StatedProject,
    read_duties,
    read_offices,
    read_projects,
    read_reasons,
    unknown_terms,
)
from discgen.importing.prose.words import ProseWords, load_prose_words
from discgen.importing.sheets.sheet import Sheet
from discgen.importing.sheets.values import Values, name_problem
from discgen.importing.sheets.words import bare
from discgen.importing.tables.recognise import titled
from discgen.ledger.facts import load_catalogue
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import UnknownDimensionError
from discgen.model.line import Fund, Line, Nature, Origin, Source, Stage
from discgen.money import ZERO, in_yuan
from discgen.phrases import few
from discgen.reference.codes import Classification
from discgen.rules.prose_figures import typed_amounts

_MOST_NAMED = 12
"""How many blanks or passages of a sheet are named."""
_LONGEST_SHOWN = 24
"""Characters of a text that reports show."""
_WITHOUT_SENTENCES = ("duties", "organisation", "glossary", "projects", "overview")
"""Parts that are an author's text and no sentences of the form."""
_MOST_PARAGRAPHS = 2_000
"""Of a sheet of text that is read: the longest document has some hundred."""
_COVER_CELLS = 6
"""How many texts a cover has at most."""


class ProseRead(Struct):
    """What was read: the prose, 政府采购 and projects as facts, and what is to be told."""

    prose: ImportedProse | None = None
    procurement: tuple[Line, ...] = ()
    projects: tuple[ImportedProject, ...] = ()
    reports: list[SheetReport] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Surroundings(Struct, frozen=True):
    """What sheets of text are read against: the form, the department, the tables' facts, last year's ledger where it is there."""

    form: Form
    values: Values
    year: int
    stage: Stage
    facts: ImportedFacts
    last_year: Ledger | None


def read_prose(sheets: Sequence[Sheet], around: Surroundings) -> ProseRead:
    """Read the sheets that are no tables; what is not understood is told, not taken."""
    return _ProseReader(around).read(sheets)


class _ProseReader:
    """Reads the sheets of one workbook."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._words: ProseWords = load_prose_words()
        self._sections: Sections = form_sections(around.form)
        self._ledger = Ledger(around.facts.lines, around.values.department, around.stage)
        self._made = ProseRead()
        self._statements: list[Statement] = []
        self._parts: dict[str, list[CellText]] = {}

    def read(self, sheets: Sequence[Sheet]) -> ProseRead:
        """All that the sheets say."""
        read = [sheet for sheet in sheets if self._read_sheet(sheet)]
        self._made.remarks += self._others_names(sheets)
        if read:
            self._gather(read[0].file)
        return self._made

    def _read_sheet(self, sheet: Sheet) -> bool:
        """Read a sheet into statements and parts; whether it is one of text."""
        paragraphs = list(islice(paragraphs_of(sheet), _MOST_PARAGRAPHS + 1))
        if len(paragraphs) > _MOST_PARAGRAPHS:
            self._report(sheet, f"超过{_MOST_PARAGRAPHS}段文字，不像表式的文字，没有导入")
            return False
        if is_passed_over(paragraphs, self._words):
            self._report(sheet, "目录，不导入")
            return False
        found = passages(paragraphs, self._sections)
        if not found:
            is_cover = len(paragraphs) <= _COVER_CELLS and any(named_in(sheet, self._words))
            is_table = bool(titled(sheet, self._around.form))
            self._report(sheet, _COVER if is_cover else _EMPTY if is_table else _NOT_KNOWN)
            return False
        told = [self._read_passage(passage) for passage in found]
        statements = [own for statements, _ in told for own in statements]
        left = [own for _, rest in told for own in rest]
        self._report(sheet, f"{_short(paragraphs[0].text)}（文字）", paragraphs, statements, left)
        return True

    def _read_passage(self, passage: Passage) -> tuple[tuple[Statement, ...], tuple[CellText, ...]]:
        name = passage.section.name
        if name in _WITHOUT_SENTENCES:
            self._parts.setdefault(name, []).extend(passage.paragraphs)
            return (), ()
        told = PassageReader(self._with_notes(passage), self._words, self._own_names(), self._around.year).read()
        self._statements += told.statements
        return told.statements, told.left

    def _with_notes(self, passage: Passage) -> Passage:
        """The passage with the form's notes on rounding among what says nothing."""
        section = passage.section
        notes = (note.format(year=self._around.year) for note in self._around.form.notes.values())
        return replace(
            passage, section=replace(section, fixed=(*section.fixed, *(note.rstrip("。") for note in notes)))
        )

    def _own_names(self) -> Iterator[str]:
        department = self._around.values.department
        yield from (department.name, department.short_name)
        for unit in department.units:
            yield from (unit.name, unit.short_name)

    def _report(
        self,
        sheet: Sheet,
        taken_as: str,
        paragraphs: Sequence[CellText] = (),
        statements: Sequence[Statement] = (),
        left: Sequence[CellText] = (),
    ) -> None:
        remarks = []
        if blanks := _blanks(statements):
            remarks.append(f"没有填的：{few(blanks, _MOST_NAMED)}")
        remarks += [f"没有看懂、没有导入：{own.cell} “{_short(own.text)}”" for own in left[:_MOST_NAMED]]
        remarks += [f"没有看懂的另有{len(left) - _MOST_NAMED}处"] if len(left) > _MOST_NAMED else []
        meanings = tuple(
            (own.words, _shown(own)) for own in statements if own.value is not None and not _is_nought(own)
        )
        self._made.reports.append(
            SheetReport(sheet.title, taken_as, meanings, len(paragraphs), (), ZERO, tuple(remarks))
        )

    def _others_names(self, sheets: Sequence[Sheet]) -> Iterator[str]:
        own = {bare(name) for name in self._own_names()}
        named = [
            (name, cell) for sheet in sheets for name, cell in named_in(sheet, self._words) if not is_unfilled(name)
        ]
        others = {bare(name): (name, cell) for name, cell in named if not any(known in bare(name) for known in own)}
        for name, cell in others.values():
            yield f"{cell} 写的是“{name}”，department.yaml里的部门和单位没有这个名称：核对是不是这个单位的工作簿"

    def _gather(self, file: str) -> None:
        around, made = self._around, self._made
        duties = read_duties(self._parts.get("duties", []), self._fixed_of("duties"))
        offices = read_offices(self._parts.get("organisation", []), self._words, around.values.department)
        figures = FigureReader(around.form, self._words, self._ledger, around.last_year).read(self._statements, file)
        reasons, untaken = read_reasons(self._statements, around.form)
        of_codes = self._of_codes()
        purposes, by_code = of_codes.clauses(PURPOSE), of_codes.clauses(CODE_REASON)
        made.remarks += [*offices.remarks, *figures.remarks, *untaken, *of_codes.differences()]
        made.remarks += [*purposes.remarks, *by_code.remarks]
        made.remarks += unknown_terms(self._parts.get("glossary", []), around.form)
        made.problems += figures.problems
        made.procurement = figures.procurement
        made.projects = tuple(self._projects())
        made.prose = ImportedProse(
            file=file,
            introduction=duties.introduction,
            duties=duties.duties,
            offices=offices.offices,
            reasons=reasons,
            reasons_by_code=dict(sorted(by_code.by_code.items())),
            purposes=dict(sorted(purposes.by_code.items())),
            executed=dict(sorted(of_codes.executed().items())),
            declared=figures.declared,
            money=frozenset(figures.money),
            prior=figures.prior,
            prior_source=f"{around.year}年预算公开工作簿里写的比上年增减数",
        )

    def _fixed_of(self, part: str) -> tuple[str, ...]:
        section = self._sections.parts.get(part, Section("", "", (), ()))
        return (*section.fixed, *self._words.fixed)

    def _of_codes(self) -> OfCodes:
        form, dictionary = self._around.form, self._around.values.dictionaries[Classification.FUNCTION]
        group = load_catalogue().groups.get(form.purposes)
        if group is None:
            return OfCodes((), Known({}, 0, ()), dictionary)
        try:
            codes = self._ledger.values(group.query, group.by)
        except UnknownDimensionError:
            codes = []
        amounts = {code: self._ledger.ask(group.query.narrowed({group.by: (code,)})).value for code in codes}
        for code, amount in list(amounts.items()):
            if code[: group.digits] != code:
                amounts[code[: group.digits]] = amounts.get(code[: group.digits], ZERO) + amount
        return OfCodes(self._statements, Known(amounts, group.digits, tuple(form.numbers.values())), dictionary)

    def _projects(self) -> Iterator[ImportedProject]:
        paragraphs = self._parts.get("projects", [])
        if paragraphs and "projects" not in self._around.form.parts:
            self._made.remarks.append(f"{paragraphs[0].cell} 表式不印项目经费情况说明，没有导入")
            return
        stated, left = read_projects(paragraphs, self._words)
        self._made.remarks += [f"{own.cell} 不在项目情况说明的哪一段下面，没有导入：{_short(own.text)}" for own in left]
        for project in stated:
            problem = (
                name_problem(project.name)
                if project.name
                else "项目情况说明没有写是哪个项目，在前面加一行“项目名称：……”"
            )
            if problem:
                self._made.problems.append(f"{project.cell} {problem}")
            elif (imported := self._project(project)) is not None:
                yield imported

    def _project(self, stated: StatedProject) -> ImportedProject | None:
        """A project with its text; one that no table has gets its amount from the text. None where that is not said."""
        there = next((own for own in self._around.facts.projects if bare(own.name) == bare(stated.name)), None)
        if there is not None:
            return replace(there, statement=stated.texts)
        budget = stated.texts.get("budget", CellText("", stated.cell))
        amounts = [amount.yuan for amount in typed_amounts(budget.text)]
        if not amounts:
            self._made.problems.append(f"{budget.cell} 项目“{stated.name}”的年度预算安排没有写金额，写上多少万元")
            return None
        line = Line(
            amounts[0], Place(budget.cell), stage=self._around.stage, fund=Fund.GENERAL, origin=Origin.CURRENT,
            nature=Nature.PROJECT, project=stated.name,
        )  # fmt: skip
        codes = self._payers(line)
        open_code = "" if len(codes) == 1 else "，科目没有写，标了“待确认”"
        self._made.remarks.append(
            f"{budget.cell} 项目“{stated.name}”照年度预算安排录入{in_yuan(line.amount)}{open_code}"
        )
        unit = self._around.values.department.units[0].id
        unsure = frozenset({"function"} if open_code else ())
        return ImportedProject(stated.name, "", unit, (*codes, "")[0], None, (line,), unsure, stated.texts)

    def _payers(self, project: Line) -> list[str]:
        """The 科目 whose 项目支出 could pay all of a project."""
        spent: dict[str, Decimal] = {}
        for line in self._around.facts.lines.get(Source.EXPENDITURE, ()):
            if line.nature is Nature.PROJECT and line.fund is Fund.GENERAL and line.function_code:
                spent[line.function_code] = spent.get(line.function_code, ZERO) + line.amount
        return [code for code, amount in spent.items() if amount >= project.amount]


_COVER = "封面，只用来核对单位名称"
_EMPTY = "表式的表，没有一个金额"
_NOT_KNOWN = "不是表式里的表或文字，或没有金额，没有导入"


def _blanks(statements: Iterable[Statement]) -> list[str]:
    by_cell: dict[str, list[str]] = {}
    for own in statements:
        if own.value is None and not own.name.startswith("“"):
            by_cell.setdefault(own.cell.rpartition("!")[2], []).append(_quoted(_short(own.words)))
    return [f"{cell} {word}" for cell, words in by_cell.items() for word in dict.fromkeys(words)]


def _quoted(words: str) -> str:
    return words if words.startswith("“") else f"“{words}”"


def _is_nought(statement: Statement) -> bool:
    """Whether a count is 0, as most of vehicles by their use are."""
    return statement.kind == COUNT and not statement.value


def _shown(statement: Statement) -> str:
    value = statement.value
    if isinstance(value, Decimal):
        return f"{value:f}" if statement.kind == COUNT else in_yuan(value)
    return value.isoformat() if isinstance(value, date) else _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
