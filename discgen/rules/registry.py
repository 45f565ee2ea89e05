"""The table of contents of all rules, in the order a clerk would mend things."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from discgen.diagnostics import Diagnostic, Severity
from discgen.rules import (
    assets,
    evaluations,
    goals,
    goals_indicators,
    prose_figures,
    prose_punctuation,
    prose_reasons,
    prose_wording,
    reconciliation,
    reconciliation_declared,
    reconciliation_limits,
    secrecy,
    years,
)
from discgen.rules.case import Case, Rule
from discgen.rules.consequences import without_consequences

_ACCOUNTS = ("accounts",)
_BOTH = ("budget", "accounts")

RULES: tuple[Rule, ...] = (
    Rule(("R001",), "收入总计等于支出总计", reconciliation.income_is_expenditure),
    Rule(("R010",), "年初结转加收入等于支出加年末结转", reconciliation.accounts_balance, _ACCOUNTS),
    Rule(
        ("R019",),
        "公务接待费等于国内、国（境）外接待费之和",
        reconciliation.reception_is_domestic_and_overseas,
        _ACCOUNTS,
    ),
    Rule(("R020",), "财政拨款只有基本支出和项目支出", reconciliation.appropriations_are_basic_or_project, _ACCOUNTS),
    Rule(("R021",), "基本支出没有基本建设科目", reconciliation.basic_is_not_construction, _BOTH),
    Rule(("R011",), "政府性基金的结转和结余写明科目", reconciliation.fund_balances_have_codes, _ACCOUNTS),
    Rule(("R028",), "各科目的收支差额出自结转", reconciliation.codes_are_paid_from_income, _ACCOUNTS),
    Rule(("R027",), "上年收入等于上年支出", reconciliation_declared.prior_income_is_prior_expenditure, _BOTH),
    Rule(("R030",), "上年基本支出加项目支出等于上年支出", reconciliation_declared.prior_parts_are_prior_expenditure),
    Rule(("R031",), "上年“三公”经费、机关运行经费不超过上年支出", reconciliation_declared.prior_is_within_prior, _BOTH),
    Rule(("R032",), "年初结转等于上年年末结转", reconciliation_declared.opening_is_last_years_closing, _ACCOUNTS),
    Rule(("R035",), "录入的数只写一级科目", reconciliation_declared.codes_are_of_one_level, _BOTH),
    Rule(("R033",), "年初预算与决算在一个量级", reconciliation_declared.approved_is_of_the_size_of_accounts, _ACCOUNTS),
    Rule(
        ("R034",),
        "年初预算没有漏掉有基本支出的类",
        reconciliation_declared.approved_has_the_classes_of_basic,
        _ACCOUNTS,
    ),
    Rule(("R002",), "基本支出按功能分类与按经济分类相等", reconciliation.basic_by_function_is_by_economic_code, _BOTH),
    Rule(("R003",), "各科目的项目支出等于其项目之和", reconciliation.projects_are_project_column),
    Rule(("R036",), "有项目支出就有项目", reconciliation.project_money_has_projects),
    Rule(("R004",), "机关运行经费分得清单位", reconciliation.agency_operation_has_units, _BOTH),
    Rule(("R005",), "基金收入写明收入科目", reconciliation.fund_income_has_codes),
    Rule(("R006",), "“三公”经费不超过安排它的支出", reconciliation.three_public_is_within_expenditure, _BOTH),
    Rule(("R007",), "资金在表式里有位置", reconciliation.form_has_the_money, _BOTH),
    Rule(("R008",), "经济科目细到表式要的程度", reconciliation.economic_codes_are_fine_enough, _BOTH),
    Rule(("R009",), "一类经济科目只用一种写法", reconciliation.economic_codes_do_not_mix, _BOTH),
    Rule(("R029",), "两套经济分类对得上", reconciliation.economic_pairs_are_possible),
    Rule(("R012",), "政府采购不超过能用来采购的支出", reconciliation_limits.procurement_is_within_what_buys, _BOTH),
    Rule(("R022",), "预留给中小企业的不超过政府采购", reconciliation_limits.reserved_is_within_procurement, _BOTH),
    Rule(("R023",), "金额和单位相称", reconciliation_limits.amounts_are_in_the_unit, _BOTH),
    Rule(("R024",), "单列的金额和单位相称", reconciliation_limits.small_amounts_are_in_the_unit, _BOTH),
    Rule(("R026",), "总额与上年在一个量级", reconciliation_limits.amounts_are_of_last_years_size, _BOTH),
    Rule(
        ("R025",),
        "编报绩效目标、部门评价的资金不超过项目支出",
        reconciliation_limits.stated_performance_is_within_projects,
        _BOTH,
    ),
    Rule(("R013",), "机关运行经费不超过公用经费", reconciliation_limits.agency_operation_is_within_operating, _BOTH),
    Rule(("R014",), "“三公”经费决算不超过全年预算", reconciliation_limits.three_public_is_within_budget, _ACCOUNTS),
    Rule(("R015",), "政府性基金各科目收支平衡", reconciliation.fund_balances_hold_by_code, _ACCOUNTS),
    Rule(("R016", "G010"), "一行、一个指标不写两遍", reconciliation.rows_are_written_once, _BOTH),
    Rule(("R017",), "项目和支出有金额", reconciliation.rows_have_money, _BOTH),
    Rule(("R018",), "公积金和社保缴费按功能与按经济分类相等", reconciliation.contributions_agree, _BOTH),
    Rule(("Y001",), "增减原因说出了原因", years.reasons_say_something, _BOTH),
    Rule(("Y002",), "变动大的有原因", years.large_changes_have_reasons, _BOTH),
    Rule(("Y003",), "部门改名有说明", years.new_names_are_told, _BOTH),
    Rule(("Y004",), "实施计划和年度目标不照抄上年", years.goal_sheets_are_written_anew),
    Rule(("Y005",), "没有留下以前的年份", years.years_are_not_left_over, _BOTH),
    Rule(("Y006",), "日期在编制的时候", years.dates_are_of_the_year, _BOTH),
    Rule(("Y007",), "上年结转不超过上年预算", years.carryover_is_of_last_year),
    Rule(("Y008",), "增减原因和说明不照抄上年", years.explanations_are_of_this_year, _BOTH),
    Rule(("Y012",), "职责和机构没有漏", years.nothing_has_vanished, _BOTH),
    Rule(("Y013",), "有上年数，或说明为什么没有", years.last_year_is_known, _BOTH),
    Rule(("Y014",), "用当年的表式", years.form_is_of_the_year, _BOTH),
    Rule(("Y011",), "批复后二十日内公开", years.published_in_time, _BOTH),
    Rule(("Y010",), "标着待确认的都核对过", years.everything_is_confirmed, _BOTH),
    Rule(("A001",), "车辆按用途之和等于实有数", assets.uses_are_owned, _BOTH),
    Rule(("A002",), "车辆用途都在表式里", assets.uses_are_of_form, _BOTH),
    Rule(("A003",), "表式要说到的都写了", assets.form_is_told, _BOTH),
    Rule(("A004",), "公务用车保有量不超过实有车辆", assets.kept_vehicles_are_owned, _ACCOUNTS),
    Rule(("A005",), "花了“三公”经费，写了数目", assets.counts_are_told, _ACCOUNTS),
    Rule(("A006",), "绩效的单位数、项目数对得上", assets.stated_performance_is_counted, _BOTH),
    Rule(("A007",), "实有车辆不超过编制", assets.vehicles_are_authorised, _BOTH),
    Rule(("A008",), "购置车辆、设备和钱对得上", assets.purchases_have_money),
    Rule(("A009",), "“三公”经费的数目彼此相符", assets.counts_agree, _ACCOUNTS),
    Rule(("A010",), "“三公”经费的金额与数目相称", assets.amounts_go_with_counts, _BOTH),
    Rule(("A011",), "办公用房面积与人数相称", assets.offices_fit_people, _BOTH),
    Rule(("A012",), "固定资产与支出、设备相称", assets.fixed_assets_fit_expenditure, _BOTH),
    Rule(("A013",), "资产与上年在一个量级", assets.assets_are_of_last_years_size, _BOTH),
    Rule(("G001",), "绩效目标表的年度资金等于项目金额", goals.annual_funds_are_project),
    Rule(("G002",), "实施期资金不少于年度资金", goals.whole_period_holds_annual),
    Rule(("G003",), "二级指标都在表式里", goals.aspects_are_of_form),
    Rule(("G004",), "项目写明类别", goals.projects_have_category),
    Rule(("G005",), "每个项目都有绩效目标表", goals.projects_have_sheets),
    Rule(("G007",), "每张绩效目标表都属于一个项目", goals.sheets_have_projects),
    Rule(("G008",), "绩效目标表各栏都有目标", goals.sheets_have_goals),
    Rule(("G009",), "项目不重名", goals.names_are_distinct),
    Rule(("G011",), "绩效目标表各个一级指标都有", goals.sheets_are_whole),
    Rule(("G012",), "成本指标不超过项目资金", goals_indicators.costs_are_within_funds, _BOTH),
    Rule(("G022",), "金额有金额的单位", goals_indicators.money_has_its_unit, _BOTH),
    Rule(("G023",), "成本指标与资金不是只差位数", goals_indicators.costs_have_the_digits_of_funds_only_as_funds, _BOTH),
    Rule(("G024",), "整个项目的成本不比资金少得多", goals_indicators.costs_of_all_are_not_small),
    Rule(("G025",), "成本指标是本年的或整个实施期的", goals_indicators.costs_are_of_the_year_or_of_all_years),
    Rule(("G026",), "数量乘单价与资金相符", goals_indicators.prices_times_quantities_fit_funds, _BOTH),
    Rule(("G013",), "绩效目标表有资金", goals.sheets_have_funds),
    Rule(("G014",), "一年的项目两栏资金相等", goals.one_year_has_one_amount),
    Rule(("G015",), "比率不超过100%", goals_indicators.rates_are_possible, _BOTH),
    Rule(("G016",), "项目期合乎情理", goals.periods_are_plausible),
    Rule(("G017",), "名称不缺字", goals.names_lack_no_sign, _BOTH),
    Rule(("G018",), "实施期资金没有打错", goals.whole_period_is_no_slip),
    Rule(("G019",), "绩效目标表不重名", goals.sheets_are_told_apart),
    Rule(("G027",), "自评报告不重名", goals.reports_are_told_apart, _ACCOUNTS),
    Rule(("G020",), "指标值有数字和单位", goals_indicators.targets_are_complete, _BOTH),
    Rule(("G021",), "满意度写的是下限", goals_indicators.satisfaction_is_a_floor, _BOTH),
    Rule(("G028",), "绩效目标表的资金是本级或上级的", goals.sheets_have_money_of_own_level),
    Rule(("G029",), "自评报告的资金是本级或上级的", goals.reports_have_money_of_own_level, _ACCOUNTS),
    Rule(("G030",), "比率的上下限没有写反", goals_indicators.targets_go_the_right_way, _BOTH),
    Rule(("E001",), "指标得分不超过权重", evaluations.scores_are_within_weights, _ACCOUNTS),
    Rule(("E002",), "指标权重合计符合表式", evaluations.weights_are_of_form, _ACCOUNTS),
    Rule(("E003",), "自评的二级指标都在表式里", evaluations.aspects_are_of_form, _ACCOUNTS),
    Rule(("E004",), "执行数不超过全年预算数", evaluations.executed_is_within_budget, _ACCOUNTS),
    Rule(("E005",), "各等级的项目数对得上", evaluations.grades_are_counted, _ACCOUNTS),
    Rule(("E006",), "自评报告的执行数不超过项目支出", evaluations.reports_are_within_projects, _ACCOUNTS),
    Rule(("E007",), "自评项目都有报告", evaluations.every_project_has_a_report, _ACCOUNTS),
    Rule(("E008",), "没有达到的指标不得满分", evaluations.full_scores_are_earned, _ACCOUNTS),
    Rule(("E009",), "执行得少的写明原因", evaluations.slow_spending_is_explained, _ACCOUNTS),
    Rule(("E010",), "指标都有完成值", evaluations.indicators_have_results, _ACCOUNTS),
    Rule(("E011",), "目标申报数等于年初预算数", evaluations.requests_are_approved, _ACCOUNTS),
    Rule(("E012",), "偏差原因与数相符", evaluations.deviations_are_explained, _ACCOUNTS),
    Rule(("E013",), "自评报告的预算编制数不超过年初预算", evaluations.approved_is_within_the_budget, _ACCOUNTS),
    Rule(("P004", "P005"), "文字里的金额用表达式引用", prose_figures.amounts_are_cited, _BOTH),
    Rule(("P006", "P007"), "有增减就有原因", prose_reasons.changes_have_reasons, _BOTH),
    Rule(("P009", "P010"), "有钱的科目写明用途", prose_reasons.money_has_purposes, _BOTH),
    Rule(("P011",), "文字里没有没填完的空", prose_wording.gaps_are_filled, _BOTH),
    Rule(("P012",), "字词不写两遍", prose_wording.words_are_written_once, _BOTH),
    Rule(("P013",), "原因和用途不重复表式的话", prose_reasons.clauses_do_not_repeat_the_form, _BOTH),
    Rule(("P014",), "成段的文字有句号", prose_punctuation.sentences_end, _BOTH),
    Rule(("P015",), "原因、用途和名称末尾没有标点", prose_punctuation.clauses_do_not_end, _BOTH),
    Rule(("P016",), "标点不连用", prose_punctuation.marks_stand_alone, _BOTH),
    Rule(("P017",), "中文里用中文标点", prose_punctuation.marks_are_chinese, _BOTH),
    Rule(("P018",), "括号和引号成对", prose_punctuation.marks_come_in_pairs, _BOTH),
    Rule(("P019",), "引号前后不颠倒", prose_punctuation.quotes_face_each_other, _BOTH),
    Rule(("P020",), "没有多余的空格", prose_punctuation.blanks_are_not_printed, _BOTH),
    Rule(("P021",), "数字和字母用半角", prose_punctuation.characters_are_half_width, _BOTH),
    Rule(("P022",), "科目用当年的名称", prose_wording.names_are_of_year, _BOTH),
    Rule(("P041",), "固定的用语没有写错", prose_wording.terms_are_as_they_are_called, _BOTH),
    Rule(("P023",), "编号连续", prose_punctuation.points_are_counted, _BOTH),
    Rule(("P024",), "职责前不手写编号", prose_punctuation.duties_are_not_numbered, _BOTH),
    Rule(("P025",), "文字不照抄另一处", prose_wording.prose_is_not_copied, _BOTH),
    Rule(("P038",), "字符就是看上去的字", prose_punctuation.signs_are_what_they_look_like, _BOTH),
    Rule(("P026",), "用简化字", prose_punctuation.characters_are_simplified, _BOTH),
    Rule(("P051",), "写了的表式都有地方印", prose_reasons.statements_are_printed, _BOTH),
    Rule(("P027",), "增减幅度用表达式引用", prose_figures.rates_are_cited, _BOTH),
    Rule(("P061",), "用途比科目名称说得多", prose_reasons.purposes_say_more_than_the_name, _BOTH),
    Rule(("P062",), "增减原因是一句话", prose_reasons.reasons_are_clauses, _BOTH),
    Rule(("P063",), "用途不是增减原因", prose_reasons.purposes_are_no_reasons, _BOTH),
    Rule(("P064",), "原因不说两遍“原因”", prose_reasons.reasons_fit_their_frame, _BOTH),
    Rule(("P037",), "手写的百分比与数相符", prose_figures.percentages_are_right, _BOTH),
    Rule(("P039",), "手写的增减幅度有这个数", prose_figures.changes_are_known, _BOTH),
    Rule(("P040",), "手写的个数与数相符", prose_figures.counts_are_right, _BOTH),
    Rule(("P028",), "文号的年份用六角括号", prose_punctuation.documents_are_cited_in_form, _BOTH),
    Rule(("P044",), "一份文件不列举两遍", prose_punctuation.documents_are_cited_once, _BOTH),
    Rule(("P035",), "文字里的日期在日历里有", prose_figures.days_are_in_the_calendar, _BOTH),
    Rule(("P046",), "起止日期不倒过来", prose_figures.ranges_go_forward, _BOTH),
    Rule(("P034",), "一个科室写一行", prose_wording.offices_are_one_a_row, _BOTH),
    Rule(("P029",), "没有网页和别的软件的排版记号", prose_punctuation.markup_is_not_printed, _BOTH),
    Rule(("P030",), "增减原因与增减方向一致", prose_reasons.reasons_go_the_way_of_the_change, _BOTH),
    Rule(("P031",), "增减原因说的是这笔钱", prose_reasons.reasons_are_about_this_money, _BOTH),
    Rule(("P042",), "原因和用途说的是这个科目", prose_reasons.texts_are_about_their_code, _BOTH),
    Rule(("P032",), "增减原因是这两年的", prose_reasons.reasons_are_of_these_years, _BOTH),
    Rule(("P043",), "没有别处的地名", prose_wording.places_are_the_departments, _BOTH),
    Rule(("P045",), "说的是本级", prose_wording.levels_are_the_departments, _BOTH),
    Rule(("P033",), "没有示例、虚构的内容", prose_wording.nothing_is_made_up, _BOTH),
    Rule(
        ("D001", "D002", "D003", "D004", "D005", "D006", "D007", "D008"),
        "没有不该公开的内容",
        secrecy.nothing_private_is_told,
        _BOTH,
    ),
)


MOST_OF_A_RULE = 5_000
"""No text that was meant breaks a rule as often; to tell each time would take minutes of a file that was not."""


def run(case: Case) -> list[Diagnostic]:
    """What all rules of the kind of disclosure find."""
    kind = case.disclosure.target.kind
    return without_consequences(
        [finding for rule in RULES if kind in rule.kinds for finding in _first(rule.check(case))]
    )


def _first(findings: Iterator[Diagnostic]) -> Iterator[Diagnostic]:
    """As many as are told of a rule; where there may be more, the last says so, and is an error, for the rest is not known."""
    yield from islice(findings, MOST_OF_A_RULE - 1)
    for last in islice(findings, 1):
        hint = f"{last.hint}；这一类只查到这里（{MOST_OF_A_RULE:,}处），改了再检查"
        yield replace(last, severity=Severity.ERROR, hint=hint)
