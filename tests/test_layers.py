"""Who may know what: the direction of imports, and which modules touch the world."""

from __future__ import annotations

import ast
from collections.abc import Callable, Container, Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "ssg"

TOUCHES_DISK = {
    "assets": "reads the theme's and the site's assets",
    "cache": "keeps what the last build knew",
    "check": "reads and mends what authors wrote",
    "config": "reads site.yaml",
    "content": "reads what authors wrote",
    "deploy": "reads the output to send it",
    "images": "reads pictures",
    "importers": "read the files of another program",
    "output": "writes the site",
    "scaffold": "makes the files of `init` and `new`",
    "setups": "makes the files with which a host publishes",
    "limits": "reads how much memory this process has",
    "tables": "reads the tables of the package",
    "server": "reads its own script and style",
    "lessons": "reads what the package says of each code",
    "excerpts": "reads the lines around a mistake",
    "layouts": "looks where layouts lie and reads them",
    "templates": "reads layouts",
    "trees": "looks at what lies in the output",
    "theme": "looks where the site and the default theme lie",
    "fresh": "looks whether there has been a build",
    "stamps": "looks whether files have changed",
    "watch": "looks what has changed while a preview is open",
}
WRITES_DISK = {
    "cache": "its own database, which may be deleted at any time",
    "output": "the site",
    "check": "the lines that its author agrees to have mended",
    "deploy": "the site in a folder, and how far a publication came",
}
CREATES = {
    "scaffold": "new files, never over one that exists",
    "setups": "the same, for a site's repository",
}
TOUCHES_NETWORK = {
    "check": "follows links to other sites, when asked",
    "deploy": "sends the site to its host",
    "importers": "may fetch what they import",
}
LISTENS = {"server": "answers the preview's browser"}
ONLY_HERE = {"yaml": "yamldoc", "frontmatter": "frontmatter"}

DISK_MODULES = {
    "fcntl", "filelock", "glob", "mmap", "shutil", "sqlite3", "tarfile", "tempfile", "zipfile",
}  # fmt: skip
NETWORK_MODULES = {
    "aiohttp", "asyncssh", "boto3", "botocore", "ftplib", "http.client", "httpx", "paramiko", "requests", "smtplib", "ssl",
    "urllib.request", "urllib3",
}  # fmt: skip
LISTEN_MODULES = {"http.server", "socket", "socketserver", "starlette", "uvicorn"}

READS = {
    "exists", "glob", "is_dir", "is_file", "is_symlink", "iterdir", "lstat", "open", "read_bytes",
    "read_text", "readlink", "rglob", "samefile", "scandir", "stat",
}  # fmt: skip
WRITES = {
    "chmod", "copy2", "copyfile", "copytree", "hardlink_to", "makedirs", "mkdir", "mkdtemp",
    "mkstemp", "move", "rmdir", "rmtree", "symlink_to", "touch", "unlink", "write_bytes",
    "write_text",
}  # fmt: skip
OS_READS = {"listdir", "lstat", "readlink", "scandir", "stat", "walk"}
OS_WRITES = {
    "chmod", "fdopen", "ftruncate", "link", "makedirs", "mkdir", "open", "remove", "removedirs",
    "rename", "renames", "replace", "rmdir", "symlink", "truncate", "unlink", "utime", "write",
}  # fmt: skip

MODULES = {path: ast.parse(path.read_bytes()) for path in sorted(PACKAGE.rglob("*.py"))}


def layer(path: Path) -> str:
    """`deploy` for `ssg/deploy.py` and for all in `ssg/deploy/`."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def importers(names: set[str], allowed: Container[str]) -> list[str]:
    """Where a module outside `allowed` imports one of `names` or a part of it."""
    return [
        f"{path.relative_to(PACKAGE)}:{line} imports {name}"
        for path, tree in MODULES.items()
        if layer(path) not in allowed
        for line, name in imports(tree)
        if any(name == wanted or name.startswith(f"{wanted}.") for wanted in names)
    ]


def called(node: ast.Call) -> tuple[str, str]:
    """The name before the dot, as far as it is a plain name, and the function's own."""
    match node.func:
        case ast.Name(id=name):
            return "", name
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return owner, name
        case ast.Attribute(attr=name):
            return "?", name
    return "?", ""


def mode(node: ast.Call) -> str:
    """`w` of `open(path, "w")`, `path.open("w")` and `os.fdopen(fd, mode="w")`."""
    values = [*node.args, *(k.value for k in node.keywords if k.arg == "mode")]
    texts = [v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)]
    return next((text for text in texts if set(text) <= set("rwaxbt+")), "")


def creates(node: ast.Call) -> bool:
    """Whether a call makes something new and fails where something is."""
    owner, name = called(node)
    return owner != "os" and (name == "mkdir" or (name == "open" and "x" in mode(node)))


def writes(node: ast.Call) -> bool:
    owner, name = called(node)
    if owner == "os":
        return name in OS_WRITES
    return name in WRITES or (name in {"open", "fdopen"} and bool(set(mode(node)) & set("wax+")))


def touches(node: ast.Call) -> bool:
    owner, name = called(node)
    if owner == "os":
        return name in OS_READS | OS_WRITES
    return writes(node) or (name in READS and (owner != "" or name == "open"))


def calls(check: Callable[[ast.Call], bool], allowed: Container[str]) -> list[str]:
    """Where a module outside `allowed` makes a call that the check knows."""
    return [
        f"{path.relative_to(PACKAGE)}:{node.lineno} calls {'.'.join(filter(None, called(node)))}()"
        for path, tree in MODULES.items()
        if layer(path) not in allowed
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and check(node)
    ]


@pytest.mark.parametrize("name", ["model", "errors"])
def test_the_ground_floor_imports_nothing_of_ours(name: str) -> None:
    everyone_else = {layer(path) for path in MODULES} - {name}
    assert importers({"ssg"}, everyone_else) == []


def test_nothing_imports_the_command_line() -> None:
    assert importers({"ssg.cli"}, {"__main__", "cli"}) == []


def test_few_modules_touch_the_disk() -> None:
    assert importers(DISK_MODULES, TOUCHES_DISK) == []
    assert calls(touches, TOUCHES_DISK) == []


def test_only_the_output_and_the_cache_write() -> None:
    assert calls(creates, WRITES_DISK | CREATES) == []
    assert calls(lambda node: writes(node) and not creates(node), WRITES_DISK) == []


def test_only_deploy_and_importers_reach_the_network() -> None:
    assert importers(NETWORK_MODULES, TOUCHES_NETWORK) == []
    assert importers(LISTEN_MODULES, TOUCHES_NETWORK | LISTENS) == []


def test_of_the_checks_only_one_follows_links() -> None:
    found = importers(NETWORK_MODULES | LISTEN_MODULES, {layer(p) for p in MODULES} - {"check"})
    assert {line.partition(":")[0] for line in found} == {"check/external.py"}


@pytest.mark.parametrize(("library", "owner"), ONLY_HERE.items())
def test_one_module_knows_each_format(library: str, owner: str) -> None:
    assert importers({library}, {owner}) == []
