import os
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compiles locale/*.po with polib, which needs no gettext. --check fails on empty or fuzzy entries."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="only check, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        gaps = []
        for po_path in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/*.po")):
            catalogue = polib.pofile(str(po_path))
            gaps += [
                f"{po_path.name}: {entry.msgid[:70]!r}"
                for entry in catalogue
                if not entry.obsolete and is_gap(entry)
            ]
            if not options["check"]:
                save_whole(catalogue, po_path.with_suffix(".mo"))
        if options["check"] and gaps:
            raise CommandError("Untranslated or fuzzy:\n" + "\n".join(gaps))


def save_whole(catalogue: Any, path: Path) -> None:
    """Put in place at once: another process, such as a second test run, may read the old one."""
    part = path.with_suffix(f".{os.getpid()}.mo")
    catalogue.save_as_mofile(str(part))
    part.replace(path)


def is_gap(entry: polib.POEntry) -> bool:
    return entry.fuzzy or not entry.translated()
