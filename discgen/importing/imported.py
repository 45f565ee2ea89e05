"""What the rooms of an import hand on: amounts with what is known of them, facts, and a report of each sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct, field

from discgen.model.line import Category, Line, Source
from discgen.reference.codes import Classification


class Entry(Struct, frozen=True):
    """One amount in 元 and the cell it stands in; `known` is by dimension, a project by its name."""

    amount: Decimal
    cell: str
    known: Mapping[str, str]


class SheetReport(Struct, frozen=True):
    """A sheet as it was understood, in Chinese; `total` is what its rows add up to, in 元."""

    sheet: str
    taken_as: str
    columns: tuple[tuple[str, str], ...]
    rows: int
    totals: tuple[str, ...]
    total: Decimal
    remarks: tuple[str, ...] = ()


class NamedCode(Struct, frozen=True):
    """What a file calls a code."""

    classification: Classification
    code: str
    name: str
    file: str


class CellText(Struct, frozen=True):
    """A text and the cell it stands in, as messages call it."""

    text: str
    cell: str


class ImportedProject(Struct, frozen=True):
    """A project; `id` is that of its file where the ledger says it, `unsure` the keys that are to be confirmed.

    `statement` is its 项目经费情况说明 by the keys of YAML, where a sheet of text has it.
    """

    name: str
    id: str
    unit: str
    function_code: str
    category: Category | None
    lines: tuple[Line, ...]
    unsure: frozenset[str] = frozenset()
    statement: Mapping[str, CellText] = field(default_factory=dict)


class ImportedFacts(Struct, frozen=True):
    """The lines by source (those of projects apart), the projects, and what was concluded, in Chinese.

    The lines that are `unsure` were not settled by what was read, and are to be confirmed.
    """

    lines: Mapping[Source, tuple[Line, ...]]
    projects: tuple[ImportedProject, ...]
    remarks: tuple[str, ...] = ()
    unsure: frozenset[Line] = frozenset()
    prose: ImportedProse | None = None
    """What sheets of text say; None where there are none."""


class ImportedProse(Struct, frozen=True, kw_only=True):
    """What sheets of text say besides the lines of tables; what they leave open is empty.

    `declared` are figures of the file of facts that are no lines, by their dotted path: amounts in 元 (those of `money`),
    counts, days. `prior` are last year's lines, as they follow from the changes that the text tells.
    """

    file: str
    """The workbook that it stands in."""
    introduction: CellText | None = None
    duties: tuple[CellText, ...] = ()
    offices: tuple[CellText, ...] = ()
    reasons: Mapping[str, CellText] = field(default_factory=dict)
    reasons_by_code: Mapping[str, CellText] = field(default_factory=dict)
    purposes: Mapping[str, CellText] = field(default_factory=dict)
    executed: Mapping[str, Decimal] = field(default_factory=dict)
    """上年当年预算执行数 in 元 by 功能科目."""
    declared: Mapping[str, Decimal | date] = field(default_factory=dict)
    money: frozenset[str] = frozenset()
    prior: Mapping[Source, tuple[Line, ...]] = field(default_factory=dict)
    prior_source: str = ""
