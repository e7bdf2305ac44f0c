from typing import Any

from django.core.management.commands import flush
from django.db import connections

from circle.audit import append_only


class Command(flush.Command):
    """Django's flush, for tests: drops the triggers of append-only tables and installs them again."""

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        append_only.drop_triggers(connection, append_only.append_only_models())
        try:
            super().handle(**options)
        finally:
            append_only.install_triggers(connection, append_only.append_only_models())
