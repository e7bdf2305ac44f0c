"""Our `migrate`, which draws a new model alone, writes the tables that Django's own would write."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from circle.management.other_database import other_database
from tests.upgrade.test_upgrade import manage_environment

pytestmark = pytest.mark.django_db
DJANGOS_OWN = """
import django
django.setup()
from django.core.management import call_command
from django.core.management.commands.migrate import Command
call_command(Command(), verbosity=0, skip_checks=True)
call_command("createcachetable", verbosity=0)
"""


def shape_of(connection: BaseDatabaseWrapper) -> dict:
    """Columns, indexes and constraints of every table."""
    look = connection.introspection
    with connection.cursor() as cursor:
        return {
            name: (look.get_table_description(cursor, name), look.get_constraints(cursor, name))
            for name in look.table_names(cursor)
        }


def test_tables_are_those_of_djangos_own_migrate(target):
    environment = manage_environment(target) | {"DJANGO_SETTINGS_MODULE": "circle.settings"}
    subprocess.run([sys.executable, "-c", DJANGOS_OWN], cwd=settings.BASE_DIR, env=environment, check=True)

    with other_database("djangos_own", target):
        theirs = connections.create_connection("djangos_own")
        theirs.alias = "default"  # a test may ask no other one
        assert shape_of(theirs) == shape_of(connections["default"])
        theirs.close()
