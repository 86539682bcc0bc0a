"""`ssg check --external`: whether links to other sites still lead somewhere.

One request at a time for each host, slowly; to public machines only, whatever a name resolves
to and wherever a redirect leads.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from threading import Event, Timer
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from ssg import __version__
from ssg.cache import Cache
from ssg.check.guard import Address, is_public
from ssg.check.sources import articles
from ssg.config import Config
from ssg.errors import Problem, problem
from ssg.extensions.addresses import host, is_example
from ssg.output import disk_errors, lock
from ssg.text import visible

AGENT = f"ssg/{__version__} (ssg check --external)"
SECONDS = 15.0  # for one request, all in all
PAUSE = 1.0  # between two requests to one host
WEEK = 7 * 24 * 3600
HOPS = 8
_HOSTS_AT_ONCE = 8
_MOST = 64 * 1024  # bytes of a page that are read, when they must be
_KEPT = "/%:@!$&'()*+,;=~-._?"
_PERMANENT = frozenset((301, 308))
_REDIRECTS = _PERMANENT | {302, 303, 307}
_GONE = frozenset((HTTPStatus.NOT_FOUND, HTTPStatus.GONE))
_NO_SUCH_NAME = frozenset((socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)))

Place = tuple[str, int, int]
Guard = Callable[[Address], bool]


class Verdict(NamedTuple):
    """`code` is that of a problem, or empty; `known` tells whether the link could be followed."""

    code: str = ""
    why: str = ""
    known: bool = True


class Outcome(NamedTuple):
    """What is wrong, how many addresses were looked at, and those that could not be followed."""

    problems: tuple[Problem, ...]
    looked_at: int
    unknown: tuple[str, ...]


class _RefusedError(Exception):
    """An address that is not to be asked."""


def follow_links(
    root: Path,
    config: Config,
    guard: Guard = is_public,
    pause: float = PAUSE,
    seconds: float = SECONDS,
) -> Outcome:
    """Follow every link to another site, those that were good a week ago or less apart."""
    links = _links(root, config)
    with disk_errors(), lock(root), Cache(root / ".cache") as cache:
        verdicts = {url: Verdict() for url in links if _was_good(cache, url)}
        rest = sorted(links.keys() - verdicts.keys())
        for url, verdict in _followed(rest, guard, pause, seconds):
            verdicts[url] = verdict
            if verdict.known and not verdict.code:
                cache.put(f"link {url}", json.dumps(time.time()).encode())
        cache.commit()
    problems = (_told(v, place) for url, v in verdicts.items() if v.code for place in links[url])
    unknown = (url for url, v in verdicts.items() if not v.known)
    return Outcome(tuple(sorted(problems)), len(links), tuple(sorted(unknown)))


def _links(root: Path, config: Config) -> dict[str, list[Place]]:
    """The links to other sites, each with its places."""
    found: dict[str, list[Place]] = {}
    for article in articles(root, config):
        at = [(p.address, article.place(p.at)) for p in article.pointers if p.kind == "link"]
        at += [(f.text, article.place(f.where)) for f in article.fields]
        for address, place in at:
            url = address.partition("#")[0]
            if _is_elsewhere(url, config):
                found.setdefault(url, []).append((article.path, *place))
    return found


def _is_elsewhere(url: str, config: Config) -> bool:
    web = url.lower().startswith(("http://", "https://")) and not any(map(str.isspace, url))
    return web and host(url) not in ("", host(config.url)) and not is_example(url)


def _was_good(cache: Cache, url: str) -> bool:
    with suppress(ValueError):
        return 0 <= time.time() - float(json.loads(cache.get(f"link {url}") or b"0")) < WEEK
    return False


def _told(verdict: Verdict, place: Place) -> Problem:
    return problem(verdict.code, *place, why=visible(verdict.why, 200))


def _followed(
    urls: Iterable[str], guard: Guard, pause: float, seconds: float
) -> Iterator[tuple[str, Verdict]]:
    """Each address with what became of it: the hosts side by side, their pages one by one."""
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(host(url), []).append(url)

    def visit(group: list[str]) -> list[tuple[str, Verdict]]:
        found = []
        for number, url in enumerate(group):
            time.sleep(pause if number else 0)
            found.append((url, verdict_of(url, guard, seconds)))
        return found

    with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        for found in pool.map(visit, hosts.values()):
            yield from found


def verdict_of(url: str, guard: Guard = is_public, seconds: float = SECONDS) -> Verdict:
    """What becomes of somebody who follows a link."""
    try:
        status, end, permanent = _arrived(url, guard, seconds)
    except _RefusedError:
        return Verdict("links/private", url)
    except ssl.SSLError as e:
        return Verdict("links/tls", _reason(e)) if _reason(e) else Verdict(known=False)
    except socket.gaierror as e:
        gone = e.errno in _NO_SUCH_NAME
        return Verdict("links/no-host", host(url)) if gone else Verdict(known=False)
    except (OSError, http.client.HTTPException, ValueError):
        return Verdict(known=False)
    if status in _GONE:
        return Verdict("links/gone", str(status))
    if not 200 <= status < 300:
        return Verdict(known=False)
    return Verdict("links/moved", end) if permanent and end != url else Verdict()


def _reason(error: ssl.SSLError) -> str:
    """Why a site cannot be trusted; nothing when only the line was cut."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return "" if isinstance(error, ssl.SSLEOFError) else error.reason or ""


def _arrived(url: str, guard: Guard, seconds: float) -> tuple[int, str, bool]:
    """The last answer, its address, and whether every step on the way is there to stay."""
    permanent = True
    for _ in range(HOPS):
        status, to = _answer(url, guard, seconds)
        if status not in _REDIRECTS or not to:
            return status, url, permanent
        permanent = permanent and status in _PERMANENT
        url = urljoin(url, to)
    return 0, url, False


def _answer(url: str, guard: Guard, seconds: float) -> tuple[int, str]:
    """Status and `Location`. Who does not answer HEAD in a good way is asked with GET."""
    status, to = _asked("HEAD", url, guard, seconds)
    if status >= HTTPStatus.BAD_REQUEST:
        status, to = _asked("GET", url, guard, seconds)
    return status, to


def _asked(method: str, url: str, guard: Guard, seconds: float) -> tuple[int, str]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _RefusedError
    name = parts.hostname.encode("idna").decode()
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    line = _connected(name, port, guard, seconds)
    if secure:
        context = ssl.create_default_context()
        line = context.wrap_socket(line, server_hostname=name, do_handshake_on_connect=False)
    late = Event()
    timer = Timer(seconds, _cut, (line, late))
    timer.start()
    try:
        if isinstance(line, ssl.SSLSocket):
            line.do_handshake()
        answer = _exchanged(method, parts, name, line)
        if late.is_set():  # the rest of what was cut off looks like an end
            raise TimeoutError
        return answer
    finally:
        timer.cancel()
        line.close()


def _exchanged(method: str, parts: SplitResult, name: str, line: socket.socket) -> tuple[int, str]:
    connection = http.client.HTTPConnection(name)
    connection.sock = line
    path = quote(parts.path or "/", safe=_KEPT)
    query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    shown = f"[{name}]" if ":" in name else name
    own = {"Host": shown + (f":{parts.port}" if parts.port else ""), "User-Agent": AGENT}
    connection.putrequest(method, path + query, skip_host=True, skip_accept_encoding=True)
    for header, value in {**own, "Accept": "*/*", "Connection": "close"}.items():
        connection.putheader(header, value)
    connection.endheaders()
    response = connection.getresponse()
    if method == "GET":
        response.read(_MOST)
    return response.status, response.headers.get("Location", "")


def _connected(name: str, port: int, guard: Guard, seconds: float) -> socket.socket:
    """A connection to a machine whose address was looked up once, and is allowed."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(row[4][0]) for row in found))
    if not all(guard(ipaddress.ip_address(address.partition("%")[0])) for address in addresses):
        raise _RefusedError
    return _first(addresses, port, seconds)


def _first(addresses: list[str], port: int, seconds: float) -> socket.socket:
    """A connection to the first that takes one."""
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout=seconds)
    return socket.create_connection((addresses[-1], port), timeout=seconds)


def _cut(line: socket.socket, late: Event) -> None:
    late.set()
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
