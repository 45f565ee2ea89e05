"""Projects beside each other: a name stands for one of them, and one of them has one name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from discgen.diagnostics import Diagnostic, Place, warning
from discgen.form.printed import printed_keys
from discgen.model.line import Nature, Source, total
from discgen.money import in_yuan
from discgen.rules.case import Case

_NEAR = 2
"""How many signs one name may have more than another that is meant by it."""
_SHORTEST = 4
"""Names of fewer signs are near each other by chance: 水费, 水电费."""
_SAYS_NOTHING = re.compile("(?:费|用|经|的|等|款|资金|支出|补助|专项|项目|工程|业务|工作)+")
"""Words that may come or go in a name without making it another project's."""


def names_are_distinct(case: Case) -> Iterator[Diagnostic]:
    """G009: no two projects of a unit bear the same name, or names that differ by a word too many (表12)."""
    for one, other in combinations(case.disclosure.projects, 2):
        if one.unit == other.unit and _is_near(one.name, other.name):
            alike = "同名" if one.name == other.name else f"与“{one.name}”只差一两个字"
            said = f"项目“{other.name}”{alike}（另一个在{one.place.file.rpartition('/')[2]}）"
            yield warning("G009", said, other.place, "是同一个项目的合并，不是的把名称写得分得清")


def project_money_has_projects(case: Case) -> Iterator[Diagnostic]:
    """R036: where the form speaks of projects or of their performance, 项目支出 is not without any project file.

    Where it publishes all of them, each 科目 without its projects is told by R003.
    """
    lines = [line for line in case.ledger.lines(Source.EXPENDITURE) if line.nature is Nature.PROJECT and line.amount]
    speaks = not _SPEAKING.isdisjoint(printed_keys(case.form.name))
    if lines and speaks and case.form.projects == "selected" and not case.disclosure.projects:
        said = f"项目支出{in_yuan(total(lines))}，projects/下却一个项目也没有"
        hint = "要公开说明的项目，一个项目一个文件，写上statement；一个也不说明的，在waivers.yaml里写明"
        yield warning("R036", said, lines[0].place, hint)


_SPEAKING = {"statement", "goal_sheet", "performance.projects"}
"""What a form prints of projects."""


def sheets_are_told_apart(case: Case) -> Iterator[Diagnostic]:
    """G019: no two goal sheets of a unit and a period bear the same name, nor a separate one the name of its unit's project."""
    seen = {
        (project.name, case.disclosure.department.unit(project.unit).name): project.place
        for project in case.disclosure.projects
    }
    sheets: dict[tuple[str, str, int], Place] = {}
    for sheet in case.disclosure.separate_sheets:
        key = (sheet.name, sheet.unit, sheet.goal_sheet.period_years)
        other = seen.get((sheet.name, sheet.unit)) or sheets.get(key)
        if other:
            said = f"绩效目标表“{sheet.name}”与{other.file.rpartition('/')[2]}同名、同单位"
            yield warning("G019", said, sheet.place, "是同一个项目的留一张，不是的把名称写得分得清")
        sheets.setdefault(key, sheet.place)


def reports_are_told_apart(case: Case) -> Iterator[Diagnostic]:
    """G027: no two reports are about one project of one unit (自评报告)."""
    seen: dict[tuple[str, str], Place] = {}
    for evaluation in case.disclosure.evaluations:
        first = seen.setdefault((evaluation.name, evaluation.unit), evaluation.place)
        if first is not evaluation.place:
            said = f"自评报告“{evaluation.name}”与{first.file.rpartition('/')[2]}同名、同单位"
            yield warning("G027", said, evaluation.place, "是同一个项目的留一份，不是的把名称写得分得清")


def _is_near(one: str, other: str) -> bool:
    """Whether names are the same, or one is the other with a sign or two put in that say nothing."""
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    if len(short) < _SHORTEST or not 0 < len(long) - len(short) <= _NEAR:
        return False
    more = _added(short, long)
    return more is not None and _SAYS_NOTHING.fullmatch(more) is not None


def _added(short: str, long: str) -> str | None:
    """What `long` has in between more than `short`; None where it is another name."""
    added, left = "", short
    for sign in long:
        if left and sign == left[0]:
            left = left[1:]
        else:
            added += sign
    return None if left else added
