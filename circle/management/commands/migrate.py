from typing import Any

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder


class Command(migrate.Command):
    """Django's `migrate`, which stops with a sentence at a database from before the first release.

    The migrations of such a database are no longer in the tree; Django would name an inconsistent history.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        applied = {
            name for app, name in MigrationRecorder(connection).applied_migrations() if app == "circle"
        }
        if of_circle and "0001_initial" not in of_circle:
            raise CommandError(
                f"The database {connection.settings_dict['NAME']} was made before the first release: it cannot be"
                " migrated. Move it away, or delete it if it holds demo data only, and run this again."
            )
        super().handle(*args, **options)
