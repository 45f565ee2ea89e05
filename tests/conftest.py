"""A small department-year that is in order, for tests to spoil."""

from __future__ import annotations

import gc
import os
import signal
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from discgen.cache import FOLDER_VARIABLE
from discgen.diagnostics import Diagnostic, has_errors
from discgen.document import Document, Result
from discgen.gather.reader import read_facts
from discgen.ledger.query import Query
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.model.disclosure import Disclosure
from discgen.model.line import Fund, Line, Origin
from discgen.pipeline import check, compose
from tests.accounts import ACCOUNTS, EVALUATION
from tests.accounts import NARRATIVE as ACCOUNTS_NARRATIVE
from tests.forms import Forms, copied_forms
from tests.readback import EDITIONS, LAID_OUT, Edition
from tests.units import AGENCY_WORDS, ARCHIVE_WORDS
from tests.units import BUDGET as UNITS_BUDGET

# The same examples in every run, however busy the machine.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

# A shell that runs the suite in the background lets it ignore Ctrl+C, and with it the programs that tests stop that way.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with many slow tests first: what is left to the end, when one process has nothing more to do, is short."""
    slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
    items.sort(key=lambda item: -slow[item.path])


def pytest_collection_finish() -> None:
    """Search for cycles seldom, and never in what is there before the first test: a fifth of the time went into that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("caches")
    os.environ[FOLDER_VARIABLE] = str(folder / "shared")  # for what several tests share
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def cache_folder(monkeypatch: pytest.MonkeyPatch, _caches: Iterator[Path]) -> Path:
    """The cache of the test: none finds what another has kept, nor what its user has."""
    folder = next(_caches)
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    return folder


_DEPARTMENT = """\
# yaml-language-server: $schema=../../schema/department.schema.json
code: 026
name: 示范市档案局
short_name: 市档案局
region: {name: 示范市, level: 市级}
units:
  - {id: agency, name: 示范市档案局, short_name: 市档案局, kind: administrative}
  - {id: archive, name: 示范市档案馆, short_name: 市档案馆, kind: institution}
"""

_BUDGET = """\
form: shanxi-budget-2023
year: 2023
unit: 万元
income:
  - {fund: general, amount: 100}
expenditure:
  - {function: 2010301, basic: 61, project: 27}
  - {function: 2010350, project: 9}
  - {function: 2080505, basic: 3}
basic:
  - {department: 30101, government: 50101, amount: 40}
  - {department: 30201, government: 50201, amount: 13}
  - {department: 30201, government: 50502, amount: 5}
  - {department: 30231, government: 50208, amount: 6}
procurement: {goods: 4, works: 0, services: 7}
prior:
  source: 2022年部门预算公开
  income:
    - {amount: 80}
  expenditure:
    - {amount: 80}
  three_public:
    - {item: vehicle_operation, amount: 8}
  agency_operation:
    - {unit: agency, amount: 15}
"""

_NARRATIVE = """\
overview:
  duties:
    - 收集和保管档案。
  organisation:
    offices: [办公室, 保管科]
reasons:
  income: 新增库房项目
  expenditure: 新增库房项目
  three_public: 压缩用车
  agency_operation: 人员增加
"""

_PROJECT = """\
name: {name}
unit: {unit}
function: {function}
amounts:
  - {{amount: {amount}}}
goal_sheet:
  attribute: one_off
  period_years: 1
  funds:
    whole_period: {{local: {amount}}}
    annual: {{local: {amount}}}
  summary: 这是概况。
  basis: 这是依据。
  necessity: 这是必要性。
  measures: 这是措施。
  plan: 这是计划。
  goal:
    whole_period: 这是实施期目标。
    annual: 这是年度目标。
  indicators:
    数量指标:
      - {{name: 件数, target: ≥10件}}
    社会效益指标:
      - {{name: 利用档案方便, target: 方便}}
    服务对象满意度指标:
      - {{name: 利用者满意度, target: ≥95%}}
"""


class Demo:
    """The workspace in a folder; names of files are below `departments/demo/`."""

    def __init__(self, root: Path) -> None:
        self.workspace = Workspace(root)
        self.folder = root / "departments" / "demo"
        self.target = Target("demo", 2023, "budget")
        self.write("department.yaml", _DEPARTMENT)
        self.write("2023/budget.yaml", _BUDGET)
        self.write("2023/narrative.yaml", _NARRATIVE)
        self.add_project("1-store", "2010301", "270000", name="库房改造")
        self.add_project("2-scan", "2010350", "90000", name="档案扫描", unit="archive")

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def add_project(self, stem: str, function: str, amount: str, *, name: str = "", unit: str = "agency") -> None:
        """A project whose goal sheet agrees with it."""
        text = _PROJECT.format(name=name or stem, unit=unit, function=function, amount=amount)
        self.write(f"2023/projects/{stem}.yaml", text)

    def add_accounts(self) -> None:
        """Accounts of the year beside its budget; they become the target."""
        self.write("2023/accounts.yaml", ACCOUNTS)
        self.write("2023/accounts-narrative.yaml", ACCOUNTS_NARRATIVE)
        self.target = Target("demo", 2023, "accounts")

    def add_units(self) -> None:
        """A document for each of the two units, made from the department's lines."""
        self.write("2023/budget.yaml", UNITS_BUDGET)
        self.write("2023/units/agency/narrative.yaml", AGENCY_WORDS)
        self.write("2023/units/archive/narrative.yaml", ARCHIVE_WORDS)
        for project in ("1-store", "2-scan"):
            self.edit(f"2023/projects/{project}.yaml", "function:", "category: specific\nfunction:")

    def add_evaluation(self, stem: str = "1-store") -> None:
        """A self-evaluation report of 100 points."""
        self.write(f"2023/evaluations/{stem}.yaml", EVALUATION)

    def replace_budget(self, budget: str, projects: list[tuple[str, str, str]]) -> None:
        """The budget and all projects, as `budgets()` draws them."""
        self.write("2023/budget.yaml", budget)
        for path in (self.folder / "2023" / "projects").iterdir():
            path.unlink()
        for number, (function, where, amount) in enumerate(projects):
            stem = f"{number}-drawn"
            self.add_project(stem, function, amount, unit="agency" if number % 2 else "archive")
            self.edit(f"2023/projects/{stem}.yaml", "  - {amount", f"  - {{{where}, amount")

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def check(self) -> list[Diagnostic]:
        return check(self.workspace, [self.target])

    def findings(self, *codes: str) -> list[Diagnostic]:
        """The findings, all or those of some codes."""
        return [finding for finding in self.check() if not codes or finding.code in codes]

    def found(self, *codes: str) -> list[str]:
        """Codes and places of findings, as `2023/budget.yaml:5:5 R001`."""
        return [f"{one.place} {one.code}".removeprefix("departments/demo/") for one in self.findings(*codes)]

    def compose(self) -> Result:
        return compose(self.workspace, self.target)

    def facts(self) -> Disclosure:
        """The facts as they are written, whether or not they are in order."""
        facts, _ = read_facts(self.workspace, self.target)
        assert facts is not None
        return facts

    def document(self) -> Document:
        """The document of a workspace that may be published."""
        result = self.compose()
        assert result.document is not None
        assert not has_errors(result.findings)
        return result.document


@pytest.fixture
def workspace(tmp_path: Path) -> Demo:
    return Demo(tmp_path)


@pytest.fixture
def accounts(workspace: Demo) -> Demo:
    """The same department-year with its accounts, which are the target."""
    workspace.add_accounts()
    return workspace


@pytest.fixture
def units(workspace: Demo) -> Demo:
    """The same department-year with a document for each of its units."""
    workspace.add_units()
    return workspace


@pytest.fixture
def disclosure(workspace: Demo) -> Disclosure:
    """The department's facts, for tests that bring lines of their own."""
    return workspace.facts()


@pytest.fixture
def forms(tmp_path: Path) -> Iterator[Forms]:
    """The folder of forms, in a copy that a test may add to."""
    with copied_forms(tmp_path / "shipped") as forms:
        yield forms


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[Target, Edition]:
    """The published documents, each built at most once, also where several processes share the tests."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    return {target: Edition(target, shared / f"{target.department}-{target.year}") for target in EDITIONS}


@pytest.fixture(params=LAID_OUT, ids=str, scope="module")
def edition(request: pytest.FixtureRequest, editions: dict[Target, Edition]) -> Iterator[Edition]:
    """Each published document with pages of a kind of its own in turn: pytest runs all tests of a module for one before it goes on to the next."""
    edition = editions[request.param]
    yield edition
    edition.let_go()


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[Line]:
    """The lines that questions are held against from now on."""
    lines: list[Line] = []
    matches = Query.matches

    def noted(query: Query, line: Line) -> bool:
        lines.append(line)
        return matches(query, line)

    monkeypatch.setattr(Query, "matches", noted)
    return lines


_FUNCTIONS = ("2010301", "2010350", "2080505", "2101101", "2210201")
_PAIRS = (
    "department: 30101, government: 50101",
    "department: 30201, government: 50201",
    "department: 30217, government: 50502",
    "department: 30231, government: 50208",
    "department: 30302, government: 50905",
)
_CODES = {
    "fund: government_fund, origin: current": ", code: 1030148",
    "fund: state_capital, origin: current": ", code: 1030601",
}
"""Income that is listed by its code."""
_fen = st.integers(1, 300) | st.integers(1, 10**10) | st.just(0)


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


@st.composite
def budgets(draw: st.DrawFn) -> tuple[str, list[tuple[str, str, str]]]:
    """A budget.yaml that reconciles, and the function, `fund: …, origin: …` and amount of each of its projects.

    Last year is declared, with amounts that have nothing to do with this year's.
    """
    fund = st.just(Fund.GENERAL) | st.sampled_from(Fund)
    keys = st.tuples(st.sampled_from(_FUNCTIONS), fund, st.sampled_from(Origin))
    rows = [(*key, draw(_fen), draw(_fen)) for key in draw(st.lists(keys, min_size=4, max_size=7, unique=True))]
    income: dict[str, int] = {}
    basic: dict[str, int] = {}
    expenditure, projects = [], []
    for function, paid_from, origin, basic_fen, project_fen in rows:
        where = f"fund: {paid_from}, origin: {origin}"
        income[where] = income.get(where, 0) + basic_fen + project_fen
        basic[where] = basic.get(where, 0) + basic_fen
        amounts = f"basic: {_yuan(basic_fen)}, project: {_yuan(project_fen)}"
        expenditure.append(f"{{function: {function}, {where}, {amounts}}}")
        projects.append((function, where, _yuan(project_fen)))
    lines = {
        "income": [f"{{{where}{_CODES.get(where, '')}, amount: {_yuan(fen)}}}" for where, fen in income.items()],
        "expenditure": expenditure,
        "basic": [
            f"{{{pair}, {where}, amount: {_yuan(part)}}}"
            for where, fen in basic.items()
            for pair, part in zip(draw(st.permutations(_PAIRS)), draw(_split(fen)), strict=False)
        ],
    }
    text = "form: shanxi-budget-2023\nyear: 2023\nunit: 元\n"
    text += "".join(f"{key}:\n" + "".join(f"  - {row}\n" for row in rows) for key, rows in lines.items())
    prior = f"[{{amount: {_yuan(draw(_fen))}}}]"
    text += f"prior:\n  source: 上年公开\n  income: {prior}\n  expenditure: {prior}\n"
    text += f"  three_public: [{{item: vehicle_operation, amount: {_yuan(draw(_fen))}}}]\n"
    text += f"  agency_operation: [{{unit: agency, amount: {_yuan(draw(_fen))}}}]\n"
    return text, projects


def _split(fen: int) -> st.SearchStrategy[list[int]]:
    """`fen` as the sum of three amounts."""
    cuts = st.tuples(st.integers(0, fen), st.integers(0, fen)).map(sorted)
    return cuts.map(lambda cut: [cut[0], cut[1] - cut[0], fen - cut[1]])
