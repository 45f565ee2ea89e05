"""What the sentences of a form's templates say, for whoever reads sentences of a document written by hand."""

from __future__ import annotations

import pytest

from discgen.form.files import form_names
from discgen.form.form import load_form
from discgen.form.sentences import AMOUNT, CHANGE, REASON, form_sections
from discgen.ledger.facts import load_catalogue


def test_a_figure_is_called_by_the_words_before_it() -> None:
    section = form_sections(load_form("shanghai-unit-budget-2026")).sections["procurement"]
    labels = {mention.name: mention.label for mention in section.mentions if mention.kind == AMOUNT}
    assert labels["procurement.goods"] == "政府采购货物预算"
    assert section.heading == "政府采购预算情况"


def test_a_macro_says_what_it_is_called_with() -> None:
    section = form_sections(load_form("shanghai-unit-budget-2026")).sections["three-public"]
    said = [(mention.kind, mention.name) for mention in section.mentions if mention.kind in (CHANGE, REASON)]
    at = said.index((CHANGE, "three_public.reception"))
    assert said[at + 1] == (REASON, "reception")


def test_a_template_that_is_taken_in_belongs_to_the_part() -> None:
    part = form_sections(load_form("shanghai-unit-budget-2026")).parts["compilation"]
    assert "purpose" in {mention.kind for mention in part.mentions}
    assert "财政拨款支出主要内容如下" in part.fixed


def test_an_amount_of_another_time_is_told_from_that_of_the_year() -> None:
    part = form_sections(load_form("shanghai-budget-2025")).parts["compilation"]
    labels = {mention.label: mention.name for mention in part.mentions if mention.kind == AMOUNT}
    assert labels["当年预算执行数为"] == "prior_executed.appropriation.by_item.*"


def test_words_of_the_form_are_words_of_its_sentences() -> None:
    section = form_sections(load_form("shanghai-unit-budget-2026")).sections["assets"]
    assert "单位预算安排购置车辆" in [mention.label for mention in section.mentions]


@pytest.mark.parametrize("name", form_names())
def test_every_form_says_amounts_of_known_facts(name: str) -> None:
    sections = form_sections(load_form(name))
    known = load_catalogue()
    names = {
        mention.name
        for section in (*sections.parts.values(), *sections.sections.values())
        for mention in section.mentions
        if mention.kind == AMOUNT and mention.label
    }
    assert names & known.facts.keys()
