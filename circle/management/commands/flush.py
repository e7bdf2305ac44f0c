from typing import Any

from django.core.management.commands import flush
from django.db import connections

from circle import triggers


class Command(flush.Command):
    """Django's own, for tests: append-only tables let their rows go only while their triggers are away."""

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        triggers.drop(connection, triggers.guarded())
        try:
            super().handle(**options)
        finally:
            triggers.install(connection, triggers.guarded())
