from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.utils import translation

from circle.formats.language import is_english
from circle.models import Community
from circle.web.display_preferences import CHOICES, DisplayPreferences
from circle.web.middleware import last_known_phone

# Names of the files, which deploy/nginx.conf chooses by the address and the visitor's cookie.
LANGUAGES = {"zh": "zh-hans", "en": "en"}
STYLESHEET = "page.css"


class Command(BaseCommand):
    help = "Writes the pages that nginx shows while the portal does not answer."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("folder", type=Path, help="where nginx reads them: /var/lib/circle/errors")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        write_file(folder / STYLESHEET, Path(find_static_file("css/app.css")).read_text(encoding="utf-8"))
        for word, language in LANGUAGES.items():
            for size in CHOICES["size"]:
                with translation.override(language):
                    write_file(folder / f"503.{word}.{size}.html", error_page(size))


def find_static_file(name: str) -> str:
    found = finders.find(name)
    if found is None:
        raise CommandError(f"There is no {name} among the static files.")
    return found


def error_page(size: str) -> str:
    context = {
        "phone": phone_of_the_community(),
        "may_have_sent": True,
        "stylesheet": f"/errors/{STYLESHEET}",
        "preferences": DisplayPreferences(size=size),
        "html_lang": "en" if is_english() else "zh-Hans",
    }
    return render_to_string("errors/503.html", context)


def phone_of_the_community() -> str:
    """The first community's; SITE_PHONE where the database is empty or cannot be read."""
    try:
        first = Community.objects.order_by("pk").first()
    except DatabaseError:
        first = None
    return first.phone if first else last_known_phone()


def write_file(path: Path, text: str) -> None:
    """In one step: nginx never reads half a page."""
    draft = path.with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    draft.chmod(0o644)
    draft.replace(path)
