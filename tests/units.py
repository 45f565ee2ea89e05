"""A department with a document for each of its two units: what its files hold."""

from __future__ import annotations

from discgen.load.target import Target

FORM = "shanxi-budget-2025"
BUDGET = """\
form: shanxi-budget-2025
year: 2023
unit: 万元
income:
  - {fund: general, unit: agency, amount: 86}
  - {fund: general, unit: archive, amount: 14}
expenditure:
  - {function: 2010301, unit: agency, basic: 56, project: 27}
  - {function: 2010350, unit: archive, basic: 5, project: 9}
  - {function: 2080505, unit: agency, basic: 3}
basic:
  - {department: 30101, government: 50101, unit: agency, amount: 40}
  - {department: 30201, government: 50201, unit: agency, amount: 13}
  - {department: 30201, government: 50502, unit: archive, amount: 5}
  - {department: 30231, government: 50208, unit: agency, amount: 6}
procurement:
  - {unit: agency, goods: 4, works: 0, services: 7}
  - {unit: archive, goods: 0, works: 0, services: 2}
assets:
  - unit: agency
    as_of: 2022-12-31
    vehicles: {authorised: 2, owned: 2}
    office_area: 120
    equipment: {general_over_500k: 1}
  - unit: archive
    as_of: 2022-12-31
    vehicles: {authorised: 1, owned: 0}
    office_area: 72.5
prior:
  source: 2022年公开
  income:
    - {unit: agency, amount: 70}
    - {unit: archive, amount: 14}
  expenditure:
    - {unit: agency, amount: 70}
    - {unit: archive, amount: 14}
  three_public:
    - {item: vehicle_operation, unit: agency, amount: 8}
  agency_operation:
    - {unit: agency, amount: 15}
"""
AGENCY_WORDS = """\
overview:
  duties:
    - 管理全市档案工作。
  organisation:
    offices: [办公室]
reasons:
  income: 新增库房项目
  expenditure: 新增库房项目
  three_public: 压缩用车
  agency_operation: 人员增加
"""
ARCHIVE_WORDS = """\
overview:
  duties:
    - 保管档案，提供查阅。
  organisation:
    offices: [保管部]
"""
AGENCY = Target("demo", 2023, "budget", "agency")
ARCHIVE = Target("demo", 2023, "budget", "archive")
ACCOUNTS = """\
form: national-accounts-2024
year: 2023
unit: 万元
income:
  - {function: 2010301, unit: agency, amount: 90}
  - {function: 2010350, unit: archive, amount: 8}
  - {function: 2080505, unit: agency, amount: 4}
expenditure:
  - {function: 2010301, unit: agency, basic: 60, project: 29}
  - {function: 2010350, unit: archive, basic: 2, project: 6}
  - {function: 2080505, unit: agency, basic: 4}
basic:
  - {department: 30101, unit: agency, amount: 45}
  - {department: 30201, unit: agency, amount: 14}
  - {department: 30201, unit: archive, amount: 2}
  - {department: 30231, unit: agency, amount: 5}
opening_balance:
  - {unit: agency, amount: 2}
closing_balance:
  - {unit: agency, amount: 3}
three_public:
  - {item: vehicle_operation, unit: agency, adjusted: 7}
procurement:
  - {unit: agency, goods: 3, works: 0, services: 5}
  - {unit: archive, goods: 0, works: 0, services: 1}
counts:
  - {unit: agency, vehicles_kept: 1}
performance:
  - {unit: agency, projects: 3, grades: {excellent: 3}, average_score: 96}
  - {unit: archive, projects: 1, grades: {good: 1}, average_score: 88}
prior: {source: 上年没有编决算}
"""
