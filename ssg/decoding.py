"""Bytes of a source file to text: UTF-8, or a clear word about what it is instead."""

from __future__ import annotations

import re

from ssg.errors import Problem, problem
from ssg.text import CONTROL, line_and_column

# With a byte-order mark, or two ASCII characters of two bytes each, as `--` is.
_UTF_16 = re.compile(rb"\xff\xfe|\xfe\xff|([\t-~]\0){2}|(\0[\t-~]){2}")
_JIS_ESCAPE = re.compile(rb"\x1b\$[@B]|\x1b\([BJ]")


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text with `\\n` line ends and without a byte-order mark, or what is wrong with it.

    Only `\\n`, `\\r\\n` and `\\r` end a line, as in editors; U+0085 and U+2028 are text.
    """
    if _UTF_16.match(data):
        return "", [problem("encoding/utf-16", path, 1, 1)]
    if match := _JIS_ESCAPE.search(data):
        line, column = _place(data, match.start())
        return "", [problem("encoding/not-utf-8", path, line, column, name="ISO-2022-JP")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        return "", [_undecodable(e.object, path, e.start)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, [
        problem(
            "encoding/control", path, *line_and_column(text, m.start()), got=f"U+{ord(m[0]):04X}"
        )
        for m in CONTROL.finditer(text)
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
    before = data[:offset].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return line_and_column(before, len(before))
