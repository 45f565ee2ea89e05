"""The year's code dictionaries, 政府收支分类科目 as data (`schema/codes/`), and what a code says beyond its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from discgen.reference.folders import cache_shipped, shipped_rows
from discgen.reference.vocabulary import Named

CLASS_DIGITS = 3
"""A 类 has three digits in every classification; each level below adds two."""

ALWAYS = 9999
"""The last year of what is good until further notice."""

RANKS = ("类", "款", "项")
"""What the levels of a classification are called, from the top."""


class Classification(Named, dimension="classification"):
    """Which dictionary a code belongs to; the value is its file name and its name in YAML."""

    FUNCTION = "function"
    INCOME = "income"
    DEPARTMENT_ECONOMIC = "department_economic"
    GOVERNMENT_ECONOMIC = "government_economic"

    @property
    def label(self) -> str:
        """The classification as messages call it."""
        return f"{super().label}科目"

    def ancestry(self, code: str) -> tuple[str, ...]:
        """The code and the codes above it, 类 first: 2010306 is below 201 and 20103."""
        return tuple(code[:length] for length in (3, 5, 7) if length <= len(code))


class Dictionary(Struct, frozen=True):
    """The names of one classification in one year, in the order of their codes."""

    classification: Classification
    names: Mapping[str, str]

    def __contains__(self, code: str) -> bool:
        return code in self.names

    def name(self, code: str) -> str:
        """The name of a code. Raises KeyError for a code that the year does not have."""
        return self.names[code]

    def lineage(self, code: str) -> str:
        """The names of a code and of those above it, each with its rank: …（类）…（款）…（项）."""
        ancestry = self.classification.ancestry(code)
        return "".join(f"{self.name(above)}（{rank}）" for above, rank in zip(ancestry, RANKS, strict=False))

    def classes(self) -> list[str]:
        """The codes of all 类."""
        return [code for code in self.names if len(code) == CLASS_DIGITS]

    def nearest(self, code: str, count: int = 3) -> list[str]:
        """Codes of the same length that share the longest beginning with `code`, then the closest number."""
        same_length = [known for known in self.names if len(known) == len(code)]
        return sorted(same_length, key=lambda known: (-_shared(known, code), abs(int(known) - int(code)), known))[
            :count
        ]

    def with_codes(self, additional: Iterable[tuple[str, str]]) -> Dictionary:
        """The same with further (code, name) pairs, which do not replace what is there."""
        return self._named(dict(additional) | dict(self.names))

    def under_codes(self, additional: Iterable[tuple[str, str]]) -> Dictionary:
        """The same with further (code, name) pairs, which replace what is there."""
        return self._named(dict(self.names) | dict(additional))

    def _named(self, names: Mapping[str, str]) -> Dictionary:
        return self if names == self.names else Dictionary(self.classification, dict(sorted(names.items())))


def _shared(code: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(code, other, strict=False)) if a != b), min(len(code), len(other)))


@cache_shipped
def load_dictionary(classification: Classification, year: int) -> Dictionary:
    """The shipped dictionary as it was in `year`."""
    names = {row["code"]: row["name"] for row in _rows(classification) if _valid_in(row, year)}
    return Dictionary(classification, {code: names[code] for code in sorted(names)})


@cache_shipped
def known_codes(classification: Classification) -> frozenset[str]:
    """The codes that the shipped dictionary has in any year."""
    return frozenset(row["code"] for row in _rows(classification))


def _rows(classification: Classification) -> tuple[dict[str, str], ...]:
    return shipped_rows("codes", f"{classification.value}.csv")


class OwnCode(Struct, frozen=True):
    """A code of the workspace's own tables, and the years from which and until which it is called so."""

    classification: Classification
    code: str
    name: str
    first_year: int = 0
    last_year: int = ALWAYS


def name_in(own: Iterable[OwnCode], classification: Classification, code: str, year: int) -> str:
    """What a workspace calls a code in a year; '' where it does not say."""
    return next(
        (
            one.name
            for one in own
            if one.code == code and one.classification is classification and one.first_year <= year <= one.last_year
        ),
        "",
    )


def load_dictionaries(
    year: int, additional: Iterable[tuple[Classification, str, str]], own: Iterable[OwnCode] = ()
) -> dict[Classification, Dictionary]:
    """All dictionaries of a year: the workspace's `own` codes before the shipped ones, and behind both what a department
    adds as (classification, code, name).
    """
    added = list(additional)
    valid = [code for code in own if code.first_year <= year <= code.last_year]
    return {
        classification: load_dictionary(classification, year)
        .under_codes((code.code, code.name) for code in valid if code.classification is classification)
        .with_codes((code, name) for of, code, name in added if of is classification)
        for classification in Classification
    }


def _valid_in(row: dict[str, str], year: int) -> bool:
    return int(row["first_year"] or 0) <= year <= int(row["last_year"] or ALWAYS)


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
    """Whether the file names a source, compared already, for the code itself, and not common usage alone."""
    return any(row["department"] == department and not row["source"].endswith(_TO_BE_COMPARED) for row in _pair_rows())


@cache_shipped
def pairs() -> tuple[tuple[str, str], ...]:
    """The lines of the file: a department code (款, or 类 for all its 款) and a government code."""
    return tuple((row["department"], row["government"]) for row in _pair_rows())


@cache_shipped
def _pair_rows() -> tuple[dict[str, str], ...]:
    return shipped_rows("codes", "economic_pairs.csv")
