"""How layouts become Python: by Jinja's own compiler, with less left for each page to do.

A layout gathers its text in a list and hands it on in one piece, where Jinja hands every bit
through all the layouts around it. Labels and addresses of assets are put in now: they are the
same for a whole build. Macros are called as they are, without looking what else they might be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from keyword import iskeyword
from typing import Any, TypeGuard

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.visitor import NodeTransformer

Used = tuple[str, str, str]  # a function, the key it was given, the text that it has for it
Texts = Mapping[str, Mapping[str, str]]  # by function, by key


FACTS = ("redefined", "reads", "includes", "imports", "steady")


class Filled(Environment):
    """`texts` are what functions of these names give for a key, `used` those that a compiled
    layout holds; `lasting` are the variables that are the same on all pages.
    """

    texts: Texts
    used: dict[str, list[Used]]
    lasting: frozenset[str]
    everywhere: nodes.EvalContext


class Generator(CodeGenerator):
    """Writes down some facts with each layout: which functions with texts it gives another
    meaning, the variables that it reads, the layouts that it includes and imports (the empty
    name is any), and whether it is steady: gives the same whenever it has the same variables.
    """

    environment: Filled

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        own = _names_set(node)
        texts = self.environment.texts
        filler = Filler({name: known for name, known in texts.items() if name not in own})
        filler.visit(node)
        self.environment.used[self.name or ""] = sorted(filler.used)
        self.reads: set[str] = set()
        super().visit_Template(node, frame)
        self.writeline(f"redefined = {sorted(own & texts.keys())!r}")
        self.writeline(f"reads = {sorted(self.reads)!r}")
        self.writeline(f"includes = {sorted(_names(node, _shares))!r}")
        self.writeline(f"imports = {sorted(_names(node, _alone))!r}")
        self.writeline(f"steady = {_is_steady(node)!r}")

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        loads = frame.symbols.loads.values()
        self.reads.update(name for how, name in loads if how == VAR_LOAD_RESOLVE)
        if frame.parent is None:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        if frame.parent is None:
            self.writeline(f"yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("(escape_text(value) if (value := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(").__class__ is str else escape(value))")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:
        if node.ignore_missing:
            self.writeline("try:")
            self.indent()
        find = "get_template" if _constant(node.template) else "get_or_select_template"
        self.writeline(f"template = environment.{find}(", node)
        self.visit(node.template, frame)
        self.write(f", {self.name!r})")
        if node.ignore_missing:
            self.outdent()
            self.writeline("except TemplateNotFound:")
            self.writeline("    pass")
            self.writeline("else:")
            self.indent()
        self.writeline(f"{frame.buffer}.extend(template.")
        if node.with_context:
            self.write(f"inside(context, {self.dump_local_context(frame)}))")
        else:
            self.write("_get_default_module()._body_stream)")
        if node.ignore_missing:
            self.outdent()

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write calls of plain names, and of methods of a text, without detours."""
        if forward_caller:
            super().visit_Call(node, frame, forward_caller=True)
        elif node.dyn_args or node.dyn_kwargs or any(iskeyword(k.key) for k in node.kwargs):
            super().visit_Call(node, frame)
        elif isinstance(node.node, nodes.Name):
            self._call_name(node, node.node, frame)
        elif _is_text_method(node.node):
            self.visit(node.node.node, frame)
            self.write(f".{node.node.attr}")
            self._values(node, frame)
        else:
            super().visit_Call(node, frame)

    def _call_name(self, node: nodes.Call, name: nodes.Name, frame: Frame) -> None:
        ref = frame.symbols.ref(name.name)
        self.write(f"({ref} if {ref}.__class__ in DIRECT else context.calling(")
        self.visit(name, frame)
        self.write(", _loop_vars=_loop_vars" if frame.loop_frame else "")
        self.write(", _block_vars=_block_vars" if frame.block_frame else "")
        self.write("))")
        self._values(node, frame)

    def _values(self, node: nodes.Call, frame: Frame) -> None:
        self.write("(")
        for value in (*node.args, *node.kwargs):
            self.visit(value, frame)
            self.write(", ")
        self.write(")")


class Filler(NodeTransformer):
    """Puts texts in the place of calls such as `t('skip')` and `t('tag', name=…)`, and bounded
    operators in the place of `*` and `**`.

    A call that would fail is left to fail on the page.
    """

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.used: set[Used] = set()

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        name, key = _name_and_key(node)
        text = self.texts.get(name, {}).get(key)
        if text is None:
            return node
        self.used.add((name, key, text))
        if node.kwargs or node.dyn_kwargs:
            method = nodes.Getattr(nodes.Const(text), "format", "load")
            return nodes.Call(method, [], node.kwargs, None, node.dyn_kwargs).set_lineno(
                node.lineno
            )
        with suppress(LookupError, ValueError):
            return nodes.Const(text.format()).set_lineno(node.lineno)
        return node

    def visit_Mul(self, node: nodes.Mul) -> nodes.Node:
        return self._bounded(node)

    def visit_Pow(self, node: nodes.Pow) -> nodes.Node:
        return self._bounded(node)

    def _bounded(self, node: nodes.BinExpr) -> nodes.Node:
        self.generic_visit(node)
        sign = str(node.operator)
        bounded = nodes.Filter(node.left, sign, [node.right], [], None, None)
        return bounded.set_lineno(node.lineno)


def _name_and_key(node: nodes.Call) -> tuple[str, str]:
    """`t` and `skip` of `t('skip')`; nothing of any other kind of call."""
    if isinstance(node.node, nodes.Name) and len(node.args) == 1 and not node.dyn_args:
        key = node.args[0]
        if isinstance(key, nodes.Const) and isinstance(key.value, str):
            return node.node.name, key.value
    return "", ""


def _is_text_method(node: nodes.Expr) -> TypeGuard[nodes.Getattr]:
    return (
        isinstance(node, nodes.Getattr)
        and isinstance(node.node, nodes.Const)
        and isinstance(node.node.value, str)
        and hasattr(str, node.attr)
    )


def _shares(node: nodes.Node) -> bool:
    """Whether a layout that is named here sees the variables of the one that names it."""
    return isinstance(node, nodes.Extends) or getattr(node, "with_context", False)


def _alone(node: nodes.Node) -> bool:
    return not _shares(node)


def _names(tree: nodes.Template, wanted: Callable[[nodes.Node], bool]) -> set[str]:
    """The layouts that this one asks for. The empty name stands for one that is not known
    before, and for what a layout may find out by looking at itself.
    """
    kinds = nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport
    asking: Iterable[Any] = tree.find_all(kinds)
    names = {_constant(node.template) for node in asking if wanted(node)}
    return names | {"" for node in tree.find_all(nodes.Name) if node.name == "self"}


def _constant(node: nodes.Expr) -> str:
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else ""


def _is_steady(tree: nodes.Template) -> bool:
    """No method that could change a value, no chance."""
    callees = (call.node for call in tree.find_all(nodes.Call))
    filters = {node.name for node in tree.find_all(nodes.Filter)}
    return "random" not in filters and all(
        isinstance(callee, nodes.Name) or _is_text_method(callee) for callee in callees
    )


def _names_set(tree: nodes.Template) -> set[str]:
    """Every name that a layout gives a meaning of its own, anywhere."""
    names = {n.name for n in tree.find_all(nodes.Name) if n.ctx != "load"}
    names |= {m.name for m in tree.find_all(nodes.Macro)}
    names |= {i.target for i in tree.find_all(nodes.Import)}
    for node in tree.find_all(nodes.FromImport):
        names |= {name if isinstance(name, str) else name[1] for name in node.names}
    return names
