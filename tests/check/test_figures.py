"""Sums of money, compared with what the source says."""

from __future__ import annotations

import pytest

from ssg.check.rules import figures
from ssg.check.rules.figures import in_japanese
from tests.marked import CONFIG, article, as_marked, post, reported, unmarked

SLIP = "⟦figures/scale⟧"


def source(title: str) -> str:
    return f"sources:\n  - title: {title}\n    url: https://a.example/\n"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Acme raises $5 billion", f"甲社は{SLIP}5億ドルを集めました。"),
        ("Acme raises $10B in new round", f"甲社は約{SLIP}10億ドルを集めました。"),
        ("Acme pays $1.2 billion fine", f"罰金は{SLIP}1億2000万ドルです。"),
        ("Acme pays US$1.2bn fine", f"罰金は{SLIP}120億ドルです。"),
        ("Fund of 300 million euros", f"基金は{SLIP}30億ユーロです。"),
        ("Fund of €300m", f"基金は{SLIP}3000万ユーロです。"),
        ("A 2 trillion yen budget", f"予算は{SLIP}2000億円です。"),
        ("£750,000 grant", f"助成は{SLIP}７万５０００ポンドです。"),
        ("10 billion yuan plan", f"計画は{SLIP}10億元です。"),
        ("RMB 10 billion plan", f"計画は{SLIP}10億人民元です。"),
        ("Deal of $5-billion", f"買収は{SLIP}5,000億ドルです。"),
        ("Between $5 million and $8 million", f"費用は{SLIP}80万ドルです。"),
        ("Acme raises $3 billion", f"甲社は{SLIP}三億ドルを集めました。"),
        ("Acme raises $5 billion", f"甲社は{SLIP}5億アメリカドルを集めました。"),
        ("Acme raises $5 billion", f"甲社は{SLIP}5億USDを集めました。"),
        ("Acme raises $5 billion", f"甲社は{SLIP}$5億を集めました。"),
        ("Acme raises $5 billion", f"甲社は{SLIP}**5億**ドルを集めました。"),
        ("Acme raises $5 billion", f"甲社は{SLIP}5 億ドルを集めました。"),
        ("Acme raises $5 billion", f"甲社は{SLIP}5〜6億ドルを集めました。"),
        ("Acme raises $5 billion", f"甲社は{SLIP}50億円を集めました。"),
        ("Acme raises $5 billion", f"甲社は{SLIP}50億ユーロを集めました。"),
        ("Acme raises five billion dollars", f"甲社は{SLIP}5億ドルを集めました。"),
        ("Acme raises half a billion dollars", f"甲社は{SLIP}5000万ドルを集めました。"),
        ("Acme raises $ 5 billion", f"甲社は{SLIP}5億ドルを集めました。"),
        ("Acme raises $32 billion", f"甲社は{SLIP}三十二億ドルを集めました。"),
        ("Acme raises 3B dollars", f"甲社は{SLIP}3億ドルを集めました。"),
        ("Acme raises $3bn", f"甲社は{SLIP}3億ドルを集めました。"),
        ("Acme is worth $1.2 trillion", f"甲社の価値は{SLIP}1.2億ドルです。"),
        ("Used by 1.5 million people", f"使う人は{SLIP}15万人です。"),
        ("Acme has 2 billion monthly active users", f"使う人は{SLIP}2億人です。"),
        ("Acme sells 20M phones", f"売れたのは{SLIP}200万台です。"),
        ("More than 300 million downloads", f"{SLIP}3000万件を超えました。"),
    ],
)
def test_a_slip_of_ten_or_more(title: str, body: str) -> None:
    as_marked(figures, body, source(title))


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Acme raises $5 billion", "甲社は50億ドルを集めました。"),
        ("Acme raises $5 billion", "売上は50億ドル、利益は5億ドルです。"),
        ("Acme raises $5 billion", "甲社は7500億円を集めました。うち5億円は日本です。"),
        ("Acme raises $5 billion", "甲社は数十億ドルを集めました。"),
        (
            "Acme spends $10 billion over 10 years",
            "100億ドルを投じる。\n\n年に10億ドルずつになる。",
        ),
        ("Acme raises $3 billion", "甲社は30億ドルを集めました。\n\n去年は3億ドルでした。"),
        ("Acme raises $5 billion", "50億ドルを集めました。\n\n日本では50億円です。"),
        ("Acme raises $5 billion, or 5 billion euros in shares", "50億ユーロです。"),
        ("Acme raises $5 billion", "$50億、50〜60億ドル、**50億**ドルです。5億でも足りません。"),
        ("Acme raises five billion dollars", "50億ドルを集めました。"),
        ("Acme raises $5 billion and spends $500 million", "使ったのは5億ドルです。"),
        ("Acme raises $1.23 billion", "約12億ドルを集めました。"),
        ("Acme raises $1.2 billion", "12億ドルを集めました。"),
        ("Acme has 5 billion users", "5億ドルを集めました。"),
        ("Acme was founded in 1999", "5億ドルを集めました。"),
        ("5 b of 7", "5億ドルを集めました。"),
        ("A ¥5 billion plan", "計画は50億元です。"),
        ("Acme raises $5 billion", "3億ドルを集めました。"),
        ("Acme raises $5 billion", "`5億ドル` は誤りです。"),
        ("日本語の題名", "5億ドルを集めました。"),
        ("甲社、5億ドル。$5 billion の乙社に続く", "5億ドルを集めました。"),
        ("Acme raises $3 billion", "三十億ドルを集めました。社員は三千人です。"),
        ("Acme raises $3 billion", "数十億ドルです。二、三億ドルの会社ではありません。"),
        ("Acme raises $3 billion", "30億ドルを集めました。\n\n社長の取り分は3000万ドルです。"),
        (
            "Acme raises $3 billion, $300 million of it debt",
            "30億ドルです。\n\n借入は3億ドルです。",
        ),
        ("Acme raises $3 trillion", "3万ドルです。"),
        ("Used by 1.5 million people", "使う人は150万人、去年は15万人でした。"),
        ("Used by 1.5 million people", "使う人は150万人です。\n\n去年は1.5万人でした。"),
        ("Used by 1.5 million people", "値段は15万円、売れたのは15万台です。"),
        ("From 200,000 to 2 million users", "使う人は20万人でした。"),
        ("1.5 million trees and people", "15万人が植えました。"),
        ("Between $300,000 and 3 million", "300万ドルです。"),
    ],
)
def test_sums_that_agree_or_say_something_else(title: str, body: str) -> None:
    as_marked(figures, body, source(title))


def test_the_source_of_a_brief_its_text_and_quotations() -> None:
    name = "{name: 甲社, url: 'https://news.example/1', title: 'Acme raises $5 billion'}"
    text, front = f"{SLIP}5億ドルです。", "title: 題\ndate: 2026-01-01\n"
    plain, places = unmarked(f"---\n{front}source: {name}\n---\n{text}\n")
    assert reported(figures, plain, "news") == places
    as_marked(figures, text, "original: {text: 'It raised $5 billion.', lang: en}\n", "news")
    as_marked(figures, f"> We raised $5 billion.\n\n{text}")
    as_marked(
        figures,
        "本文です。",
        f"tldr: 甲社が{SLIP}5億ドルを調達\noriginal: It raised $5 billion.\n",
        "news",
    )


def test_a_title_that_is_right_does_not_cover_what_is_wrong_below() -> None:
    name = "{name: 甲社, url: 'https://news.example/1', title: 'Acme raises $3 billion'}"
    front = (
        f"title: 甲社が30億ドルを調達\ndate: 2026-01-01\ntldr: 甲社が{SLIP}3億ドルを集めた。\n"
        f"key_points:\n  - title: 額\n    text: 集めたのは{SLIP}3億ドル。\n"
    )
    body = f"甲社は{SLIP}3億ドルを集めました。"
    plain, places = unmarked(f"---\n{front}source: {name}\n---\n{body}\n")
    assert reported(figures, plain, "news") == places


def test_the_nearest_of_the_sums_is_named() -> None:
    text = post("赤字は5000万ドルでした。", source("Acme, worth $5 billion, lost $500 million"))
    (remark,) = figures.remarks(article(text), CONFIG)
    assert remark.blanks == {"got": "5000万ドル", "original": "$500 million", "better": "5億ドル"}


def test_another_currency_is_named() -> None:
    text = post("50億円を集めました。", source("Acme raises $5 billion"))
    (remark,) = figures.remarks(article(text), CONFIG)
    assert remark.blanks == {"got": "50億円", "original": "$5 billion", "better": "50億ドル"}


@pytest.mark.parametrize(
    "body",
    [
        "⟦figures/grouping⟧1,2000円です。",
        "⟦figures/grouping⟧12,34円です。",
        "⟦figures/grouping⟧1，234円です。",
        "⟦figures/grouping⟧1,234,56人です。",
        "資産は⟦figures/grouping⟧1億20000万円です。",
        "⟦figures/grouping⟧3兆12000億円です。",
        "2,3人で、１，２３４円、1億2000万円、12,000円、1,234,567人、10,000万円、1万2000人、2,2026年です。",
    ],
)
def test_digits_in_groups(body: str) -> None:
    as_marked(figures, body)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5e9, "50億"),
        (1.2e9, "12億"),
        (1.23e8, "1億2300万"),
        (2e12, "2兆"),
        (750_000, "75万"),
        (10_500, "1万500"),
        (12, "12"),
    ],
)
def test_numbers_in_japanese(value: float, text: str) -> None:
    assert in_japanese(value) == text


@pytest.mark.parametrize("piece", ["1", "1,", "1億", "$1 ", "1億1", "1.", "$", "1億円"])
def test_hostile_text_is_read_in_time(piece: str) -> None:
    as_marked(figures, f"a{piece * 20_000}", source("Acme raises $7.77 billion"))
