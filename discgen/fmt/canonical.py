"""The text of one file in canonical form."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from discgen.fmt.layout import Collection, UnformattableError, single_spaced
from discgen.fmt.order import put_in_order
from discgen.fmt.proof import SCHEMA_LINE, assert_same
from discgen.fmt.reading import read_layout
from discgen.fmt.writing import write_layout
from discgen.load.target import schema_of

_OTHER_BREAKS = re.compile("[\r\x85\u2028\u2029]")


def canonical(text: str, file: str) -> str:
    """The canonical form of a text that is read without complaint; `file` is its path below the workspace.

    Raises UnformattableError where it would not say the same, or cannot be told to.
    """
    text = text.replace("\r\n", "\n")
    if _OTHER_BREAKS.search(text):
        raise UnformattableError("文件里有不常见的换行符，换成普通的换行再排")
    root = read_layout(text)
    schema_line = _schema_line(_taken_schema_lines(root), file)
    header = _taken_header(root)
    put_in_order(root, schema_of(file))
    formatted = write_layout(root, [schema_line, *header])
    assert_same(text, formatted, file)
    return formatted


def _taken_schema_lines(root: Collection) -> list[str]:
    """The lines that name a schema, out of the remarks between the entries."""
    taken: list[str] = []
    for lines in (*(entry.head for entry in root.entries), root.tail):
        taken += [line for line in lines if SCHEMA_LINE.match(line)]
        lines[:] = single_spaced([line for line in lines if not SCHEMA_LINE.match(line)])
    while root.tail and not root.tail[-1]:
        del root.tail[-1]
    return taken


def _schema_line(written: list[str], file: str) -> str:
    """The line that names the schema: one on the net as its author chose it, else the one in this workspace."""
    for line in written:
        if "://" in line:
            return line
    up = "../" * (len(PurePosixPath(file).parts) - 1)
    return f"# yaml-language-server: $schema={up}schema/{schema_of(file)}.schema.json"


def _taken_header(root: Collection) -> list[str]:
    """What is said of the file as a whole: above the first entry and an empty line. It stays first, whatever is sorted."""
    head = root.entries[0].head
    while head and not head[0]:
        del head[0]
    if "" not in head:
        return []
    length = len(head) - head[::-1].index("")
    header = head[:length]
    del head[:length]
    return header
