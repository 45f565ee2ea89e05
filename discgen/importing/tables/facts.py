"""What the cells of published tables say together to facts: every cell a sum, the lines what the sums are of.

What the sums leave open is not guessed in silence: one solution that fits all cells is taken, its
lines are marked to be confirmed, and the report says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from discgen.diagnostics import Place
from discgen.form.form import Form
from discgen.importing.imported import ImportedFacts, ImportedProject
from discgen.importing.problems import ImportProblemsError
from discgen.importing.sheets.values import Values
from discgen.importing.sheets.words import load_words
from discgen.importing.tables.candidates import Candidate, Candidates
from discgen.importing.tables.equations import (
    FEN,
    HALF_OF_PRINTED,
    cells_of_parts,
    confirmed,
    describe_contradiction,
    describe_tail,
    equations_of,
    fund_called,
)
from discgen.importing.tables.read import TableCell
from discgen.importing.tables.rows import SAME_NAME
from discgen.importing.tables.solve import Amounts, ContradictionError, Equation
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import UnknownDimensionError
from discgen.model.line import Fund, Line, Nature, Origin, Source, Stage, total
from discgen.money import ZERO, in_yuan
from discgen.reference.codes import CLASS_DIGITS

_MOST_TAILS = 200
_LAST_PRINTED = 2 * HALF_OF_PRINTED
"""What cutting off instead of rounding may take away, in 分."""
_KEYS = {"function": "功能科目", "unit": "单位"}
"""What a project lacks, as remarks call it."""


class TableFacts(Struct, frozen=True):
    """Turns the cells of one workbook into the facts of a document of a stage."""

    cells: Sequence[TableCell]
    form: Form
    stage: Stage
    values: Values
    project_units: Mapping[str, str]
    """The unit whose row stands above a project's, by the project's name."""

    def facts(self) -> ImportedFacts:
        """Raises ImportProblemsError for cells that cannot all be right."""
        kinds = {unit.kind for unit in self.values.department.units}
        candidates = Candidates(self.cells, self.form, self.stage, kinds.pop() if len(kinds) == 1 else None).all()
        equations = equations_of(self.cells, candidates, self.stage)
        negative = {source for cell in self.cells if cell.amount < 0 for source in cell.query.sources}
        is_negative = [source in negative for source, _ in candidates]
        exact = confirmed(equations, self._printed() if self._has_exact() else set(), is_negative)
        solved, tails = self._solved(exact.equations, is_negative)
        remarks = [*exact.remarks, *tails]
        _rule_out(solved, candidates)
        lines, unsure = self._lines(candidates, exact.equations, solved, exact.rounded)
        remarks += [
            f"表里分不清：{_called(source, line)}{in_yuan(line.amount)}，先这样写，标了“待确认”"
            for source, line in unsure
        ]
        return self._finished(lines, {line for _, line in unsure}, remarks)

    def _printed(self) -> set[str]:
        """The cells that may have been rounded to printed 万元."""
        return {cell.name for cell in self.cells if cell.printed}

    def _has_exact(self) -> bool:
        """Whether other tables of the workbook are in 元."""
        return any(cell.unit == "元" and cell.amount for cell in self.cells)

    def _solved(self, equations: list[Equation], is_negative: Sequence[bool]) -> tuple[Amounts, list[str]]:
        """The amounts, without the sums that rounding to printed 万元 explains; those are named."""
        printed = self._printed()
        tails: list[str] = []
        while True:
            try:
                return Amounts(len(is_negative), equations, is_negative), tails
            except ContradictionError as error:
                if not self._is_tail(error, printed) or len(tails) == _MOST_TAILS:
                    raise ImportProblemsError(describe_contradiction(error)) from error
                equations.remove(error.equation)
                tails.append(describe_tail(error, equations))

    def _is_tail(self, error: ContradictionError, printed: set[str]) -> bool:
        equation, (least, most) = error.equation, error.reached
        off = max(least - equation.total, equation.total - most)
        return (
            equation.name in printed and len(equation.parts) > 1 and off <= HALF_OF_PRINTED * (len(equation.parts) + 1)
        )

    def _lines(
        self, candidates: Sequence[Candidate], equations: Sequence[Equation], solved: Amounts, rounded: Collection[int]
    ) -> tuple[dict[Source, list[Line]], list[Candidate]]:
        """The lines with money, and which of them are unsure: not settled by the cells, or by `rounded` ones only."""
        cells = cells_of_parts(equations)
        open_parts = [part for part in range(len(candidates)) if not solved.is_settled(part) and part in cells]
        for part in open_parts:
            if not solved.is_settled(part):
                _assume(solved, part, candidates[part])
        lines: dict[Source, list[Line]] = {}
        unsure: list[Candidate] = []
        for part, (source, line) in enumerate(candidates):
            amount = Decimal(solved.lower[part]) / FEN if part in cells else ZERO
            if amount:
                known = replace(line, amount=amount, place=Place(cells[part]))
                lines.setdefault(source, []).append(known)
                if part in open_parts or part in rounded:
                    unsure.append((source, known))
        lines.get(Source.BASIC, []).sort(
            key=lambda line: (line.department_economic_code, line.government_economic_code or "")
        )
        return lines, unsure

    def _finished(self, lines: dict[Source, list[Line]], unsure: set[Line], remarks: list[str]) -> ImportedFacts:
        """The facts with these lines, once 机关运行经费 and projects are settled."""
        self._settle_agency_operation(lines, unsure, remarks)
        if any(len(line.department_economic_code or "") <= CLASS_DIGITS for line in lines.get(Source.BASIC, [])):
            unsure |= set(lines.get(Source.THREE_PUBLIC, []))  # part of it may be in what 公用经费 is written for
        spent = in_yuan(total(lines.get(Source.EXPENDITURE, ())))
        remarks.insert(0, f"{len(self.cells)}个金额互相核对过，合计、小计和各表之间都对得上；支出合计{spent}")
        remarks += _without_codes(lines)
        projects = tuple(self._projects(lines))
        remarks += [
            f"项目“{project.name}”的{'、'.join(_KEYS[key] for key in sorted(project.unsure))}表里没有，新写的文件标了“待确认”"
            for project in projects
            if project.unsure
        ]
        by_source: dict[Source, tuple[Line, ...]] = {
            source: tuple(rows) for source, rows in lines.items() if source is not Source.PROJECT
        }
        return ImportedFacts(by_source, projects, tuple(remarks), frozenset(unsure))

    def _settle_agency_operation(self, lines: dict[Source, list[Line]], unsure: set[Line], remarks: list[str]) -> None:
        """Leave out 机关运行经费 where it follows from 基本支出; else a budget keeps it, and what may be wrong is unsure."""
        agency = lines.pop(Source.AGENCY_OPERATION, [])
        ledger = Ledger({source: tuple(rows) for source, rows in lines.items()}, self.values.department, self.stage)
        verdict = _agency_verdict(self.cells, ledger, has_exact=self._has_exact())
        remarks += verdict.remarks
        if verdict.follows:
            return
        unsure |= set(_repeated(lines.get(Source.BASIC, [])))
        if self.stage is not Stage.APPROVED:
            remarks.append("机关运行经费和表里的不同：basic里没有写单位或单位性质，补上")
            return
        lines[Source.AGENCY_OPERATION], is_doubtful = self._with_units(agency)
        unsure |= set(lines[Source.AGENCY_OPERATION]) if is_doubtful else set()
        if not verdict.remarks:
            remarks.append("机关运行经费由基本支出得不出来，照表录入agency_operation")

    def _with_units(self, agency: Iterable[Line]) -> tuple[list[Line], bool]:
        """机关运行经费 with the unit that it must name, and whether that is in doubt."""
        units = self.values.department.units
        lines = [line if line.unit else replace(line, unit=units[0].id) for line in agency]
        return lines, len(units) > 1 and any(line.unit is None for line in agency)

    def _projects(self, lines: Mapping[Source, Sequence[Line]]) -> Iterator[ImportedProject]:
        by_name: dict[str, list[Line]] = {}
        for line in lines.get(Source.PROJECT, ()):
            by_name.setdefault(line.project or "", []).append(line)
        units = self.values.department.units
        for name, own in by_name.items():
            codes = _functions(own, lines.get(Source.EXPENDITURE, ()))
            unit = self.project_units.get(name, units[0].id)
            unsure = {"function"} if len(codes) != 1 else set()
            if len(units) > 1 and name not in self.project_units:
                unsure.add("unit")
            bare = name.partition(SAME_NAME)[0]
            named = tuple(replace(line, project=bare) for line in own)
            yield ImportedProject(bare, "", unit, codes[0] if codes else "", None, named, frozenset(unsure))


def _rule_out(solved: Amounts, candidates: Sequence[Candidate]) -> None:
    """Let “三公”经费 and 机关运行经费 of funds that pay for nothing be zero."""
    spent: dict[Fund | None, int] = {}
    for part, (source, line) in enumerate(candidates):
        if source is Source.EXPENDITURE:
            spent[line.fund] = spent.get(line.fund, 0) + solved.upper[part]
    for part, (source, line) in enumerate(candidates):
        if source in (Source.THREE_PUBLIC, Source.AGENCY_OPERATION) and spent.get(line.fund) == 0:
            solved.let_be_nothing(part)


def _assume(solved: Amounts, part: int, candidate: Candidate) -> None:
    try:
        solved.assume(part)
    except ContradictionError as error:
        source, line = candidate
        raise ImportProblemsError(
            f"各表合起来定不下{_called(source, line)}：{describe_contradiction(error)}"
        ) from error


def _called(source: Source, line: Line) -> str:
    """What remarks call a line."""
    titles = load_words().titles
    known = (line.fund, line.origin, line.nature, line.item, line.unit_kind)
    words = [titles.get(str(value), str(value)) for value in known if value]
    return f"{titles[source]}{line.function_code or line.project or ''}（{'、'.join(words)}）"


def _repeated(lines: Sequence[Line]) -> list[Line]:
    """The lines whose pair of economic codes occurs more than once, for two kinds of unit."""
    pairs = [(line.department_economic_code, line.government_economic_code) for line in lines]
    return [line for line, pair in zip(lines, pairs, strict=True) if pairs.count(pair) > 1]


def _functions(project: Sequence[Line], expenditure: Sequence[Line]) -> list[str]:
    """The 科目 whose 项目支出 could pay all of a project."""
    paid: dict[str, dict[tuple[Fund | None, Origin | None], Decimal]] = {}
    for line in expenditure:
        if line.nature is Nature.PROJECT and line.function_code:
            paid.setdefault(line.function_code, {})[(line.fund, line.origin)] = line.amount
    return [
        code
        for code, by_fund in paid.items()
        if all(by_fund.get((line.fund, line.origin), ZERO) >= line.amount for line in project)
    ]


def _without_codes(lines: Mapping[Source, Sequence[Line]]) -> Iterator[str]:
    """Remarks on 基本支出 whose economic codes no table says."""
    if Source.BASIC not in lines:
        return
    for fund in Fund:
        spent = total(
            line for line in lines.get(Source.EXPENDITURE, ()) if line.nature is Nature.BASIC and line.fund is fund
        )
        coded = total(line for line in lines[Source.BASIC] if line.fund is fund)
        if spent > coded:
            yield f"{fund_called(fund)}的基本支出有{in_yuan(spent - coded)}没有经济科目：表里没有，在basic里补上"


class _AgencyVerdict(Struct, frozen=True):
    """Whether 机关运行经费 follows from 基本支出, and remarks on it in Chinese."""

    follows: bool
    remarks: tuple[str, ...] = ()


def _agency_verdict(cells: Iterable[TableCell], ledger: Ledger, *, has_exact: bool) -> _AgencyVerdict:
    """Hold the cells against the ledger; amounts printed in 万元 are rounded, where `has_exact` ones are not."""
    own = [cell for cell in cells if cell.query.sources == (Source.AGENCY_OPERATION,)]
    try:
        pairs = [(cell, ledger.ask(cell.query)) for cell in own]
    except UnknownDimensionError:
        return _AgencyVerdict(follows=not any(cell.amount for cell in own))
    different = [(cell, answer.value) for cell, answer in pairs if cell.amount != answer.value]
    far = [
        (cell, exact)
        for cell, answer in pairs
        if (exact := answer.value) != cell.amount and not _is_near(cell, exact, 0 if has_exact else len(answer.lines))
    ]
    return _AgencyVerdict(not far, tuple(_describe_agency(far or different, follows=not far)))


def _is_near(cell: TableCell, exact: Decimal, parts: int) -> bool:
    """Whether a printed amount is the exact one rounded or cut off, each of so many parts being rounded too."""
    off = abs(cell.amount - exact) * FEN
    return cell.printed and off < _LAST_PRINTED + HALF_OF_PRINTED * parts


def _describe_agency(pairs: Sequence[tuple[TableCell, Decimal]], *, follows: bool) -> Iterator[str]:
    for cell, exact in pairs:
        message = f"{cell.name} 机关运行经费写的是{in_yuan(cell.amount)}，由基本支出算是{in_yuan(exact)}"
        if not follows:
            yield f"{message}，不是一个数，照表录入agency_operation，核对是哪一个"
        elif abs(cell.amount - exact) * FEN <= HALF_OF_PRINTED:
            yield f"{message}，是四舍五入，以基本支出为准"
        else:
            yield f"{message}，不是四舍五入得的，像舍去了尾数：以基本支出为准，核对"
