"""What a host's machine needs to build and publish a site: files for its repository.

Never overwrites a file: either all are new, or none is made.
"""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime, time
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ssg import __version__
from ssg.config import Config
from ssg.errors import ContentError, problem
from ssg.model import Frozen
from ssg.output import disk_errors

HOSTS = ("github", "cloudflare", "netlify")
WORKFLOW = ".github/workflows/publish.yml"
REQUIREMENTS = "requirements.txt"
_TEMPLATES = Path(__file__).parent / "workflows"
_PACKAGE = "ssg-trend"
_MORNING = time(7, 17)  # not at a full hour: then too many wait in line
_LONGEST = 58  # of the name of a project at Cloudflare


class Setup(Frozen, frozen=True):
    """What was made. `unsure` is the line of the requirements that the writer has to look at, ""
    when it is right as it is.
    """

    host: str
    made: tuple[str, ...]
    project: str
    hourly: bool
    unsure: str = ""


@disk_errors()
def set_up(root: Path, config: Config, host: str, now: datetime) -> Setup:
    """Write the files that publish a site from its repository, on each push and on a schedule.

    Raises ContentError when the one to write exists, and EnvironmentFault.
    """
    hourly = is_news_desk(root, config)
    blanks = {
        "cron": cron(hourly, now.astimezone(config.zone)),
        "when": "each hour" if hourly else f"{_MORNING:%H:%M} {config.timezone}",
        "language": config.language,
        "project": project(root, config),
    }
    template = (_TEMPLATES / f"{host}.yml").read_text("utf-8")
    files = {WORKFLOW: re.sub(r"%(\w+)%", lambda blank: blanks[blank[1]], template)}
    line, sure = requirement()
    if not os.path.lexists(root / REQUIREMENTS):
        files[REQUIREMENTS] = f"{line}\n"
    _write(root, files)
    unsure = "" if sure or REQUIREMENTS not in files else line
    return Setup(host, tuple(files), blanks["project"], hourly, unsure)


def _write(root: Path, files: dict[str, str]) -> None:
    taken = [problem("setup/exists", name) for name in files if os.path.lexists(root / name)]
    if taken:
        raise ContentError(taken)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        with (root / name).open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)


# --- what stands in them ---------------------------------------------------------------------


def is_news_desk(root: Path, config: Config) -> bool:
    return bool(config.digests) or (root / "content" / "news").is_dir()


def cron(hourly: bool, now: datetime) -> str:
    """Each hour, or each morning of the site's zone: in UTC, as the hosts' clocks go."""
    if hourly:
        return f"{_MORNING.minute} * * * *"
    utc = datetime.combine(now.date(), _MORNING, now.tzinfo).astimezone(UTC)
    return f"{utc.minute} {utc.hour} * * *"


def project(root: Path, config: Config) -> str:
    """A name for the site at its host, from its address or, until it has one, its folder."""
    host = urlsplit(config.url).hostname or ""
    named = root.name if "example" in host.split(".") else host.removesuffix(".pages.dev")
    slug = re.sub(r"[^a-z0-9]+", "-", named.lower())[:_LONGEST].strip("-")
    return slug or "my-blog"


def requirement() -> tuple[str, bool]:
    """The line that installs this very program, and whether it is known to do so."""
    try:
        origin = json.loads(distribution(_PACKAGE).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return f"{_PACKAGE}=={__version__}", False
    address = _address(origin)
    if address:
        return f"{_PACKAGE} @ {address}", True
    return f"{_PACKAGE}=={__version__}", not origin


def _address(origin: dict[str, Any]) -> str:
    """Where pip found the program (PEP 610); "" when other machines cannot fetch it from there."""
    url = re.sub(r"^(https?://)[^/@]*@", r"\1", origin.get("url", ""))  # no passwords
    if url.startswith("file:"):
        return ""
    below = f"#subdirectory={origin['subdirectory']}" if "subdirectory" in origin else ""
    match origin.get("vcs_info"):
        case {"vcs": vcs, "commit_id": commit}:
            return f"{vcs}+{url}@{commit}{below}"
    return url
