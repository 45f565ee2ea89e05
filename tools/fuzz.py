"""Spoil the files of the example department at random and see that the check never crashes.

Bytes are cut out, tokens of YAML and of our own language put in, up to three at a time; every
target of the workspace is then composed, from loading to text. What was found does not matter;
an exception does, and is printed with the files that caused it.

    python tools/fuzz.py [inputs] [seed]
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import traceback
from pathlib import Path

from discgen.load.workspace import Workspace
from discgen.pipeline import compose

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "_example-all"
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


def spoil(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a piece cut out somewhere and a token put in its place."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(TOKENS) + data[at + chance.choice(CUTS) :]


def main(count: int, seed: int) -> int:
    """Try `count` inputs; the number of those that crashed."""
    chance = random.Random(seed)
    crashes = 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "departments" / EXAMPLE, root / "departments" / EXAMPLE)
        workspace = Workspace(root)
        targets = workspace.targets()
        files = {path: path.read_bytes() for path in sorted(root.rglob("*.yaml"))}
        for _ in range(count):
            chosen = chance.choices(sorted(files), k=chance.choice((1, 1, 1, 2, 3)))
            for path in chosen:
                path.write_bytes(spoil(path.read_bytes(), chance))
            try:
                for target in targets:
                    compose(workspace, target)
            except Exception:  # noqa: BLE001 - any exception is what we look for
                crashes += 1
                traceback.print_exc(limit=-3)
                for path in chosen:
                    print(path.relative_to(root), path.read_bytes())
            for path in chosen:
                path.write_bytes(files[path])
    print(f"{count} inputs, {crashes} crashes")
    return crashes


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in (sys.argv[1:] + ["1000", "1"][len(sys.argv) - 1 :]))) > 0)
