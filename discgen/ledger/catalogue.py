"""`templates/facts.yaml` held to what the ledger can answer, before anything is asked of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from discgen.diagnostics import Diagnostic, DocumentPath, error
from discgen.ledger.asked import Demand, allowed_values, demands, wrong_demands
from discgen.ledger.query import CLASSIFICATION_OF, read_sources
from discgen.load.tree import Tree
from discgen.model.line import Source
from discgen.model.sources import ANY, DIMENSIONS_OF

_NAMED_OTHERWISE = ("unit",)
"""Dimensions by which a group may be split whose values have names of their own, beside the codes."""


def wrong_questions(tree: Tree) -> Iterator[Diagnostic]:
    """What is wrong with the questions of a catalogue that is as its schema asks."""
    data: Any = tree.root
    names = {*data["facts"], *data["groups"]}
    for section in ("facts", "groups"):
        for name, row in data[section].items():
            path: DocumentPath = (section, name)
            yield from _wrong_name(tree, path, name, names, data["facts"] if section == "groups" else {})
            sources = read_sources(row["source"])
            asked = demands(tree, (*path, "where"), row.get("where", {}))
            if "by" in row:
                yield from _wrong_by(tree, path, row, sources, data["facts"])
                asked.append(Demand(row["by"], ANY, (), tree.place((*path, "by"))))
            yield from wrong_demands(asked, sources)


def _wrong_name(
    tree: Tree, path: DocumentPath, name: str, names: set[str], others: Mapping[str, Any]
) -> Iterator[Diagnostic]:
    """M014: a name that is there twice, or that others have names below."""
    below = sorted(other for other in names if other.startswith(f"{name}."))
    if name in others:
        yield error("M014", f"“{name}”在facts里已经有了", tree.key_place(path), "换一个名称")
    elif below:
        said = f"“{name}”是一个数，下面不能再有“{below[0]}”"
        yield error("M014", said, tree.key_place(path), f"改成{name}.total这样的名称")


def _wrong_by(
    tree: Tree, path: DocumentPath, row: Mapping[str, Any], sources: tuple[Source, ...], facts: Mapping[str, Any]
) -> Iterator[Diagnostic]:
    """M016: parts that have no name; M018: digits of what has none."""
    by = row["by"]
    if by in CLASSIFICATION_OF:
        return
    for key in ("digits", "lineage"):
        if key in row:
            yield error("M018", f"{key}只用于科目，按{by}分的没有", tree.key_place((*path, key)), "删去这个键")
    if by in _NAMED_OTHERWISE or any(by not in DIMENSIONS_OF[source] for source in sources):
        return
    for value in allowed_values(by, sources):
        if f"{sources[0]}.{value}" not in facts:
            said = f"按{by}分出的“{value}”没有名称：facts里没有“{sources[0]}.{value}”"
            yield error("M016", said, tree.place((*path, "by")), f"在facts下加上{sources[0]}.{value}")
