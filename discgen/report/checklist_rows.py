"""The rows of the finance bureau's 公开情况检查表, and which findings belong to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """A row: the codes that always belong to it, and the parts of files by their keys (none: all; empty: the file itself).

    Files are those of the department's folder, `{year}` being the year's, `{facts}` and
    `{narrative}` the files of the kind of disclosure. `accounts_name` is the row's name in 部门决算,
    where it is another.
    """

    name: str
    accounts_name: str = ""
    codes: tuple[str, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def holds_part(self, file: str, path: str, *, spoilt: bool) -> bool:
        """Whether the place is in one of its parts. What spoils a file as a whole spoils each of its parts."""
        return any(
            fnmatchcase(file, pattern)
            and (not keys or (spoilt and not path) or any(_is_below(path, key) for key in keys))
            for pattern, keys in self.parts.items()
        )


def _is_below(path: str, key: str) -> bool:
    return path == key or (bool(key) and path.startswith((f"{key}.", f"{key}[")))


SPOILING = ("L", "S")
"""The families of codes that are about a file and not about what it says."""
BEFORE_TABLES = (
    ChecklistRow("及时性", codes=("Y011",), parts={"{year}/{facts}": ("approved_on", "published_on")}),
    ChecklistRow(
        "封面",
        parts={
            "department.yaml": ("code", "name", "short_name", "former_names", "region"),
            "{year}/{facts}": ("form", "year"),
        },
    ),
    ChecklistRow("目录", codes=("M007", "M008")),
    ChecklistRow("主要职能", parts={"{year}/{narrative}": ("overview.introduction", "overview.duties")}),
    ChecklistRow(
        "机构设置",
        codes=("M002", "M005"),
        parts={
            "department.yaml": ("units",),
            "{year}/{narrative}": ("overview.organisation", "notes.organisation"),
        },
    ),
    ChecklistRow("名词解释"),
    ChecklistRow(
        "编制说明",
        accounts_name="情况说明",
        codes=("M006", "M010", "M011", "P006", "P007", "P008", "P009", "P010"),
        parts={
            "{year}/{facts}": ("", "prior", "approved", "merged_from"),
            "{year}/{narrative}": ("", "reasons", "reasons_by_code", "purposes"),
        },
    ),
)
AFTER_TABLES = (
    ChecklistRow(
        "其他说明",
        codes=("A003",),
        parts={
            "{year}/{facts}": ("procurement", "assets", "performance", "counts", "reception"),
            "{year}/{narrative}": ("notes", "annexes"),
        },
    ),
    ChecklistRow(
        "项目情况",
        accounts_name="绩效自评",
        parts={"{year}/projects/*": (), "{year}/goal_sheets/*": (), "{year}/evaluations/*": ()},
    ),
)
TABLES = ChecklistRow(
    "报表",
    parts={
        "{year}/{facts}": (
            "unit",
            "income",
            "expenditure",
            "basic",
            "three_public",
            "agency_operation",
            "opening_balance",
            "closing_balance",
            "surplus_used",
            "surplus_distributed",
        ),
    },
)
"""What fills the tables: one row a table where the form is known, one for all of them where it is not."""
OTHERS = "其他"
"""Findings of no row, for example those of a waiver or of last year's files."""
