"""What a rule may look at: a disclosure with its form and its ledger, and the texts that are written in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from discgen.diagnostics import DocumentPath, Fix, Place
from discgen.form.form import Form
from discgen.ledger.facts import FactBook
from discgen.ledger.ledger import Ledger
from discgen.load.target import KINDS, UNITS
from discgen.model.department import Unit
from discgen.model.disclosure import Disclosure
from discgen.model.prose import EXPRESSION, Prose
from discgen.yamltext.tree import Node, Tree


class Case(Struct, frozen=True, eq=False):
    """One disclosure with its form, its ledger, its facts, and last year's disclosure where the workspace has it.

    A case is equal to itself alone, so that what several rules ask of it can be kept.
    """

    disclosure: Disclosure
    form: Form
    ledger: Ledger
    book: FactBook
    last_year: Disclosure | None = None
    neighbours: frozenset[str] = frozenset()
    """Names of the workspace's other departments and of their units, none of which is part of one of ours."""
    unit_form: Form | None = None
    """The form of the documents of its units, where they publish any."""
    kept_apart: tuple[tuple[Unit, Disclosure], ...] = ()
    """The units of the department that have folders of their own, with their facts there."""
    forms: Collection[str] = ()
    """The names of the forms that the workspace may use."""

    @property
    def narrative_file(self) -> str:
        """The file that the reasons are written in, by its path below the year."""
        target = self.disclosure.target
        own = KINDS[target.kind].narrative
        return f"{UNITS}/{target.unit}/{own}" if target.unit else own

    def to_add(self, section: str, missing: Mapping[str, str], written: Mapping[str, object]) -> str:
        """The lines to paste for the `missing` keys of a section of the narrative, each with what it is about.

        `written` is what the section has: where it has something, the lines belong below its head.
        """
        where = f"贴到{self.narrative_file}的“{section}:”那一行下面" if written else f"贴到{self.narrative_file}末尾"
        lines = [f"  {key}: 待补充  # {about}" for key, about in missing.items()]
        return "\n".join([f"把下面几行{where}，再填写：", *([] if written else [f"{section}:"]), *lines])

    def below(self, place: Place, *steps: str | int) -> Place:
        """The place of a value below `place`; `place` itself where it is not written."""
        trees = _trees(self)
        return trees[place.file].place((*place.path, *steps)) if place.file in trees else place

    def key_below(self, place: Place, key: str) -> Place:
        """The place of a key in the mapping at `place`; `place` itself where it is not written."""
        trees = _trees(self)
        return trees[place.file].key_place((*place.path, key)) if place.file in trees else place


@lru_cache(maxsize=1)
def _trees(case: Case) -> Mapping[str, Tree]:
    """The files by name, gathered once for a case: thousands of its places are looked up."""
    return case.disclosure.trees()


BLANKED = "\ufffc"
"""Stands for each character of an expression, so that no pattern matches across it."""
CHINESE = "\u3400-\u9fff"
"""Chinese characters, for use within the brackets of a pattern."""
_CONTEXT = 3
"""How many characters on either side of a fix must be unchanged."""
_CONTEXTS = (3, 4, 6, 10, 18, 34, 66)
"""The same before it; more are taken until the piece occurs nowhere earlier in the text."""
_TITLES = re.compile("《[^《》]*》")
_LABELS = {"name", "short_name", "offices", "centres", "explanation", "deviation"}
_OF_INDICATORS = {"name", "target", "initial_target", "whole_period", "annual", "actual"}


class Passage(Struct, frozen=True):
    """A text, what of it is judged, and its place. Offsets in `judged` are those in `text`."""

    prose: Prose
    judged: str

    @property
    def text(self) -> str:
        """The text as it is written."""
        return self.prose.text

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.prose.place

    @property
    def without_titles(self) -> str:
        """What is judged, with 《titles》 blanked out too."""
        return _TITLES.sub(lambda title: BLANKED * len(title[0]), self.judged)

    def at(self, offset: int) -> Place:
        """Where the character at this offset is written."""
        return self.prose.at(offset)

    def around(self, start: int, end: int, width: int = 6) -> str:
        """The stretch with a few characters on either side, on one line."""
        before, after = max(0, start - width), min(len(self.text), end + width)
        cut = self.text[before:after].replace("\n", " ")
        return f"{'…' if before else ''}{cut}{'…' if after < len(self.text) else ''}"

    def fix(self, start: int, end: int, new: str) -> Fix | None:
        """A fix that replaces this stretch only; None where no piece of one line identifies it.

        Some characters on either side are included, so that nothing else in the file is hit once the stretch is mended.
        """
        after = min(len(self.text), end + _CONTEXT)
        text = self.text
        begun = (max(0, start - context) for context in _CONTEXTS)
        first = next((at for at in begun if text.find(text[at:after]) == at), None)
        if first is None:
            return None
        old = text[first:after]
        return None if "\n" in old else Fix(old, text[first:start] + new + text[end:after])


@lru_cache(maxsize=1)  # a dozen rules ask in turn
def passages(case: Case) -> tuple[Passage, ...]:
    """All prose."""
    return tuple(passage_of(prose) for prose in case.disclosure.texts())


def passage_of(prose: Prose) -> Passage:
    """A piece of prose, its expressions blanked out."""
    return Passage(prose, EXPRESSION.sub(lambda match: BLANKED * len(match[0]), prose.text))


@lru_cache(maxsize=1)
def labels(case: Case) -> tuple[Passage, ...]:
    """The short texts that are printed as they are: names of units, offices, projects and indicators, targets, remarks."""
    return tuple(passage for passage in scalars(case) if _is_label(passage.place.path))


@lru_cache(maxsize=1)
def scalars(case: Case) -> tuple[Passage, ...]:
    """All that was written as a value, printed or not: names, prose, sources, and also codes and amounts."""
    return tuple(values_of_files(case.disclosure.files))


def values_of_files(files: Iterable[Tree]) -> Iterator[Passage]:
    """Every value of the files, as a passage at its place."""
    for tree in files:
        for path, text in _scalars(tree.root, ()):
            yield Passage(Prose(text, tree.place(path), tree), text)


def texts_and_labels(case: Case) -> tuple[Passage, ...]:
    """All prose, then all short texts."""
    return passages(case) + labels(case)


def _is_label(path: DocumentPath) -> bool:
    keys = [step for step in path if isinstance(step, str)]
    return keys[-1] in _LABELS or keys == ["unit"] or ("indicators" in keys and keys[-1] in _OF_INDICATORS)


def _scalars(node: Node, path: DocumentPath) -> Iterator[tuple[DocumentPath, str]]:
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _scalars(item, (*path, index))
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _scalars(value, (*path, key))
