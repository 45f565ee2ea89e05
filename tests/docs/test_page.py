from pathlib import Path

import pytest

from tests.docs.page import Command, Step, commands, edited, matches, steps

_PAGE = """\
# 一页

<!-- empty -->

```console
$ discgen check
没有发现问题
$ ls
```

```diff budget.yaml
-year: 2023
+year: 2024
```

```yaml
name: 给人看的
```
"""


def test_steps_are_the_blocks_that_can_be_played(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(_PAGE, "utf-8")
    assert [(step.kind, step.line, step.path) for step in steps(page)] == [
        ("empty", 3, ""),
        ("console", 5, ""),
        ("diff", 11, "budget.yaml"),
    ]


def test_commands_keep_their_output_and_line() -> None:
    step = Step("console", 5, "", "$ discgen check\n没有发现问题\n\n$ ls\n")
    assert list(commands(step)) == [Command(6, "discgen check", "没有发现问题\n\n"), Command(9, "ls", "")]


def test_an_edit_keeps_the_lines_around_it() -> None:
    assert edited("a: 1\nb: 2\nc: 3\n", " a: 1\n-b: 2\n+b: 4\n") == "a: 1\nb: 4\nc: 3\n"


@pytest.mark.parametrize("text", ["b: 2\n", "a: 1\na: 1\n"])
def test_an_edit_that_does_not_fit_once_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="found"):
        edited(text, "-a: 1\n+a: 2\n")


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("一\n二\n", "一\n二\n", True),
        ("一\n二\n", "一\n三\n", False),
        ("一\n…\n四\n", "一\n二\n三\n四\n", True),
        ("一\n…\n四\n", "一\n四\n", True),
        ("一\n…\n四\n", "一\n二\n", False),
        ("共…个错误\n", "共12个错误\n", True),
        ("共…个错误\n", "共12个警告\n", False),
        ("a.b\n", "axb\n", False),
    ],
)
def test_an_ellipsis_stands_for_what_is_left_out(shown: str, printed: str, *, same: bool) -> None:
    assert matches(shown, printed) is same
