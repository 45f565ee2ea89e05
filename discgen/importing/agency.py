"""机关运行经费 of tables, held against what follows from 基本支出."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from discgen.importing.equations import FEN
from discgen.importing.form_sheet import Asked
from discgen.importing.rounded import HALF_OF_PRINTED
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import UnknownDimensionError
from discgen.model.line import Source
from discgen.money import in_yuan

_LAST_PRINTED = 2 * HALF_OF_PRINTED
"""What cutting off instead of rounding may take away, in 分."""


@dataclass(frozen=True, slots=True)
class AgencyVerdict:
    """Whether 机关运行经费 follows from 基本支出, and what is to be said of it, in Chinese."""

    follows: bool
    remarks: tuple[str, ...] = ()


def agency_verdict(asked: Iterable[Asked], ledger: Ledger, *, has_exact: bool) -> AgencyVerdict:
    """Hold the cells against the ledger; amounts printed in 万元 are rounded, where `has_exact` ones beside them are not."""
    cells = [one for one in asked if one.query.sources == (Source.AGENCY_OPERATION,)]
    try:
        pairs = [(one, ledger.ask(one.query)) for one in cells]
    except UnknownDimensionError:
        return AgencyVerdict(follows=not any(one.amount for one in cells))
    apart = [(one, answer.value) for one, answer in pairs if one.amount != answer.value]
    far = [
        (one, exact)
        for one, answer in pairs
        if (exact := answer.value) != one.amount and not _is_near(one, exact, 0 if has_exact else len(answer.lines))
    ]
    return AgencyVerdict(not far, tuple(_told(far or apart, follows=not far)))


def _is_near(one: Asked, exact: Decimal, parts: int) -> bool:
    """Whether a printed amount is the exact one rounded or cut off, each of so many parts being rounded too."""
    off = abs(one.amount - exact) * FEN
    return one.printed and off < _LAST_PRINTED + HALF_OF_PRINTED * parts


def _told(pairs: Sequence[tuple[Asked, Decimal]], *, follows: bool) -> Iterator[str]:
    for one, exact in pairs:
        said = f"{one.cell} 机关运行经费写的是{in_yuan(one.amount)}，由基本支出算是{in_yuan(exact)}"
        if not follows:
            yield f"{said}，不是一个数，照表录入agency_operation，核对是哪一个"
        elif abs(one.amount - exact) * FEN <= HALF_OF_PRINTED:
            yield f"{said}，是四舍五入，以基本支出为准"
        else:
            yield f"{said}，不是四舍五入得的，像舍去了尾数：以基本支出为准，核对"
