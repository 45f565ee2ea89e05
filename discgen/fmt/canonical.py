"""The text of one file in canonical form."""

from __future__ import annotations

import re
from itertools import filterfalse
from pathlib import PurePosixPath

from discgen.fmt.order import put_in_order
from discgen.fmt.writing import write
from discgen.load.target import schema_of
from discgen.yamltext.compose import compose
from discgen.yamltext.nodes import Collection, UneditableError
from discgen.yamltext.proof import SCHEMA_LINE, assert_same
from discgen.yamltext.remarks import place_remarks, single_spaced

_OTHER_BREAKS = re.compile("[\r\x85\u2028\u2029]")


def canonical(text: str, file: str) -> str:
    """The canonical form of a text that is read without complaint; `file` is its path below the workspace.

    Raises UneditableError where it would not say the same, or that cannot be proved.
    """
    text = text.replace("\r\n", "\n")
    if _OTHER_BREAKS.search(text):
        raise UneditableError("文件里有不常见的换行符，换成普通的换行再排")
    document = compose(text)
    place_remarks(document)
    root = document.root
    if not isinstance(root, Collection) or root.flow or not root.is_mapping:
        raise UneditableError("整个文件不是一行一个“键: 值”的写法")
    schema_line = _schema_line(_taken_schema_lines(root), file)
    header = _taken_header(root)
    put_in_order(root, schema_of(file))
    formatted = write(root, [schema_line, *header])
    assert_same(text, formatted, file)
    return formatted


def _taken_schema_lines(root: Collection) -> list[str]:
    """The lines that name a schema, out of the remarks between the entries."""
    taken: list[str] = []
    for entry in root.entries:
        taken += filter(SCHEMA_LINE.match, entry.head)
        entry.head = single_spaced([*filterfalse(SCHEMA_LINE.match, entry.head)])
    taken += filter(SCHEMA_LINE.match, root.tail)
    root.tail = single_spaced([*filterfalse(SCHEMA_LINE.match, root.tail)])
    while root.tail and not root.tail[-1]:
        root.tail = root.tail[:-1]
    return taken


def _schema_line(written: list[str], file: str) -> str:
    """The line that names the schema: one on the net as its author chose it, else the one in this workspace."""
    for line in written:
        if "://" in line:
            return line
    up = "../" * (len(PurePosixPath(file).parts) - 1)
    return f"# yaml-language-server: $schema={up}schema/{schema_of(file)}.schema.json"


def _taken_header(root: Collection) -> list[str]:
    """The remarks on the file as a whole: above the first entry and an empty line. It stays first, whatever is sorted."""
    first = root.entries[0]
    head = list(first.head)
    while head and not head[0]:
        del head[0]
    length = len(head) - head[::-1].index("") if "" in head else 0
    first.head = head[length:]
    return head[:length]
