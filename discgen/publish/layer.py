"""What a process does that lays out units of a document. Nothing else is loaded for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from msgspec import Struct

from discgen.diagnostics import Diagnostic, Place
from discgen.errors import Refusal, contained, process_lost
from discgen.workers import how_it_ended

Job = tuple[Place, str]
"""The HTML of a unit, and the file that is named where our bug shows in it."""


class Failure(Struct, frozen=True):
    """Why something could not be laid out: characters that no font has, our bugs, or what the machine lacks."""

    missing: frozenset[str] = frozenset()
    bugs: tuple[Diagnostic, ...] = ()
    refusal: Refusal | None = None


def united(failures: Iterable[Failure]) -> Failure:
    """What all of them say; a bug once, in however many units it shows."""
    every = list(failures)
    return Failure(
        frozenset().union(*(failure.missing for failure in every)),
        tuple(dict.fromkeys(bug for failure in every for bug in failure.bugs)),
        next((failure.refusal for failure in every if failure.refusal), None),
    )


def begin() -> Callable[[Job], bytes | Failure]:
    """Load what lays out units; what turns one into an artifact, as bytes."""
    from discgen.render.layout.surroundings import require_layout

    try:
        require_layout()
    except Refusal as refusal:
        failure = Failure(refusal=refusal)
        return lambda _: failure
    from discgen.render.layout.unit import lay_out
    from discgen.render.pdf.artifact import Artifact, MissingGlyphError, encode

    def act(job: Job) -> bytes | Failure:
        place, html = job
        try:
            made = contained(partial(lay_out, html), place, lambda bug: bug, passing=(MissingGlyphError,))
        except MissingGlyphError as problem:
            return Failure(missing=problem.characters)
        return encode(made) if isinstance(made, Artifact) else Failure(bugs=(made,))

    return act


def died(job: Job, code: int) -> Failure:
    """What became of a unit whose process was killed twice, or fell over in a library."""
    place, _ = job
    return Failure(bugs=(process_lost("编", place, how_it_ended(code), "关掉别的程序再编，或用-j 1"),))
