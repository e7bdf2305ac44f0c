"""Chinese pages have Chinese signs: no ASCII comma between Chinese words, no date such as 2026-11-23."""

import re
from html.parser import HTMLParser

import pytest

from tests.browser.pages import PAGES

# What is read here is text, the same on each database: once a run is enough, since each loads a demo.
pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.one_database("sqlite")]
HAN = "\u4e00-\u9fff）】”"
FAULTS = re.compile(rf"[{HAN}]\s*[,;!?](?=\s|[{HAN}])|\b\d{{4}}-\d{{1,2}}-\d{{1,2}}\b")
# Names of sources, as they are quoted: a notice of nine ministries and a file of streets.
QUOTED = re.compile(r"商务部等9部门通知\(2025-09-19\)|streets\.osm \d{4}-\d\d-\d\d")


class Words(HTMLParser):
    """What one reads on a page: no scripts, no styles, no attributes, no words in English."""

    def __init__(self) -> None:
        super().__init__()
        self.skipped, self.words = 0, []

    def handle_starttag(self, tag, attrs) -> None:
        if tag in ("script", "style", "code", "pre"):
            self.skipped += 1

    def handle_endtag(self, tag) -> None:
        if tag in ("script", "style", "code", "pre"):
            self.skipped -= 1

    def handle_data(self, data) -> None:
        if not self.skipped:
            self.words.append(data)


def faults_of(html: str) -> list[str]:
    reader = Words()
    reader.feed(html)
    text = QUOTED.sub("", " ".join(" ".join(reader.words).split()))
    return [text[max(found.start() - 12, 0) : found.end() + 8] for found in FAULTS.finditer(text)]


def test_no_chinese_page_has_ascii_commas_or_iso_dates(client):
    found = {}
    for page in PAGES:
        response = client.get(page.path, follow=True)
        if response.status_code == 200:
            found[page.key] = faults_of(response.text)
    assert len(found) > 40
    assert {key: faults for key, faults in found.items() if faults} == {}


@pytest.mark.parametrize("text", ["服务大厅, 约3分钟", "到 2026-11-23 为止", "好! 请"])
def test_each_kind_of_fault_is_seen(text):
    assert faults_of(f"<p>{text} </p>")
