"""Turn published cells (万元, two places) into amounts in 元 that round to every one of them.

A published document shows rounded figures only; the exact amounts behind them are
not public. This script chooses whole 元 for each leaf so that every published cell,
leaf or sum, is reproduced, and margins over the same money agree. Among all
solutions it takes one that departs least from the published figures.

Input: a CSV with the columns
    name       of the cell
    published  万元 as printed; empty where nothing is printed
    exact      元, where another part of the document gives the amount in full
    parts      patterns (fnmatch) of the leaves a sum adds; empty for a leaf
That two margins agree is a row without `published`, its `parts` being
`left patterns = right patterns`.

Run (SciPy is needed by this script only):
    pip install scipy && python tools/find_amounts.py tools/published/lvliang-xzsp-2023.csv
Output: `name,amount` for each leaf, in 元. Exit 1 where no amounts reproduce all cells:
that is an erratum of the published document.
"""

from __future__ import annotations

import csv
import sys
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

HALF_CELL = 50
"""Half of 0.01万元, in 元: what rounding half up may hide."""


class Cell(NamedTuple):
    """One row of the input in 元: the figure as printed, and what it may stand for, inclusive."""

    name: str
    shown: float
    low: float
    high: float
    parts: str


def read_cells(path: str) -> list[Cell]:
    """Read the CSV; half-open rounding intervals become closed ones over whole 元."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        return [_cell(row) for row in csv.DictReader(file)]


def _cell(row: dict[str, str]) -> Cell:
    if row["exact"]:
        shown = low = high = float(Decimal(row["exact"]))
    elif row["published"]:
        shown = float(Decimal(row["published"]) * 10000)
        low, high = shown - HALF_CELL, shown + HALF_CELL - 1
    else:
        shown = low = high = 0.0  # an equality of margins: left minus right is nothing
    return Cell(row["name"], shown, low, high, row["parts"])


def solve(cells: list[Cell]) -> dict[str, int] | None:
    """Return 元 by leaf name, or None where the cells contradict each other."""
    leaves = [cell for cell in cells if not cell.parts]
    sums = [cell for cell in cells if cell.parts]
    count = len(leaves)
    shown = np.array([leaf.shown for leaf in leaves])
    # Variables: the amounts, then the absolute departures that the objective adds up.
    objective = np.concatenate([np.zeros(count), np.ones(count)])
    identity = np.eye(count)
    constraints = [
        LinearConstraint(np.hstack([identity, -identity]), ub=shown),
        LinearConstraint(np.hstack([identity, identity]), lb=shown),
    ]
    for cell in sums:
        row = np.concatenate([_coefficients(cell.parts, leaves), np.zeros(count)])
        constraints.append(LinearConstraint(row, cell.low, cell.high))
    bounds = Bounds(
        np.concatenate([[leaf.low for leaf in leaves], np.zeros(count)]),
        np.concatenate([[leaf.high for leaf in leaves], np.full(count, np.inf)]),
    )
    result = milp(objective, constraints=constraints, bounds=bounds, integrality=np.ones(2 * count))
    if not result.success:
        return None
    return {leaf.name: round(value) for leaf, value in zip(leaves, result.x, strict=False)}


def _coefficients(parts: str, leaves: list[Cell]) -> np.ndarray:
    left, _, right = parts.partition("=")
    difference: np.ndarray = _members(left, leaves) - _members(right, leaves)
    return difference


def _members(patterns: str, leaves: list[Cell]) -> np.ndarray:
    wanted = patterns.split()
    return np.array([float(any(fnmatchcase(leaf.name, p) for p in wanted)) for leaf in leaves])


def main(path: str) -> int:
    """Print the amounts; say so where there are none."""
    amounts = solve(read_cells(path))
    if amounts is None:
        print("no amounts in 元 reproduce every published cell", file=sys.stderr)
        return 1
    writer = csv.writer(sys.stdout)
    writer.writerow(["name", "amount"])
    writer.writerows(amounts.items())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
