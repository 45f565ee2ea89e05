"""Which 政府预算支出经济分类 a 部门预算支出经济分类 may go with.

Source: `schema/codes/economic_pairs.csv`, each line with its own: the Ministry of Finance's table of correspondence
(财预〔2017〕98号), a published document, or common usage that is still to be compared with the table (`待……核对`).
What a 类 may go with, its 款 may too. A line without a department code names a government 类 that none goes with.
"""

from __future__ import annotations

from functools import cache

from discgen.codes.dictionary import CLASS_DIGITS, Classification
from discgen.resources import shipped_rows

_TO_BE_COMPARED = "核对"
"""How the source of a line ends that has not been compared with the table itself."""


@cache
def possible(department: str) -> tuple[str, ...]:
    """The government codes that a department code may go with, in their order; of a 类, those of all its 款.

    None where the table does not name the code itself, nor all that is below it: nothing is known then.
    """
    pairs = rows()
    named = {code for code, _ in pairs}
    if len(department) > CLASS_DIGITS and department not in named:
        return ()
    above = Classification.DEPARTMENT_ECONOMIC.ancestry(department)
    return tuple(sorted({to for code, to in pairs if code and (code in above or code.startswith(department))}))


@cache
def is_possible(department: str, government: str) -> bool:
    """Whether the pair may be: true also where the table does not know one of the codes."""
    known = possible(department)
    if known and any(not code and government.startswith(to) for code, to in rows()):
        return False
    if not known or not any(to.startswith(government) for _, to in rows()):
        return True
    return any(to.startswith(government) for to in known)


@cache
def is_confirmed(department: str) -> bool:
    """Whether somebody else's word stands behind what the file says of the code itself, and not common usage alone."""
    return any(row["department"] == department and not row["source"].endswith(_TO_BE_COMPARED) for row in _written())


@cache
def rows() -> tuple[tuple[str, str], ...]:
    """The lines of the file: a department code (款, or 类 for all its 款) and a government code."""
    return tuple((row["department"], row["government"]) for row in _written())


@cache
def _written() -> tuple[dict[str, str], ...]:
    return shipped_rows("codes", "economic_pairs.csv")
