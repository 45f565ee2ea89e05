"""Safe mends: what findings offer as a `Fix` is made in the files, as far as each file stays readable.

A mend is made within the value that its finding points at, from the bottom of a file up. One
after which the file would have more to complain of in its spelling is not made.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from discgen.bug import contained
from discgen.destinations import inside
from discgen.diagnostics import Diagnostic, DocumentPath, Place
from discgen.files import UnwritableError, rewrite_file
from discgen.load.target import Target, schema_of
from discgen.load.workspace import Workspace
from discgen.report.checked import Checked, check_targets
from discgen.validate.schema import validate
from discgen.yamltext.read import examine_yaml
from discgen.yamltext.text import LINE_BREAK
from discgen.yamltext.tree import Tree

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Edit:
    """What stands from `start` to `end` becomes `new`."""

    start: int
    end: int
    new: str


_ROUNDS = 5
"""How often what is left is looked at again: two slips in one place take two rounds."""


def check_and_fix(workspace: Workspace, targets: Sequence[Target]) -> tuple[Checked, int]:
    """Check the targets and make the mends offered until none is left; what is found then, and how many were made.

    Raises UnwritableError where a file cannot be written.
    """
    checked, made = check_targets(workspace, targets), 0
    bugs: list[Diagnostic] = []
    for _ in range(_ROUNDS):
        now, more = fix(workspace, checked.findings)
        bugs += more
        if not now:
            break
        made += now
        before, checked = len(checked.findings), check_targets(workspace, targets)
        if len(checked.findings) >= before:
            break
    return replace(checked, others=(*checked.others, *bugs)), made


def fix(workspace: Workspace, findings: Iterable[Diagnostic]) -> tuple[int, list[Diagnostic]]:
    """Make the mends that the findings offer: how many were made, and our bugs in making them.

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
    mended, made = _fixed(text, file, findings)
    if made:
        rewrite_file(path, mark + mended.encode(), data)
    return made


def _fixed(text: str, file: str, findings: list[Diagnostic]) -> tuple[str, int]:
    """The text with as many of the mends as leave it readable, and their number."""
    text, _, made = _made(text, file, _edits(text, file, findings), _troubles(text, file))
    return text, made


def _made(text: str, file: str, edits: Sequence[_Edit], troubles: _Troubles) -> tuple[str, _Troubles, int]:
    """The text with as many of the edits (the last in the file first) as leave it readable, what is left to complain of, and
    their number: all at once, or one half after the other where they do not.
    """
    pieces, last = [], 0
    for edit in reversed(edits):
        pieces += [text[last : edit.start], edit.new]
        last = edit.end
    tried = "".join([*pieces, text[last:]])
    after = _troubles(tried, file) if edits else troubles
    if troubles.allow(after):
        return tried, after, len(edits)
    if len(edits) == 1:
        return text, troubles, 0
    middle = len(edits) // 2
    text, troubles, first = _made(text, file, edits[:middle], troubles)
    text, troubles, second = _made(text, file, edits[middle:], troubles)
    return text, troubles, first + second


def _edits(text: str, file: str, findings: list[Diagnostic]) -> list[_Edit]:
    """Where the mends go, the last in the file first; one whose text is not there, or is taken, is left out."""
    tree, _ = examine_yaml(text.encode(), file)
    starts, written = _line_starts(text), _written(tree)
    edits: list[_Edit] = []
    for finding in findings:
        assert finding.fix is not None
        start, end = _extent(finding.place, tree, written, starts, len(text))
        at = text.find(finding.fix.old, start, end)
        if at >= 0 and finding.fix.old:
            edit = _Edit(at, at + len(finding.fix.old), finding.fix.new)
            before = bisect_left(edits, edit.start, key=lambda other: other.start)
            beside = edits[max(0, before - 1) : before + 1]  # of edits that do not overlap only these could
            if not any(edit.start < other.end and other.start < edit.end for other in beside):
                edits.insert(before, edit)
    return edits[::-1]


def _written(tree: Tree | None) -> list[tuple[tuple[int, int], DocumentPath]]:
    """The line and column of every key and value, with its path, in the order of the file."""
    places = (tree.keys, tree.values) if tree else ()
    return sorted(
        (((place.line, place.column), path) for of in places for path, place in of.items()), key=lambda one: one[0]
    )


def _extent(
    place: Place,
    tree: Tree | None,
    written: Sequence[tuple[tuple[int, int], DocumentPath]],
    starts: list[int],
    length: int,
) -> tuple[int, int]:
    """From where the value at the place begins to the next key or value that is not part of it."""
    begun = tree.values.get(place.path, place) if tree and place.path else place
    here = min((one.line, one.column) for one in (begun, place))
    next_one = bisect_right(written, here, key=lambda one: one[0])
    further = (at for at, path in islice(written, next_one, None) if path[: len(place.path)] != place.path)
    following = next(further, None)
    return _offset(here, starts, length), _offset(following, starts, length) if following else length


def _offset(at: tuple[int, int], starts: list[int], length: int) -> int:
    line, column = at
    return min(starts[line - 1] + column - 1, length) if line <= len(starts) else length


def _line_starts(text: str) -> list[int]:
    """Where each line begins, lines being counted as YAML does."""
    return [0, *(found.end() for found in LINE_BREAK.finditer(text))]


@dataclass(frozen=True, slots=True)
class _Troubles:
    """How often each code is found in the reading of a file, and by its schema where it can be read."""

    reading: Counter[str]
    shape: Counter[str]

    def allow(self, after: _Troubles) -> bool:
        """Whether a file is no worse than it was; one that could not be read may show its shape now."""
        return after.reading <= self.reading and (bool(self.reading) or after.shape <= self.shape)


def _troubles(text: str, file: str) -> _Troubles:
    tree, findings = examine_yaml(text.encode(), file)
    schema = schema_of(file)
    shape = validate(tree, schema) if tree and schema else []
    return _Troubles(*(Counter(finding.code for finding in found) for found in (findings, shape)))
