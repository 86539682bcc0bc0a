"""What git says when it fails, and what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from ssg.deploy.repository import GitError
from ssg.deploy.troubles import PassingError, fault
from ssg.text import visible

_LONGEST = 300  # characters: what a host says goes to a terminal
_PASSING = "passing"
# The first that fits. A lost connection is last: git names it after the reason, too.
_MEANINGS = tuple(
    (code, re.compile(pattern, re.I))
    for code, pattern in (
        ("deploy/no-program", r"cannot run ssh|ssh: (command )?not found"),
        (
            "deploy/overtaken",
            r"\(stale info\)|\(fetch first\)|\(non-fast-forward\)|but expected"
            r"|reference already exists|incorrect old value",
        ),
        ("deploy/no-space", r"no space left|quota exceeded"),
        ("deploy/host-key", r"host key verification failed|host identification has changed"),
        (
            "deploy/refused",
            r"permission denied \(|authentication failed|could not read (username|password)"
            r"|returned error: 401|too many authentication failures|invalid credentials",
        ),
        (
            "deploy/forbidden",
            r"hook declined|permission to .* denied|returned error: 403|insufficient permission"
            r"|permission denied|read[- ]only|not allowed|dubious ownership|unpacker error"
            r"|unable to create temporary|protected branch|service not enabled",
        ),
        (
            "deploy/no-place",
            r"repository .*not found|not found: did you run|does not appear to be a git"
            r"|no such repository|repository not exported|could not resolve host"
            r"|name or service not known|nodename nor servname|unable to look up"
            r"|could not be found|returned error: 404",
        ),
        (
            _PASSING,
            r"hung up|connection (was )?(reset|refused|timed out|closed|aborted)|early eof"
            r"|broken pipe|unexpected disconnect|failed to connect|couldn't connect"
            r"|operation timed out|too slow|temporary failure|read error|rpc failed"
            r"|empty reply|transfer closed|returned error: (429|5\d\d)|network is unreachable"
            r"|no route to host|ssl_|gnutls|bad pack header"
            r"|could not read from remote repository|the remote end|protocol error"
            r"|expected flush|packet write failed|bad line length|SIGPIPE",
        ),
    )
)


@contextmanager
def understood(where: str, **blanks: object) -> Iterator[None]:
    """Turn what git said about a remote into a PassingError or an EnvironmentFault; a GitError
    that says nothing known stays one.
    """
    try:
        yield
    except GitError as e:
        lines = [line.strip() for line in str(e).splitlines()]
        for code, pattern in _MEANINGS:
            if found := next(filter(pattern.search, lines), ""):
                why = telling(lines, found)
                if code == _PASSING:
                    raise PassingError(why) from None
                fault(code, where, why, program="ssh", **blanks)
        raise


def telling(lines: list[str], found: str = "") -> str:
    """The words of the host if it said any, or else those of git."""
    words = [line.removeprefix("remote:").strip(" =") for line in lines if line[:7] == "remote:"]
    plain = [line for line in words if not re.search(r"https?://|trace:", line, re.I)]
    faults = [line for line in lines if line.startswith(("fatal:", "error:"))]
    line = next(filter(None, [*plain, *words, found, *faults, *lines]), "")
    return visible(re.sub(r"^((fatal|error):\s*)+", "", line, flags=re.I), _LONGEST)
