"""The rules of `ssg check`, by what they look at: one module for each area."""

from __future__ import annotations

from ssg.check.rules import japanese, sharing
from ssg.check.rules.kinds import ArticleRule, SiteRule

ARTICLE_RULES = (ArticleRule("japanese", japanese.remarks),)
SITE_RULES = (SiteRule("sharing", sharing.facts, sharing.judge),)
