"""文字 (P): punctuation, characters and numbering (GB/T 15834, GB/T 9704)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

from discgen.characters import unfit, visible
from discgen.diagnostics import Diagnostic, Fix, note, warning
from discgen.model.disclosure import CLAUSES
from discgen.model.prose import Prose
from discgen.phrases import chinese_number
from discgen.rules.case import BLANKED, CHINESE, Case, Passage, labels, passage_of, passages, scalars, texts_and_labels
from discgen.rules.registry import finding, rule

_ENDS = "。！？”’）》…"
_NOTHING = {"无", "没有"}

_STOPS = "，。；：、！？"
_RUN = re.compile(f"[{_STOPS},;:!?]{{2,}}|[{_STOPS}]\\.(?![0-9.])")
_HANGING = "、：:"
"""A text that ends with one of these is unfinished."""
_REMARKS = {"explanation", "deviation"}
_CITED = re.compile(r"(?P<title>《[^《》]{2,80}》)(?P<number>[（(〔][^（）()《》]{0,40}[）)])?")
_AND = re.compile("[、，；和及与并]{0,2}|以及")
_SPOKEN = {"？！", "！！", "？？", "！？"}

_CLOSERS = "）》”〕】’"
_OPENERS = "（《“〔【‘"
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}
_LEFT, _RIGHT = f"[{CHINESE}{_CLOSERS}]", f"[{CHINESE}{_OPENERS}]"
_HALF_WIDTH = re.compile(rf"(?<={_LEFT})[,;:!?] *|(?<=.)[,;:!?] *(?={_RIGHT})|(?<={_LEFT})\.(?={_RIGHT}|$)")
_HALF_WIDTH_BRACKETS = re.compile(r"\(([^()（）\n]*)\)|[()]")
_STRAIGHT_QUOTES = re.compile(rf"(?<=[{CHINESE}{_STOPS}])[\"']|(?<![0-9])[\"'](?=[{CHINESE}])")
_CHINESE = re.compile(f"[{CHINESE}]")
_LIMIT = re.compile("(?P<least>[>＞])[=＝]|[<＜][=＝]")
"""What is typed for ≥ and ≤."""

_PAIRS = {"）": "（", "》": "《", "”": "“", "’": "‘", "〕": "〔", "】": "【", "〉": "〈", "」": "「", "』": "『"}
_CLOSED_BY = {opener: closer for closer, opener in _PAIRS.items()}
_ITEM = re.compile(
    r"(?:^|(?<=[\n。；：，、]))\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}|[a-zA-Z])[）)]", re.MULTILINE
)
"""1）, a half bracket that numbers an item."""
_ALIKE = str.maketrans("()", "（）")
_TURNED = str.maketrans("“”", "”“")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])’(?=[A-Za-z])")

_NUMBERED_DOCUMENT = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:\[((?:19|20)[0-9]{2})\]|［((?:19|20)[0-9]{2})］|【((?:19|20)[0-9]{2})】|[(（]((?:19|20)[0-9]{2})[)）])(?=第?[0-9]{1,5}号)"
)


@rule("P014")
def sentences_end(case: Case) -> Iterator[Diagnostic]:
    """P014: what is printed as a paragraph of its own ends with a stop; a duty before others may end with a semicolon."""
    for prose in _paragraphs(case):
        passage = passage_of(prose)
        if passage.judged[-1] not in _ENDS and passage.text not in _NOTHING:
            message = f"“{passage.around(len(passage.text), len(passage.text), 10)}”末尾没有句号"
            yield finding("P014", message, passage.at(len(passage.text) - 1), "补上句号；话没有写完的，写完")


def _paragraphs(case: Case) -> Iterator[Prose]:
    narrative = case.disclosure.narrative
    inside = {prose for section in (*narrative.explanations(), narrative.purposes) for prose in section.values()}
    inside |= {prose for key, prose in narrative.notes.items() if key in CLAUSES}
    inside |= {duty for duty in narrative.duties[:-1] if duty.text.endswith("；")}
    return (prose for prose in case.disclosure.texts() if prose not in inside)


@rule("P015")
def clauses_do_not_end(case: Case) -> Iterator[Diagnostic]:
    """P015: a reason or purpose stands inside a sentence of the form, which brings its own stop; a name has none."""
    narrative = case.disclosure.narrative
    for section in (*narrative.explanations(), narrative.purposes):
        for passage in map(passage_of, section.values()):
            stop, last = passage.text[-1], len(passage.text) - 1
            fix = passage.fix(last, last + 1, "") if last else None
            if stop in _HANGING:
                message = f"“{passage.around(last, last + 1, 10)}”末尾是“{stop}”，话没有写完"
                yield warning("P015", message, passage.at(last), "把话写完，或删去末尾的标点", fix)
            elif stop in "。；，！":
                yield note(
                    "P015", f"末尾多了“{stop}”，这句话印在表式的句子中间", passage.at(last), "删去末尾的标点", fix
                )
    prose = {passage.place for passage in passages(case)}
    for passage in (passage for passage in labels(case) if passage.place not in prose):
        last = len(passage.text) - 1
        if passage.text[last:] and passage.text[-1] in f"{_STOPS[:-2]},;:" and passage.place.path[-1] not in _REMARKS:
            message = f"“{passage.around(last, last + 1, 10)}”末尾多了“{passage.text[-1]}”"
            yield warning(
                "P015", message, passage.at(last), "删去末尾的标点", passage.fix(last, last + 1, "") if last else None
            )


@rule("P016")
def marks_stand_alone(case: Case) -> Iterator[Diagnostic]:
    """P016: no two stops in a row, of the same kind or of different kinds."""
    for passage in texts_and_labels(case):
        for match in _RUN.finditer(passage.judged):
            run = match[0]
            if run in _SPOKEN or run.isascii():
                continue
            twice = run == run[0] * 2
            message = f"“{passage.around(*match.span())}”里标点连用“{run}”"
            fix = passage.fix(*match.span(), run[0]) if twice else None
            yield finding("P016", message, passage.at(match.start()), "只留一个", fix)


@rule("P017")
def marks_are_chinese(case: Case) -> Iterator[Diagnostic]:
    """P017: Chinese text has Chinese marks; those inside numbers, times, addresses and foreign words stay.

    Of a limit the sign is one: ≥, not >=.
    """
    for passage in texts_and_labels(case):
        for match in _LIMIT.finditer(passage.judged):
            right = "≥" if match["least"] else "≤"
            message = f"“{passage.around(*match.span())}”里用了英文标点{match[0]}"
            yield finding("P017", message, passage.at(match.start()), f"改成{right}", passage.fix(*match.span(), right))
    for passage in passages(case):
        for start, end, new in sorted(_half_width(passage)):
            mark = passage.text[start]
            message = f"“{passage.around(start, end)}”里用了英文标点{mark}"
            yield finding(
                "P017", message, passage.at(start), "改成中文标点", passage.fix(start, end, new) if new else None
            )


def _half_width(passage: Passage) -> Iterator[tuple[int, int, str]]:
    """Start, end and replacement of each half-width mark; no replacement where several are possible."""
    text = passage.judged
    for match in _HALF_WIDTH.finditer(text):
        start, end = match.span()
        between = re.match(_LEFT, text[max(0, start - 1) : start]) and re.match(_RIGHT, text[end:])
        yield start, end, _FULL_WIDTH[match[0].strip()] if between else ""
    for match in _HALF_WIDTH_BRACKETS.finditer(text):
        start, end = match.span()
        if _CHINESE.search(text[max(0, start - 1) : end + 1]):
            yield start, end, f"（{passage.text[start + 1 : end - 1]}）" if end > start + 1 else ""
    for match in _STRAIGHT_QUOTES.finditer(text):
        yield *match.span(), ""


@rule("P018")
def marks_come_in_pairs(case: Case) -> Iterator[Diagnostic]:
    """P018: every bracket and every quotation mark has its partner, and pairs do not cross."""
    for passage in texts_and_labels(case):
        if _is_turned_round(passage.judged):
            continue
        at = _unpaired(passage.judged)
        if at is not None:
            message = f"“{passage.around(at, at + 1)}”里的{passage.text[at]}没有成对"
            yield finding("P018", message, passage.at(at), "补上另一半，或删去这一半")


def _unpaired(text: str) -> int | None:
    """The offset of the first mark without a partner."""
    for what in (_ITEM, _APOSTROPHE):
        text = what.sub(lambda match: " " * len(match[0]), text)
    opened: list[int] = []
    text = text.translate(_ALIKE)
    for at, mark in enumerate(text):
        if mark in _CLOSED_BY:
            opened.append(at)
        elif mark in _PAIRS:
            if not opened or text[opened[-1]] != _PAIRS[mark]:
                return at if not opened or _CLOSED_BY[text[opened[-1]]] in text[at:] else opened[-1]
            opened.pop()
    return opened[0] if opened else None


@rule("P019")
def quotes_face_each_other(case: Case) -> Iterator[Diagnostic]:
    """P019: quotation marks turned round, ”…“ instead of “…”, all through a text."""
    for passage in passages(case):
        if _is_turned_round(passage.judged):
            start, end = passage.judged.index("”"), passage.judged.rindex("“") + 1
            message = f"“{passage.around(start, start + 1)}”里的引号前后颠倒"
            yield finding(
                "P019",
                message,
                passage.at(start),
                "改成“……”",
                passage.fix(start, end, passage.text[start:end].translate(_TURNED)),
            )


def _is_turned_round(text: str) -> bool:
    quotes = [mark for mark in text if mark in "“”"]
    return bool(quotes) and len(quotes) % 2 == 0 and quotes == ["”", "“"] * (len(quotes) // 2)


@rule("P028")
def documents_are_cited_in_form(case: Case) -> Iterator[Diagnostic]:
    """P028: the year in the number of an official document stands in 〔〕 (GB/T 9704—2012, 7.2.5)."""
    for passage in passages(case):
        for match in _NUMBERED_DOCUMENT.finditer(passage.judged):
            year = next(filter(None, match.groups()))
            message = f"“{passage.around(*match.span())}”里的年份没有用六角括号"
            yield finding(
                "P028", message, passage.at(match.start()), f"改成〔{year}〕", passage.fix(*match.span(), f"〔{year}〕")
            )


@rule("P044")
def documents_are_cited_once(case: Case) -> Iterator[Diagnostic]:
    """P044: an enumeration of documents has none twice; of two with one title, each has a number of its own."""
    for passage in passages(case):
        cited: dict[str, set[str]] = {}
        last = 0
        for match in _CITED.finditer(passage.judged):
            if not _AND.fullmatch(passage.judged[last : match.start()]):
                cited = {}
            last = match.end()
            numbers, number = cited.setdefault(match["title"], set()), match["number"] or ""
            if numbers and (number in numbers or not number or "" in numbers):
                message = f"“{match['title']}”列举了两遍"
                yield finding(
                    "P044", message, passage.at(match.start()), "删去一个；本来要写另一份文件的，改成它的名称"
                )
            numbers.add(number)


_MARKS = "，。；：、！？（）《》“”‘’〔〕【】"
_BLANK = re.compile(
    r"(?<=\S)[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+(?=\S)"
    rf"|(?<=[{CHINESE}{_MARKS}]) +(?=[{CHINESE}{_MARKS}])|(?<=\S) +(?=[{_MARKS}])|(?<=[{_MARKS}]) +(?=\S)"
    r"|(?<=\S) {2,}(?=\S)"
)
"""Blanks that begin or end a line are not printed."""
_CHINESE_CHARACTER = re.compile(f"[{CHINESE}{_MARKS}]")
_NEXT_TO_FIGURES = re.compile(
    rf"(?<=[{CHINESE}]) +(?=[0-9A-Za-z{BLANKED}])|(?<=[0-9A-Za-z%{BLANKED}]) +(?=[{CHINESE}])"
)
_CODE_BEFORE = re.compile(r"(?<![0-9])[0-9]{3,7}$")
_LONGEST_CODE = 7
_DOUBLE_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]+")

_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:nbsp|lt|gt|amp|quot|#[0-9]+);|\*\*|(?<![A-Za-z:\\])\\[nrt](?![A-Za-z])")
"""Tags and entities of HTML, bold of Markdown, and line breaks that were written as letters."""

_LOOKALIKES = (
    "務务項项網网顧顾問问門门單单個个為为會会來来時时國国對对動动學学說说長长業业電电無无從从總总經经營营產产實实現现這这開开關关過过還还進进運运達达選选遠远邊边連连車车軍军農农記记許许設设訪访證证評评詞词"
    "試试話话該该詳详誤误請请論论諮咨謝谢護护議议讓让訓训討讨計计訂订認认談谈調调識识譯译訊讯貫贯財财責责敗败貨货質质購购費费資资貿贸賞赏賠赔賬账贊赞賣卖賽赛貧贫貪贪買买貸贷賃赁貢贡負负販贩儲储價价億亿優优"
    "傳传傷伤債债倉仓們们側侧備备僅仅題题頁页預预領领頭头額额類类願愿顯显順顺須须頓顿級级紀纪約约紅红納纳純纯組组結结給给統统絡络維维緊紧線线編编縣县績绩繼继續续繳缴織织終终細细練练縮缩錄录銀银銷销鎮镇鐵铁"
    "鋼钢錢钱鍵键鑒鉴機机構构標标條条權权樣样極极樓楼檔档檢检橋桥歷历歸归殘残殺杀氣气決决沒没況况渦涡溫温滿满潔洁濟济灣湾熱热燈灯爭争爾尔牆墙獎奖獨独獲获環环畫画異异療疗發发盡尽監监盤盘礦矿禮礼種种稱称穩稳"
    "窮穷築筑簡简簽签糧粮紙纸聯联聲声職职聽听肅肃與与興兴舉举舊旧藝艺處处號号衛卫衝冲補补裝装製制見见規规視视覽览覺觉觀观觸触隊队階阶際际陽阳陰阴陳陈陸陆險险隨随雙双雜杂離离難难雲云靈灵靜静響响頻频風风飛飞"
    "飯饭館馆驗验體体點点黨党齊齐齡龄龍龙場场報报塊块壓压壞坏壯壮夢梦夠够奪夺婦妇孫孙寧宁審审寫写寬宽寶宝將将專专尋寻導导屆届屬属島岛幣币帶带幫帮幾几庫库廠厂廣广廢废廳厅強强彈弹徑径應应懷怀態态慶庆憂忧戰战"
    "戲戏執执掃扫擇择擊击擔担據据擬拟擴扩攝摄攜携敘叙數数敵敌斷断區区協协員员圖图團团園园師师當当復复變变邏逻醫医鄉乡鄰邻釋释錯错陣阵隱隐雖虽頒颁顆颗飲饮養养駐驻馬马驛驿魚鱼麗丽圍围創创劃划則则剛刚勞劳勢势"
    "勝胜匯汇厲厉參参啟启嚴严壘垒奧奥層层嶺岭"
)
"""A traditional character and its simplified form, by turns. None of them is in use in simplified text (GB 2312)."""
_SIMPLIFIED = dict(zip(_LOOKALIKES[::2], _LOOKALIKES[1::2], strict=True))
_TRADITIONAL = re.compile(f"[{_LOOKALIKES[::2]}]+")


@rule("P020")
def blanks_are_not_printed(case: Case) -> Iterator[Diagnostic]:
    """P020: a blank stands between two foreign words or figures, and nowhere else.

    Left alone are the blank between the code and the name of a 科目, and in names one beside letters or figures.
    """
    for passage in texts_and_labels(case):
        for match in _BLANK.finditer(passage.judged):
            only = _is_next_to_chinese(passage.judged, *match.span()) or not match[0].startswith("  ")
            yield _blank(passage, match.span(), passage.fix(*match.span(), "") if only else None)
    for passage in passages(case):
        for match in _NEXT_TO_FIGURES.finditer(passage.judged):
            if not _follows_code(case, passage.judged, *match.span()):
                yield _blank(passage, match.span(), passage.fix(*match.span(), ""))


def _blank(passage: Passage, span: tuple[int, int], fix: Fix | None) -> Diagnostic:
    return finding("P020", f"“{passage.around(*span)}”里有多余的空格", passage.at(span[0]), "删去空格", fix)


def _is_next_to_chinese(text: str, start: int, end: int) -> bool:
    return bool(_CHINESE_CHARACTER.match(text[start - 1 : start]) or _CHINESE_CHARACTER.match(text[end : end + 1]))


def _follows_code(case: Case, text: str, start: int, end: int) -> bool:
    """Whether the blank stands between a code of the year and its name."""
    code = _CODE_BEFORE.search(text[max(0, start - _LONGEST_CODE - 1) : start])
    names = (
        [dictionary.name(code[0]) for dictionary in case.disclosure.dictionaries.values() if code[0] in dictionary]
        if code
        else []
    )
    return any(text.startswith(name, end) for name in names)


@rule("P021")
def characters_are_half_width(case: Case) -> Iterator[Diagnostic]:
    """P021: digits and Latin letters are those of single width, as all figures of the document are."""
    for passage in texts_and_labels(case):
        for match in _DOUBLE_WIDTH.finditer(passage.judged):
            narrow = unicodedata.normalize("NFKC", match[0])
            message = f"“{passage.around(*match.span())}”里的“{match[0]}”是全角的"
            yield finding(
                "P021", message, passage.at(match.start()), f"改成“{narrow}”", passage.fix(*match.span(), narrow)
            )


@rule("P026")
def characters_are_simplified(case: Case) -> Iterator[Diagnostic]:
    """P026: simplified characters throughout (国家通用语言文字法 第九条: 国家机关以普通话和规范汉字为公务用语用字)."""
    for passage in texts_and_labels(case):
        for match in _TRADITIONAL.finditer(passage.judged):
            simple = "".join(map(_SIMPLIFIED.__getitem__, match[0]))
            message = f"“{passage.around(*match.span())}”里的“{match[0]}”是繁体字"
            yield finding(
                "P026", message, passage.at(match.start()), f"改成“{simple}”", passage.fix(*match.span(), simple)
            )


@rule("P029")
def markup_is_not_printed(case: Case) -> Iterator[Diagnostic]:
    """P029: nothing of the page or the chat that a text was copied from; it would be printed as it stands."""
    for passage in texts_and_labels(case):
        for match in _MARKUP.finditer(passage.judged):
            message = f"“{passage.around(*match.span())}”里的“{match[0]}”是网页或别的软件的排版记号，会照样印出"
            yield finding("P029", message, passage.at(match.start()), "删去记号；要分段的，换行")


@rule("P038")
def signs_are_what_they_look_like(case: Case) -> Iterator[Diagnostic]:
    """P038: no character that is lost, not seen, turns the text round or only looks like another (`discgen/characters.py`)."""
    for passage in scalars(case):
        for unfit_character in unfit(passage.text):
            character = passage.text[unfit_character.start]
            around = visible(passage.around(unfit_character.start, unfit_character.end))
            message = f"“{around}”里的{f'“{character}”' if unfit_character.right else ''}U+{ord(character):04X}是{unfit_character.what}"
            fix = (
                None
                if unfit_character.right is None
                else passage.fix(unfit_character.start, unfit_character.end, unfit_character.right)
            )
            mend = "删去，照原文重新打一遍" if unfit_character.right is None else "删去"
            hint = f"改成“{unfit_character.right}”" if unfit_character.right else mend
            yield finding("P038", message, passage.at(unfit_character.start), hint, fix)


_CHINESE_DIGITS = "一二三四五六七八九"
_CHINESE_NUMBER = f"[{_CHINESE_DIGITS}十]{{1,3}}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BEGINNING = r"(?:^|(?<=[。；：:;！？”》）)\n>]))[ \u3000]*"
_MARK = re.compile(
    rf"{_BEGINNING}(?:（(?P<chinese_bracket>{_CHINESE_NUMBER})）|（(?P<bracket>[0-9]{{1,2}})）"
    rf"|(?P<chinese>{_CHINESE_NUMBER})、(?![{_CHINESE_DIGITS}十])|(?P<dot>[0-9]{{1,2}})[.．、](?![0-9]))"
    rf"|(?:^|(?<=[，。；：、\n]))(?P<first>{_CHINESE_NUMBER})是(?!否)|(?P<circle>[{_CIRCLED}])"
)
_BEFORE_DUTY = re.compile(
    rf"(?:（(?:{_CHINESE_NUMBER}|[0-9]{{1,2}})）|{_CHINESE_NUMBER}、|[0-9]{{1,2}}[.．、](?![0-9])|[{_CIRCLED}])\s*"
)


class _Mark(Struct, frozen=True):
    kind: str
    number: int
    text: str
    start: int


@rule("P023")
def points_are_counted(case: Case) -> Iterator[Diagnostic]:
    """P023: the points of a text are numbered from one without a gap or a repetition, each kind of number by itself."""
    for passage in passages(case):
        for before, mark in _out_of_turn(passage.judged):
            message = f"编号“{before}”后面是“{mark.text}”" if before else f"编号从“{mark.text}”开始"
            where = passage.around(mark.start, mark.start + len(mark.text), 8)
            yield finding("P023", f"{message}（{where}）", passage.at(mark.start), "改成连续的编号；少写了一条的补上")


def _marks(text: str) -> Iterator[_Mark]:
    for match in _MARK.finditer(text):
        kind = str(match.lastgroup)
        yield _Mark(kind, _number(match[kind]), match[0].strip(), match.end() - len(match[0].lstrip()))


def _out_of_turn(text: str) -> Iterator[tuple[str, _Mark]]:
    """Each mark that does not follow the previous, with that; a list inside a list begins anew."""
    marks = list(_marks(text))
    open_lists: list[_Mark] = []
    for mark in marks:
        level = next((level for level, above in enumerate(open_lists) if above.kind == mark.kind), None)
        if level is None:
            if mark.number != 1 and sum(other.kind == mark.kind for other in marks) > 1:
                yield "", mark
            open_lists.append(mark)
            continue
        last = open_lists[level]
        follows = mark.number in (1, last.number + 1) and mark.number != last.number
        if not follows and not _is_between(text, last, mark):
            yield last.text, mark
        open_lists[level:] = [mark]


def _is_between(text: str, last: _Mark, mark: _Mark) -> bool:
    """Whether the missing number is written after all, in a place where no point begins."""
    following = f"(?:(?<![0-9]){last.number + 1}|{chinese_number(last.number + 1)})[.．、）)是]"
    return re.search(following, text[last.start : mark.start]) is not None


def _number(text: str) -> int:
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    if text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (10 * (_digit(tens) or 1) if ten else 0) + _digit(ones)


def _digit(text: str) -> int:
    """The value of one Chinese digit; zero where there is none."""
    return _CHINESE_DIGITS.find(text) + 1 if text else 0


@rule("P024")
def duties_are_not_numbered(case: Case) -> Iterator[Diagnostic]:
    """P024: the form numbers the duties; a number typed before one would stand beside the form's."""
    duties = case.disclosure.narrative.duties
    if len(duties) == 1:
        return
    for passage in map(passage_of, duties):
        match = _BEFORE_DUTY.match(passage.judged)
        if match:
            message = f"职责前面手写了编号“{match[0].strip()}”，表式会再编一次"
            yield finding("P024", message, passage.at(match.start()), "删去编号", passage.fix(*match.span(), ""))
