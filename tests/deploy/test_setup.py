"""`--setup`: files with which a host's machine builds and publishes a site."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from ssg import __version__, setups
from ssg.build import Options, build
from ssg.config import load_config
from ssg.errors import ContentError, EnvironmentFault
from ssg.sentences.setups import STEPS
from ssg.setups import HOSTS, REQUIREMENTS, WORKFLOW, cron, project, requirement, set_up
from tests.conftest import REPO, RunSsg, SiteFactory
from tests.publishing import write
from tests.small import NOW, POST, posts, tree

SITE = "-- site.yaml --\ntitle: 帖\nurl: https://blog.tarou.jp\n"
EXPRESSION = re.compile(r"\$\{\{.*?\}\}")

each_host = pytest.mark.parametrize("host", HOSTS)


def workflow(root: Path) -> dict[Any, Any]:
    found = yaml.safe_load((root / WORKFLOW).read_text("utf-8"))
    found["on"] = found.pop(True)  # YAML 1.1 reads `on` as a truth
    return dict(found)


def made(root: Path, host: str) -> dict[Any, Any]:
    set_up(root, load_config(root), host, NOW)
    return workflow(root)


def steps(found: dict[Any, Any]) -> list[dict[str, Any]]:
    return [step for job in found["jobs"].values() for step in job["steps"]]


def using(found: dict[Any, Any], action: str) -> dict[str, Any]:
    [step] = [s for s in steps(found) if s.get("uses", "").startswith(f"{action}@")]
    return step


# --- the workflow --------------------------------------------------------------------------------


@each_host
def test_it_runs_on_each_push_on_a_schedule_and_when_asked(
    host: str, site_factory: SiteFactory
) -> None:
    found = made(site_factory(SITE), host)
    assert found["on"].keys() == {"push", "schedule", "workflow_dispatch"}
    assert found["on"]["schedule"] == [{"cron": "17 22 * * *"}]
    first, *_ = found["jobs"].values()
    assert "github.event.repository.default_branch" in first["if"], "whatever its name"
    assert "main" not in first["if"] + str(found["on"])


@each_host
def test_two_publications_never_overlap(host: str, site_factory: SiteFactory) -> None:
    found = made(site_factory(SITE), host)
    assert found["concurrency"] == {
        "group": "publish-${{ github.ref }}",
        "cancel-in-progress": False,
    }
    assert all(job["timeout-minutes"] <= 30 for job in found["jobs"].values())


@each_host
def test_no_job_may_do_more_than_it_must(host: str, site_factory: SiteFactory) -> None:
    found = made(site_factory(SITE), host)
    assert found["permissions"] == {}
    allowed = [job["permissions"] for job in found["jobs"].values()]
    publishing = [{"pages": "write", "id-token": "write"}] if host == "github" else []
    assert allowed == [{"contents": "read"}, *publishing]
    assert using(found, "actions/checkout")["with"] == {"persist-credentials": False}


@each_host
def test_secrets_are_named_and_go_to_the_last_step_only(
    host: str, site_factory: SiteFactory
) -> None:
    found = made(site_factory(SITE), host)
    wanted = {
        "github": set(),
        "cloudflare": {"CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ACCOUNT_ID"},
        "netlify": {"NETLIFY_AUTH_TOKEN", "NETLIFY_SITE_ID"},
    }[host]
    *before, last = steps(found)
    assert set(re.findall(r"secrets\.(\w+)", str(last))) == wanted
    assert "secrets." not in str(before) + str(found["jobs"].get("env"))
    for language in ("ja", "en"):
        assert all(name in STEPS[language][host] for name in wanted)


@each_host
def test_what_others_write_is_never_run(host: str, site_factory: SiteFactory) -> None:
    """An expression in a script could be a command: a title of a commit, the name of a branch."""
    for step in steps(made(site_factory(SITE), host)):
        assert not EXPRESSION.search(step.get("run", ""))


@each_host
def test_what_a_build_leaves_is_kept_for_the_next(host: str, site_factory: SiteFactory) -> None:
    found = made(site_factory(SITE), host)
    kept = using(found, "actions/cache")["with"]
    assert kept["path"].split() == [".cache", "public"]
    assert kept["key"].startswith(kept["restore-keys"])
    assert "run_id" in kept["key"], "one that is there is not saved again"
    order = [step.get("uses", step.get("run", "")).split("@")[0] for step in steps(found)]
    installed = order.index("pip install -r requirements.txt")
    assert order.index("actions/cache") < installed
    assert order.index("actions/setup-python") < installed


def test_github_pages_get_all_files_of_the_folder(site_factory: SiteFactory) -> None:
    found = made(site_factory(SITE), "github")
    assert [s["run"] for s in steps(found) if "run" in s][-1] == "ssg deploy --to dist --yes"
    upload = using(found, "actions/upload-pages-artifact")
    assert upload["with"] == {"path": "dist", "include-hidden-files": True}
    assert found["jobs"]["publish"]["needs"] == "build"
    assert found["jobs"]["publish"]["environment"]["name"] == "github-pages"
    assert using(found, "actions/deploy-pages")["id"] == "pages"


@pytest.mark.parametrize("host", ["cloudflare", "netlify"])
def test_on_a_schedule_only_what_changed_is_published(
    host: str, site_factory: SiteFactory, tmp_path: Path
) -> None:
    """The script is run with an `ssg` that writes, or does not write, another list of files."""
    site = site_factory(SITE)
    found = made(site, host)
    [step] = [s for s in steps(found) if s.get("id") == "site"]
    assert f"ssg deploy --to dist --server {host} --yes" in step["run"]
    assert steps(found)[-1]["if"] == (
        "github.event_name != 'schedule' || steps.site.outputs.changed"
    )
    program, output = tmp_path / "bin/ssg", tmp_path / "output"
    write(
        tmp_path,
        "bin/ssg",
        '#!/bin/sh\nmkdir -p public\necho "$LIST" > public/.ssg-manifest.json\n',
    )
    program.chmod(0o755)
    for files, changed in (("a", True), ("a", False), ("a b", True)):
        output.write_text("")
        path = f"{program.parent}:{os.environ['PATH']}"
        given = {"PATH": path, "LIST": files, "GITHUB_OUTPUT": str(output)}
        subprocess.run(["bash", "-e", "-c", step["run"]], cwd=site, env=given, check=True)
        assert output.read_text() == ("changed=true\n" if changed else "")


@each_host
def test_no_blank_stays_and_no_registry_is_named(host: str, site_factory: SiteFactory) -> None:
    site = site_factory(SITE)
    made(site, host)
    for name in (WORKFLOW, REQUIREMENTS):
        text = (site / name).read_text("utf-8")
        assert not re.search("%[a-z]+%", text)
        assert not re.search("pypi|index-url|registry|npmjs", text)


# --- a runner: a fresh checkout, and what was kept -----------------------------------------------


def checkout(old: Path, new: Path) -> None:
    """The sources as git writes them: all of this very moment."""
    for name in ("content", "layouts", "assets", "site.yaml"):
        if (old / name).is_dir():
            shutil.copytree(old / name, new / name, copy_function=shutil.copyfile)
        elif (old / name).is_file():
            new.mkdir(exist_ok=True)
            shutil.copyfile(old / name, new / name)


def test_a_build_in_a_fresh_checkout_goes_on_from_what_was_kept(
    site_factory: SiteFactory, tmp_path: Path
) -> None:
    site = site_factory(posts(20))
    made(site, "github")
    paths = using(workflow(site), "actions/cache")["with"]["path"].split()
    options = Options(output=site / "public", now=NOW)
    whole = build(site, options)
    assert whole.changed > 20
    for edited in (False, True):
        with tarfile.open(tmp_path / "kept.tar", "w", format=tarfile.PAX_FORMAT) as kept:
            for path in paths:
                kept.add(site / path, path)
        site.rename(tmp_path / f"before-{edited}")
        checkout(tmp_path / f"before-{edited}", site)
        with tarfile.open(tmp_path / "kept.tar") as kept:
            kept.extractall(site, filter="fully_trusted")
        if edited:
            text = POST.format(n=7, day=8, tag=1).replace("本文7", "書き直した本文7")
            write(site, "content/posts/p07.md", text)
        report = build(site, options)
        assert report.changed < whole.changed / 3
        assert bool(report.changed) == edited
    clean = tmp_path / "clean"
    build(site, Options(output=clean, now=NOW, clean=True))
    assert tree(site / "public") == tree(clean)


# --- nothing is overwritten ------------------------------------------------------------------


@each_host
def test_a_file_that_exists_is_named_and_nothing_is_written(
    host: str, site_factory: SiteFactory
) -> None:
    site = site_factory(f"{SITE}-- {WORKFLOW} --\nmine: true\n")
    before = tree(site)
    with pytest.raises(ContentError) as refused:
        made(site, host)
    assert [(p.code, p.path) for p in refused.value.problems] == [("setup/exists", WORKFLOW)]
    assert tree(site) == before


def test_a_link_is_not_written_through(site_factory: SiteFactory, tmp_path: Path) -> None:
    site = site_factory(SITE)
    (site / WORKFLOW).parent.mkdir(parents=True)
    (site / WORKFLOW).symlink_to(tmp_path / "outside.yml")
    with pytest.raises(ContentError):
        made(site, "github")
    assert not (tmp_path / "outside.yml").exists()


def test_a_file_in_the_place_of_the_folder_is_told(site_factory: SiteFactory) -> None:
    site = site_factory(f"{SITE}-- .github --\nmine\n")
    before = tree(site)
    with pytest.raises(EnvironmentFault):
        made(site, "github")
    assert tree(site) == before


def test_requirements_of_the_writer_are_kept(site_factory: SiteFactory) -> None:
    site = site_factory(f"{SITE}-- requirements.txt --\nssg-trend==0.0.1\n")
    setup = set_up(site, load_config(site), "github", NOW)
    assert (setup.made, setup.unsure) == ((WORKFLOW,), "")
    assert (site / REQUIREMENTS).read_text() == "ssg-trend==0.0.1\n"


# --- what the site decides -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "more",
    [
        "digests:\n  - {slug: daily, label: 日報, every: day}\n",
        "-- content/news/a.md --\n---\ntitle: 速報\n---\n",
    ],
)
def test_a_news_desk_is_published_every_hour(more: str, site_factory: SiteFactory) -> None:
    site = site_factory(SITE + more)
    setup = set_up(site, load_config(site), "netlify", NOW)
    assert setup.hourly
    assert workflow(site)["on"]["schedule"] == [{"cron": "17 * * * *"}]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Tokyo", "17 22 * * *"),
        ("UTC", "17 7 * * *"),
        ("Asia/Kolkata", "47 1 * * *"),
        ("America/New_York", "17 11 * * *"),
        ("Pacific/Kiritimati", "17 17 * * *"),
    ],
)
def test_the_morning_is_that_of_the_site(
    zone: str, expected: str, site_factory: SiteFactory
) -> None:
    config = load_config(site_factory(f"{SITE}timezone: {zone}\n"))
    now = datetime(2026, 8, 1, 23, 30, tzinfo=UTC)
    assert cron(False, now.astimezone(config.zone)) == expected


@pytest.mark.parametrize(
    ("url", "folder", "expected"),
    [
        ("https://blog.tarou.jp", "site", "blog-tarou-jp"),
        ("https://日記.jp/base", "site", "xn-wgvt91f-jp"),
        ("https://hana.pages.dev", "site", "hana"),
        ("https://example.com", "my.Blog_2", "my-blog-2"),
        ("https://example.com", "日記", "my-blog"),
        (f"https://{'a' * 57}.{'b' * 50}.jp", "site", "a" * 57),
    ],
)
def test_a_project_has_a_name_that_hosts_take(
    url: str, folder: str, expected: str, site_factory: SiteFactory
) -> None:
    site = site_factory(f"-- site.yaml --\ntitle: 帖\nurl: {url}\n", folder)
    assert project(site, load_config(site)) == expected
    command = using(made(site, "cloudflare"), "cloudflare/wrangler-action")["with"]["command"]
    assert command == f"pages deploy dist --project-name={expected} --branch=main"


PLAIN = f"ssg-trend=={__version__}"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
GIT = {"vcs_info": {"vcs": "git", "commit_id": COMMIT}}


@pytest.mark.parametrize(
    ("origin", "line", "sure"),
    [
        (None, PLAIN, True),
        ({"url": "file:///home/hana/ssg", "dir_info": {"editable": True}}, PLAIN, False),
        ({"url": "file:///home/hana/ssg.whl", "archive_info": {}}, PLAIN, False),
        (
            {"url": "https://git.tarou.jp/ssg.git", **GIT},
            f"ssg-trend @ git+https://git.tarou.jp/ssg.git@{COMMIT}",
            True,
        ),
        (
            {"url": "https://me:geheim@git.tarou.jp/ssg.git", **GIT, "subdirectory": "py"},
            f"ssg-trend @ git+https://git.tarou.jp/ssg.git@{COMMIT}#subdirectory=py",
            True,
        ),
        ({"url": "file:///home/hana/ssg", **GIT}, PLAIN, False),
        (
            {"url": "https://files.tarou.jp/ssg_trend-1.whl", "archive_info": {"hash": "x"}},
            "ssg-trend @ https://files.tarou.jp/ssg_trend-1.whl",
            True,
        ),
    ],
)
def test_the_runner_gets_the_ssg_that_is_here(
    origin: dict[str, Any] | None,
    line: str,
    sure: bool,
    monkeypatch: pytest.MonkeyPatch,
    site_factory: SiteFactory,
) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return json.dumps(origin) if origin else None

    monkeypatch.setattr(setups, "distribution", lambda name: Installed())
    assert requirement() == (line, sure)
    site = site_factory(SITE)
    setup = set_up(site, load_config(site), "github", NOW)
    assert (site / REQUIREMENTS).read_text() == f"{line}\n"
    assert setup.unsure == ("" if sure else line)


# --- the commands --------------------------------------------------------------------------------


@each_host
@pytest.mark.parametrize("language", STEPS)
def test_a_new_site_with_a_host(host: str, language: str, tmp_path: Path, run_ssg: RunSsg) -> None:
    done = run_ssg("--lang", language, "init", "my-blog", "--setup", host, cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    site = tmp_path / "my-blog"
    assert {WORKFLOW, REQUIREMENTS} <= tree(site).keys()
    assert "dist" in (site / ".gitignore").read_text()
    numbered = [line for line in done.out.splitlines() if re.match(r"\d\. ", line)]
    assert [line[0] for line in numbered] == ["1", "2", "3", "4"][: len(numbered)]
    assert 3 <= len(numbered) <= 5
    assert ("my-blog" in numbered[2]) == (host == "cloudflare")
    assert f"{REQUIREMENTS}" in done.out
    assert not re.search(r"[{}%]", done.out)


def test_a_site_that_is_there_already(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    site = site_factory(SITE)
    done = run_ssg("deploy", "--setup", "github", cwd=site)
    assert (done.code, done.err) == (0, "")
    assert (site / WORKFLOW).is_file()
    assert not (site / "public").exists(), "nothing is built or sent"
    before = tree(site)
    done = run_ssg("deploy", "--setup", "netlify", cwd=site)
    assert done.code == 1
    assert done.err.startswith(f"{WORKFLOW}: setup/exists ")
    assert tree(site) == before


def test_words_are_the_same_in_both_languages() -> None:
    from ssg.messages import named

    assert STEPS["ja"].keys() == STEPS["en"].keys()
    for name, text in STEPS["ja"].items():
        assert named(text) == named(STEPS["en"][name])
        assert text.count("\n") == STEPS["en"][name].count("\n")


def test_every_host_has_a_workflow_and_pages_of_its_own() -> None:
    assert {f.stem for f in (REPO / "ssg/workflows").iterdir()} == set(HOSTS)
    for name in ("github-actions", "cloudflare", "netlify"):
        for language in ("", ".ja"):
            assert WORKFLOW in (REPO / f"docs/publish/{name}{language}.md").read_text("utf-8")
