"""What open pages should show now, and telling them when it is no longer what they show."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Collection, Iterable
from hashlib import blake2b
from threading import Lock

import msgspec

from ssg.errors import ContentError, Problem
from ssg.messages import Source, lines, severity, unread
from ssg.model import Frozen
from ssg.preview import Preview, Shown
from ssg.sentences import FRAME

MISSING = "/404.html"
NAMED = 3  # files of a save that the terminal names
TRIES = 20  # of taking over a state that has changed before it was


def is_html(shown: Shown) -> bool:
    return shown.type.startswith("text/html")


class View(Frozen, frozen=True):
    """What a path shows (nothing when there has never been a good site), and what is wrong."""

    shown: Shown | None
    problems: tuple[Problem, ...] = ()

    @property
    def digest(self) -> str:
        """Another page, another kind of answer or another mark has another digest."""
        shown = self.shown
        return f"{shown.status}-{shown.digest}{shown.held}" if shown else ""

    @property
    def trouble(self) -> str:
        """What is wrong, in short; "" when nothing is."""
        text = repr(self.problems).encode("utf-8", "surrogatepass")
        return blake2b(text, digest_size=8).hexdigest() if self.problems else ""


class Viewer:
    """An open page: what it was last told, and what there is to see now."""

    def __init__(self, path: str, digest: str) -> None:
        self.path = path
        self.digest = digest
        self.trouble = ""
        self.view: View | None = None
        self.gone = False
        self.woken = asyncio.Event()
        self.loop = asyncio.get_running_loop()

    def show(self, view: View) -> None:
        """Called in any thread."""
        self.view = view
        self.loop.call_soon_threadsafe(self.woken.set)

    def leave(self) -> None:
        self.gone = True
        self.woken.set()

    async def events(self) -> AsyncIterator[str]:
        """Kinds of event, never content, as long as the page is open."""
        while not self.gone:
            for kind in self._news():
                yield f"data: {kind}\n\n"
            await self.woken.wait()
            self.woken.clear()

    def _news(self) -> Iterable[str]:
        if self.view is None:
            return
        view = self.view
        if view.digest != self.digest:
            self.digest = view.digest
            yield "changed"
        if view.trouble != self.trouble:
            self.trouble = view.trouble
            yield "problems" if view.trouble else "fixed"


class Live:
    """The preview with the pages that are open. `say` prints a line, `complain` one about a
    problem. Methods may be called from several threads.
    """

    def __init__(
        self,
        preview: Preview,
        lang: str,
        say: Callable[[str], None],
        complain: Callable[[str], None],
        source: Source = unread,
    ) -> None:
        self.preview = preview
        self.lang = lang
        self.say = say
        self.complain = complain
        self.source = source
        self.viewers: set[Viewer] = set()
        self.good: dict[str, Shown] = {}
        self.views: dict[str, tuple[int, View]] = {}
        self.turn = 0  # of the preview: what was seen before shows another site
        self.general: tuple[Problem, ...] = ()  # of the last refresh that was no half of a change
        self.told: set[Problem] = set()
        self.patience = TRIES
        self.lock = Lock()

    def view(self, path: str) -> View:
        """What a path shows; under a mistake in its layout, what it showed before."""
        turn, general = self.turn, self.general
        if known := self.known(path):
            return known
        try:
            shown = self.preview.shown(path) or self._missing()
        except ContentError as e:
            self._tell(e.problems)
            return View(self.good.get(path), tuple(sorted({*general, *e.problems})))
        view = View(shown, general)
        self.good.pop(path, None)
        if shown and shown.status == 200:
            self.views[path] = turn, view
            if is_html(shown):
                self.good[path] = shown
        return view

    def known(self, path: str) -> View | None:
        """The view of a path, when it is at hand."""
        turn, view = self.views.get(path, (-1, None))
        return view if turn == self.turn else None

    def begin(self) -> None:
        """The first look at the site."""
        self.preview.refresh()
        self.general = self.preview.problems
        self._turn()
        self._tell(self.general)

    def renew(self, changed: Collection[str], stale: Callable[[], bool]) -> bool:
        """Take over what has changed, tell the pages that it concerns, and print a line. False when
        there are mistakes in a state of the disk that is `stale` by now: they may be half of a
        change.
        """
        try:
            return self._renew(changed, stale)
        except Exception as e:  # the next save may well mend it
            self.defect(e)
            return True

    def _renew(self, changed: Collection[str], stale: Callable[[], bool]) -> bool:
        began = time.perf_counter()
        renewed: set[Viewer] = set()

        def first(path: str) -> None:
            self._turn()
            renewed.update(self._show([path]))

        self.preview.refresh(changed, first)
        if self._is_broken() and self.patience and stale():
            self.patience -= 1
            return False
        self.patience = TRIES
        self.general = self.preview.problems
        self._turn()
        self._forget()
        renewed |= self._show([viewer.path for viewer in tuple(self.viewers)])
        spent = (time.perf_counter() - began) * 1000
        self.say(self._line(changed, len(renewed), spent))
        self._tell(self.general)
        return True

    def join(self, viewer: Viewer) -> None:
        """Begin to tell a page what it should show."""
        self.viewers.add(viewer)
        self._show([viewer.path])

    def defect(self, error: Exception) -> None:
        """Tell of a failure that is not the author's."""
        words = f"{type(error).__name__}: {error}"
        self.complain(FRAME[self.lang]["defect"].format(error=words))

    def close(self) -> None:
        for viewer in tuple(self.viewers):
            viewer.leave()

    def _turn(self) -> None:
        self.turn += 1
        self.views.clear()

    def _show(self, paths: Collection[str]) -> set[Viewer]:
        """Tell open pages what they should show. Returns those that do not show it yet."""
        with self.lock:  # so that the last to tell is the one who looked last
            views = {path: self.view(path) for path in set(paths)}
            concerned = [viewer for viewer in tuple(self.viewers) if viewer.path in views]
            stale = {viewer for viewer in concerned if viewer.digest != views[viewer.path].digest}
            for viewer in concerned:
                viewer.show(views[viewer.path])
        return stale

    def _is_broken(self) -> bool:
        return any(severity(problem.code) == "error" for problem in self.preview.problems)

    def _missing(self) -> Shown | None:
        page = self.preview.shown(MISSING)
        return msgspec.structs.replace(page, status=404) if page else None

    def _line(self, changed: Collection[str], renewed: int, spent: float) -> str:
        frame = FRAME[self.lang]
        names = sorted(changed)
        rest = len(names) - NAMED
        files = ", ".join(names[:NAMED]) + (frame["others"].format(count=rest) if rest > 0 else "")
        key = "kept" if self._is_broken() else "renewed" if names else "due"
        return frame[key].format(files=files, count=renewed, ms=f"{spent:.0f}")

    def _forget(self) -> None:
        """At a new save mistakes are printed again, warnings that are known are not."""
        lasting = self.told.intersection(self.general)
        self.told = {problem for problem in lasting if severity(problem.code) == "warning"}

    def _tell(self, problems: Iterable[Problem]) -> None:
        """Print what was not printed yet."""
        new = [problem for problem in problems if problem not in self.told]
        self.told.update(new)
        for line in lines(new, self.lang, self.source):
            self.complain(line)
