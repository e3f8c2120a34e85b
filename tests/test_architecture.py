"""The house rules that a machine can hold; what they are for stands in the README."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from tests.walker.routes import ROUTES

ROOT = Path(__file__).resolve().parents[1]
TOP_LEVEL = {
    *("README.md", "CONTRIBUTING.md", "LICENSE", "manage.py", "pyproject.toml", "uv.lock"),
    *("ipd", "teams", "gates", "templates", "static", "tests"),
}
# Pages one may see before signing in.
OPEN_TO_ALL = {
    *("account_login", "account_logout", "account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("account_signup", "account_inactive", "account_confirm_email", "account_confirm_login_code"),
    *("account_email_verification_sent", "account_request_login_code"),
    # Calendar programs know a secret address and cannot sign in.
    "gates:calendar-feed",
}


def tracked(*patterns: str) -> list[Path]:
    """The repository's files of these patterns; new ones count before they are committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    return [ROOT / name for name in sorted(listed) if name and (ROOT / name).is_file()]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def text_of(path: Path) -> str:
    return path.read_text()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path))


def offenders(paths: Iterable[Path], rule: Callable) -> dict[str, object]:
    """Each of these files in which the rule finds something, with what it finds."""
    return {name_of(path): found for path in paths if (found := rule(path))}


SOURCES = [p for p in tracked("*.py", "*.html", "*.css", "*.js") if "migrations" not in p.parts]
MODULES = tracked("*.py")
TEMPLATES = tracked("*.html")
STYLES = tracked("*.css")
VIEWS = tracked("*/views/*.py", "ipd/kernel/views/*.py")


def test_the_order_of_packages_and_layers_holds():
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_file_fits_in_the_head():
    def too_long(path):
        lines = len(text_of(path).splitlines())
        return lines if lines > (80 if path.suffix == ".js" else 300) else None

    assert offenders(SOURCES, too_long) == {}


def test_the_top_level_is_what_it_is():
    found = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in found if not name.startswith(".")} <= TOP_LEVEL


COMMENT = re.compile(r"\{%-?\s*comment.*?endcomment\s*%\}", re.S)
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=|javascript:")


def test_templates_carry_no_style_and_no_script():
    assert offenders(TEMPLATES, lambda path: INLINE.findall(COMMENT.sub("", text_of(path)))) == {}


PHYSICAL = re.compile(
    r"""(?:^|[;{\s])(
        (?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)
        | (?:left|right)\s*:
        | border-(?:top|bottom)-(?:left|right)-radius
        | (?:text-align|float|clear)\s*:\s*(?:left|right)
    )""",
    re.X,
)


def test_styles_know_start_and_end_not_left_and_right():
    def physical(path):
        return PHYSICAL.findall(re.sub(r"/\*.*?\*/", "", text_of(path), flags=re.S))

    assert offenders(STYLES, physical) == {}


def test_every_page_asks_who_you_are():
    is_open = {n for n, p in ROUTES.items() if not getattr(p.callback, "login_required", True)}
    assert is_open - OPEN_TO_ALL == set()


# Words for people -----------------------------------------------------------------------------

NOT_TEXT = [
    r"\{#.*?#\}",
    r"\{%-?\s*comment\b.*?endcomment\s*-?%\}",
    r"\{%\s*(?:blocktranslate|blocktrans)\b.*?end(?:blocktranslate|blocktrans)\s*%\}",
    r"<svg.*?</svg>",
    r"<kbd>.*?</kbd>",
    r"<code>.*?</code>",
    r"<!--.*?-->",
    r"<!DOCTYPE[^>]*>",
    r"\{%.*?%\}",
    r"\{\{.*?\}\}",
]
NAMES = {"Gatehouse"}
SPOKEN = re.compile(r"""\s(?:title|alt|placeholder|aria-label)="([^"]*)\"""")


def words_of(text: str) -> list[str]:
    """What a template says without asking the translator: runs of letters outside of tags."""
    for pattern in NOT_TEXT:
        text = re.sub(pattern, " ", text, flags=re.S)
    said = SPOKEN.findall(text) + re.findall(r">([^<]*)", ">" + re.sub(r"<[^>]*>", "<>", text))
    return [
        word
        for run in said
        for word in re.findall(r"[A-Za-z]{3,}", re.sub(r"&\w+;", " ", run))
        if word not in NAMES
    ]


def test_what_a_template_says_is_marked_for_translation():
    assert offenders(TEMPLATES, lambda path: words_of(text_of(path))) == {}


def test_the_heuristic_sees_text_and_only_text():
    assert words_of('<p title="Open it">{% translate "Yes" %} and {{ more }}</p>') == [
        *("Open", "and"),
    ]
    assert words_of("<p>{% blocktranslate %}All of this{% endblocktranslate %} · 12</p>") == []


def _is_plain_text(node) -> bool:
    return isinstance(node, ast.Constant | ast.JoinedStr) and not (
        isinstance(node, ast.Constant) and not isinstance(node.value, str)
    )


SAYS = {"Refused", "Stale", "ValidationError"}


def _unmarked(call: ast.Call) -> bool:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name in SAYS and call.args and _is_plain_text(call.args[0]):
        return True
    return name.endswith("Field") and any(
        _is_plain_text(keyword.value) and getattr(keyword.value, "value", True)
        for keyword in call.keywords
        if keyword.arg in {"label", "help_text", "empty_label"}
    )


def test_what_an_action_answers_is_marked_for_translation():
    def unmarked(path):
        calls = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))
        return [f"line {call.lineno}" for call in calls if _unmarked(call)]

    assert offenders(tracked("gates/*.py", "ipd/*.py", "teams/*.py"), unmarked) == {}


# Code -----------------------------------------------------------------------------------------

UNSEEN = re.compile(
    r"""objects\.get\(\s*(?:pk|id)=
    | (?:filter|order_by|exclude)\(\s*\*{0,2}request\.
    | csrf_exempt""",
    re.X,
)


def test_views_fetch_only_what_the_person_may_see():
    assert offenders(VIEWS, lambda path: UNSEEN.findall(text_of(path))) == {}


def test_imports_are_whole_and_at_the_top():
    def stars(path):
        found = (n for n in ast.walk(tree_of(path)) if isinstance(n, ast.ImportFrom))
        return [f"line {n.lineno}" for n in found if n.names[0].name == "*"]

    def inside(path):
        return [
            f"import inside {function.name}, line {function.lineno}"
            for function in ast.walk(tree_of(path))
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            and any(isinstance(n, ast.Import | ast.ImportFrom) for n in ast.walk(function))
        ]

    assert offenders(MODULES, stars) == {}
    assert offenders((p for p in MODULES if "tests" not in p.parts), inside) == {}


def test_a_module_says_what_it_is_for():
    def silent(path):
        named = path.name in {"manage.py", "urls.py", "apps.py", "__init__.py"}
        empty = not text_of(path).strip() or "migrations" in path.parts
        return not (named or empty or ast.get_docstring(tree_of(path)))

    assert offenders(MODULES, silent) == {}


# The repository -------------------------------------------------------------------------------


def test_the_readme_names_the_two_commands():
    readme = (ROOT / "README.md").read_text()
    assert "python3 -m pip install uv && uv run manage.py up" in readme
    assert "uv run pytest" in readme
    assert len(readme.splitlines()) <= 120


def test_every_dependency_says_why():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    given = tomllib.loads("\n".join(lines))
    wanted = [*given["project"]["dependencies"], *given["dependency-groups"]["dev"]]
    for number, line in enumerate(lines):
        quoted = re.match(r'\s+"([^"]+)",$', line)
        if quoted and quoted[1] in wanted:
            assert lines[number - 1].strip().startswith("#"), f"{quoted[1]} has no comment"


@pytest.mark.parametrize("name", ["LICENSE", "uv.lock", ".pre-commit-config.yaml", ".ci/run"])
def test_what_a_repository_needs_is_there(name):
    assert (ROOT / name).stat().st_size


def test_pre_commit_and_ci_check_the_same():
    ci, before = (ROOT / ".ci" / "run").read_text(), (ROOT / ".pre-commit-config.yaml").read_text()
    for check in ("ruff check", "ruff format", "lint-imports", "makemigrations --check"):
        assert check in ci, check
        assert check in before, check
