"""What codes say beyond their names: what their money is, and which codes they may go with.

Sources: `schema/codes/meanings.csv` and `schema/codes/economic_pairs.csv`, each line with its own. What a code says,
those below it say too.
"""

from __future__ import annotations

from discgen.codes.dictionary import CLASS_DIGITS, Classification
from discgen.resources import cache_shipped, shipped_rows


def meaning(classification: Classification, code: str | None, means: str) -> str:
    """The value that the code, or one above it, has in this sense: `personnel` for 30101 as `component`; '' for none."""
    values = values_of(classification, means)
    return next((values[above][0] for above in classification.ancestry(code or "") if above in values), "")


@cache_shipped
def values_of(classification: Classification, means: str) -> dict[str, tuple[str, ...]]:
    """The codes that say something in this sense, in their order, and what each says; '' where it says no more."""
    values: dict[str, tuple[str, ...]] = {}
    for row in meaning_rows():
        if row["classification"] == classification and row["means"] == means:
            values[row["code"]] = (*values.get(row["code"], ()), row["value"])
    return {code: values[code] for code in sorted(values)}


@cache_shipped
def meaning_rows() -> tuple[dict[str, str], ...]:
    """The lines of the file: `classification`, `code`, `means`, `value`, `source`."""
    return shipped_rows("codes", "meanings.csv")


_TO_BE_COMPARED = "核对"
"""How the source of a line ends that has not been compared with the table itself."""


@cache_shipped
def possible_partners(department: str) -> tuple[str, ...]:
    """The government codes that a department code may go with, in their order; of a 类, those of all its 款.

    None where the table does not name the code itself, nor all that is below it: nothing is known then.
    """
    rows = pairs()
    named = {code for code, _ in rows}
    if len(department) > CLASS_DIGITS and department not in named:
        return ()
    above = Classification.DEPARTMENT_ECONOMIC.ancestry(department)
    return tuple(sorted({to for code, to in rows if code and (code in above or code.startswith(department))}))


@cache_shipped
def is_possible_pair(department: str, government: str) -> bool:
    """Whether the pair may be: true also where the table does not know one of the codes."""
    known = possible_partners(department)
    if known and any(not code and government.startswith(to) for code, to in pairs()):
        return False
    if not known or not any(to.startswith(government) for _, to in pairs()):
        return True
    return any(to.startswith(government) for to in known)


@cache_shipped
def is_confirmed_pair(department: str) -> bool:
    """Whether somebody else's word stands behind what the file says of the code itself, and not common usage alone."""
    return any(row["department"] == department and not row["source"].endswith(_TO_BE_COMPARED) for row in _pair_rows())


@cache_shipped
def pairs() -> tuple[tuple[str, str], ...]:
    """The lines of the file: a department code (款, or 类 for all its 款) and a government code."""
    return tuple((row["department"], row["government"]) for row in _pair_rows())


@cache_shipped
def _pair_rows() -> tuple[dict[str, str], ...]:
    return shipped_rows("codes", "economic_pairs.csv")
