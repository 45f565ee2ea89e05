"""A rule in full: what it checks, why, how to mend it, and an example of either kind. As text, or as a page in Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from discgen.errors import Refusal
from discgen.explain.example import read_examples
from discgen.reference.vocabulary import name_of
from discgen.rules.catalogue import FAMILIES, Rule, load_rules

_MADE = "<!-- 由tools/rule_pages.py从schema/rules/生成，不要手改 -->"
_ABOUT = (
    "每个编号一页：检查什么、为什么、怎么改，附例子。命令行里用`discgen explain 编号`看同样的内容。"
    "例子是虚构部门（`schema/rules/base/`）的文件，只写出有关的部分；`templates/forms/example/`下的是一个表式。"
)
_EXAMPLES = ("会被指出的例子", "改好以后")
"""The titles of the two examples of a code, as `read_examples` gives them."""
_FIXABLE = {True: "拿得准的能改：discgen check --fix", False: "不能"}


def explain_rule(code: str) -> str:
    """The page of a code as text, or the codes of a family by its letter. Raises Refusal."""
    if code.strip().upper() in FAMILIES:
        return _family(code.strip().upper())
    page = _find(code)
    lines = [f"{page.code} {page.title}", f"{page.family}·{_severities(page)}"]
    for head, text in _sections(page).items():
        lines += ["", head, f"    {text}"]
    for title, example in zip(_EXAMPLES, read_examples(page.code), strict=False):
        lines += ["", f"{title}：{example.about}"]
        for name, text in example.shown.items():
            lines += [f"    {name}", *(f"        {line}".rstrip() for line in text.splitlines())]
    return "\n".join(lines)


def _family(letter: str) -> str:
    """The codes of a family, a line each."""
    rules = [page for page in load_rules().values() if page.code[0] == letter]
    return "\n".join([f"{letter} {FAMILIES[letter]}", *(f"    {page.code} {page.title}" for page in rules)])


def rule_pages() -> dict[str, str]:
    """The Markdown files that `make docs` writes: a page for each code, and the table of all of them."""
    pages = load_rules()
    return {"README.md": _contents(pages)} | {f"{code}.md": _markdown(page) for code, page in pages.items()}


def _find(code: str) -> Rule:
    pages = load_rules()
    wanted = code.strip().upper()
    if wanted in pages:
        return pages[wanted]
    near = get_close_matches(wanted, list(pages), n=3, cutoff=0.5)
    if near:
        hint = "相近的有：" + "、".join(f"{other} {pages[other].title}" for other in near)
    else:
        hint = "编号是一个字母加三位数字：" + "、".join(f"{letter} {name}" for letter, name in FAMILIES.items())
    raise Refusal(f"没有编号“{code}”。{hint}")


def _severities(page: Rule) -> str:
    return "、".join(name_of("severity", severity) for severity in page.severities)


def _sections(page: Rule) -> dict[str, str]:
    sections = {"检查什么": page.checks, "为什么": page.reason, "怎么改": page.mend, "自动改": _FIXABLE[page.fixable]}
    return sections | ({"没有例子": page.without_example} if page.without_example else {})


def _markdown(page: Rule) -> str:
    parts = [_MADE, f"# {page.code} {page.title}", f"{page.family}·{_severities(page)}"]
    for head, text in _sections(page).items():
        parts += [f"## {head}", text]
    for title, example in zip(_EXAMPLES, read_examples(page.code), strict=False):
        parts += [f"## {title}", f"{example.about}。".replace("。。", "。")]
        for name, text in example.shown.items():
            parts += [f"`{name}`", f"{_fence(text)}yaml\n{text}\n{_fence(text)}"]
    return "\n\n".join(parts) + "\n"


def _fence(text: str) -> str:
    """Longer than any run of backquotes in the text."""
    fence = "```"
    while fence in text:
        fence += "`"
    return fence


def _contents(pages: Mapping[str, Rule]) -> str:
    parts = [
        _MADE,
        "# 检查的规则",
        _ABOUT,
    ]
    for letter, name in FAMILIES.items():
        family = [page for code, page in pages.items() if code[0] == letter]
        if family:
            rows = [f"| [{rule.code}]({rule.code}.md) | {_cell(rule.title)} | {_severities(rule)} |" for rule in family]
            parts += [f"## {letter} {name}", "\n".join(["| 编号 | 名称 | 轻重 |", "|---|---|---|", *rows])]
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
