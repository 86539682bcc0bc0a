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
    """A 「 that never closes while another one opens in its line. A speech of several paragraphs
    may close in its last one.
    """
    for at, text in (*article.own[:-1], (0, article.prose)):
        if text.count("「") > text.count("」"):
            for line in _WITH_QUOTES.finditer(text):
                place = _left_open(line[0])
                if place is not None:
                    got = re.split("[「」。]", line[0][place + 1 :], maxsplit=1)[0]
                    blanks: dict[str, object] = {"got": _shown(got)}
                    yield article.remark("japanese/unclosed", at, line.start() + place, blanks)


_WITH_QUOTES = re.compile("[^\n]*「[^\n]*")


def _left_open(line: str) -> int | None:
    opened = list[int]()
    for match in re.finditer("[「」]", line):
        if match[0] == "「":
            opened.append(match.start())
        elif opened:
            opened.pop()
    return opened[0] if opened and "「" in line[opened[0] + 1 :] else None


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
_JOINABLE = re.compile(f"([{_WITH_SEX}][\ufe0f\U0001f3fb-\U0001f3ff]?)([\u2640\u2642]\ufe0f?)")


def _joined(text: str) -> str:
    return _JOINABLE.sub("\\1\u200d\\2", text)


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


_BESIDE = rf"{KANA_KANJI}ーA-Za-z、。！？「」（） \u3000"  # what no emoji is made of
_SIGNS = (
    _sign("japanese/doubled", ["。。"], "。(?<!。。)。(?!。)", lambda _: "。"),
    _sign("japanese/doubled", ["、、"], "、(?<!、、)、(?![、。])", lambda _: "、"),
    _sign("japanese/doubled", ["をを"], rf"を(?<={_J}を)(?<!をを)を(?![をし！])", lambda _: "を"),
    _sign("japanese/doubled", ["、。"], "、(?<!、、)。(?!。)", lambda _: "。"),
    _sign(
        "japanese/ellipsis",
        ["。。。"],
        "。{3,}+(?=[とっ、」』）…・])",
        lambda _: "……",
    ),
    _sign("japanese/ellipsis", ["。。。"], "。{3,}+(?![とっ、」』）…・])", lambda _: "……。"),
    _sign(
        "japanese/ellipsis",
        ["、、、", "・・・", "..."],
        rf"、{{3,}}|・{{3,}}|\.(?<={_J}\.)\.{{2,}}(?!\d)",
        lambda _: "……",
    ),
    _sign(
        "japanese/many-marks",
        "!?！？",
        rf"(?:[!?](?<={_ENDED}[!?])|[！？])[!?！？]{{2,}}(?![」』])",
        _once,
    ),
    _sign(
        "japanese/half-width",
        "!?",
        rf"[!?](?<={_ENDED}[!?])[!?]?(?![!?！？A-Za-z0-9=&/\[])",
        _wide,
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
        "[０-９Ａ-Ｚａ-ｚ](?:[．，]?[０-９Ａ-Ｚａ-ｚ])+",
        _narrow,
    ),
    _sign("japanese/half-width-kana", _all(0xFF61, 0xFF9F), "[ｦ-ﾝ][ｦ-ﾟ｡-･]+|[｡｢｣､]", _narrow),
    _sign("japanese/lost-joiner", "♀♂", _JOINABLE.pattern, _joined),
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
        rf"^\u3000{{2,}}(?=\S)|[ \u3000](?<=[^\s|\x00-\x7f{BLOT}][ \u3000])[ \u3000]+(?=[^\s|])",
        _layout,
        safe=False,
    ),
)
