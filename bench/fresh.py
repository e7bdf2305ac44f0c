"""Django on an empty database, with keys of its own: what the benches stand on."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "circle.settings",
    "SECRET_KEY": "bench",
    "FIELD_KEYS": "only-for-the-benches-" + "x" * 22 + "=",
    "INDEX_KEY": "bench",
    "ALLOWED_HOSTS": "bench",
    "HTTPS": "off",
}


def start(folder: str) -> None:
    """On DATABASE_URL, which must name an empty database, or else on a SQLite file in the folder."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    os.environ |= SETTINGS
    import django
    from django.core.management import call_command

    django.setup()
    for command in ("migrate", "createcachetable", "compile_translations"):
        call_command(command, verbosity=0)
