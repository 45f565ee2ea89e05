"""Rules of 文字 (P): gaps, names, repeated and misspelt words, other places."""

from __future__ import annotations

import re

import pytest

from discgen.check.fixing import check_and_fix, fix
from discgen.narrative.blocks import Paragraph
from discgen.pipeline import check
from discgen.rules.regions import foreign_places
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
    assert fix(workspace.workspace, [found]) == (1, [])
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
    check_and_fix(workspace.workspace, [workspace.target])
    narrative = (workspace.folder / NARRATIVE).read_text(encoding="utf-8")
    assert f"other: '{re.sub(' +(?![^{]*}})', '', text)}'" in narrative
    assert workspace.found() == []


@pytest.mark.parametrize("text", ["执行GB 50016标准。", "使用Windows 11系统。", "2010301 行政运行已列入。"])
def test_p020_blanks_between_letters_and_after_a_code_with_its_name_stay(workspace: Demo, text: str) -> None:
    assert codes(workspace, text) == []


def test_p020_a_name_may_hold_a_blank_beside_letters(workspace: Demo) -> None:
    workspace.edit("2023/projects/2-scan.yaml", "档案扫描", "LED 显示屏")
    assert workspace.found() == []


PROJECT = "2023/projects/2-scan.yaml"


def noted(workspace: Demo, text: str) -> list[str]:
    """What is found in a note that says this."""
    narrative = (workspace.folder / NARRATIVE).read_text(encoding="utf-8")
    workspace.write(NARRATIVE, f"{narrative}notes:\n  other: '{text}'\n")
    return [finding.code for finding in workspace.check()]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("宣传资料印刷印刷经费", 11),
        ("工作经经费", 9),
        ("档案扫描描", 10),
        ("支支撑系统", 7),
        ("档案扫描经费经费", 11),
        ("科科科室扫描", 7),
        ("系统系统故障处理", 7),
        ("在职人员人员培训", 9),
        ("在职人员人员", 9),
        ("科目目录目录扫描", 9),
        ("档案采购购", 10),
    ],
)
def test_a_name_that_says_a_word_twice_is_told_at_the_word(workspace: Demo, name: str, column: int) -> None:
    workspace.edit(PROJECT, "档案扫描", name)
    assert workspace.found() == [f"2023/projects/2-scan.yaml:1:{column} P012"]


def test_a_target_is_told_as_a_name_is(workspace: Demo) -> None:
    workspace.edit(PROJECT, "target: 方便", "target: 保障保障")
    assert workspace.found() == ["2023/projects/2-scan.yaml:24:32 P012"]


@pytest.mark.parametrize("name", ["在职人员人员经费", "离退休人员人员类支出", "库房维修修缮", "政府采购购买服务"])
def test_a_name_in_which_two_words_meet_is_accepted(workspace: Demo, name: str) -> None:
    workspace.edit(PROJECT, "档案扫描", name)
    assert workspace.found() == []


@pytest.mark.parametrize(
    "text",
    [
        "用于技术支支撑。",
        "离退休人员人员按月发放。",
        "困难学生补助助困难家庭。",
        "按科科目级填列。",
        "市档案局局长调调研。",
        "新增的工作工作人员到岗。",
        "购置文件件柜。",
        "政务服务一一张网。",
        "本部部门没有。",
        "维护系统统一标准准。",
        "按规定开展工作作。",
    ],
)
def test_prose_that_says_a_sign_twice_is_told(workspace: Demo, text: str) -> None:
    assert "P012" in noted(workspace, text)


@pytest.mark.parametrize(
    "text",
    [
        "委编办办理登记，管理系统系统故障。",
        "事事好好落实，步步深入，一一核对，一一体现，二〇一一年起。",
        "在职人员人员经费和职工工资按规定核定。",
        "困难学生补助助学金、体（美）育教育教学和科目目级编码都已核对，的的确确是医疗疗效。",
        "人人参与，处处留心，方方面面都往往要等等看，件件有落实，大大提高效率。",
        "全市市直单位、各县县级部门按行政政策、财政政策和法律法规规定执行。",
        "企业业务、专业业务和体系系统由公用车辆车管所、中心心理辅导站办理。",
        "供水水质、净水水量、设施施工、救援援助、急救救治和人防防护都已安排。",
        "采用大数据据实核定，依据据实报销，研究研究再定。",
        "图书馆馆藏和文化馆馆长的培训落实实名制，市审批局局机关、公安局局属单位参加。",
        "重点点位、网站站点、水库库区、路面面层和产业业态的评审审核、抽查查验由小组组员代办办件。",
        "2023年年初预算、上年年末数，12月月底前完成，会议议程由协会会员通过。",
    ],
)
def test_words_that_meet_and_words_that_are_doubled_by_nature_are_accepted(workspace: Demo, text: str) -> None:
    assert noted(workspace, text) == []


def noted_term(workspace: Demo, text: str) -> list[str]:
    """What is found in a note that says this."""
    file = "2023/narrative.yaml"
    narrative = (workspace.folder / file).read_text(encoding="utf-8")
    workspace.write(file, f"{narrative}notes:\n  other: '{text}'\n")
    return [finding.code for finding in workspace.check()]


@pytest.mark.parametrize(
    "text",
    [
        "为退休人员缴纳职工年金。",
        "没有国有资金经营预算安排的支出。",
        "卫生与健康支出增加。",
        "卫王健康支出增加。",
        "公务招待费压减。",
        "公务用车运行护维费压减。",
        "缴纳工商保险和失业保险。",
        "社会保障与就业支出增加。",
        "财政拔款增加。",
        "其他社会障保和就业支出增加。",
    ],
)
def test_a_term_with_one_wrong_sign_is_told(workspace: Demo, text: str) -> None:
    assert noted_term(workspace, text) == ["P041"]


@pytest.mark.parametrize(
    "text",
    [
        "为退休人员缴纳职业年金和企业年金。",
        "对个人和家庭补助、其中工资福利支出和机关的商品和服务支出都有增加。",
        "开展市场监督管理服务、统计信息服务和基层司法服务。",
        "公务车运行维护费和公务用车运行维护经费下降。",
        "采购办公经费、专业设备购置和办公设备配置。",
        "国有资本经营预决算一并公开。",
        "森林防灭火基础设施设计服务。",
        "执行《关于国有资金经营预算的通知》。",
        "发放事业单位退休人员、行政单位退休人员补贴，保障机关运转经费。",
        "压减公务接待经费和因公出国（境）经费。",
        "缴纳基本养老保险费、职工基本医疗保险费，社会保险缴费基数提高。",
    ],
)
def test_words_near_a_term_that_are_words_of_their_own_are_not(workspace: Demo, text: str) -> None:
    assert "P041" not in noted_term(workspace, text)


def test_a_name_is_told_at_the_word(workspace: Demo) -> None:
    workspace.edit(PROJECT, "档案扫描", "补缴职工年金")
    assert workspace.found() == ["2023/projects/2-scan.yaml:1:9 P041"]


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
