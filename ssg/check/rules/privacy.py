"""What a site tells about its author and its readers without meaning to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ssg.check.article import Article, Remark
from ssg.check.embeds import of_article, of_files, of_site, service
from ssg.check.rules.kinds import Finding, Survey
from ssg.config import Config
from ssg.extensions.addresses import host, is_example
from ssg.text import visible
from ssg.theme import NAME

_WIDE = re.compile("[０-９＠]")
_NARROW = {sign: sign - 0xFEE0 for sign in range(0xFF01, 0xFF5F)} | str.maketrans("ー‐−", "---")
_AT = re.compile(r"@|[\[({【（]\s?(?:at|AT|アット)", re.IGNORECASE)
_NO_DOMAIN = (  # units of systemd, and files: getty@tty1.service, logo@2x.png
    "service|socket|timer|target|mount|path|slice|local|js|ts|json|css|html|svg|png|jpe?g|gif|webp"
)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9_.+@/-])[A-Za-z0-9](?:[A-Za-z0-9_.+-]{0,60}[A-Za-z0-9])?"
    r"(?:@|\s?[\[({【（]\s?(?:at|@|アットマーク|アット)\s?[\])}】）]\s?)"
    rf"(?P<host>(?:[A-Za-z0-9-]{{1,63}}\.)+(?!(?:{_NO_DOMAIN})\b)"
    r"[A-Za-z]{2,}+)(?![\w-]|:[\w~/])",
    re.IGNORECASE | re.ASCII,
)
_PHONE = re.compile(
    r"(?<![\dA-Za-z])(?<!\d-)(?:"
    r"(?P<mobile>(?:\+81[- ]?\(?0?\)?|0)[789]0[- (（]?\d{4}[- )）]?\d{4})"
    r"|(?:自宅|実家|個人|携帯)[^。\n\d]{0,20}(?P<home>0\d{1,4}-\d{1,4}-\d{4})"
    r")(?![\dA-Za-z-])"
)
_EXAMPLE_PHONE = re.compile(r"0000|1234-?5678|345-6789|1111-?1111|(?:12|00)-?3456")
_SCRIPTS = (".js", ".mjs")  # may hold addresses that nothing is sent to
_PICTURES = frozenset((".jpg", ".jpeg", ".jfif", ".png", ".tif", ".tiff", ".webp"))
_GPS, _PLACE = 0x8825, {2, 4}  # EXIF 2.32, tables 4 and 15: latitude and longitude


def remarks(article: Article, config: Config) -> Iterator[Remark]:
    if article.section not in ("posts", "news"):  # pages tell readers how to reach the author
        return
    own = host(config.url)
    for at, text in article.texts():
        narrow = text.translate(_NARROW) if _WIDE.search(text) else text
        for code, start, end in (*_emails(narrow, own), *_phones(narrow)):
            yield article.remark(code, at, start, {"got": visible(text[start:end])})
    for pointer in article.pointers:
        name, _, domain = pointer.address.partition("?")[0].partition("@")
        if (
            name.lower().startswith("mailto:")
            and domain
            and "@" not in pointer.text
            and not _is_free(domain.lower(), own)
        ):
            yield Remark("privacy/email", pointer.at, blanks={"got": visible(pointer.address[7:])})


def _emails(text: str, own: str) -> Iterator[tuple[str, int, int]]:
    for match in _EMAIL.finditer(text) if _AT.search(text) else ():
        if not _is_free(match["host"].lower(), own):
            yield "privacy/email", *match.span()


def _phones(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _PHONE.finditer(text):
        if not _EXAMPLE_PHONE.search(match[0].replace(" ", "-")):
            yield "privacy/phone", *match.span(match.lastgroup or 0)


def _is_free(domain: str, own: str) -> bool:
    """Whether nobody is given away by an address there: an example, or the site's own."""
    return is_example(f"//{domain}") or f".{own}".endswith(f".{domain}")


def facts(article: Article, config: Config) -> Any:
    """What a source embeds, with its place; of a page also its text."""
    own = host(config.url)
    found = [
        [service(embed.address).name, *article.place(embed.at)]
        for embed in of_article(article)
        if host(embed.address) != own and not is_example(embed.address)
    ]
    text = article.body if article.section == "pages" else ""
    return [found, text] if found or text else None


def judge(survey: Survey) -> Iterator[Finding]:
    yield from _unnamed(survey)
    for path in _with_gps(survey.kit.root):
        as_it_is = path.startswith("assets/") and not path.startswith("assets/images/")
        yield Finding.at("privacy/gps-published" if as_it_is else "privacy/gps", path)


def _unnamed(survey: Survey) -> Iterator[Finding]:
    """Services that are sent something, and that no page names: each once."""
    known = {path: row for path, row in survey.facts.items() if row}
    told = "\n".join(text for _, text in known.values())
    first: dict[str, tuple[str, int, int]] = {}
    for address in of_site(survey.kit.config):
        if not is_example(address):
            first.setdefault(service(address).name, (NAME, 0, 0))
    for path, address in of_files(survey.kit.root):
        if not path.endswith(_SCRIPTS) and not is_example(address):
            first.setdefault(service(address).name, (path, 0, 0))
    for path, (embeds, _) in known.items():
        for name, line, column in embeds:
            first.setdefault(name, (path, line, column))
    for name, place in first.items():
        if name not in told:
            yield Finding.at("privacy/embed", *place, name=name)


def _with_gps(root: Path) -> Iterator[str]:
    """The pictures beside the texts that tell where they were taken."""
    for folder in ("content", "assets"):
        for file in sorted((root / folder).rglob("*")):
            if file.suffix.lower() in _PICTURES and file.is_file() and _tells_where(file):
                yield file.relative_to(root).as_posix()


def _tells_where(file: Path) -> bool:
    from PIL import Image

    try:
        with Image.open(file) as picture:
            place = _PLACE & picture.getexif().get_ifd(_GPS).keys()
            packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
            return bool(place) or "GPSLatitude" in str(packet)
    except Exception:  # what is no picture is told by the build
        return False
