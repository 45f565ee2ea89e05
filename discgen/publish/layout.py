"""From the units of a document to its PDF: what was laid out before is taken from the cache, processes share the rest.

To load what lays out takes as long as several units. Another process is therefore started to do it as soon as something
has changed (`queue`), and where little is missing, this one never does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

from msgspec import Struct

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
from discgen.workers import Helpers, Shared

_KIND = "unit"
_WORTHY = 10
"""Units for which it pays that one more process loads what lays them out: that takes as long as five of them."""


class Pdf(Struct, frozen=True):
    """The bytes of a PDF, and the lines that their room on its pages does not hold."""

    data: bytes
    overflows: tuple[Overflow, ...]


class Layout:
    """Lays out documents one after another, together with `helpers`, and keeps what it has laid out.

    There are never more than `jobs` processes that lay out, this one among them.
    """

    def __init__(
        self, cache: Cache | None = None, helpers: Helpers[Job, bytes | Failure] | None = None, jobs: int = 1
    ) -> None:
        self.cache = cache or NoCache()
        self.helpers = helpers or Helpers(begin, died)
        self.jobs = jobs
        self.own: Callable[[Job], bytes | Failure] | None = None
        """What lays out here, once it is loaded."""

    def load(self) -> Callable[[Job], bytes | Failure]:
        """What lays out here."""
        self.own = self.own or begin()
        return self.own

    def begin(self, view: DocumentView, place: Place) -> PendingPdf:
        """Begin to lay out a document, by helpers while this process goes on; `place` is named where our bug shows."""
        return PendingPdf(self, view, place)


class PendingPdf:
    """The PDF of a document that is being laid out."""

    def __init__(self, layout: Layout, view: DocumentView, place: Place) -> None:
        self._layout = layout
        self._view = view
        self._place = place
        self._units = units_of(view)
        self.attached: Sequence[AttachedFile] = ()
        self._others = _Artifacts(layout)
        self._pdf: Pdf | Failure | None = None
        for unit in self._units:
            if unit.kind != "contents":
                self._others.add((place, unit_html(view, unit)))

    @property
    def is_short(self) -> bool:
        """Whether so little is missing that this process has nothing to lay out."""
        return len(self._others) < _WORTHY

    def pdf(self) -> Pdf | Failure:
        """The PDF, once all is laid out. Raises Refusal where the machine cannot lay out."""
        self._pdf = self._pdf or self._made()
        return self._pdf

    def _made(self) -> Pdf | Failure:
        view, units = self._view, self._units
        others = self._others.all()
        if isinstance(others, Failure):
            return others
        contents = next(number for number, unit in enumerate(units) if unit.kind == "contents")
        last = _Artifacts(self._layout)
        last.add((self._place, unit_html(view, units[contents], page_numbers(others))))
        inner = last.all()
        if isinstance(inner, Failure):
            return inner
        artifacts = [*others[:contents], *inner, *others[contents:]]
        pieces = [Piece(unit.part, artifact) for unit, artifact in zip(units, artifacts, strict=True)]
        properties = Properties(view.title, view.department)
        data = assemble(pieces, properties, self.attached, self._layout.cache, threads=self._layout.jobs)
        return Pdf(data, tuple(overflows(artifacts)))


class _Artifacts:
    """What is laid out of units: what the cache has, and what is missing from the moment that it is known."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._keys: list[str] = []
        self._found: dict[str, Artifact] = {}
        self._missing: dict[str, None] = {}
        self._shared = Shared(layout.helpers)

    def __len__(self) -> int:
        """How many have to be laid out."""
        return len(self._missing)

    def add(self, job: Job) -> None:
        """One more unit."""
        _, html = job
        key, layout = _key(html), self._layout
        self._keys.append(key)
        if key in self._found or key in self._missing:
            return
        if (kept := layout.cache.find(_KIND, key, decode)) is not None:
            self._found[key] = kept
            return
        self._missing[key] = None
        self._shared.put(job, len(html))
        layout.helpers.start(min(layout.jobs - 1, len(self) // _WORTHY) - len(layout.helpers))

    def all(self) -> list[Artifact] | Failure:
        """The artifact of each unit, once all are added; this process lays out too, where there is enough to share."""
        layout = self._layout
        is_worthy = len(self) >= _WORTHY or layout.own or not layout.helpers
        failures = []
        for key, made in zip(self._missing, self._shared.outcomes(layout.load if is_worthy else None), strict=True):
            if isinstance(made, Failure):
                failures.append(made)
            else:
                self._found[key] = decode(made)
                layout.cache.put(_KIND, key, made)
        if not failures:
            return [self._found[key] for key in self._keys]
        failure = united(failures)
        if failure.refusal:
            raise failure.refusal
        return failure


def _key(html: str) -> str:
    """What an artifact is kept by. It names files of fonts, which have the same content on another machine in another place."""
    places = "\n".join(map(str, font_folders()))
    return sha256(f"{layout()}\n{places}\n{html}".encode()).hexdigest()
