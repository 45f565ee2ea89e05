"""A file of one year to that of the next, by its schema: what moves, what goes, what is to be confirmed.

Amounts and prose are kept and marked `# 待确认`. What explains or repeats the year before last
(`prior`, `prior_executed`, `merged_from`, reasons) goes: last year's own files are there now. So do the days of
approval and publication, which are yet to come.
"""

from __future__ import annotations

from discgen.authoring.origin import drop_origins
from discgen.diagnostics import DocumentPath
from discgen.rules.years import present_years
from discgen.yamltext.edit import EditedFile
from discgen.yamltext.nodes import UneditableError

_FACTS = ("budget", "accounts")
_NAMES = {"form", "year", "unit"}
"""What a file of facts begins with; what follows are facts."""
_DROPPED = {
    "budget": ("prior", "prior_executed", "merged_from", "approved_on", "published_on"),
    "accounts": ("prior", "merged_from", "approved_on", "published_on"),
    "narrative": ("reasons", "reasons_by_code", "budget_reasons", "budget_reasons_by_code"),
}
_MARKED = {
    "project": ("amounts", "goal_sheet", "statement"),
    "goal_sheet_file": ("goal_sheet",),
    "evaluation": ("goal", "plan", "funds", "indicators", "results", "experience", "problems", "improvements"),
}
"""The parts of a sheet that are about one year. Of the other files every part is."""
_KEPT = {"basis", "source", "as_of", "filled_on"}
"""Texts that cite what there was, and days, which move by themselves."""


def carry(edited: EditedFile, schema: str, year: int, form: str) -> str:
    """The text of next year's file from that of `year`; `form` is next year's. Raises UneditableError."""
    _refuse_unconfirmed(edited)
    drop_origins(edited)
    for key in _DROPPED.get(schema, ()):
        _drop(edited, (key,))
    if schema in _FACTS:
        _set(edited, ("form",), form)
        _set(edited, ("year",), str(year + 1))
        assets = edited.value("assets")
        rows = [("assets", at) for at in range(len(assets))] if isinstance(assets, list) else [("assets",)]
        for row in rows:
            _move_day(edited, (*row, "as_of"))
        marked = [key for key in edited.keys if key not in _NAMES]
    else:
        if not edited.drop(("goal_sheet", "filled_on")):
            _move_day(edited, ("goal_sheet", "filled_on"))
        marked = [key for key in edited.keys if key in _MARKED.get(schema, edited.keys)]
    _move_years(edited, year)
    for key in marked:
        edited.mark((key,))
    return edited.text


def carry_waivers(edited: EditedFile, year: int, lapsed: list[int]) -> str:
    """The same of waivers: the `lapsed` ones go, and what ends with `year` goes on for one more, to be confirmed.

    The text is empty where none is left.
    """
    _refuse_unconfirmed(edited)
    rows = edited.value("waivers")
    count = len(rows) if isinstance(rows, list) else 0
    if len(lapsed) == count:
        return ""
    for index in sorted(lapsed, reverse=True):
        _drop(edited, ("waivers", index))
    for index in range(count - len(lapsed)):
        until = ("waivers", index, "until")
        if int(str(edited.value(*until))) <= year:
            _set(edited, until, str(year + 1))
            edited.mark(until)
    return edited.text


def is_finished(edited: EditedFile) -> bool:
    """Whether a project's or a separate goal sheet is of a one-off project that ended with its year."""
    period = str(edited.value("goal_sheet", "period_years") or "")
    return edited.value("goal_sheet", "attribute") == "one_off" and period == "1"


def _refuse_unconfirmed(edited: EditedFile) -> None:
    """What nobody has looked at is not handed on a second time."""
    for mark in edited.tree.unconfirmed:
        raise UneditableError(f"{mark} 标着“待确认”，还没有核对")


def _drop(edited: EditedFile, path: DocumentPath) -> None:
    if edited.value(*path) is not None and not edited.drop(path):
        raise UneditableError(f"{edited.place(path)} “{path[-1]}”要去掉，请先分行写")


def _set(edited: EditedFile, path: DocumentPath, new: str) -> None:
    old = edited.value(*path)
    if old != new and not (old and edited.set(path, new)):
        raise UneditableError(f"{edited.place(path)} “{path[-1]}”改不成{new}")


def _move_day(edited: EditedFile, path: DocumentPath) -> None:
    day = edited.value(*path)
    if isinstance(day, str):
        _set(edited, path, same_day_next_year(day))


def _move_years(edited: EditedFile, year: int) -> None:
    """Text that cannot be rewritten stays: it is marked to be confirmed all the same."""
    for path in edited.scalars():
        if not _KEPT.intersection(path):
            edited.rewrite(path, lambda text: next_year(text, year))


_LEAP_DAY = "02-29"


def next_year(text: str, year: int) -> str:
    """The text with `year` become the year after, where it is spoken of as present or to come.

    Other years stay, and so do those inside 《》, of 文号, and in what is past.
    """
    for match in reversed(present_years(text)):
        if match[0] == str(year):
            text = text[: match.start()] + str(year + 1) + text[match.end() :]
    return text


def same_day_next_year(day: str) -> str:
    """The day a year later, as `2024-04-30`; 28 February for the leap day."""
    year, _, rest = day.partition("-")
    return f"{int(year) + 1}-{'02-28' if rest == _LEAP_DAY else rest}"
