"""Settings of the Pelican site of the benchmark."""

SITENAME = "計測のトレンド帖"
SITEURL = "https://bench.example.com"
AUTHOR = "太郎"
TIMEZONE = "Asia/Tokyo"
DEFAULT_LANG = "ja"
PATH = "content"
OUTPUT_PATH = "public"
THEME = "theme"
THEME_STATIC_PATHS = ["assets"]
STATIC_PATHS = ["covers"]
DEFAULT_PAGINATION = 12
PAGINATED_TEMPLATES = {
    "index": 12,
    "tag": 12,
    "category": 12,
    "author": 12,
    "period_archives": 12,
}
DIRECT_TEMPLATES = ["index", "tags", "categories", "authors", "archives", "404", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
ARTICLE_URL = "posts/{slug}/"
ARTICLE_SAVE_AS = "posts/{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
CATEGORY_URL = "categories/{slug}/"
CATEGORY_SAVE_AS = "categories/{slug}/index.html"
AUTHOR_URL = "authors/{slug}/"
AUTHOR_SAVE_AS = "authors/{slug}/index.html"
YEAR_ARCHIVE_SAVE_AS = "archives/{date:%Y}/index.html"
MONTH_ARCHIVE_SAVE_AS = "archives/{date:%Y}/{date:%m}/index.html"
PAGINATION_PATTERNS = [(1, "{url}", "{save_as}"), (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html")]  # fmt: skip
FEED_RSS = "feed.xml"
FEED_ATOM = "atom.xml"
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = "authors/{slug}/feed.xml"
CATEGORY_FEED_RSS = "categories/{slug}/feed.xml"
TAG_FEED_RSS = "tags/{slug}/feed.xml"
TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 20
SLUGIFY_USE_UNICODE = True
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
        "markdown.extensions.toc": {"toc_depth": "2-3"},
    },
    "output_format": "html5",
}
