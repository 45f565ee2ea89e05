"""Prose was rewritten, its facts were not: each number, date, 文号 and title is printed that was published, and no other.

The prose of a document is its text outside tables, the rows of a goal sheet from 项目概况 to 总体目标, and
a self-evaluation report outside its tables. A number counts with its unit. The titles are those of documents
that sheets and reports name, and count without the marks inside them; one that was published without 《》
is an erratum.
"""

from collections import defaultdict
from pathlib import Path

import pytest

from discgen.load.target import Target
from tests.printed_facts import Printed
from tests.published_facts import errata, published_cells, published_prose
from tests.readback import EDITIONS, XINZHOU_2022, Edition, build, copied
from tests.test_published import missing, read, replace, told
from tools.published.prose import TEXT, stated


@pytest.mark.slow
@pytest.mark.parametrize("target", EDITIONS, ids=str)
def test_what_was_stated_is_stated_but_for_the_errata(editions: dict[Target, Edition], target: Target) -> None:
    lost = [fact for fact in missing(published_prose(target), read(editions[target]).prose) if not fact.known]
    assert not lost, told(lost)


@pytest.mark.slow
@pytest.mark.parametrize("target", EDITIONS, ids=str)
def test_nothing_is_stated_in_sheets_and_reports_that_was_not_published(
    editions: dict[Target, Edition], target: Target
) -> None:
    assert not invented(target, read(editions[target]))


def invented(target: Target, printed: Printed) -> list[tuple[str, str]]:
    """Sheets or reports with what only we state there; what their cells hold was published too, and so were corrections."""
    published = defaultdict(set)
    for fact in published_prose(target):
        published[fact.place].add(fact.shown)
    for fact in published_cells(target):
        published[fact.place].update(stated(fact.shown, target.year))
    corrected = {fact for erratum in errata(target) for fact in stated(erratum.derived, target.year)}
    return sorted(
        (place, str(said))
        for place, facts in printed.prose.items()
        if place != TEXT
        for (said,) in facts
        if said not in published[place] | corrected
    )


@pytest.mark.slow
def test_a_dropped_or_invented_number_or_title_is_seen(tmp_path: Path) -> None:
    target = XINZHOU_2022
    edition = Edition(target, tmp_path)
    projects = copied(tmp_path, target) / "departments" / target.department / str(target.year) / "projects"
    replace(projects / "06-third-party-evaluation.yaml", "2022年委托评审50次，", "2022年完成委托评审，")
    replace(projects / "25-temperature-gate.yaml", "防疫测温门1台，", "防疫测温门2台，")
    replace(projects / "24-service-standards.yaml", "《忻州市政务服务标准化体系》", "《忻州市政务服务办法》")
    edition.pdf = build(tmp_path, target)
    changed = Printed(edition)
    lost = [fact for fact in missing(published_prose(target), changed.prose) if not fact.known]
    assert [(fact.line, fact.shown) for fact in lost] == [
        (607, "50次"),
        (1192, "《忻州市政务服务标准化体系》"),
        (1219, "1台"),
    ]
    assert invented(target, changed) == [("政务服务标准化建设", "《忻州市政务服务办法》"), ("智能防疫测温门", "2台")]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("1、委托评审达50次，总投资额达15亿元。2.每季度不低于1次", ["50次", "15亿元", "1次"]),
        ("除四害 1.20 万元，净水器 8 万，400万卷，20,000套", ["1.2万元", "8万元", "400万卷", "20000套"]),
        (
            "（忻办发【2015】8号）精神，国办函〔2019〕41号，工商企字[1996]第398号",
            ["办发〔2015〕8号", "办函〔2019〕41号", "企字〔1996〕第398号"],
        ),
        ("2022年3月1日至3月31日，2020年1—10月，9月底前", ["2022年3月1日", "3月31日", "2020年", "1-10月", "9月"]),
        ("面积150m ² 左右，3至5项，24*365天，GB/T 22239-2019", ["150平方米", "3-5项", "24*365", "GB/T22239-2019"]),
        ("2023年12345热线，1. 2022年、2. 2021年", ["2022年", "2021年"]),
        (
            "《关于印发〈“一网通办”方案（试行）〉的通知》（晋政发〔2020〕6号）、《吕政发【2021】2号》",
            ["政发〔2020〕6号", "政发〔2021〕2号", "《关于印发一网通办方案试行的通知》"],
        ),
    ],
)
def test_numbers_dates_and_document_numbers_are_read(text: str, facts: list[str]) -> None:
    assert list(stated(text, 2023)) == facts
