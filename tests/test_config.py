"""site.yaml: checked all at once, every place a build could misread refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssg.config import Config, load_config
from ssg.errors import ConfigError
from ssg.labels import LABELS
from ssg.messages import CATALOGUE, tell
from ssg.settings import site_url
from ssg.theme import find_site

LEAST = "title: 試しの帖\nurl: https://blog.example.com\n"
KEYS = st.sampled_from(
    ["title", "url", "tagline", "language", "timezone", "author", "categories", "taxonomies",
     "permalinks", "page_size", "navigation", "labels", "scores", "digests", "trends", "reading",
     "feeds", "toc", "comments", "analytics", "disclosure", "extra", "deploi"]
)  # fmt: skip
VALUES = st.sampled_from(
    ["", "あ", "ja", "12", "-1", "true", "no", "[]", "[a]", "[{a: b}]", "[{name: x, label: y}]",
     "{}", "{a: b}", "{AI: ai, 経済: ai}", "{posts: /:slug/}", "{posts: //x/}", "https://[::1",
     "https://a.example/?x", "{items: 9999}", "{header: [{label: a}]}", "{date: '{x}'}",
     "{home: '{'}", "{action: x, captcha: {provider: y}}", ".inf", "{a: .inf, keys: 1}",
     "{axes: {a: {label: あ, weight: 50}}}", "[{slug: a, label: b, every: day, from: {tag: x}}]"]
)  # fmt: skip


def loaded(folder: Path, text: str) -> Config:
    (folder / "site.yaml").write_text(text, "utf-8")
    return load_config(folder)


def refused(folder: Path, text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(ConfigError) as caught:
        loaded(folder, text)
    return [(p.line, p.column, p.code) for p in caught.value.problems]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(KEYS, VALUES), max_size=6, unique_by=lambda pair: pair[0]))
def test_any_settings_are_taken_or_refused_in_words(
    pairs: list[tuple[str, str]], tmp_path: Path
) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in pairs)
    lines = text.split("\n")
    try:
        loaded(tmp_path, text)
    except ConfigError as e:
        for problem in e.problems:
            assert problem.code in CATALOGUE
            assert tell(problem, "ja").text
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


def test_the_least_that_a_site_needs(tmp_path: Path) -> None:
    config = loaded(tmp_path, LEAST)
    assert (config.title, config.url, config.language) == (
        "試しの帖",
        "https://blog.example.com",
        "ja",
    )
    assert str(config.zone) == "Asia/Tokyo"
    assert config.labels == LABELS["ja"]
    assert [t.name for t in config.taxonomies][:2] == ["tags", "companies"]
    assert config.header is None


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = (
        LEAST + "langage: ja\n"
        "categories: {AI: ai, 人工知能: ai, 経済: 'a b'}\n"
        "taxonomies:\n  - {name: title, label: 題}\n  - {name: posts, label: 記事}\n"
        "labels: {hom: 家, date: '{year}年', posts: [a]}\n"
        "page_size: 0\n"
        "extra: {items: [a], n: .inf}\n"
        "permalinks: {posts: /../:slug/, pages: /:slug}\n"
    )
    assert refused(tmp_path, text) == [
        (3, 1, "config/unknown-key"),
        (4, 28, "config/same-slug"),
        (4, 36, "config/slug"),
        (6, 12, "config/reserved"),
        (7, 12, "config/reserved"),
        (8, 10, "config/unknown-key"),
        (8, 24, "config/label-blank"),
        (8, 42, "config/type"),
        (9, 12, "config/range"),
        (10, 9, "config/reserved-key"),
        (10, 24, "config/number"),
        (11, 21, "config/permalink"),
        (11, 40, "config/permalink"),
    ]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://blog.example.com/", "https://blog.example.com"),
        ("https://blog.example.com/a/b//", "https://blog.example.com/a/b"),
        ("HTTPS://Blog.Example.COM:8443/", "https://blog.example.com:8443"),
        (
            "https://日本語.example.jp/ブログ",
            "https://xn--wgv71a119e.example.jp/%E3%83%96%E3%83%AD%E3%82%B0",
        ),
        ("https://blog.example.com/%E3%83%96/", "https://blog.example.com/%E3%83%96"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("https://my_blog.example.com", "https://my_blog.example.com"),
    ],
)
def test_addresses_of_sites(typed: str, address: str) -> None:
    assert site_url(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["", "blog.example.com", "//blog.example.com", "ftp://a.example", "https://", "https://[::1",
     "https://a.example:99999", "https://a.example?x", "https://a.example#x", "https://u@a.example",
     f"https://{'a' * 64}.example", "https://a..example", "javascript:alert(1)",
     "https://exa mple.com", 'https://"onx.com', "https://-a.example", "https://a.example/../b",
     "https://a.example:0", "https://<b>.example", "https://."],
)  # fmt: skip
def test_what_is_no_address_of_a_site(typed: str) -> None:
    with pytest.raises(ValueError, match="url"):
        site_url(typed)


@pytest.mark.parametrize(
    "pattern",
    [
        "/:slug",
        ":slug/",
        "//:slug/",
        "/a//:slug/",
        "/../:slug/",
        "/:slug/:id/",
        "/posts/",
        "/a b/:slug/",
    ],
)
def test_permalinks_that_would_lead_astray(pattern: str, tmp_path: Path) -> None:
    assert refused(tmp_path, f"{LEAST}permalinks:\n  posts: '{pattern}'\n") == [
        (4, 10, "config/permalink")
    ]


@pytest.mark.parametrize(
    "pattern", ["/:slug/", "/:year/:month/:day/:slug/", "/記事/:category/:slug/"]
)
def test_permalinks_that_can_be_used(pattern: str, tmp_path: Path) -> None:
    config = loaded(tmp_path, f"{LEAST}permalinks:\n  posts: {pattern}\n")
    assert config.permalinks["posts"] == pattern


@pytest.mark.parametrize(
    ("zone", "near"),
    [
        ("Asia/Tokio", "Asia/Tokyo"),
        ("tokyo", "Asia/Tokyo"),
        ("../etc/passwd", None),
        ("Asia", None),
    ],
)
def test_zones_that_there_are_not(zone: str, near: str | None, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, f"{LEAST}timezone: {zone}\n")
    (problem,) = caught.value.problems
    assert problem.code == "config/timezone"
    if near:
        assert dict(problem.args)["near"] == near


def test_what_a_comment_cuts_off_is_told(tmp_path: Path) -> None:
    config = loaded(tmp_path, "title: C# 入門 #1\nurl: https://blog.example.com\n")
    assert config.title == "C# 入門"
    assert [(p.code, p.line, p.column) for p in config.warnings] == [("yaml/hash-comment", 1, 14)]


def test_a_site_is_found_from_below(tmp_path: Path) -> None:
    (tmp_path / "content/posts").mkdir(parents=True)
    loaded(tmp_path, LEAST)
    assert find_site(tmp_path / "content/posts") == tmp_path
    (tmp_path / "site.yaml").unlink()
    with pytest.raises(ConfigError) as caught:
        find_site(tmp_path / "content")
    assert caught.value.problems[0].code == "config/outside"


def test_a_site_yaml_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").mkdir()
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path)
    assert tell(caught.value.problems[0], "ja").text == "site.yaml を読めません（フォルダーです）。"


def told(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        loaded(folder, LEAST + text)
    return [f"{p.line}:{p.column} {p.code} {tell(p, 'ja').hint}" for p in caught.value.problems]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "about", "data:,x", "//[", "about us"])
def test_what_no_menu_leads_to(address: str, tmp_path: Path) -> None:
    text = f"navigation:\n  footer:\n    - {{label: 一, url: '{address}'}}\n"
    if address == "//[":
        loaded(tmp_path, LEAST + text)  # a path, however odd
        return
    [line] = told(tmp_path, text)
    assert line.startswith("5:23 config/menu ")


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("https://aff.shop.jp/", "aff.shop.jp"),
        ("'*.shop.jp'", "shop.jp"),
        ("aff.shop.jp/x", "aff.shop.jp"),
        ("a b", "px.a8.net"),
    ],
)
def test_a_host_of_advertisers_is_a_name(written: str, better: str, tmp_path: Path) -> None:
    [line] = told(tmp_path, f"disclosure:\n  hosts:\n    - {written}\n")
    assert line.startswith("5:7 config/host ")
    assert f"{better} のように" in line


def test_hosts_of_advertisers_that_can_be_used(tmp_path: Path) -> None:
    text = "disclosure: {hosts: [Aff.Shop.jp, 'shop.jp?ref', 店.jp]}\n"
    assert loaded(tmp_path, LEAST + text).sponsor_hosts[-3:] == (
        "aff.shop.jp",
        "shop.jp?ref",
        "店.jp",
    )


def test_a_name_for_an_attribute(tmp_path: Path) -> None:
    text = "analytics: {src: 'https://s.example.jp/a.js', attributes: {Site ID: x}}\n"
    [line] = told(tmp_path, text)
    assert "config/attribute" in line


def test_names_that_are_given_twice(tmp_path: Path) -> None:
    text = (
        "taxonomies: [{name: places, label: 場所}, {name: places, label: 町}]\n"
        "digests: [{slug: d, label: 一, every: day}, {slug: d, label: 二, every: week}]\n"
    )
    assert [line.partition(" ")[0] for line in told(tmp_path, text)] == ["3:48", "4:51"]


def test_a_secret_in_extra_is_told(tmp_path: Path) -> None:
    config = loaded(tmp_path, LEAST + "extra: {api_key: sk-1, google_token: x, 色: 茶}\n")
    assert [(p.line, p.code) for p in config.warnings] == [(3, "config/secret-extra")]


def test_a_password_in_an_address_is_not_repeated(tmp_path: Path) -> None:
    text = "title: 一\nurl: https://hana:hunter2@example.com\n"
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, text)
    [one] = caught.value.problems
    assert one.code == "config/url-extras"
    assert "hunter2" not in tell(one, "ja").text


@pytest.mark.parametrize(
    ("key", "ours"),
    [
        ("paginate", "page_size"),
        ("baseURL", "url"),
        ("languageCode", "language"),
        ("menus", "navigation"),
    ],
)
def test_a_setting_of_another_program_is_named_as_ours(key: str, ours: str, tmp_path: Path) -> None:
    [line] = told(tmp_path, f"{key}: x\n")
    assert line.startswith("3:1 config/unknown-key ")
    assert f"「{ours}」" in line


def test_a_digest_takes_no_name_of_ours(tmp_path: Path) -> None:
    [line] = told(tmp_path, "digests: [{slug: news, label: 日報, every: day}]\n")
    assert line.startswith("3:18 config/reserved ")


def test_the_hint_for_a_mapping_is_one_of_its_own_lines(tmp_path: Path) -> None:
    lines = told(tmp_path, "categories: [暮らし]\nscores: {labels: あ}\n")
    assert "暮らし: life" in lines[0]
    assert "5: 最重要" in lines[1]
