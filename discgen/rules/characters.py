"""Characters that came in by copying: blanks, double width, traditional characters, marks of other programs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from discgen.diagnostics import Diagnostic, Fix, error, warning
from discgen.load.characters import unfit, visible
from discgen.rules.case import Case
from discgen.rules.passages import BLANKED, CHINESE, Passage, passages, scalars, texts_and_labels

_MARKS = "，。；：、！？（）《》“”‘’〔〕【】"
_BLANK = re.compile(
    r"(?<=\S)[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+(?=\S)"
    rf"|(?<=[{CHINESE}{_MARKS}]) +(?=[{CHINESE}{_MARKS}])|(?<=\S) +(?=[{_MARKS}])|(?<=[{_MARKS}]) +(?=\S)"
    r"|(?<=\S) {2,}(?=\S)"
)
"""Blanks that begin or end a line are not printed."""
_CHINESE_SIGN = re.compile(f"[{CHINESE}{_MARKS}]")
_BESIDE_FIGURES = re.compile(rf"(?<=[{CHINESE}]) +(?=[0-9A-Za-z{BLANKED}])|(?<=[0-9A-Za-z%{BLANKED}]) +(?=[{CHINESE}])")
_CODE_BEFORE = re.compile(r"(?<![0-9])[0-9]{3,7}$")
_LONGEST_CODE = 7
_DOUBLE_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]+")

_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:nbsp|lt|gt|amp|quot|#[0-9]+);|\*\*|(?<![A-Za-z:\\])\\[nrt](?![A-Za-z])")
"""Tags and entities of HTML, bold of Markdown, and line breaks that were written as letters."""

_PAIRS = (
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
_SIMPLIFIED = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_TRADITIONAL = re.compile(f"[{_PAIRS[::2]}]+")


def blanks_are_not_printed(case: Case) -> Iterator[Diagnostic]:
    """P020: a blank stands between two foreign words or figures, and nowhere else.

    Left alone are the blank between the code and the name of a 科目, and in names one beside letters or figures.
    """
    for one in texts_and_labels(case):
        for found in _BLANK.finditer(one.judged):
            only = _is_beside_chinese(one.judged, *found.span()) or not found[0].startswith("  ")
            yield _blank(one, found.span(), one.fix(*found.span(), "") if only else None)
    for one in passages(case):
        for found in _BESIDE_FIGURES.finditer(one.judged):
            if not _follows_code(case, one.judged, *found.span()):
                yield _blank(one, found.span(), one.fix(*found.span(), ""))


def _blank(one: Passage, span: tuple[int, int], fix: Fix | None) -> Diagnostic:
    return warning("P020", f"“{one.around(*span)}”里有多余的空格", one.at(span[0]), "删去空格", fix)


def _is_beside_chinese(text: str, start: int, end: int) -> bool:
    return bool(_CHINESE_SIGN.match(text[start - 1 : start]) or _CHINESE_SIGN.match(text[end : end + 1]))


def _follows_code(case: Case, text: str, start: int, end: int) -> bool:
    """Whether the blank stands between a code of the year and its name."""
    code = _CODE_BEFORE.search(text[max(0, start - _LONGEST_CODE - 1) : start])
    names = [one.name(code[0]) for one in case.disclosure.dictionaries.values() if code[0] in one] if code else []
    return any(text.startswith(name, end) for name in names)


def characters_are_half_width(case: Case) -> Iterator[Diagnostic]:
    """P021: digits and Latin letters are those of single width, as all figures of the document are."""
    for one in texts_and_labels(case):
        for found in _DOUBLE_WIDTH.finditer(one.judged):
            narrow = unicodedata.normalize("NFKC", found[0])
            said = f"“{one.around(*found.span())}”里的“{found[0]}”是全角的"
            yield warning("P021", said, one.at(found.start()), f"改成“{narrow}”", one.fix(*found.span(), narrow))


def characters_are_simplified(case: Case) -> Iterator[Diagnostic]:
    """P026: simplified characters throughout (国家通用语言文字法 第九条: 国家机关以普通话和规范汉字为公务用语用字)."""
    for one in texts_and_labels(case):
        for found in _TRADITIONAL.finditer(one.judged):
            simple = "".join(map(_SIMPLIFIED.__getitem__, found[0]))
            said = f"“{one.around(*found.span())}”里的“{found[0]}”是繁体字"
            yield warning("P026", said, one.at(found.start()), f"改成“{simple}”", one.fix(*found.span(), simple))


def markup_is_not_printed(case: Case) -> Iterator[Diagnostic]:
    """P029: nothing of the page or the chat that a text was copied from; it would be printed as it stands."""
    for one in texts_and_labels(case):
        for found in _MARKUP.finditer(one.judged):
            said = f"“{one.around(*found.span())}”里的“{found[0]}”是网页或别的软件的排版记号，会照样印出"
            yield warning("P029", said, one.at(found.start()), "删去记号；要分段的，换行")


def signs_are_what_they_look_like(case: Case) -> Iterator[Diagnostic]:
    """P038: no sign that is lost, not seen, turns the text round or only looks like another (`discgen/load/characters.py`)."""
    for one in scalars(case):
        for found in unfit(one.text):
            sign = one.text[found.start]
            around = visible(one.around(found.start, found.end))
            said = f"“{around}”里的{f'“{sign}”' if found.right else ''}U+{ord(sign):04X}是{found.what}"
            fix = None if found.right is None else one.fix(found.start, found.end, found.right)
            mend = "删去，照原文重新打一遍" if found.right is None else "删去"
            hint = f"改成“{found.right}”" if found.right else mend
            yield error("P038", said, one.at(found.start), hint, fix)
