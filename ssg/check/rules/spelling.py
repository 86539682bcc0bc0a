"""One word, one spelling: in a post, and names in the whole site."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from ssg.check.article import Article, At, Remark
from ssg.check.prose import blotted
from ssg.check.rules.kinds import Finding, Survey
from ssg.check.rules.spellings import MISSPELLED, MIXED, OWN_WORDS
from ssg.config import Config

MANY, FEW = 10, 0.1  # posts with the usual spelling; how many at most as a share may deviate

Found = tuple[At, int, str]  # where a spelling stands, and the whole word there
Uses = dict[str, dict[str, list[Found]]]  # places by word and spelling


class _Word(NamedTuple):
    """A word of `MIXED`. `parts` are what its spellings cannot do without, in the same order."""

    spellings: list[str]
    parts: list[str]
    pattern: re.Pattern[str]


def _words() -> Iterator[_Word]:
    for line in MIXED.strip().split("\n"):
        given = [spelling.strip().partition(" ") for spelling in line.split(" / ")]
        names = [name for name, _, _ in given]
        patterns = [
            _ALONE.format(name) if pattern == "~" else pattern or name for name, _, pattern in given
        ]
        whole = re.compile("|".join(f"({pattern})" for pattern in patterns))
        yield _Word(names, [_literal(pattern) for pattern in patterns], whole)


def _literal(pattern: str) -> str:
    """A pattern without what it asks of the characters beside it."""
    bare, count = re.sub(r"\[[^\]]*\]", "", pattern), 1
    while count:
        bare, count = re.subn(r"\(\?[^()]*\)", "", bare)
    return bare.replace("\\", "")


_ALONE = (
    r"(?<![A-Za-z][ -])(?<![A-Za-z/.#]){}(?! ?[A-Za-z0-9./]|デザイナー|ライター|小説|漫画|会議)"
)
_WORDS = list(_words())
_MISSPELLED = re.compile(f"(?:{'|'.join(MISSPELLED)})(?!ロ)")  # Avogadro is no avocado
_KATAKANA = re.compile(  # but not in names: さくらのレンタルサーバ, 日本コンピュータ将棋協会
    "(?<![ァ-ヺー])(?<!さくらの)(?:(?<![一-鿿])|(?=[ァ-ヺー]++(?![一-鿿])))[ァ-ヺー]{3,}"
)
_MAY_BE_LONG = frozenset("ーアカサタナハマヤラワガザダバパャァイキシチニヒミリギジビピィ")
_LATIN = re.compile(
    r"[A-Za-z](?<![A-Za-z0-9./_@#:-].)[A-Za-z0-9]*(?:[ -][A-Za-z0-9]+)*"
    r"(?![A-Za-z0-9/_@-]|\.[A-Za-z0-9])"
)
_SENTENCE = 5  # from so many words on, English is no name
_ONE_NAME = re.compile("[A-Za-z]*(?:[a-z][A-Z]|[A-Za-z][0-9])[A-Za-z0-9]*")
_AGAINST = re.compile("(?: [A-Za-z0-9]+)?(?:ではなく|じゃなく|でなく|→)| [A-Za-z0-9]+から| ?\\| ?")
_BESIDE = re.compile("と|や|か|も|、|・|/|／")
_TALK = re.compile(
    "の(?:どちら|どっち|違い|区別|表記|混同)|という|は(?:別|違)|[がは]正し|（|と書[きくい]"
)
_SPOKEN = re.compile(r"「[^「」\n]*」")


def remarks(article: Article, config: Config) -> Iterator[Remark]:
    """Words that are never spelled so."""
    for at, text in article.own:
        for match in _MISSPELLED.finditer(text):
            better = MISSPELLED[match[0]]
            if _is_named(text, match) or better in _line(text, match.start()):
                continue
            blanks: dict[str, object] = {"got": match[0], "better": better}
            yield article.remark("japanese/misspelled", at, match.start(), blanks, match[0], better)


def _is_named(text: str, match: re.Match[str]) -> bool:
    """Whether a word is not used but talked about."""
    word = match[0]
    around = text[match.start() - 1 : match.end() + 1]
    return around in (f"「{word}」", f"“{word}”", f'"{word}"') or text.startswith(
        "（なぜか", match.end()
    )


def _line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


def facts(article: Article, config: Config) -> Any:
    """What a post spells in two ways: the rarer one with its place, and the other one. And the
    names that it spells in one way, with their places.
    """
    uses: Uses = defaultdict(lambda: defaultdict(list))
    texts = [(at, _SPOKEN.sub(_blot, text)) for at, text in article.own]
    words = _doubtful("\n".join(text for _, text in texts))
    for at, text in texts:
        for word, spelling, start in _spellings(text, words):
            uses[word][spelling].append((at, start, spelling))
    groups = _with_compounds({w: group for w, group in uses.items() if _is_one(w, group)}, uses)
    single = (
        item for word, g in uses.items() if len(g) == 1 and word[0] != "#" for item in g.items()
    )
    return {
        "mixed": [
            told
            for group in groups
            if not _discussed(group, dict(texts))
            for told in _mixed(article, group)
        ],
        "names": {name: article.place(*places[0][:2]) for name, places in single},
    }


def _is_one(word: str, group: Iterable[str]) -> bool:
    """Whether spellings that look alike are those of one word. Latin letters are, when one of them
    is a name that is written together: `OpenAI`, `GPT4`.
    """
    names = list(group)
    return len(names) > 1 and (word[0] in "#ァ" or any(map(_ONE_NAME.fullmatch, names)))


def _with_compounds(mixed: Uses, uses: Uses) -> list[dict[str, list[Found]]]:
    """The groups of spellings that are mixed, words of katakana together with their compounds:
    レンタルサーバ is another place of サーバ.
    """
    for word in sorted((w for w in mixed if w[0] == "ァ"), key=len):
        for other in [w for w in uses if word in mixed and _is_compound(w, word)]:
            for name, places in uses[other].items():
                mixed[word][name[len(other) - len(word) :]] += places
            mixed.pop(other, None)
    return list(mixed.values())


def _is_compound(one: str, word: str) -> bool:
    """Whether a word is another one with a word before it; スプリンター is no プリンター."""
    return one[0] == "ァ" and one.endswith(word[1:]) and len(one) > len(word) + 1


def judge(survey: Survey) -> Iterator[Finding]:
    """Spellings mixed in one post, and names that nearly all other posts write differently."""
    for path, known in survey.facts.items():
        for line, column, got, count, other, more in known["mixed"]:
            yield Finding.at(
                "japanese/spelling",
                path,
                line,
                column,
                got=got,
                count=count,
                other=other,
                more=more,
            )
    usual = _usual(survey.facts.values())
    for path, known in survey.facts.items():
        for name in known["names"].keys() & usual.keys():
            other, count = usual[name]
            place = known["names"][name]
            yield Finding.at(
                "japanese/site-spelling", path, *place, got=name, other=other, count=count
            )


def _usual(facts: Iterable[Any]) -> dict[str, tuple[str, int]]:
    """For each name that few posts write so: the usual one, and in how many posts it stands."""
    posts: dict[str, Counter[str]] = defaultdict(Counter)
    for name in (name for known in facts for name in known["names"]):
        posts[_word(name)][name] += 1
    found: dict[str, tuple[str, int]] = {}
    for word, counts in posts.items():
        (most, count), *others = counts.most_common()
        if count >= MANY and _is_one(word, counts):
            found |= {name: (most, count) for name, rare in others if rare <= FEW * count}
    return found


def _mixed(article: Article, group: dict[str, list[Found]]) -> Iterator[list[Any]]:
    """Each spelling with its place and count, and the one that should take its place: the most
    frequent, of equal ones the fuller or earlier.
    """
    best = max(group, key=lambda name: (len(group[name]), "-" in name, _is_full(name)))
    for name, places in group.items():
        if name != best:
            at, start, _ = places[0]
            got = "、".join(dict.fromkeys(word for _, _, word in places))
            yield [*article.place(at, start), got, len(places), best, len(group[best])]


def _discussed(group: dict[str, list[Found]], texts: dict[At, str]) -> bool:
    """Whether a sentence sets two spellings side by side in order to speak of them."""
    for at, text in texts.items():
        found = sorted(
            (start, start + len(word), name)
            for name, places in group.items()
            for where, start, word in places
            if where == at
        )
        for (_, end, one), (start, after, other) in pairwise(found):
            if one != other and (
                _AGAINST.fullmatch(text, end, start)
                or (_BESIDE.fullmatch(text, end, start) and _TALK.match(text, after))
            ):
                return True
    return False


def _is_full(name: str) -> bool:
    return name.endswith("ー") or _ONE_NAME.fullmatch(name) is not None


def _doubtful(text: str) -> list[_Word]:
    """The words that may stand in a text in more than one spelling."""
    letters = frozenset(text)
    return [
        word
        for word in _WORDS
        if sum(letters.issuperset(part) and part in text for part in word.parts) > 1
    ]


def _spellings(text: str, words: list[_Word]) -> Iterator[tuple[str, str, int]]:
    """Each word that may be spelled in more than one way: the word, the spelling, its place."""
    for word in words:
        for match in word.pattern.finditer(text):
            name = word.spellings[(match.lastindex or 1) - 1]
            yield f"#{word.spellings[0]}", name, match.start()
    for match in _KATAKANA.finditer(text):
        if match[0][-1] in _MAY_BE_LONG and len(match[0].rstrip("ー")) >= 3:
            yield _word(match[0]), match[0], match.start()
    for match in _LATIN.finditer(text):
        for name, start in _names(match[0]):
            yield _word(name), name, match.start() + start


def _names(phrase: str) -> Iterator[tuple[str, int]]:
    """The words of a phrase that may be names, alone and each with the next one."""
    words = list(re.finditer("[A-Za-z0-9]+", phrase))
    if len(words) >= _SENTENCE:
        return
    for word, after in zip(words, [*words[1:], None], strict=True):
        if word[0][0].isalpha():
            beside = phrase[max(word.start() - 1, 0)] + phrase[word.end() : word.end() + 1]
            if len(word[0]) > 2 and "-" not in beside:
                yield word[0], word.start()
            if after and not (both := phrase[word.start() : after.end()]).islower():
                yield both, word.start()


def _word(name: str) -> str:
    """What all spellings of a name have in common."""
    if name.isascii():
        return re.sub("[ -]", "", name).casefold()
    bare = name.rstrip("ー")
    return f"ァ{name if bare in OWN_WORDS else bare}"


def _blot(match: re.Match[str]) -> str:
    return blotted(match[0])
