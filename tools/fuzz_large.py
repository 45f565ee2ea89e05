"""Make the files of the example department large and see that every command still answers soon.

One token is repeated 1,000 to 100,000 times, as the text of a value, as what stands raw in a file, as the items of a list,
as keys, or within an expression; or a project is copied as often. Files stay within what is read at all. The command runs in
a process of its own, whose CPU time and memory are looked at: to take long, to take much, or to crash is a failure, and is
printed with what caused it.

    python tools/fuzz.py --large [inputs] [seed] [--command check|fix|fmt|json|diff]
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from discgen.yamltext.text import MAX_BYTES

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE, JOINED = "_example-all", "_example-joined"
MOST_SECONDS, MOST_BYTES = 10, 500_000_000
"""What a command may take for one spoilt file, of CPU time and of memory."""
_STOPPED_AFTER = 40
"""Seconds of CPU time after which a process is ended."""
_TROUBLE = 3
"""The exit code of a bug."""
_SHOWN_EVERY = 20
"""Inputs after which the summary so far is shown."""
COUNTS = (1_000, 3_000, 10_000, 30_000, 100_000)
TEXTS = (
    *(
        "2024年",
        "第一第一",
        "<a>",
        "100万元",
        "某",
        "&nbsp;",
        "中",
        "x",
        "1",
        ".",
        "1,",
        "1月",
        "中 ",
        " ",
        "按照",
        "項目",
    ),
    *(
        "2023年12月竣工，",
        "本年",
        "{",
        "}",
        "{{",
        "{{ income.total | 万元 }}",
        "{{ x }}",
        "｛",
        "（",
        "“",
        "《",
        "、",
        "，，",
    ),
    *(
        "吕梁市",
        "示例市",
        "主要原因是",
        "增长5%",
        "共3个项目，",
        f"电话1{'3' * 10}",
        "a@b.",
        "0351-",
        "\\n",
        "\n",
        "一、\n",
        "(1)",
    ),
    *(
        "\x07",
        "\u202e",
        "\u200b",
        "⼯",
        "р",
        "０",
        "𝟎",
        "\u0301",
        "\U000e0041",
        "'",
        '"',
        "# ",
        "：",
        "的的",
        "比上年增长",
        "≥10%",
    ),
    *("项目" * 20, "办公费", "a.", "https://x.cn/", "12345678901234567", "负责人：", "A\u0301", "ᠮ", "བོ", "ｘ", "⺠"),
)
"""What becomes of a text; each has cost much somewhere, or looks as if it might."""
RAW: tuple[str, ...] = (
    '- "\\x07"\n',
    '- "x" # 待确认\n',
    "- x # 待确认\n",
    "{",
    "[",
    "- ",
    "a: ",
    "? ",
    "\t\n",
    "&a ",
    "*a ",
    "|\n",
    "：",
    "，",
    '"',
    "'",
    "\n",
    " ",
)
RAW += (
    "x: y\n",
    "- x\n",
    "- {a: b}\n",
    "<<<<<<< a\n",
    "---\n",
    "﻿",
    "{a: ",
    "x：y\n",
    "- 名称: 管理。\n",
    "\x85",
    "#",
    "amount：1\n",
    "!a ",
)
KEYS = ("k{n}", "income{n}", "2010{n}", "数量指标{n}", "amount", "x" * 200 + "{n}")
INSIDE = ("a.", "income.", "x", "| 万元 ", "| prior ", "中", "(", "1+", "a.b.c ", "'", "change.income.total ", "{% ")


@dataclass(frozen=True)
class Input:
    """One file as it is spoilt: what was done to it, and its new bytes; several copies of it where `copies` is given."""

    told: str
    file: str
    data: bytes
    copies: int = 0


def spoil(files: Mapping[str, bytes], chance: random.Random) -> Input:
    """A file with one thing many times in it."""
    file, count = chance.choice(sorted(files)), chance.choice(COUNTS)
    way = chance.choice((_text, _text, _text, _texts, _raw, _items, _keys, _expression, _copies))
    return way(file, files[file].decode(), count, chance)


def _fitting(token: str, count: int, taken: int) -> str:
    """The token as often as asked, within the size of a file."""
    return token * min(count, max(1, (MAX_BYTES - taken - 100) // len(token.encode())))


def _values(text: str) -> list[int]:
    """The lines that end with a value of their own."""
    return [at for at, line in enumerate(text.splitlines()) if ": " in line and not line.lstrip().startswith("#")]


def _with_value(text: str, at: int, value: str) -> str:
    lines = text.splitlines(keepends=True)
    key, _, _ = lines[at].partition(": ")
    lines[at] = f"{key}: {value}\n"
    return "".join(lines)


def _text(file: str, text: str, count: int, chance: random.Random) -> Input:
    token = chance.choice(TEXTS)
    said = json.dumps(_fitting(token, count, len(text.encode())), ensure_ascii=False)
    data = _with_value(text, chance.choice(_values(text) or [0]), said).encode()
    return Input(f"text {token!r} x {count}", file, data[:MAX_BYTES])


def _texts(file: str, text: str, count: int, chance: random.Random) -> Input:
    """Many texts in a list, each as long as it may be, after a line `something:` (duties where there are some)."""
    token, length = chance.choice(TEXTS), chance.choice((100, 1_000, 5_000))
    heads = [at for at, line in enumerate(text.splitlines()) if line.rstrip().endswith(":")]
    duties = [at for at in heads if text.splitlines()[at].strip() == "duties:"]
    at = chance.choice(duties or heads or [0])
    lines = text.splitlines(keepends=True)
    indent = " " * (len(lines[at]) - len(lines[at].lstrip()) + 2)
    items, room = [], MAX_BYTES - len(text.encode())
    for number in range(min(count, chance.choice((300, count)))):
        item = f"{indent}- {json.dumps(f'{number}甲{token * length}'[:length], ensure_ascii=False)}\n"
        room -= len(item.encode())
        if room < 0:
            break
        items.append(item)
    lines.insert(at + 1, "".join(items))
    return Input(f"texts of {length} {token!r} x {count} after line {at + 1}", file, "".join(lines).encode())


def _raw(file: str, text: str, count: int, chance: random.Random) -> Input:
    token, at = chance.choice(RAW), chance.choice((0, len(text), chance.randrange(len(text) + 1)))
    more = _fitting(token, count, len(text.encode()))
    return Input(f"raw {token!r} x {count} at {at}", file, (text[:at] + more + text[at:]).encode())


def _items(file: str, text: str, count: int, chance: random.Random) -> Input:
    """An item of a list once and again."""
    lines = text.splitlines(keepends=True)
    items = [at for at, line in enumerate(lines) if line.lstrip().startswith("- ")]
    if not items:
        return _raw(file, text, count, chance)
    at = chance.choice(items)
    item = lines[at].rstrip("\n") + "\n"
    if chance.choice((True, False)):  # no two alike
        more = "".join(
            item.replace("- ", f"- {n}", 1) for n in range(min(count, MAX_BYTES // (len(item.encode()) + 8)))
        )
    else:
        more = _fitting(item, count, len(text.encode()))
    return Input(f"items {item!r} x {count}", file, "".join([*lines[:at], more, *lines[at:]]).encode()[:MAX_BYTES])


def _keys(file: str, text: str, count: int, chance: random.Random) -> Input:
    key = chance.choice(KEYS)
    lines = text.splitlines(keepends=True)
    at = chance.choice([*_values(text), len(lines)])
    indent = " " * (len(lines[at]) - len(lines[at].lstrip())) if at < len(lines) else ""
    room = MAX_BYTES - len(text.encode())
    more = [f"{indent}{key.format(n=n)}: x\n" for n in range(count)]
    while sum(map(len, more)) > room:
        more = more[: len(more) // 2]
    return Input(
        f"keys {key!r} x {len(more)} at line {at + 1}", file, "".join([*lines[:at], *more, *lines[at:]]).encode()
    )


def _expression(file: str, text: str, count: int, chance: random.Random) -> Input:
    token = chance.choice(INSIDE)
    said = json.dumps(f"{{{{ {_fitting(token, count, len(text.encode()))} | 万元 }}}}", ensure_ascii=False)
    data = _with_value(text, chance.choice(_values(text) or [0]), said).encode()
    return Input(f"expression {token!r} x {count}", file, data)


def _copies(file: str, text: str, count: int, chance: random.Random) -> Input:
    copies = min(count, chance.choice((900, 10_000)))
    return Input(f"copies x {copies}", file, text.encode(), copies)


def _write(folder: Path, one: Input, chance: random.Random) -> None:
    path = folder / one.file
    path.write_bytes(one.data)
    name = chance.choice(("{n}", "same", "{n}项目"))
    for n in range(one.copies):
        text = one.data.replace(b"name: ", b"name: " + name.format(n=n).encode(), 1)
        (path.parent / f"copy-{n:05}.yaml").write_bytes(text)


COMMANDS: Mapping[str, Callable[[Path, Path], list[str]]] = {
    "check": lambda _, after: ["check", "-C", str(after), EXAMPLE],
    "fix": lambda _, after: ["check", "-C", str(after), "--fix", EXAMPLE],
    "fmt": lambda _, after: ["fmt", "-C", str(after), EXAMPLE],
    "json": lambda _, after: ["check", "-C", str(after), "--format", "json", EXAMPLE],
    "diff": lambda before, after: ["diff", *(str(side / "departments" / EXAMPLE) for side in (before, after))],
}
"""What is asked, of the folder before and the folder after an input was put in."""


def run(arguments: list[str], output: Path) -> tuple[int, float, int]:
    """The exit code (negative, of a signal) of a command, the seconds of CPU time and the bytes of memory that it took."""
    with output.open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "discgen", *arguments],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=subprocess.STDOUT,
            preexec_fn=_limit,  # noqa: PLW1509 - no threads here
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_STOPPED_AFTER, _STOPPED_AFTER + 5))
    resource.setrlimit(resource.RLIMIT_AS, (4 * MOST_BYTES, 4 * MOST_BYTES))


@dataclass
class _Summary:
    """What a run has come to so far."""

    command: str
    tried: int = 0
    failed: int = 0
    slowest: tuple[float, str] = (0.0, "")
    largest: tuple[int, str] = (0, "")

    def add(self, told: str, seconds: float, size: int, *, has_failed: bool) -> None:
        self.tried += 1
        self.failed += has_failed
        self.slowest, self.largest = max(self.slowest, (seconds, told)), max(self.largest, (size, told))

    def show(self) -> None:
        print(f"{self.command}: {self.tried} inputs, {self.failed} failed")
        print(f"longest: {self.slowest[0]:.1f} s, {self.slowest[1]}")
        print(f"largest: {self.largest[0] // 10**6} MB, {self.largest[1]}", flush=True)


def main(count: int, seed: int, command: str, keep: Path | None) -> int:
    """Try `count` inputs, or as many as there is time for; the number of those that failed."""
    summary = _Summary(command)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _try_all(count, seed, summary, keep)
    except KeyboardInterrupt:
        print("stopped")
    summary.show()
    return summary.failed


def _try_all(count: int, seed: int, summary: _Summary, keep: Path | None) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        before, after, output = (Path(folder) / name for name in ("before", "after", "output"))
        for name in (EXAMPLE, JOINED):
            shutil.copytree(ROOT / "departments" / name, before / "departments" / name)
        found = sorted((before / "departments" / EXAMPLE).rglob("*.yaml"))
        files = {path.relative_to(before).as_posix(): path.read_bytes() for path in found}
        for number in range(count):
            shutil.rmtree(after, ignore_errors=True)
            shutil.copytree(before, after)
            one = spoil(files, chance)
            _write(after, one, chance)
            code, seconds, size = run(COMMANDS[summary.command](before, after), output)
            told = f"{one.file.removeprefix('departments/')}: {one.told}"
            has_failed = code < 0 or code == _TROUBLE or seconds > MOST_SECONDS or size > MOST_BYTES
            summary.add(told, seconds, size, has_failed=has_failed)
            if has_failed:
                print(f"{seed}/{number} exit {code}, {seconds:.1f} s, {size // 10**6} MB: {told}", flush=True)
                print(*output.read_text(errors="replace").splitlines()[-3:], sep="\n", flush=True)
                if keep:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{seed}-{number}.yaml").write_bytes(one.data)
            if summary.tried % _SHOWN_EVERY == 0:
                summary.show()
