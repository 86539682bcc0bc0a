"""The rules of `ssg check`, by what they look at: one module for each area."""

from __future__ import annotations

from ssg.check.rules import (
    advertising,
    figures,
    japanese,
    links,
    privacy,
    rights,
    sharing,
)
from ssg.check.rules.kinds import ArticleRule, SiteRule

ARTICLE_RULES = (
    ArticleRule("japanese", japanese.remarks),
    ArticleRule("links", links.remarks),
    ArticleRule("figures", figures.remarks),
    ArticleRule("advertising", advertising.remarks),
    ArticleRule("rights", rights.remarks),
    ArticleRule("sharing", sharing.remarks),
    ArticleRule("privacy", privacy.remarks),
)
SITE_RULES = (
    SiteRule("links", links.facts, links.judge),
    SiteRule("sharing", sharing.facts, sharing.judge),
    SiteRule("privacy", privacy.facts, privacy.judge),
)
