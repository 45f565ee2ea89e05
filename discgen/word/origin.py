"""What a Word file says of itself: the document that it was made from, and a digest of what it said then.

Both are custom properties, which Word, WPS and LibreOffice keep when they save a file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from discgen.load.target import Target
from discgen.word.content import Pages, TableBlock, TextBlock

_TARGET, _DIGEST = "discgen-document", "discgen-digest"


class Origin(Struct, frozen=True):
    """The document as `department/year/kind`, of a unit with its id behind, and the digest of all texts; empty where a file does not say."""

    target: str = ""
    digest: str = ""

    @classmethod
    def of(cls, target: Target, pages: Iterable[Pages]) -> Origin:
        """That of a document's pages."""
        digest = hashlib.sha256("\n".join(_texts(pages)).encode()).hexdigest()
        return cls(target.full_name, digest)

    @classmethod
    def read(cls, properties: Mapping[str, str]) -> Origin:
        """What the custom properties of a file say."""
        return cls(properties.get(_TARGET, ""), properties.get(_DIGEST, ""))

    def properties(self) -> dict[str, str]:
        """The custom properties, by their names."""
        return {_TARGET: self.target, _DIGEST: self.digest}


def _texts(pages: Iterable[Pages]) -> Iterator[str]:
    """All that is read on the pages behind the cover and the contents, and on these."""
    for one in pages:
        for block in one.blocks if one.kind != "findings" else ():
            if isinstance(block, TextBlock):
                yield block.text
            elif isinstance(block, TableBlock):
                yield from (cell.text.text for row in block.rows for cell in row.cells)
