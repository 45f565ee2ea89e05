"""P042: reasons and purposes under the wrong code."""

from __future__ import annotations

from itertools import combinations

import pytest

from discgen.codes.dictionary import Classification, load_dictionary
from discgen.gather.facts import read_facts
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.resources import data_folder
from discgen.rules.topics import other_code
from tests.accounts import NO_PRIOR
from tests.conftest import Demo

ACCOUNTS = "2023/accounts.yaml"
NARRATIVE = "2023/accounts-narrative.yaml"


@pytest.fixture
def compared(accounts: Demo) -> Demo:
    """Accounts whose 208 and “三公” changed since last year; reasons are to be given."""
    prior = "prior:\n  source: 2022年部门决算公开\n  income: [{amount: 90}]\n  expenditure:\n"
    lines = "    - {function: 201, amount: 97}\n    - {function: 208, amount: 3}\n"
    same = "  three_public: [{item: vehicle_operation, amount: 5}]\n  agency_operation: [{unit: agency, amount: 19}]\n"
    accounts.edit(ACCOUNTS, NO_PRIOR, f"{prior}{lines}{same}")
    reasons = "reasons:\n  expenditure: 人员增加\nreasons_by_code:\n  208: 缴费基数提高\n"
    accounts.edit(NARRATIVE, "purposes:", f"{reasons}purposes:")
    return accounts


@pytest.mark.parametrize(
    "reason", ["人员增加，医疗保险缴费提高", "住房公积金缴存比例提高", "卫生健康支出增加，人员增加"]
)
def test_a_reason_that_speaks_of_another_class_is_told_at_its_place(compared: Demo, reason: str) -> None:
    compared.edit(NARRATIVE, "缴费基数提高", reason)
    assert compared.found("P042") == [f"{NARRATIVE}:7:8 P042"]


@pytest.mark.parametrize(
    "reason",
    ["人员增加，养老保险缴费提高", "养老保险与医疗保险缴费基数一并提高", "年内有人员退休", "人员增加，工资调整"],
)
def test_a_reason_that_speaks_of_its_own_class_or_of_none_is_not(compared: Demo, reason: str) -> None:
    compared.edit(NARRATIVE, "缴费基数提高", reason)
    assert compared.found("P042") == []


def test_purposes_that_changed_places_are_told_both_ways_where_both_are_known(accounts: Demo) -> None:
    accounts.edit(NARRATIVE, "201: 机构运转\n  208: 养老保险", "201: 养老保险\n  208: 机构运转")
    assert [f"{one.place.line} {one.code}" for one in accounts.check()] == ["5 P042"]


def test_no_two_purposes_of_a_published_budget_can_change_places_unseen() -> None:
    root = data_folder("schema").parent
    facts, _ = read_facts(Workspace(root), Target("wanli-street", 2025, "budget"))
    assert facts is not None
    names = next(one for key, one in facts.dictionaries.items() if key == "function")
    texts = {code: prose.typed for code, prose in facts.narrative.purposes.items()}
    assert not [code for code, text in texts.items() if other_code(text, code, names, list(texts))]
    pairs = list(combinations(texts, 2))
    unseen = [
        (one, two)
        for one, two in pairs
        if not (other_code(texts[one], two, names, list(texts)) or other_code(texts[two], one, names, list(texts)))
    ]
    assert len(pairs) > 500
    assert unseen == []


@pytest.mark.parametrize(
    ("code", "text", "other"),
    [
        ("2101101", "职工医疗保险缴费", ""),  # more words of 2080505's name than of its own, and yet its own topic
        ("2101101", "在职人员基本医疗保险缴费支出", ""),
        ("2101101", "机关事业单位基本养老保险缴费", "2080505"),
    ],
)
def test_a_purpose_that_names_a_topic_of_its_class_is_not_of_another_class(code: str, text: str, other: str) -> None:
    names = load_dictionary(Classification.FUNCTION, 2025)
    assert other_code(text, code, names, ["2080505", "2101101", "2210201"]) == other


@pytest.mark.parametrize(("reason", "found"), [("来访人员增多", True), ("公务用车老化，维修增多", False)])
def test_a_reason_of_one_of_the_three_public_is_about_it(compared: Demo, reason: str, *, found: bool) -> None:
    compared.edit(
        ACCOUNTS, "{item: vehicle_operation, amount: 5}]\n  agency", "{item: vehicle_operation, amount: 2}]\n  agency"
    )
    compared.edit(
        NARRATIVE,
        "  expenditure: 人员增加\n",
        f"  expenditure: 人员增加\n  three_public: 车辆增加\n  vehicle_operation: {reason}\n",
    )
    assert bool(compared.found("P042")) is found
