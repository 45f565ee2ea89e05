"""What gives a text away, and what only looks like it."""

from __future__ import annotations

import pytest

from discgen.check.form_trial import try_form
from discgen.diagnostics import Place
from discgen.model.prose import Prose
from discgen.narrative.blocks import Paragraph
from discgen.rules.secrecy import given_away
from tests.conftest import Demo
from tests.forms import Forms

HERE = Place("2023/narrative.yaml")

MOBILE = "139" + "0" * 8
"""Put together here, so that the repository holds no number that somebody may have."""


def codes(text: str) -> list[str]:
    return [finding.code for finding in given_away(Prose(text, HERE))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"联系{MOBILE}。", "D001"),
        ("联系139-0000-0000。", "D001"),
        (f"李处，{MOBILE}，下班前", "D001"),
        ("联系139 0000 0000。", "D001"),
        ("联系１３９００００００００。", "D001"),
        ("监督电话0000-8220000。", "D001"),
        ("监督电话（0358）8220000。", "D001"),
        ("电话：8220000", "D001"),
        ("遗属110101200001010002。", "D002"),
        ("遗属11010519491231002X。", "D002"),  # the example of GB 11643
        ("遗属132226199912223335。", "D002"),
        (f"身份证号码{'1' * 17}2。", "D002"),
        (f"（身份证：{'1' * 15}）", "D002"),
        (f"公民身份号码为{'1' * 17}x", "D002"),
        ("付至6200000000000000000。", "D003"),
        ("付至6200 0000 0000 0000 000。", "D003"),
        ("账号：123456789", "D003"),
        ("110101200001010003，校验码不对", "D003"),
        ("发至someone@example.com。", "D004"),
        ("经办人：张三", "D005"),
        ("审核人: 李四五。", "D005"),
        ("由经办人李明，按月核对。", "D005"),
        ("联系人王丽", "D005"),
        ("项目负责人张伟（科长）。", "D005"),
        ("审核人为刘建国。", "D005"),
        ("秘密★1年", "D006"),
        ("此件不予公开", "D006"),
        ("内部资料，注意保存", "D006"),
        ("内部资料", "D006"),
        ("特此批复。", "D007"),
        ("妥否，请批示。", "D007"),
        ("抄送：市财政局", "D007"),
        (r"见C:\预算\目录.xls", "D008"),
        (r"见\\server\share", "D008"),
        ("见/home/budget/目录.xls", "D008"),
        ("访问http://192.168.1.10/oa", "D008"),
        ("访问localhost:8080", "D008"),
    ],
)
def test_what_gives_a_text_away(text: str, code: str) -> None:
    assert sorted(set(codes(text))) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "12345",
        "拨打12345或12388热线。",
        "0.01",
        "2010301",
        "640-山西转型综合改革示范区政务服务中心",
        "晋财综〔2023〕43号",
        "GB/T22239-2019",
        "物业管理面积45973.6平方米",
        "400万卷",
        "135" + "0" * 8,
        "共135" + "0" * 8 + "元",
        "2024-01-23",
        "2022年1月1日-2022年12月31日",
        "客服400-000-0000",
        "统一社会信用代码11140000MB0000000X",
        "负责人：各科室",
        "审核人：高级工程师",
        "项目负责人和运维分工",
        "由第一书记负责",
        "经办人：财务科",
        "负责人高度重视",
        "负责人高度重视，负责人高明。",
        "联系人方式，负责人任职、法定代表人离任。",
        "经办人于次日，经办人员",
        "负责人严明、审核人单位",
        "李明村道路",
        "保守国家秘密、商业秘密",
        "依法不予公开的政府信息",
        "编印内部资料性出版物",
        "系统供内部使用的模块",
        "因此复核，由此复制",
        "特此说明。",
        "依据单位提交并已获批复的请示报告设立。",
        "主送达方式",
        "“互联网+政务服务”",
        "网址http://www.example.gov.cn/a/b",
        "比例1:2/3:4",
        "办理时限及/或范围",
        "第3.1.2.4条",
        "身份证办理12345件",
        "换发身份证，投诉电话12345",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert codes(text) == []


def test_what_belongs_to_a_person_is_not_repeated_whole() -> None:
    assert next(given_away(Prose(f"联系{MOBILE}。", HERE))).message == "写了电话号码：13*******00"
    assert (
        next(given_away(Prose(f"身份证号{'1' * 17}2", HERE))).message == f"写了身份证号码：身份证号1111{'*' * 10}1112"
    )
    assert next(given_away(Prose("经办人：张三", HERE))).message == "写了个人姓名：经办人:**"
    assert next(given_away(Prose("经办人是刘建国。", HERE))).message == "写了个人姓名：经办人是***"


def test_every_file_is_looked_through_down_to_its_last_list(workspace: Demo) -> None:
    workspace.edit("2023/narrative.yaml", "[办公室, 保管科]", f"[办公室, 保管科{MOBILE}]")
    workspace.edit("2023/projects/1-store.yaml", "name: 件数,", "name: 件数139-0000-0000,")
    workspace.edit("department.yaml", "short_name: 市档案局\n", "short_name: 市档案局0000-8220000\n")
    assert [place.rpartition(":")[0].rpartition(":")[0] for place in workspace.found("D001")] == [
        "2023/narrative.yaml",
        "2023/projects/1-store.yaml",
        "department.yaml",
    ]


CONTACT = """\
# 联系方式
单位联系人：办公室。联系电话：{{ department.office_telephone }}。
"""
OFFICE = "0000-88888888"
"""There is no region 0000."""


@pytest.fixture
def contact(workspace: Demo, forms: Forms) -> Demo:
    """A department whose form publishes whom to ask."""
    forms.child("needs: [office_telephone]\nparts: [overview, tables, situation, glossary, contact]\n")
    forms.write("child/narrative/contact.md.j2", CONTACT)
    workspace.edit("2023/budget.yaml", "form: shanxi-budget-2023", "form: child")
    return workspace


def test_a_form_that_publishes_the_office_asks_for_its_number_and_prints_it(contact: Demo) -> None:
    [finding] = contact.findings("A003")
    assert (finding.place.file, finding.message) == (
        "departments/demo/department.yaml",
        "缺少office_telephone（办公电话），这个表式要说到它",
    )
    contact.edit("department.yaml", "short_name: 市档案局\n", f"short_name: 市档案局\noffice_telephone: {OFFICE}\n")
    assert contact.found() == []
    told = [block.text for block in contact.document().text.blocks if isinstance(block, Paragraph)]
    assert told[-1] == f"单位联系人：办公室。联系电话：{OFFICE}。"
    assert [str(finding) for finding in try_form("child").findings] == []


def test_that_form_lets_prose_tell_the_number_of_the_office_and_none_of_a_person(contact: Demo) -> None:
    contact.edit("department.yaml", "short_name: 市档案局\n", f"short_name: 市档案局\noffice_telephone: {OFFICE}\n")
    text = (contact.folder / "2023/narrative.yaml").read_text(encoding="utf-8")
    contact.write("2023/narrative.yaml", f"{text}notes:\n  other: 电话：{OFFICE}，联系人：张三，{MOBILE}。\n")
    assert [(finding.code, finding.hint) for finding in contact.findings()] == [
        ("D005", "联系人写科室，电话写department.yaml的office_telephone；个人的姓名删去"),
        ("D001", "办公电话写在department.yaml的office_telephone，文字里照写那个号码；个人的号码删去"),
    ]


def test_a_form_that_does_not_publish_it_lets_no_prose_tell_it(workspace: Demo) -> None:
    """In department.yaml, which is of all years and forms, it may stand: it is printed by forms that ask for it."""
    workspace.edit("department.yaml", "short_name: 市档案局\n", f"short_name: 市档案局\noffice_telephone: {OFFICE}\n")
    assert workspace.found() == []
    text = (workspace.folder / "2023/narrative.yaml").read_text(encoding="utf-8")
    workspace.write("2023/narrative.yaml", f"{text}notes:\n  other: 电话：{OFFICE}。\n")
    assert workspace.findings("D001")[0].hint == "删去号码；确是对外公布的办公电话，在waivers.yaml里说明"


@pytest.mark.parametrize("number", [MOBILE, "张三", f"{OFFICE}/{MOBILE}", "0000-1"])
def test_what_is_no_number_of_an_office_is_refused(workspace: Demo, number: str) -> None:
    workspace.edit("department.yaml", "short_name: 市档案局\n", f"short_name: 市档案局\noffice_telephone: {number}\n")
    [finding] = workspace.findings()
    assert finding.code == "S005"
    assert "不写手机号码" in finding.hint


STORE = "2023/projects/1-store.yaml"


def test_a_telephone_number_is_shown_where_it_is_written(workspace: Demo) -> None:
    workspace.edit(STORE, "plan: 这是计划。", "plan: 这是计划，联系０３５８-8220000。")
    assert workspace.found("D001") == [f"{STORE}:16:16 D001"]


@pytest.fixture
def resting_on_a_number(accounts: Demo) -> Demo:
    """Accounts that are in order, beside a budget of the year that is not."""
    accounts.edit("2023/narrative.yaml", "压缩用车", f"压缩用车（{MOBILE}）")
    return accounts


def test_files_of_another_document_are_looked_through_where_they_travel_inside(resting_on_a_number: Demo) -> None:
    assert resting_on_a_number.found("D001") == ["2023/narrative.yaml:9:22 D001"]


def test_what_another_document_explains_is_explained(resting_on_a_number: Demo) -> None:
    reason = "reason: 这是对外公布的值班电话, until: 2023"
    resting_on_a_number.write("2023/waivers.yaml", f"waivers:\n  - {{code: D001, at: narrative.yaml, {reason}}}\n")
    assert resting_on_a_number.found("D001") == []
