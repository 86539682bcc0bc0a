"""What `ssg check` has to say."""

from __future__ import annotations

from ssg.sentences.kinds import W

CHECKING = {
    "japanese/doubled": W(
        "「{got}」と重なっています。",
        "“{got}” is doubled.",
        "「{better}」を一つにします。",
        "Write one “{better}”.",
    ),
    "sharing/same-title": W(
        "{first} と同じ題名です。",
        "The title is the same as that of {first}.",
        "検索結果で見分けがつくように、違いを題名に出します。",
        "Let the titles say how they differ: in search results nothing else does.",
    ),
    "check/unknown-code": W(
        "「{got}」というコードはありません。",
        "There is no code “{got}”.",
        "「{near}」のことですか。\nコードは、それぞれの指摘の初めに出ています。",
        "Did you mean “{near}”?\nThe code of a remark stands at its beginning.",
    ),
}
