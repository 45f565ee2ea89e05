"""What a code says beyond its name: that its money is 人员经费, 公务接待费, or what something is bought with.

Source: `schema/codes/meanings.csv`, each line with its own. What a code says, those below it say too.
"""

from __future__ import annotations

from functools import cache

from discgen.codes.dictionary import Classification
from discgen.resources import shipped_rows


def meaning(classification: Classification, code: str | None, means: str) -> str:
    """The value that the code, or one above it, has in this sense: `personnel` for 30101 as `component`; '' for none."""
    values = values_of(classification, means)
    return next((values[above][0] for above in classification.ancestry(code or "") if above in values), "")


@cache
def values_of(classification: Classification, means: str) -> dict[str, tuple[str, ...]]:
    """The codes that say something in this sense, in their order, and what each says; '' where it says no more."""
    values: dict[str, tuple[str, ...]] = {}
    for row in rows():
        if row["classification"] == classification and row["means"] == means:
            values[row["code"]] = (*values.get(row["code"], ()), row["value"])
    return {code: values[code] for code in sorted(values)}


@cache
def rows() -> tuple[dict[str, str], ...]:
    """The lines of the file: `classification`, `code`, `means`, `value`, `source`."""
    return shipped_rows("codes", "meanings.csv")
