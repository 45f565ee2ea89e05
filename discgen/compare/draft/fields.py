"""Which field of which file a text of the document is written in, and the field as it would read with an edit made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cached_property

from msgspec import Struct

from discgen.compare.draft.edits import Stretch
from discgen.diagnostics import DocumentPath, Place
from discgen.document import Document
from discgen.load.editing import edited_file
from discgen.load.workspace import Workspace
from discgen.model.prose import EXPRESSION, Prose
from discgen.narrative.blocks import Span
from discgen.word.content import TextBlock
from discgen.yamltext.edit import EditedFile
from discgen.yamltext.nodes import UneditableError
from discgen.yamltext.tree import Node, Tree

_STOPS = "。；，、：:"
"""With which a clause may be written that stands inside a sentence of the form."""
_SHORTEST = 2
"""Characters of a value that is looked for in a text that does not say where it is written."""
_CHINESE = re.compile("[\u4e00-\u9fff]")


class Field(Struct, frozen=True):
    """A part of a text that somebody wrote: where, from where to where in the text, and how that is written in the file.

    `expressions` are those of `written` with where in the text stands what they come to.
    """

    place: Place
    start: int
    end: int
    written: str
    expressions: tuple[tuple[int, int, str], ...] = ()

    def holds(self, stretch: Stretch) -> bool:
        """Whether an edit is one of this part."""
        return self.start <= stretch.start and stretch.end <= self.end

    def edited(self, text: str, edits: Sequence[Stretch]) -> str:
        """How the field is written with the edits made to the text."""
        pieces: list[str] = []
        at = self.start
        for edit in (*edits, Stretch(self.end, self.end, "")):
            pieces += self._written(text, at, edit.start)
            pieces.append(edit.now)
            at = edit.end
        return "".join(pieces)

    def _written(self, text: str, start: int, end: int) -> Iterator[str]:
        """What stands in a part of the text that is as it was, expressions as they are written."""
        at = start
        for begin, stop, expression in self.expressions:
            if start <= begin and stop <= end:
                yield text[at:begin]
                yield expression
                at = stop
        yield text[at:end]


class Fields:
    """The fields of a document's files."""

    def __init__(self, workspace: Workspace, document: Document) -> None:
        self._workspace = workspace
        self._document = document
        self._prose = {prose.place: prose for prose in document.disclosure.texts()}
        self._trees = document.disclosure.trees()

    def of(self, block: TextBlock, stretch: Stretch) -> Field | None:
        """The field of which an edit is one; None where nobody wrote what is edited."""
        text = block.text
        for place, start, end in (*_written_runs(block), *self._of_source(block)):
            prose = self._prose.get(place)
            if start <= stretch.start and stretch.end <= end and prose and (field := _field(prose, text, start, end)):
                return field
        below = block.source if isinstance(block.source, Place) else None
        return self._value_in(text, stretch, below)

    def first(self, block: TextBlock) -> Field | None:
        """The first prose of a text, where it has any."""
        found = (
            _field(self._prose[place], block.text, start, end)
            for place, start, end in (*_written_runs(block), *self._of_source(block))
            if place in self._prose
        )
        return next((one for one in found if one), None)

    def _of_source(self, block: TextBlock) -> Iterator[tuple[Place, int, int]]:
        """The prose that a cell, or a paragraph behind its label, is made from."""
        if isinstance(block.source, Place) and block.source in self._document.text.prose:
            printed = " ".join(self._document.text.prose[block.source].text.split("\n")).strip()
            start = block.text.find(printed)
            if printed and start >= 0:
                yield block.source, start, start + len(printed)

    def _value_in(self, text: str, stretch: Stretch, below: Place | None) -> Field | None:
        """The longest value of the files that stands where the edit is: a name, an office, the target of an indicator."""
        fields: list[Field] = []
        for tree, path, value in self._values:
            is_below = below is not None and tree.file == below.file and path[: len(below.path)] == below.path
            if below is not None and below.path and not is_below:
                continue
            if not is_below and (len(value) < _SHORTEST or not _CHINESE.search(value)):
                continue
            for match in re.finditer(re.escape(value), text):
                field = Field(tree.place(path), match.start(), match.end(), value)
                if field.holds(stretch):
                    fields.append(field)
        return max(fields, key=lambda field: field.end - field.start, default=None)

    @cached_property
    def _values(self) -> list[tuple[Tree, DocumentPath, str]]:
        return [(tree, path, value) for tree in self._trees.values() for path, value in _scalars(tree.root) if value]

    def places_of(self, value: str) -> list[Place]:
        """Where exactly this is written as a value."""
        return [tree.place(path) for tree, path, written in self._values if written == value]

    def proposal(self, place: Place, changes: Mapping[str, str]) -> tuple[str, ...]:
        """The lines of the file, as they would be with a field changed: each of its texts becomes another.

        Nothing where the field is not laid out for it.
        """
        path = self._workspace.root / place.file
        try:
            file = edited_file(self._workspace, path)
            before = file.text
            if not self._change(file, place.path, changes):
                return ()
            after = file.text
        except UneditableError:
            return ()
        old, new = before.split("\n"), after.split("\n")
        codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        return tuple(line for kind, _, _, start, end in codes if kind != "equal" for line in new[start:end])

    @staticmethod
    def _change(file: EditedFile, path: DocumentPath, changes: Mapping[str, str]) -> bool:
        value = file.value(*path)
        if not isinstance(value, str):
            return False
        lines = [line.strip() for line in value.splitlines() if line.strip()]
        if len(lines) <= 1 or value.strip() in changes:
            return file.set(path, changes.get(value.strip(), next(iter(changes.values()))))

        def changed(text: str) -> str:
            return "\n".join(
                line.replace(line.strip(), changes.get(line.strip(), line.strip())) for line in text.split("\n")
            )

        return file.rewrite(path, changed) or file.set(path, changed(value))


def _scalars(node: Node, path: DocumentPath = ()) -> Iterator[tuple[DocumentPath, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _scalars(value, (*path, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _scalars(value, (*path, number))
    elif node:
        yield path, node.strip()


def _written_runs(block: TextBlock) -> Iterator[tuple[Place, int, int]]:
    """What authors wrote of a paragraph: each place with from where to where its runs stand."""
    at = start = 0
    last: Place | None = None
    for run in block.runs:
        place = run.source.place if isinstance(run.source, Span) else None
        if place != last:
            if last:
                yield last, start, at
            start, last = at, place
        at += len(run.text)
    if last:
        yield last, start, at


def _field(prose: Prose, text: str, start: int, end: int) -> Field | None:
    """The prose, or the line of it, that this part of the text is; None where it cannot be told which."""
    lines = [line.strip() for line in prose.text.splitlines() if line.strip()]
    for written in dict.fromkeys([*lines, "".join(lines), " ".join(lines)]):
        parts = EXPRESSION.split(written)
        expressions = EXPRESSION.findall(written)
        parts[-1] = parts[-1].rstrip(_STOPS)
        pattern = "(.+?)".join("".join(map(_sign, part)) for part in parts)
        match = re.fullmatch(f"{pattern}[{_STOPS}]*", text[start:end])
        if match:
            found = ((start + match.start(at), start + match.end(at)) for at in range(1, len(expressions) + 1))
            spans = tuple((*span, expression) for span, expression in zip(found, expressions, strict=True))
            return Field(prose.place, start, end, written, spans)
    return None


def _sign(sign: str) -> str:
    return r"\s*" if sign.isspace() else re.escape(sign)
