"""Whether a section of a file is still as an import wrote it: its remark holds a digest of its lines.

Whoever changes one of them by hand makes the digest wrong.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256

from discgen.authoring.origin import digest_in, origin_remark, origins_in
from discgen.load.target import schema_of
from discgen.money import ZERO, AmountError, parse_amount
from discgen.yamltext.edit import EditedFile
from discgen.yamltext.tree import Node

_REMARK_COLUMN = 35
_AMOUNTS = {
    "amount", "basic", "personnel", "operating", "project", "remittance", "business", "subsidy", "adjusted", "goods", "works", "services",
}  # fmt: skip
_UNDERSTOOD = {("fund", "general"), ("origin", "current")}
_UNDERSTOOD_OF_SURPLUS = {("fund", "unit_funds")}
NOT_ROWS = ("reserved", "awarded")
"""Keys of 政府采购 that hold other amounts than their row's, which no ledger says."""


def stamp(edited: EditedFile, key: str, origin: str) -> None:
    """Say on the first line of a section where it came from."""
    edited.set_remark(key, origin_remark(origin, _digest(edited.section(key))), _REMARK_COLUMN)


def is_ours(edited: EditedFile, key: str) -> bool:
    """Whether a section is as an import wrote it, or was never filled in: all its amounts are 0."""
    return is_stamped(edited, key) or all(amount == ZERO for _, _, amount in amounts_in(edited.value(key), key))


def is_stamped(edited: EditedFile, key: str) -> bool:
    """Whether a section is as an import wrote it."""
    return digest_in(edited.remark(key)) == _digest(edited.section(key))


def _digest(lines: Sequence[str]) -> str:
    first, *rest = (line.rstrip() for line in lines)
    return sha256("\n".join([_bare(first), *rest]).encode()).hexdigest()[:8]


def _bare(first: str) -> str:
    """The first line without its remark; a section's values stand on the lines below."""
    return re.sub(r"\s+#.*", "", first).rstrip()


def amounts_in(node: Node, section: str) -> Iterator[tuple[tuple[tuple[str, str], ...], str, object]]:
    """The amounts of a section: what else their row says, the key of each, and itself in the file's unit.

    What a row need not say, and the names after codes, are left out.
    """
    rows = node if isinstance(node, list) else [node]
    understood = _UNDERSTOOD_OF_SURPLUS if section.startswith("surplus") else _UNDERSTOOD
    for row in (row for row in rows if isinstance(row, dict)):
        pairs = [(key, str(value).partition(" ")[0]) for key, value in row.items() if key not in _AMOUNTS]
        row_says = tuple(sorted(pair for pair in pairs if pair not in understood and pair[0] not in NOT_ROWS))
        for key in _AMOUNTS & row.keys():
            yield row_says, key, _amount(row[key])


def _amount(value: Node) -> object:
    try:
        return parse_amount(str(value), "万元")
    except AmountError:
        return value


def replaced_imports(base: Mapping[str, str], texts: Mapping[str, str], files: Collection[str]) -> Iterator[str]:
    """Remarks, in Chinese, on sections that came from other files than these (by their names) and no longer do.

    `base` and `texts` are the files before and after, by path.
    """
    for file, text in texts.items():
        if file in base and schema_of(file) != "project":  # a project has a file of its own, no section in one
            now = origins_in(EditedFile(text, file))
            before = origins_in(EditedFile(base[file], file))
            gone = [name for key, name in before.items() if now.get(key) != name]
            others = [source for name in gone for source in name.split("、") if not source.startswith(tuple(files))]
            if others:
                named = "、".join(dict.fromkeys(others))
                message = "那里的钱这次没有的，就没有了；都要的，把几个文件写在一条命令里一起导入"
                yield f"注意：{file} 里从{named}导入的，换成这次的：{message}"
