"""Spoil workbooks and CSV files at random and see that `discgen import` neither crashes on them nor takes all there is.

A ledger is written as a workbook (shared and inline texts, formats, merged cells, days) and as CSV; then attributes,
texts, pieces of XML, fields of the package and bytes are changed, up to three at a time, or a piece is repeated up to
100,000 times. Each is imported by a process of its own that may use so much CPU and memory. What was found does not
matter; an exit code of our own errors, a signal or a limit does, and the file is kept in the folder that is named.

    python tools/fuzz_books.py [inputs] [seed]
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import resource
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from discgen.cli import main as run_command

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE, FORM = "_example-all", "shanxi-budget-2025"
CPU_SECONDS, BYTES = 20, 1_500_000_000
GOOD_ENDS = {0, 1, 2}
"""Done, findings, refused: what a command ends with that knows what it is doing."""
HEADS = (
    "单位名称",
    "功能分类科目编码",
    "部门经济分类",
    "政府经济分类",
    "支出类别",
    "项目名称",
    "资金性质",
    "金额（元）",
)
ROWS: tuple[tuple[object, ...], ...] = (
    ("示例市示例局机关", "2010301", "30101", "50101", "人员类", "", "一般公共预算", 960000),
    ("示例市示例局机关", 2010301, "30102 津贴补贴", "50101", "人员类", "", "一般公共预算", 540000.25),
    ("示例市示例局机关", "2010399", "30227", "50205", "特定目标类", "大厅运行\n维护", "一般公共预算", "800,000.00"),
)
HUGE = "9" * 20
ATTRIBUTES = (
    *("", "0", "-1", "1", "7", HUGE, "1e9", "nan", "A0", "A1", "XFD1048576", "XFE1", f"A{HUGE}", "A1:XFD1048576"),
    *("B2:A1", "A1:A1", "１", "\ue000", "s", "b", "d", "e", "str", "inlineStr", "x", "hidden", "true", "../../etc"),
    *("0!.0,&quot;万元&quot;", "0.00%", "yyyy", "[h]:mm", ";;;", "[&gt;1]0", "&quot;", "[", "0" * 300, "General"),
)
TEXTS = (
    *("", "_x000D_", "_x005F_", "_xD800_", "_x0007_", "1e999", "-0", "12340.000000000115", "0.005", "1,23", "#REF!"),
    *("=SUM(A1)", "null", "{{ a }}", "{a}", "\u202e", "\u200b", "⼤", "\ue000", "合计", "小计", "注：", "单位：万元"),
    *("2025年", "金额（万元）", "x" * 40_000, HUGE * 3, "&#0;", "&a;", "<t/>", "]]>", "9" * 400),
)
PIECES = (
    "<row>",
    "</row>",
    "<c/>",
    "</c>",
    "<v>1</v>",
    "<!DOCTYPE a>",
    "<!--",
    "<f>A1</f>",
    '<mergeCell ref="A1:XFD1048576"/>',
)
REPEATED = (1_000, 10_000, 100_000)
LONGEST = 8_000_000
_ATTRIBUTE = re.compile(r'(?<=\s)([\w:]+)="[^"]*"')
_TEXT = re.compile(r"(?<=>)[^<>]+(?=<)")
_ELEMENT = re.compile(r"<(\w+)[^<>]*/>|<(\w+)[^<>]*>[^<>]*</\2>")


def workbook() -> bytes:
    """The ledger as a spreadsheet program writes it."""
    made = Workbook()
    sheet = made.worksheets[0]
    for row in (("2025年支出明细表",), HEADS, *ROWS, ("合计", *[""] * 6, 2300000.25), ("制表日期", date(2025, 1, 1))):
        sheet.append(list(row))
    sheet.merge_cells("A1:H1")
    sheet["H3"].number_format = '0!.0,"万元"'
    sheet["H4"].number_format = "#,##0.00"
    sheet.column_dimensions["C"].hidden = True
    made.create_sheet("说明").append(["说明"])
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def ledger() -> bytes:
    """The same as CSV."""
    quoted = (['"' + str(cell).replace('"', '""') + '"' for cell in row] for row in (HEADS, *ROWS))
    return "\r\n".join(",".join(row) for row in quoted).encode()


def _swap(pattern: re.Pattern[str], text: str, chance: random.Random, new: Callable[[re.Match[str]], str]) -> str:
    """The text with one of what the pattern finds, drawn by lot, made new."""
    found = list(pattern.finditer(text))
    one = chance.choice(found) if found else None
    return text[: one.start()] + new(one) + text[one.end() :] if one else text


def _spoil_xml(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    ways: tuple[Callable[[], str], ...] = (
        lambda: _swap(_ATTRIBUTE, text, chance, lambda one: f'{one[1]}="{chance.choice(ATTRIBUTES)}"'),
        lambda: _swap(_ATTRIBUTE, text, chance, lambda _: ""),
        lambda: _swap(_TEXT, text, chance, lambda _: chance.choice(TEXTS)),
        lambda: _swap(
            _ELEMENT, text, chance, lambda one: one[0] * min(chance.choice(REPEATED), LONGEST // len(one[0]))
        ),
        lambda: _swap(_ELEMENT, text, chance, lambda _: ""),
        lambda: text[:at] + chance.choice(PIECES) + text[at:],
        lambda: text[:at],
        lambda: text[:at] + text[at + chance.choice((1, 5, 50)) :],
    )
    return chance.choices(ways, weights=(8, 2, 6, 2, 2, 2, 1, 2))[0]()


def spoil_workbook(data: bytes, chance: random.Random) -> bytes:
    """The workbook with up to three things wrong in its parts, or in the package itself."""
    if chance.random() < 0.15:  # noqa: PLR2004 - now and then
        return spoil_bytes(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name).decode() for name in old.namelist()}
    likely = [name for name in parts for _ in range(6 if "sheet1" in name else 2 if "xl/" in name else 1)]
    for _ in range(chance.choice((1, 1, 2, 3))):
        name = chance.choice(likely)
        parts[name] = _spoil_xml(parts[name], chance)
    if chance.random() < 0.05:  # noqa: PLR2004 - seldom
        del parts[chance.choice(list(parts))]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, text in parts.items():
            new.writestr(name, text.encode("utf-8", "surrogatepass"))
    return made.getvalue()


def spoil_bytes(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some of them changed or cut out."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 20))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    at = chance.randrange(len(changed))
    return bytes(changed if chance.random() < 0.7 else changed[:at])  # noqa: PLR2004 - mostly


def spoil_csv(data: bytes, chance: random.Random) -> bytes:
    """The CSV with texts put in, cut out or repeated, perhaps in another encoding."""
    text = data.decode()
    for _ in range(chance.choice((1, 1, 2, 3))):
        at = chance.randrange(len(text) + 1)
        token = chance.choice((*TEXTS, *ATTRIBUTES, ",", '"', "\r", "\n", "\t", ";", "\0", "\ufeff", '="1"', "'1"))
        times = chance.choice((1, 1, 1, 1, *REPEATED)) if len(token) < 50 else 1  # noqa: PLR2004 - short ones only
        text = text[:at] + token * times + text[at + chance.choice((0, 0, 1, 9)) :]
    encoding = chance.choice(("utf-8", "utf-8", "gb18030", "utf-16", "utf-16-le"))
    return text.encode(encoding, "replace")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a process ended (an exit code, or below zero a signal), and what it used."""

    end: int
    seconds: float
    megabytes: int


def imported(workspace: Path, file: Path) -> Outcome:
    """What becomes of an import that a process of its own tries."""
    child = os.fork()
    if child == 0:
        _import_and_exit(workspace, file)
    _, status, used = os.wait4(child, 0)
    return Outcome(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def _import_and_exit(workspace: Path, file: Path) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    sys.argv = ["discgen", "import", "-C", str(workspace), "--dry-run", "--form", FORM, "demo/2025", str(file)]
    end = 0
    try:
        run_command()
    except SystemExit as ended:
        end = ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # noqa: BLE001 - told by the exit code
        end = 3
    os._exit(end)


KINDS: Mapping[str, tuple[Callable[[], bytes], Callable[[bytes, random.Random], bytes]]] = {
    "xlsx": (workbook, spoil_workbook),
    "csv": (ledger, spoil_csv),
}


def main(count: int, seed: int) -> int:
    """Try `count` inputs; the number of those on which an import failed."""
    chance = random.Random(seed)
    kept = Path(tempfile.mkdtemp(prefix="fuzz-books-"))
    good = {kind: make() for kind, (make, _) in KINDS.items()}
    failed: list[str] = []
    ends: dict[int, int] = {}
    worst = Outcome(0, 0.0, 0)
    with tempfile.TemporaryDirectory() as folder:
        department = Path(folder) / "departments" / "demo"
        department.mkdir(parents=True)
        shutil.copy(ROOT / "departments" / EXAMPLE / "department.yaml", department)
        for number in range(count):
            kind = "csv" if number % 4 == 0 else "xlsx"
            file = Path(folder) / f"支出.{kind}"
            file.write_bytes(KINDS[kind][1](good[kind], chance))
            outcome = imported(Path(folder), file)
            ends[outcome.end] = ends.get(outcome.end, 0) + 1
            worst = Outcome(0, max(worst.seconds, outcome.seconds), max(worst.megabytes, outcome.megabytes))
            if outcome.end not in GOOD_ENDS:
                failed.append(f"{number}.{kind}")
                shutil.copy(file, kept / failed[-1])
                print(
                    f"{kept / failed[-1]}: ended with {outcome.end} after {outcome.seconds:.1f} s, {outcome.megabytes} MB"
                )
    told = ", ".join(f"{times} with {end}" for end, times in sorted(ends.items()))
    print(f"import: {count} inputs ({told}), {len(failed)} failed; worst {worst.seconds:.1f} s, {worst.megabytes} MB")
    return len(failed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=200)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    arguments = _arguments()
    sys.exit(bool(main(arguments.count, arguments.seed)))
