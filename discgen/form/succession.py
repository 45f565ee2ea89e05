"""Forms of one line, told apart by the year that ends their names: `shanxi-budget-2024`, `shanxi-budget-2025`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from discgen.form.layers import form_names

_NAME = re.compile(r"(.*-)(20\d{2})")


def line_of(name: str) -> str:
    """What the forms of a line share: `shanxi-budget-`; the name itself where it ends in no year."""
    line = _NAME.fullmatch(name)
    return line[1] if line else name


def newest_form(name: str, year: int) -> str:
    """The newest form of the line of `name` that is not later than `year`; `name` itself where none is newer."""
    line = _NAME.fullmatch(name)
    if line is None:
        return name
    later = [f"{line[1]}{of}" for of in range(year, int(line[2]), -1)]
    there = form_names()
    return next((form for form in later if form in there), name)


def fitting_form(forms: Sequence[str], year: int) -> str:
    """Of forms of one line, the newest that is not later than `year`; the oldest where all are."""
    by_year = {int(line[2]): form for form in forms if (line := _NAME.fullmatch(form))}
    there = [of for of in by_year if of <= year]
    return by_year[max(there) if there else min(by_year)] if by_year else ""
