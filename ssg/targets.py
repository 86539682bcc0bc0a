"""Where a site is published: what an author may write below `deploy` in site.yaml.

Nothing of it reaches a layout, and none of it may be secret: passwords come from the environment,
keys from ssh's agent and files, or from the files of the host's own client.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from pydantic import AfterValidator

from ssg.errors import ConfigError, EnvironmentFault, Problem, problem
from ssg.fields import Flag, Integer, Listed, Text, WebAddress, Written, broken, choice, validated
from ssg.nodes import Map, Scalar, position
from ssg.settings import site_url
from ssg.text import nearest, visible
from ssg.theme import NAME
from ssg.urls import slugify

SERVERS = ("apache", "netlify", "cloudflare")
_SECRET = re.compile(
    r"pass(word|phrase|wd)?|pw|secret|token|credentials?|(.*_)?(password|passphrase|secret|token)"
    r"|(access|secret|api|private)_?key(_?id)?|(aws_)?(secret_)?access_key(_id)?|key",
    re.I,
)
_TOKEN = re.compile(r"gh[a-z]_|github_pat_|gl[a-z]+-")  # of GitHub and GitLab
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")  # part of the name of a variable and of files
_REMOTE = re.compile(r"(?:(?P<user>[^\s@:/]+)@)?(?P<host>[^\s@:/]+):(?P<path>[^\s].*)?")


class Remote(msgspec.Struct, frozen=True):
    """A folder of another machine. `path` is "" for the one where a login begins."""

    user: str
    host: str
    path: str


def remote(text: str) -> Remote:
    """The parts of `user@host:path`."""
    match = _REMOTE.fullmatch(text)
    assert match, text
    return Remote(match["user"] or "", match["host"], match["path"] or "")


def _remote(text: str) -> str:
    if not _REMOTE.fullmatch(text) or text.startswith("-"):
        raise broken("remote", got=visible(text), better="me@example.jp:/var/www/blog")
    return text


def _repository(text: str) -> str:
    """An address that git understands; one that holds a password is refused by `_secrets`."""
    if text.startswith(("-", "ext::")) or re.search(r"\s", text):
        raise broken("remote", got=visible(text), better="git@github.com:me/blog.git")
    return text


def _branch(text: str) -> str:
    """A name that git takes for a branch (git-check-ref-format)."""
    bad = re.search(r"[\s~^:?*\[\\\x00-\x1f\x7f]|\.\.|@\{|//|\.lock(/|$)|(^|/)\.|^[-/]|[/.]$", text)
    if bad or text == "@":
        raise broken("remote", got=visible(text), better="gh-pages")
    return text


def _port(number: int) -> int:
    if not 1 <= number <= 65535:
        raise broken("range", got=number, most=65535)
    return number


def _count(number: int) -> int:
    if not 1 <= number <= 100:
        raise broken("range", got=number, most=100)
    return number


Place = Annotated[Text, AfterValidator(_remote)]
Port = Annotated[Integer, AfterValidator(_port)]


class WrittenTarget(Written):
    """What every target may say. `url` is where it is seen, when that is not the site's own."""

    type: Text
    url: Annotated[Text, AfterValidator(site_url)] | None = None
    server: Annotated[str, choice(*SERVERS)] | None = None
    precompress: Annotated[list[Annotated[str, choice("gzip", "brotli")]], Listed] = []
    indexnow: WebAddress | None = None


class WrittenGit(WrittenTarget):
    remote: Annotated[Text, AfterValidator(_repository)]
    branch: Annotated[Text, AfterValidator(_branch)] = "gh-pages"
    cname: Text | None = None
    history: Flag = True


class WrittenRsync(WrittenTarget):
    to: Place
    port: Port | None = None
    ssh_config: Text | None = None
    releases: Annotated[Integer, AfterValidator(_count)] | None = None


class WrittenSftp(WrittenTarget):
    to: Place
    port: Port | None = None
    ssh_config: Text | None = None


class WrittenFtps(WrittenTarget):
    to: Place
    port: Port = 21
    ca_file: Text | None = None


class WrittenS3(WrittenTarget):
    bucket: Text
    prefix: Text = ""
    endpoint: WebAddress | None = None
    region: Text | None = None
    profile: Text | None = None
    acl: Annotated[str, choice("public-read", "private")] | None = None


class WrittenDir(WrittenTarget):
    path: Text


MODELS: dict[str, type[WrittenTarget]] = {
    "git": WrittenGit,
    "rsync": WrittenRsync,
    "sftp": WrittenSftp,
    "ftps": WrittenFtps,
    "s3": WrittenS3,
    "dir": WrittenDir,
}


class Targets(dict[str, WrittenTarget]):
    """Targets by name, in the order in which they are written: the first is the default."""

    def chosen(self, name: str) -> tuple[str, WrittenTarget]:
        """The target of a name; the first one when that is "". Raises ConfigError."""
        if not self:
            raise ConfigError([problem("deploy/no-target", NAME)])
        chosen = name or next(iter(self))
        if chosen not in self:
            near = {"near": found} if (found := nearest(chosen, self)) else {}
            blanks = {"got": visible(chosen), "known": ", ".join(self), **near}
            raise ConfigError([problem("deploy/unknown-target", NAME, **blanks)])
        return chosen, self[chosen]


def targets(raw: Map) -> tuple[Targets, list[Problem]]:
    """The targets of a site.yaml, and what is wrong with them."""
    found, problems = Targets(), list[Problem]()
    section = raw.get("deploy")
    for name, written in section.items() if isinstance(section, Map) else ():
        secrets = list(_secrets(raw, name, written))
        target, wrong = (None, []) if secrets else _target(raw, name, written)
        problems += [*secrets, *wrong]
        if target:
            found[name] = target
    return found, problems


def variable(name: str) -> str:
    """The environment variable that holds the password of a target: `SSG_MY_HOST_PASSWORD`."""
    return f"SSG_{re.sub(r'[^A-Z0-9]', '_', name.upper())}_PASSWORD"


def _target(raw: Map, name: str, written: object) -> tuple[WrittenTarget | None, list[Problem]]:
    where = ("deploy", name)
    place = position(raw, where, key=True)
    if not _NAME.fullmatch(name):
        better = slugify(name) if _NAME.fullmatch(slugify(name)) else "web"
        return None, [
            problem(
                "config/slug", NAME, *place, key=f"deploy.{name}", got=visible(name), better=better
            )
        ]
    if not isinstance(written, Map):
        key = f"deploy.{name}"
        blanks = {"key": key, "expected": "mapping", "kind": "text", "pair": "type: git"}
        return None, [problem("config/type", NAME, *position(raw, where), **blanks)]
    kind = written.get("type")
    model = MODELS.get(str(kind)) if isinstance(kind, Scalar) else None
    if model is None:
        return None, [_bad_type(raw, name, kind)]
    target, wrong = validated(model, written, "config", NAME)
    return target, [_within(f"deploy.{name}.", p) for p in wrong]


def _bad_type(raw: Map, name: str, kind: object) -> Problem:
    place = position(raw, ("deploy", name, "type"))
    if not isinstance(kind, str):
        return problem("config/missing", NAME, *place, key=f"deploy.{name}.type")
    near = {"near": found} if (found := nearest(kind, MODELS)) else {}
    blanks = {"key": f"deploy.{name}.type", "got": visible(kind), "options": ", ".join(MODELS)}
    return problem("config/choice", NAME, *place, **blanks, **near)


def _within(prefix: str, found: Problem) -> Problem:
    args = tuple((k, prefix + v if k == "key" else v) for k, v in found.args)
    return msgspec.structs.replace(found, args=args)


def _secrets(raw: Map, name: str, written: object) -> Iterator[Problem]:
    """Passwords and keys among the settings of a target, told without their values."""
    for key, value in written.items() if isinstance(written, Map) else ():
        parts = urlsplit(value) if isinstance(value, Scalar) and "://" in value else None
        token = parts and (parts.password or _TOKEN.match(parts.username or ""))
        if _SECRET.fullmatch(key) or token:
            place = position(raw, ("deploy", name, key), key=True)
            blanks = {"key": f"deploy.{name}.{visible(key)}", "variable": variable(name)}
            yield problem("config/secret", NAME, *place, **blanks)


def betrays(line: str) -> bool:
    """Whether a line of site.yaml may hold a password or a key, so that it is never shown."""
    keys = re.findall(r"([\w-]+)[\"']?\s*[:：]|^\W*([\w-]+)", line)
    logins = re.findall(r"://([^/\s@]+)@", line)
    return any(_SECRET.fullmatch(word) for key in keys for word in key) or any(
        ":" in i or _TOKEN.match(i) for i in logins
    )


def here(root: Path, path: str) -> Path:
    """A path of site.yaml: relative to the site, `~` for the writer's home. Raises
    EnvironmentFault.
    """
    try:
        return root / Path(path).expanduser()
    except RuntimeError:  # nobody of that name
        raise EnvironmentFault([problem("deploy/no-place", NAME, why=visible(path))]) from None
