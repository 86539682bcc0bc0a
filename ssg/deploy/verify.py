"""After a publication: do readers get what was sent? A few files are fetched and compared."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from urllib.parse import unquote

from ssg.deploy import Plan
from ssg.deploy.changes import Changes
from ssg.deploy.parcel import digest
from ssg.deploy.web import (
    MOST,
    Answer,
    ElsewhereError,
    NoHostError,
    SilentError,
    address,
    fetch,
)
from ssg.errors import Problem, problem
from ssg.model import Frozen
from ssg.targets import WrittenGit, WrittenTarget
from ssg.trees import File

_FEEDS = ("feed.xml", "atom.xml", "feed.json")
_ASSETS = (".css", ".js", ".webp", ".png", ".jpg", ".svg")
_GONE = (404, 410)
_MAY_PASS = {"deploy/still-old", "deploy/not-shown", "deploy/not-gone", "deploy/not-reached"}


class Waiting(Frozen, frozen=True):
    """Seconds: how long one answer may take, and how long to wait before each further look."""

    timeout: float = 5
    pauses: tuple[float, ...] = (1, 2, 4)


class Finding(Frozen, frozen=True):
    """What became of a file: the code of a warning, "" when all is as it should be. A `final` one
    will not pass.
    """

    name: str
    code: str = ""
    why: str = ""
    final: bool = False


class Verdict(Frozen, frozen=True):
    """How many of the files looked at are as they should be, and warnings of the others."""

    base: str
    looked: int
    good: int
    warnings: tuple[Problem, ...]


def waiting_for(target: WrittenTarget) -> Waiting:
    """Hosts that publish a branch take their time."""
    return Waiting(pauses=(5, 10, 15, 30, 30)) if isinstance(target, WrittenGit) else Waiting()


def verified(plan: Plan, base: str, waiting: Waiting, tell: Callable[[str], object]) -> Verdict:
    """Look at what was published. `tell` is called with the address that is waited for, once, if
    any is.
    """

    def look(name: str) -> Finding:
        return _looked(plan, name, address(base, name), waiting.timeout)

    found = {name: Finding(name) for name in sample(plan.changes, plan.files)}
    open_names = list(found)
    with ThreadPoolExecutor(4) as pool:
        for number, pause in enumerate((0, *waiting.pauses)):
            if number == 1:
                tell(address(base, open_names[0]))
            time.sleep(pause)
            found |= {finding.name: finding for finding in pool.map(look, open_names)}
            if not any(f.code in _MAY_PASS and not f.final for f in found.values()):
                break
            open_names = [name for name in found if found[name].code]
    good = sum(not finding.code for finding in found.values())
    return Verdict(base, len(found), good, tuple(_told(base, found.values())))


def sample(changes: Changes, files: Mapping[str, File]) -> list[str]:
    """The files to look at: the home page, three new or changed ones, a feed and an asset, and one
    that is gone.
    """
    fit = [name for name in (*changes.sent, *files) if files[name][1] <= MOST]
    pages = (n for n in changes.sent if _is_page(n) and n in fit)
    removed = (n for n in changes.removed if _is_page(n))
    chosen = (
        *(n for n in fit if n == "index.html"),
        *islice(pages, 3),
        *islice((n for n in fit if n.endswith(_FEEDS)), 1),
        *islice((n for n in fit if n.endswith(_ASSETS)), 1),
        *islice(removed, 1),
    )
    return list(dict.fromkeys(chosen))


def _is_page(name: str) -> bool:
    return name.endswith(".html") and name not in ("index.html", "404.html")


def _looked(plan: Plan, name: str, url: str, timeout: float) -> Finding:
    try:
        answer = fetch(url, timeout)
    except SilentError as e:
        return Finding(name, "deploy/not-reached", str(e), isinstance(e, NoHostError))
    except ElsewhereError:
        return Finding(name, "deploy/elsewhere")
    if answer.status not in (200, *_GONE):
        return Finding(name, "deploy/not-reached", f"HTTP {answer.status}")
    return Finding(name, _judged(plan, name, answer))


def _judged(plan: Plan, name: str, answer: Answer) -> str:
    now, then = plan.files.get(name), plan.before.get(name)  # None: not there
    body = digest(answer.body) if answer.status == 200 else None
    if body == now or (answer.moved and body in plan.files.values()):
        return ""  # at an old address the host itself may send readers on to a page of ours
    if then and body == then:
        return "deploy/still-old" if now else "deploy/not-gone"
    if not now:
        return ""  # a page of the host's own, that says so
    return "deploy/differs" if body else "deploy/not-shown"


def _told(base: str, findings: Iterable[Finding]) -> Iterator[Problem]:
    """One warning for all files with the same trouble."""
    kinds = dict.fromkeys((f.code, f.why) for f in findings if f.code)
    for code, why in kinds:
        names = [f.name for f in findings if (f.code, f.why) == (code, why)]
        pages = ", ".join(unquote(address(base, name).removeprefix(base)) for name in names)
        yield problem(code, base, pages=pages, why=why)
