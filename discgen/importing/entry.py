"""What an import has understood: amounts with what is known of them, and what to tell of each sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """One amount in 元 and the cell it stands in; `known` is by dimension, a project by its name."""

    amount: Decimal
    cell: str
    known: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SheetReport:
    """A sheet as it was understood, in Chinese; `total` is what its rows add up to, in 元."""

    sheet: str
    taken_as: str
    columns: tuple[tuple[str, str], ...]
    rows: int
    totals: tuple[str, ...]
    total: Decimal
    remarks: tuple[str, ...] = ()
