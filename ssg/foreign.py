"""Keys that authors bring from elsewhere: from other programs, from other kinds of files, or in
Japanese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from ssg.errors import Problem
from ssg.nodes import Map
from ssg.text import fold
from ssg.written import MODELS

# What other programs call our keys: WordPress, Hugo, Jekyll, Hexo, Astro, Zenn, Qiita.
_WORDS = {
    "title": "headline pagetitle posttitle タイトル 題名 表題 題",
    "subtitle": "サブタイトル 副題",
    "description": "excerpt metadescription abstract lead 説明 説明文 概要 紹介文"
    " 抜粋 ディスクリプション",
    "summary": "要約 まとめ",
    "date": "publishdate publisheddate publishedat pubdate pubdatetime created createdat"
    " datecreated datepublished 日付 日時 公開日 公開日時 投稿日 作成日",
    "updated": "lastmod modified modifiedat lastmodified lastmodifiedat lastupdated updatedat"
    " updateddate datemodified moddatetime 更新 更新日 更新日時 最終更新日",
    "expires": "expirydate expiry expiredate unpublishdate 終了日 公開終了日 有効期限",
    "slug": "permalink url link postname path スラッグ パーマリンク アドレス",
    "aliases": "redirectfrom redirects 旧アドレス",
    "author": "writer by 著者 筆者 書き手 執筆者 作者 ライター",
    "category": "categories section カテゴリー カテゴリ 分類",
    "tags": "keywords keyword topics topic タグ キーワード ハッシュタグ",
    "companies": "organizations 企業 会社",
    "series": "連載 シリーズ",
    "cover": "thumbnail thumb eyecatch image images featuredimage featuredmedia hero heroimage"
    " headerimage header coverimage ogimage ogp socialimage banner 画像 表紙 サムネイル サムネ"
    " アイキャッチ アイキャッチ画像 カバー カバー画像",
    "source": "出典 引用元 元記事 発行元",
    "sources": "source references reference 出典 引用元 参照元 参考 参考文献 参考資料",
    "recommended": "おすすめ お勧め オススメ こんな方におすすめ",
    "partners": "広告主 広告 スポンサー",
    "layout": "template レイアウト テンプレート",
    "toc": "tableofcontents showtoc 目次",
    "comments": "allowcomments commentable コメント",
    "draft": "下書き ドラフト 非公開",
    "tldr": "summary",
    "scores": "score ratings 採点 評価",
    "name": "名前 氏名",
    "tagline": "bio 肩書き",
}
# The same of site.yaml.
_SETTINGS = {
    "title": "sitetitle sitename blogname blogtitle name サイト名 ブログ名 題名",
    "url": "baseurl siteurl rooturl domain アドレス",
    "tagline": "description subtitle slogan キャッチフレーズ 紹介",
    "language": "lang languagecode locale defaultcontentlanguage 言語",
    "timezone": "tz タイムゾーン",
    "author": "著者 書き手",
    "categories": "category カテゴリー カテゴリ",
    "permalinks": "permalink",
    "page_size": "paginate pagination pagersize perpage postsperpage 記事数",
    "navigation": "menu menus nav links メニュー",
    "feeds": "rss feed",
    "analytics": "googleanalytics ga services googleanalyticsid アクセス解析",
    "extra": "params custom",
    "deploy": "deployment publish 公開先",
}
_STATES = frozenset("status state published visibility private 公開 状態 公開状態".split())
_MARKS = re.compile("[-_ ]")
_DIGIT = re.compile("[0-9０-９]")


def explained_setting(found: Problem) -> Problem:
    """The same problem; of an unknown key of site.yaml it says what that is called here."""
    blanks = dict(found.args)
    word = _MARKS.sub("", fold(blanks.get("key", "")))
    ours = next((key for key, words in _SETTINGS.items() if word in words.split()), "")
    if found.code != "config/unknown-key" or not ours:
        return found
    return replace(found, args=(("key", blanks["key"]), ("near", ours)))


def explained(found: Problem, raw: Map, section: str) -> Problem:
    """The same problem; of an unknown key that is known elsewhere it says what it is there."""
    if found.code != "front-matter/unknown-key":
        return found
    blanks = dict(found.args)
    key = blanks["key"]
    better = dict(_elsewhere(key, raw[key], section)) if key in raw else {}
    if not better:
        return found
    free = {"free": blanks["free"]} if better.keys() == {"near"} and "free" in blanks else {}
    return replace(found, args=tuple({"key": key, **better, **free}.items()))


def _elsewhere(key: str, value: Any, section: str) -> Iterator[tuple[str, str]]:
    known = MODELS[section].__struct_fields__
    word = _MARKS.sub("", fold(key))
    ours = (k for k, words in _WORDS.items() if k in known and word in words.split())
    if word in _STATES and "draft" in known and not _DIGIT.match(str(value)):
        yield "held", "draft: true"
    elif word in _STATES and "date" in known:
        yield "near", "date"
    elif near := next(ours, ""):
        yield "near", near
    if homes := [name for name, model in MODELS.items() if key in model.__struct_fields__]:
        yield "home", ", ".join(f"content/{name}" for name in homes)
