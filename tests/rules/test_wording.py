from __future__ import annotations

import re

import pytest

from discgen.mend import check_and_mend, mend
from discgen.narrative.blocks import Paragraph
from discgen.pipeline import check
from tests.conftest import Demo

NARRATIVE = "2023/narrative.yaml"
REASON = "2023/narrative.yaml:10:21"


def codes(workspace: Demo, text: str) -> list[str]:
    """What is found in a note that says this."""
    narrative = (workspace.folder / NARRATIVE).read_text(encoding="utf-8")
    workspace.write(NARRATIVE, f"{narrative}notes:\n  other: '{text}'\n")
    return [finding.code for finding in workspace.check()]


@pytest.mark.parametrize(
    ("office", "codes"),
    [
        ("办公室、保管科", ["P034"]),
        ("办公室，保管科（档案利用科）", ["P034"]),
        ("办公室（人事科、财务科）", []),
        ("财务、审计科", []),
        ("保管科", []),
    ],
)
def test_p034_several_offices_in_a_row_would_be_counted_as_one(workspace: Demo, office: str, codes: list[str]) -> None:
    workspace.edit("2023/narrative.yaml", "[办公室, 保管科]", f"[{office}]")
    assert [place.split()[1] for place in workspace.found()] == codes


@pytest.mark.parametrize(
    "text",
    [
        "法人、法人代表和法定代表人各一名。",
        "12345热线24小时值守，8:30至17:30现场办理。",
        "“一件事”改革自2023年11月24日起施行。",
        "按《关于印发〈山西省政务服务办法〉的通知》（晋政办发〔2022〕68号）执行。",
        "面积1.5万平方米，3.2米高，比例为1:1。",
        "网址是https://www.example.gov.cn/xxgk/index.html?id=1，平台是Co.,Ltd开发的。",
        "执行GB/T 22239-2019标准，共15个（套）。",
        "项目经费{{ income.total | 万元 }}，{{ income.total | 万元 }}。",
        "支出{{ income.total | 万元 }}的{{ income.total | 元 }}的一部分。",
        "为了了解民情，作为为民服务的窗口，一个一个核对，人员力量有待补充。",
        "中华人民共和国国家标准，建设项目项目建议书，学校美育教育教学，二〇二〇年。",
        '购置32"显示器。',
        "分为：1）收集；2）保管。",
        "第二、三季度完成，二、三层为库房。",
        "一是收集；二是保管。",
        "内容有：（一）收集。1.纸质；2.电子。（二）保管。1.库房；2.设备。",
        "窗口办理（填写申请表），材料齐全吗？！齐全！",
        "It’s OK，用英文。",
    ],
)
def test_ordinary_text_has_no_findings(workspace: Demo, text: str) -> None:
    assert codes(workspace, text.replace("'", "''")) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("20XX年建成。", "P011"),
        ("费用待定。", "P011"),
        ("费用增加（减少）的原因见附件。", "P011"),
        ("主要用于。", "P011"),
        ("依据见【 】。", "P011"),
        ("包括收集、保管……。", "P011"),
        ("收集和和保管档案。", "P012"),
        ("政务服务政务服务大厅。", "P012"),
        ("新建库房，", "P014"),
        ("收集、，保管档案。", "P016"),
        ("收集;保管档案。", "P017"),
        ("新建库房(一层)两间。", "P017"),
        ('称为"一件事"。', "P017"),
        ("（收集）保管）档案。", "P018"),
        ("“收集保管档案。", "P018"),
        ("（《收集）》档案。", "P018"),
        ("OA  系统停用。", "P020"),
        ("１号库房。", "P021"),
        ("信息网络及软件购置两项。", "P022"),
        ("一是收集；三是保管。", "P023"),
        ("2.收集；3.保管。", "P023"),
        ("（一）收集。（二）整理。（二）保管。", "P023"),
        ("十、收集；十二、保管；十三、利用。", "P023"),
        ("見习人员。", "P026"),
        ("按示财发[2023]4号执行。", "P028"),
        ("按**办法**执行。", "P029"),
    ],
)
def test_each_slip_has_its_code(workspace: Demo, text: str, code: str) -> None:
    assert set(codes(workspace, text)) == {code}


@pytest.mark.parametrize(("typed", "right"), [(">=10件", "≥10件"), ("<=10件", "≤10件"), ("＞＝10件", "≥10件")])
def test_p017_a_limit_typed_as_two_signs_is_told_and_mended_in_targets_too(
    workspace: Demo, typed: str, right: str
) -> None:
    sheet = "2023/projects/1-store.yaml"
    workspace.edit(sheet, "≥10件", f'"{typed}"')
    [found] = workspace.findings("P017")
    assert (found.hint, found.message) == (f"改成{right[0]}", f"“{typed}”里用了英文标点{typed[:2]}")
    assert mend(workspace.workspace, [found]) == (1, [])
    assert f'"{right}"' in (workspace.folder / sheet).read_text(encoding="utf-8")


def test_p013_a_purpose_that_begins_like_the_form_is_an_error(accounts: Demo) -> None:
    accounts.edit("2023/accounts-narrative.yaml", "机构运转", "主要用于机构运转")
    found = [finding for finding in accounts.check() if finding.code == "P013"]
    assert [finding.fix and finding.fix.new for finding in found] == ["机构运"]


def test_p013_a_reason_may_name_a_cause(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "人员增加", "原因在于人员增加")
    assert workspace.found() == []


def test_p014_a_duty_may_end_with_a_semicolon_but_the_last(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "收集和保管档案。", "收集档案；\n    - 保管档案；")
    assert workspace.found() == ["2023/narrative.yaml:4:11 P014"]


def test_p015_a_stop_after_a_reason_is_told_and_not_printed(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "人员增加", "人员增加。")
    assert workspace.found() == ["2023/narrative.yaml:10:25 P015"]
    document = workspace.compose().document
    assert document is not None
    paragraphs = [block.text for block in document.text.blocks if isinstance(block, Paragraph)]
    assert [text for text in paragraphs if "人员增加" in text]
    assert not [text for text in paragraphs if "。。" in text]


def test_p018_a_name_with_half_a_bracket_is_told_where_it_stands(workspace: Demo) -> None:
    workspace.edit("2023/projects/2-scan.yaml", "档案扫描", "档案扫描（二期")
    assert workspace.found() == ["2023/projects/2-scan.yaml:1:11 P018"]


def test_p020_a_blank_inside_a_name_is_told(workspace: Demo) -> None:
    workspace.edit("2023/projects/2-scan.yaml", "档案扫描", "档案 扫描")
    assert workspace.found() == ["2023/projects/2-scan.yaml:1:9 P020"]


@pytest.mark.parametrize("rate", ["提高5%", "增长25.01%", "占25%"])
def test_p027_a_rate_that_is_no_facts_is_accepted(workspace: Demo, rate: str) -> None:
    workspace.edit(NARRATIVE, "人员增加", f"缴费基数{rate}")
    assert workspace.found() == []


def test_p027_a_rate_that_is_a_facts_is_told(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "人员增加", "人员增加，支出增长25%")
    assert workspace.found() == ["2023/narrative.yaml:10:28 P027"]


@pytest.mark.parametrize(
    ("slip", "mended"),
    [
        ("收集,整理,保管档案。", "收集，整理，保管档案。"),
        ("收集(纸质),保管(电子)。", "收集（纸质），保管（电子）。"),
        ("收集的的档案，保管的的档案。", "收集的档案，保管的档案。"),
        ("２０２３年建Ａ库、Ｂ库。", "2023年建A库、B库。"),
        ("OA ，停用。。", "OA，停用。"),
        ("設备和設施。", "设备和设施。"),
        ("”一件事“和”一次办“。", "“一件事”和“一次办”。"),
    ],
)
def test_fixes_made_one_by_one_mend_the_text_and_nothing_else(workspace: Demo, slip: str, mended: str) -> None:
    codes(workspace, slip)
    before = (workspace.folder / NARRATIVE).read_text(encoding="utf-8")
    while fixes := [finding.fix for finding in workspace.check() if finding.fix]:
        head, _, tail = (workspace.folder / NARRATIVE).read_text(encoding="utf-8").partition("other: ")
        assert fixes[0].old in tail
        workspace.write(NARRATIVE, f"{head}other: {tail.replace(fixes[0].old, fixes[0].new, 1)}")
    assert (workspace.folder / NARRATIVE).read_text(encoding="utf-8") == before.replace(slip, mended)


@pytest.mark.parametrize("text", ["同上。", "同上年", "（略）", "从略。", "同前述。", "略"])
def test_p011_a_passage_that_only_points_elsewhere_is_an_error(workspace: Demo, text: str) -> None:
    workspace.edit("2023/projects/1-store.yaml", "这是依据。", text)
    assert [(one.code, one.severity) for one in workspace.check() if one.code != "P014"] == [("P011", "error")]


@pytest.mark.parametrize("text", ["详见附件。", "见附表2。"])
def test_p011_a_passage_that_points_to_an_annex_is_a_warning(workspace: Demo, text: str) -> None:
    workspace.edit("2023/projects/1-store.yaml", "这是依据。", text)
    assert [(one.code, one.severity) for one in workspace.check()] == [("P011", "warning")]


@pytest.mark.parametrize("text", ["目录见附件。", "办法同上年一致。", "职责同前，不再变动。", "战略。"])
def test_p011_a_passage_that_says_more_is_accepted(workspace: Demo, text: str) -> None:
    workspace.edit("2023/projects/1-store.yaml", "这是依据。", text)
    assert workspace.found() == []


@pytest.mark.parametrize("name", ["示例项目", "测试项目1", "虚构的项目", "测试"])
def test_p033_a_name_of_an_example_is_an_error(workspace: Demo, name: str) -> None:
    workspace.edit("2023/projects/2-scan.yaml", "档案扫描", name)
    found = [(one.place.path, one.severity) for one in workspace.check() if one.code == "P033"]
    assert ("name",) in dict(found), found
    assert len(found) == len(set(dict(found))), "once a place"
    assert {severity for _, severity in found} == {"error"}


@pytest.mark.parametrize("name", ["测试仪器购置", "等保测试", "软件测试中心运维", "示范文本印制"])
def test_p033_a_name_of_real_testing_is_accepted(workspace: Demo, name: str) -> None:
    workspace.edit("2023/projects/2-scan.yaml", "档案扫描", name)
    assert workspace.found() == []


@pytest.mark.parametrize("text", ["虚构的数。", "测试文字。", "库房改造（示例）。", "供示例单位使用。"])
def test_p033_made_up_text_is_a_warning(workspace: Demo, text: str) -> None:
    assert codes(workspace, text) == ["P033"]


@pytest.mark.parametrize("text", ["防止虚构交易套取资金。", "完成测试并出具报告。", "窗口摆放填写示例和样表。"])
def test_p033_speaking_of_tests_and_fraud_is_accepted(workspace: Demo, text: str) -> None:
    assert codes(workspace, text) == []


def test_p033_an_example_may_be_made_up(workspace: Demo) -> None:
    workspace.edit("2023/projects/2-scan.yaml", "档案扫描", "示例项目")
    workspace.folder.rename(workspace.folder.parent / "_demo")
    found = check(workspace.workspace, workspace.workspace.targets())
    assert [one.code for one in found] == []


@pytest.mark.parametrize(
    "text",
    [
        "用于 OA系统。",
        "用于OA 系统。",
        "共 3个库房。",
        "共3 个库房。",
        "合计 {{ income.total | 万元 }}。",
        "占 5%。",
        "用于  OA系统。",
    ],
)
def test_p020_a_blank_between_chinese_and_figures_or_letters_is_mended(workspace: Demo, text: str) -> None:
    assert codes(workspace, text) == ["P020"]
    check_and_mend(workspace.workspace, [workspace.target])
    narrative = (workspace.folder / NARRATIVE).read_text(encoding="utf-8")
    assert f"other: '{re.sub(' +(?![^{]*}})', '', text)}'" in narrative
    assert workspace.found() == []


@pytest.mark.parametrize("text", ["执行GB 50016标准。", "使用Windows 11系统。", "2010301 行政运行已列入。"])
def test_p020_blanks_between_letters_and_after_a_code_with_its_name_stay(workspace: Demo, text: str) -> None:
    assert codes(workspace, text) == []


def test_p020_a_name_may_hold_a_blank_beside_letters(workspace: Demo) -> None:
    workspace.edit("2023/projects/2-scan.yaml", "档案扫描", "LED 显示屏")
    assert workspace.found() == []
