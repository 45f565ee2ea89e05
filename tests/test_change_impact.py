"""One amount changed in one line of YAML changes what depends on it, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from discgen.document import Document
from discgen.ledger.facts import Fact
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.model.line import Line
from discgen.narrative.blocks import Chart, Paragraph
from discgen.pipeline import compose
from discgen.view.goal_sheets import goal_sheets

ROOT = Path(__file__).resolve().parent.parent
TARGET = Target("lvliang-xzsp", 2023, "budget")

EDITS = {
    "basic by function": ("budget.yaml", "2210201, basic: 1713700", "2210201, basic: 1733700"),
    "institution vehicle": ("budget.yaml", "institution, amount: 54000", "institution, amount: 64000"),
    "agency vehicle": ("budget.yaml", "50208, amount: 50000", "50208, amount: 90000"),
    "procurement": ("budget.yaml", "goods: 644000", "goods: 744000"),
    "prior": ("budget.yaml", "vehicle_operation, amount: 106000", "vehicle_operation, amount: 96000"),
    "project": ("projects/08-agency-equipment.yaml", "general, amount: 60000", "general, amount: 90000"),
}


def composed(root: Path) -> Document:
    document = compose(Workspace(root), TARGET).document
    assert document is not None
    return document


@pytest.fixture(scope="module")
def before() -> Document:
    return composed(ROOT)


@pytest.fixture
def edited(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Document, int, str]:
    """The document after one edit, and the place of the edit."""
    name, old, new = EDITS[request.param]
    shutil.copytree(ROOT / "departments" / "lvliang-xzsp", tmp_path / "departments" / "lvliang-xzsp")
    path = tmp_path / "departments" / "lvliang-xzsp" / "2023" / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return composed(tmp_path), text[: text.index(old)].count("\n") + 1, name


def rests_on(lines: tuple[Line, ...], name: str, number: int) -> bool:
    return any(line.place.file.endswith(f"2023/{name}") and line.place.line == number for line in lines)


def cells(document: Document) -> dict[tuple[int, int, int], tuple[str, tuple[Line, ...]]]:
    return {
        (table.number, row, column): (cell.text, cell.answer.lines if cell.answer else ())
        for table in document.tables
        for row, cells_of_row in enumerate(table.rows)
        for column, cell in enumerate(cells_of_row.cells)
    }


def figures(document: Document) -> dict[tuple[int, int], tuple[str, Fact | None]]:
    """Every run of text outside goal sheets, and the parts of charts."""
    found: dict[tuple[int, int], tuple[str, Fact | None]] = {}
    for number, block in enumerate(document.text.blocks):
        if isinstance(block, Paragraph):
            found |= {(number, at): (span.text, span.fact) for at, span in enumerate(block.spans)}
        elif isinstance(block, Chart):
            found |= {(number, at): (f"{fact.title}{fact.value}", fact) for at, fact in enumerate(block.parts)}
    return found


@pytest.mark.parametrize("edited", EDITS, indirect=True)
def test_cells_change_exactly_where_they_rest_on_the_line(before: Document, edited: tuple[Document, int, str]) -> None:
    after, number, name = edited
    old, new = cells(before), cells(after)
    assert old.keys() == new.keys()
    changed = {key for key in old if old[key][0] != new[key][0]}
    assert changed == {key for key, (_, lines) in old.items() if rests_on(lines, name, number)}


@pytest.mark.parametrize("edited", EDITS, indirect=True)
def test_figures_in_text_change_only_where_they_rest_on_the_line(
    before: Document, edited: tuple[Document, int, str]
) -> None:
    after, number, name = edited
    old, new = figures(before), figures(after)
    assert old.keys() == new.keys()
    dependent = {key for key, (_, fact) in old.items() if fact and rests_on(fact.lines, name, number)}
    changed = {key for key in old if old[key][0] != new[key][0]}
    # A share may round to what it was; an amount may not: the edits are of 1万元 and more.
    amounts = {key for key in dependent if not old[key][0].endswith("%")}
    assert changed - _verbs(old, changed) <= dependent
    assert amounts <= changed


def _verbs(runs: dict[tuple[int, int], tuple[str, Fact | None]], changed: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Runs of plain text whose 增加, 减少 or 持平 stands before a changed figure."""
    return {(block, at) for block, at in changed if runs[block, at][1] is None and (block, at + 1) in changed}


@pytest.mark.parametrize("edited", EDITS, indirect=True)
def test_every_edit_is_seen_somewhere(before: Document, edited: tuple[Document, int, str]) -> None:
    after, _, _ = edited
    assert (cells(before), figures(before)) != (cells(after), figures(after))


def test_goal_sheets_stay_when_an_amount_elsewhere_changes(before: Document, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "departments" / "lvliang-xzsp", tmp_path / "departments" / "lvliang-xzsp")
    path = tmp_path / "departments" / "lvliang-xzsp" / "2023" / "budget.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("goods: 644000", "goods: 744000"), encoding="utf-8")
    after = composed(tmp_path)
    assert [page.prose for page in goal_sheets(after)] == [page.prose for page in goal_sheets(before)]
    assert [page.totals for page in goal_sheets(after)] == [page.totals for page in goal_sheets(before)]
