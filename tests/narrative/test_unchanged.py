"""What stayed as it was may be explained too: the reason stands behind 持平, in each form that has a sentence for it."""

from __future__ import annotations

import pytest

from tests.conftest import Demo
from tests.narrative.test_sentences import paragraphs, set_form

BUDGET, NARRATIVE = "2023/budget.yaml", "2023/narrative.yaml"
PRIOR = """\
  income:
    - {amount: 80}
  expenditure:
    - {amount: 80}
  three_public:
    - {item: vehicle_operation, amount: 8}
  agency_operation:
    - {unit: agency, amount: 15}
"""
SAME = PRIOR.replace("80", "100").replace("8}", "6}").replace("15}", "19}")
REASONS = (
    "  income: 新增库房项目\n  expenditure: 新增库房项目\n  three_public: 压缩用车\n  agency_operation: 人员增加\n"
)


def unchanged(demo: Demo, reasons: dict[str, str]) -> Demo:
    """A year whose figures are those of the last one, with these reasons."""
    demo.edit(BUDGET, PRIOR, SAME)
    demo.edit(NARRATIVE, REASONS, "".join(f"  {key}: {reason}\n" for key, reason in reasons.items()))
    return demo


def test_the_form_of_shanxi_tells_why_nothing_changed(workspace: Demo) -> None:
    reasons = {"income": "项目和人员不变", "three_public": "车辆数不变", "agency_operation": "定额和人数不变"}
    told = "".join(paragraphs(unchanged(workspace, reasons)))
    assert "收入总计与上年持平，主要原因是项目和人员不变；" in told
    assert "与2022年同口径持平，主要原因是车辆数不变。" in told
    assert "与2022年年初预算持平，原因是：定额和人数不变。" in told
    assert workspace.found("P006", "P007", "P036") == []


def test_the_form_of_shanghai_tells_why_an_item_did_not_change(workspace: Demo) -> None:
    """As Putuo's budgets do: 公务接待费…与2024年预算持平，主要原因是…"""
    unchanged(workspace, {"income": "项目不变", "reception": "接待安排与上年相同", "vehicle_operation": "车辆数不变"})
    set_form(workspace, "shanghai-budget-2025")
    workspace.edit(BUDGET, "procurement:", "performance: {units: 2, projects: 2, amount: 36}\nprocurement:")
    told = "".join(paragraphs(workspace))
    assert "财政拨款收入支出持平的主要原因是项目不变。" in told
    assert "公务用车运行费6.00万元，与2022年预算持平，主要原因是车辆数不变。" in told
    assert "（三）公务接待费0.00万元，与2022年预算持平，主要原因是接待安排与上年相同。" in told
    assert workspace.found("P007", "P036") == []


def test_where_no_reason_is_given_nothing_is_said_of_one(workspace: Demo) -> None:
    told = "".join(paragraphs(unchanged(workspace, {"income": "项目和人员不变"})))
    assert "与2022年同口径持平。" in told
    assert "与2022年年初预算持平。" in told


@pytest.mark.parametrize(("reason", "way"), [("压缩用车", "压缩"), ("新增一辆用车", "新增")])
def test_a_reason_of_a_change_does_not_explain_that_there_is_none(workspace: Demo, reason: str, way: str) -> None:
    """It is last year's, or a figure is wrong."""
    unchanged(workspace, {"three_public": reason})
    [finding] = workspace.findings("P007")
    assert finding.message == f"“三公”经费与上年持平，原因却说“{way}”"
    assert finding.place.path == ("reasons", "three_public")


def test_a_reason_that_the_form_prints_nowhere_is_told(workspace: Demo) -> None:
    """Without “三公”经费 in both years Shanxi's form of 2025 has no sentence of their change."""
    unchanged(workspace, {"three_public": "仍没有安排"})
    workspace.edit(BUDGET, "{item: vehicle_operation, amount: 6}", "{item: vehicle_operation, amount: 0}")
    workspace.edit(BUDGET, "{department: 30231, government: 50208", "{department: 30239, government: 50201")
    set_form(workspace, "shanxi-budget-2025")
    assert workspace.found("P036") == [f"{NARRATIVE}:7:17 P036"]
