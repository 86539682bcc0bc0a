"""Bytes of a source file to text: UTF-8, or a clear word about what it is instead."""

from __future__ import annotations

import re

from ssg.errors import Problem, problem
from ssg.text import line_and_column

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")
_JIS_ESCAPE = re.compile(rb"\x1b\$[@B]|\x1b\([BJ]")


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text with `\\n` line ends and without a byte-order mark, or what is wrong with it.

    Only `\\n`, `\\r\\n` and `\\r` end a line, as in editors; U+0085 and U+2028 are text.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", [problem("encoding/utf-16", path, 1, 1)]
    if match := _JIS_ESCAPE.search(data):
        line, column = _place(data, match.start())
        return "", [problem("encoding/not-utf-8", path, line, column, name="ISO-2022-JP")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        return "", [_undecodable(data, path, e.start)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, [
        problem(
            "encoding/control", path, *line_and_column(text, m.start()), got=f"U+{ord(m[0]):04X}"
        )
        for m in _CONTROL.finditer(text)
    ][:5]


def _undecodable(data: bytes, path: str, start: int) -> Problem:
    line, column = _place(data, start)
    name = _likely_encoding(data)
    if name:
        return problem("encoding/not-utf-8", path, line, column, name=name)
    return problem("encoding/bad-byte", path, line, column, byte=f"0x{data[start]:02X}")


def _likely_encoding(data: bytes) -> str:
    """Which old Japanese encoding reads all of it as Japanese, or "" for a damaged UTF-8 file.

    A few bad bytes in a text whose other multi-byte sequences are sound UTF-8 are damage.
    """
    sound = len(re.findall(rb"[\xe3-\xe9][\x80-\xbf]{2}", data))
    bad = data.decode("utf-8", "replace").count("\ufffd")
    if sound > bad:
        return ""
    best, name = 0.0, ""
    for codec, label in (("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP")):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        kana = len(re.findall("[ぁ-んァ-ヶー一-龠、。]", text))
        half = len(re.findall("[\uff61-\uff9f]", text))
        if kana - half > best:
            best, name = kana - half, label
    return name


def _place(data: bytes, offset: int) -> tuple[int, int]:
    before = data[:offset].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return line_and_column(before.removeprefix("\ufeff"), len(before.removeprefix("\ufeff")))
