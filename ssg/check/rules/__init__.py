"""The rules of `ssg check`, by what they look at: one module for each area."""

from __future__ import annotations

from ssg.check.rules import japanese, shape, sharing, spelling, years
from ssg.check.rules.kinds import ArticleRule, SiteRule

ARTICLE_RULES = (
    ArticleRule("shape", shape.remarks),
    ArticleRule("japanese", japanese.remarks),
    ArticleRule("spelling", spelling.remarks),
    ArticleRule("years", years.remarks),
)
SITE_RULES = (
    SiteRule("sharing", sharing.facts, sharing.judge),
    SiteRule("spelling", spelling.facts, spelling.judge),
    SiteRule("years", years.facts, years.judge),
)
