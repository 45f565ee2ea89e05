"""不该公开的内容 (D): every text that was written, as against marks that give it away.

政府信息公开条例 asks that a document be looked through for secrets and for what belongs to a person before it is
published (第十四、十五、十七条).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from unicodedata import normalize

from msgspec import Struct

from discgen.diagnostics import Diagnostic, DocumentPath, Place
from discgen.form.form import Form
from discgen.model.disclosure import Disclosure
from discgen.model.prose import Prose
from discgen.rules.case import Case
from discgen.rules.registry import finding, rule
from discgen.yamltext.tree import Node, Tree

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范"
    "汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛阎闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施牛樊葛邢安齐易乔伍庞颜"
    "倪庄聂章鲁岳翟申耿关焦左柳甘祝包宁符阮尚舒纪梅童凌毕单季成霍苗裴涂谷曲盛冉翁蓝路游靳辛管柴蒙鲍华祁蒲房滕屈饶解牟艾尤"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文俊辉鹏飞斌波宁亮峰健浩宇晨阳博轩欣怡婷雪琳颖慧莉佳倩"
    "丹萍玲燕凤芬淑珍琴云翠香月春夏秋冬雨晓小海林森鑫旭东南北永福贵祥瑞龙虎成庆胜利忠义仁礼智信德才学思远航帆凯翔宏宝泽润"
    "三四五"
)
"""Common characters of given names; without a colon, only these after a role make a name."""
_ROLE = "(?:负责人|经办人|联系人|审核人|复核人|填表人|填报人|制表人|校对人|承办人|签发人|法定代表人|主管领导)"
_WORDS = "高明|严明|成才|安[静宁]"
"""What looks like a name but describes a person."""
_LABEL = re.compile(rf".*:|{_ROLE}[为是]?|[\u4e00-\u9fff]+(?=[0-9])")
"""The label before a number or a name."""
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class _Mark(Struct, frozen=True):
    """A pattern that must not be published, what to call it and what to do about it."""

    code: str
    pattern: re.Pattern[str]
    what: str
    hint: str
    is_meant: Callable[[str], bool] = lambda _: True
    is_personal: bool = True
    """Whether what is found belongs to a person, so that no report may quote it whole."""
    hint_where_published: str = ""
    """What to do where the form publishes whom to ask, if that is something else."""


def _is_id_number(number: str) -> bool:
    """Whether it is labelled as such, or its last character is the checksum of the others (GB 11643)."""
    if not number[0].isdigit():
        return True
    check = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, number, strict=False)) % 11
    return number[-1].upper() == "10X98765432"[check]


def _is_account(number: str) -> bool:
    return not (len(number) == len(_ID_WEIGHTS) + 1 and _is_id_number(number))


_MARKS = (
    _Mark(
        "D001",
        re.compile(
            r"(?<![\d〔])(?<!\d[.,-])1[3-9]\d(?P<s>[- ]?)\d{4}(?P=s)\d{4}(?!\d|[.,]\d|\s*[元万亿%])"
            r"|(?<![\d〔])(?<!\d[.,-])(?:\(0\d{2,3}\)|0\d{2,3}[-—–])[2-9]\d{6,7}(?!\d)"
            r"|(?:电话|传真|手机|联系方式)(?:号码)?[::]?\s*[1-9]\d{6,10}(?!\d)"
        ),
        "电话号码",
        "删去号码；确是对外公布的办公电话，在waivers.yaml里说明",
        hint_where_published="办公电话写在department.yaml的office_telephone，文字里照写那个号码；个人的号码删去",
    ),
    _Mark(
        "D002",
        re.compile(
            r"(?:身份证|身份号)[^\d,。;]{0,8}\d{14,17}[\dXx](?![\dA-Za-z])"
            r"|(?<![\dA-Za-z.])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![\dA-Za-z])"
        ),
        "身份证号码",
        "删去；个人信息不公开",
        _is_id_number,
    ),
    _Mark(
        "D003",
        re.compile(
            r"(?<![\dA-Za-z])(?<!\d[.,])\d{16,19}(?![\dA-Za-z]|[.,]\d)"
            r"|(?<![\d-])\d{4}(?P<g>[- ])\d{4}(?P=g)\d{4}(?P=g)\d{4}(?:(?P=g)\d{1,3})?(?![\d-])"
            r"|(?:账号|帐号|账户|卡号)[::]?\s*\d{9,}"
        ),
        "银行账号",
        "删去；账号不公开",
        _is_account,
    ),
    _Mark(
        "D004",
        re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"),
        "电子邮箱",
        "删去；确是对外公布的邮箱，在waivers.yaml里说明",
    ),
    _Mark(
        "D005",
        re.compile(
            rf"{_ROLE}:\s*[{_SURNAMES}][\u4e00-\u9fff·]{{1,3}}(?<![科处室局部组股])(?![\u4e00-\u9fff])"
            rf"|{_ROLE}[为是]?\s?(?!{_WORDS})[{_SURNAMES}][{_GIVEN}]{{1,2}}(?![\u4e00-\u9fff])"
        ),
        "个人姓名",
        "删去姓名；职责落到科室或岗位",
        hint_where_published="联系人写科室，电话写department.yaml的office_telephone；个人的姓名删去",
    ),
    _Mark(
        "D006",
        re.compile(
            r"[秘机绝]密★|★\s*[秘机绝]密|此件(?:不予|不宜|依申请|主动)?公开|\((?:不予|不宜)公开\)|公开(?:方式|属性|类别|选项):"
            r"|内部(?:资料|文件|使用)[,,\s]*(?:注意|不得|严禁|请勿|妥善)|仅供内部|[\(【]内部(?:资料|文件|使用)[\)】]"
            r"|^内部(?:资料|文件|使用)$|注意保存"
        ),
        "密级或不公开的标识",
        "删去标识；标识不是误留的，这一段不能公开",
        is_personal=False,
    ),
    _Mark(
        "D007",
        re.compile(
            r"(?:^|[。,;\s])此复(?:[。!]|$)|特此(?:批复|通知|函复|函告|函达|报告|请示)(?:[。!,]|$)|签发人:|抄[送报]:|主送:"
            r"|请示件|[妥当]否,?请(?:批示|指示|审批)|请予?(?:批示|审批)[。!]"
        ),
        "公文往来的用语",
        "内部来文不公开；只写文件的名称和文号",
        is_personal=False,
    ),
    _Mark(
        "D008",
        re.compile(
            r"(?<![A-Za-z])[A-Za-z]:(?:\\|/(?!/))|(?<![A-Za-z0-9_.:/])/(?:home|Users|root|mnt|var|tmp|opt)/\w|file:/|\\\\\w"
            r"|(?<![\d.])(?:192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?![\d.])"
            r"|(?<![\d.])127\.0\.0\.1(?![\d.])|(?<![A-Za-z])localhost(?![A-Za-z])",
            re.IGNORECASE,
        ),
        "本机路径或内网地址",
        "删去，或改成对外公布的网址",
        is_personal=False,
    ),
)


@rule("D001", "D002", "D003", "D004", "D005", "D006", "D007", "D008")
def nothing_private_is_published(case: Case) -> Iterator[Diagnostic]:
    """D001 to D008: no text holds a telephone number, a person, an account, a mark of secrecy, an inner letter or a path."""
    yield from given_away_in(case.disclosure, case.form)


def given_away_in(disclosure: Disclosure, form: Form) -> Iterator[Diagnostic]:
    """What the files of a disclosure give away. The number of the office may be given where the form publishes it."""
    office = disclosure.department.office_telephone if "office_telephone" in form.needs else None
    department = disclosure.files[0]
    for tree in disclosure.files:
        for text, path, place in _texts(tree.root, ()):
            if _has_a_mark(text) and not (tree is department and path == ("office_telephone",)):
                yield from given_away(Prose(text, place(tree, path), tree), office)


@lru_cache(maxsize=20_000)  # keys, names and amounts recur by the hundred, and in every department
def _has_a_mark(text: str) -> bool:
    plain, _ = _plain(text)
    return any(mark.pattern.search(plain) for mark in _MARKS)


def given_away(prose: Prose, office: str | None = None) -> Iterator[Diagnostic]:
    """What one text gives away, each where it begins; `office` is the number that the form publishes, None where it does not."""
    plain, offsets = _plain(prose.text)
    for mark in _MARKS:
        if mark.code == "D001" and _NUMBER.fullmatch(plain):
            continue  # an amount or a code
        meant = [match for match in mark.pattern.finditer(plain) if mark.is_meant(match[0])]
        for match in meant:
            if mark.code != "D001" or not office or _digits(match[0]) != _digits(office):
                place = prose.at(offsets[match.start() + len(match[0]) - len(match[0].lstrip())])
                hint = mark.hint if office is None else mark.hint_where_published or mark.hint
                shown = _masked(match[0].strip()) if mark.is_personal else match[0].strip()
                yield finding(mark.code, f"写了{mark.what}：{shown}", place, hint)
            # A number is one thing: the first that it can be.
            plain = plain[: match.start()] + "\0" * len(match[0]) + plain[match.end() :]


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))


def _plain(text: str) -> tuple[str, list[int]]:
    """The text in half-width characters and stripped, with the offset in `text` of each character."""
    begin = len(text) - len(text.lstrip())
    text = text.strip()
    narrow = "".join(map(_narrow, text))
    if len(narrow) == len(text):  # none becomes several, as nearly always
        return narrow, [*range(begin, begin + len(text))]
    return narrow, [begin + at for at, wide in enumerate(text) for _ in _narrow(wide)]


@cache
def _narrow(character: str) -> str:
    return normalize("NFKC", character)


def _masked(text: str) -> str:
    """A number or a name of which only both ends are shown, for findings are kept in logs; its label stays."""
    label = _LABEL.match(text)
    begin = label.end() if label else 0
    secret = text[begin:]
    ends = len(secret) // 4
    return f"{text[:begin]}{secret[:ends]}{'*' * (len(secret) - 2 * ends)}{secret[len(secret) - ends :]}"


def _texts(node: Node, path: DocumentPath) -> Iterator[tuple[str, DocumentPath, Callable[[Tree, DocumentPath], Place]]]:
    """Every key and every scalar of a tree with its path, and what finds its place in the tree: few have to be found."""
    if isinstance(node, dict):
        for key, below in node.items():
            yield key, (*path, key), Tree.key_place
            yield from _texts(below, (*path, key))
    elif isinstance(node, list):
        for index, below in enumerate(node):
            yield from _texts(below, (*path, index))
    elif node is not None:
        yield node, path, Tree.place
