"""A Word file that came back against the document as it is now, paragraph by paragraph and cell by cell.

What an author wrote is proposed as an edit of its field, a number is refused with the facts it comes from, and the rest is
the form's: its sentences change where the form does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field

from discgen.compare.draft.edits import Stretch, aligned, parted, plain, stretches
from discgen.compare.draft.fields import Field, Fields
from discgen.compare.draft.judged import Comment, Judgement, Number, Other, Proposal
from discgen.compare.texts import without_number
from discgen.diagnostics import Place, has_errors, show_path
from discgen.document import Document
from discgen.errors import Refusal
from discgen.explain.places import Shown, identity, shown_places
from discgen.ledger.facts import Fact
from discgen.load.target import Target
from discgen.load.workspace import Workspace, select_one
from discgen.model.line import Line
from discgen.money import ZERO, in_yuan
from discgen.narrative.blocks import Span
from discgen.pipeline import compose
from discgen.tables.table import Cell
from discgen.view.evaluations import EvaluationView
from discgen.view.goal_sheets import GoalSheetView
from discgen.view.page import view_document
from discgen.view.pieces import AnnexView
from discgen.view.sheets import Figure
from discgen.view.table import RowView, TableView
from discgen.word.content import Pages, RowBlock, TableBlock, TextBlock, content_of
from discgen.word.marks import Source
from discgen.word.origin import Origin
from discgen.word.read import ReadFile, ReadTable, ReadText, read_word_file

_DRAFT = "草稿："
"""How the page of findings begins that a draft has before its cover."""
_LEADER = re.compile(r"[\s.…·]*[0-9]*$")
"""What stands behind an entry of the contents that is no longer in their field."""
_MOST_FACTS = 8
"""How many lines are named for a number."""
_AROUND = 6
"""Characters that are quoted on either side of what was put in or left out."""
_QUOTED = 30
"""Characters of a text that is quoted to say where something stands."""
_FORM = "是表式“{form}”的文字，由程序按数据写出，不在这里改；要改的是表式"
_ROW = "科目、编码和名称由数据写出，不在这里改；这一行的数写在下面这里"
_MOVED = "次序由表式和数据定，不跟着变"
_PARTED = "只是分段变了；部门写的文字，一行就是一段，别的由表式定"
_ADDED = "没有对应的地方；要加的，写进这一段前面那一项，或notes里表式有的键"
_REMOVED = "由表式和数据写出，不能只在这里删"
_REMOVED_FIELD = "要删的，删去下面这一项"
_CELLS = "这张表里没有对应的行或格；行由数据来，加一行数据就有"


def judge_draft(workspace: Workspace, path: Path, name: str = "") -> Judgement:
    """What to do with each edit of a file. Raises Refusal where it is none that can be read, or of no document there is."""
    file = read_word_file(path)
    target = _target(workspace, file.origin, name)
    result = compose(workspace, target)
    if result.document is None:
        raise Refusal(f"{target} 的数据还有错误，编不出文件来比：先运行 discgen check {target}")
    notes = [f"现在的数据有错误（discgen check {target}），照编得出的比"] if has_errors(result.findings) else []
    return _Judge(workspace, result.document).judge(file, notes)


def _target(workspace: Workspace, origin: Origin, name: str) -> Target:
    """The document of this name; without one that which the file says it is."""
    asked = name or origin.target
    if not asked:
        raise Refusal("这份Word文件没有说是哪个部门的（不是discgen导出的，或另存时丢了）：在后面写上部门/年度")
    return select_one(workspace, asked)


class _Place(Struct, frozen=True):
    """A text as it went out, with where it stands, and the amount it shows where it is a cell that is one."""

    block: TextBlock
    where: str
    amount: Cell | None = None


class _Found(Struct):
    """What is found, in the order of the document."""

    fields: dict[Place, list[tuple[Field, str, _Place, tuple[str, ...]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    numbers: list[Number] = field(default_factory=list)
    derived: list[Other] = field(default_factory=list)
    moved: list[Other] = field(default_factory=list)
    removed: list[Other] = field(default_factory=list)
    added: list[Other] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)


class _Judge:
    """Holds a file against one document."""

    def __init__(self, workspace: Workspace, document: Document) -> None:
        self._document = document
        self._fields = Fields(workspace, document)
        self._found = _Found()
        self._all_pages = list(content_of(view_document(document), with_sources=True))
        self._pages = [page for page in self._all_pages if page.kind != "contents"]
        contents = (block for page in self._all_pages if page.kind == "contents" for block in page.blocks)
        self._in_contents = {plain(block.text) for block in contents if isinstance(block, TextBlock)}

    @cached_property
    def _shown(self) -> Mapping[object, Shown]:
        return {identity(shown.printed): shown for shown in shown_places(self._document)}

    def judge(self, file: ReadFile, notes: Sequence[str]) -> Judgement:
        """All of it."""
        self._texts(list(_texts(self._pages)), _without_findings(file.texts, self._pages))
        self._tables(list(_tables(self._pages)), file.tables)
        found = self._found
        return Judgement(
            str(self._document.disclosure.target),
            (*notes, *self._origin_notes(file.origin)),
            tuple(self._proposals()),
            tuple(found.numbers),
            tuple(found.derived),
            tuple(found.moved),
            tuple(found.removed),
            tuple(found.added),
            tuple(found.comments),
        )

    def _origin_notes(self, origin: Origin) -> Iterator[str]:
        now = Origin.of(self._document.disclosure.target, self._all_pages)
        if origin.target and origin.target != now.target:
            yield f"这份Word稿是从{origin.target}导出的，比的却是{now.target}"
        elif origin.digest and origin.digest != now.digest:
            yield "导出以后数据或表式改过：下面有的不是改稿的人改的，是稿里还是原来的"
        elif not origin.digest:
            yield "这份Word文件没有说是从哪份数据导出的，照现在的数据比"

    def _texts(self, before: list[_Place], now: Sequence[ReadText]) -> None:
        before, now = self._whole_paragraphs(before, now)
        found = aligned([place.block.text for place in before], [text.text for text in now])
        for left, right in found.pairs:
            if (left, right) in found.moved:
                moved = Other(before[left].where, _short(before[left].block.text), "", _MOVED, None, now[right].authors)
                self._found.moved.append(moved)
            self._pair(before[left], now[right])
        for left in found.removed:
            self._removed(before[left])
        places = {right: left for left, right in found.pairs}
        for right in found.added:
            if plain(_LEADER.sub("", now[right].text)) in self._in_contents:
                continue
            above = max((at for at in places if at < right), default=None)
            self._added(now[right], before[places[above]] if above is not None else None)

    def _whole_paragraphs(
        self, before: list[_Place], now: Sequence[ReadText]
    ) -> tuple[list[_Place], Sequence[ReadText]]:
        """The texts without those of which only the paragraphs are others: parted, or put together."""
        written, read = [place.block.text for place in before], [text.text for text in now]
        parts = list(parted(written, read))
        wholes = list(parted(read, written))
        for at, start, end in parts:
            known = self._fields.first(before[at].block)
            place = known.place if known else None
            self._found.derived.append(
                Other(before[at].where, _short(written[at]), f"分成{end - start}段", _PARTED, place, now[start].authors)
            )
        for at, start, end in wholes:
            self._found.derived.append(
                Other(before[start].where, _short(read[at]), f"{end - start}段并成一段", _PARTED, None, now[at].authors)
            )
        gone = {at for at, _, _ in parts} | {at for _, start, end in wholes for at in range(start, end)}
        come = {at for at, _, _ in wholes} | {at for _, start, end in parts for at in range(start, end)}
        return (
            [place for at, place in enumerate(before) if at not in gone],
            [text for at, text in enumerate(now) if at not in come],
        )

    def _tables(self, before: list[tuple[str, TableBlock]], now: Sequence[ReadTable]) -> None:
        found = aligned(
            [" ".join(cell.text.text for row in table.rows for cell in row.cells) for _, table in before],
            [" ".join(cell.text for row in table.rows for cell in row) for table in now],
        )
        for left, right in found.pairs:
            title, table = before[left]
            if (left, right) in found.moved:
                self._found.moved.append(Other(f"“{title}”", f"“{title}”整张表", "", _MOVED))
            self._table(title, table, now[right])
        for left in found.removed:
            title, _ = before[left]
            self._found.removed.append(Other(f"“{title}”", f"“{title}”整张表", "", _REMOVED))
        for right in found.added:
            text = " ".join(cell.text for row in now[right].rows for cell in row)
            self._found.added.append(Other("表", "", f"一张表：{_short(text)}", _ADDED))

    def _table(self, title: str, table: TableBlock, read: ReadTable) -> None:
        rows = [list(_cells(title, row)) for row in table.rows]
        before, now = [_row_text(row) for row in rows], [" ".join(cell.text for cell in row) for row in read.rows]
        found = aligned(before, now)
        for left, right in found.pairs:
            self._row(rows[left], read.rows[right])
        for left in found.removed:
            self._found.removed.append(Other(f"“{title}”", _short(before[left]), "", _CELLS))
        for right in found.added:
            self._found.added.append(Other(f"“{title}”", "", _short(now[right]), _CELLS))

    def _row(self, before: Sequence[_Place], now: Sequence[ReadText]) -> None:
        if len(before) == len(now):
            for place, text in zip(before, now, strict=True):
                self._pair(place, text)
            return
        found = aligned([place.block.text for place in before], [text.text for text in now])
        for left, right in found.pairs:
            self._pair(before[left], now[right])
        for left in found.removed:
            self._removed(before[left])
        for right in found.added:
            self._found.added.append(Other(before[0].where, "", _short(now[right].text), _CELLS))

    def _pair(self, place: _Place, read: ReadText) -> None:
        """A text and what came back of it."""
        text, now = place.block.text, read.text
        for remark in read.remarks:
            commented = self._fields.first(place.block)
            at = commented.place if commented else None
            self._found.comments.append(Comment(place.where, remark.author, remark.text, at))
        if plain(without_number(text)) == plain(without_number(now)):
            return
        edits: dict[Field, list[Stretch]] = defaultdict(list)
        for stretch in stretches(text, now):
            figures = list(_figures(place, stretch))
            if figures and not _takes_away(figures, stretch):
                self._number(place, stretch, figures[0], read)
                continue
            known = self._fields.of(place.block, stretch)
            if known:
                edits[known].append(stretch)
            else:
                self._derived(place, stretch, read)
        for known, of_field in edits.items():
            self._found.fields[known.place].append((known, known.edited(text, of_field), place, read.authors))

    def _number(self, place: _Place, stretch: Stretch, source: Cell | Figure | Span, read: ReadText) -> None:
        before, after = (place.block.text, read.text) if place.amount else _whole(place.block, stretch, is_number=True)
        shown = self._shown.get(identity(source))
        if shown:
            title, facts = shown.title, tuple(_facts(shown.lines, shown.operands))
        elif isinstance(source, Cell) and source.answer:
            title, facts = place.where, tuple(_facts(source.answer.lines, ()))
        else:
            title, facts = place.where, ()
        self._found.numbers.append(Number(place.where, title, before, after, facts, read.authors))

    def _derived(self, place: _Place, stretch: Stretch, read: ReadText) -> None:
        before, after = _whole(place.block, stretch)
        edited = place.block.text[stretch.start : stretch.end].strip()
        source = place.block.source
        reason, at = _FORM.format(form=self._document.form.title), None
        if isinstance(source, RowView):
            answers = [cell.amount.answer for cell in source.cells if cell.amount and cell.amount.answer]
            at = next((line.place for answer in answers for line in answer.lines), None)
            reason = _ROW if at else reason
        elif edited.isdecimal() and len(written := self._fields.places_of(edited)) == 1:
            at, reason = written[0], "这个数多半写在下面这里，在那里改"
        self._found.derived.append(Other(place.where, before, after, reason, at, read.authors))

    def _removed(self, place: _Place) -> None:
        known = self._fields.first(place.block)
        is_all = known and known.end - known.start >= len(plain(without_number(place.block.text))) - 1
        reason = _REMOVED_FIELD if is_all else _REMOVED
        at = known.place if known else None
        self._found.removed.append(Other(place.where, _short(place.block.text), "", reason, at))

    def _added(self, text: ReadText, above: _Place | None) -> None:
        known = self._fields.first(above.block) if above else None
        where = above.where if above else "开头"
        at = known.place if known else None
        self._found.added.append(Other(where, "", text.text, _ADDED, at, text.authors))
        self._found.comments += (Comment(where, remark.author, remark.text, at) for remark in text.remarks)

    def _proposals(self) -> Iterator[Proposal]:
        """The edits of each field together: it may have several lines, and be printed in several places."""
        for at, found in self._found.fields.items():
            changes: dict[str, str] = {}
            others: dict[str, None] = {}
            for known, after, _, _ in found:
                if changes.setdefault(known.written, after) != after:
                    others[after] = None
            known, _, place, _ = found[0]
            authors = dict.fromkeys(author for *_, of_edit in found for author in of_edit)
            yield Proposal(
                place.where,
                at,
                "\n".join(changes),
                "\n".join(changes.values()),
                self._fields.proposal(at, changes),
                tuple(authors),
                self._times_printed(known),
                tuple(others),
            )

    def _times_printed(self, known: Field) -> int:
        cells = (cell.text for _, table in _tables(self._pages) for row in table.rows for cell in row.cells)
        blocks = (*(place.block for place in _texts(self._pages)), *cells)
        return max(1, sum(known.place in _places_in(block) for block in blocks))


def _row_text(row: Sequence[_Place]) -> str:
    return " ".join(place.block.text for place in row)


def _places_in(block: TextBlock) -> Iterator[Source | None]:
    yield block.source
    yield from (run.source.place for run in block.runs if isinstance(run.source, Span))


def _figures(place: _Place, stretch: Stretch) -> Iterator[Cell | Figure | Span]:
    """The amounts that an edit touches."""
    if place.amount:
        yield place.amount
        return
    at = 0
    for run in place.block.runs:
        end = at + len(run.text)
        source = run.source
        is_touched = stretch.start < end and at < max(stretch.end, stretch.start + (stretch.start > at))
        if is_touched and (isinstance(source, Cell | Figure) or (isinstance(source, Span) and source.fact)):
            yield source
        at = end


def _takes_away(figures: Sequence[Cell | Figure | Span], stretch: Stretch) -> bool:
    """Whether an edit leaves out words with the amounts in them, and puts no number in their place."""
    length = sum(len(figure.text) for figure in figures)
    return stretch.end - stretch.start > length and not any(sign.isdigit() for sign in stretch.now)


def _facts(lines: Sequence[Line], operands: Sequence[Fact]) -> Iterator[str]:
    """What a number comes from: lines of files, of a difference or a share those of both sides."""
    if operands:
        for fact in operands:
            yield f"{fact.title} {in_yuan(fact.value or ZERO)}"
            yield from (f"  {line}" for line in _facts(fact.lines, ()))
        return
    for line in lines[:_MOST_FACTS]:
        yield f"{line.place}  {in_yuan(line.amount)}  {show_path(line.place.path)}"
    if len(lines) > _MOST_FACTS:
        yield f"……共{len(lines)}行"


def _whole(block: TextBlock, stretch: Stretch, *, is_number: bool = False) -> tuple[str, str]:
    """What differs, before and after, with a little of what stands around it where it would say little alone."""
    before, after = block.text[stretch.start : stretch.end], stretch.now
    if (is_number and before and after) or min(len(before), len(after)) >= _AROUND:
        return before, after
    head = block.text[max(0, stretch.start - _AROUND) : stretch.start]
    tail = block.text[stretch.end : stretch.end + _AROUND]
    return f"{head}{before}{tail}", f"{head}{after}{tail}"


def _texts(pages: Sequence[Pages]) -> Iterator[_Place]:
    """The paragraphs that are in no table, each with the heading that it stands below."""
    where = "封面"
    for page in pages:
        for block in page.blocks:
            if isinstance(block, TextBlock):
                where = f"“{block.text}”" if block.level else where
                yield _Place(block, where)


def _tables(pages: Sequence[Pages]) -> Iterator[tuple[str, TableBlock]]:
    """The tables, each with what it is called."""
    for page in pages:
        for block in page.blocks:
            if isinstance(block, TableBlock):
                yield _called(block.source), block


def _called(sheet: Source | None) -> str:
    if isinstance(sheet, GoalSheetView | EvaluationView):
        return sheet.name
    return sheet.title if isinstance(sheet, TableView | AnnexView) else ""


def _cells(title: str, row: RowBlock) -> Iterator[_Place]:
    """The cells of a row, each with the amount that it shows, if it is one's."""
    label = next((cell.text.text for cell in row.cells if cell.text.text), "")
    for at, cell in enumerate(row.cells):
        source = cell.text.source
        amount = source.cells[at].amount if isinstance(source, RowView) else None
        yield _Place(cell.text, f"“{title}”，{_short(label)}" if label else f"“{title}”", amount)


def _without_findings(texts: Sequence[ReadText], pages: Sequence[Pages]) -> Sequence[ReadText]:
    """The texts without the page that a draft has before its cover."""
    if not texts or not texts[0].text.startswith(_DRAFT):
        return texts
    cover = next((plain(place.block.text) for place in _texts(pages)), "")
    begin = next((at for at, text in enumerate(texts) if plain(text.text) == cover), 0)
    return texts[begin:]


def _short(text: str) -> str:
    """A text as it is quoted in one line."""
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}……"
