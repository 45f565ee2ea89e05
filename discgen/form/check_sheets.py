"""The two kinds of sheets of a form, merged with its ancestors': that every word they print is there, and can be filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from string import Formatter
from typing import Any

from discgen.diagnostics import Diagnostic, DocumentPath, error
from discgen.form.check_form import missing, unknown
from discgen.load.tree import Tree
from discgen.model.build_project import PROSE_KEYS as GOAL_PROSE
from discgen.model.disclosure import Grade, Level
from discgen.model.evaluation import PROSE_KEYS as EVALUATION_PROSE
from discgen.model.project import Attribute, FundLevel

GOAL_LABELS: Mapping[str, tuple[str, ...]] = {
    "year": ("year",),
    "period_years": ("years",),
    **dict.fromkeys(
        (
            *("name", "department", "unit", "attribute", "period", "funds", "whole_period_total", "annual_total"),
            *("of_which", "whole_period", "annual", "goal", "indicators", "dimension", "aspect", "indicator"),
            *("target", "filled_on"),
        ),
        (),
    ),
}
"""The labels that a goal sheet prints, each with what may stand in its braces."""

EVALUATION_LABELS: Mapping[str, tuple[str, ...]] = {
    "reported": ("year",),
    "conclusion": ("name", "execution", "indicators", "total", "grade"),
    **dict.fromkeys(
        (
            *("name", "unit", "department", "information", "summary", "goals", "whole_period", "annual", "plan"),
            *("completion", "execution", "source", "initial_budget", "requested", "approved", "adjusted", "executed"),
            *("balance", "rate", "score", "deviation", "total", "indicators", "dimension", "aspect", "indicator"),
            *("targets", "initial_target", "target", "actual", "explanation", "weight", "indicator_deviation"),
            *("results", "conclusion_heading"),
        ),
        (),
    ),
}
"""The same of a self-evaluation report."""
RESULTS = ("achievement", "implementation", "outputs", "benefits", "satisfaction")
"""The parts of 自评结果, by their keys in a file of `evaluations/`."""
_WEIGHTS = ("execution_weight", "indicator_weight")
_WHOLE = 100
"""The points that a report gives at most."""
_NO_HEADING = ("plan",)
"""Prose of a report that stands under a label."""


def wrong_goal_sheet(tree: Tree, styles: Sequence[str]) -> Iterator[Diagnostic]:
    """What is wrong with the merged `goal_sheet.yaml`."""
    data: Any = tree.root
    sections = ("title", "periods", "labels", "attributes", "fund_levels", "prose", "dimensions")
    yield from missing(tree, (), data, sections)
    yield from _without_style(tree, "goal_sheet", styles)
    yield from _labels(tree, data.get("labels", {}), GOAL_LABELS)
    for section, keys in (("attributes", tuple(Attribute)), ("fund_levels", tuple(FundLevel)), ("prose", GOAL_PROSE)):
        yield from _exactly(tree, section, data.get(section), keys)
    for level in data.get("levels", {}):
        yield from unknown(tree.key_place(("levels", level)), level, tuple(Level), "预算级次")
    yield from _aspects(tree, data.get("dimensions", {}))


def wrong_evaluation(tree: Tree, styles: Sequence[str]) -> Iterator[Diagnostic]:
    """What is wrong with the merged `evaluation.yaml`."""
    data: Any = tree.root
    sections = ("title", "labels", "fund_levels", "prose", "results", "dimensions")
    yield from missing(tree, (), data, (*sections, "execution_weight", "indicator_weight", "grades"))
    yield from _without_style(tree, "evaluation", styles)
    yield from _labels(tree, data.get("labels", {}), EVALUATION_LABELS)
    prose = tuple(key for key in EVALUATION_PROSE if key not in _NO_HEADING)
    for section, keys in (("fund_levels", tuple(FundLevel)), ("prose", prose), ("results", RESULTS)):
        yield from _exactly(tree, section, data.get(section), keys)
    yield from _aspects(tree, data.get("dimensions", {}))
    yield from _points(tree, data)


def _without_style(tree: Tree, name: str, styles: Sequence[str]) -> Iterator[Diagnostic]:
    """M017: the sheets are set in a number style of their own."""
    if name not in styles:
        hint = f"在form.yaml的numbers下加上{name}"
        yield error("M017", f"numbers没有写{name}，{name}.yaml的金额不知道怎么写", tree.place(), hint)


def _labels(tree: Tree, labels: Mapping[str, Any], known: Mapping[str, tuple[str, ...]]) -> Iterator[Diagnostic]:
    if labels:
        yield from _exactly(tree, "labels", labels, tuple(known))
    for name, text in labels.items():
        if name in known:
            yield from unfillable(tree, ("labels", name), text, known[name])


def unfillable(tree: Tree, path: DocumentPath, text: str, names: Sequence[str]) -> Iterator[Diagnostic]:
    """M021: braces that nothing is put into."""
    allowed = f"花括号里只能是{'、'.join(f'{{{name}}}' for name in names)}" if names else "这里没有花括号要填"
    try:
        found = [part[1:] for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        yield error("M021", f"“{text}”的花括号不成对", tree.place(path), allowed)
        return
    for name, spec, conversion in found:
        if name not in names or spec or conversion:
            yield error("M021", f"没有什么能填进“{{{name}}}”", tree.place(path), allowed)


def _exactly(tree: Tree, section: str, data: Mapping[str, Any] | None, keys: Sequence[str]) -> Iterator[Diagnostic]:
    """M016, M017: each of the keys, and no other."""
    if data is None:
        return
    yield from missing(tree, (section,), data, keys)
    for key in data:
        yield from unknown(tree.key_place((section, key)), key, keys, "键")


def _aspects(tree: Tree, dimensions: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """M014: a 二级指标 that stands under two of the first level; its indicators would be printed twice."""
    seen: set[str] = set()
    for dimension, aspects in dimensions.items():
        for at, aspect in enumerate(aspects):
            if aspect in seen:
                place = tree.place(("dimensions", dimension, at))
                yield error("M014", f"二级指标“{aspect}”写了两次", place, "删去一个")
            seen.add(aspect)


def _points(tree: Tree, data: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """M024: weights that make up 100, and grades that go down to 0, each once."""
    weights = [Decimal(data[key]) for key in _WEIGHTS if key in data]
    if len(weights) == len(_WEIGHTS) and sum(weights) != _WHOLE:
        said = f"{'、'.join(_WEIGHTS)}合计{sum(weights)}分，不是{_WHOLE}分"
        yield error("M024", said, tree.place((_WEIGHTS[-1],)), "核对这两项")
    grades = data.get("grades", [])
    for at, step in enumerate(grades):
        place = tree.place(("grades", at))
        if at and Decimal(step["at_least"]) >= Decimal(grades[at - 1]["at_least"]):
            yield error("M024", f"“{step['name']}”的最低分不低于上一等级的", place, "从高到低写")
        if step["grade"] in [other["grade"] for other in grades[:at]]:
            yield error("M024", f"等级{step['grade']}写了两次", place, "删去一个")
    if grades and Decimal(grades[-1]["at_least"]) != 0:
        place = tree.place(("grades", len(grades) - 1, "at_least"))
        yield error("M024", "最后一个等级的最低分不是0，更低的得分没有等级", place, "写0")
    for grade in Grade:
        if grades and grade not in [step["grade"] for step in grades]:
            yield error("M017", f"grades没有写{grade}", tree.key_place(("grades",)), f"加上一行grade: {grade}")
