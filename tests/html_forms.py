"""What a browser would send from a form of a page as it stands."""

from html.parser import HTMLParser
from typing import Any

SKIPPED = {"submit", "button", "file", "image", "reset"}


class FormReader(HTMLParser):
    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self.is_inside = form, False
        self.select = self.area = ""
        self.sent: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = said.get("id", "") == self.form
        if not self.is_inside:
            return
        name, value = said.get("name", ""), value_of(said)
        if tag == "input" and name and said.get("type") not in SKIPPED:
            if said.get("type") not in ("checkbox", "radio") or "checked" in said:
                self.add(name, value or ("on" if said.get("type") == "checkbox" else ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in said:
            self.add(self.select, value)
        elif tag == "textarea":
            self.area = name
            self.sent[name] = [""]

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sent[self.area][0] = self.sent[self.area][0].removeprefix("\n")
            self.area = ""
        elif tag == "form":
            self.is_inside = False

    def add(self, name: str, value: str) -> None:
        self.sent.setdefault(name, []).append(value)


def value_of(said: dict[str, str]) -> str:
    """A text input has one line."""
    value = said.get("value", "")
    return "".join(value.splitlines()) if said.get("type") == "text" else value


def sent_by(page: Any, form: str) -> dict[str, list[str]]:
    """The names and values of the form with this id; empty: of those without one."""
    reader = FormReader(form)
    reader.feed(page.content.decode())
    return reader.sent
