"""P043, P045: places and levels that are not the department's."""

from __future__ import annotations

import pytest

from discgen.rules.regions import foreign_places
from tests.conftest import Demo

NARRATIVE = "2023/narrative.yaml"


def lvliang(workspace: Demo, text: str) -> list[str]:
    """What is found in a note of a department of 吕梁市 that says this."""
    workspace.edit("department.yaml", "region: {name: 示范市", "region: {name: 吕梁市")
    narrative = (workspace.folder / NARRATIVE).read_text(encoding="utf-8")
    workspace.write(NARRATIVE, f"{narrative}notes:\n  other: '{text}'\n")
    return workspace.found("P043", "P045")


@pytest.mark.parametrize(
    "text",
    [
        "忻州市档案局办公需要。",
        "广东省的档案需要整理。",
        "按延边朝鲜族自治州的安排办理。",
        "节约企业在忻州市交易中心的投标成本。",
        "执行《忻州市档案管理办法》。",  # binds nobody in 吕梁
        "执行《山西省档案局关于印发忻州市档案管理办法的通知》。",
    ],
)
def test_p043_another_place_is_told(workspace: Demo, text: str) -> None:
    assert [one.split()[1] for one in lvliang(workspace, text)] == ["P043"]


@pytest.mark.parametrize(
    "text",
    [
        "按山西省和吕梁市的安排，在孝义市、汾阳市开展。",
        "赴忻州市学习，与太原市对口协作。",
        "参照《忻州市档案管理办法》制定细则。",
        "执行《国务院关于同意在太原市等地试点的批复》。",
        "执行《吕梁市人民政府关于同忻州市合作的通知》。",
        "由太原市某某科技有限公司维护。".replace("某某", "恒信"),
        "选派干部到北京市的政务服务中心挂职。",
        "政务云设在太原市，与忻州市的平台对接。",
        "北京市、上海市、广州市都已试行。",
    ],
)
def test_p043_what_is_above_below_or_rightly_named_is_not(workspace: Demo, text: str) -> None:
    assert lvliang(workspace, text) == []


@pytest.mark.parametrize(
    ("region", "level", "foreign", "own"),
    [
        ("孝义市", "县级", {"忻州市", "太原市", "广东省", "汾阳市"}, {"吕梁市", "山西省", "孝义市"}),
        ("上海市普陀区", "区级", {"忻州市", "北京市"}, {"上海市"}),
        ("山西转型综合改革示范区", "县级", {"北京市", "石家庄市"}, {"太原市", "山西省"}),
        ("山西省", "省级", {"河北省", "石家庄市"}, {"太原市", "孝义市"}),
    ],
)
def test_p043_what_is_foreign_follows_from_the_region(
    workspace: Demo, region: str, level: str, foreign: set[str], own: set[str]
) -> None:
    workspace.edit(
        "department.yaml", "region: {name: 示范市, level: 市级}", f"region: {{name: {region}, level: {level}}}"
    )
    places = foreign_places(workspace.facts().department)
    assert foreign <= places
    assert not own & places


@pytest.mark.parametrize(
    "text", ["完成县委交办的任务。", "服务本县群众。", "经区委、区政府同意。", "执行《中共吕梁县委办公室通知》。"]
)
def test_p045_a_city_has_no_county_committee(workspace: Demo, text: str) -> None:
    assert [one.split()[1] for one in lvliang(workspace, text)] == ["P045"]


@pytest.mark.parametrize(
    "text",
    [
        "完成市委、市政府和省委交办的任务。",
        "指导各县（市、区）和县政府的工作。",
        "各区委、区政府配合。",
        "居民社区委员会参加。",
        "县级部门共用。",
    ],
)
def test_p045_those_below_may_be_spoken_of(workspace: Demo, text: str) -> None:
    assert lvliang(workspace, text) == []


def test_p045_a_county_may_speak_of_its_city(workspace: Demo) -> None:
    workspace.edit("department.yaml", "region: {name: 示范市, level: 市级}", "region: {name: 示范县, level: 县级}")
    workspace.edit(NARRATIVE, "收集和保管档案。", "完成县委、县政府和市委、市政府交办的任务。")
    assert workspace.found("P045") == []
    workspace.edit(NARRATIVE, "县委、县政府", "区委、区政府")
    assert workspace.found("P045") == ["2023/narrative.yaml:3:9 P045"]
