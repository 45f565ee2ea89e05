"""Tables printed in 万元 beside tables in 元: what is rounded confirms what is exact and never takes its place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from discgen.importing.equations import FEN
from discgen.importing.solve import Amounts, ContradictionError, Equation
from discgen.money import in_yuan

HALF_OF_PRINTED = 5000
"""Half of the last printed place of 万元, in 分."""
_MOST_NAMED = 8
"""How many rounded cells are told with what is exact."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What is left to be solved, the parts that rounded cells alone say the rest of, and what to say, in Chinese."""

    equations: list[Equation]
    rounded: frozenset[int] = frozenset()
    remarks: list[str] = field(default_factory=list)


def confirmed(equations: Sequence[Equation], printed: Collection[str], negative: Sequence[bool]) -> Confirmed:
    """Take out the sums of `printed` cells that the exact cells already come to when rounded.

    What no exact cell speaks of is nothing then. Where a rounded cell says more than the exact ones, the
    difference is as coarse as the rounding, and its parts are named.
    """
    exact = [equation for equation in equations if equation.said not in printed]
    try:
        known = Amounts(len(negative), exact, negative)
    except ContradictionError:
        return Confirmed(list(equations))  # is told when all are solved together
    kept: list[Equation] = []
    rounded: set[int] = set()
    remarks: list[str] = []
    for equation in equations:
        settled = [known.lower[part] * sign for part, sign in equation.parts.items() if known.is_settled(part)]
        there = sum(map(bool, settled))
        if equation.said not in printed or not there:
            kept.append(equation)
            continue
        rest = {part: sign for part, sign in equation.parts.items() if not known.is_settled(part)}
        off = abs(equation.total - sum(settled))
        if off > HALF_OF_PRINTED * there:
            kept.append(equation)
            rounded |= rest.keys()
            continue
        if rest:
            kept.append(Equation(rest, 0, equation.said))
        if off:
            remarks.append(_told(equation, sum(settled)))
    more = [f"按万元写的另有{len(remarks) - _MOST_NAMED}格也是这样"] if len(remarks) > _MOST_NAMED else []
    return Confirmed(kept, frozenset(rounded), [*remarks[:_MOST_NAMED], *more])


def _told(equation: Equation, exact: int) -> str:
    return f"{equation.said} 写的是{_yuan(equation.total)}，按元写的是{_yuan(exact)}，是四舍五入，以按元写的为准"


def _yuan(fen: int) -> str:
    return in_yuan(Decimal(fen) / FEN)
