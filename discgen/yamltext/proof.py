"""Whether two texts say the same: the same tree, every scalar written the same way, every remark still there."""

from __future__ import annotations

import re
from collections import Counter

from discgen.yamltext.nodes import Document, Scalar, UneditableError
from discgen.yamltext.read import examine_text

SCHEMA_LINE = re.compile(r"#\s*yaml-language-server:\s*\$schema=(?P<schema>\S+)")


def assert_same(before: str, after: str, file: str) -> None:
    """Raise UneditableError unless `after` says what `before` says, the line that names the schema left aside."""
    was, old, findings = examine_text(before, file)
    now, new, further = examine_text(after, file)
    if not old or not new or findings or further or old.root != new.root:
        raise UneditableError("排过以后读出来的内容不一样")
    if _spellings(was) != _spellings(now):
        raise UneditableError("排过以后引号不一样")
    if remarks(was) != remarks(now):
        raise UneditableError("排过以后备注不全")


def remarks(document: Document) -> Counter[str]:
    """The remarks of a text, each with its number, but for lines that name a schema."""
    pieces = []
    for leaf in document.leaves():
        pieces.append(leaf.before)
        if isinstance(leaf, Scalar) and leaf.style in ("|", ">"):  # a remark may follow the sign
            pieces.append(leaf.raw.partition("\n")[0])
    lines = (line[line.index("#") :].rstrip() for line in "".join(pieces).split("\n") if "#" in line)
    return Counter(remark for remark in lines if not SCHEMA_LINE.match(remark))


def _spellings(document: Document) -> Counter[tuple[str, str]]:
    """How often each scalar is written in each style."""
    return Counter((scalar.value, scalar.style) for scalar in document.scalars())
