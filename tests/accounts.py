"""The accounts of the small department-year, with a self-evaluation report."""

from __future__ import annotations

NO_PRIOR = "prior: {source: 上年没有编决算}\n"
"""What stands in the place of last year's figures."""

ACCOUNTS = (
    """\
form: shanxi-accounts-2024
year: 2023
unit: 万元
income:
  - {function: 2010301, amount: 90}
  - {function: 2010350, amount: 8}
  - {function: 2080505, amount: 4}
expenditure:
  - {function: 2010301, basic: 60, project: 29}
  - {function: 2010350, project: 8}
  - {function: 2080505, basic: 4}
basic:
  - {department: 30101, amount: 43}
  - {department: 30201, unit: agency, amount: 14}
  - {department: 30201, unit: archive, amount: 2}
  - {department: 30231, unit: agency, amount: 5}
opening_balance:
  - {amount: 2}
closing_balance:
  - {amount: 3}
three_public:
  - {item: vehicle_operation, adjusted: 7}
procurement: {goods: 3, works: 0, services: 6}
counts: {vehicles_kept: 1}
"""
    + NO_PRIOR
)

NARRATIVE = """\
overview:
  duties:
    - 收集和保管档案。
purposes:
  201: 机构运转
  208: 养老保险
"""

EVALUATION = """\
name: 库房改造
unit: agency
summary: 这是概况。
basis: 这是依据。
necessity: 这是必要性。
measures: 这是措施。
plan: 这是计划。
experience: 这是经验。
problems: 这是问题。
improvements: 这是改进。
goal:
  whole_period: 这是实施期目标。
  annual: 这是年度目标。
funds:
  - {level: local, requested: 270000, approved: 270000, adjusted: 290000, executed: 290000}
indicators:
  数量指标:
    - {name: 件数, target: ≥10件, actual: 12, weight: 60, score: 60}
  服务对象满意度:
    - {name: 满意度, target: ≥95%, actual: 96, weight: 30, score: 30}
results:
  achievement: 这是完成情况。
  implementation: 这是执行分析。
  outputs: 这是产出。
  benefits: 这是效益。
  satisfaction: 这是满意度。
"""
