"""What a rule may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from discgen.diagnostics import Diagnostic, Place
from discgen.form.form import Form
from discgen.ledger.facts import FactBook
from discgen.ledger.ledger import Ledger
from discgen.load.target import KINDS
from discgen.load.tree import Tree
from discgen.model.disclosure import Disclosure


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One disclosure with its form, its ledger, its facts, and last year's disclosure where the workspace has it.

    A case is equal to itself alone, so that what several rules ask of it can be kept.
    """

    disclosure: Disclosure
    form: Form
    ledger: Ledger
    book: FactBook
    prior: Disclosure | None = None
    neighbours: frozenset[str] = frozenset()
    """Names of the workspace's other departments and of their units, none of which is part of one of ours."""

    @property
    def narrative_file(self) -> str:
        """The file that the reasons are written in."""
        return KINDS[self.disclosure.target.kind].narrative

    def to_add(self, section: str, missing: Mapping[str, str], written: Mapping[str, object]) -> str:
        """The lines to paste for the `missing` keys of a section of the narrative, each with what it is about.

        `written` is what the section has: where it has something, the lines belong below its head.
        """
        where = f"贴到{self.narrative_file}的“{section}:”那一行下面" if written else f"贴到{self.narrative_file}末尾"
        lines = [f"  {key}: 待补充  # {about}" for key, about in missing.items()]
        return "\n".join([f"把下面几行{where}，再填写：", *([] if written else [f"{section}:"]), *lines])

    def below(self, place: Place, *steps: str | int) -> Place:
        """Where a value stands that is further down than `place`; `place` where it is not written."""
        trees = _trees(self)
        return trees[place.file].place((*place.path, *steps)) if place.file in trees else place

    def key_below(self, place: Place, key: str) -> Place:
        """Where a key of the mapping at `place` is written; `place` where it is not."""
        trees = _trees(self)
        return trees[place.file].key_place((*place.path, key)) if place.file in trees else place


@lru_cache(maxsize=1)
def _trees(case: Case) -> Mapping[str, Tree]:
    """The files by name, gathered once for a case: its thousands of places are asked for one after another."""
    return {tree.file: tree for tree in case.disclosure.files}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the codes of what it finds, why it is there, the check itself, and the kinds of disclosure it is for."""

    codes: tuple[str, ...]
    reason: str
    check: Callable[[Case], Iterator[Diagnostic]]
    kinds: tuple[str, ...] = ("budget",)
