"""A rule in full: what it checks, why, how to mend it, and an example of either kind. As text, or as a page of `docs/rules/`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from discgen.resources import data_folder
from discgen.rules.catalogue import FAMILIES, RulePage, load_pages
from discgen.vocabulary import name_of

_MADE = "<!-- 由tools/rule_pages.py从schema/rules/生成，不要手改 -->"
_ABOUT = (
    "每个编号一页：检查什么、为什么、怎么改，附例子。命令行里用`discgen explain 编号`看同样的内容。"
    "例子是虚构部门（`schema/rules/base/`）的文件，只写出有关的部分；`templates/forms/example/`下的是一个表式。"
)
_SECTIONS = ("change:", "files:", "form:")
_FILE = re.compile(r"  ([^ ].*): \|")
_MARGIN = 4
_OMITTED = re.compile(r"^([a-z_]+): *(?=\Z|\n(?![ -]))", re.MULTILINE)
"""A key at the margin with nothing below it: the example leaves it out."""
_FIXABLE = {True: "拿得准的能改：discgen check --fix", False: "不能"}


class UnknownRuleError(LookupError):
    """A code that there is not; `str()` says so in Chinese and names the nearest."""


@dataclass(frozen=True, slots=True)
class _Example:
    """An example as a clerk would see it: what is the matter, and the parts of files that show it, by their names."""

    title: str
    about: str
    files: Mapping[str, str]


def explain_rule(code: str) -> str:
    """The page of a code as text. Raises UnknownRuleError."""
    page = _find(code)
    lines = [f"{page.code} {page.title}", f"{page.family}·{_severities(page)}"]
    for head, text in _sections(page).items():
        lines += ["", head, f"    {text}"]
    for example in _examples(page):
        lines += ["", f"{example.title}：{example.about}"]
        for name, text in example.files.items():
            lines += [f"    {name}", *(f"        {line}".rstrip() for line in text.splitlines())]
    return "\n".join(lines)


def rule_pages() -> dict[str, str]:
    """The files of `docs/rules/`: a page for each code, and the table of all of them."""
    pages = load_pages()
    return {"README.md": _contents(pages)} | {f"{code}.md": _markdown(page) for code, page in pages.items()}


def _find(code: str) -> RulePage:
    pages = load_pages()
    wanted = code.strip().upper()
    if wanted in pages:
        return pages[wanted]
    near = get_close_matches(wanted, list(pages), n=3, cutoff=0.5)
    if near:
        told = "相近的有：" + "、".join(f"{one} {pages[one].title}" for one in near)
    else:
        told = "编号是一个字母加三位数字：" + "、".join(f"{letter} {name}" for letter, name in FAMILIES.items())
    raise UnknownRuleError(f"没有编号“{code}”。{told}")


def _severities(page: RulePage) -> str:
    return "、".join(name_of("severity", severity) for severity in page.severities)


def _sections(page: RulePage) -> dict[str, str]:
    told = {"检查什么": page.checks, "为什么": page.reason, "怎么改": page.mend, "自动改": _FIXABLE[page.fixable]}
    return told | ({"没有例子": page.without_example} if page.without_example else {})


def _examples(page: RulePage) -> Iterator[_Example]:
    folder = data_folder("schema") / "rules" / page.code
    for name, title in (("bad", "会被指出的例子"), ("good", "改好以后")):
        file = folder / f"{name}.yaml"
        if file.is_file():
            yield _example(title, file.read_text(encoding="utf-8"))


def _example(title: str, text: str) -> _Example:
    """From the file of an example: a remark, and below `change`, `files` and `form` a block of text for each file.

    It is read by line, for the blocks hold what no reader of YAML lets pass.
    """
    remarks: list[str] = []
    files: dict[str, list[str]] = {}
    for line in text.splitlines():
        named = _FILE.fullmatch(line)
        if named:
            files[named[1]] = []
        elif line.startswith("#"):
            remarks.append(line.removeprefix("#").strip())
        elif files and not line.startswith(_SECTIONS):
            files[list(files)[-1]].append(line[_MARGIN:])
    shown = {name: _OMITTED.sub(r"# 不写\1", "\n".join(lines).rstrip("\n")) for name, lines in files.items()}
    return _Example(title, "".join(remarks), shown)


def _markdown(page: RulePage) -> str:
    parts = [_MADE, f"# {page.code} {page.title}", f"{page.family}·{_severities(page)}"]
    for head, text in _sections(page).items():
        parts += [f"## {head}", text]
    for example in _examples(page):
        parts += [f"## {example.title}", f"{example.about}。".replace("。。", "。")]
        for name, text in example.files.items():
            parts += [f"`{name}`", f"{_fence(text)}yaml\n{text}\n{_fence(text)}"]
    return "\n\n".join(parts) + "\n"


def _fence(text: str) -> str:
    """Longer than any run of backquotes in the text."""
    fence = "```"
    while fence in text:
        fence += "`"
    return fence


def _contents(pages: Mapping[str, RulePage]) -> str:
    parts = [
        _MADE,
        "# 检查的规则",
        _ABOUT,
    ]
    for letter, name in FAMILIES.items():
        family = [page for code, page in pages.items() if code[0] == letter]
        if family:
            rows = [f"| [{one.code}]({one.code}.md) | {_cell(one.title)} | {_severities(one)} |" for one in family]
            parts += [f"## {letter} {name}", "\n".join(["| 编号 | 名称 | 轻重 |", "|---|---|---|", *rows])]
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
