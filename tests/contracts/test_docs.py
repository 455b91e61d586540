"""The pages keep up with the code: links lead somewhere, settings and commands are told."""

import re
from pathlib import Path

import pytest

from server import cli_commands, settings

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r'\]\(([^)\s]+)\)|src="([^"]+)"')
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """The names by which links reach the headings of a page."""
    return {
        re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        for heading in HEADING.findall(page.read_text())
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for link in (first or second for first, second in LINK.findall(page.read_text())):
        path, _, anchor = link.partition("#")
        if path.startswith(("http:", "https:")):
            continue
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


def test_every_setting_is_told_to_the_administrator() -> None:
    names = set(re.findall(r"DENLUOT_[A-Z_]+", Path(settings.__file__).read_text()))
    told = (ROOT / "docs/operating.md").read_text()
    assert {name for name in names if f"| `{name}` |" not in told} == set()


def test_every_command_is_told() -> None:
    told = "".join(page.read_text() for page in PAGES) + (ROOT / "Makefile").read_text()
    commands = cli_commands._COMMANDS
    assert {name for name in commands if f"denluot {name}" not in told} == set()


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs/decisions"
    listed = (folder / "README.md").read_text()
    assert [page.name for page in folder.glob("0*.md") if f"({page.name})" not in listed] == []
