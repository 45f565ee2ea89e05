"""Make up departments, to see how the program does as they become more.

Counties, offices, codes, amounts and sentences are drawn by a seed: the same number of departments is always the same
files. What is drawn adds up as a budget does, so that `discgen check` finds no errors; some departments have warnings, as
real ones do. They differ in size as real ones do, too: most have a handful of projects, a few have dozens, and what is said
of a project is a line or a page.

    python tools/make_departments.py COUNT FOLDER [seed]
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.load.year import YearFiles

_FORM, _YEAR = "shanxi-budget-2025", 2025
_TREES, _LANDS = "栎枫樟梓楠柏榆槐杉椿楮柘桤枳棠榉", "汀渡岭塬坞坪洲埠峪滩垭冈涧堡陂浦"
"""A county is named after one of each; there are none of these names."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Office:
    """What a department of a county is for. Codes are of 功能分类: of its agency, its institutions and its projects."""

    name: str
    agency: str
    institution: str
    projects: tuple[str, ...]
    matters: tuple[str, ...]
    """What its duties, sections and projects are about."""


_GENERAL = ("2010301", "2010350")
_OFFICES = (
    _Office("政务服务局", *_GENERAL, ("2010302", "2010306", "2010399"), ("窗口服务", "政务大厅", "审批流程", "办事指南")),
    _Office("财政局", "2010601", "2010350", ("2010602", "2010604", "2010605", "2010607"), ("预算编制", "国库集中支付", "资产管理", "绩效评价")),
    _Office("商务局", "2011301", "2011350", ("2011302", "2011399", "2169999"), ("消费促进", "市场运行监测", "电子商务", "农产品流通")),
    _Office("社会工作部", "2013901", "2013950", ("2013999",), ("志愿服务", "社区治理", "行业协会党建", "信访接待")),
    _Office("司法局", "2040601", "2010350", ("2040604", "2040605", "2040607", "2040613"), ("法律援助", "人民调解", "普法宣传", "行政复议")),
    _Office("城市管理局", "2120101", "2010350", ("2120102", "2120104", "2120399", "2120501"), ("道路保洁", "路灯维护", "垃圾清运", "公园养护")),
    _Office("统计局", *_GENERAL, ("2010506", "2010507"), ("经济普查", "住户调查", "统计执法", "数据质量核查")),
    _Office("市场监督管理局", *_GENERAL, ("2013802",), ("食品抽检", "特种设备监察", "计量检定", "消费维权")),
    _Office("教育局", *_GENERAL, ("2059999",), ("校舍维修", "教师研修", "学生资助", "考试组织")),
    _Office("科学技术局", *_GENERAL, ("2060503", "2060702"), ("科普活动", "科技特派员", "技术合同登记", "实验设备共享")),
    _Office("体育运动服务中心", *_GENERAL, ("2070308",), ("全民健身", "体育场馆开放", "青少年训练", "社会体育指导")),
    _Office("民政局", *_GENERAL, ("2080206", "2081005", "2082501", "2089999"), ("养老服务", "社会救助", "社会组织登记", "地名管理")),
    _Office("卫生健康局", *_GENERAL, ("2100717", "2100799", "2109999"), ("基层医疗", "健康教育", "村医进修", "托育服务")),
    _Office("乡村建设局", *_GENERAL, ("2130599",), ("产业帮扶", "村道养护", "饮水安全", "人居环境整治")),
    _Office("自然资源局", "2010301", "2200150", ("2200199",), ("国土调查", "不动产登记", "地质灾害巡查", "矿山监测")),
    _Office("住房保障中心", *_GENERAL, ("2210399", "2120201"), ("公租房管理", "老旧小区改造", "房屋安全鉴定", "物业指导")),
    _Office("中小企业服务局", *_GENERAL, ("2150899",), ("企业诊断", "融资对接", "园区服务", "用工对接")),
    _Office("红十字会", *_GENERAL, ("2081602",), ("应急救护", "人道救助", "无偿献血宣传", "备灾物资")),
    _Office("宣传文化中心", *_GENERAL, ("2013302",), ("公益广告", "文明创建", "新闻采编", "农村电影放映")),
    _Office("机关事务服务中心", *_GENERAL, ("2010302", "2010399"), ("办公用房维修", "公务用车调度", "食堂保障", "节能改造")),
)  # fmt: skip
_OTHER_LINES = {"30217": "50206", "30231": "50208", "30302": "50905"}
_PERSONNEL = {
    "30101": "50101",
    "30102": "50101",
    "30103": "50101",
    "30108": "50102",
    "30110": "50102",
    "30113": "50103",
}
_PERSONNEL_OF_INSTITUTIONS = ("30101", "30107", "30108", "30110", "30113")
_RUNNING = {"30201": "50201", "30207": "50201", "30211": "50201", "30228": "50201", "30239": "50201"}
_OF_FUNCTION = {"30108": "2080505", "30113": "2210201", "30302": "2080501"}
"""Economic codes that are spent under a function of their own."""
_MEDICAL = {"administrative": "2101101", "institution": "2101102"}
_SHARE = {
    "30101": 52_000,
    "30102": 27_000,
    "30103": 16_000,
    "30107": 31_000,
    "30108": 14_600,
    "30110": 6_900,
    "30113": 11_800,
}
"""元 a year and person, before chance."""


def main(count: int, folder: Path, seed: int = 1) -> None:
    """Write so many departments below the folder, which becomes a workspace."""
    most = len(_OFFICES) * len(_TREES) * len(_LANDS)
    if count > most:
        raise SystemExit(f"there are names for {most} departments")
    workspace = Workspace(folder)
    for number in range(count):
        _write(workspace, number, random.Random(f"{seed} {number}"))


def _write(workspace: Workspace, number: int, chance: random.Random) -> None:
    # Neighbours in the list are of different kinds and of one county, as a county's departments are.
    place, kind = divmod(number, len(_OFFICES))
    county = f"{_TREES[place % len(_TREES)]}{_LANDS[place // len(_TREES)]}县"
    made = _Department(county, _OFFICES[kind], f"{kind + 101}", chance)
    year = YearFiles(workspace, Target(f"d{number:05}-{kind + 101}", _YEAR, "budget"))
    projects = made.projects()
    contents = {
        year.department.path: made.department(),
        year.facts.path: made.facts(projects),
        year.narrative.path: made.narrative(),
        **{year.folder / "projects" / f"{at:02}.yaml": project for at, project in enumerate(projects, start=1)},
    }
    for path, data in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
        path.write_text(text, encoding="utf-8")


class _Department:
    """One department, drawn."""

    def __init__(self, county: str, office: _Office, code: str, chance: random.Random) -> None:
        self.county, self.office, self.code, self.chance = county, office, code, chance
        self.size = chance.choices((1, 2, 5, 14), (30, 45, 20, 5))[0]
        self.units: list[Row] = [self._unit("agency", office.name, "administrative")]
        for at, matter in enumerate(chance.sample(office.matters, min(self.size - 1, 3))):
            self.units.append(self._unit(f"centre-{at + 1}", f"{matter}服务站", "institution"))

    def _unit(self, key: str, name: str, kind: str) -> Row:
        return {"id": key, "name": f"{self.county}{name}", "short_name": f"县{name}", "kind": kind}

    def department(self) -> Row:
        """department.yaml."""
        agency = self.units[0]
        region = {"name": self.county, "level": "县级"}
        return {
            "code": self.code,
            "name": agency["name"],
            "short_name": agency["short_name"],
            "region": region,
            "units": self.units,
        }

    def projects(self) -> list[Row]:
        """The files of projects."""
        number = max(1, self.size * 2 + self.chance.randint(-1, 3))
        return [self._project(at) for at in range(number)]

    def _project(self, at: int) -> Row:
        chance, matter = self.chance, self.chance.choice(self.office.matters)
        amount = chance.randint(2, 90) * chance.choice((1_000, 10_000, 10_000, 50_000))
        years = chance.choice((1, 3))
        what = chance.choice(("工作经费", "日常维护费", "专项经费", "设备购置费", "委托服务费"))
        length = chance.choice((1, 1, 2, 4, 8))
        times, share = chance.randint(2, 60), chance.randint(90, 98)
        return {
            "name": f"{matter}{what}（{at + 1}期）",
            "unit": chance.choice(self.units)["id"],
            "function": chance.choice(self.office.projects),
            "category": chance.choice(("other_operating", "specific")),
            "amounts": [{"fund": "general", "amount": amount}],
            "goal_sheet": {
                "attribute": "one_off" if years == 1 else "recurring",
                "period_years": years,
                "funds": {"whole_period": {"local": amount * years}, "annual": {"local": amount}},
                "summary": self._prose(_SUMMARY, matter, length) + ("，，" if chance.random() < 1 / 40 else "") + "。",
                "basis": self._prose(_BASIS, matter, 1 + length // 4) + "。",
                "necessity": self._prose(_NECESSITY, matter, length) + "。",
                "measures": self._prose(_MEASURES, matter, length) + "。",
                "plan": self._prose(_PLAN, matter, length) + "。",
                "goal": {
                    "whole_period": self._prose(_GOAL, matter, 1 + length // 2) + "。",
                    "annual": self._prose(_GOAL, matter, 1 + length // 3) + "。",
                },
                "indicators": {
                    "数量指标": [{"name": f"{matter}开展次数", "target": f"≥{times}次"}, {"name": f"{matter}覆盖乡镇数", "target": f"≥{times // 2 + 1}个"}],
                    "质量指标": [{"name": f"{matter}合格率", "target": f"≥{share}%"}],
                    "时效指标": [{"name": "完成时间", "target": f"{_YEAR}年12月底前"}],
                    "成本指标": [{"name": "项目总成本", "target": f"≤{amount}元"}],
                    "社会效益指标": [{"name": f"{matter}水平", "target": chance.choice(("提高", "持续提高", "明显提高"))}],
                    "服务对象满意度指标": [{"name": "服务对象满意度", "target": f"≥{share - 3}%"}],
                },
            },
        }  # fmt: skip

    def _prose(self, sentences: Sequence[str], matter: str, count: int) -> str:
        """So many of the sentences, without the last full stop; those that come again are about something else."""
        chosen: list[str] = []
        while len(chosen) < count:
            about = matter if len(chosen) < len(sentences) else self.chance.choice(self.office.matters)
            left = [sentence.format(matter=about, number=self.chance.randint(3, 48)) for sentence in sentences]
            chosen += [sentence for sentence in self.chance.sample(left, len(left)) if sentence not in chosen] or left
        return "。".join(chosen[:count])

    def facts(self, projects: Sequence[Row]) -> Row:
        """budget.yaml."""
        basic = [row for unit in self.units for row in self._basic(unit["kind"])]
        spent: dict[str, dict[str, int]] = defaultdict(dict)
        for function, row in basic:
            spent[function]["basic"] = spent[function].get("basic", 0) + row["amount"]
        for project in projects:
            function = project["function"]
            spent[function]["project"] = spent[function].get("project", 0) + project["amounts"][0]["amount"]
        total = sum(sum(amounts.values()) for amounts in spent.values())
        of_projects = sum(project["amounts"][0]["amount"] for project in projects)
        running = sum(row["amount"] for _, row in basic if row["government"] in {"50201", "50206", "50208"})
        before = round(total * self.chance.uniform(0.8, 1.2), -2)
        cars = next((row["amount"] for _, row in basic if row["department"] == "30231"), 0)
        owned = 1 + self.size // 4
        return {
            "form": _FORM,
            "year": _YEAR,
            "unit": "元",
            "income": [{"fund": "general", "amount": total}],
            "expenditure": [{"function": function, **spent[function]} for function in sorted(spent)],
            "basic": _joined(row for _, row in basic),
            "procurement": {"goods": of_projects // 10, "works": 0, "services": of_projects // 5},
            "assets": {
                "as_of": f"{_YEAR - 1}-12-31",
                "vehicles": {"authorised": owned, "owned": owned, "owned_by_use": {"confidential": 1, "enforcement": owned - 1}},
                "office_area": 240 + 130 * self.size,
                "equipment": {"general_over_500k": 0, "special_over_1m": self.size // 5},
            },
            "prior": {
                "source": f"{_YEAR - 1}年部门预算公开",
                "income": [{"fund": "general", "amount": before}],
                "expenditure": [{"fund": "general", "amount": before}],
                "three_public": [{"item": "vehicle_operation", "amount": cars + 1_500}],
                "agency_operation": [{"unit": "agency", "amount": round(running * self.chance.uniform(0.9, 1.1))}],
            },
        }  # fmt: skip

    def _basic(self, kind: str) -> list[tuple[str, Row]]:
        """基本支出 of a unit: each line with the function that it is spent under."""
        chance = self.chance
        people = chance.randint(6, 12) + 4 * self.size
        is_agency = kind == "administrative"
        own = self.office.agency if is_agency else self.office.institution
        codes = _PERSONNEL if is_agency else _PERSONNEL_OF_INSTITUTIONS
        lines = {code: round(_SHARE[code] * people * chance.uniform(0.9, 1.1)) for code in codes}
        lines |= {code: people * chance.randint(400, 1_800) for code in (_RUNNING if is_agency else ("30201", "30211"))}
        if is_agency:
            lines |= {
                "30217": chance.randint(2, 9) * 500,
                "30231": (1 + self.size // 4) * 18_000,
                "30302": people * 2_100,
            }
        return [
            (
                _MEDICAL[kind] if code == "30110" else _OF_FUNCTION.get(code, own),
                {"department": code, "government": _government(code, is_agency=is_agency), "amount": amount},
            )
            for code, amount in lines.items()
        ]

    def narrative(self) -> Row:
        """narrative.yaml."""
        chance, office = self.chance, self.office
        matters = chance.sample(office.matters, len(office.matters))
        duties = [f"{self._prose(_DUTIES, matter, 1)}。" for matter in matters * (1 + self.size // 5)]
        centres = (
            {"centres": [unit["name"].removeprefix(self.county) for unit in self.units[1:]]} if self.units[1:] else {}
        )
        why = f"{matters[0]}任务调整，相应安排经费"
        return {
            "overview": {
                "duties": [*dict.fromkeys(duties), "完成县委、县政府交办的其他任务。"],
                "organisation": {"offices": ["办公室", *(f"{matter}股" for matter in matters)], **centres},
            },
            "reasons": {
                "income": why,
                "expenditure": why,
                "three_public": "严格控制用车",
                "agency_operation": "人员和定额有变动",
            },
            "notes": {"overall_goal": f"本部门{_YEAR}年项目支出全部编报绩效目标，主要用于{'、'.join(matters)}。"},
        }


def _government(code: str, *, is_agency: bool) -> str:
    """政府经济分类 of a 部门经济分类."""
    if is_agency:
        return (_PERSONNEL | _RUNNING | _OTHER_LINES)[code]
    return "50501" if code.startswith("301") else "50502"


def _joined(rows: Iterable[Row]) -> list[Row]:
    """Lines of the same codes as one."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        sums[row["department"], row["government"]] += row["amount"]
    return [{"department": code, "government": other, "amount": sums[code, other]} for code, other in sorted(sums)]


_SUMMARY = (
    "用于全县{matter}的日常开支，包括材料、劳务和交通",
    "支持{number}个村和社区开展{matter}，补上设备和人手的缺口",
    "委托专业机构承担{matter}中技术性强的环节，由本单位组织验收",
    "更新{matter}所用的设备{number}台，旧设备按规定处置",
    "组织{matter}培训，学员来自各乡镇，教材由本单位编印",
    "对上一年{matter}中发现的问题逐项整改，整改结果向社会公布",
    "建立{matter}台账，按月登记、按季核对，资料归档备查",
    "在{number}处公共场所设置{matter}公示栏，公布办事电话和进度",
)
_BASIS = (
    "县政府常务会议关于{matter}的纪要，以及本单位的年度工作要点",
    "本单位编制的{matter}三年规划和上一年的绩效评价结果",
    "各乡镇上报的{matter}需求汇总表，经本单位党组会议审议",
)
_NECESSITY = (
    "{matter}关系群众日常生活，现有经费只够维持，不足以补齐短板",
    "近两年{matter}的数量增加，原有人员和设备已经不够用",
    "不安排这笔经费，{matter}就要停下{number}项，前期投入也难以见效",
    "群众来信来电中反映{matter}的有{number}件，多数要靠增加投入解决",
    "设备使用年限已到，继续使用影响{matter}的质量和安全",
    "各乡镇力量不均，由县里统一安排{matter}更节省",
)
_MEASURES = (
    "成立{matter}工作小组，分管领导负责，每月调度一次",
    "经费专款专用，支出由经办人、股室负责人和分管领导逐级审核",
    "达到采购限额的走政府采购程序，合同和验收资料一并归档",
    "引入第三方对{matter}抽查，抽查比例不低于{number}%",
    "进度和结果在县政府网站公布，接受群众监督",
    "年中开展一次绩效监控，偏离目标的及时调整",
    "与乡镇签订{matter}任务书，写明数量、时限和质量要求",
)
_PLAN = (
    "一季度摸底，确定{matter}的任务清单和分工",
    "二季度完成采购，签订合同，开始实施",
    "三季度集中推进{matter}，完成全年任务的七成以上",
    "四季度验收、结算，整理{matter}资料",
    "每月底汇总{matter}进度，次月5日前报分管领导",
    "遇到汛期和农忙，{matter}的安排相应提前或推后",
)
_GOAL = (
    "完成{matter}任务{number}项，质量符合规定",
    "使{matter}的办理时间比上年缩短，群众来访减少",
    "培训{matter}人员{number}人次，考核合格后上岗",
    "形成{matter}的长效办法，资料完整，可以追溯",
    "设备全部投入使用，{matter}没有发生安全事故",
)
_DUTIES = (
    "负责全县{matter}的组织实施和监督检查",
    "拟订{matter}的年度计划，经批准后执行",
    "指导乡镇开展{matter}，汇总和分析有关数据",
    "承担{matter}的宣传、培训和咨询",
    "受理群众对{matter}的意见和投诉，按时答复",
)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    asked = parser.parse_args()
    main(asked.count, asked.folder, asked.seed)
