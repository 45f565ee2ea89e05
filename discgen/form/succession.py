"""Forms of one line, told apart by the year that ends their names: `shanxi-budget-2024`, `shanxi-budget-2025`."""

from __future__ import annotations

import re

from discgen.form.layers import form_names

_NAME = re.compile(r"(.*-)(20\d{2})")


def newest_form(name: str, year: int) -> str:
    """The newest form of the line of `name` that is not later than `year`; `name` itself where none is newer."""
    line = _NAME.fullmatch(name)
    if line is None:
        return name
    later = [f"{line[1]}{of}" for of in range(year, int(line[2]), -1)]
    there = form_names()
    return next((form for form in later if form in there), name)
