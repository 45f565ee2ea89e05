"""A judgement for a person at a terminal: first what to paste, then what is refused, then what is the form's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discgen.characters import visible_line
from discgen.compare.draft.judged import Comment, Judgement, Number, Other, Proposal
from discgen.compare.texts import marked
from discgen.diagnostics import show_path

NOTHING = "稿里没有改动（空格、引号的样式、全角半角的数字不算）"


def as_text(judgement: Judgement) -> str:
    """A paragraph for each kind of edit."""
    return "\n".join(map(visible_line, _lines(judgement)))


def _lines(judgement: Judgement) -> Iterator[str]:
    yield judgement.title
    for note in judgement.notes:
        yield f"  注意：{note}"
    if judgement.is_empty:
        yield f"  {NOTHING}"
    parts: tuple[tuple[str, Sequence[Proposal | Number | Other | Comment]], ...] = (
        ("文字，可以照改", judgement.proposals),
        ("数字，不能在Word里改：改它的来历，重新导出", judgement.numbers),
        ("表式和数据写出的文字，不照改", judgement.derived),
        ("挪了地方", judgement.moved),
        ("删去的", judgement.removed),
        ("增加的", judgement.added),
        ("批注", judgement.comments),
    )
    for title, found in parts:
        if found:
            yield f"  {title}（{len(found)}处）"
            for one in found:
                yield from _one(one)


def _one(found: Proposal | Number | Other | Comment) -> Iterator[str]:
    if isinstance(found, Comment):
        yield f"    {found.where} {found.author}：{_quoted(found.text)}"
        yield from _at(found)
        return
    by = f"（{'、'.join(found.authors)}修订）" if found.authors else ""
    yield f"    {found.where}{by}"
    if isinstance(found, Proposal):
        yield from _proposal(found)
    elif isinstance(found, Number):
        yield f"      {found.title}：{found.before or '空'} → {found.after or '空'}"
        yield from (f"        {fact}" for fact in found.facts or ("没有一行数据：要有数，加上它的那一行",))
    else:
        yield from _other(found)


def _proposal(found: Proposal) -> Iterator[str]:
    yield f"      {found.place} {show_path(found.place.path)}"
    old, new = marked(found.before, found.after)
    yield f"        原：{_with_marks(old)}"
    yield f"        改：{_with_marks(new)}" if found.after else "        改：（删空了：不要的，删去这一项）"
    for other in found.others:
        yield f"        另一处改成：{_quoted(other)}（定哪一种）"
    if found.printed > 1:
        yield f"        这一项在文件里印{found.printed}处，会一起变"
    if found.lines:
        yield "        粘贴："
        yield from (f"          {line}" for line in found.lines)


def _other(found: Other) -> Iterator[str]:
    if found.before and found.after:
        yield f"      {_quoted(found.before)} → {_quoted(found.after)}"
    else:
        yield f"      {_quoted(found.before + found.after)}"
    yield f"        {found.reason}"
    yield from _at(found)


def _at(found: Other | Comment) -> Iterator[str]:
    if found.place:
        yield f"        {found.place} {show_path(found.place.path)}"


def _with_marks(runs: tuple[tuple[str, bool], ...]) -> str:
    return _quoted("".join(f"【{text}】" if differs else text for text, differs in runs))


def _quoted(text: str) -> str:
    return text.replace("\n", "⏎").replace("\t", " ")
