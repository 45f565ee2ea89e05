"""Put one random slip after another into the departments and see which a check catches.

An edit is caught when the check finds something that it did not find before; harmless when the
document is the same without it; what remains has escaped. A table in Markdown at the end has
the shares by kind.

    python tools/mutations.py [edits a department] [seed]
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from discgen.codes.dictionary import Classification, load_dictionary
from discgen.data import disclosure_data
from discgen.load.workspace import Target, Workspace
from discgen.money import YUAN_PER_UNIT
from discgen.pipeline import Document, compose

ROOT = Path(__file__).resolve().parent.parent
DEPARTMENTS = (
    "lvliang-xzsp/2023",
    "lvliang-xzsp/2024",
    "xinzhou-xzsp/2022",
    "shanxi-zgq-xzsp/2025",
    "xiaoyi-xzsp/2024",
    "wanli-street/2025",
)
KINDS = {
    "amount": "改一位金额",
    "drop": "漏一行",
    "code": "换一个科目",
    "name": "名称少一个字",
    "year": "年份写错",
    "unit": "元写成万元",
    "nought": "多写或少写一位",
    "pair": "换一个政府经济科目",
    "twice": "一行写两遍",
}
"""The kinds of slips, and what they are called in the table at the end."""
_AMOUNT = re.compile(r"(?<=: )-?[0-9]{4,}(?:\.[0-9]+)?(?=[,}\s])")
_YUAN = re.compile(r"(?<=: )(?<!function: )(?<!department: )(?<!government: )(?<!code: )[1-9][0-9]{4,}(?=[,}\s])")
_ITEM = re.compile(r"^( *)- .*\n(?:\1 {2,}[^\s-].*\n)*", re.MULTILINE)
_FIGURE = re.compile(
    r"(?<=: )(?<!function: )(?<!department: )(?<!government: )(?<!code: )(?<!year: )[1-9][0-9]*(?=[,}\n])"
)
_CODE = re.compile(r"(?<=function: )[0-9]{7}|(?<=department: )[0-9]{5}")
_GOVERNMENT = re.compile(r"(?<=government: )[0-9]{5}")
_NAME = re.compile(r"(?<=name: )[^,{}\n]{3,}")
_YEAR = re.compile(r"20[0-9]{2}(?=年|-|$)", re.MULTILINE)

_PATTERNS = {
    "amount": _AMOUNT,
    "drop": _ITEM,
    "code": _CODE,
    "name": _NAME,
    "year": _YEAR,
    "unit": _YUAN,
    "nought": _FIGURE,
    "pair": _GOVERNMENT,
    "twice": _ITEM,
}
"""What a slip of each kind is made in."""


@dataclass(frozen=True)
class Edit:
    """A slip: what kind, in which file, and the file's text with it."""

    kind: str
    path: Path
    before: str
    after: str


def edits(folder: Path, year: int, chance: random.Random) -> Iterator[Edit]:
    """Slips without end, each of the kinds in turn."""
    files = [path for path in sorted(folder.rglob("*.yaml")) if path.name != "waivers.yaml"]
    while True:
        for kind in KINDS:
            path = chance.choice(files)
            text = path.read_text(encoding="utf-8")
            after = _edited(kind, text, year, chance)
            if after and after != text:
                yield Edit(kind, path, text, after)


def _edited(kind: str, text: str, year: int, chance: random.Random) -> str | None:
    found = list(_PATTERNS[kind].finditer(text, text.index("\n")))
    if not found:
        return None
    match = chance.choice(found)
    return text[: match.start()] + _replaced(kind, match[0], year, chance) + text[match.end() :]


def _replaced(kind: str, old: str, year: int, chance: random.Random) -> str:
    if kind in ("amount", "unit", "nought", "year"):
        return _other_figure(kind, old, chance)
    if kind in ("drop", "twice"):
        return "" if kind == "drop" else old * 2
    if kind in ("code", "pair"):
        classification = _classification(kind, old)
        others = [code for code in load_dictionary(classification, year).names if len(code) == len(old)]
        return chance.choice(others)
    at = chance.randrange(len(old))
    return old[:at] + old[at + 1 :]


def _other_figure(kind: str, old: str, chance: random.Random) -> str:
    if kind == "unit":
        return f"{Decimal(old) / YUAN_PER_UNIT['万元']:f}"
    if kind == "nought":
        return chance.choice((f"{old}0", old[:-1] or f"{old}0"))
    if kind == "year":
        return str(int(old) + chance.choice((-10, -2, -1, 1)))
    at = chance.randrange(len(old))
    return old[:at] + str((int(old[at]) + chance.randint(1, 9)) % 10) + old[at + 1 :] if old[at].isdigit() else old


def _classification(kind: str, code: str) -> Classification:
    if kind == "pair":
        return Classification.GOVERNMENT_ECONOMIC
    return Classification.FUNCTION if len(code) > len("30101") else Classification.DEPARTMENT_ECONOMIC


def document_text(document: Document | None) -> str:
    """What a reader could see of the document, goal sheets and reports included, without the places of its data."""
    if document is None:
        return ""
    text = document.text
    return re.sub(r'"at": "[^"]*"', "", disclosure_data(document)) + repr(
        [re.sub(r"Place\([^)]*\)", "", repr(page)) for page in (*text.goal_sheets, *text.evaluations)]
    )


def outcome(workspace: Workspace, targets: list[Target], known: Counter[str], printed: list[str]) -> str:
    """caught, harmless or escaped."""
    results = [compose(workspace, target) for target in targets]
    found = Counter(f"{one.code} {one.message}" for result in results for one in result.findings)
    if found - known:
        return "caught"
    return "harmless" if [document_text(result.document) for result in results] == printed else "escaped"


def try_department(name: str, count: int, chance: random.Random) -> dict[str, Counter[str]]:
    """Outcomes by kind of `count` slips in a copy of a department's year."""
    department, year = name.split("/")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "departments" / department, root / "departments" / department)
        workspace = Workspace(root)
        targets = workspace.select((name,))
        before = [compose(workspace, target) for target in targets]
        known = Counter(f"{one.code} {one.message}" for result in before for one in result.findings)
        printed = [document_text(result.document) for result in before]
        tally: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
        made = edits(root / "departments" / department / year, int(year), chance)
        for _, edit in zip(range(count), made, strict=False):
            edit.path.write_text(edit.after, encoding="utf-8")
            result = outcome(workspace, targets, known, printed)
            tally[edit.kind][result] += 1
            if result == "escaped":
                print(f"  {edit.kind}: {edit.path.relative_to(root)}: {_difference(edit)}")
            edit.path.write_text(edit.before, encoding="utf-8")
        return tally


def _difference(edit: Edit) -> str:
    before, after = edit.before.splitlines(), edit.after.splitlines()
    at = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(after))
    return f"{before[at].strip()[:60]} → {after[at].strip()[:60] if at < len(after) else ''}"


def main(count: int, seed: int) -> None:
    """Print the outcomes of every department, and of all."""
    whole: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for name in DEPARTMENTS:
        print(name)
        for kind, tally in try_department(name, count, random.Random(seed)).items():
            whole[kind] += tally
            print(f"  {kind:8}{dict(tally)}")
    print("\n".join(as_markdown(whole)))


def as_markdown(whole: dict[str, Counter[str]]) -> Iterator[str]:
    """The outcomes as a table for people; a harmless slip changes nothing that is printed."""
    yield "| 改动 | 改了 | 不影响文件 | 影响文件 | 查出 | 查出的比例 |"
    yield "|---|---:|---:|---:|---:|---:|"
    every = Counter[str]()
    for kind, tally in whole.items():
        every += tally
        yield _row(KINDS[kind], tally)
    yield _row("合计", every)


def _row(name: str, tally: Counter[str]) -> str:
    harmful = tally["caught"] + tally["escaped"]
    share = f"{tally['caught'] / harmful:.0%}" if harmful else "—"
    return f"| {name} | {tally.total()} | {tally['harmless']} | {harmful} | {tally['caught']} | {share} |"


if __name__ == "__main__":
    main(*(int(argument) for argument in (sys.argv[1:] + ["200", "1"][len(sys.argv) - 1 :])))
