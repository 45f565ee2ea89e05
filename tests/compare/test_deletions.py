"""What went is said to have gone, and what came to have come, in every format: never as a change to nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from discgen.compare.as_html import as_html
from discgen.compare.as_json import as_json
from discgen.compare.as_markdown import as_markdown
from discgen.compare.as_text import as_text
from discgen.compare.change import Change, Comparison, Mark
from discgen.compare.run import compare_pairs
from discgen.load.target import Target
from tests.compare.made import compared, copy_of
from tests.conftest import Demo

DUTY = "拟订档案事业发展规划，组织实施全市档案资源体系建设。"
TAIL = "的公务用车出行次数和维护费用，并且对外地来的查档人员提供远程服务"
Edit = Callable[[Demo], None]


def a_duty(demo: Demo) -> None:
    demo.edit("2023/narrative.yaml", f"    - {DUTY}\n", "")


def an_amount(demo: Demo) -> None:
    demo.edit("2023/budget.yaml", "  - {department: 30231, government: 50208, amount: 6}\n", "")


def a_file(demo: Demo) -> None:
    (demo.folder / "2023/projects/2-scan.yaml").unlink()


def the_end_of_a_text(demo: Demo) -> None:
    demo.edit("2023/narrative.yaml", TAIL, "")


CASES: list[tuple[Edit, str, str, str]] = [
    (
        a_duty,
        f"－ 删去 本部门职责：{DUTY}",
        f"－ 删去 | 概况，本部门职责 | <del>{DUTY}</del> |  |",
        f"<del>{DUTY}</del>",
    ),
    (
        an_amount,
        "－ 删去 30231 公务用车运行维护费，50208 公务用车运行维护费 6万元",
        "－ 删去 | 基本支出（按经济分类），30231",
        "－6万元",
    ),
    (a_file, "－ 删去 档案扫描 90,000元", "－ 删去 | 项目，档案扫描 | 90,000 |  | －90,000元 |", "档案扫描"),
    (
        the_end_of_a_text,
        f"删去：压缩用车【{TAIL}】",
        f"压缩用车<del>{TAIL}</del> | 压缩用车 |",
        f"压缩用车<del>{TAIL}</del>",
    ),
]


@pytest.fixture
def pair(workspace: Demo, tmp_path: Path) -> tuple[Demo, Demo]:
    workspace.edit("2023/narrative.yaml", "    - 收集和保管档案。\n", f"    - 收集和保管档案。\n    - {DUTY}\n")
    workspace.edit("2023/narrative.yaml", "three_public: 压缩用车", f"three_public: 压缩用车{TAIL}")
    return workspace, copy_of(workspace, tmp_path / "other")


@pytest.mark.parametrize(("edit", "text", "markdown", "html"), CASES, ids=[case[0].__name__ for case in CASES])
def test_what_went_is_said_to_have_gone(
    pair: tuple[Demo, Demo], edit: Edit, text: str, markdown: str, html: str
) -> None:
    old, new = pair
    edit(new)
    done = compared(old, new)
    lines = [line.strip() for line in as_text([done]).splitlines()]
    assert [line for line in lines if line.startswith(text)]
    assert not [line for line in lines if line in ("现：", "现：……", "原：", "原：……")]
    assert markdown in as_markdown([done])
    assert html in as_html([done])
    facts = json.loads(as_json([done]))["documents"][0]["facts"]
    assert [fact["kind"] for fact in facts] == ["changed" if edit is the_end_of_a_text else "removed"]


@pytest.mark.parametrize(
    ("edit", "text"), [(case[0], case[1]) for case in CASES], ids=[case[0].__name__ for case in CASES]
)
def test_what_came_is_said_to_have_come(pair: tuple[Demo, Demo], edit: Edit, text: str) -> None:
    old, new = pair
    edit(new)
    lines = [line.strip() for line in as_text([compared(new, old)]).splitlines()]
    wanted = text.replace("－ 删去", "＋ 新增").replace("删去：", "增加：")
    assert [line for line in lines if line.startswith(wanted)]
    assert not [line for line in lines if line in ("现：", "现：……", "原：", "原：……")]


def test_a_department_that_went_is_said_to_have_gone(workspace: Demo) -> None:
    [done] = compare_pairs([((workspace.workspace, Target("demo", 2023, "budget")), None)])
    for shown in (as_text([done]), as_markdown([done]), as_html([done]), as_json([done])):
        assert "删去了这份文件：" in shown
        assert "，2个项目" in shown


def test_a_text_that_became_empty_has_gone() -> None:
    change = Change("增减原因", "收入", "新增库房项目", "", Mark.CHANGED, is_text=True)
    assert as_text([Comparison("a", "a", (change,))]).splitlines()[-1].strip() == "删去：【新增库房项目】"
    word = Change("部门", "简称", "市档案局", "", Mark.CHANGED)
    assert as_text([Comparison("a", "a", (word,))]).splitlines()[-1].strip() == "改 简称 删去：市档案局"


def test_the_largest_of_totals_is_said_to_have_gone(pair: tuple[Demo, Demo]) -> None:
    old, new = pair
    a_file(new)
    assert "：1处，其中删去的档案扫描，合计 9.00万元" in as_text([compared(old, new)])
