"""The rows of the finance bureau's 公开情况检查表 for one target: which findings belong to each, and its verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from msgspec import Struct, field
from msgspec.structs import replace

from discgen.check.checked import Row
from discgen.diagnostics import Diagnostic, Place, Severity
from discgen.document import Result
from discgen.form.form import Form, load_form
from discgen.form.table_spec import TableSpec
from discgen.load.own_files import own_files
from discgen.load.target import DEPARTMENT_FILE, DEPARTMENTS, KINDS, Target
from discgen.load.workspace import Workspace
from discgen.load.year import YearFiles
from discgen.model.disclosure import Disclosure
from discgen.model.waiver import Waived
from discgen.phrases import chinese_day
from discgen.rules.catalogue import rule_of
from discgen.rules.years import DAYS, last_day
from discgen.validate.shipped import ShippedDataError

PASSED, FAULTY, UNKNOWN = "通过", "有问题", "无法判断"
_NOT_REACHED = "先改好写法和科目的错误，才能查到这里"


def checklist_of(workspace: Workspace, result: Result) -> tuple[Row, ...]:
    """The rows of a target, by the form that is read from its file where errors left no document."""
    return rows_of(result, _form(workspace, result))


def rows_of(result: Result, form: Form | None) -> tuple[Row, ...]:
    """The rows by the form, where that can be made out, in the order of the list."""
    by_row = _sorted_in(result, form, result.findings)
    waived = _sorted_in(result, form, [item.finding for item in result.waived])
    numbers = {finding: number for number, finding in enumerate(result.findings)}
    reasons = {item.finding: item for item in result.waived}
    rows = [
        Row(
            name,
            *_verdict(found, [reasons[finding] for finding in waived[name]], result),
            tuple(numbers[finding] for finding in found),
        )
        for name, found in by_row.items()
        if found or waived[name] or name != OTHERS
    ]
    return (_timeliness(result, rows[0]), *rows[1:])


def _form(workspace: Workspace, result: Result) -> Form | None:
    """The form that the target names; read from its file where errors left no document."""
    if result.document:
        return result.document.form
    tree, _ = workspace.read(YearFiles(workspace, result.target).facts.path)
    named = tree.root.get("form") if tree and isinstance(tree.root, dict) else None
    try:
        return load_form(named, own_files(workspace)) if isinstance(named, str) else None
    except ShippedDataError:
        return None


def _timeliness(result: Result, row: Row) -> Row:
    """The first row, whose verdict depends on the dates."""
    if result.document is None or row.verdict != PASSED:
        return row
    known, text = timeliness(result.document.disclosure)
    return replace(row, verdict=PASSED if known else UNKNOWN, text=text)


def _verdict(findings: Sequence[Diagnostic], waived: Sequence[Waived], result: Result) -> tuple[str, str]:
    """A note does not fail a row; a row that was not reached has not passed; what is waived is given with its reason."""
    counts = counted(finding.code for finding in findings)
    explained = _explained(waived)
    if any(finding.severity is not Severity.NOTE for finding in findings):
        return FAULTY, "、".join(filter(None, [counts, explained]))
    if not result.document:
        return UNKNOWN, _NOT_REACHED
    return (explained or PASSED), counts


def counted(codes: Iterable[str]) -> str:
    """The codes, each once, with how often it is there."""
    return "、".join(f"{code}×{number}" if number > 1 else code for code, number in Counter(codes).items())


def _explained(waived: Sequence[Waived]) -> str:
    """`豁免（编号：理由）`, each reason once."""
    by_reason: dict[str, list[str]] = {}
    for item in waived:
        by_reason.setdefault(item.waiver.reason.rstrip("。"), []).append(item.finding.code)
    reasons = "；".join(f"{counted(codes)}：{reason}" for reason, codes in by_reason.items())
    return f"豁免（{reasons}）" if reasons else ""


def timeliness(disclosure: Disclosure) -> tuple[bool, str]:
    """Whether timeliness can be judged, and the text for its row; that it is late is found by rule Y011."""
    approved, published = disclosure.approved_on, disclosure.published_on
    file = KINDS[disclosure.target.kind].facts
    if approved and published:
        return True, f"{chinese_day(approved)}批复，{chinese_day(published)}公开"
    if approved:
        due = chinese_day(last_day(approved))
        return False, f"{chinese_day(approved)}批复，应在{due}以前公开；公开后在{file}写published_on"
    missing = "approved_on" if published else "approved_on和published_on"
    return False, f"{file}没有写{missing}，请自行核对：批复后{DAYS}日内公开"


class RowSpec(Struct, frozen=True):
    """A row, and the parts of files that belong to it by their keys (none: all; empty: the file itself).

    Files are those of the department's folder, `{year}` being the year's, `{facts}` and
    `{narrative}` the files of the kind of disclosure. `accounts_name` is the row's name in 部门决算,
    where it is another. What `checklist` of a rule names belongs to the row of this name, wherever it is found.
    """

    name: str
    accounts_name: str = ""
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def title(self, kind: str) -> str:
        """What the row is called in a disclosure of this kind."""
        return self.accounts_name if kind == "accounts" and self.accounts_name else self.name

    def holds_part(self, file: str, path: str, *, spoilt: bool) -> bool:
        """Whether the place is in one of its parts. What spoils a file as a whole spoils each of its parts."""
        return any(
            fnmatchcase(file, pattern)
            and (not keys or (spoilt and not path) or any(_is_below(path, key) for key in keys))
            for pattern, keys in self.parts.items()
        )


def _is_below(path: str, key: str) -> bool:
    return path == key or (bool(key) and path.startswith((f"{key}.", f"{key}[")))


SPOILING = ("L", "S")
"""The families of codes that are about a file and not about what it says."""
BEFORE_TABLES = (
    RowSpec("及时性", parts={"{year}/{facts}": ("approved_on", "published_on")}),
    RowSpec(
        "封面",
        parts={
            DEPARTMENT_FILE: ("code", "name", "short_name", "former_names", "region"),
            "{year}/{facts}": ("form", "year"),
        },
    ),
    RowSpec("目录"),
    RowSpec("主要职能", parts={"{year}/{narrative}": ("overview.introduction", "overview.duties")}),
    RowSpec(
        "机构设置",
        parts={
            DEPARTMENT_FILE: ("units",),
            "{year}/{narrative}": ("overview.organisation", "notes.organisation"),
        },
    ),
    RowSpec("名词解释"),
    RowSpec(
        "编制说明",
        accounts_name="情况说明",
        parts={
            "{year}/{facts}": ("", "prior", "approved", "merged_from"),
            "{year}/{narrative}": (
                *("", "reasons", "reasons_by_code", "budget_reasons", "budget_reasons_by_code", "purposes"),
            ),
        },
    ),
)
AFTER_TABLES = (
    RowSpec(
        "其他说明",
        parts={
            "{year}/{facts}": ("procurement", "assets", "performance", "counts", "reception"),
            "{year}/{narrative}": ("notes", "annexes"),
        },
    ),
    RowSpec(
        "项目情况",
        accounts_name="绩效自评",
        parts={"{year}/projects/*": (), "{year}/goal_sheets/*": (), "{year}/evaluations/*": ()},
    ),
)
TABLES = RowSpec(
    "报表",
    parts={
        "{year}/{facts}": (
            "unit",
            "income",
            "expenditure",
            "basic",
            "three_public",
            "agency_operation",
            "opening_balance",
            "closing_balance",
            "surplus_used",
            "surplus_distributed",
        ),
    },
)
"""What fills the tables: one row a table where the form is known, one for all of them where it is not."""
OTHERS = "其他"
"""Findings of no row, for example those of a waiver or of last year's files."""


class _TableRow(Struct, frozen=True):
    """A table by its title, the sections of facts that feed it, and the places of the lines it shows."""

    title: str
    sections: frozenset[str]
    places: frozenset[Place]


def _sorted_in(result: Result, form: Form | None, findings: Iterable[Diagnostic]) -> dict[str, list[Diagnostic]]:
    """The findings of each row, in the order of the list."""
    target = result.target
    tables = _tables(result, form) if form else []
    before, after = ([_placed(row, target) for row in rows] for rows in (BEFORE_TABLES, AFTER_TABLES))
    titles = [table.title for table in tables] or [TABLES.name]
    sorted_in: dict[str, list[Diagnostic]] = {
        name: []
        for name in (
            *(row.title(target.kind) for row in before),
            *titles,
            *(row.title(target.kind) for row in after),
            OTHERS,
        )
    }
    for finding in findings:
        rows = _rows_of(finding, [*before, *after], target)
        rows += [] if rule_of(finding.code).checklist else _tables_of(finding, tables, target)
        for name in rows or [OTHERS]:
            sorted_in[name].append(finding)
    return sorted_in


def _placed(row: RowSpec, target: Target) -> RowSpec:
    """The row with its parts in the target's files."""
    names = {"year": str(target.year), "facts": KINDS[target.kind].facts, "narrative": KINDS[target.kind].narrative}
    return replace(row, parts={pattern.format(**names): keys for pattern, keys in row.parts.items()})


def _rows_of(finding: Diagnostic, rows: Sequence[RowSpec], target: Target) -> list[str]:
    """The rows that the code always belongs to, else those that the place belongs to."""
    named = rule_of(finding.code).checklist
    belongs = [row for row in rows if (row.name == named if named else _holds(row, finding, target))]
    return [row.title(target.kind) for row in belongs]


def _holds(row: RowSpec, finding: Diagnostic, target: Target) -> bool:
    # Which part a key that is none was to be, nobody can tell: it is about the file.
    path = "" if finding.code == "S001" and len(finding.place.path) == 1 else finding.path
    return row.holds_part(_file(finding, target), path, spoilt=finding.code.startswith(SPOILING))


def _file(finding: Diagnostic, target: Target) -> str:
    """The file within the department's folder; a file of another department keeps its whole name."""
    return finding.place.file.removeprefix(f"{DEPARTMENTS}/{target.department}/")


def _tables(result: Result, form: Form) -> list[_TableRow]:
    places = {
        table.id: frozenset(line.place for cell in table.amounts() if cell.answer for line in cell.answer.lines)
        for table in (result.document.tables if result.document else ())
    }
    return [
        _TableRow(
            f"{form.label_of(spec.id, number) or f'表{number}'} {spec.title.format(year=result.target.year)}",
            frozenset(_sections(spec)),
            places.get(spec.id, frozenset()),
        )
        for number, spec in enumerate(form.tables, start=1)
    ]


def _sections(spec: TableSpec) -> Iterator[str]:
    """The keys of the file of facts that a table is filled from; they bear the names of the sources."""
    for block in spec.blocks:
        rows = (row.sources for row in (*block.rows, *block.foot))
        columns = (column.sources for column in block.flat_columns())
        yield from (source.value for sources in (block.base.sources, *rows, *columns) for source in sources)


def _tables_of(finding: Diagnostic, tables: Sequence[_TableRow], target: Target) -> list[str]:
    """The tables that show the line at the place; where none does, those that its section feeds."""
    place = finding.place
    other_side = rule_of(finding.code).other_side
    showing = [
        table.title
        for table in tables
        if other_side in table.sections or any(_is_at(place, line) for line in table.places)
    ]
    if showing or not _holds(_placed(TABLES, target), finding, target):
        return showing
    if not tables:
        return [TABLES.name]
    section = place.path[0] if place.path else ""
    return [table.title for table in tables if section in table.sections] or [table.title for table in tables]


def _is_at(place: Place, line: Place) -> bool:
    return place.file == line.file and bool(line.path) and place.path[: len(line.path)] == line.path
