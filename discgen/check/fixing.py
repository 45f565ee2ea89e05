"""What findings offer as a `Fix` is made in the files, as far as each file stays readable.

A fix is made within the value that its finding points at. It replaces text and not nodes, for it may be what makes a
file readable. One after which more would be found in the reading or the shape of the file is not made.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from discgen.check.checked import Checked
from discgen.check.run import check_targets
from discgen.diagnostics import Diagnostic, Place
from discgen.errors import contained
from discgen.files import UnwritableError, rewrite_file
from discgen.load.destinations import inside
from discgen.load.target import Target, schema_of
from discgen.load.workspace import Workspace
from discgen.validate.schema import validate
from discgen.yamltext.nodes import Document, entries_of
from discgen.yamltext.read import examine_text
from discgen.yamltext.text import LINE_BREAK
from discgen.yamltext.tree import Tree

_BOM = b"\xef\xbb\xbf"


class _Edit(Struct, frozen=True):
    """What stands from `start` to `end` becomes `new`."""

    start: int
    end: int
    new: str


_ROUNDS = 5
"""How often the files are checked again: two slips in one place take two rounds."""


def check_and_fix(
    workspace: Workspace,
    targets: Sequence[Target],
    check: Callable[[Workspace, Sequence[Target]], Checked] = check_targets,
) -> tuple[Checked, int]:
    """Check the targets and make the fixes offered until none is left; what is found then, and how many were made.

    `check` is `check_targets`, or the same with other settings. Raises UnwritableError where a file cannot be written.
    """
    checked, made = check(workspace, targets), 0
    bugs: list[Diagnostic] = []
    for _ in range(_ROUNDS):
        now, more = fix(workspace, checked.findings)
        bugs += more
        if not now:
            break
        made += now
        before, checked = len(checked.findings), check(workspace, targets)
        if len(checked.findings) >= before:
            break
    return replace(checked, others=(*checked.others, *bugs)), made


def fix(workspace: Workspace, findings: Iterable[Diagnostic]) -> tuple[int, list[Diagnostic]]:
    """Make the fixes that the findings offer: how many were made, and our bugs in making them.

    Raises UnwritableError where a file cannot be written.
    """
    by_file: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        if finding.fix:
            by_file.setdefault(finding.place.file, []).append(finding)
    made, bugs = 0, list[Diagnostic]()
    for file, fixable in by_file.items():
        act = partial(_fix_file, workspace, file, fixable)
        outcome = contained(act, Place(file), lambda bug: bug, passing=(UnwritableError,))
        if isinstance(outcome, Diagnostic):
            bugs.append(outcome)
        else:
            made += outcome
    return made, bugs


def _fix_file(workspace: Workspace, file: str, findings: list[Diagnostic]) -> int:
    path = inside(workspace, workspace.root / file)
    if not path.is_file():
        return 0
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return 0
    mark = _BOM if data.startswith(_BOM) else b""
    fixed, made = _fixed(text, file, findings)
    if made:
        rewrite_file(path, mark + fixed.encode(), data)
    return made


def _fixed(text: str, file: str, findings: list[Diagnostic]) -> tuple[str, int]:
    """The text with as many of the fixes as leave it readable, and their number."""
    document, tree, complaints = examine_text(text, file)
    edits = _edits(text, findings, _Extents(document, tree))
    text, _, made = _applied(text, file, edits, _complaints(file, tree, complaints))
    return text, made


def _applied(text: str, file: str, edits: Sequence[_Edit], before: _Complaints) -> tuple[str, _Complaints, int]:
    """The text with as many of the edits (the last in the file first) as leave it readable, what is found then, and their
    number: all at once, or one half after the other where that would not do.
    """
    pieces, last = [], 0
    for edit in reversed(edits):
        pieces += [text[last : edit.start], edit.new]
        last = edit.end
    tried = "".join([*pieces, text[last:]])
    after = _complaints(file, *examine_text(tried, file)[1:]) if edits else before
    if before.allow(after):
        return tried, after, len(edits)
    if len(edits) == 1:
        return text, before, 0
    middle = len(edits) // 2
    text, before, first = _applied(text, file, edits[:middle], before)
    text, before, second = _applied(text, file, edits[middle:], before)
    return text, before, first + second


def _edits(text: str, findings: list[Diagnostic], extents: _Extents) -> list[_Edit]:
    """The fixes as edits, the last in the file first, without those whose text is not there or overlaps another's."""
    edits: list[_Edit] = []
    for finding in findings:
        assert finding.fix is not None
        start, end = extents.of(finding.place)
        at = text.find(finding.fix.old, start, end)
        if at >= 0 and finding.fix.old:
            edit = _Edit(at, at + len(finding.fix.old), finding.fix.new)
            index = bisect_left(edits, edit.start, key=lambda other: other.start)
            neighbours = edits[max(0, index - 1) : index + 1]  # of edits that do not overlap only these could
            if not any(edit.start < other.end and other.start < edit.end for other in neighbours):
                edits.insert(index, edit)
    return edits[::-1]


class _Extents:
    """Where the values of a text begin and end, in characters; in a text that cannot be read each reaches to the end."""

    def __init__(self, document: Document, tree: Tree | None) -> None:
        text = document.text
        entries = list(entries_of(document)) if tree else []
        self._values = {path: entry.node.start for path, entry in entries}
        self._begins = [
            (node.start, path) for path, entry in entries for node in (entry.key, entry.node) if node
        ]  # in the order of the file
        self._lines = [0, *(match.end() for match in LINE_BREAK.finditer(text))]
        self._length = len(text)

    def of(self, place: Place) -> tuple[int, int]:
        """From where the value at a place begins to the next key or value that is not part of it."""
        start = min(self._offset(place), self._values.get(place.path, self._length) if place.path else self._length)
        following = bisect_right(self._begins, start, key=lambda begin: begin[0])
        others = (
            begin for begin, path in islice(self._begins, following, None) if path[: len(place.path)] != place.path
        )
        return start, next(others, self._length)

    def _offset(self, place: Place) -> int:
        if place.line > len(self._lines):
            return self._length
        return min(self._lines[place.line - 1] + place.column - 1, self._length)


class _Complaints(Struct, frozen=True):
    """How often each code is found in the reading of a file, and by its schema where it can be read."""

    reading: Counter[str]
    shape: Counter[str]

    def allow(self, after: _Complaints) -> bool:
        """Whether a file is no worse than it was; if it could not be read before, findings by its schema may be new."""
        return after.reading <= self.reading and (bool(self.reading) or after.shape <= self.shape)


def _complaints(file: str, tree: Tree | None, findings: Iterable[Diagnostic]) -> _Complaints:
    schema = schema_of(file)
    shape = validate(tree, schema) if tree and schema else []
    return _Complaints(*(Counter(finding.code for finding in group) for group in (findings, shape)))
