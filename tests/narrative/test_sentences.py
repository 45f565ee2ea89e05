"""Sentences of the forms as a reader meets them."""

from __future__ import annotations

from discgen.narrative.blocks import Paragraph
from tests.conftest import Demo


def paragraphs(demo: Demo) -> list[str]:
    result = demo.compose()
    assert result.document is not None
    return [block.text for block in result.document.text.blocks if isinstance(block, Paragraph)]


def test_numbered_parts_follow_a_colon(accounts: Demo) -> None:
    told = [text for text in paragraphs(accounts) if "主要包括" in text and "（1）" in text]
    assert told
    assert all("主要包括：（1）" in text for text in told)


def test_an_item_without_money_is_told_once(accounts: Demo) -> None:
    assert "因公出国（境）费支出0万元，出国（境）团组0个，0人次。" in paragraphs(accounts)
    assert not [text for text in paragraphs(accounts) if "没有这项支出" in text]


def test_goal_sheets_of_another_unit_are_told_with_its_name(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "shanxi-budget-2023", "shanxi-budget-2024")
    lines = (workspace.folder / "2023/projects/1-store.yaml").read_text(encoding="utf-8").split("goal_sheet:\n")
    department = "department: {code: 027, name: 示范市统计局}\nunit: 示范市统计调查队\n"
    workspace.write("2023/goal_sheets/1-survey.yaml", f"name: 调查\n{department}goal_sheet:\n{lines[1]}")
    for name in ("1-store", "2-scan"):
        text = (workspace.folder / f"2023/projects/{name}.yaml").read_text(encoding="utf-8")
        head = text.split("goal_sheet:\n")[0]
        workspace.write(f"2023/projects/{name}.yaml", f"{head}category: specific\n")
    workspace.edit(
        "2023/budget.yaml",
        "procurement:",
        "assets: {vehicles: {authorised: 0, owned: 0}, office_area: 1}\nprocurement:",
    )
    assert [text for text in paragraphs(workspace) if "另附示范市统计调查队的项目绩效目标表1张：" in text]
