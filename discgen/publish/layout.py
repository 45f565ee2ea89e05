"""From the units of a document to its PDF: what was laid out before is taken from the cache, processes share the rest.

To load what lays out takes a process most of a second. One is therefore started before it is known whether there is
anything to do, and where little is, this process never loads it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from discgen.cache import Cache, NoCache
from discgen.diagnostics import Place
from discgen.identity import font_folders, layout
from discgen.publish.layer import Failure, Job, begin, died, united
from discgen.render.html import unit_html
from discgen.render.pdf.artifact import Artifact, Overflow, decode
from discgen.render.pdf.assemble import Piece, assemble, overflows, page_numbers
from discgen.render.pdf.attachments import AttachedFile
from discgen.render.pdf.metadata import Properties
from discgen.view.page import DocumentView
from discgen.view.units import units_of
from discgen.workers import Helpers

_KIND = "unit"
_WORTHY = 14
"""Units for which it pays that one more process loads what lays them out: that takes as long as seven of them."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """The bytes of a PDF, and the lines that their room on its pages does not hold."""

    data: bytes
    overflows: tuple[Overflow, ...]


class Layout:
    """Lays out documents one after another, together with `helpers`, and keeps what it has laid out.

    There are never more than `jobs` processes, this one among them.
    """

    def __init__(
        self, cache: Cache | None = None, helpers: Helpers[Job, bytes | Failure] | None = None, jobs: int = 1
    ) -> None:
        self._cache = cache or NoCache()
        self._helpers = helpers or Helpers(begin, died)
        self._jobs = jobs
        self._own: Callable[[Job], bytes | Failure] | None = None
        """What lays out here, once it is loaded."""

    def pdf(self, view: DocumentView, place: Place, attached: Sequence[AttachedFile] = ()) -> Pdf | Failure:
        """The PDF of a document; `place` is named where our bug shows. Raises Refusal where the machine cannot lay out."""
        units = units_of(view)
        contents = next(number for number, unit in enumerate(units) if unit.kind == "contents")
        others = self._artifacts([(place, unit_html(view, unit)) for unit in units if unit.kind != "contents"])
        if isinstance(others, Failure):
            return others
        inner = self._artifacts([(place, unit_html(view, units[contents], page_numbers(others)))])
        if isinstance(inner, Failure):
            return inner
        artifacts = [*others[:contents], *inner, *others[contents:]]
        pieces = [Piece(unit.part, artifact) for unit, artifact in zip(units, artifacts, strict=True)]
        data = assemble(pieces, Properties(view.title, view.department), attached, self._cache)
        return Pdf(data, tuple(overflows(artifacts)))

    def _artifacts(self, jobs: Sequence[Job]) -> list[Artifact] | Failure:
        """What was laid out of each, from the cache or now."""
        keys = [_key(html) for _, html in jobs]
        found = {key: data for key in set(keys) if (data := self._cache.get(_KIND, key)) is not None}
        missing = {key: job for key, job in zip(keys, jobs, strict=True) if key not in found}
        longest_first = sorted(missing, key=lambda key: len(missing[key][1]), reverse=True)
        failures = []
        for key, made in zip(longest_first, self._made([missing[key] for key in longest_first]), strict=True):
            if isinstance(made, Failure):
                failures.append(made)
            else:
                found[key] = made
                self._cache.put(_KIND, key, made)
        if not failures:
            return [decode(found[key]) for key in keys]
        failure = united(failures)
        if failure.refusal:
            raise failure.refusal
        return failure

    def _made(self, jobs: Sequence[Job]) -> list[bytes | Failure]:
        """What is laid out of each, by whoever is free; by this process too, where there is enough to share."""
        worthy = len(jobs) // _WORTHY
        self._helpers.start(min(self._jobs - 1, worthy) - len(self._helpers))
        if jobs and (self._own or worthy or not len(self._helpers)):
            return self._helpers.share(jobs, self._load)
        return self._helpers.share(jobs)

    def _load(self) -> Callable[[Job], bytes | Failure]:
        self._own = self._own or begin()
        return self._own


def _key(html: str) -> str:
    """What an artifact is kept by. It names files of fonts, which have the same content on another machine in another place."""
    places = "\n".join(map(str, font_folders()))
    return sha256(f"{layout()}\n{places}\n{html}".encode()).hexdigest()
