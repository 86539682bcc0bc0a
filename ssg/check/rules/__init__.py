"""The rules of `ssg check`, by what they look at: one module for each area."""

from __future__ import annotations

from ssg.check.rules import (
    advertising,
    figures,
    html,
    japanese,
    links,
    markup,
    privacy,
    rights,
    shape,
    sharing,
    spelling,
    years,
)
from ssg.check.rules.kinds import ArticleRule, SiteRule

ARTICLE_RULES = (
    ArticleRule("shape", shape.remarks),
    ArticleRule("japanese", japanese.remarks),
    ArticleRule("markup", markup.remarks),
    ArticleRule("spelling", spelling.remarks),
    ArticleRule("years", years.remarks),
    ArticleRule("links", links.remarks),
    ArticleRule("html", html.remarks),
    ArticleRule("figures", figures.remarks),
    ArticleRule("advertising", advertising.remarks),
    ArticleRule("rights", rights.remarks),
    ArticleRule("sharing", sharing.remarks),
    ArticleRule("privacy", privacy.remarks),
)
SITE_RULES = (
    SiteRule("spelling", spelling.facts, spelling.judge),
    SiteRule("years", years.facts, years.judge),
    SiteRule("links", links.facts, links.judge),
    SiteRule("html", html.facts, html.judge),
    SiteRule("sharing", sharing.facts, sharing.judge),
    SiteRule("privacy", privacy.facts, privacy.judge),
)
