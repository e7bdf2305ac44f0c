"""What keeps this portal from serving people, in the order in which a watchdog should hear of it."""

import datetime as dt
import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from circle.models import Message, Once
from circle.models.keys import key_faults
from circle.models.ticks import last_tick


def find_trouble(at: dt.datetime) -> str:
    """One word for what is wrong, empty where all is well."""
    for word, is_wrong in CHECKS.items():
        try:
            if is_wrong(at):
                return word
        except (DatabaseError, ObjectDoesNotExist):
            return word
        except Exception:  # a cache elsewhere has errors of its own kind
            if word != "cache":
                raise
            return word
    return ""


def is_database_gone(at: dt.datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return False


def has_migrations_to_run(at: dt.datetime) -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def has_wrong_keys(at: dt.datetime) -> bool:
    return bool(key_faults())


def refuses_writes(at: dt.datetime) -> bool:
    """Writes a row and takes it back."""
    with transaction.atomic():
        Once.objects.create(actor="readyz", key=secrets.token_hex(16), at=at)
        transaction.set_rollback(True)
    return False


def is_cache_lost(at: dt.datetime) -> bool:
    token = secrets.token_hex(8)
    cache.set("readyz", token, 60)
    return cache.get("readyz") is None  # another process may have written its own meanwhile


def has_stuck_messages(at: dt.datetime) -> bool:
    minutes = settings.READY_OUTBOX_MINUTES
    late = at - dt.timedelta(minutes=minutes)
    return minutes > 0 and Message.objects.due(at).filter(due_at__lt=late).exists()


def has_missed_ticks(at: dt.datetime) -> bool:
    minutes, last = settings.READY_TICK_MINUTES, last_tick()
    return minutes > 0 and (last is None or last < at - dt.timedelta(minutes=minutes))


CHECKS: dict[str, Callable[[dt.datetime], bool]] = {
    "database": is_database_gone,
    "migrations": has_migrations_to_run,
    "keys": has_wrong_keys,
    "read-only": refuses_writes,
    "cache": is_cache_lost,
    "outbox": has_stuck_messages,
    "tick": has_missed_ticks,
}
