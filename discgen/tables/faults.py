"""What would be printed wrong in a table that is filled: money that becomes a blank, sums that do not add up.

A form that is in order has neither, whatever is filled in, as long as the facts are in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from discgen.diagnostics import Diagnostic, Place, error
from discgen.form.table_spec import DIMENSIONS_OF_MADE_ROWS, BlockSpec
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import Answer, Query
from discgen.model.line import Line, total
from discgen.money import ZERO, in_yuan
from discgen.phrases import few
from discgen.tables.table import Sum


class Blank(Struct, frozen=True):
    """A cell without an answer: what it is called, what it asks, and where the form says so."""

    name: str
    query: Query
    place: Place


def vanished(title: str, blanks: Iterable[Blank], ledger: Ledger) -> Iterator[Diagnostic]:
    """M019: cells left blank though lines with money may belong there. Each place in the form is reported once.

    Lines of another stage than the ledger's may be coarse, as are those of a budget that accounts declare (`approved`).
    """
    reported: set[Place] = set()
    for blank in blanks:
        lines = [] if blank.place in reported else ledger.undecided(blank.query)
        if lines:
            reported.add(blank.place)
            yield _lost(title, blank.name, blank.query.unknown_to(lines[0]), lines, blank.place)


def unlisted(title: str, block: BlockSpec, ledger: Ledger) -> Iterator[Diagnostic]:
    """M019: rows that are not made, since lines with money do not know what they are made by."""
    for row in (*block.rows, *block.foot):
        for dimension in DIMENSIONS_OF_MADE_ROWS.get(row.each, ()):
            lines = [] if dimension in _MAY_LACK else ledger.without(block.base, dimension)
            if lines:
                yield _lost(title, "逐项的行", dimension, lines, row.place)


_MAY_LACK = ("government_economic_code",)
"""What rows are made by where it is known, and without where it is not."""


def _lost(title: str, name: str, dimension: str, lines: list[Line], place: Place) -> Diagnostic:
    message = f"“{title}”的{name}印成空白：有{in_yuan(total(lines))}没有写{dimension}，或写得不够细，不知道算不算进来"
    rows = list(dict.fromkeys(f"{line.place.file}第{line.place.line}行" for line in lines))
    return error("M019", message, place, f"{few(rows, _NAMED)}补上{dimension}，或让表式不按它分")


_NAMED = 3
"""How many lines a message names."""


def uneven(title: str, sums: Iterable[Sum], answers: Mapping[str, Answer]) -> Iterator[Diagnostic]:
    """M015: totals that are not the sum of what the form calls their parts. Each place in the form is reported once.

    `answers` are all of the block by their addresses, among which may be what is missing.
    """
    reported: set[Place] = set()
    for addition in sums:
        missing = addition.total.value - sum((part.value for part in addition.parts), ZERO)
        if missing and addition.place not in reported:
            reported.add(addition.place)
            parts = "、".join(_own(name, addition.name) for name in addition.part_names)
            message = f"“{title}”的{addition.name}是{in_yuan(addition.total.value)}，分项{parts}合计{in_yuan(addition.total.value - missing)}"
            yield error("M015", message, addition.place, _instead(addition, missing, answers))


def _instead(addition: Sum, missing: object, answers: Mapping[str, Answer]) -> str:
    """The part that was probably forgotten, or that is too many."""
    neighbours = {name: answer.value for name, answer in answers.items() if _share_line(name, addition.name)}
    forgotten = [name for name, value in neighbours.items() if value == missing and name not in addition.part_names]
    extra = [name for name, part in zip(addition.part_names, addition.parts, strict=True) if -part.value == missing]
    if forgotten:
        return f"是不是少了“{_own(forgotten[0], addition.name)}”？"
    if extra:
        return f"是不是多了“{_own(extra[0], addition.name)}”？"
    return "核对parts：各项加起来要正好是它，不重不漏"


def _share_line(name: str, whole: str) -> bool:
    """Whether two different addresses share their row or their column."""
    (row, _, column), (of_row, _, of_column) = name.rpartition("/"), whole.rpartition("/")
    return name != whole and (row == of_row or column == of_column)


def _own(name: str, whole: str) -> str:
    """The short name of a part's address, given that of its whole: its column within the same row, else its row."""
    row, _, column = name.rpartition("/")
    return column if row == whole.rpartition("/")[0] else row
