"""What sums that cannot all be right say to a person: the cell, what it says, and what the others come to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from discgen.importing.equations import FEN
from discgen.importing.solve import ContradictionError, Equation
from discgen.money import in_yuan
from discgen.rules.figures import mixed_units

_MOST_NAMED = 4
"""How many cells of a sum are named."""


def cells_of_parts(equations: Sequence[Equation]) -> dict[int, str]:
    """The cell that says most of each part: the shortest sums come first."""
    cells: dict[int, str] = {}
    for equation in equations:
        for part in equation.parts:
            cells.setdefault(part, equation.said)
    return cells


def told_of_tail(found: ContradictionError, equations: Sequence[Equation]) -> str:
    """What is said of a cell that rounding explains, with the cells that it is the sum of."""
    cells = cells_of_parts(equations)
    parts = [cells[part] for part in found.equation.parts if part in cells]
    named = list(dict.fromkeys(cell.rpartition("!")[2] for cell in parts))
    more = f"等{len(named)}格" if len(named) > _MOST_NAMED else ""
    return f"{told(found).removesuffix('，对不上')}（{'、'.join(named[:_MOST_NAMED])}{more}），是四舍五入的尾差，以各行为准"


def told(found: ContradictionError) -> str:
    """What a contradiction says to a person: the cell, what it says and what the rest comes to."""
    equation, (least, most) = found.equation, found.reached
    nearest = most if equation.total > most else least
    said = f"写的是{in_yuan(Decimal(equation.total) / FEN)}" if "（" not in equation.said else "不成立"
    mixed = mixed_units(Decimal(equation.total) / FEN, Decimal(nearest) / FEN)
    hint = f"；{mixed}：核对各张表写的单位" if mixed else ""
    return f"{equation.said} {said}，别的格子合起来是{in_yuan(Decimal(nearest) / FEN)}，对不上{hint}"
