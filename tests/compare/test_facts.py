"""What differs between two states of the facts is told, and nothing else."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from discgen.compare.change import Change, Mark
from discgen.compare.facts import File, entry_of, facts_of_file
from discgen.compare.files import Files, compare_files, read_files
from discgen.diagnostics import DocumentPath
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.yamltext.tree import Tree
from tests.compare.made import compared, copy_of, told
from tests.conftest import Demo
from tests.readback import ROOT

TARGETS = [target for target in Workspace(ROOT).targets() if not target.unit]
FILES = {target: read_files(Workspace(ROOT), target) for target in TARGETS}
LVLIANG = FILES[Target("lvliang-xzsp", 2023, "budget")]


@pytest.fixture
def other(workspace: Demo, tmp_path: Path) -> Demo:
    return copy_of(workspace, tmp_path / "other")


def with_roots(files: Files, change: Any) -> Files:
    """The same files, the root of each passed through `change`."""

    def changed(file: File) -> File:
        return replace(file, tree=Tree(file.tree.file, change(file.tree.root), {}, {}))

    entries = {name: [entry_of(changed(one.file)) for one in found] for name, found in files.entries.items()}
    return Files(tuple(changed(file) for file in files.single), entries, files.notes)


def shuffled(node: Any, draw: Any) -> Any:
    """The same facts, keys and rows in another order."""
    if isinstance(node, dict):
        return {key: shuffled(node[key], draw) for key in draw(st.permutations(list(node)))}
    if isinstance(node, list):
        return draw(st.permutations([shuffled(item, draw) for item in node]))
    return node


@settings(max_examples=30)
@given(st.data())
def test_the_order_of_keys_and_rows_is_no_change(data: st.DataObject) -> None:
    files = FILES[data.draw(st.sampled_from(TARGETS))]
    changes, _ = compare_files(files, with_roots(files, lambda root: shuffled(root, data.draw)))
    assert changes == []


BUDGET = next(file for file in LVLIANG.single if file.schema == "budget")


def amounts_of(node: Any, path: DocumentPath = ()) -> list[DocumentPath]:
    """Where the amounts of a budget stand."""
    if isinstance(node, dict):
        named = [(key,) for key in ("amount", "basic", "project", "goods", "works", "services") if key in node]
        inner = [found for key, below in node.items() for found in amounts_of(below, (*path, key))]
        return [(*path, *one) for one in named if isinstance(node[one[0]], str)] + inner
    if isinstance(node, list):
        return [found for index, below in enumerate(node) for found in amounts_of(below, (*path, index))]
    return []


AMOUNTS = amounts_of(BUDGET.tree.root)


def edited(node: Any, path: DocumentPath, amount: str) -> Any:
    if not path:
        return amount
    step, *rest = path
    items = node.items() if isinstance(node, dict) else enumerate(node)
    made = {key: edited(below, tuple(rest), amount) if key == step else below for key, below in items}
    return made if isinstance(node, dict) else list(made.values())


def test_all_amounts_of_the_budget_are_seen() -> None:
    assert len(AMOUNTS) > 50


@given(st.sampled_from(AMOUNTS), st.integers(0, 10**10))
def test_an_amount_that_is_edited_is_told_with_its_difference_and_nothing_else(path: DocumentPath, fen: int) -> None:
    node: Any = BUDGET.tree.root
    for step in path:
        node = node[step]
    new = Decimal(fen).scaleb(-2)
    root = edited(BUDGET.tree.root, path, f"{new:f}")
    changed = replace(BUDGET, tree=Tree(BUDGET.tree.file, root, {}, {}))
    changes, _ = compare_files(Files((BUDGET,), {}), Files((changed,), {}))
    told_amounts = [one.amounts for one in changes]
    if new == Decimal(node):
        assert changes == []
        return
    [amounts] = told_amounts
    assert amounts is not None
    assert amounts.difference == new - Decimal(node)


def mirrored(change: Change) -> Change:
    marks = {Mark.ADDED: Mark.REMOVED, Mark.REMOVED: Mark.ADDED, Mark.CHANGED: Mark.CHANGED}
    amounts = change.amounts
    turned = amounts and replace(amounts, before=amounts.after, after=amounts.before)
    return replace(change, before=change.after, after=change.before, mark=marks[change.mark], amounts=turned)


PAIRS = [
    (one, other) for one in TARGETS for other in TARGETS if one < other and one.kind == other.kind and one != other
]


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=str)
def test_the_other_way_round_everything_is_mirrored(one: Target, other: Target) -> None:
    there, _ = compare_files(FILES[one], FILES[other])
    back, _ = compare_files(FILES[other], FILES[one])
    assert there
    assert sorted(map(repr, back)) == sorted(repr(mirrored(change)) for change in there)


def test_an_amount_is_told_in_the_unit_of_its_file(workspace: Demo, other: Demo) -> None:
    other.edit("2023/budget.yaml", "2010301, basic: 61,", "2010301, basic: 62.5,")
    [change] = compared(workspace, other).facts
    assert told((change,)) == ["改 支出（按功能分类）/2010301 行政运行，基本支出 61 → 62.5"]
    assert change.amounts is not None
    assert (change.amounts.difference, change.amounts.unit) == (Decimal(15000), "万元")
    assert round(change.amounts.percent or 0, 2) == Decimal("2.46")


def test_another_unit_with_the_same_money_is_no_change_of_amounts(workspace: Demo, other: Demo) -> None:
    text = (other.folder / "2023/budget.yaml").read_text(encoding="utf-8").replace("unit: 万元", "unit: 元")
    in_yuan = re.sub(r"(amount|basic|project|goods|services): (\d+)", r"\1: \g<2>0000", text)
    other.write("2023/budget.yaml", in_yuan)
    assert told(compared(workspace, other).facts) == ["改 其他/金额单位 万元 → 元"]


def test_a_comment_and_a_name_behind_a_code_are_no_change(workspace: Demo, other: Demo) -> None:
    other.edit("2023/budget.yaml", "function: 2010301, basic", "function: 2010301 行政运行, basic")
    other.edit("2023/budget.yaml", "income:\n  - {fund: general, amount: 100}", "# 收入\nincome:\n  - {amount: 100}")
    assert compared(workspace, other).is_empty


def test_a_project_that_is_added_is_told_with_its_amount(workspace: Demo, other: Demo) -> None:
    other.add_project("3-new", "2010301", "50000", name="新库房")
    assert told(compared(workspace, other).facts) == ["＋ 项目/新库房  → 50,000"]
    assert told(compared(other, workspace).facts) == ["－ 项目/新库房 50,000 → "]


def test_a_project_in_another_file_is_the_same_project(workspace: Demo, other: Demo) -> None:
    path = other.folder / "2023" / "projects"
    (path / "2-scan.yaml").rename(path / "9-scan.yaml")
    assert compared(workspace, other).facts == ()


def test_of_projects_with_one_name_that_of_the_same_unit_is_the_same(workspace: Demo, other: Demo) -> None:
    (other.folder / "2023/projects/2-scan.yaml").unlink()
    other.add_project("7-scan", "2010350", "50000", name="档案扫描", unit="agency")
    other.add_project("8-scan", "2010350", "90000", name="档案扫描", unit="archive")
    assert told(compared(workspace, other).facts) == ["＋ 项目/档案扫描  → 50,000"]


@pytest.mark.parametrize("file", ["1-store", "7-store"])
def test_a_project_with_a_new_name_is_renamed(workspace: Demo, other: Demo, file: str) -> None:
    # by its file, or by a name that is nearly the same with the same amount
    path = other.folder / "2023" / "projects"
    other.edit("2023/projects/1-store.yaml", "name: 库房改造", "name: 库房改造工程")
    (path / "1-store.yaml").rename(path / f"{file}.yaml")
    assert told(compared(workspace, other).facts) == ["改 项目/改名 库房改造 → 库房改造工程"]


def test_another_name_with_another_amount_in_another_file_is_another_project(workspace: Demo, other: Demo) -> None:
    (other.folder / "2023/projects/1-store.yaml").unlink()
    other.add_project("7-store", "2010301", "280000", name="库房改造工程")
    assert [change.mark for change in compared(workspace, other).facts] == [Mark.REMOVED, Mark.ADDED]


def test_a_target_of_an_indicator_is_told_from_old_to_new(workspace: Demo, other: Demo) -> None:
    other.edit("2023/projects/1-store.yaml", "target: ≥10件", "target: ≥12件")
    assert told(compared(workspace, other).facts) == [
        "改 项目“库房改造”/绩效目标表，绩效指标，数量指标，件数 ≥10件 → ≥12件"
    ]


def test_an_indicator_with_a_new_name_is_told_with_both(workspace: Demo, other: Demo) -> None:
    other.edit("2023/projects/1-store.yaml", "name: 利用档案方便", "name: 利用档案更方便")
    assert told(compared(workspace, other).facts) == [
        "改 项目“库房改造”/绩效目标表，绩效指标，社会效益指标 利用档案方便 方便 → 利用档案更方便 方便"
    ]


def test_declared_facts_and_figures_of_last_year_are_told(workspace: Demo, other: Demo) -> None:
    other.edit("2023/budget.yaml", "goods: 4,", "goods: 5,")
    other.edit("2023/budget.yaml", "source: 2022年部门预算公开", "source: 2022年部门预算")
    other.edit("2023/budget.yaml", "item: vehicle_operation, amount: 8", "item: vehicle_operation, amount: 9")
    assert told(compared(workspace, other).facts) == [
        "改 上年数（录入）/上年“三公”经费，公务用车运行维护费 8 → 9",
        "改 政府采购预算/货物 4 → 5",
        "改 上年数（录入）/出处 2022年部门预算公开 → 2022年部门预算",
    ]


def test_an_item_of_a_list_that_is_reworded_is_one_change(workspace: Demo, other: Demo) -> None:
    other.edit("2023/narrative.yaml", "收集和保管档案。", "收集、整理和保管档案。")
    [change] = compared(workspace, other).facts
    assert (change.before, change.after, change.is_text) == ("收集和保管档案。", "收集、整理和保管档案。", True)


def test_a_file_that_cannot_be_read_is_a_note_and_the_rest_is_compared(workspace: Demo, other: Demo) -> None:
    other.write("2023/narrative.yaml", "reasons: [")
    other.edit("2023/budget.yaml", "goods: 4,", "goods: 5,")
    done = compared(workspace, other)
    assert "改 政府采购预算/货物 4 → 5" in told(done.facts)
    assert any("2023/narrative.yaml" in note for note in done.notes)
    assert any("只比较了事实" in note for note in done.notes)


def test_nothing_of_a_file_that_cannot_be_read_is_said_to_have_gone(workspace: Demo, other: Demo) -> None:
    other.write("2023/budget.yaml", "income: [")
    other.write("2023/projects/2-scan.yaml", "amounts: [")
    for one, two in ((workspace, other), (other, workspace)):
        assert compared(one, two).facts == ()
        assert sum("这个文件没有比较" in note for note in compared(one, two).notes) == 2


_WAIVERS = """\
waivers:
  - {code: G011, at: projects/1-store.yaml, reason: 照录已公开的绩效目标表。, until: 2023}
  - {code: G011, at: projects/2-scan.yaml, reason: 照录已公开的绩效目标表。, until: 2023}
"""


def test_a_waiver_is_told(workspace: Demo, other: Demo) -> None:
    workspace.write("2023/waivers.yaml", _WAIVERS)
    other.write("2023/waivers.yaml", _WAIVERS.replace("2-scan.yaml, reason: 照录", "2-scan.yaml, reason: 照样录入"))
    assert told(compared(workspace, other).facts) == [
        "改 豁免的各条/G011，projects/2-scan.yaml，理由 照录已公开的绩效目标表。 → 照样录入已公开的绩效目标表。"
    ]


def test_the_same_row_written_twice_is_its_sum(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "  - {function: 2080505, basic: 3}", "  - {function: 2080505, basic: 1}\n" * 2)
    budget = next(file for file in read_files(workspace.workspace, workspace.target).single if file.schema == "budget")
    assert facts_of_file(budget)["budget", "expenditure", "function=2080505", "basic"].value == 20000
