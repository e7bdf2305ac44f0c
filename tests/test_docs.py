"""What the documents tell people to type must exist."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
TOP = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]
DOCUMENTS = [*TOP, *sorted((ROOT / "docs").glob("*.md"))]
SETTINGS_READ = re.compile(r'\b(?:read_switch|read_setting|read_url|env\.str)\(\s*"([A-Z_]+)"')


def code_in(document: Path) -> list[str]:
    """The code blocks and code spans of a document."""
    text = document.read_text(encoding="utf-8")
    blocks = re.findall(r"^```.*?\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return blocks + spans


def named(pattern: str, document: Path) -> set[str]:
    return {name for code in code_in(document) for name in re.findall(pattern, code, flags=re.MULTILINE)}


def make_targets() -> set[str]:
    return set(
        re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_only_make_targets_that_exist(document):
    assert named(r"^make ([a-z][a-z-]*)", document) - make_targets() == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_only_commands_that_exist(document):
    assert named(r"manage\.py ([a-z_]+)", document) - set(get_commands()) == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_link_only_to_files_that_exist(document):
    links = re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_readme_names_the_two_commands():
    assert {"demo", "test"} <= named(r"^make ([a-z][a-z-]*)", ROOT / "README.md")


def test_operations_describe_every_variable_and_no_other():
    table = re.findall(
        r"^\| (`[A-Z_`, ]+`) \|", (ROOT / "docs/operations.md").read_text("utf-8"), flags=re.MULTILINE
    )
    described = {name for row in table for name in re.findall(r"[A-Z_]+", row)}
    assert described == set(SETTINGS_READ.findall((ROOT / "circle/settings.py").read_text("utf-8")))


def test_production_values_are_variables_that_exist():
    lines = (ROOT / "deploy/circle.env").read_text("utf-8").splitlines()
    names = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    assert names - set(SETTINGS_READ.findall((ROOT / "circle/settings.py").read_text("utf-8"))) == set()


def test_each_promise_of_security_has_its_test():
    text = (ROOT / "docs/security.md").read_text("utf-8")
    rows = re.findall(r"^\| \d.* \| \[(\w+)\]\(\.\./(tests/[\w/]+\.py)\) \|$", text, flags=re.MULTILINE)
    assert len(rows) >= 20
    assert len(rows) == len(re.findall(r"^\| \d", text, flags=re.MULTILINE))
    for name, file in rows:
        found = re.findall(rf"^def {name}\(", (ROOT / file).read_text("utf-8"), flags=re.MULTILINE)
        assert found or Path(file).stem == name, name


def test_each_release_has_a_database_that_is_migrated():
    headings = re.findall(r"^## (\d\S*)", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)
    there = {
        file.name.removesuffix(".sqlite.sql.gz") for file in (ROOT / "tests/upgrade").glob("*.sqlite.sql.gz")
    }
    assert set(headings) <= there


def test_code_blocks_of_operations_are_run_or_say_why_not():
    """.ci/install_check runs them."""
    text = (ROOT / "docs/operations.md").read_text("utf-8")
    heads = re.findall(r"^```(.+)$", text, flags=re.MULTILINE)
    assert [head for head in heads if head != "sh" and not head.startswith("sh not run: ")] == []
    assert heads.count("sh") >= 12
