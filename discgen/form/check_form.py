"""Checks of `form.yaml`, the glossary and the sheets, merged with the ancestors': complete, and every name in them known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from string import Formatter
from typing import Any

from discgen.diagnostics import Diagnostic, DocumentPath, Place, did_you_mean, error
from discgen.form.files import Layers
from discgen.ledger.facts import BUDGET_STAGES, Catalogue
from discgen.model.department import Level
from discgen.model.disclosure import Grade
from discgen.model.evaluation import PROSE_KEYS as EVALUATION_PROSE
from discgen.model.project import PROSE_KEYS as GOAL_PROSE
from discgen.model.project import Attribute, FundLevel
from discgen.validate.library import load_schema
from discgen.yamltext.tree import Tree

TITLE = "{title}"
"""What stands for the title in a line of the cover."""
_SEPARATOR = "、"
_SLIP = 0.75
"""How alike two names are of which the one is the other misspelt: tabel, table."""

_REQUIRED = (
    *("kind", "document_title", "numbers", "percent", "numbering", "parts", "tables"),
    *("table_label", "table_line", "contents_table", "notes", "phrases"),
)
"""What a form or one of its ancestors must say."""
_REQUIRED_BELOW: Mapping[str, Sequence[str]] = {
    "numbers": ("table", "text"),
    "percent": ("places", "zero"),
    "table_line": ("department", "unit"),
    "notes": ("empty", "tail", "text_tail"),
    "phrases": ("change",),
}
_A_FACT, _A_GROUP = "数（templates/facts.yaml的facts）", "一组数（templates/facts.yaml的groups）"
_STYLE = ("unit", "places", "thousands", "zero")
_PHRASE = ("increase", "decrease", "unchanged", "no_base")


def wrong_form(tree: Tree, layers: Layers, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """What is wrong with the merged `form.yaml`, each of whose layers is as its schema asks."""
    data: Any = tree.root
    yield from missing(tree, (), data, _REQUIRED)
    for key, below in _REQUIRED_BELOW.items():
        if key in data:
            yield from missing(tree, (key,), data[key], below)
    for section, wanted in (("numbers", _STYLE), ("phrases", _PHRASE)):
        for name, entry in data.get(section, {}).items():
            yield from missing(tree, (section, name), entry, wanted)
    yield from _misspelt_styles(tree, data)
    yield from _cover(tree, data)
    yield from _repeated(tree, data)
    yield from _without_file(tree, data, layers)
    yield from _without_fact(tree, data, catalogue)


def missing(tree: Tree, path: DocumentPath, data: Mapping[str, Any], wanted: Sequence[str]) -> Iterator[Diagnostic]:
    """M017: what neither the form nor an ancestor says; reported at the mapping where it belongs."""
    for key in wanted:
        if key not in data:
            where = ".".join(map(str, path))
            message = f"{where or tree.file.rpartition('/')[2]}没有写{key}，上级也没有"
            yield error("M017", message, tree.key_place(path) if path else tree.place(), f"加上{key}")


def unknown(place: Place, name: str, known: Sequence[str], what: str) -> Iterator[Diagnostic]:
    """M016: an unknown name, with those that there are."""
    if name not in known:
        hint = did_you_mean(name, known, f"有：{_SEPARATOR.join(known)}")
        yield error("M016", f"没有叫“{name}”的{what}", place, hint)


def _misspelt_styles(tree: Tree, data: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """M016: a number style whose name is a misspelt `table` or `text`; the tables would be set in the parent's style."""
    usual = _REQUIRED_BELOW["numbers"]
    for name in data.get("numbers", {}):
        if name not in usual and name.isalpha() and get_close_matches(name, usual, n=1, cutoff=_SLIP):
            yield from unknown(tree.key_place(("numbers", name)), name, usual, "数字写法（form.yaml的numbers）")


def _cover(tree: Tree, data: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """M017 and M014: a cover has one title."""
    titles = [index for index, line in enumerate(data.get("cover", (TITLE,))) if TITLE in line]
    if not titles:
        yield error("M017", "封面（cover）没有标题", tree.place(("cover",)), f"加上一行：{TITLE}")
    for index in titles[1:]:
        yield error("M014", "封面（cover）的标题写了两次", tree.place(("cover", index)), "删去一行")


def _repeated(tree: Tree, data: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """M014: what is listed twice and printed but once, or would be printed twice."""
    for key in ("parts", "sections", "tables"):
        names = data.get(key, ())
        for index, name in enumerate(names):
            if name in names[:index]:
                yield error("M014", f"{key}里“{name}”写了两次", tree.place((key, index)), "删去一个")


def _without_file(tree: Tree, data: Mapping[str, Any], layers: Layers) -> Iterator[Diagnostic]:
    """M016: tables and templates that neither the form nor an ancestor has a file for."""
    tables, parts, sections = (
        layers.names(folder, ending)
        for folder, ending in (("tables", ".yaml"), ("narrative", ".md.j2"), ("narrative/situation", ".md.j2"))
    )
    for key, known, what in (
        ("tables", tables, "报表（tables/下的文件）"),
        ("parts", parts, "模板（narrative/下的文件）"),
        ("sections", sections, "模板（narrative/situation/下的文件）"),
    ):
        for index, name in enumerate(data.get(key, ())):
            yield from unknown(tree.place((key, index)), name, known, what)
    for section in ("table_titles", "table_numbers", "empty_notes"):
        for name in data.get(section, {}):
            yield from unknown(tree.key_place((section, name)), name, tables, "报表")
    if data.get("table_numbers") and "{number:" in data.get("table_label", ""):
        hint = "表号不是一个一个数的，table_label里写{number}"
        yield error("M021", "table_numbers的表号填不进{number:…d}", tree.place(("table_label",)), hint)


def _without_fact(tree: Tree, data: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Diagnostic]:
    """M016: facts and groups that `facts.yaml` does not have, and reasons that no author can give."""
    of_budget = [f"{stage}.{fact}" for stage in BUDGET_STAGES for fact in catalogue.facts]
    for section, written, known in (
        ("reasons", "reasons", list(catalogue.facts)),
        ("large_changes", "reasons", list(catalogue.facts)),
        ("budget_reasons", "budget_reasons", of_budget),
    ):
        reasons = list(load_schema("narrative")["properties"][written]["properties"])
        for key, fact in data.get(section, {}).items():
            what = f"原因（narrative.yaml的{written}）"
            yield from unknown(tree.key_place((section, key)), key, reasons, what)
            if fact and fact not in known:
                hint = did_you_mean(fact, known, f"例如{known[0]}")
                yield error("M016", f"没有叫“{fact}”的{_A_FACT}", tree.place((section, key)), hint)
    for key in ("code_reasons", "budget_code_reasons", "purposes"):
        if data.get(key):
            groups = list(catalogue.groups)
            yield from unknown(tree.place((key,)), data[key], groups, _A_GROUP)


def wrong_glossary(tree: Tree) -> Iterator[Diagnostic]:
    """M014: a term that is explained twice, and would be printed twice."""
    data: Any = tree.root
    terms = [entry["term"] for entry in data["entries"]]
    for index, term in enumerate(terms):
        if term in terms[:index]:
            yield error("M014", f"“{term}”解释了两次", tree.place(("entries", index, "term")), "只留一条")


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
_FULL_MARKS = 100
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
        placeholders = [part[1:] for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        yield error("M021", f"“{text}”的花括号不成对", tree.place(path), allowed)
        return
    for name, spec, conversion in placeholders:
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
        for index, aspect in enumerate(aspects):
            if aspect in seen:
                place = tree.place(("dimensions", dimension, index))
                yield error("M014", f"二级指标“{aspect}”写了两次", place, "删去一个")
            seen.add(aspect)


def _points(tree: Tree, data: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """M024: weights that make up 100, and grades that go down to 0, each once."""
    weights = [Decimal(data[key]) for key in _WEIGHTS if key in data]
    if len(weights) == len(_WEIGHTS) and sum(weights) != _FULL_MARKS:
        message = f"{'、'.join(_WEIGHTS)}合计{sum(weights)}分，不是{_FULL_MARKS}分"
        yield error("M024", message, tree.place((_WEIGHTS[-1],)), "核对这两项")
    grades = data.get("grades", [])
    for index, step in enumerate(grades):
        place = tree.place(("grades", index))
        if index and Decimal(step["at_least"]) >= Decimal(grades[index - 1]["at_least"]):
            yield error("M024", f"“{step['name']}”的最低分不低于上一等级的", place, "从高到低写")
        if step["grade"] in [other["grade"] for other in grades[:index]]:
            yield error("M024", f"等级{step['grade']}写了两次", place, "删去一个")
    if grades and Decimal(grades[-1]["at_least"]) != 0:
        place = tree.place(("grades", len(grades) - 1, "at_least"))
        yield error("M024", "最后一个等级的最低分不是0，更低的得分没有等级", place, "写0")
    for grade in Grade:
        if grades and grade not in [step["grade"] for step in grades]:
            yield error("M017", f"grades没有写{grade}", tree.key_place(("grades",)), f"加上一行grade: {grade}")
