"""One submission, one effect: a double click, a retry and "back" after success get the first answer."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.db import connection, transaction

from circle.models import Once

KEY_LIFETIME = dt.timedelta(days=7)


def new_key() -> str:
    return str(uuid.uuid4())


def once(*, actor: str, key: str, at: dt.datetime, act: Callable[[], str], answer: str = "") -> str:
    """Call `act` once per actor and key; returns its answer (≤ 200 characters), the stored one on a repeat.

    `answer`: what `act` will answer, where known beforehand, which saves the second write.

    The key is claimed first, in the action's own transaction: a second submission waits for the first,
    then reads its answer. A refusal or an error rolls the claim back, so that the form may be sent again.
    """
    with transaction.atomic():
        claimed = Once.objects.filter(actor=actor, key=key)
        if not claim_key(actor, key, at, answer):
            return claimed.get().outcome
        outcome = act()
        if outcome != answer:
            claimed.update(outcome=outcome)
        return outcome


def claim_key(actor: str, key: str, at: dt.datetime, answer: str) -> bool:
    """Whether it is new; without an error, of which PostgreSQL would log a line for each double click."""
    names = ("actor", "key", "outcome", "at")
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    table = connection.ops.quote_name(Once._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",  # noqa: S608
            [actor, key, answer, connection.ops.adapt_datetimefield_value(at)],
        )
        return bool(cursor.rowcount)


def delete_old_keys(at: dt.datetime) -> int:
    """Keys of forms too old to be sent again."""
    return Once.objects.filter(at__lt=at - KEY_LIFETIME).delete()[0]
