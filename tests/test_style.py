"""The program keeps to its own style: sizes, arrows, and the places where a thing may be used."""

import ast
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).parent.parent

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file: its path as written in imports and texts, and what it says."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.text)

    @property
    def module(self) -> str:
        """The dotted name."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def all(self, *kinds: type) -> Iterator:
        """Every node of these kinds, nested ones included."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def imports(self, *, at_import: bool = False) -> Iterator[str]:
        """Dotted names imported anywhere, or only those imported when the module itself is."""
        nodes = _run_at_import(self.tree) if at_import else ast.walk(self.tree)
        for node in nodes:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def names_used(self) -> Iterator[str]:
        """Dotted names that are read, such as ``sys.platform``."""
        return (ast.unparse(node) for node in self.all(ast.Attribute))


def _run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes under one that run when the module is imported: not functions, not what only a type checker reads."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function) or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)):
            continue
        yield child
        yield from _run_at_import(child)


def sources(folder: str) -> list[Source]:
    """The Python files under a folder of the project; what migrations look like is Alembic's style, not ours."""
    return [
        Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path.parent.name != "versions"
    ]


PROGRAM = sources("coachdesk")
TESTS = sources("tests")


def lines_of(node: Function) -> int:
    """Lines of a function's body, its docstring left out: a long explanation is no long function."""
    first = node.body[0]
    explained = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and len(node.body) > 1
    return node.end_lineno - node.body[1 if explained else 0].lineno + 1


def long_files(source: Source) -> Iterator[str]:
    count = len(source.text.splitlines())
    if count > 600:
        yield f"{source.path}: {count} lines, 600 at most"


def long_functions(source: Source) -> Iterator[str]:
    for node in source.all(ast.FunctionDef, ast.AsyncFunctionDef):
        count = node.end_lineno - node.lineno + 1
        if count > 60:
            yield f"{source.path}:{node.lineno} {node.name}: {count} lines, 60 at most"


def big_classes(source: Source) -> Iterator[str]:
    for node in source.all(ast.ClassDef):
        methods = [child for child in node.body if isinstance(child, Function)]
        if len(methods) > 25:
            yield f"{source.path}:{node.lineno} {node.name}: {len(methods)} methods, 25 at most"
        offered = [method for method in methods if is_public(method)]
        if node.name in {"Desk", "Sitting"} and len(offered) > 15:
            yield f"{source.path}:{node.lineno} {node.name} offers {len(offered)} methods, 15 at most"


def unexplained(source: Source) -> Iterator[str]:
    if not ast.get_docstring(source.tree) and source.text.strip():
        yield f"{source.path}: no sentence of duty"
    for owner in [source.tree, *source.all(ast.ClassDef)]:
        for node in owner.body:
            if isinstance(node, Function | ast.ClassDef) and is_public(node) and not ast.get_docstring(node):
                yield f"{source.path}:{node.lineno} {node.name}: public and not explained"


def is_public(node: Function | ast.ClassDef) -> bool:
    """Ours, not private, and not a method of Qt (camelCase, or one of a few short words) that Qt explains."""
    short = {"count", "data", "event", "flags", "paint"}
    qt = isinstance(node, Function) and (node.name in short or node.name != node.name.lower()) and node.name != "N_"
    overload = isinstance(node, Function) and any("setter" in ast.unparse(each) for each in node.decorator_list)
    return not (node.name.startswith("_") or qt or overload)


def nameless_folders(source: Source) -> Iterator[str]:
    empty = {"core", "utils", "util", "misc", "common", "helpers", "services", "managers"}
    for part in source.module.split("."):
        if part in empty:
            yield f"{source.path}: “{part}” says nothing"


ONLY_IN = {
    "PySide6": ("coachdesk/ui/", "coachdesk/exchange/pdf.py"),
    "shiboken6": ("coachdesk/ui/",),
    "qtawesome": ("coachdesk/ui/",),
    "apscheduler": ("coachdesk/reminders/schedule.py",),
    "alembic": ("coachdesk/storage/migrate.py", "coachdesk/storage/migrations/"),
    "sqlcipher3": ("coachdesk/storage/",),
    "typer": ("coachdesk/cli/",),
    "rich": ("coachdesk/cli/",),
    "keyring": ("coachdesk/storage/keys.py",),
    "secretstorage": ("coachdesk/storage/keys.py",),
    "ctypes": ("coachdesk/machine/", "coachdesk/focus/"),
    "Xlib": ("coachdesk/machine/", "coachdesk/focus/"),
    "jeepney": ("coachdesk/machine/", "coachdesk/focus/"),
    "winreg": ("coachdesk/machine/", "coachdesk/focus/"),
    "objc": ("coachdesk/machine/", "coachdesk/focus/"),
    "AppKit": ("coachdesk/machine/", "coachdesk/focus/"),
    "Foundation": ("coachdesk/machine/", "coachdesk/focus/"),
}
"""Packages, and the only places that may import them."""


def misplaced_imports(source: Source) -> Iterator[str]:
    for package in sorted({name.split(".")[0] for name in source.imports()} & ONLY_IN.keys()):
        if not source.path.startswith(ONLY_IN[package]):
            yield f"{source.path}: {package} belongs to {' and '.join(ONLY_IN[package])}"


def hidden_choices_of_system(source: Source) -> Iterator[str]:
    choosers = ("coachdesk/machine/here.py", "coachdesk/focus/blockers.py")
    asked = {"sys.platform", "os.name"} & set(source.names_used())
    if asked and not source.path.startswith(choosers):
        yield f"{source.path}: {', '.join(sorted(asked))}: only {' and '.join(choosers)} choose by system"


def own_clocks(source: Source) -> Iterator[str]:
    clocks = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime"}
    used = {name for name in source.names_used() if ".".join(name.split(".")[-2:]) in clocks}
    if used and not source.path.startswith("coachdesk/machine/"):
        yield f"{source.path}: {', '.join(sorted(used))}: the time is passed in"


def lambdas_holding_self(source: Source) -> Iterator[str]:
    keepers = {"connect", "singleShot", "addAction", "callOnTimeout"}
    for call in source.all(ast.Call):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        if name in keepers and any(isinstance(each, ast.Lambda) and "self" in ast.unparse(each) for each in given):
            yield f"{source.path}:{call.lineno}: a lambda that holds self keeps its page alive"


def mocks(source: Source) -> Iterator[str]:
    if any(name.startswith(("unittest.mock", "pytest_mock")) for name in source.imports()):
        yield f"{source.path}: fakes, not mocks"


@pytest.mark.parametrize(
    "rule",
    [
        long_files,
        long_functions,
        big_classes,
        unexplained,
        nameless_folders,
        misplaced_imports,
        hidden_choices_of_system,
        own_clocks,
        lambdas_holding_self,
    ],
)
def test_the_program_keeps_the_rule(rule: Callable[[Source], Iterator[str]]) -> None:
    findings = [finding for source in PROGRAM for finding in rule(source)]
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("rule", [long_files, long_functions, mocks, nameless_folders])
def test_the_tests_keep_the_rule(rule: Callable[[Source], Iterator[str]]) -> None:
    findings = [finding for source in TESTS for finding in rule(source)]
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (long_files, "coachdesk/desk.py", "pass\n" * 601),
        (long_functions, "coachdesk/desk.py", "def a():\n" + "    pass\n" * 60),
        (big_classes, "coachdesk/desk.py", "class Desk:\n" + "".join(f"    def m{n}(s): ...\n" for n in range(16))),
        (unexplained, "coachdesk/desk.py", '"""A duty."""\nclass Desk:\n    """A desk."""\n    def do(self): ...\n'),
        (nameless_folders, "coachdesk/utils/time.py", ""),
        (misplaced_imports, "coachdesk/desk.py", "def late():\n    from PySide6.QtCore import QTimer\n"),
        (hidden_choices_of_system, "coachdesk/desk.py", "import sys\nprint(sys.platform)\n"),
        (own_clocks, "coachdesk/desk.py", "import datetime\ndatetime.datetime.now()\n"),
        (lambdas_holding_self, "coachdesk/ui/tray.py", "self.a.triggered.connect(lambda: self.open())"),
        (mocks, "tests/test_desk.py", "from unittest.mock import MagicMock"),
    ],
)
def test_a_broken_rule_is_found(rule: Callable[[Source], Iterator[str]], path: str, text: str) -> None:
    assert [path] == [finding.split(":")[0] for finding in rule(Source(path, text))]


def test_most_functions_are_short() -> None:
    lengths = [lines_of(node) for source in PROGRAM for node in source.all(ast.FunctionDef, ast.AsyncFunctionDef)]
    assert 8 >= median(lengths)
    assert 40 >= quantiles(lengths, n=20)[-1]


def test_most_files_are_short() -> None:
    assert 150 >= median(len(source.text.splitlines()) for source in PROGRAM)


def test_no_module_needs_itself_to_be_imported() -> None:
    ours = {source.module: source for source in PROGRAM}
    needs = {name: {owner_of(each, ours) for each in source.imports(at_import=True)} for name, source in ours.items()}
    needs = {name: each & ours.keys() - {name} for name, each in needs.items()}
    assert {} == circles(needs)


def test_a_circle_of_imports_is_found() -> None:
    assert {"a": {"b"}, "b": {"a"}} == circles({"a": {"b"}, "b": {"a", "c"}, "c": set(), "d": {"a"}})


def owner_of(name: str, modules: Container[str]) -> str:
    """The module that an imported name is, or else comes from."""
    return name if name in modules else name.rpartition(".")[0]


def circles(needs: dict[str, set[str]]) -> dict[str, set[str]]:
    """What remains of a graph when everything that is in no circle is taken away, from both ends."""
    left = dict(needs)
    while True:
        wanted = set().union(*left.values())
        rest = {name: {each for each in left[name] if each in left} for name in left if name in wanted}
        rest = {name: each for name, each in rest.items() if each}
        if rest == left:
            return left
        left = rest
