"""Checks of what a form or `templates/facts.yaml` asks of the ledger, against what the lines of a source can know.

A question that no line can answer would print a blank, one that nothing can meet a zero; both
are reported where they are written, with the words that there are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from discgen.diagnostics import Diagnostic, DocumentPath, Place, did_you_mean, error
from discgen.ledger.query import CLASSIFICATION_OF, aliases, read_sources, values_meant
from discgen.model.line import ANY, DIMENSIONS_OF, STAGES, Source, Stage, Values
from discgen.reference.codes import Classification, known_codes
from discgen.reference.vocabulary import name_of
from discgen.yamltext.tree import Tree

_NAMED_OTHERWISE = ("unit",)
"""Dimensions by which a group may be split whose values have names of their own, besides codes."""


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
        message = f"“{name}”是一个数，下面不能再有“{below[0]}”"
        yield error("M014", message, tree.key_place(path), f"改成{name}.total这样的名称")


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
            message = f"按{by}分出的“{value}”没有名称：facts里没有“{sources[0]}.{value}”"
            yield error("M016", message, tree.place((*path, "by")), f"在facts下加上{sources[0]}.{value}")


_SEPARATOR = "、"
_KINDS = {stage: kind for kind, stage in STAGES.items()}
"""The kinds of disclosure by what their amounts are."""


class Demand(Struct, frozen=True):
    """One line of a `where`: the values wanted of a dimension, several words in full; ANY where made rows ask for each.

    `written` are the words as they stand there, `place` is where.
    """

    dimension: str
    values: Values
    written: Values
    place: Place


def demands(tree: Tree, path: DocumentPath, where: Mapping[str, Any]) -> list[Demand]:
    """The demands of the `where` at a path."""
    demanded = []
    for dimension, value in where.items():
        written = tuple(map(str, value)) if isinstance(value, list) else (str(value),)
        place = tree.place((*path, dimension))
        demanded.append(Demand(dimension, values_meant(dimension, written), written, place))
    return demanded


CodesThere = Callable[[Classification], Collection[str]]
"""The codes of a classification that may be asked for."""


def wrong_sources(sources: Sequence[Source], stage: Stage, place: Place) -> Iterator[Diagnostic]:
    """M012: a source that has no lines at the stage, which is that of a kind of disclosure."""
    for source in sources:
        if stage not in DIMENSIONS_OF[source]["stage"]:
            there = [other for other in Source if stage in DIMENSIONS_OF[other]["stage"]]
            yield error(
                "M012", f"{name_of('kind', _KINDS[stage])}没有{source}这组行", place, f"有：{_SEPARATOR.join(there)}"
            )


def wrong_demands(
    asked: Sequence[Demand], sources: Sequence[Source], codes: CodesThere = known_codes
) -> Iterator[Diagnostic]:
    """M012, M013: dimensions that a source does not know, values that it cannot have, demands that rule each other out."""
    findings = [finding for demand in asked for finding in _wrong(demand, sources, codes)]
    yield from findings or _contradictions(asked)


def _wrong(demand: Demand, sources: Sequence[Source], codes: CodesThere) -> Iterator[Diagnostic]:
    for source in sources:
        if demand.dimension not in DIMENSIONS_OF[source]:
            message = f"{source}的行不知道{demand.dimension}，这样问没有答案，会印成空白"
            yield error("M012", message, demand.place, f"{source}知道的有：{_SEPARATOR.join(DIMENSIONS_OF[source])}")
            return
    allowed = allowed_values(demand.dimension, sources)
    for written in demand.written:
        if not is_possible(demand.dimension, written, allowed, codes):
            message = f"{'、'.join(sources)}的{demand.dimension}没有“{written}”"
            yield error("M013", message, demand.place, _near(demand.dimension, written, allowed))


def allowed_values(dimension: str, sources: Iterable[Source]) -> Values:
    """What the dimension may be in any of the sources; ANY where it holds codes or names."""
    return tuple(dict.fromkeys(value for source in sources for value in DIMENSIONS_OF[source][dimension]))


def is_possible(dimension: str, written: str, allowed: Values, codes: CodesThere = known_codes) -> bool:
    """Whether a word of a `where` stands for something."""
    if dimension in CLASSIFICATION_OF:
        return written in codes(CLASSIFICATION_OF[dimension])
    meant = values_meant(dimension, (written,))
    return allowed == ANY or not set(allowed).isdisjoint(meant)


def _near(dimension: str, written: str, allowed: Values) -> str:
    if dimension in CLASSIFICATION_OF:
        return f"写科目的编码，{CLASSIFICATION_OF[dimension].label}里有的"
    words = tuple(dict.fromkeys((*aliases(dimension), *allowed)))
    return did_you_mean(written, words, f"可以是：{_SEPARATOR.join(words)}", cutoff=0.75)


def _contradictions(asked: Sequence[Demand]) -> Iterator[Diagnostic]:
    """M013: two demands on one dimension that nothing can meet together, reported at the later."""
    for index, later in enumerate(asked):
        for earlier in asked[:index]:
            if later.dimension == earlier.dimension and not _meet(later, earlier):
                both = f"{_SEPARATOR.join(earlier.written)}”和“{_SEPARATOR.join(later.written)}"
                message = f"{later.dimension}同时要是“{both}”，一行也选不出"
                other = f"另一个条件在{earlier.place}；表、行、列的条件要同时满足"
                yield error("M013", message, later.place, other)


def _meet(demand: Demand, other: Demand) -> bool:
    """Whether a line can meet both demands, which are on the same dimension."""
    if ANY in (demand.values, other.values):
        return True
    if demand.dimension in CLASSIFICATION_OF:
        return any(a.startswith(b) or b.startswith(a) for a in demand.values for b in other.values)
    return not set(demand.values).isdisjoint(other.values)
