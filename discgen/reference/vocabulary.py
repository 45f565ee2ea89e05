"""What the values in files are called: every name stands once, in `schema/vocabulary.yaml`.

Enumerations are `Named` by a dimension of the file; the names in the JSON Schemas are written from it by
`tools/vocabulary_schemas.py`, and a test holds both to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from discgen.reference.decode import decode_mapping
from discgen.reference.folders import cache_shipped, data_folder

_FILE = "vocabulary.yaml"


class Term(Struct, frozen=True):
    """A value: its `name` in full and in `short`, a `note` that schemas add in brackets, and what else people write.

    `words` are those of heads and cells of a workbook, `answers` those to the questions of `discgen init`.
    """

    name: str = ""
    note: str = ""
    short: str = ""
    words: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()

    @property
    def explained(self) -> str:
        """The name with its note, as schemas show it."""
        return f"{self.name}（{self.note}）" if self.note else self.name


@cache_shipped
def vocabulary() -> Mapping[str, Mapping[str, Term]]:
    """The terms by dimension and value, in the order of the file.

    The file is read before there are schemas to hold it to; a test does that.
    """
    from discgen.yamltext.read import read_yaml  # a run in which nothing has changed reads no YAML

    tree, findings = read_yaml((data_folder("schema") / _FILE).read_bytes(), f"schema/{_FILE}")
    if tree is None or not isinstance(tree.root, dict):
        raise ValueError("；".join(f"{finding.place} {finding.message}" for finding in findings))
    return {
        dimension: {value: _with_names(value, term) for value, term in decode_mapping(Term, tree, dimension).items()}
        for dimension in tree.root
    }


def _with_names(value: str, term: Term) -> Term:
    name = term.name or value
    return replace(term, name=name, short=term.short or name)


def terms(dimension: str) -> Mapping[str, Term]:
    """The terms of a dimension by their values. Raises KeyError where there is no such dimension."""
    return vocabulary()[dimension]


def name_of(dimension: str, value: str) -> str:
    """The Chinese name of a value. Raises KeyError where there is no such value."""
    return terms(dimension)[value].name


class Named(StrEnum):
    """An enumeration whose members are called what the vocabulary says under a dimension."""

    def __init_subclass__(cls, dimension: str) -> None:
        """Say which dimension of the vocabulary the members are values of."""
        super().__init_subclass__()
        cls._dimension = dimension

    _dimension: str

    @property
    def term(self) -> Term:
        """What the vocabulary says of the member."""
        return terms(self._dimension)[self]

    @property
    def label(self) -> str:
        """The Chinese name."""
        return self.term.name
