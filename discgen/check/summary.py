"""What a check of many departments found, counted by year and kind of disclosure; and which departments are missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from discgen.check.checked import TargetChecked
from discgen.check.expected import Expected
from discgen.diagnostics import Severity
from discgen.load.target import KINDS, Target


class Missing(Struct, frozen=True):
    """A department, or one of its units, without a document of a year and kind: it had one the year before, or the workspace's
    list has it.
    """

    name: str
    code: str = ""
    department: str = ""
    """Its folder; empty where only the list knows it."""
    unit: str = ""
    """The unit whose document is missing; empty where the department has none at all."""
    had_last_year: bool = False
    is_expected: bool = False


class YearSummary(Struct, frozen=True):
    """The documents of a year and kind that were checked, by department, and who is missing."""

    year: int
    kind: str
    documents: tuple[TargetChecked, ...]
    missing: tuple[Missing, ...]

    @property
    def departments(self) -> int:
        """How many departments have a document."""
        return len({document.target.department for document in self.documents})

    @property
    def waived(self) -> int:
        """How many findings are waived."""
        return sum(len(document.waived) for document in self.documents)

    def count(self, severity: Severity) -> int:
        """How many findings are so grave."""
        return sum(document.count(severity) for document in self.documents)


def summarize(
    targets: Iterable[TargetChecked], joined: Callable[[Target], Collection[str]], expected: Sequence[Expected] = ()
) -> list[YearSummary]:
    """The years and kinds of the targets, the newest year first.

    `joined` tells the folders of the departments that a target's department took over: they are not missed. Who is
    `expected` is missed in the newest year of each kind only, for the list is of now.
    """
    groups: dict[tuple[int, str], list[TargetChecked]] = {}
    for checked in targets:
        groups.setdefault((checked.target.year, checked.target.kind), []).append(checked)
    order = list(KINDS)
    newest = {kind: max(year for year, of in groups if of == kind) for _, kind in groups}
    return [
        YearSummary(
            year,
            kind,
            tuple(groups[year, kind]),
            tuple(
                _missing(
                    groups[year, kind],
                    groups.get((year - 1, kind), ()),
                    joined,
                    expected if year == newest[kind] else (),
                )
            ),
        )
        for year, kind in sorted(groups, key=lambda key: (-key[0], order.index(key[1])))
    ]


def _missing(
    documents: Sequence[TargetChecked],
    last_year: Iterable[TargetChecked],
    joined: Callable[[Target], Collection[str]],
    expected: Iterable[Expected],
) -> Iterator[Missing]:
    """Departments of last year that have nothing now, then units of others, then departments that only the list has."""
    there = {document.target.department for document in documents}
    there_too = {(document.target.department, document.target.unit) for document in documents}
    gone: dict[str, TargetChecked] = {}
    units = []
    for before in last_year:
        if before.target.department not in there:
            gone.setdefault(before.target.department, before)
        elif (before.target.department, before.target.unit) not in there_too:
            units.append(before)
    if gone:
        for folder in (name for document in documents for name in joined(document.target)):
            gone.pop(folder, None)
    wanted = [one for one in expected if not any(one.is_called(it.name, it.code) for it in documents)]
    for folder, before in gone.items():
        is_expected = any(one.is_called(before.name, before.code) for one in wanted)
        yield Missing(before.name, before.code, folder, had_last_year=True, is_expected=is_expected)
    for before in units:
        yield Missing(before.name, before.code, before.target.department, before.target.unit, had_last_year=True)
    for one in wanted:
        if not any(one.is_called(before.name, before.code) for before in gone.values()):
            yield Missing(one.name, one.code, is_expected=True)
