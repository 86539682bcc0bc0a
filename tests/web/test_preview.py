"""What a writer sees: changes appear in the open page, mistakes over it, and nobody else looks in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import SiteFactory
from tests.serving import Served, serving

SECRET = "まだ秘密の下書き"
LONG = "\n\n".join(f"第{n}段落。ゆっくりと湯気が立ちのぼります。" for n in range(80))
FOLD = "<details><summary>もっと読む</summary><p>折りたたんだ中身</p></details>"
HEAD = "---\ntitle: {title}\ndate: 2026-01-01\n---\n"
SITE = (
    "-- site.yaml --\ntitle: 帖\nurl: https://blog.example.com\n"
    f"-- content/posts/a.md --\n{HEAD.format(title='甲')}{FOLD}\n\n{LONG}\n"
    f"-- content/posts/b.md --\n{HEAD.format(title='乙')}二つめです。\n"
    f"-- content/posts/d.md --\n---\ntitle: 丁\ndate: 2026-01-02\ndraft: true\n---\n{SECRET}\n"
    "-- layouts/partials/own.html --\n"
    "-- assets/css/own.css --\nh1 { color: rgb(1, 2, 3) }\n"
    "-- layouts/trend.html --\n<!doctype html>\n<html lang=ja><head><title>{{ page.title }}</title>\n"
    "<link rel=stylesheet href=\"{{ asset('css/own.css') }}\"></head>\n"
    "<body><h1>{{ page.title }}</h1>\n<input id=note>\n{{ body.html | safe }}</body></html>\n"
)


@pytest.fixture
def served(site_factory: SiteFactory) -> Iterator[Served]:
    with serving(site_factory(SITE), lang="ja") as running:
        yield running


@contextmanager
def opened(browser: Browser, url: str, **options: Any) -> Iterator[Page]:
    """An open page that hears of changes. A complaint of its scripts fails the test."""
    complaints: list[str] = []
    given = {"reduced_motion": "reduce", "viewport": {"width": 900, "height": 700}, **options}
    with browser.new_context(**given) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        with page.expect_response(re.compile("/_ssg/events")):
            page.goto(url)
        page.evaluate("window.loadedOnce = true")
        yield page
    assert complaints == []


def was_not_reloaded(page: Page) -> bool:
    return page.evaluate("window.loadedOnce") is True


def post(served: Served, text: str, title: str = "甲") -> None:
    served.save("content/posts/a.md", HEAD.format(title=title) + text)


def test_a_change_of_text_leaves_scroll_folds_and_typing_alone(
    served: Served, browser: Browser
) -> None:
    with opened(browser, served.address + "posts/a/") as page:
        page.locator("summary").click()
        page.locator("#note").fill("書きかけ")
        page.locator("#note").focus()
        page.evaluate("document.querySelector('h1').dataset.mark = 'kept'")
        page.evaluate("scrollTo(0, 1500)")
        for turn in range(3):
            changed = LONG.replace("第60段落。", f"六十の{turn}。").replace("第70段落。", "")
            post(served, f"{FOLD}\n\n{changed}\n", title=f"新しい題{turn}")
            expect(page.get_by_text(f"六十の{turn}。")).to_be_attached()
        expect(page).to_have_title("新しい題2")
        expect(page.locator("h1")).to_have_text("新しい題2")
        expect(page.get_by_text("第70段落。")).to_have_count(0)
        expect(page.get_by_text("折りたたんだ中身")).to_be_visible()
        expect(page.locator("#note")).to_have_value("書きかけ")
        expect(page.locator("#note")).to_be_focused()
        assert page.locator("h1").get_attribute("data-mark") == "kept"
        assert page.evaluate("scrollY") == 1500
        assert was_not_reloaded(page)


def test_a_change_of_another_post_leaves_the_page_alone(served: Served, browser: Browser) -> None:
    with opened(browser, served.address + "posts/b/") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        post(served, "別の文。\n")
        served.shows("/posts/a/", "別の文。")
        served.save("content/posts/b.md", HEAD.format(title="乙") + "直した。\n")
        expect(page.get_by_text("直した。")).to_be_visible()
        assert asked == [page.url]


def test_a_style_sheet_is_replaced_without_a_reload(served: Served, browser: Browser) -> None:
    with opened(browser, served.address + "posts/a/") as page:
        page.evaluate("scrollTo(0, 900)")
        for colour in ("rgb(4, 5, 6)", "rgb(7, 8, 9)"):
            served.save("assets/css/own.css", f"h1 {{ color: {colour} }}\n")
            expect(page.locator("h1")).to_have_css("color", colour)
        expect(page.locator("head link[rel=stylesheet]")).to_have_count(1)
        assert page.evaluate("scrollY") == 900
        assert was_not_reloaded(page)


def test_another_script_starts_the_page_anew(served: Served, browser: Browser) -> None:
    layout = (served.site / "layouts/trend.html").read_text("utf-8")
    with opened(browser, served.address + "posts/a/") as page:
        served.save("assets/js/own.js", "document.title = 'スクリプト'\n")
        script = "<script src=\"{{ asset('js/own.js') }}\"></script></body>"
        served.save("layouts/trend.html", layout.replace("</body>", script))
        expect(page).to_have_title("スクリプト")


def test_what_scripts_have_changed_stays(served: Served, browser: Browser) -> None:
    """On a page of the theme: the chosen colours, and the state of the button for them."""
    (served.site / "layouts/trend.html").unlink()
    served.shows("/posts/b/", "site-")
    with opened(browser, served.address + "posts/b/", color_scheme="light") as page:
        page.locator("button.scheme").click()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        served.save("content/posts/b.md", HEAD.format(title="乙") + "直した。\n")
        expect(page.get_by_text("直した。")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        expect(page.locator("button.scheme")).to_have_attribute("aria-pressed", "true")
        assert was_not_reloaded(page)


MANY_VERSIONS = """async () => {
  const { Twin } = await import('/_ssg/morph.js')
  let state = 1
  const chance = (n) => (state = (state * 48271) % 2147483647) % n
  const tree = (depth) => {
    const words = ['甲', '乙', '丙', ' ', ''][chance(5)]
    if (!depth || !chance(4)) return words
    const name = ['p', 'div', 'ul', 'section', 'details'][chance(5)]
    const id = chance(6) ? '' : ` id="i${chance(4)}"`
    const extra = chance(3) ? '' : ` class="c${chance(3)}"`
    const inner = Array.from({ length: chance(5) }, () => tree(depth - 1)).join('')
    return `${words}<${name}${id}${extra}>${inner}</${name}>${chance(8) ? '' : '<!--x-->'}`
  }
  const version = () =>
    new DOMParser().parseFromString(
      `<html lang=${['ja', 'en'][chance(2)]}><head><title>${chance(9)}</title></head>` +
        `<body>${Array.from({ length: 4 }, () => tree(4)).join('')}</body></html>`,
      'text/html'
    )
  const page = version()
  const twin = new Twin(page)
  const wrong = []
  for (let turn = 0; turn < 500; turn++) {
    const next = version()
    const wanted = next.documentElement.outerHTML
    await twin.become(next)
    if (page.documentElement.outerHTML !== wanted) wrong.push(turn)
  }
  return wrong
}"""


def test_a_page_becomes_exactly_the_new_one(served: Served, browser: Browser) -> None:
    """From each of 500 made-up pages to the next."""
    with opened(browser, served.address + "posts/b/") as page:
        assert page.evaluate(MANY_VERSIONS) == []


# --- mistakes --------------------------------------------------------------------------------


def test_a_mistake_lies_over_the_last_good_page_until_it_is_mended(
    served: Served, browser: Browser
) -> None:
    with opened(browser, served.address + "posts/a/") as page:
        sheet = page.locator("ssg-preview .sheet")
        expect(sheet).to_be_hidden()
        wrong = "---\ntitel: <img src=x onerror=alert(1)>\ndate: 2026-01-01\n---\n本文。\n"
        served.save("content/posts/a.md", wrong)
        expect(sheet).to_be_visible()
        expect(sheet).to_contain_text("content/posts/a.md:2:1")
        expect(sheet).to_contain_text("「titel」というキーはありません。")
        expect(sheet).to_contain_text("「title」のことですか。")
        expect(sheet.locator(".here code").first).to_have_text(
            "titel: <img src=x onerror=alert(1)>"
        )
        assert sheet.locator("img").count() == 0
        expect(page.locator("h1")).to_have_text("甲")
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
        page.locator("ssg-preview .chip").click()
        expect(sheet).to_be_visible()
        post(served, "直りました。\n")
        expect(sheet).to_be_hidden()
        expect(page.locator("ssg-preview .chip")).to_be_hidden()
        expect(page.get_by_text("直りました。")).to_be_visible()
        assert was_not_reloaded(page)


def test_a_mistake_in_a_layout_lies_over_the_page_too(served: Served, browser: Browser) -> None:
    layout = (served.site / "layouts/trend.html").read_text("utf-8")
    with opened(browser, served.address + "posts/a/") as page:
        sheet = page.locator("ssg-preview .sheet")
        served.save("layouts/trend.html", layout.replace("page.title", "page.titel", 1))
        expect(sheet).to_contain_text("layouts/trend.html:2")
        expect(page.locator("h1")).to_have_text("甲")
        page.reload()
        expect(sheet).to_contain_text("layouts/trend.html:2")
        expect(page.locator("h1")).to_have_text("甲")
        served.save("layouts/trend.html", layout)
        expect(sheet).to_be_hidden()


def test_a_site_that_begins_with_a_mistake_appears_when_it_is_mended(
    site_factory: SiteFactory, browser: Browser
) -> None:
    site = site_factory(SITE)
    good = (site / "content/posts/a.md").read_text("utf-8")
    (site / "content/posts/a.md").write_text(good.replace("title", "titel"), "utf-8")
    with serving(site) as served, opened(browser, served.address + "posts/a/") as page:
        expect(page.locator("ssg-preview .sheet")).to_contain_text("content/posts/a.md:2:1")
        served.save("content/posts/a.md", good)
        expect(page.locator("h1")).to_have_text("甲")
        expect(page.locator("ssg-preview .sheet")).to_be_hidden()


# --- pages that come and go --------------------------------------------------------------------


def test_a_page_that_is_gone_and_comes_back(served: Served, browser: Browser) -> None:
    with opened(browser, served.address + "posts/b/") as page:
        sheet = page.locator("ssg-preview .sheet")
        text = (served.site / "content/posts/b.md").read_text("utf-8")
        post(served, "[乙](b.md)のことも。\n")
        served.shows("/posts/a/", "のことも")
        (served.site / "content/posts/b.md").unlink()
        expect(sheet).to_contain_text("このページはなくなりました")
        expect(page.locator("h1")).to_have_text("乙")
        served.save("content/posts/a.md", HEAD.format(title="甲") + "もう触れない。\n")
        served.shows("/posts/a/", "もう触れない")
        expect(page.locator("ssg-preview .chip")).to_be_hidden()
        expect(sheet).to_contain_text("このページはなくなりました")
        served.save("content/posts/b.md", text.replace("二つめ", "戻ってきた二つめ"))
        expect(page.get_by_text("戻ってきた二つめです。")).to_be_visible()
        expect(sheet).to_be_hidden()


def test_a_missing_page_becomes_one(served: Served, browser: Browser) -> None:
    with opened(browser, served.address + "posts/new/") as page:
        served.save("content/posts/new.md", HEAD.format(title="新しい記事") + "本文。\n")
        expect(page.locator("h1")).to_have_text("新しい記事")


# --- the bar -------------------------------------------------------------------------------------


def test_the_bar_names_the_source_and_counts(served: Served, browser: Browser) -> None:
    with opened(browser, served.address + "posts/b/") as page:
        bar = page.locator("ssg-preview .bar")
        expect(bar.locator(".source")).to_have_text("content/posts/b.md")
        expect(bar.locator(".count")).to_have_text("6文字")
        expect(bar.locator(".held")).to_be_hidden()
        served.save("content/posts/b.md", HEAD.format(title="乙") + "二つめの記事です。\n")
        expect(bar.locator(".count")).to_have_text("9文字")


def test_a_draft_is_marked(served: Served, browser: Browser) -> None:
    with opened(browser, served.address + "posts/d/") as page:
        expect(page.locator("ssg-preview .held")).to_have_text("下書き")
        expect(page.locator("ssg-preview .stripe")).to_be_visible()
        text = (served.site / "content/posts/d.md").read_text("utf-8")
        served.save("content/posts/d.md", text.replace("draft: true\n", ""))
        expect(page.locator("ssg-preview .held")).to_be_hidden()
        expect(page.locator("ssg-preview .stripe")).to_be_hidden()


def test_the_bar_is_folded_by_keyboard_and_stays_so(served: Served, browser: Browser) -> None:
    with opened(
        browser, served.address + "posts/b/", viewport={"width": 390, "height": 700}
    ) as page:
        toggle = page.locator("ssg-preview .mark")
        source = page.locator("ssg-preview .source")
        expect(source).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        toggle.focus()
        page.keyboard.press("Enter")
        expect(source).to_be_hidden()
        expect(toggle).to_have_attribute("aria-expanded", "false")
        page.reload()
        expect(source).to_be_hidden()
        page.locator("ssg-preview .mark").click()
        expect(source).to_be_visible()


def test_nothing_is_covered_at_the_end_of_a_page(served: Served, browser: Browser) -> None:
    with opened(browser, served.address + "posts/a/") as page:
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        bar = page.locator("ssg-preview .bar").bounding_box()
        last = page.get_by_text("第79段落。").bounding_box()
        assert bar
        assert last
        assert last["y"] + last["height"] <= bar["y"]


def test_no_rule_of_the_site_reaches_the_bar(served: Served, browser: Browser) -> None:
    with opened(browser, served.address + "posts/b/") as page:
        before = page.locator("ssg-preview .bar").bounding_box()
        rules = "body *, ssg-preview { font-size: 40px !important; display: none !important }\n"
        served.save("assets/css/own.css", rules)
        expect(page.locator("h1")).to_be_hidden()
        assert page.locator("ssg-preview .bar").bounding_box() == before


def test_a_strict_site_lets_the_client_work(served: Served, browser: Browser) -> None:
    layout = (served.site / "layouts/trend.html").read_text("utf-8")
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'self\'">'
    served.save("layouts/trend.html", layout.replace("<title>", f"{policy}<title>"))
    served.shows("/posts/b/", "default-src")
    with opened(browser, served.address + "posts/b/") as page:
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        served.save("content/posts/b.md", "---\ntitel: 乙\n---\n")
        expect(page.locator("ssg-preview .sheet .here").first).to_be_visible()
        expect(page.locator("ssg-preview .bar")).to_have_css("position", "fixed")
        assert refused == []


# --- a server that ends and comes back -----------------------------------------------------------


def test_the_page_finds_the_server_again(site_factory: SiteFactory, browser: Browser) -> None:
    site = site_factory(SITE)
    with serving(site, lang="ja") as served:
        port, context = served.port, opened(browser, served.address + "posts/b/")
        page = context.__enter__()
        assert served.end() == 130
    expect(page.get_by_text("接続が切れました")).to_be_visible()
    text = (site / "content/posts/b.md").read_text("utf-8")
    (site / "content/posts/b.md").write_text(text.replace("二つめ", "待つあいだの"), "utf-8")
    with serving(site, "--port", str(port), lang="ja"):
        expect(page.get_by_text("待つあいだのです。")).to_be_visible(timeout=10_000)
        expect(page.get_by_text("接続が切れました")).to_be_hidden()
        assert was_not_reloaded(page)
        context.__exit__(None, None, None)


# --- a page of somebody else -----------------------------------------------------------------------

HOSTILE = """<!doctype html><meta charset=utf-8><body><script>
const target = '{target}'
const outcome = {{}}
const seen = (name, bytes) => (outcome[name] = bytes)
const text = (mode) => fetch(target + 'posts/d/', {{ mode }}).then((a) => a.text())
const settled = (make) =>
  new Promise((done) => {{
    const node = make()
    node.onload = () => done(node)
    node.onerror = () => done(null)
    document.body.append(node)
  }})
const made = (name, set) => () => Object.assign(document.createElement(name), set)
async function attack() {{
  seen('fetch', await text('cors').then((t) => t.length, () => 0))
  seen('opaque fetch', await text('no-cors').then((t) => t.length, () => 0))
  seen('problems', await fetch(target + '_ssg/problems').then((a) => a.text()).then((t) => t.length, () => 0))
  const script = await settled(made('script', {{ src: target + '_ssg/morph.js' }}))
  seen('script', script ? 1 : 0)
  const image = await settled(made('img', {{ src: target + 'favicon.ico' }}))
  seen('image', image ? image.naturalWidth : 0)
  const frame = await settled(made('iframe', {{ src: target + 'posts/d/' }}))
  seen('frame', frame.contentWindow.length)
  seen('stream', await new Promise((done) => {{
    const stream = new EventSource(target + '_ssg/events?path=/')
    stream.onopen = stream.onmessage = () => done(1)
    stream.onerror = () => done(0)
  }}))
  seen('socket', await new Promise((done) => {{
    const socket = new WebSocket(target.replace('http', 'ws') + '_ssg/events')
    socket.onopen = socket.onmessage = () => done(1)
    socket.onerror = () => done(0)
  }}))
  return outcome
}}
</script>"""


@contextmanager
def somebody_else(folder: Path, page: str) -> Iterator[str]:
    """The address of a page on another port."""
    (folder / "index.html").write_text(page, "utf-8")
    handler = partial(Quiet, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        thread = Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}/"
        http.shutdown()
        thread.join()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_hostile_page_gets_nothing(
    host: str, served: Served, browser: Browser, tmp_path: Path
) -> None:
    target = f"http://{host}:{served.port}/"
    folder = tmp_path / "evil"
    folder.mkdir()
    with (
        somebody_else(folder, HOSTILE.format(target=target)) as address,
        browser.new_context() as context,
    ):
        sizes: dict[str, int] = {}
        page = context.new_page()
        page.goto(address)
        page.on(
            "response", lambda r: r.url.startswith(target) and sizes.setdefault(r.url, r.status)
        )
        outcome = page.evaluate("attack()")
        assert set(outcome) == {
            "fetch", "opaque fetch", "problems", "script", "image", "frame", "stream", "socket",
        }  # fmt: skip
        assert {name: got for name, got in outcome.items() if got} == {}
        assert set(sizes.values()) <= {403}
        assert all(SECRET not in frame.content() for frame in page.frames)
        assert SECRET in served.get("/posts/d/").text
