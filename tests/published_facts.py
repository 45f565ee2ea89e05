"""What was published, as `tests/published/` holds it, and by what two facts are the same.

`tools/published_facts.py` wrote the facts, and `tools/published_pdf.py` those of Shanghai; their lines are those of their PDFs as `pdftotext -layout` gives them; `errata.tsv` names those that our document contradicts on purpose.
Figures compare as numbers, texts without spaces and without regard to full and half width, and what was cut
at the page edge by its beginning.
"""

import csv
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from discgen.load.target import Target
from tests.readback import ROOT
from tools.published.evaluations import EXECUTION, FUNDS
from tools.published.text import plain

CUT = "..."
"""The end of what was cut, once it is plain."""

Key = tuple[object, ...]
"""What makes two facts the same."""


class Fact(NamedTuple):
    """A published fact: its line, its kind, how it was printed, where it must be found again, and as what.

    `known` says that it is an erratum.
    """

    line: int
    kind: str
    shown: str
    place: str
    key: Key
    known: bool = False


class Erratum(NamedTuple):
    """A published fact our document contradicts. Of kind `text`, words that must not be printed anywhere."""

    kind: str
    line: int
    published: str
    derived: str
    reason: str


def figure(text: str) -> Decimal | str:
    """A number; of one that was cut, its beginning."""
    said = plain(text).replace(",", "")
    return said if said.endswith(CUT) else Decimal(said)


def row_key(names: Iterable[str], figures: Iterable[tuple[int, str]]) -> Key:
    """Names in order, and figures with the column each stands in; a place left blank says what 0 says."""
    read = ((column, figure(text)) for column, text in figures)
    return tuple(plain(name) for name in names), tuple((column, said) for column, said in read if said != 0)


def cell_key(side: str, label: str, text: str) -> Key:
    """A cell with the side of the sheet it stands on and the name it stands beside."""
    label = plain(label).removeprefix("其中:").rstrip(":")
    text = plain(text).removesuffix("%") if side == "执行率" else plain(text)
    label = FUNDS if side in EXECUTION and label.endswith(FUNDS) else label
    return side, label, Decimal(text.replace(",", "")) if re.fullmatch(r"[\d,]+", text) else text


def amount_key(number: str, unit: str, context: str) -> Key:
    """A number with its unit and the words right before it, be a 科目 called so or not."""
    words = re.sub(r"[^\w]", "", plain(context)).removesuffix("科目")
    said = re.search(r"\D*$", words)
    return figure(number), unit, said[0][-4:] if said else ""


# --- the files ---


def facts_folder(target: Target) -> Path:
    return ROOT / "tests" / "published" / f"{target.department}-{target.year}"


def records(target: Target, name: str) -> list[dict[str, str]]:
    """The lines of a file; a document without such facts has no file of them."""
    path = facts_folder(target) / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def errata(target: Target) -> list[Erratum]:
    return [
        Erratum(record["kind"], int(record["line"]), record["published"], record["derived"], record["reason"])
        for record in records(target, "errata.tsv")
    ]


def with_errata(target: Target, facts: Iterable[Fact]) -> list[Fact]:
    known = {(erratum.kind, erratum.line, erratum.published) for erratum in errata(target)}
    return [fact._replace(known=(fact.kind, fact.line, fact.shown) in known) for fact in facts]


def published_rows(target: Target) -> list[Fact]:
    return with_errata(target, map(_row, records(target, "rows.tsv")))


def _row(record: dict[str, str]) -> Fact:
    figures = [said.split(":") for said in record["amounts"].split()]
    names = [name for name in record["names"].split("|") if name]
    key = row_key(names, [(int(column), text) for column, text in figures])
    return Fact(int(record["line"]), "row", f"{record['names']} {record['amounts']}".strip(), record["table"], key)


def published_cells(target: Target) -> list[Fact]:
    """The cells of the sheets; a sheet that was published under another name is looked for under ours."""
    ours = {erratum.published: erratum.derived for erratum in errata(target) if erratum.kind == "name"}
    facts = (
        Fact(
            int(record["line"]),
            record["kind"],
            record["text"],
            plain(ours.get(record["project"], record["project"])),
            cell_key(record["side"], record["label"], record["text"]),
        )
        for record in records(target, "cells.tsv")
    )
    return with_errata(target, facts)


def published_amounts(target: Target) -> list[Fact]:
    facts = (
        Fact(
            int(record["line"]),
            "amount",
            record["context"] + record["number"] + record["unit"],
            record["section"],
            amount_key(record["number"], record["unit"], record["context"]),
        )
        for record in records(target, "amounts.tsv")
    )
    return with_errata(target, facts)


def published_prose(target: Target) -> list[Fact]:
    """What the prose states; a sheet that was published under another name is looked for under ours."""
    ours = {erratum.published: erratum.derived for erratum in errata(target) if erratum.kind == "name"}
    facts = (
        Fact(
            int(record["line"]),
            "prose",
            record["fact"],
            plain(ours.get(record["place"], record["place"])),
            (plain(record["fact"]),),
        )
        for record in records(target, "prose.tsv")
    )
    return with_errata(target, facts)
