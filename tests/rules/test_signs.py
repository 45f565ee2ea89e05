"""P038: what may not stand in a published text, wherever the text is written."""

from __future__ import annotations

import pytest

from discgen.mend import check_and_mend
from tests.conftest import Demo

NARRATIVE = "2023/narrative.yaml"
PROJECT = "2023/projects/2-scan.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        (NARRATIVE, "收集和保管", "收集\ufffd和保管", "2023/narrative.yaml:3:9 P038"),
        (NARRATIVE, "人员增加", "人员\u202e增加", "2023/narrative.yaml:10:23 P038"),
        (NARRATIVE, ", 保管科", ", 保管⼀科", "2023/narrative.yaml:5:22 P038"),
        (PROJECT, "档案扫描", "档案\ufe0f扫描", "2023/projects/2-scan.yaml:1:9 P038"),
        ("2023/budget.yaml", "2022年部门预算公开", "2022年部\u200b门预算公开", "2023/budget.yaml:17:17 P038"),
        (NARRATIVE, "人员增加", "人员\ufffc增加", "2023/narrative.yaml:10:23 P038"),
        (NARRATIVE, "人员增加", "人员\u200b增加", "2023/narrative.yaml:10:23 P038"),
        (PROJECT, "档案扫描", "档案\ufeff扫描", "2023/projects/2-scan.yaml:1:9 P038"),
        ("department.yaml", "{name: 示范市, level", "{name: 示⾏范市, level", "department.yaml:5:17 P038"),
    ],
)
def test_it_is_found_in_every_text_at_its_character(workspace: Demo, file: str, old: str, new: str, place: str) -> None:
    workspace.edit(file, old, new)
    assert place in workspace.found()


def test_radicals_are_mended_and_what_is_lost_is_not(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "收集和保管档案", "收集和保管⽂档\ufffd案")
    check_and_mend(workspace.workspace, [workspace.target])
    assert "收集和保管文档\ufffd案" in (workspace.folder / NARRATIVE).read_text(encoding="utf-8")


def test_a_message_shows_signs_that_are_not_seen(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "收集和保管", "收集\u202e和保管")
    assert [one.message for one in workspace.check()] == [
        "“收集[U+202E]和保管档案。”里的U+202E是改变文字方向的控制符，印出来的顺序与写的不同"
    ]
