"""The house rules that a machine can hold; what they are for stands in the README."""

import ast
import re
import subprocess
import sys
import tomllib
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


SOURCES = [p for p in tracked("*.py", "*.html", "*.css", "*.js") if "migrations" not in p.parts]
TEMPLATES = tracked("*.html")
STYLES = tracked("*.css")
SCRIPTS = tracked("*.js")
VIEWS = tracked("*/views/*.py", "ipd/kernel/views/*.py")


def test_the_order_of_packages_and_layers_holds():
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_fits_in_the_head(path):
    limit = 80 if path.suffix == ".js" else 300
    assert len(path.read_text().splitlines()) <= limit


def test_the_top_level_is_what_it_is():
    found = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in found if not name.startswith(".")} <= TOP_LEVEL


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_carry_no_style_and_no_script(path):
    text = re.sub(r"\{%-?\s*comment.*?endcomment\s*%\}", "", path.read_text(), flags=re.S)
    found = re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=|javascript:", text)
    assert not found, found


PHYSICAL = re.compile(
    r"""(?:^|[;{\s])(
        (?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)
        | (?:left|right)\s*:
        | border-(?:top|bottom)-(?:left|right)-radius
        | (?:text-align|float|clear)\s*:\s*(?:left|right)
    )""",
    re.X,
)


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_styles_know_start_and_end_not_left_and_right(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    assert not (found := PHYSICAL.search(text)), found


@pytest.mark.parametrize(
    ("name", "pattern"), [pytest.param(*route, id=route[0]) for route in ROUTES.items()]
)
def test_every_page_asks_who_you_are(name, pattern):
    assert getattr(pattern.callback, "login_required", True) or name in OPEN_TO_ALL


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


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_what_a_template_says_is_marked_for_translation(path):
    assert words_of(path.read_text()) == []


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


@pytest.mark.parametrize("path", tracked("gates/*.py", "ipd/*.py", "teams/*.py"), ids=name_of)
def test_what_an_action_answers_is_marked_for_translation(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in SAYS and node.args:
                assert not _is_plain_text(node.args[0]), f"line {node.lineno}"
            for keyword in node.keywords:
                if keyword.arg in {"label", "help_text", "empty_label"} and name.endswith("Field"):
                    assert not (_is_plain_text(keyword.value) and keyword.value.value), (
                        f"line {node.lineno}"
                    )


# Code -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", VIEWS, ids=name_of)
def test_views_fetch_only_what_the_person_may_see(path):
    text = path.read_text()
    assert not re.search(r"objects\.get\(\s*(?:pk|id)=", text)
    assert not re.search(r"(?:filter|order_by|exclude)\(\s*\*{0,2}request\.", text)
    assert "csrf_exempt" not in text


@pytest.mark.parametrize("path", tracked("*.py"), ids=name_of)
def test_imports_are_whole_and_at_the_top(path):
    tree = ast.parse(path.read_text())
    stars = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.names[0].name == "*"]
    assert not stars
    if "tests" not in path.parts:
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                inside = [
                    n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)
                ]
                assert not inside, f"import inside {function.name}, line {function.lineno}"


@pytest.mark.parametrize(
    "path",
    [p for p in tracked("*.py") if p.read_text().strip() and "migrations" not in p.parts],
    ids=name_of,
)
def test_a_module_says_what_it_is_for(path):
    if path.name not in {"manage.py", "urls.py", "apps.py", "__init__.py"}:
        assert ast.get_docstring(ast.parse(path.read_text()))


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
