"""What a form or the catalogue of facts asks of the ledger, held to what the lines of a source can know.

A question that no line can answer would print a blank, one that nothing can meet a zero; both
are told where they are written, with the words that there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from discgen.codes.dictionary import known_codes
from discgen.diagnostics import Diagnostic, DocumentPath, Place, did_you_mean, error
from discgen.ledger.query import CLASSIFICATION_OF, aliases, values_meant
from discgen.load.tree import Tree
from discgen.model.line import Source, Stage
from discgen.model.sources import ANY, DIMENSIONS_OF, Values

_SEPARATOR = "、"
_KINDS = {Stage.APPROVED: "预算", Stage.EXECUTED: "决算"}
"""The kinds of disclosure by what their amounts are."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One line of a `where`: the values wanted of a dimension, several words in full; ANY where made rows ask for each.

    `written` are the words as they stand there, `place` is where.
    """

    dimension: str
    values: Values
    written: Values
    place: Place


def demands(tree: Tree, path: DocumentPath, where: Mapping[str, Any]) -> list[Demand]:
    """The demands of the `where` at a path."""
    found = []
    for dimension, value in where.items():
        written = tuple(map(str, value)) if isinstance(value, list) else (str(value),)
        place = tree.place((*path, dimension))
        found.append(Demand(dimension, values_meant(dimension, written), written, place))
    return found


def wrong_sources(sources: Sequence[Source], stage: Stage, place: Place) -> Iterator[Diagnostic]:
    """M012: a source that has no lines at the stage, which is that of a kind of disclosure."""
    for source in sources:
        if stage not in DIMENSIONS_OF[source]["stage"]:
            there = [one for one in Source if stage in DIMENSIONS_OF[one]["stage"]]
            yield error("M012", f"{_KINDS[stage]}没有{source}这组行", place, f"有：{_SEPARATOR.join(there)}")


def wrong_demands(asked: Sequence[Demand], sources: Sequence[Source]) -> Iterator[Diagnostic]:
    """M012, M013: dimensions that a source does not know, values that it cannot have, demands that rule each other out."""
    found = [finding for one in asked for finding in _wrong(one, sources)]
    yield from found or _contradictions(asked)


def _wrong(demand: Demand, sources: Sequence[Source]) -> Iterator[Diagnostic]:
    for source in sources:
        if demand.dimension not in DIMENSIONS_OF[source]:
            said = f"{source}的行不知道{demand.dimension}，这样问没有答案，会印成空白"
            yield error("M012", said, demand.place, f"{source}知道的有：{_SEPARATOR.join(DIMENSIONS_OF[source])}")
            return
    allowed = allowed_values(demand.dimension, sources)
    for written in demand.written:
        if not is_possible(demand.dimension, written, allowed):
            said = f"{'、'.join(sources)}的{demand.dimension}没有“{written}”"
            yield error("M013", said, demand.place, _near(demand.dimension, written, allowed))


def allowed_values(dimension: str, sources: Iterable[Source]) -> Values:
    """What the dimension may be in any of the sources; ANY where it holds codes or names."""
    return tuple(dict.fromkeys(value for source in sources for value in DIMENSIONS_OF[source][dimension]))


def is_possible(dimension: str, written: str, allowed: Values) -> bool:
    """Whether a word of a `where` stands for something."""
    if dimension in CLASSIFICATION_OF:
        return written in known_codes(CLASSIFICATION_OF[dimension])
    meant = values_meant(dimension, (written,))
    return allowed == ANY or not set(allowed).isdisjoint(meant)


def _near(dimension: str, written: str, allowed: Values) -> str:
    if dimension in CLASSIFICATION_OF:
        return f"写科目的编码，{CLASSIFICATION_OF[dimension].label}里有的"
    words = tuple(dict.fromkeys((*aliases(dimension), *allowed)))
    return did_you_mean(written, words, f"可以是：{_SEPARATOR.join(words)}", cutoff=0.75)


def _contradictions(asked: Sequence[Demand]) -> Iterator[Diagnostic]:
    """M013: two demands on one dimension that nothing can meet together, told at the later one."""
    for at, later in enumerate(asked):
        for earlier in asked[:at]:
            if later.dimension == earlier.dimension and not _meet(later, earlier):
                both = f"{_SEPARATOR.join(earlier.written)}”和“{_SEPARATOR.join(later.written)}"
                said = f"{later.dimension}同时要是“{both}”，一行也选不出"
                other = f"另一个条件在{earlier.place}；表、行、列的条件要同时满足"
                yield error("M013", said, later.place, other)


def _meet(one: Demand, other: Demand) -> bool:
    if ANY in (one.values, other.values):
        return True
    if one.dimension in CLASSIFICATION_OF:
        return any(a.startswith(b) or b.startswith(a) for a in one.values for b in other.values)
    return not set(one.values).isdisjoint(other.values)
