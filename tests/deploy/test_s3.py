"""Buckets of a real server that speaks S3 (moto), through a wire that can be cut."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any

import boto3
import pytest
import trustme

from ssg.deploy import Order
from ssg.deploy.caching import A_DAY, FOREVER, NOT_AT_ALL, cache_control
from ssg.errors import ContentError, EnvironmentFault
from ssg.messages import lines
from tests.conftest import RunSsg, clean_environment
from tests.publishing import (
    Wire,
    blog,
    cut_and_go_on,
    files_of,
    free_port,
    lacking,
    look,
    post,
    publish,
    wait_for,
    wire,
    write,
)

CUTS = 50
BUCKETS = count()
PREFIX = "ブログ/a b/"
SECRET = "himitsu-no-kagi"
KEYS = {
    "AWS_ACCESS_KEY_ID": "tarou",
    "AWS_SECRET_ACCESS_KEY": SECRET,
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}
# Python's own server takes a request whose head was cut for one without a body; S3 does not.
SERVER = """
import http.client, sys
from moto.server import main
read = http.client._read_headers
def whole(*args):
    lines = read(*args)
    if not lines[-1]:
        raise http.client.HTTPException("cut short")
    return lines
http.client._read_headers = whole
main(sys.argv[1:])
"""
ALLOW = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'
READ = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "*"}]}'


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, "-H", "127.0.0.1", "-p", str(port)],
        env=clean_environment() | {"MOTO_S3_DEFAULT_MAX_KEYS": "50"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, 30)
        yield port
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def cable(port: int) -> Iterator[Wire]:
    with wire(port) as made:
        yield made


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in {name for name in os.environ if name.startswith("AWS_")}:
        monkeypatch.delenv(name)
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(tmp_path))


class Bucket:
    """What lies in a bucket, seen past the wire."""

    def __init__(self, port: int) -> None:
        self.name = f"blog-{next(BUCKETS)}"
        self.client = boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{port}",
            aws_access_key_id="other",
            aws_secret_access_key="other",
        )
        self.client.create_bucket(Bucket=self.name)
        self.known: dict[str, bytes] = {}

    def files(self, prefix: str = PREFIX) -> dict[str, bytes]:
        """As readers see it: without the record."""
        found = self.tags(prefix)
        for name, tag in found.items():
            if tag not in self.known:
                self.known[tag] = self.get(prefix + name)
        return {n: self.known[t] for n, t in found.items() if not n.startswith(".")}

    def tags(self, prefix: str = "") -> dict[str, str]:
        pages = self.client.get_paginator("list_objects_v2")
        return {
            each["Key"].removeprefix(prefix): each["ETag"]
            for page in pages.paginate(Bucket=self.name, Prefix=prefix)
            for each in page.get("Contents", ())
        }

    def get(self, key: str) -> bytes:
        return bytes(self.client.get_object(Bucket=self.name, Key=key)["Body"].read())

    def put(self, key: str, text: str) -> None:
        self.client.put_object(Bucket=self.name, Key=key, Body=text.encode())

    def head(self, name: str) -> dict[str, Any]:
        return dict(self.client.head_object(Bucket=self.name, Key=PREFIX + name))


@pytest.fixture
def bucket(port: int) -> Iterator[Bucket]:
    made = Bucket(port)
    with closing(made.client):
        yield made


def target(bucket: str, port: int, further: str = "", prefix: str = f"/{PREFIX}") -> str:
    below = f", prefix: '{prefix}'" if prefix else ""
    endpoint = f"http://127.0.0.1:{port}"
    return f"  web: {{type: s3, bucket: {bucket}, endpoint: '{endpoint}'{below}{further}}}\n"


@pytest.fixture
def site(bucket: Bucket, cable: Wire, tmp_path: Path) -> Path:
    return blog(tmp_path / "site", target(bucket.name, cable.port))


def told(error: pytest.ExceptionInfo[Exception]) -> tuple[list[str], str]:
    """The codes of an error, and all its words; none of them is secret."""
    problems = error.value.problems  # type: ignore[attr-defined]
    words = "\n".join([*lines(problems, "ja"), *lines(problems, "en")])
    assert SECRET not in words + str(error.value)
    return [p.code for p in problems], words


# --- what is sent ------------------------------------------------------------------------------


def test_the_first_publication_sends_everything_and_the_second_nothing(
    site: Path, bucket: Bucket
) -> None:
    first = publish(site)
    assert bucket.files() == files_of(site / "public")
    assert set(first.changes.added) == bucket.files().keys()
    assert not publish(site).changes


def test_an_edit_sends_a_handful(site: Path, bucket: Bucket) -> None:
    publish(site)
    post(site, "p1", "書き直した本文。")
    found = publish(site).changes
    assert "posts/p1/index.html" in found.changed
    assert len(found.sent) < len(bucket.files()) / 2
    assert (found.added, found.removed) == ((), ())
    assert bucket.files() == files_of(site / "public")


def test_names_with_kana_spaces_and_what_addresses_are_made_of(site: Path, bucket: Bucket) -> None:
    names = ("がぎぐ 画像 [1].txt", "100%25/a&b'c\"d+~!.txt", "q?a#b=1.txt", "が/é.txt", "a<b>.txt")
    for name in names:
        write(site, f"assets/static/{name}", name)
    publish(site)
    files = bucket.files()
    assert files == files_of(site / "public")
    assert {n: n.encode() for n in names}.items() <= files.items()
    for name in names:
        (site / "assets/static" / name).unlink()
    publish(site, order=Order(confirmed=True))
    assert bucket.files() == files_of(site / "public")


def test_what_is_gone_is_removed_and_what_is_not_ours_stays(site: Path, bucket: Bucket) -> None:
    theirs = (f"{PREFIX}posts/p1/mine.txt", "index.html", "ブログ/index.html")
    for key in theirs:
        bucket.put(key, "私のもの")
    publish(site)
    for name in ("p1", "p2"):
        (site / f"content/posts/{name}.md").unlink()
    publish(site, order=Order(confirmed=True))
    ours = {f"{PREFIX}{name}" for name in files_of(site / "public")}
    assert bucket.tags().keys() == {*ours, *theirs, f"{PREFIX}.ssg-manifest.json"}


def test_more_files_than_one_answer_lists_and_one_call_removes(
    site: Path, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ssg.deploy.s3.S3Store.batch", 50)  # as many as the server lists
    for number in range(130):
        write(site, f"assets/static/many/{number:03}", str(number % 7))
    publish(site)
    record = bucket.get(f"{PREFIX}.ssg-manifest.json")
    bucket.client.delete_object(Bucket=bucket.name, Key=f"{PREFIX}.ssg-manifest.json")
    for number in range(129):
        (site / f"assets/static/many/{number:03}").unlink()
    with pytest.raises(ContentError) as e:
        publish(site)
    assert told(e)[0] == ["deploy/in-the-way"]
    bucket.put(f"{PREFIX}.ssg-manifest.json", record.decode())
    assert len(publish(site, order=Order(confirmed=True)).changes.removed) == 129
    assert bucket.files() == files_of(site / "public")


def test_without_a_prefix(bucket: Bucket, cable: Wire, tmp_path: Path) -> None:
    site = blog(tmp_path / "site", target(bucket.name, cable.port, prefix=""))
    publish(site)
    assert bucket.files("") == files_of(site / "public")


def test_a_dry_run_tells_what_the_next_run_does_and_touches_nothing(
    site: Path, bucket: Bucket
) -> None:
    told = publish(site, order=Order(dry_run=True)).changes
    assert bucket.tags() == {}
    assert publish(site).changes == told
    before = bucket.tags()
    look(site, 2)
    post(site, "new")
    told = publish(site, order=Order(dry_run=True, confirmed=True)).changes
    assert bucket.tags() == before
    assert publish(site, order=Order(confirmed=True)).changes == told


def test_files_of_others_are_not_replaced_unless_told(site: Path, bucket: Bucket) -> None:
    bucket.put(f"{PREFIX}index.html", "ほかのサイト")
    before = bucket.tags()
    with pytest.raises(ContentError) as e:
        publish(site)
    codes, words = told(e)
    assert codes == ["deploy/in-the-way"]
    assert "index.html" in words
    assert bucket.tags() == before
    publish(site, order=Order(take_over=True))
    assert bucket.files() == files_of(site / "public")


def test_a_damaged_record_is_not_trusted(site: Path, bucket: Bucket) -> None:
    publish(site)
    bucket.put(f"{PREFIX}.ssg-manifest.json", "{")
    with pytest.raises(EnvironmentFault) as e:
        publish(site)
    assert told(e)[0] == ["deploy/broken-record"]


def test_a_file_that_became_a_folder(site: Path, bucket: Bucket) -> None:
    write(site, "assets/static/guide", "ファイル")
    publish(site)
    (site / "assets/static/guide").unlink()
    write(site, "assets/static/guide/first", "フォルダー")
    publish(site)
    assert bucket.files() == files_of(site / "public")


# --- headers -----------------------------------------------------------------------------------


def test_files_are_stored_with_their_type_and_how_long_they_may_be_kept(
    site: Path, bucket: Bucket
) -> None:
    write(site, "assets/static/data.tar.gz", "gz")
    publish(site)
    css = next(name for name in bucket.files() if name.startswith("assets/css/"))
    wanted = {
        "index.html": ("text/html; charset=utf-8", NOT_AT_ALL),
        "posts/p1/index.html": ("text/html; charset=utf-8", NOT_AT_ALL),
        css: ("text/css; charset=utf-8", FOREVER),
        "feed.xml": ("text/xml; charset=utf-8", NOT_AT_ALL),
        ".ssg-manifest.json": ("application/json; charset=utf-8", NOT_AT_ALL),
        "data.tar.gz": ("application/gzip", NOT_AT_ALL),
    }
    heads = {name: bucket.head(name) for name in wanted}
    found = {name: (head["ContentType"], head["CacheControl"]) for name, head in heads.items()}
    assert found == wanted
    assert "ContentEncoding" not in heads["data.tar.gz"]


@pytest.mark.parametrize(
    ("name", "control"),
    [
        ("assets/css/site-9b9e356f93.css", FOREVER),
        ("assets/LICENSE-9b9e356f93", FOREVER),
        ("images/walking-62a38f2fd8-480.webp", FOREVER),
        ("images/walking-62a38f2fd8-card.jpg", FOREVER),
        ("images/mark-62a38f2fd8.svg", FOREVER),
        ("covers/soy-17.svg", A_DAY),
        ("assets/css/site.css", NOT_AT_ALL),
        ("assets/css/site-9b9e356f9.css", NOT_AT_ALL),
        ("posts/walking-62a38f2fd8/index.html", NOT_AT_ALL),
        ("images/walking-62a38f2fd8/index.html", NOT_AT_ALL),
        ("index.html", NOT_AT_ALL),
        ("feed.xml", NOT_AT_ALL),
        (".ssg-manifest.json", NOT_AT_ALL),
    ],
)
def test_only_names_that_tell_the_bytes_are_kept_for_ever(name: str, control: str) -> None:
    assert cache_control(name) == control


@pytest.mark.parametrize(
    ("further", "readers"), [("", False), (", acl: private", False), (", acl: public-read", True)]
)
def test_the_acl_is_what_is_written(
    bucket: Bucket, cable: Wire, tmp_path: Path, further: str, readers: bool
) -> None:
    publish(blog(tmp_path / "site", target(bucket.name, cable.port, further)))
    found = bucket.client.get_object_acl(Bucket=bucket.name, Key=f"{PREFIX}index.html")
    assert any(g["Grantee"].get("URI", "").endswith("AllUsers") for g in found["Grants"]) == readers


# --- breaks ------------------------------------------------------------------------------------


def test_after_a_cut_anywhere_readers_lack_nothing_and_the_next_run_ends_whole(
    site: Path, bucket: Bucket, cable: Wire
) -> None:
    cut_and_go_on(site, cable, bucket.files, CUTS)


def test_a_cut_that_passes_is_not_noticed(
    site: Path, bucket: Bucket, cable: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site)
    look(site, 2)
    waited = []

    def mend(seconds: float) -> None:
        waited.append(seconds)
        cable.mend()

    monkeypatch.setattr("ssg.deploy.troubles.time.sleep", mend)
    publish(site, order=Order(confirmed=True), show=lambda plan: cable.cut_after(10_000))
    assert waited
    assert bucket.files() == files_of(site / "public")


def test_a_process_that_is_killed_goes_on_where_it_stopped(
    site: Path, bucket: Bucket, cable: Wire, run_ssg: RunSsg
) -> None:
    assert run_ssg("deploy", "--no-check", "--yes", cwd=site, env=KEYS).code == 0
    cable.cut_after(None)
    look(site, 2)
    assert run_ssg("deploy", "--no-check", "--yes", cwd=site, env=KEYS).code == 0
    whole = cable.carried
    for number, at in enumerate((0.05, 0.3, 0.5, 0.7, 0.85)):
        look(site, number + 3)
        cable.cut_after(None)
        process = subprocess.Popen(
            [sys.executable, "-m", "ssg", "deploy", "--no-check", "--yes", "--quiet"],
            cwd=site,
            env=clean_environment() | KEYS,
        )
        while cable.carried < at * whole and process.poll() is None:
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        assert lacking(bucket.files()) == set()
    done = run_ssg("deploy", "--no-check", "--yes", cwd=site, env=KEYS)
    assert (done.code, done.err) == (0, "")
    assert bucket.files() == files_of(site / "public")


# --- what is refused ---------------------------------------------------------------------------


@contextmanager
def enforced(port: int, policy: str) -> Iterator[dict[str, str]]:
    """A server that looks at keys; the keys of a user with this policy."""
    iam = boto3.client("iam", endpoint_url=f"http://127.0.0.1:{port}", region_name="us-east-1")
    with closing(iam):
        user = f"user{next(BUCKETS)}"
        iam.create_user(UserName=user)
        iam.put_user_policy(UserName=user, PolicyName="p", PolicyDocument=policy)
        key = iam.create_access_key(UserName=user)["AccessKey"]
    reset(port, "0")
    try:
        yield {
            "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
        }
    finally:
        reset(port, "inf")


def reset(port: int, count: str) -> None:
    address = f"http://127.0.0.1:{port}/moto-api/reset-auth"
    kind = {"Content-Type": "application/octet-stream"}
    request = urllib.request.Request(address, data=count.encode(), headers=kind)
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200


def test_wrong_keys(port: int, site: Path, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    with enforced(port, ALLOW) as keys:
        for name, value in keys.items():
            monkeypatch.setenv(name, value)
        publish(site, order=Order(dry_run=True))
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        with pytest.raises(EnvironmentFault) as wrong:
            publish(site)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "unknown")
        with pytest.raises(EnvironmentFault) as unknown:
            publish(site)
    assert told(wrong)[0] == ["deploy/keys"]
    assert "SignatureDoesNotMatch" in told(wrong)[1]
    assert told(unknown)[0] == ["deploy/keys"]
    assert bucket.tags() == {}


def test_no_permission(
    port: int, site: Path, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site)
    look(site, 2)
    before = bucket.tags()
    with enforced(port, READ) as keys:
        for name, value in keys.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(EnvironmentFault) as e:
            publish(site, order=Order(confirmed=True))
    assert told(e)[0] == ["deploy/forbidden"]
    assert bucket.tags() == before


def test_no_keys(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(EnvironmentFault) as e:
        publish(site)
    codes, words = told(e)
    assert codes == ["deploy/keys"]
    assert "AWS_SECRET_ACCESS_KEY" in words


def test_keys_of_a_profile(
    bucket: Bucket, cable: Wire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    site = blog(tmp_path / "site", target(bucket.name, cable.port, ", profile: blog"))
    with pytest.raises(EnvironmentFault) as e:
        publish(site)
    assert told(e)[0] == ["deploy/keys"]
    keys = f"aws_access_key_id = tarou\naws_secret_access_key = {SECRET}\n"
    write(tmp_path, ".aws/credentials", f"[blog]\n{keys}")
    publish(site)
    assert bucket.files() == files_of(site / "public")


def test_a_bucket_that_is_not_there(cable: Wire, tmp_path: Path) -> None:
    site = blog(tmp_path / "site", target("nowhere", cable.port))
    with pytest.raises(EnvironmentFault) as e:
        publish(site)
    codes, words = told(e)
    assert codes == ["deploy/no-place"]
    assert "s3://nowhere" in words


def test_a_name_that_no_host_has(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(EnvironmentFault) as e:
        publish(site)
    assert told(e)[0] == ["deploy/no-place"]


def test_without_the_extra(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("boto3", "botocore"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(EnvironmentFault) as e:
        publish(site)
    codes, words = told(e)
    assert codes == ["deploy/no-extra"]
    assert "ssg-trend[s3]" in words


class Refusing(BaseHTTPRequestHandler):
    """Has nothing, and takes nothing."""

    protocol_version = "HTTP/1.1"
    status, code = 500, ""

    def do_GET(self) -> None:
        if "list-type" in self.path:
            self.answer(200, "", b"<ListBucketResult/>")
        else:
            self.answer(404, "NoSuchKey")

    def do_HEAD(self) -> None:
        self.answer(404, "")

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(self.status, self.code)

    def answer(self, status: int, code: str, body: bytes = b"") -> None:
        if code:
            body = f"<Error><Code>{code}</Code><Message>m</Message></Error>".encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def refusing(status: int = 500, code: str = "", ca: trustme.CA | None = None) -> Iterator[int]:
    handler = type("Handler", (Refusing,), {"status": status, "code": code})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        if ca:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            ca.issue_cert("127.0.0.1").configure_cert(context)
            server.socket = context.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("status", "code", "problem"),
    [
        (507, "", "deploy/no-space"),
        (403, "QuotaExceeded", "deploy/no-space"),
        (507, "XMinioStorageFull", "deploy/no-space"),
        (503, "SlowDown", "deploy/interrupted"),
        (500, "", "deploy/interrupted"),
        (429, "", "deploy/interrupted"),
        (400, "BadDigest", "deploy/interrupted"),
        (403, "AccessDenied", "deploy/forbidden"),
        (400, "AccessControlListNotSupported", "deploy/forbidden"),
        (403, "ExpiredToken", "deploy/keys"),
        (404, "NoSuchBucket", "deploy/no-place"),
        (400, "Unheard", "deploy/failed"),
    ],
)
def test_what_hosts_answer(tmp_path: Path, status: int, code: str, problem: str) -> None:
    with refusing(status, code) as port:
        site = blog(tmp_path / "site", target("blog", port), posts=1)
        with pytest.raises(EnvironmentFault) as e:
            publish(site)
    codes, words = told(e)
    assert codes == [problem]
    assert (code or str(status)) in words


def test_a_certificate_that_proves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ca = trustme.CA()
    with refusing(507, "", ca) as port:
        line = target("blog", port).replace("http://", "https://")
        site = blog(tmp_path / "site", line, posts=1)
        with pytest.raises(EnvironmentFault) as unsure:
            publish(site)
        ca.cert_pem.write_to_path(tmp_path / "ca.pem")
        monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "ca.pem"))
        with pytest.raises(EnvironmentFault) as sure:
            publish(site)
    codes, words = told(unsure)
    assert codes == ["deploy/untrusted"]
    assert "AWS_CA_BUNDLE" in words
    assert told(sure)[0] == ["deploy/no-space"]
