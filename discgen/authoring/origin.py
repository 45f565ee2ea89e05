"""The remark by which a section says what it was imported from, and by which a hand-edited one is known.

income:                            # 导入自lines.csv，摘要1a2b3c4d
"""

from __future__ import annotations

import re

from discgen.yamltext.edit import EditedFile

_ORIGIN = re.compile(r"[ \t]+#[ \t]*导入自(?P<name>.*)，摘要(?P<digest>[0-9a-f]{8})")


def origin_remark(name: str, digest: str) -> str:
    """The remark for the first line of a section."""
    return f"# 导入自{' '.join(name.split())}，摘要{digest}"


def digest_in(remark: str) -> str:
    """The digest in a remark; empty for a remark of another kind."""
    match = _ORIGIN.search(remark)
    return match["digest"] if match else ""


def origins_in(edited: EditedFile) -> dict[str, str]:
    """What the sections of a file were imported from, by their keys."""
    matches = ((key, _ORIGIN.match(edited.remark(key))) for key in edited.keys)
    return {key: match["name"] for key, match in matches if match}


def drop_origins(edited: EditedFile) -> None:
    """Take such remarks out: what is carried into another year was not imported for it."""
    edited.drop_remarks(_ORIGIN)
