"""Which cells the extraction cut at the page edge: what they begin stands whole in another place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from tools.published.sheets import SIDES
from tools.published.tables import CUT
from tools.published.text import Cell, numbered, plain

FOLDERS = ("projects", "goal_sheets", "evaluations")
NAMED = {"indicator", "unit", "actual"}
"""The kinds of cells that may be cut; of numbers nobody could tell."""


def our_texts(year: Path) -> dict[str, set[str]]:
    """The units and the names of the indicators in the files of a department-year, by project, plain."""
    result: dict[str, set[str]] = {}
    seen: Counter[str] = Counter()
    for folder in FOLDERS:
        for path in sorted((year / folder).glob("*.yaml")):
            facts = yaml.safe_load(path.read_text(encoding="utf-8"))
            if "indicators" in (sheet := facts.get("goal_sheet", facts)):
                texts = {*_indicators(sheet), *_units(facts)}
                result[plain(numbered(facts["name"], seen))] = {plain(text) for text in texts}
    return result


def _indicators(sheet: Mapping[str, Any]) -> Iterator[str]:
    for group in sheet["indicators"].values():
        for item in group:
            yield item["name"]
            yield str(item.get("actual", ""))


def _units(facts: Mapping[str, Any]) -> Iterator[str]:
    """The units of a sheet that names its own."""
    if department := facts.get("department"):
        yield f"{department['code']}-{department['name']}"
        yield facts["unit"]


def with_cuts(cells: Sequence[Cell], ours: Mapping[str, set[str]], past: set[str]) -> Iterator[Cell]:
    """The cells, with the texts that were cut marked, also where a target names them."""
    by_name = sorted(ours.items())  # of two that begin alike, the shorter comes first
    columns = defaultdict(set)
    for cell in cells:
        if cell.kind == "indicator":
            columns[cell.project, cell.side].add(plain(cell.text))
    for cell in cells:
        own = next((texts for name, texts in by_name if name.startswith(plain(cell.project))), set())
        whole = own | past | columns[cell.project, SIDES[cell.side == SIDES[0]]]
        text = _with_cut(cell.text, own, whole) if cell.kind in NAMED else cell.text
        label = _with_cut(cell.label, own, whole) if cell.kind not in {"unit", "funds"} else cell.label
        yield cell._replace(text=text, label=label)


def _with_cut(text: str, own: set[str], whole: set[str]) -> str:
    said = plain(text)
    is_cut = said and said not in own and not said.replace(".", "").isdigit()
    return text + CUT if is_cut and any(other != said and other.startswith(said) for other in whole) else text
