"""What became of a document that went round in Word: a frozen record for each edit, gathered by what is to be done."""

from __future__ import annotations

from msgspec import Struct

from discgen.diagnostics import Place


class Proposal(Struct, frozen=True):
    """An edit of prose: where it stands in the document, where it is written and as what, before and after.

    `lines` are those of the file as they would be, to be pasted; nothing where the field is not laid out for it. `printed`
    is how often the document prints the field; `others` is what else it became where it is printed again.
    """

    where: str
    place: Place
    before: str
    after: str
    lines: tuple[str, ...]
    authors: tuple[str, ...] = ()
    printed: int = 1
    others: tuple[str, ...] = ()


class Number(Struct, frozen=True):
    """An edit of a number, which is refused: what it is, and the facts it comes from, each a line with its amount."""

    where: str
    title: str
    before: str
    after: str
    facts: tuple[str, ...]
    authors: tuple[str, ...] = ()


class Other(Struct, frozen=True):
    """An edit of what nobody wrote for this document, or one that is no edit of a text: `reason` says why it stays."""

    where: str
    before: str
    after: str
    reason: str
    place: Place | None = None
    authors: tuple[str, ...] = ()


class Comment(Struct, frozen=True):
    """A comment in the margin: whose, at which text."""

    where: str
    author: str
    text: str
    place: Place | None = None


class Judgement(Struct, frozen=True):
    """All of a file. `notes` say what is to be known of the comparison itself."""

    title: str
    notes: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    numbers: tuple[Number, ...]
    derived: tuple[Other, ...]
    moved: tuple[Other, ...]
    removed: tuple[Other, ...]
    added: tuple[Other, ...]
    comments: tuple[Comment, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was edited and nothing remarked."""
        return not any(
            (self.proposals, self.numbers, self.derived, self.moved, self.removed, self.added, self.comments)
        )
