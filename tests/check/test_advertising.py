"""Advertising that does not say so, claims that rest on nothing, and what the build labels."""

from __future__ import annotations

import json
import re
from pathlib import Path

import feedparser
import pytest

from ssg.build import Options, build
from ssg.check.rules import advertising
from tests.conftest import SiteFactory, parts
from tests.marked import CONFIG, article, as_marked, post
from tests.small import NOW

NO_LABEL, CLAIM = "⟦advertising/no-label⟧", "⟦advertising/claim⟧"
AD = "https://px.a8.net/svt/ejp?a8mat=1"
BASIS = "basis:\n  - {title: 調査, url: 'https://survey.example/'}\n"


@pytest.mark.parametrize(
    "body",
    [
        f"この鍋は、メーカーから{NO_LABEL}商品を無償で提供していただきました。",
        f"{NO_LABEL}商品の提供を受けて書いています。",
        f"{NO_LABEL}モニターとして一か月試しました。",
        f"{NO_LABEL}この記事にはアフィリエイト広告を含みます。",
        f"{NO_LABEL}【PR】秋の新しい鍋",
        f"{NO_LABEL}PR：秋の新しい鍋",
        f"秋の鍋 {NO_LABEL}#PR",
        f"宿に{NO_LABEL}ご招待いただきました。",
        f"掲載にあたり{NO_LABEL}報酬を受け取っています。",
        f"{NO_LABEL}A社様のご依頼で、新しい鍋を試しました。",
        f"{NO_LABEL}この記事は、甲社様からのご依頼で書いています。",
        f"{NO_LABEL}モニターとして商品をいただきました。",
        f"{NO_LABEL}株式会社みなもから提供していただきました。",
        f"{NO_LABEL}スポンサー記事です。",
        f"{NO_LABEL}タイアップ企画です。",
        f"{NO_LABEL}Amazonアソシエイトとして、適格販売により収入を得ています。",
        f"{NO_LABEL}アフィリエイトリンクを含みます。",
        f"{NO_LABEL}献本いただきました。",
        f"{NO_LABEL}試供品をもらいました。",
        f"{NO_LABEL}アンバサダーを務めています。",
        f"{NO_LABEL}提供：みなも",
    ],
)
def test_posts_that_were_paid_for(body: str) -> None:
    as_marked(advertising, body)
    plain = body.replace(NO_LABEL, "")
    as_marked(advertising, f"{plain}\n\n:::pr nabe\n")
    as_marked(advertising, f"{plain}\n\n[鍋]({AD})")
    as_marked(advertising, plain, "partners: [nabe]\n")
    as_marked(advertising, plain, section="pages")


@pytest.mark.parametrize(
    "body",
    [
        "この記事は広告ではありません。",
        "商品の提供を受けて書いたものではありません。",
        "「商品の提供を受けて」と書く決まりです。",
        "アフィリエイトの仕組みを調べました。",
        "会場の電気は近くの会社が提供しています。",
        "PRの担当者に聞きました。広告の市場は広がっています。",
        "`#PR` と書きます。",
        "モニターとして27型を使っています。",
        "モニターとして、友人からもらった画面を使います。",
        "お客様のご依頼で棚を作りました。ご依頼は問い合わせの画面からどうぞ。",
        "皆様からのご依頼をお待ちしています。",
        "乙社様のご依頼で、駅の壁に絵を描きました。",
        "資料は無料で提供いただけます。お早めに。",
        "医師は製薬会社から謝礼を受け取っていました。",
        "議員が報酬をもらっていた。役員の報酬をいただく立場です。",
        "取材の謝礼をいただくのはお断りしています。",
        "友人にご招待いただき、式に出ました。",
        "モニターとして参加した市民に聞きました。",
        "国から無償で提供を受けたワクチンです。",
        "GitHubのPR案件です。",
        "アンバサダーを務めている歌手が来ました。",
        "アフィリエイト広告を利用しているサイトは多くあります。",
        "Amazonアソシエイトに参加しているサイトを調べました。",
        "友だちからご招待いただいた食事会です。",
        "モニターとして試していただける方を募集します。",
        "子どもたちが試供品をもらって帰りました。",
        "PR：プルリクエストの略です。",
        "写真は、みなも社から提供していただきました。",
        "展覧会は、新聞社と美術館のタイアップ企画です。",
        "俳優の水野さんがアンバサダーを務めています。",
        "検索の結果には広告が含まれています。",
    ],
)
def test_posts_about_advertising(body: str) -> None:
    as_marked(advertising, body)


@pytest.mark.parametrize(
    ("body", "got"),
    [
        ("この投資は誰でも必ず儲かります。", "誰でも必ず儲かります"),
        ("必ず儲かりました！", "必ず儲かりました"),
        ("飲むだけで痩せるサプリです。", "飲むだけで痩せる"),
        ("元本保証です。", "元本保証"),
        ("FXなら必ず勝てます！", "FXなら必ず勝てます"),
        ("がんに効くきのこです。", "がんに効く"),
        ("必ず治るけれど、高い。", "必ず治る"),
        ("糖尿病が治るので、どうぞ。", "糖尿病が治る"),
        ("商品を提供していただきました。", "商品を提供していただきました"),
        ("業界最高の投資です。", "業界最高"),
        ("【PR】あきの鍋", "【PR】"),
        ("秋に、A社様のご依頼で鍋を試しました。", "A社様のご依頼で鍋を試しました"),
    ],
)
def test_words_are_quoted_to_their_end(body: str, got: str) -> None:
    (told,) = advertising.remarks(article(post(body)), CONFIG)
    assert told.blanks == {"got": got}


def test_an_advertiser_as_a_source() -> None:
    as_marked(
        advertising,
        "本文です。",
        f"sources:\n  - title: 店\n    url: ⟦advertising/front-matter⟧{AD}\n"
        "  - title: 本\n    url: https://www.amazon.co.jp/dp/B0\n",
    )


def test_invisible_counters() -> None:
    pixel = '<img src="https://count.example/1.gif" width="1" height="1" alt="">'
    as_marked(advertising, f"⟦advertising/counter⟧{pixel}")
    as_marked(advertising, f'<a href="{AD}" rel="nofollow">店</a>{pixel}')
    usual = (
        '<img border="0" width="1" height="1" src="https://www19.a8.net/0.gif?a8mat=1&b=2" alt="">'
    )
    as_marked(advertising, f"⟦advertising/counter⟧{usual}")
    as_marked(advertising, f'<a href="{AD}" rel="nofollow">店</a>\n{usual}')
    as_marked(advertising, '<img src="https://a.example/1.gif" width="100" height="1" alt="線">')
    as_marked(advertising, "![絵](a.png)")
    as_marked(advertising, "⟦advertising/counter⟧![](https://www19.a8.net/0.gif?a8mat=1)")


@pytest.mark.parametrize(
    "body",
    [
        f"この投資は{CLAIM}必ず儲かります。",
        f"{CLAIM}誰でも資産を増やせます。{CLAIM}お金を確実に増やせます。",
        f"{CLAIM}誰でも月に十万円稼げる副業です。",
        f"{CLAIM}飲むだけで痩せるサプリです。",
        f"この運用は{CLAIM}元本保証です。",
        f"{CLAIM}100%安全です。",
        f"この薬で{CLAIM}糖尿病が治ります。",
        f"{CLAIM}業界最高の利回りを誇る投資です。",
        f"美容の分野で{CLAIM}満足度98%のクリニックです。",
        f"保険の{CLAIM}売上No.1です。",
        f"この投資なら{CLAIM}絶対に損はしません。",
        f"{CLAIM}元本が100%保証される商品です。",
        f"{CLAIM}日本一売れている青汁です。",
        f"このお茶で{CLAIM}糖尿病も治ると評判です。",
        f"{CLAIM}がんの予防に効果があります。",
        f"この湿布は{CLAIM}100%効きます。",
        f"{CLAIM}年利20%は確実です。",
        f"{CLAIM}業界最高の利率です。",
        f"{CLAIM}業界最高利率のレンディングです！",
        f"{CLAIM}安全で確実な資産運用です。",
        f"{CLAIM}安全な投資です。",
        f"{CLAIM}絶対安全な資産運用",
        f"{CLAIM}100%安全な投資",
        f"{CLAIM}必ず上がる株です。",
        f"{CLAIM}元本割れしない投資",
        f"{CLAIM}勝率100%のFX手法",
        f"{CLAIM}月利10%を保証",
        f"{CLAIM}NO.1の保険",
        f"{CLAIM}No1の保険",
        f"{CLAIM}№1の保険",
        f"{CLAIM}業界ナンバー1の保険",
        f"{CLAIM}ガンが治る水",
        f"{CLAIM}コロナに効くお茶",
        f"{CLAIM}血圧が下がるサプリ",
        f"{CLAIM}飲むだけで-10kg！",
        f"{CLAIM}1週間で5kg痩せる！",
        f"{CLAIM}必ず勝てるFXです。",
        f"{CLAIM}塗るだけでシミが消えるクリーム",
    ],
)
def test_claims_about_money_and_health(body: str) -> None:
    as_marked(advertising, body)
    as_marked(advertising, body.replace(CLAIM, ""), BASIS)


@pytest.mark.parametrize(
    "body",
    [
        "「必ず儲かる」と誘う人がいます。",
        "必ず儲かるという話は信じません。",
        "必ず儲かるわけではありません。",
        "絶対に安全だとは言えません。",
        "誰でも稼げるとうたう広告に注意してください。",
        "> この投資は必ず儲かります。",
        "必ず手を洗い、絶対に目をこすらないでください。",
        "富士山は日本一の山です。",
        "世界一周の旅に出ました。",
        "駅から100%歩いて通える町です。",
        "ログインの前に、必ず増えた行を確かめます。",
        "曲の順位はNo.10です。",
        "No.1のボタンを押すと、投資信託の画面に移ります。",
        "業界最大手の会社は、資産運用の相談にも応じます。",
        "元本保証の商品ではありません。",
        "がんが治る食べ物はありません。",
        "絶対に損をしたくない気持ちは分かります。絶対に損をしない方法はありません。",
        "預金は元本が保証されます。元本が全額保証されるわけではありません。",
        "「日本一売れている」と箱にあります。日本一の山です。",
        "糖尿病も治るとは言えません。",
        "運動は糖尿病の予防に効果があるとされています。",
        "研究によると、検診は大腸がんの予防に効果があります。",
        "薬が100%効くとは限りません。ブレーキが必ず効くように直します。",
        "年利3%は確実に手数料に消えます。",
        "絶対に勝てる試合を落とした。誰でも勝てる相手に負けた。放置しても勝てるゲームです。",
        "放置しても治る場合があります。",
        "誰でも稼げる時代は終わりました。",
        "塗るだけで消える修正液と、つけるだけで部屋の明かりが消えるリモコンです。",
        "日本一の富豪が、資産を寄付しました。",
        "日本一の山を望む投資物件です。",
        "業界No.1の会社が保険に参入しました。",
        "世界最高齢の投資家が亡くなりました。",
        "世界一の長寿国で、年金と保険を考える。",
        "業界トップの投資会社が破綻しました。",
        "年初来最安値を付けた株式です。",
        "うつが治るまで、三年かかりました。",
        "がんも治る病気になりつつあります。",
        "副作用なしで終わりました。副作用はありませんでした。",
        "運動は認知症の予防に効果があると報告されています。",
        "歯の痛みは必ず治りますから、と歯科医は言った。",
        "安全な投資ですか。安全な投資ではありません。",
        "元本割れしない投資はありません。",
        "スローガンが消えました。",
        "誰でも増やせる多肉植物です。氷なら確実に冷やせる。語彙は誰でも増やせます。",
        "国内最高の投資額になりました。",
        "がんが治るとよく言われますが、種類によります。",
    ],
)
def test_words_that_claim_nothing(body: str) -> None:
    as_marked(advertising, body)


def test_a_post_with_advertising_has_to_prove_more() -> None:
    as_marked(advertising, "この鍋は日本一です。")
    as_marked(advertising, f"この鍋は{CLAIM}日本一です。[店]({AD})")


SITE = f"""\
-- site.yaml --
title: 帖
url: https://blog.example.com
author: hanako
feeds: {{items: 20}}
digests:
  - {{slug: daily, label: 日報, every: day}}
-- content/authors/hanako.md --
---
name: 花子
---
[わたしの店]({AD})
-- content/posts/a.md --
---
title: 甲の話
date: 2026-01-01
series: 鍋
summary: 買うなら[この店]({AD})です。
basis:
  - {{title: 鍋の調査, url: 'https://survey.example/', publisher: 調査社}}
---
本文です。
-- content/posts/b.md --
---
title: 乙の話
date: 2026-01-02
series: 鍋
---
広告のない本文です。
-- content/news/c.md --
---
title: 丙の知らせ
date: 2026-01-03
source: {{name: 甲社, url: 'https://news.example/1'}}
analysis: {{comment: '試すなら[ここで]({AD})どうぞ。'}}
---
本文です。
-- content/digests/daily/2026-01-03.md --
---
title: 三日の知らせ
---
[今日の鍋]({AD})
"""


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("labelled")
    for path, text in parts(SITE):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    build(root, Options(output=root / "public", now=NOW))
    return root / "public"


@pytest.mark.parametrize("page", ["posts/a", "news/c", "authors/hanako", "daily/2026-01-03"])
def test_the_page_says_so_above_its_text_and_at_the_link(public: Path, page: str) -> None:
    html = (public / page / "index.html").read_text("utf-8")
    above, _, below = html.partition('class="disclosure"')
    assert AD not in above
    assert "本記事には広告が含まれています" in below
    assert f'<span class="pr-label">広告</span> <a href="{AD}"' in below
    assert 'rel="sponsored nofollow noopener"' in below


def test_a_page_without_advertising_says_nothing_above_its_text(public: Path) -> None:
    assert 'class="disclosure"' not in (public / "posts/b/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("page", "post"),
    [
        ("index.html", "posts/a"),
        ("posts/b/index.html", "posts/a"),
        ("authors/hanako/index.html", "posts/a"),
        ("news/index.html", "news/c"),
        ("daily/2026-01-03/index.html", "news/c"),
    ],
)
def test_lists_say_so_beside_each_title(public: Path, page: str, post: str) -> None:
    html = (public / page).read_text("utf-8")
    _, *behind = html.partition("<main")[2].split(f'href="/{post}/"')
    assert behind
    assert all('<span class="ad">広告</span>' in text[:700] for text in behind)


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_feeds_say_so(public: Path, name: str) -> None:
    entries = {e.title: e for e in feedparser.parse((public / name).read_bytes()).entries}
    assert entries["甲の話"].summary.startswith("【広告】")
    assert not entries["乙の話"].summary.startswith("【広告】")
    texts = [c.value for c in entries["甲の話"].get("content", ())]
    assert all(text.startswith("<p>広告: 本記事には広告") for text in texts)


def test_the_json_feed_says_so(public: Path) -> None:
    items = {i["title"]: i for i in json.loads((public / "feed.json").read_text("utf-8"))["items"]}
    assert items["甲の話"]["summary"].startswith("【広告】")
    assert items["甲の話"]["content_html"].startswith("<p>広告: 本記事には広告")
    assert items["乙の話"]["content_html"].startswith("<p>広告のない")


def test_readers_see_what_a_claim_rests_on(public: Path) -> None:
    html = (public / "posts/a/index.html").read_text("utf-8")
    section = html[html.index('<h2 id="_basis">根拠</h2>') :]
    assert '<a href="https://survey.example/">鍋の調査</a>' in section
    assert "調査社" in section


def test_links_of_the_theme_say_so_too(site_factory: SiteFactory) -> None:
    ad = "https://px.a8.net/svt/ejp?a8mat="
    site = site_factory(
        "-- site.yaml --\ntitle: 帖\nurl: https://b.example\nauthor: hanako\nnavigation:\n"
        f"  header: [{{label: 店, url: '{ad}header'}}]\n  footer: [{{label: 店, url: '{ad}footer'}}]\n"
        "-- content/authors/hanako.md --\n---\nname: 花子\n"
        f"links: [{{name: 店, url: '{ad}links'}}, {{name: 帳, url: 'https://own.example/'}}]\n"
        f"career:\n  - {{date: 2020-01, text: 開店, links: ['{ad}career']}}\n---\n"
        f"-- content/data/companies.yaml --\n甲社: {{url: '{ad}company'}}\n"
        f"-- content/data/plans.yaml --\nfree: {{name: 品, price: 0円, url: '{ad}plan'}}\n"
        "-- content/pages/premium.md --\n---\ntitle: 品書き\ndate: 2026-01-01\nlayout: premium\n---\n"
        "-- content/posts/a.md --\n---\ntitle: 甲\ndate: 2026-01-01\ncompanies: [甲社]\n"
        f"sources: [{{title: 店, url: '{ad}sources'}}]\n"
        f"basis: [{{title: 店, url: '{ad}basis'}}]\n---\n文\n"
        "-- content/news/c.md --\n---\ntitle: 丙\ndate: 2026-01-03\n"
        f"source: {{name: 甲社, url: '{ad}source', title: '元'}}\n---\n文\n"
    )
    build(site, Options(output=site / "public", now=NOW))
    html = "".join(file.read_text("utf-8") for file in (site / "public").rglob("*.html"))
    for place in "header footer links career company plan sources basis source".split():
        links = re.findall(rf'(.{{33}})<a ([^>]*{re.escape(ad)}{place}"[^>]*)>', html)
        assert links, place
        assert all(before.endswith('<span class="pr-label">広告</span> ') for before, _ in links)
        assert all('rel="sponsored nofollow noopener"' in tag for _, tag in links)
    assert '"sameAs": ["https://own.example/"]' in html
    assert '<a class="chip" href="https://own.example/" rel="me noopener">' in html


def test_hosts_of_site_yaml_are_added(site_factory: SiteFactory) -> None:
    site = site_factory(
        "-- site.yaml --\ntitle: 帖\nurl: https://b.example\ndisclosure: {hosts: ['mine.example?ref']}\n"
        "-- content/posts/a.md --\n---\ntitle: 甲\ndate: 2026-01-01\n---\n"
        f"[一](https://mine.example/?ref=1) [二](https://mine.example/) [三]({AD})\n"
    )
    build(site, Options(output=site / "public", now=NOW))
    html = (site / "public/posts/a/index.html").read_text("utf-8")
    assert html.count('class="pr-label"') == 2
