"""The remark by which a section says what it was imported from, and by which a hand-edited one is known.

income:                            # 导入自lines.csv，摘要1a2b3c4d
"""

from __future__ import annotations

import re

_ORIGIN = re.compile(r"[ \t]+#[ \t]*导入自(?P<name>.*)，摘要(?P<digest>[0-9a-f]{8})")


def origin_remark(name: str, digest: str) -> str:
    """The remark for the first line of a section."""
    return f"# 导入自{' '.join(name.split())}，摘要{digest}"


def digest_in(line: str) -> str:
    """The digest in the remark of a line; '' where it has none."""
    found = _ORIGIN.search(line)
    return found["digest"] if found else ""


def origins_in(text: str) -> dict[str, str]:
    """What the sections of a text were imported from, by their keys."""
    lines = (line.partition(":") for line in text.splitlines())
    return {key: found["name"] for key, _, rest in lines if key.isidentifier() and (found := _ORIGIN.match(rest))}


def without_origins(text: str) -> str:
    """The text without such remarks: what is carried into another year was not imported for it."""
    return _ORIGIN.sub("", text)
