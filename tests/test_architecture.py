"""The house rules that a machine can check."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "minicrm_tui"
PROGRAM = sorted(PACKAGE.rglob("*.py"))
OURS = sorted(
    path for folder in ("minicrm_tui", "benchmarks", "tools", "tests") for path in (ROOT / folder).rglob("*.py")
)

LONGEST_FILE = 400
LONGEST_CLASS = 250
LONG_FUNCTION = 30
FEW = 0.05

READS_THE_CLOCK = {"now", "utcnow", "today"}
PURE = {
    *("__future__", "bisect", "calendar", "collections", "dataclasses", "datetime", "decimal", "enum", "fractions"),
    *("difflib", "functools", "itertools", "json", "math", "operator", "re", "string", "tomllib", "typing"),
    "unicodedata",
    *("minicrm_tui.domain", "minicrm_tui.i18n"),
    # Libraries without input or output.
    *("dateutil", "email_validator", "phonenumbers", "tomlkit"),
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def imports_of(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported, wherever in the file; of `from a import b` both a and a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_imports_go_one_way() -> None:
    done = run_python("import importlinter.cli as cli; raise SystemExit(cli.lint_imports(no_cache=True))")
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_room_is_left_out_of_the_contract_that_keeps_the_database_in_the_store() -> None:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    contract = next(each for each in linter["contracts"] if "sqlmodel" in each.get("forbidden_modules", []))
    rooms = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert {f"minicrm_tui.{room}" for room in rooms - {"__init__", "store"}} == set(contract["source_modules"])


def test_the_domain_imports_nothing_but_itself_and_what_is_pure() -> None:
    impure = {
        f"{name_of(path)}: {module}"
        for path in (PACKAGE / "domain").rglob("*.py")
        for module in imports_of(tree_of(path))
        if not any(module == pure or module.startswith(f"{pure}.") for pure in PURE)
    }
    assert impure == set()


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_a_file_holds_one_idea(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines < LONGEST_FILE, f"{lines} lines: split it"


def test_a_class_is_not_a_god() -> None:
    gods = {
        f"{name_of(path)}: {node.name} has {lines_of(node)} lines"
        for path in OURS
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and lines_of(node) >= LONGEST_CLASS
    }
    assert gods == set()


def test_few_functions_are_long() -> None:
    functions = [
        (lines_of(node), f"{name_of(path)}: {node.name}")
        for path in PROGRAM
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = sorted(function for function in functions if function[0] > LONG_FUNCTION)
    assert len(long) <= FEW * len(functions), long


def test_nothing_prints_or_exits_but_the_main_module() -> None:
    loud = {
        f"{name_of(path)}:{node.lineno}"
        for path in PROGRAM
        if path != PACKAGE / "__main__.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "exit", "quit", "sys.exit", "os._exit"}
    }
    assert loud == set()


def test_only_the_clock_reads_the_clock() -> None:
    """So that no test, and no midnight, meets a moment that it did not ask for; at import least of all."""
    readers = {
        f"{name_of(path)}:{node.lineno} {ast.unparse(node.func)}"
        for path in PROGRAM
        if path != PACKAGE / "clock.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            (node.func.attr in READS_THE_CLOCK and ast.unparse(node.func.value).endswith(("date", "datetime")))
            or ast.unparse(node.func) in {"time.time", "time.localtime", "time.strftime"}
        )
    }
    assert readers == set()


def test_types_are_never_talked_away() -> None:
    talked = {
        f"{name_of(path)}: {alias.name}"
        for path in PROGRAM
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.module == "typing"
        for alias in node.names
        if alias.name in {"Any", "cast"}
    }
    assert talked == set()


def test_the_first_frame_imports_nothing_that_can_wait() -> None:
    done = run_python(
        "import sys, minicrm_tui.app, minicrm_tui.__main__\n"
        "unwanted = {'sqlmodel', 'sqlalchemy', 'pydantic', 'babel', 'alembic', 'fpdf', 'fontTools', 'tomlkit'}\n"
        "print(*sorted(unwanted & set(sys.modules)))"
    )
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr


def test_importing_the_whole_program_makes_no_file_and_starts_no_thread(tmp_path: Path) -> None:
    done = run_python(
        "import importlib, os, pathlib, pkgutil, threading, minicrm_tui\n"
        f"os.environ.update(HOME={str(tmp_path)!r}, XDG_DATA_HOME={str(tmp_path)!r})\n"
        "for module in pkgutil.walk_packages(minicrm_tui.__path__, 'minicrm_tui.'):\n"
        "    if '.migrations.' not in module.name:\n"
        "        importlib.import_module(module.name)\n"
        "print(threading.active_count(), len(os.listdir(os.environ['HOME'])))"
    )
    assert (done.returncode, done.stdout.split()) == (0, ["1", "0"]), done.stderr
