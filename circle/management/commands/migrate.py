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
        names = [name for app, name in MigrationRecorder(connection).applied_migrations() if app == "circle"]
        if names and "0001_initial" not in names:
            database = connection.settings_dict["NAME"]
            raise CommandError(
                f"The database {database} was made before the first release and cannot be migrated. "
                "Move it away, or delete it if it holds demo data only, and run this again."
            )
        super().handle(*args, **options)
