"""Spoil the files of the example department at random and see that no command crashes on them.

Bytes are cut out, tokens of YAML and of our own language put in, codes given another digit, whole
files replaced by something that is no mapping, up to three at a time; then every target of the
workspace is checked, mended, exported or compared with what it was, or all its files are put in
order. What was found does not matter; an exception does, and is printed with the files that caused it.

    python tools/fuzz.py [inputs] [seed] [--command check|fix|fmt|export|diff]

With `--large` one thing is repeated thousands of times instead, and time and memory are looked at (`tools/fuzz_large.py`;
commands check, fix, fmt, json and diff).
"""

from __future__ import annotations

import argparse
import logging
import random
import re
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from discgen.check.fixing import check_and_fix
from discgen.compare.as_text import as_text
from discgen.compare.run import compare_pairs
from discgen.export import FORMATS
from discgen.export.save import export_target
from discgen.fmt.files import format_files
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from tools import fuzz_large

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE, JOINED = "_example-all", "_example-joined"
TOKENS = (
    b"\xff",
    b"\xef\xbb\xbf",
    b"",
    *(
        token.encode()
        for token in (
            *(
                "\t",
                "{",
                "}",
                "[",
                "]",
                ": ",
                "#",
                " #",
                "&a ",
                "*a",
                "!!int ",
                "- ",
                "\n",
                "\n\n",
                "|\n",
                "? ",
                '"',
                "'",
            ),
            *("0", "-1", "1.005", "999999999999999999", "1e9", "null", "~", "NO", "：", "，", "“", "\u3000", "\ue000"),
            *(
                "general",
                "2010301",
                "201",
                "30201",
                "agency",
                "{{ income.total | 万元 }}",
                "{% if %}",
                "}}",
                "accounts",
            ),
        )
    ),
)
CUTS = (0, 0, 1, 3, 12, 40)
ROOTS = (b"hello\n", b"- a\n", b"null\n", b"1\n", b"")
CODE = re.compile(rb"(?<![0-9.])[0-9]{3}(?:[0-9]{2}){0,2}(?![0-9.])")


def cut_and_put(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a piece cut out somewhere and a token put in its place."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(TOKENS) + data[at + chance.choice(CUTS) :]


def another_root(_: bytes, chance: random.Random) -> bytes:
    """A file that is read, and holds nothing that could be meant."""
    return chance.choice(ROOTS)


def another_digit(data: bytes, chance: random.Random) -> bytes:
    """The bytes with another digit in a code of a class, a group or an item (3, 5 or 7 digits); as they were without one."""
    codes = list(CODE.finditer(data))
    if not codes:
        return data
    code = chance.choice(codes)
    at = chance.randrange(code.start(), code.end())
    return data[:at] + b"%d" % chance.randrange(10) + data[at + 1 :]


SPOILERS = (*(cut_and_put,) * 6, *(another_digit,) * 3, another_root)


def spoil(data: bytes, chance: random.Random) -> bytes:
    """The bytes spoilt in one way, the frequent slips more often."""
    return chance.choice(SPOILERS)(data, chance)


def _check(workspace: Workspace, targets: list[Target], _: Workspace) -> None:
    for target in targets:
        compose(workspace, target)


def _fix(workspace: Workspace, targets: list[Target], _: Workspace) -> None:
    check_and_fix(workspace, targets)


def _fmt(workspace: Workspace, _: list[Target], __: Workspace) -> None:
    """Files once in order stay as they are."""
    list(format_files(workspace, (EXAMPLE,), write=True))
    again = [one.file for one in format_files(workspace, (EXAMPLE,), write=False) if one.changed]
    if again:
        raise AssertionError(f"not in order after fmt: {again}")


def _export(workspace: Workspace, targets: list[Target], _: Workspace) -> None:
    for target in targets:
        for name in FORMATS:
            export_target(workspace, target, name)


def _diff(workspace: Workspace, targets: list[Target], before: Workspace) -> None:
    done = list(compare_pairs([((before, target), (workspace, target)) for target in targets]))
    as_text(done)
    if bugs := [bug for one in done for bug in one.bugs]:
        raise AssertionError(bugs)


COMMANDS: Mapping[str, Callable[[Workspace, list[Target], Workspace], None]] = {
    "check": _check,
    "fix": _fix,
    "fmt": _fmt,
    "export": _export,
    "diff": _diff,
}


class _Raising(logging.Handler):
    """Lets out what a command keeps to one target: here it is what we look for."""

    def emit(self, record: logging.LogRecord) -> None:
        raise RuntimeError(record.getMessage())


def main(count: int, seed: int, command: str) -> int:
    """Try `count` inputs; the number of those that crashed."""
    chance = random.Random(seed)
    crashes = 0
    logging.getLogger("discgen").addHandler(_Raising())
    with tempfile.TemporaryDirectory() as folder:
        before, workspace = (Workspace(Path(folder) / name) for name in ("before", "after"))
        for one in (before, workspace):
            for name in (EXAMPLE, JOINED):
                shutil.copytree(ROOT / "departments" / name, one.departments / name)
        targets = workspace.targets()
        files = {path: path.read_bytes() for path in sorted(workspace.root.rglob("*.yaml"))}
        for _ in range(count):
            chosen = chance.choices(sorted(files), k=chance.choice((1, 1, 1, 2, 3)))
            for path in chosen:
                path.write_bytes(spoil(path.read_bytes(), chance))
            spoilt = {path: path.read_bytes() for path in chosen}
            try:
                COMMANDS[command](workspace, targets, before)
            except Exception:  # noqa: BLE001 - any exception is what we look for
                crashes += 1
                traceback.print_exc(limit=-3)
                for path, data in spoilt.items():
                    print(path.relative_to(workspace.root), data)
            for path, data in files.items():
                if path.read_bytes() != data:
                    path.write_bytes(data)
    print(f"{command}: {count} inputs, {crashes} crashes")
    return crashes


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", type=int, nargs="?", default=1000)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--command", choices=sorted({*COMMANDS, *fuzz_large.COMMANDS}), default="check")
    parser.add_argument("--large", action="store_true", help="large files, whose time and memory are looked at")
    parser.add_argument("--keep", type=Path, help="with --large, a folder for the files that failed")
    asked = parser.parse_args()
    known = fuzz_large.COMMANDS if asked.large else COMMANDS
    if asked.command not in known:
        parser.error(f"--command is one of {', '.join(known)}")
    return asked


if __name__ == "__main__":
    asked = _arguments()
    if asked.large:
        sys.exit(fuzz_large.main(asked.inputs, asked.seed, asked.command, asked.keep) > 0)
    sys.exit(main(asked.inputs, asked.seed, asked.command) > 0)
