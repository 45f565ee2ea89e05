"""Codes in files that cannot be built from, so that a wrong one is told together with the other errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from discgen.codes.dictionary import Classification, load_dictionaries
from discgen.diagnostics import Diagnostic, DocumentPath
from discgen.load.tree import Node, Tree
from discgen.model.record import Record

_CLASSIFICATIONS = {
    "function": Classification.FUNCTION,
    "code": Classification.INCOME,
    "department": Classification.DEPARTMENT_ECONOMIC,
    "government": Classification.GOVERNMENT_ECONOMIC,
}
"""Which dictionary the value of a key is looked up in."""
_NAMES = tuple(Classification)
_DIGITS = re.compile(r"[0-9]{3,7}")
_CODE = re.compile(r"([0-9]{5}|[0-9]{7})( .+)?")


def unknown_codes(trees: Iterable[Tree], department: Tree | None, year: int) -> list[Diagnostic]:
    """The findings C001 and C002 of all values that are spelled like codes where codes belong.

    None where the department's file cannot be read: which codes it adds is not known then.
    """
    if department is None or not isinstance(department.root, dict):
        return []
    dictionaries = load_dictionaries(year, _added(department.root))
    findings: list[Diagnostic] = []
    for tree in trees:
        for path, mapping in _mappings(tree.root, ()):
            record = Record(tree, path, "元", findings)
            for key, classification in _CLASSIFICATIONS.items():
                written = mapping.get(key)
                if isinstance(written, str) and _CODE.fullmatch(written):
                    record.code(key, dictionaries[classification])
    return findings


def _added(department: dict[str, Node]) -> Iterator[tuple[Classification, str, str]]:
    """What the department adds to the dictionaries, as far as that can be read."""
    added = department.get("additional_codes")
    for row in added if isinstance(added, list) else []:
        if isinstance(row, dict) and row.get("classification") in _NAMES and _DIGITS.fullmatch(str(row.get("code"))):
            yield Classification(str(row["classification"])), str(row["code"]), str(row.get("name"))


def _mappings(node: Node, path: DocumentPath) -> Iterator[tuple[DocumentPath, dict[str, Node]]]:
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            yield from _mappings(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _mappings(value, (*path, index))
