"""What site.yaml may say below `deploy`, and what it must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssg.config import load_config, load_targets
from ssg.errors import ConfigError
from ssg.targets import Remote, Targets, remote, variable
from tests.publishing import write


def loaded(tmp_path: Path, deploy: str) -> Targets:
    write(tmp_path, "site.yaml", f"title: 一\nurl: https://blog.tarou.jp\ndeploy:\n{deploy}")
    return load_targets(tmp_path)


def told(tmp_path: Path, deploy: str) -> list[tuple[int, int, str, dict[str, str]]]:
    with pytest.raises(ConfigError) as e:
        loaded(tmp_path, deploy)
    return [(p.line, p.column, p.code, dict(p.args)) for p in e.value.problems]


def test_the_first_target_is_the_default(tmp_path: Path) -> None:
    found = loaded(tmp_path, "  web: {type: dir, path: ../web}\n  old: {type: dir, path: ../old}\n")
    assert [found.chosen(name)[0] for name in ("", "old")] == ["web", "old"]
    with pytest.raises(ConfigError) as e:
        found.chosen("wev")
    assert dict(e.value.problems[0].args)["near"] == "web"


def test_a_site_without_targets_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as e:
        Targets().chosen("")
    assert e.value.problems[0].code == "deploy/no-target"


@pytest.mark.parametrize(
    "line",
    [
        "password: hunter2",
        "secret_access_key: hunter2",
        "access_key_id: hunter2",
        "api_key: hunter2",
        "token: hunter2",
        "ftp_password: hunter2",
        "passphrase: hunter2",
        "remote: https://me:hunter2@git.tarou.jp/blog.git",
        "remote: https://ghp_hunter2@github.com/me/blog.git",
    ],
)
def test_a_secret_is_refused_and_never_repeated(tmp_path: Path, line: str) -> None:
    [(row, column, code, blanks)] = told(tmp_path, f"  my-web:\n    type: git\n    {line}\n")
    assert (row, column, code) == (6, 5, "config/secret")
    assert blanks == {
        "key": f"deploy.my-web.{line.partition(':')[0]}",
        "variable": "SSG_MY_WEB_PASSWORD",
    }


@pytest.mark.parametrize(
    ("deploy", "place", "code"),
    [
        ("  web: 送る\n", (4, 8), "config/type"),
        ("  web: {path: a}\n", (4, 8), "config/missing"),
        ("  web: {type: gti}\n", (4, 15), "config/choice"),
        ("  web: {type: dir}\n", (4, 8), "config/missing"),
        ("  web: {type: dir, path: a, brunch: b}\n", (4, 29), "config/unknown-key"),
        ("  わたしの: {type: dir, path: a}\n", (4, 3), "config/slug"),
        ("  '../x': {type: dir, path: a}\n", (4, 3), "config/slug"),
        ("  web: {type: rsync, to: tarou.jp}\n", (4, 26), "config/remote"),
        ("  web: {type: sftp, to: '-oProxyCommand=x:/'}\n", (4, 25), "config/remote"),
        ("  web: {type: git, remote: '--upload-pack=x'}\n", (4, 28), "config/remote"),
        ("  web: {type: git, remote: 'ext::sh -c x'}\n", (4, 28), "config/remote"),
        ("  web: {type: git, remote: 'git@h:b', branch: 'a b'}\n", (4, 47), "config/remote"),
        ("  web: {type: sftp, to: 'h:/w', port: 70000}\n", (4, 39), "config/range"),
        ("  web: {type: rsync, to: 'h:/w', releases: 0}\n", (4, 44), "config/range"),
        ("  web: {type: dir, path: a, server: iis}\n", (4, 37), "config/choice"),
        ("  web: {type: dir, path: a, precompress: [zip]}\n", (4, 43), "config/choice"),
    ],
)
def test_a_slip_is_told_at_its_place(
    tmp_path: Path, deploy: str, place: tuple[int, int], code: str
) -> None:
    [(line, column, found, _)] = told(tmp_path, deploy)
    assert ((line, column), found) == (place, code)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("me@tarou.jp:/var/www", Remote("me", "tarou.jp", "/var/www")),
        ("tarou.jp:www/ブログ", Remote("", "tarou.jp", "www/ブログ")),
        ("vps:", Remote("", "vps", "")),
    ],
)
def test_the_parts_of_a_remote_folder(text: str, parts: Remote) -> None:
    assert remote(text) == parts


def test_the_variable_of_a_target() -> None:
    assert variable("lolipop-2") == "SSG_LOLIPOP_2_PASSWORD"


def test_no_target_reaches_a_layout(tmp_path: Path) -> None:
    loaded(tmp_path, "  web: {type: dir, path: ../web}\n")
    assert "../web" not in repr(load_config(tmp_path))
