"""Put one random slip after another into the departments and see which a check catches.

An edit is caught when the check finds something that it did not find before; harmless when the
document is the same without it; what remains has escaped, and is listed with its place. A table
in Markdown has the shares by kind; tools/mutation_kinds.py has the kinds.

    python -m tools.mutations [edits of a kind and department] [seed] [kinds]
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
from pathlib import Path

from discgen.document import Document, Result, disclosure_data
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from discgen.view.evaluations import evaluations
from discgen.view.goal_sheets import goal_sheets
from tools.mutation_kinds import KINDS, Draw

ROOT = Path(__file__).resolve().parent.parent
DEPARTMENTS = (
    "lvliang-xzsp/2023",
    "lvliang-xzsp/2024",
    "xinzhou-xzsp/2022",
    "shanxi-zgq-xzsp/2025",
    "xiaoyi-xzsp/2024",
    "wanli-street/2025",
    "_example-all/2025",
)
_AROUND = 30
"""As many signs are shown on either side of where a line begins to differ."""
_ALWAYS_MATTERS = "waivers.yaml"
"""Nothing of it is printed: what it hides is what counts."""


@dataclass(frozen=True)
class Edit:
    """A slip: what kind, in which file, and the file's text without and with it; a file that is left empty is deleted."""

    kind: str
    path: Path
    before: str
    after: str

    def __str__(self) -> str:
        before, after = self.before.splitlines(), self.after.splitlines()
        at = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(after))
        old, new = (lines[at].strip() if at < len(lines) else "" for lines in (before, after))
        same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        begin = max(0, same - _AROUND)
        return f"{at + 1}: {old[begin : same + _AROUND]} → {new[begin : same + _AROUND]}"

    def make(self) -> None:
        """Write the slip into its file."""
        self.path.write_text(self.after, encoding="utf-8") if self.after else self.path.unlink()

    def undo(self) -> None:
        """Write the file as it was."""
        self.path.write_text(self.before, encoding="utf-8")


def edits(folder: Path, kind: str, count: int, draw: Draw) -> Iterator[Edit]:
    """Up to `count` slips of a kind, each in another place where there are so many."""
    places = list(KINDS[kind].matches(folder))
    for path, found in draw.chance.sample(places, min(count, len(places))):
        text = found.string
        after = text[: found.start()] + KINDS[kind].change(found, draw) + text[found.end() :]
        if after != text:
            yield Edit(kind, path, text, after)


def document_text(document: Document | None) -> str:
    """What a reader could see of the document, goal sheets and reports included, without the places of its data."""
    if document is None:
        return ""
    return re.sub(r'"at": "[^"]*"', "", disclosure_data(document)) + repr(
        [re.sub(r"Place\([^)]*\)", "", repr(page)) for page in (*goal_sheets(document), *evaluations(document))]
    )


def _findings(results: list[Result]) -> Counter[str]:
    return Counter(f"{one.code} {one.message}" for result in results for one in result.findings)


def outcome(workspace: Workspace, targets: list[Target], known: Counter[str], printed: list[str]) -> str:
    """caught, harmless or escaped."""
    results = [compose(workspace, target) for target in targets]
    if _findings(results) - known:
        return "caught"
    return "harmless" if [document_text(result.document) for result in results] == printed else "escaped"


def try_department(name: str, count: int, seed: int, kinds: list[str]) -> dict[str, Counter[str]]:
    """Outcomes by kind of `count` slips of each in a copy of a department's year."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "departments", root / "departments")
        workspace = Workspace(root)
        targets = list(workspace.select((name,)))
        before = [compose(workspace, target) for target in targets]
        known, printed = _findings(before), [document_text(result.document) for result in before]
        tally: dict[str, Counter[str]] = {}
        for kind in kinds:
            tally[kind] = Counter()
            draw = Draw(random.Random(f"{seed} {kind} {name}"), int(name.rsplit("/", 1)[1]))
            for edit in edits(root / "departments" / name, kind, count, draw):
                edit.make()
                result = outcome(workspace, targets, known, printed)
                edit.undo()
                result = "escaped" if result == "harmless" and edit.path.name == _ALWAYS_MATTERS else result
                tally[kind][result] += 1
                if result == "escaped":
                    print(f"- {kind}: {edit.path.relative_to(root / 'departments')}:{edit}", flush=True)
        return tally


def as_markdown(whole: dict[str, Counter[str]]) -> Iterator[str]:
    """The outcomes as a table for people; a harmless slip changes nothing that is printed."""
    yield "| 改动 | 改了 | 不影响文件 | 查出 | 没有查出 | 查出的比例 |"
    yield "|---|---:|---:|---:|---:|---:|"
    for kind, tally in whole.items():
        yield _row(KINDS[kind].title, tally)
    yield _row("合计", sum(whole.values(), Counter[str]()))


def _row(name: str, tally: Counter[str]) -> str:
    harmful = tally["caught"] + tally["escaped"]
    share = f"{tally['caught'] / harmful:.0%}" if harmful else "—"
    return f"| {name} | {tally.total()} | {tally['harmless']} | {tally['caught']} | {tally['escaped']} | {share} |"


def main(count: int, seed: int, kinds: list[str]) -> None:
    """Print what escapes, and the outcomes of all departments as a table."""
    whole: dict[str, Counter[str]] = {kind: Counter() for kind in kinds or KINDS}
    for name in DEPARTMENTS:
        for kind, tally in try_department(name, count, seed, list(whole)).items():
            whole[kind] += tally
    print("", *as_markdown(whole), sep="\n")


if __name__ == "__main__":
    many, seed, *kinds = sys.argv[1:] + ["5", "1"][len(sys.argv) - 1 :]
    main(int(many), int(seed), kinds)
