"""Japanese as a careful editor sets it: signs, widths and blanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ssg.check.article import Article, At, Remark
from ssg.check.prose import BLOT
from ssg.config import Config

KANA_KANJI = "ぁ-ゖァ-ヺ々〆一-鿿"
_J = f"[{KANA_KANJI}ー]"
_KANA = "ぁ-ゖァ-ヺー"
_ENDED = f"[{KANA_KANJI}ー」』）]"
_JAPANESE = re.compile(f"[{KANA_KANJI}]")


class Sign(NamedTuple):
    """What stands in a text and should not. Looked for only where one of `needs` is, characters or
    longer; `mend` gives what belongs there, or None when nothing is wrong. Where it is not `safe`,
    it is only told.
    """

    code: str
    needs: frozenset[str]
    longer: tuple[str, ...]
    pattern: re.Pattern[str]
    mend: Callable[[str], str | None]
    safe: bool


def remarks(article: Article, config: Config) -> Iterator[Remark]:
    for at, text in article.own:
        letters = article.letters if at == 0 else frozenset(text)
        for sign in _SIGNS:
            if not _may_stand(sign, text, letters):
                continue
            for match in sign.pattern.finditer(text):
                better = sign.mend(match[0])
                if better is not None:
                    yield _remark(article, sign, at, match, better)
    yield from _unclosed(article)


def _unclosed(article: Article) -> Iterator[Remark]:
    """Brackets without their other half anywhere in the text: a speech may end in another
    paragraph than it began.
    """
    for at, text in (*article.own[:-1], (0, article.unquoted)):
        for pairs in _PAIRS:
            if any(sign in text for sign in pairs):
                yield from _alone(article, at, text, pairs)


def _alone(article: Article, at: At, text: str, pairs: str) -> Iterator[Remark]:
    for place in _without_partner(text, pairs):
        sign = text[place]
        if sign in "()" or _on_purpose(text, place):
            continue
        kind = pairs.index(sign)
        blanks: dict[str, object] = {"sign": sign, "partner": pairs[kind ^ 1]}
        if kind % 2:
            before = re.split("[。\n]", text[max(place - 12, 0) : place])[-1]
            yield article.remark("japanese/unopened", at, place, blanks | {"got": _shown(before)})
        else:
            after = re.split(r"[「」『』（）【】。\n]", text[place + 1 : place + 13])[0]
            inner = {"inner": "『 』"} if sign == "「" else {}
            yield article.remark(
                "japanese/unclosed", at, place, blanks | inner | {"got": _shown(after)}
            )


def _without_partner(text: str, pairs: str) -> Iterator[int]:
    """The places of brackets that have no partner. One of the wrong kind closes, too: that is one
    mistake and not two. A half-width one is a partner for a full-width one.
    """
    opened = list[int]()
    for match in re.finditer(f"[{re.escape(pairs)}]", text):
        kind = pairs.index(match[0])
        if kind % 2 == 0:
            opened.append(match.start())
            continue
        inner = _inner(opened, text, pairs[kind - 1])
        if inner is not None:
            yield from opened[inner + 1 :]
            del opened[inner:]
        elif not opened:
            yield match.start()
        elif "(" in pairs:
            opened.pop()
        else:
            yield opened.pop()
    yield from opened


def _inner(opened: list[int], text: str, sign: str) -> int | None:
    """The innermost of the brackets that are open of this kind; nobody nests them deeply."""
    nearest = range(len(opened) - 1, max(len(opened) - _DEEP, 0) - 1, -1)
    return next((index for index in nearest if text[opened[index]] == sign), None)


_DEEP = 8
_PAIRS = ("「」『』", "（）()", "【】")


def _on_purpose(text: str, place: int) -> bool:
    if text[place] == "）":
        return any(_CLOSED_ON_PURPOSE.match(text, place - n) for n in (1, 2) if place >= n)
    return _OPEN_ON_PURPOSE.match(text, place) is not None


_OPEN_ON_PURPOSE = re.compile("（(?:笑|泣|爆|汗|怒|涙|苦笑)")
_CLOSED_ON_PURPOSE = re.compile(  # 1） and faces
    r"(?:(?<![0-9A-Za-z０-９])[0-9０-９A-Za-zＡ-Ｚａ-ｚァ-ンｱ-ﾝ①-⑳]{1,2}|[:;：；笑泣爆汗怒涙])）"
)


def _may_stand(sign: Sign, text: str, letters: frozenset[str]) -> bool:
    return not sign.needs.isdisjoint(letters) or any(
        letters.issuperset(need) and need in text for need in sign.longer
    )


def _remark(article: Article, sign: Sign, at: At, match: re.Match[str], better: str) -> Remark:
    blanks: dict[str, object] = {"got": _shown(match[0]), "better": _shown(better)}
    safe = sign.safe and BLOT not in match[0]
    old, new = (match[0], better) if safe else ("", "")
    return article.remark(sign.code, at, match.start(), blanks, old, new)


def _shown(text: str) -> str:
    whole = re.sub(f"{BLOT}+", "…", text)
    return whole if len(whole) <= 24 else f"{whole[:12]}…{whole[-8:]}"


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


_WIDE = str.maketrans("!?:()", "！？：（）")


def _wide(text: str) -> str:
    return text.translate(_WIDE)


def _bracketed(text: str) -> str | None:
    return f"（{text[1:-1]}）" if _JAPANESE.search(text) else None


def _once(text: str) -> str:
    return "".join(dict.fromkeys(_wide(text)))


def _one_stop(text: str) -> str | None:
    """What a run of several kinds of stops was meant to be; one of a single kind is another
    matter.
    """
    if len(set(text)) == 1:
        return None
    end = "。" if "。" in text else ""
    dots = max(text.count("。"), text.count("、")) > 2
    return f"……{end}" if dots else end or "、"


def _trailing(text: str) -> str | None:
    """A line break in Markdown, two spaces, stays."""
    if "\u3000" not in text:
        return None
    return "  " if text.endswith("  ") else ""


def _layout(text: str) -> str | None:
    return "" if "\u3000" in text or len(text) > 2 else None


_IN_ORDER = (
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん",
    "あかさたなはまやらわ",
    "いろはにほへと",
)
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def _spaced(text: str) -> str | None:
    """A word whose letters stand apart; kana in their order are a list."""
    letters = re.sub(r"\s", "", text)
    return None if any(letters.translate(_HIRAGANA) in row for row in _IN_ORDER) else letters


def _halved(text: str) -> str | None:
    return text if len(text) % 2 else None


def _composed(text: str) -> str | None:
    one = unicodedata.normalize("NFC", text)
    return one if len(one) == 1 else None


def _narrow_bold(text: str) -> str:
    return f"**{text[2:-2]}**"


_WITH_SEX = (
    "\u26f9\U0001f3c3\U0001f3c4\U0001f3ca-\U0001f3cc\U0001f46e\U0001f46f\U0001f470\U0001f471"
    "\U0001f473\U0001f477\U0001f481\U0001f482\U0001f486\U0001f487\U0001f575\U0001f645-\U0001f647"
    "\U0001f64b\U0001f64d\U0001f64e\U0001f6a3\U0001f6b4-\U0001f6b6\U0001f926\U0001f935\U0001f937"
    "-\U0001f939\U0001f93c-\U0001f93e\U0001f9b8\U0001f9b9\U0001f9cd-\U0001f9cf\U0001f9d4"
    "\U0001f9d6-\U0001f9df"
)
_SKIN = "[\U0001f3fb-\U0001f3ff]?"
_PERSON = f"[\U0001f468\U0001f469\U0001f9d1]{_SKIN}"
_BY_TRADE = "[\u2695\u2696]\ufe0f?|[\U0001f9b0-\U0001f9b3]"
_THINGS = (
    "\U0001f33e\U0001f373\U0001f37c\U0001f393\U0001f3a4\U0001f3a8\U0001f3eb\U0001f3ed\U0001f4bb"
    "\U0001f4bc\U0001f527\U0001f52c\U0001f680\U0001f692\U0001f9af\U0001f9bc\U0001f9bd\u2708"
)
_JOINABLE = re.compile(
    f"([{_WITH_SEX}][\ufe0f\U0001f3fb-\U0001f3ff]?)([\u2640\u2642]\ufe0f?)"
    f"|({_PERSON})({_BY_TRADE})|(\U0001f3f3\ufe0f?)(\U0001f308|\u26a7\ufe0f?)"
)
# Two that may well be meant: a man and his notebook.
_PERHAPS = re.compile(f"({_PERSON})([{_THINGS}]\ufe0f?)")


def _joined(text: str) -> str:
    found = _JOINABLE.fullmatch(text) or _PERHAPS.fullmatch(text)
    return "\u200d".join(filter(None, found.groups())) if found else text


def _sign(
    code: str,
    needs: Iterable[str],
    pattern: str,
    mend: Callable[[str], str | None],
    *,
    safe: bool = True,
) -> Sign:
    single = frozenset(need for need in needs if len(need) == 1)
    longer = tuple(need for need in needs if len(need) > 1)
    return Sign(code, single, longer, re.compile(pattern, re.MULTILINE), mend, safe)


def _all(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


_CLOSING = "(?:敬具|草々|敬白|以上)"  # of letters: the name stands at the other end of the line
_BESIDE = rf"{KANA_KANJI}ーA-Za-z、。！？「」（） \u3000"  # what no emoji is made of
_SIGNS = (
    _sign("japanese/doubled", ["。。"], "。(?<!。。)。(?!。)", lambda _: "。"),
    _sign("japanese/doubled", ["、、"], "、(?<!、、)、(?![、。])", lambda _: "、"),
    _sign("japanese/doubled", ["をを"], rf"を(?<={_J}を)(?<!をを)を(?![をし！])", lambda _: "を"),
    _sign(
        "japanese/doubled",
        ["、。", "。。、", "，、", "、，"],
        r"(?<![、。，])(?<!藤岡弘)(?!。{3,}、(?![、。，]))(?=[、。，]*(?:、。|。。、|，、|、，))[、。，]{2,}+(?![、。，])",
        _one_stop,
    ),
    _sign(
        "japanese/doubled",
        ["。、"],
        "。(?<![、。，]。)(?<!娘。)、(?![、。，])",
        lambda _: "。",
        safe=False,
    ),
    _sign("japanese/doubled", ["！。", "？。"], "[！？](?<![!?！？]{2}.)。(?!。)", lambda t: t[0]),
    _sign("japanese/doubled", ["。！", "。？"], "。(?<!娘。)[！？]", lambda t: t[1], safe=False),
    _sign(
        "japanese/particles",
        ["をが", "がを", "がが", "をに", "のでで"],
        rf"(?<=[一-鿿々ァ-ヺー])(?:をが|がを|がが|をに)(?=[一-鿿ァ-ヺ])"
        rf"|(?<={_J})のでで(?=[一-鿿ァ-ヺ、。])",
        str,
        safe=False,
    ),
    _sign(
        "japanese/ellipsis",
        ["。。。"],
        "。{3,}+(?=[とっ」』）…・]|、(?![、。，]))",
        lambda _: "……",
    ),
    _sign("japanese/ellipsis", ["。。。"], "。{3,}+(?![とっ、」』）…・])", lambda _: "……。"),
    _sign(
        "japanese/ellipsis",
        ["、、、", "・・・", "..."],
        rf"、{{3,}}+(?![と、。])|・{{3,}}|\.(?<={_J}\.)\.{{2,}}(?!\d)",
        lambda _: "……",
    ),
    _sign(
        "japanese/many-marks",
        "!?！？",
        rf"(?:[!?](?<={_ENDED}[!?])|[！？])[!?！？]{{2,}}+(?![」』])",
        _once,
    ),
    _sign(
        "japanese/half-width",
        "!?",
        rf"[!?](?<={_ENDED}[!?])(?<![ァ-ヺー]!(?=!))[!?]?(?![!?！？A-Za-z0-9=&/\[」』はがをのにも])",
        _wide,
    ),
    _sign(  # perhaps part of a name; before を or の最終回 it surely is
        "japanese/half-width",
        "!?",
        rf"[!?](?<={_ENDED}[!?])(?<![ァ-ヺー]!(?=!))[!?]?(?=[はがのにも][ぁ-ゖ])",
        _wide,
        safe=False,
    ),
    _sign(
        "japanese/half-width",
        "！？",
        rf"[！？](?<![!?！？].)[!?](?![!?！？])|[!?](?<={_ENDED}[!?])[！？](?![!?！？])",
        _wide,
    ),
    _sign(
        "japanese/half-width",
        ":",
        rf"^{_J}{{1,12}}: +(?={_J}[^\n。]*。)",  # elsewhere it is a habit of many
        lambda text: text.rstrip(": ") + "：",
    ),
    _sign(
        "japanese/half-width",
        ",",
        rf",(?<=[{KANA_KANJI}ー」』）],)(?=[{KANA_KANJI}「『（]|[ ]*$|[ ]+{_J})",
        lambda _: "、",
    ),
    _sign("japanese/half-width", "(", r"\((?<![ \\]\()[^()（）\n]{1,80}\)", _bracketed),
    _sign(
        "japanese/half-width",
        ":",
        rf":(?<=[{KANA_KANJI}ー」』）A-Za-z]:)(?=[{KANA_KANJI}「『（])",
        _wide,
    ),
    _sign("japanese/mixed-brackets", "（", r"（[^()（）\n]{1,80}\)", lambda t: f"{t[:-1]}）"),
    _sign("japanese/mixed-brackets", "(", r"\([^()（）\n]{1,80}）", lambda t: f"（{t[1:]}"),
    _sign(
        "japanese/full-width",
        _all(0xFF10, 0xFF19) + _all(0xFF21, 0xFF3A) + _all(0xFF41, 0xFF5A),
        "(?!ｗｗ)[０-９Ａ-Ｚａ-ｚ](?:[．，]?[０-９Ａ-Ｚａ-ｚ])+",
        _narrow,
    ),
    _sign(
        "japanese/half-width-kana",
        _all(0xFF61, 0xFF9F),
        rf"[ｦ-ﾝ](?<![{BLOT}ｦ-ﾟ].)[ｦ-ﾟ｡-･]+|[｡｢｣､]",
        _narrow,
    ),
    _sign(
        "japanese/lost-joiner",
        "♀♂\U0001f3f3\U0001f468\U0001f469\U0001f9d1",
        _JOINABLE.pattern,
        _joined,
    ),
    _sign(
        "japanese/lost-joiner",
        "\U0001f468\U0001f469\U0001f9d1",
        _PERHAPS.pattern,
        _joined,
        safe=False,
    ),
    _sign(
        "japanese/stray-selector",
        "\ufe0e\ufe0f\u200d",
        rf"(?:^|(?<=[{_BESIDE}]))[\ufe0e\ufe0f]+|\u200d+(?=$|[{_BESIDE}])",
        lambda _: "",
    ),
    _sign(
        "japanese/half-flag",
        _all(0x1F1E6, 0x1F1FF),
        "[\U0001f1e6-\U0001f1ff]+",
        _halved,
        safe=False,
    ),
    _sign("japanese/lost-character", "\ufffd", "\ufffd+", str, safe=False),
    _sign(
        "japanese/split-kana",
        "\u3099\u309a",
        "[うか-とは-ほウカ-トハ-ホワ-ヲ][\u3099\u309a]",
        _composed,
    ),
    _sign("japanese/wide-asterisks", ["＊＊"], "＊＊[^＊\n]{1,80}＊＊", _narrow_bold, safe=False),
    _sign(
        "japanese/blank",
        [" 、", "　、", " 。", "　。", "、 ", "、　"],
        rf"[ \u3000](?<={_ENDED}[ \u3000])[ \u3000]*(?=[、。])"
        rf"|[ \u3000](?<=、[ \u3000])[ \u3000]*(?={_J})",
        lambda _: "",
    ),
    _sign(
        "japanese/trailing-blank",
        "\u3000",
        "[ \u3000](?<![ \u3000][ \u3000])[ \u3000]*$",
        _trailing,
    ),
    _sign(
        "japanese/layout-blanks",
        "\u3000",
        rf"\u3000(?<={_J}\u3000)(?<!{_J}{_J}\u3000)"
        rf"(?:(?<=[{_KANA}]\u3000)|(?=(?:{_J}\u3000){{,9}}[{_KANA}]))"  # single kanji are a list
        rf"{_J}(?:\u3000{_J})+(?!{_J})",
        _spaced,
        safe=False,
    ),
    _sign(
        "japanese/layout-blanks",
        " ",
        rf" (?<=[ァ-ヺー] )(?<!{_J}{_J} )[ァ-ヺー](?: [ァ-ヺー])+(?!{_J})"
        rf"| (?<=[おご] )(?<!{_J}{_J} ){_J}(?: {_J})+(?!{_J})",
        _spaced,
        safe=False,
    ),
    _sign(
        "japanese/layout-blanks",
        ["　　", " 　", "　 ", "   "],
        r"^(?<![^\n]\n)\u3000{3,}(?=\S)"  # a line of verse goes on so, or begins with two
        rf"|[ \u3000](?<!{_CLOSING}[ \u3000])"
        rf"(?<=[^\s|\x00-\x7f{BLOT}][ \u3000])[ \u3000]+(?=[^\s|])",
        _layout,
        safe=False,
    ),
)
