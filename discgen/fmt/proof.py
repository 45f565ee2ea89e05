"""Whether two texts say the same: the same tree, every scalar written the same way, every remark still there."""

from __future__ import annotations

import re
from collections import Counter

import yaml

from discgen.fmt.layout import UnformattableError
from discgen.yamltext.read import read_yaml

SCHEMA_LINE = re.compile(r"#\s*yaml-language-server:\s*\$schema=(?P<schema>\S+)")


def assert_same(before: str, after: str, file: str) -> None:
    """Raise UnformattableError unless `after` says what `before` says, the line that names the schema left aside."""
    (old, _), (new, findings) = read_yaml(before.encode(), file), read_yaml(after.encode(), file)
    if old is None or new is None or findings or old.root != new.root:
        raise UnformattableError("排过以后读出来的内容不一样")
    if _spellings(before) != _spellings(after):
        raise UnformattableError("排过以后引号不一样")
    if remarks(before) != remarks(after):
        raise UnformattableError("排过以后备注不全")


def remarks(text: str) -> Counter[str]:
    """The remarks of a text, each with its number, but for lines that name a schema."""
    rest = list(text)
    for event in _scalars(text):
        assert event.start_mark is not None
        assert event.end_mark is not None
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):  # a remark may follow the sign
            start = text.find("\n", start, end) if "\n" in text[start:end] else end
        rest[start:end] = (character if character == "\n" else " " for character in text[start:end])
    found = (line[line.index("#") :].rstrip() for line in "".join(rest).split("\n") if "#" in line)
    return Counter(remark for remark in found if not SCHEMA_LINE.match(remark))


def _spellings(text: str) -> Counter[tuple[str, str]]:
    """How often each scalar is written in each style."""
    return Counter((str(event.value), event.style or "") for event in _scalars(text))


def _scalars(text: str) -> list[yaml.ScalarEvent]:
    return [event for event in yaml.parse(text, Loader=yaml.CSafeLoader) if isinstance(event, yaml.ScalarEvent)]
