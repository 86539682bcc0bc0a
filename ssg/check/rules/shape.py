"""The format: what a trend post and a brief consist of, and what its author need not make."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from ssg.check.article import Article, Remark
from ssg.check.prose import BLOT
from ssg.config import Config
from ssg.extensions.addresses import is_example
from ssg.tables import rows
from ssg.text import fold, visible
from ssg.written import NewsMeta, PageMeta, TrendMeta

SHORT_POST, SHORT_BRIEF, LONG_PARAGRAPH, LONG_SENTENCE = 300, 60, 400, 120
SHORT_ENTRY, LONG_ENTRY, SHORT_POINT = 5, 60, 10
POINTS = range(3, 6)


def remarks(article: Article, config: Config) -> Iterator[Remark]:
    meta = article.meta
    if isinstance(meta, TrendMeta) and meta.layout in (None, "trend"):
        yield from _post(article, meta)
    elif isinstance(meta, NewsMeta) and meta.layout in (None, "news"):
        yield from _brief(article, meta)
    if isinstance(meta, PageMeta):
        yield from _headings(article, meta)
    yield from _kickers(article)
    yield from _labels(article)
    yield from _placeholders(article, config)
    yield from _typed(article)
    yield from _long(article)


def _missing(code: str) -> Remark:
    return Remark(code, ("title",))


# --- a post ----------------------------------------------------------------------------------


def _post(article: Article, meta: TrendMeta) -> Iterator[Remark]:
    if not meta.description:
        yield _missing("format/no-description")
    if not meta.recommended and ":::recommended" not in article.body:
        yield _missing("format/no-recommended")
    if not meta.summary:
        yield _missing("format/no-summary")
    if not meta.cover and (picture := _PICTURE.search(article.body)):
        yield article.remark("format/no-cover", picture.start())
    yield from _recommended(meta.recommended)
    yield from _summary(meta)
    yield from _sources(article, meta)
    yield from _title(meta)
    yield from _short(article, SHORT_POST // 2 if _CODE.search(article.body) else SHORT_POST)


_CODE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)  # says much in few words
_PICTURE = re.compile(r"^!\[[^\]\n]*\]\((?!https?:)", re.MULTILINE)
_READER = re.compile(
    r"(?:方々?|[人者員生師家親性手主目司僚子女男代派婦族庭様長坊]|かた|みなさま|皆さま|みなさん|皆さん|さん|チーム|奥さま|お客さま|世帯|志望|[二三]人|ふたり|マン|ソムリエ|サイクリスト"
    r"|世代|担当|企業|会社|お店|学校|自治体|暮らし|あなた|仲間|好き|ファン|マニア|ビギナー|ユーザー"
    r"|メンバー|エンジニア|フリーランス|ママ|パパ|シニア"
    r"|[ァ-ヺー](?:[ナヤマカガバラサパャタダ]ー|(?:[ニィ]|[タナマ]リ)スト))"  # ランナー, ピアニスト
    r"(?:[へにもと]|たち|など)?(?:（[^（）]*）)?\W*$"
)


def _recommended(entries: list[str]) -> Iterator[Remark]:
    before: set[str] = set()
    for index, text in enumerate(entries):
        at = ("recommended", index)
        if fold(text) in before:
            yield Remark("format/recommended-repeated", at, 0, {"got": text})
        elif not _READER.search(text):
            yield Remark("format/recommended-reader", at, 0, {"got": text})
        elif not SHORT_ENTRY <= len(text) <= LONG_ENTRY:
            yield Remark("format/recommended-length", at, 0, {"length": len(text)})
        before.add(fold(text))


def _summary(meta: TrendMeta) -> Iterator[Remark]:
    text = meta.summary
    if not text or text == meta.description:  # the build tells that
        return
    for key, other in (("title", meta.title), ("description", meta.description)):
        if other and _says_the_same(text, other):
            yield Remark("format/summary-repeats", ("summary",), 0, {"key": key})
            return
    if all(_EMPTY.search(sentence) for sentence in _sentences(text)):
        yield Remark("format/empty-summary", ("summary",))


_EMPTY = re.compile(
    r"(?:紹介|解説|説明|お伝え|お届け|深掘り|まとめ)(?:して(?:いき|い)?ます|しま(?:す|した)|ました|です)?$"
    r"|必見です$|いかがでしたか|ご覧ください$|読んで(?:みて)?ください$"
)


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"[。！？!?\n]\s*", text.strip()) if part]


def _says_the_same(text: str, other: str) -> bool:
    """Whether one text is the other one with a few characters more, or with other punctuation."""
    short, long = sorted((_letters(text), _letters(other)), key=len)
    return long.startswith(short) and len(long) - len(short) <= len(long) // 5


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))


def _sources(article: Article, meta: TrendMeta) -> Iterator[Remark]:
    """Figures by hearsay, and nothing that says where to look them up."""
    if meta.sources or "http" in article.body or "](" in article.body:
        return
    text = article.own[-1][1]
    for match in _HEARSAY.finditer(text):
        if not _PRIVATE.search(text, max(match.start() - 8, 0), match.start()):
            yield article.remark("format/no-sources", match.start())
            return


_HEARSAY = re.compile(
    r"(?:によると|によれば|の(?:調べ|調査|統計|発表|集計)(?:では|によると|によれば))"
    r"[^。\n]{0,80}?[0-9０-９][^。\n]{0,12}?(?:%|％|割|倍|円|人|件|万|億|兆|ドル|社)"
)


_PRIVATE = re.compile(  # what no reader could look up
    "(?:の話|友人|友だち|友達|知人|家族|祖母|祖父|父|母|兄|姉|弟|妹|妻|夫|息子|娘|先輩|後輩|同僚"
    "|店主|店員|さん|くん|ちゃん|本人|予報|うわさ|噂|聞くところ)$"
)


def _title(meta: PageMeta) -> Iterator[Remark]:
    if match := re.match(r"【([^【】]+)】.", meta.title):
        yield Remark(
            "format/typed-kicker", ("title",), 0, {"got": match[1].strip(), "key": "title"}
        )


def _kickers(article: Article) -> Iterator[Remark]:
    """Those that bring their brackets along, and would be shown with two pairs."""
    for field in article.fields:
        match = re.fullmatch(r"【([^【】]+)】", field.text)
        if match and field.where[-1] == "kicker":
            yield Remark(
                "format/typed-kicker", field.where, 0, {"got": match[1].strip(), "key": "kicker"}
            )


def _labels(article: Article) -> Iterator[Remark]:
    """Headings that the boxes bring along."""
    for field in article.fields:
        if field.where in _BOXES and (match := _LABEL.match(field.text)):
            blanks: dict[str, object] = {"got": match[0].strip(), "key": field.where[0]}
            yield article.remark("format/typed-label", field.where, 0, blanks)


_BOXES = (("summary",), ("tldr",))
_LABEL = re.compile(
    r"[*_]*(?:【(?:この記事の)?(?:要約|要点|まとめ|TL;?DR)】"
    r"|(?:要約|要点|TL;?DR)[*_]*[ \u3000]*[:：])[*_]*",
    re.IGNORECASE,
)


def _placeholders(article: Article, config: Config) -> Iterator[Remark]:
    """What `ssg new` wrote and nobody replaced, and on a site with an address the sample."""
    known = rows("placeholders") + (() if is_example(config.url) else rows("samples"))
    for field in article.fields:
        if field.text in known:
            yield Remark("format/placeholder", field.where, 0, {"got": visible(field.text)})
    for text in known:
        start = f"\n{article.body}\n".find(f"\n{text}\n")
        if start >= 0:
            yield article.remark("format/placeholder", start, 0, {"got": visible(text)})


# --- a brief -----------------------------------------------------------------------------------


def _brief(article: Article, meta: NewsMeta) -> Iterator[Remark]:
    if not meta.tldr:
        yield _missing("format/no-tldr")
    elif _says_the_same(meta.tldr, meta.title):
        yield Remark("format/tldr-repeats", ("tldr",))
    if not meta.key_points:
        yield _missing("format/no-key-points")
    elif len(meta.key_points) not in POINTS:
        blanks: dict[str, object] = {"count": len(meta.key_points)}
        few = len(meta.key_points) < POINTS.start
        blanks |= {"least": POINTS.start} if few else {"most": POINTS.stop - 1}
        yield Remark("format/key-point-count", ("key_points",), 0, blanks)
    for index, point in enumerate(meta.key_points):
        if len(point.text) < SHORT_POINT or _letters(point.text) == _letters(point.title):
            yield Remark(
                "format/empty-point", ("key_points", index, "text"), 0, {"got": point.title}
            )
    yield from _title(meta)
    yield from _short(article, SHORT_BRIEF)


def _short(article: Article, least: int) -> Iterator[Remark]:
    length = _length(article.prose)
    if length < least:
        yield Remark("format/short-body", ("title",), 0, {"length": length, "least": least})


_SILENT = re.compile(rf"[\s{BLOT}*_#|>~-]+")


def _length(text: str) -> int:
    return len(_SILENT.sub("", text))


# --- headings ----------------------------------------------------------------------------------


class _Heading(NamedTuple):
    level: int
    text: str
    start: int
    end: int


_HEADING = re.compile(r"^[ ]{0,3}(#{1,6})[ \u3000]+([^\n]+)$", re.MULTILINE)
_NUMBER = re.compile(
    r"(?![0-9]\. ?(?:FC|FSV|ブンデスリーガ))"  # names that have a number
    r"(?:[IVXⅠ-Ⅻ]+[.．]|[0-9０-９]{1,2}[.．)）](?![0-9０-９])"
    r"|[0-9]+(?:\.[0-9]+)+\.?(?=[ \u3000](?![のがはをでに]))"
    r"|[①-⑳]|[（(][0-9０-９]{1,2}[)）]|第[0-9０-９一二三四五六七八九十]+[章節](?=[ \u3000:：、]|$))"
    r"|(?P<boxed>【[0-9０-９]{1,2}】)|(?P<comma>[0-9０-９]{1,2}、(?![0-9０-９]))"
    r"|(?P<kanji>[一二三四五六七八九十]{1,2}、(?![一二三四五六七八九十]))"
    r"|(?P<roman>[Ⅰ-Ⅻ](?=[ \u3000]))|(?P<circled>[❶-❿➀-➓])|(?P<key>[0-9]\ufe0f?\u20e3)"
    r"|(?P<step>(?:[Ss]tep|STEP|ステップ)[ .]?[0-9０-９]{1,2}(?![0-9０-９]))"
)
_TOLD_BY_BUILD = re.compile(r"(?:[IVXLC]+\.|\d+\.|\d+(?:\.\d+)+\.?)\s")


def _headings(article: Article, meta: PageMeta) -> Iterator[Remark]:
    if "#" not in article.prose:
        return
    found = [
        _Heading(len(match[1]), match[2], *match.span())
        for match in _HEADING.finditer(article.prose)
    ]
    titles = (h for h in found if h.level == 1 and article.prose[: h.start].strip())
    if title := next(titles, None):  # at the top it is a headline of the text
        yield article.remark("format/title-in-body", title.start)
    before = 1
    for heading in found:
        if heading.level > before + 1:
            blanks: dict[str, object] = {"got": "#" * heading.level, "better": "#" * (before + 1)}
            yield article.remark("format/skipped-level", heading.start, 0, blanks)
        before = heading.level
    yield from _empty_sections(article, found)
    yield from _numbered(article, meta, found)


def _empty_sections(article: Article, found: list[_Heading]) -> Iterator[Remark]:
    end = _Heading(0, "", len(article.body), 0)
    for heading, after in pairwise([*found, end]):
        if after.level <= heading.level and not article.prose[heading.end : after.start].strip():
            blanks: dict[str, object] = {"got": heading.text.strip()}
            yield article.remark("format/empty-section", heading.start, 0, blanks)


def _numbered(article: Article, meta: PageMeta, found: list[_Heading]) -> Iterator[Remark]:
    """Numbers typed before headings, as far as the build does not tell; one alone may be a name."""
    told = meta.numbering == "roman"
    matches = [(h, number) for h in found if (number := _NUMBER.match(h.text))]
    kinds = Counter(number.lastgroup for _, number in matches)
    numbered = [(h, number[0]) for h, number in matches if kinds[number.lastgroup] > 1]
    rest = [(h, got) for h, got in numbered if not (told and _TOLD_BY_BUILD.match(h.text))]
    if rest:
        heading, got = rest[0]
        yield article.remark(
            "format/typed-number", heading.start, 0, {"got": got, "count": len(rest)}
        )


# --- what the format makes by itself --------------------------------------------------------------


_READERS = (
    r"[ \t]*(?:[-*+・✅✔☑◎○●]\ufe0f?[ \u3000]*){0,2}"
    r"[^\n|]{4,60}(?:方|人|かた)(?:[へに]|たち)?[ \t]*(?:\n|\Z)"
)
_BOXED = re.compile("お勧め|おすすめ|オススメ|お薦め|ピッタリ|ぴったり|こんな[方人]")
_BOX = re.compile(
    rf"^[^\n。|]{{0,24}}(?:{_BOXED.pattern})[^\n。|]{{0,16}}\n"
    rf"(?:[ \t]*\n)?(?:{_READERS}){{2,}}",
    re.MULTILINE,
)
_BULLET = "・●◆◇■□▶★☆✅☑✔①②③④⑤⑥⑦⑧⑨⑩"
_MEANT = "(?![★☆]|(?:[はがをのとで]|から)[一-鿿ァ-ヺ、])"  # ●が勝つ
_BULLETS = re.compile(
    rf"^[ \t]*([{_BULLET}]){_MEANT}[^\n]*\n(?:[ \t]*\n)?[ \t]*[{_BULLET}]{_MEANT}[^\n]*"
    rf"|^[ \t]*[-*+][ \t]+(?P<needless>[{_BULLET}])(?![★☆])[^\n]*\n"
    r"(?:[ \t]*\n)?[ \t]*[-*+][ \t]+(?P=needless)"  # another sign: they mean something
    r"|([◆◇■●★☆])[^\s:：◆◇■●★☆]{1,8}[:：][^\n◆◇■●★☆]{1,40}[◆◇■●★☆][^\s:：◆◇■●★☆]{1,8}[:：]",
    re.MULTILINE,
)
_LINE = r"^[ \t]*(?:#{{1,6}}[ \u3000]*)?[*_■◆]*【?(?:{})】?[*_]*[:：]?[ \t]*$"
_SUMMARY = re.compile(_LINE.format("(?:この記事の)?(?:要約|要点)|TL;?DR"), re.MULTILINE)
_CONTENTS = re.compile(
    _LINE.format("(?:この記事の)?(?:目次|もくじ)") + r"\n\s*(?:[-*+・]|[0-9]+\.)", re.MULTILINE
)


def _typed(article: Article) -> Iterator[Remark]:
    prose = article.prose
    boxes = [match.span() for match in _BOX.finditer(prose)] if _BOXED.search(prose) else []
    yield from (article.remark("format/typed-recommended", start) for start, _ in boxes)
    bullets = _BULLETS.finditer(prose) if not article.letters.isdisjoint(_BULLET) else iter(())
    if match := next((m for m in bullets if not _within(m.start(), boxes)), None):
        sign = match["needless"]
        blanks: dict[str, object] = {"needless": sign} if sign else {"dash": "- "}
        blanks["got"] = sign or match[1] or match[3]
        yield article.remark("format/typed-list", match.start(), 0, blanks)
    if match := _first(_SUMMARY, prose, ("要約", "要点", "TL")):
        key = "tldr" if isinstance(article.meta, NewsMeta) else "summary"
        if isinstance(article.meta, TrendMeta | NewsMeta):
            yield article.remark("format/typed-summary", match.start(), 0, {"key": key})
    if match := _first(_CONTENTS, prose, ("目次", "もくじ")):
        yield article.remark("format/typed-contents", match.start())


def _first(pattern: re.Pattern[str], text: str, needs: tuple[str, ...]) -> re.Match[str] | None:
    return pattern.search(text) if any(need in text for need in needs) else None


def _within(place: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


# --- lengths -----------------------------------------------------------------------------------


_PARAGRAPH = re.compile(r"(?:^(?![ \t]*(?:[-*+>|#:]|[0-9]+[.)]))[^\n]*[^\s][^\n]*(?:\n|\Z))+", re.M)
_COMMENTS = re.compile(rf"(?:{BLOT}+[ \t]*\n)*")
_SENTENCE = re.compile(r"[^。！？\n]+")
_NOT_WIDE = re.compile(rf"[\x00-\x7f{BLOT}]+")


def _long(article: Article) -> Iterator[Remark]:
    for match in _PARAGRAPH.finditer(article.prose):
        longest = max(match[0].split("  \n"), key=len)
        if len(longest) > LONG_PARAGRAPH and (length := _width(longest)) > LONG_PARAGRAPH:
            comments = _COMMENTS.match(article.prose, match.start())
            start = comments.end() if comments else match.start()
            yield article.remark("format/long-paragraph", start, 0, {"length": length})
    at, text = article.own[-1]
    for match in _SENTENCE.finditer(text):
        if len(match[0]) <= LONG_SENTENCE:
            continue
        length = _width(match[0])
        if length > LONG_SENTENCE and not match[0].lstrip().startswith("|"):
            yield article.remark("format/long-sentence", at, match.start(), {"length": length})


def _width(text: str) -> int:
    """How many characters of Japanese a text has: English needs three times as many."""
    return len(_NOT_WIDE.sub("", text))
