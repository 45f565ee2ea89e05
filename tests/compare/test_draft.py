"""Word files as they come back from those who approve, made from what was exported by changing its XML."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from discgen.compare.draft.as_json import as_json
from discgen.compare.draft.as_text import as_text
from discgen.compare.draft.edits import Stretch, aligned, stretches
from discgen.compare.draft.judge import judge_draft
from discgen.compare.draft.judged import Judgement
from discgen.document import Document
from discgen.errors import Refusal
from discgen.export.word.file import as_docx
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.view.page import view_document
from tests.conftest import Demo
from tests.export.workspaces import document_of, one_of_each_form
from tests.readback import ROOT
from tests.test_cli import run
from tests.word_files import MAIN, WITH_WRITER, WordFile, converted, packed

BODY = "word/document.xml"


class Draft:
    """A document's file, to be changed as somebody with Word would."""

    def __init__(self, demo: Demo, data: bytes = b"") -> None:
        self.demo = demo
        self.parts = dict(WordFile(data or exported(demo.document())).parts)

    @property
    def xml(self) -> str:
        return self.parts[BODY].decode()

    def replace(self, old: str, new: str) -> Draft:
        """The first `old` of the body's XML becomes `new`."""
        assert old in self.xml, old
        self.parts[BODY] = self.xml.replace(old, new, 1).encode()
        return self

    def paragraph(self, text: str) -> str:
        """The XML of the paragraph in which this stands first."""
        begin = self.xml.rindex("<w:p>", 0, self.xml.index(text))
        return self.xml[begin : self.xml.index("</w:p>", begin) + len("</w:p>")]

    def judge(self, name: str = "") -> Judgement:
        path = self.demo.workspace.root / "稿.docx"
        path.write_bytes(packed(self.parts))
        return judge_draft(self.demo.workspace, path, name)


def exported(document: Document) -> bytes:
    (data,) = as_docx(document).values()
    return data


@pytest.fixture(scope="module")
def as_it_is(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of the department as it is, exported once."""
    return exported(Demo(tmp_path_factory.mktemp("demo")).document())


@pytest.fixture
def draft(workspace: Demo, as_it_is: bytes) -> Draft:
    return Draft(workspace, as_it_is)


def places(judgement: Judgement) -> list[str]:
    return [f"{one.place.file}:{one.place.line}".removeprefix("departments/demo/") for one in judgement.proposals]


def test_a_file_that_nobody_touched_has_no_edits(draft: Draft) -> None:
    judgement = draft.judge()
    assert judgement.is_empty
    assert judgement.notes == ()
    assert as_text(judgement).splitlines() == ["demo/2023", "  稿里没有改动（空格、引号的样式、全角半角的数字不算）"]


@pytest.mark.slow
@pytest.mark.parametrize("target", one_of_each_form(), ids=str)
def test_no_departments_own_file_has_edits(target: Target, tmp_path: Path) -> None:
    path = tmp_path / "稿.docx"
    path.write_bytes(exported(document_of(target)))
    assert judge_draft(Workspace(ROOT), path).is_empty


@WITH_WRITER
@pytest.mark.slow
def test_what_libreoffice_saves_again_is_no_edit(tmp_path: Path) -> None:
    data = exported(document_of(Target("_example-all", 2025, "accounts")))
    judgement = judge_draft(Workspace(ROOT), converted(data, "docx:MS Word 2007 XML", tmp_path))
    assert as_text(judgement).splitlines()[1:] == ["  稿里没有改动（空格、引号的样式、全角半角的数字不算）"]


def test_an_authors_words_are_proposed_at_their_line_with_lines_to_paste(draft: Draft) -> None:
    judgement = draft.replace("压缩用车", "减少公务出行").judge()
    assert places(judgement) == ["2023/narrative.yaml:9"]
    (proposal,) = judgement.proposals
    assert (proposal.before, proposal.after) == ("压缩用车", "减少公务出行")
    assert proposal.lines == ("  three_public: 减少公务出行",)
    assert (judgement.numbers, judgement.derived) == ((), ())


def test_what_is_pasted_makes_the_document_that_was_asked_for(draft: Draft) -> None:
    (proposal,) = draft.replace("压缩用车", "减少公务出行").judge().proposals
    draft.demo.edit("2023/narrative.yaml", "  three_public: 压缩用车", proposal.lines[0])
    assert draft.judge().is_empty


def test_words_with_signs_of_yaml_are_quoted(draft: Draft) -> None:
    (proposal,) = draft.replace("压缩用车", "压缩: #用车").judge().proposals
    assert proposal.lines == ('  three_public: "压缩: #用车"',)


def test_an_expression_stays_one(workspace: Demo) -> None:
    workspace.edit("2023/narrative.yaml", "income: 新增库房项目", "income: 新增拨款{{ change.income.total | 万元 }}等")
    judgement = Draft(workspace).replace("新增拨款", "本年新增财政拨款").judge()
    (proposal,) = judgement.proposals
    assert proposal.after == "本年新增财政拨款{{ change.income.total | 万元 }}等"
    assert judgement.numbers == ()


def test_a_number_in_an_authors_words_is_refused_and_the_words_are_proposed(workspace: Demo) -> None:
    workspace.edit("2023/narrative.yaml", "income: 新增库房项目", "income: 新增拨款{{ change.income.total | 万元 }}等")
    judgement = Draft(workspace).replace("新增拨款20.00万元等", "新增财政拨款25.00万元等").judge()
    assert [one.after for one in judgement.proposals] == ["新增财政拨款{{ change.income.total | 万元 }}等"]
    assert [(one.before, one.after) for one in judgement.numbers] == [("20.00", "25.00")]


def test_words_that_are_left_out_take_their_expression_along(workspace: Demo) -> None:
    workspace.edit(
        "2023/narrative.yaml", "income: 新增库房项目", "income: 新增库房，拨款多{{ change.income.total | 万元 }}"
    )
    judgement = Draft(workspace).replace("新增库房，拨款多20.00万元", "新增库房").judge()
    assert [one.after for one in judgement.proposals] == ["新增库房"]
    assert judgement.numbers == ()


def test_a_line_of_several_is_changed_alone(workspace: Demo) -> None:
    workspace.write(
        "2023/narrative.yaml", workspace_text(workspace) + "notes:\n  other: |\n    第一件事。\n    第二件事。\n"
    )
    (proposal,) = Draft(workspace).replace("第二件事", "另一件事").judge().proposals
    assert proposal.lines == ("    另一件事。",)


def workspace_text(demo: Demo) -> str:
    return (demo.folder / "2023/narrative.yaml").read_text("utf-8")


def test_an_amount_of_a_table_is_refused_with_the_facts_it_comes_from(draft: Draft) -> None:
    judgement = draft.replace("<w:t>88.00</w:t>", "<w:t>90.00</w:t>").judge()
    (number,) = judgement.numbers
    assert (number.before, number.after) == ("88.00", "90.00")
    assert number.title.startswith("2010301 ")
    assert number.facts[0].startswith("departments/demo/2023/budget.yaml:7:")
    assert "610,000元" in number.facts[0]
    assert judgement.proposals == ()


def test_an_amount_put_where_there_is_none_is_refused(draft: Draft) -> None:
    empty = re.compile(r'<w:p><w:pPr><w:pStyle w:val="\w+"/></w:pPr>(?=</w:p>)')
    found = empty.search(draft.xml, draft.xml.index("<w:t>88.00</w:t>"))
    assert found
    draft.parts[BODY] = f"{draft.xml[: found.end()]}<w:r><w:t>5.00</w:t></w:r>{draft.xml[found.end() :]}".encode()
    (number,) = draft.judge().numbers
    assert (number.before, number.after, number.facts) == ("", "5.00", ())
    assert "没有一行数据" in as_text(draft.judge())


def test_a_number_of_a_sentence_is_refused(draft: Draft) -> None:
    judgement = draft.replace("收入总计100.00万元", "收入总计120.00万元").judge()
    assert [(one.title, one.before, one.after) for one in judgement.numbers] == [("收入总计", "100.00", "120.00")]
    assert judgement.derived == ()


def test_a_sentence_of_the_form_is_told_as_such(draft: Draft) -> None:
    judgement = draft.replace("本部门预算包括", "本部门预算涵盖").judge()
    (other,) = judgement.derived
    assert "山西省部门预算公开表式（2023年）" in other.reason
    assert judgement.proposals == ()


def test_a_name_that_stands_in_a_sentence_is_found_in_its_file(draft: Draft) -> None:
    judgement = draft.replace("保管科", "保管处").judge()
    assert [(one.before, one.after) for one in judgement.proposals] == [("保管科", "保管处")]
    assert places(judgement) == ["2023/narrative.yaml:5"]


def test_the_target_of_an_indicator_is_a_field(draft: Draft) -> None:
    judgement = draft.replace("≥95%", "≥98%").judge()
    assert places(judgement) == ["2023/projects/1-store.yaml:26"]
    assert judgement.proposals[0].lines == ("      - {name: 利用者满意度, target: ≥98%}",)


def test_a_field_that_is_printed_twice_is_one_proposal_with_both_wishes(workspace: Demo) -> None:
    workspace.edit("2023/projects/2-scan.yaml", "name: 档案扫描", "name: 旧档案扫描加工")
    draft = Draft(workspace)
    first = draft.xml.index("旧档案扫描加工")
    head, tail = draft.xml[: first + 10], draft.xml[first + 10 :].replace("旧档案扫描加工", "档案加工", 1)
    draft.parts[BODY] = (head + tail).encode()
    (proposal,) = draft.replace("旧档案扫描加工", "档案数字化").judge().proposals
    assert (proposal.after, proposal.others) in {("档案数字化", ("档案加工",)), ("档案加工", ("档案数字化",))}
    assert proposal.lines[0] in {"name: 档案数字化", "name: 档案加工"}


def test_prose_of_a_goal_sheet_is_a_field(draft: Draft) -> None:
    judgement = draft.replace("这是必要性。", "这很必要。").judge()
    assert [one.after for one in judgement.proposals] == ["这很必要。"]


TRACKED = (
    '<w:r><w:t>主要原因是</w:t></w:r><w:del w:id="9" w:author="王局长"><w:r><w:delText>压缩用车</w:delText></w:r></w:del>'
    '<w:ins w:id="10" w:author="王局长"><w:r><w:t>减少出行</w:t></w:r></w:ins>'
)


def test_tracked_changes_are_taken_as_made_and_name_their_author(draft: Draft) -> None:
    paragraph = draft.paragraph("压缩用车")
    text = paragraph[paragraph.index("<w:r>") : paragraph.rindex("</w:r>") + len("</w:r>")]
    head, tail = text.split("主要原因是压缩用车")
    draft.replace(text, f"{head}</w:t></w:r>{TRACKED}<w:r><w:t>{tail}")
    (proposal,) = draft.judge().proposals
    assert (proposal.after, proposal.authors) == ("减少出行", ("王局长",))
    assert "（王局长修订）" in as_text(draft.judge())


def test_a_tracked_paragraph_that_is_gone_is_gone(draft: Draft) -> None:
    paragraph = draft.paragraph("收集和保管档案")
    gone = paragraph.replace("<w:r>", '<w:del w:id="9" w:author="王"><w:r>').replace("</w:r>", "</w:r></w:del>")
    gone = gone.replace("<w:t>", "<w:delText>").replace("</w:t>", "</w:delText>")
    (removed,) = draft.replace(paragraph, gone).judge().removed
    assert removed.place is not None
    assert removed.place.line == 3


def test_a_comment_is_told_with_the_field_it_stands_at(draft: Draft) -> None:
    paragraph = draft.paragraph("压缩用车")
    mark = '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    draft.replace(paragraph, paragraph.replace("</w:p>", mark))
    comment = '<w:comment w:id="0" w:author="李主任"><w:p><w:r><w:t>请核实</w:t></w:r></w:p></w:comment>'
    draft.parts["word/comments.xml"] = f"<w:comments {MAIN}>{comment}</w:comments>".encode()
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    rels = draft.parts["word/_rels/document.xml.rels"].decode()
    added = f'<Relationship Id="c1" Type="{related}" Target="comments.xml"/></Relationships>'
    draft.parts["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", added).encode()
    (found,) = draft.judge().comments
    assert (found.author, found.text) == ("李主任", "请核实")
    assert found.place is not None
    assert found.place.path == ("reasons", "three_public")


def test_a_paragraph_that_stands_elsewhere_has_moved(draft: Draft) -> None:
    paragraph = draft.paragraph("本部门预算包括")
    judgement = (
        draft.replace(paragraph, "")
        .replace(draft.paragraph("收集和保管档案"), paragraph + draft.paragraph("收集和保管档案"))
        .judge()
    )
    assert len(judgement.moved) == 1
    assert (judgement.removed, judgement.added, judgement.proposals) == ((), (), ())


def test_a_paragraph_that_is_new_is_told_with_what_stands_before_it(draft: Draft) -> None:
    paragraph = draft.paragraph("收集和保管档案")
    new = "<w:p><w:r><w:t>全新的一段，说的是别的事情，与前后都不相干。</w:t></w:r></w:p>"
    (added,) = draft.replace(paragraph, paragraph + new).judge().added
    assert added.after.startswith("全新的一段")
    assert added.place is not None
    assert added.place.path == ("overview", "duties", 0)


def test_a_paragraph_that_was_parted_says_the_same(draft: Draft) -> None:
    judgement = draft.replace("和下属单位预算。", "和下属单位预算。</w:t></w:r></w:p><w:p><w:r><w:t>").judge()
    assert [one.after for one in judgement.derived] == ["分成2段"]
    assert (judgement.removed, judgement.added, judgement.proposals) == ((), (), ())


def test_paragraphs_that_were_put_together_say_the_same(draft: Draft) -> None:
    above = draft.paragraph("收入总计100.00万元")
    after = draft.xml.index(above) + len(above)
    below = draft.xml[after : draft.xml.index("</w:p>", after) + len("</w:p>")]
    runs = below[below.index("<w:r>") : below.rindex("</w:r>") + len("</w:r>")]
    judgement = draft.replace(above + below, above.replace("</w:p>", f"{runs}</w:p>")).judge()
    assert [one.after for one in judgement.derived] == ["2段并成一段"]
    assert (judgement.removed, judgement.added, judgement.proposals) == ((), (), ())


def test_a_row_that_is_gone_and_one_that_is_new_are_told(draft: Draft) -> None:
    begin = draft.xml.rindex("<w:tr>", 0, draft.xml.index("<w:t>88.00</w:t>"))
    row = draft.xml[begin : draft.xml.index("</w:tr>", begin) + len("</w:tr>")]
    judgement = draft.replace(row, "").judge()
    assert [one.before.split()[0] for one in judgement.removed] == ["2010301"]
    assert judgement.numbers == ()


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("压缩用车", "压缩</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>用车"),
        ("压缩用车", "压缩 用　车"),
        ("压缩用车", "压\u00ad缩\u200b用车"),
        ("压缩用车", "压缩</w:t><w:softHyphen/><w:t>用车"),
        ("“三公”经费预算", '"三公"经费预算'),
        ("100.00万元", "１００.00万元"),
        (
            "压缩用车",
            '压缩<w:bookmarkStart w:id="99" w:name="x"/>用车'.replace("<w:b", "</w:t></w:r><w:b").replace(
                "/>", "/><w:r><w:t>"
            ),
        ),
        (
            "压缩用车",
            f"压缩用车</w:t></w:r>{FIELD}<w:r><w:t>",
        ),
    ],
    ids=["runs", "blanks", "no width", "soft hyphen", "quotes", "wide digits", "bookmark", "field"],
)
def test_what_programs_change_by_themselves_is_no_edit(draft: Draft, old: str, new: str) -> None:
    assert draft.replace(old, new).judge().is_empty


def test_a_heading_whose_number_word_gives_is_no_edit(draft: Draft) -> None:
    assert draft.replace("一、本部门职责</w:t>", "本部门职责</w:t>").judge().is_empty


def test_contents_that_were_renewed_are_no_edit(draft: Draft) -> None:
    entry = draft.paragraph("一、本部门职责")
    assert "PAGEREF" in entry
    number = re.search(r"<w:t>\d+</w:t>", entry)
    assert number
    filled = entry.replace(number[0], "<w:t>17</w:t>")
    assert draft.replace(entry, filled + filled).judge().is_empty


def test_contents_that_became_plain_text_are_no_edit(draft: Draft) -> None:
    plain = "".join(
        f"<w:p><w:r><w:t>{text}\t{page}</w:t></w:r></w:p>" for page, text in enumerate(("目　录", "第一部分 概况"))
    )
    first, last = (
        draft.xml.index('<w:p><w:pPr><w:pStyle w:val="TOCHeading"/>'),
        draft.xml.rindex('<w:pStyle w:val="TOC'),
    )
    end = draft.xml.index("</w:p>", last) + len("</w:p>")
    draft.parts[BODY] = f"{draft.xml[:first]}{plain}{draft.xml[end:]}".encode()
    assert draft.judge().is_empty


def test_a_file_that_was_made_before_the_data_changed_says_so(draft: Draft) -> None:
    draft.demo.edit("2023/narrative.yaml", "three_public: 压缩用车", "three_public: 少用车辆")
    judgement = draft.judge()
    assert any("导出以后数据或表式改过" in note for note in judgement.notes)
    assert [one.after for one in judgement.proposals] == ["压缩用车"]


def test_a_draft_has_a_page_before_its_cover_that_is_no_edit(workspace: Demo) -> None:
    document = workspace.document()
    (data,) = as_docx(document, view_document(document, draft=True)).values()
    assert Draft(workspace, data).judge().is_empty


def test_a_file_that_does_not_say_what_it_is_wants_a_name(draft: Draft) -> None:
    del draft.parts["docProps/custom.xml"]
    draft.parts["_rels/.rels"] = draft.parts["_rels/.rels"].replace(b"custom-properties", b"gone")
    with pytest.raises(Refusal, match="后面写上部门/年度"):
        draft.judge()
    assert draft.judge("demo/2023").notes == ("这份Word文件没有说是从哪份数据导出的，照现在的数据比",)


def test_of_data_with_errors_no_document_can_be_compared(draft: Draft) -> None:
    draft.demo.write("2023/budget.yaml", "form: [")
    with pytest.raises(Refusal, match="discgen check demo/2023"):
        draft.judge()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "是空文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "是老的.doc或.wps"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "有打开密码"),
        (b"%PDF-1.7", "是PDF"),
        (b"{\\rtf1", "是RTF"),
        (b"hello", "不是Word文件"),
        (b"PK\x03\x04broken", "不是能读的Word文件"),
        (packed({"content.xml": "<a/>"}), "是OpenDocument文本"),
        (packed({"xl/workbook.xml": "<a/>"}), "里没有正文"),
    ],
)
def test_what_is_no_word_file_is_refused_with_what_it_is(workspace: Demo, data: bytes, said: str) -> None:
    path = workspace.workspace.root / "稿.docx"
    path.write_bytes(data)
    with pytest.raises(Refusal, match=said):
        judge_draft(workspace.workspace, path)


def test_a_damaged_archive_is_refused(workspace: Demo, as_it_is: bytes) -> None:
    path = workspace.workspace.root / "稿.docx"
    at = as_it_is.index(b"word/document.xml") + 100
    path.write_bytes(as_it_is[:at] + bytes(200) + as_it_is[at + 200 :])
    with pytest.raises(Refusal, match="不是能读的Word文件"):
        judge_draft(workspace.workspace, path)


def hostile(draft: Draft, body: str) -> None:
    draft.parts[BODY] = body.encode()


def test_entities_are_refused(draft: Draft) -> None:
    hostile(
        draft,
        f'<!DOCTYPE a [<!ENTITY x "y">]><w:document {MAIN}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>',
    )
    with pytest.raises(Refusal, match="DOCTYPE，不是Word或WPS存的"):
        draft.judge()


def test_a_part_that_unpacks_to_a_hundred_times_its_size_is_refused(draft: Draft) -> None:
    hostile(draft, f"<w:document {MAIN}><w:body>{' ' * 20_000_000}</w:body></w:document>")
    with pytest.raises(Refusal, match="展开后是压缩时的100倍以上"):
        draft.judge()


def test_more_paragraphs_than_anybody_writes_are_refused(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("discgen.word.read._MOST_PARAGRAPHS", 1_000)
    hostile(draft, f"<w:document {MAIN}><w:body>{'<w:p/>' * 2_000}</w:body></w:document>")
    with pytest.raises(Refusal, match="段以上"):
        draft.judge()


def test_a_body_cut_short_is_refused(draft: Draft) -> None:
    hostile(draft, draft.xml[:5_000])
    with pytest.raises(Refusal, match="不完整"):
        draft.judge()


def test_a_deep_tangle_of_tables_and_boxes_is_read(draft: Draft) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 3_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3_000
    boxes = "<w:p><w:r><w:pict>" * 100 + "</w:pict></w:r></w:p>" * 100
    hostile(draft, f"<w:document {MAIN}><w:body>{deep}{boxes}</w:body></w:document>")
    assert draft.judge().removed


def test_text_that_is_all_others_is_compared_in_no_time(draft: Draft) -> None:
    other = "".join(f"<w:p><w:r><w:t>{'甲乙丙丁' * 50}{number}</w:t></w:r></w:p>" for number in range(600))
    hostile(draft, f"<w:document {MAIN}><w:body>{other}</w:body></w:document>")
    assert len(draft.judge().added) > 500


def test_the_json_is_as_its_schema_says(draft: Draft) -> None:
    draft.replace("压缩用车", "减少出行").replace("<w:t>88.00</w:t>", "<w:t>90.00</w:t>").replace(
        "预算包括", "预算涵盖"
    )
    schema = json.loads((ROOT / "schema/draft.schema.json").read_text("utf-8"))
    told = json.loads(as_json(draft.judge()))
    Draft202012Validator(schema).validate(told)
    assert [len(told[kind]) for kind in ("proposals", "numbers", "derived")] == [1, 1, 1]


def test_the_command_takes_the_file_and_says_by_its_code_that_it_was_edited(draft: Draft) -> None:
    draft.replace("压缩用车", "减少出行").judge()
    path = str(draft.demo.workspace.root / "稿.docx")
    done = run(draft.demo, "diff", "--exit-code", path)
    assert (done.exit_code, done.stderr) == (1, "")
    assert "  three_public: 减少出行" in done.stdout
    assert run(draft.demo, "diff", path, "demo/2023").exit_code == 0
    assert run(draft.demo, "diff", path, path).exit_code == 2
    assert run(draft.demo, "diff", "--format", "html", path).exit_code == 2


def test_a_number_is_one_word_and_thousands_do_not_count() -> None:
    assert stretches("共1,234.50元", "共1234.50元") == []
    assert stretches("共1,234.50元", "共1,235元") == [Stretch(1, 9, "1,235")]
    assert stretches("一，二", "一,二") == [Stretch(1, 2, ",")]


def test_of_texts_that_changed_places_one_has_moved() -> None:
    found = aligned(["甲甲甲甲", "乙乙乙乙", "丙丙丙丙"], ["乙乙乙乙", "丙丙丙丙", "甲甲甲甲"])
    assert found.moved == {(0, 2)}
    assert (found.removed, found.added) == ((), ())
