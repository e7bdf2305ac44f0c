"""One submission, one effect: a double click, a retry and "back" after success get the first answer."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.db import IntegrityError, transaction

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
    try:
        with transaction.atomic():
            claim = Once.objects.create(actor=actor, key=key, at=at, outcome=answer)
            claim.outcome = act()
            if claim.outcome != answer:
                claim.save(update_fields=["outcome"])
            return claim.outcome
    except IntegrityError:
        done = Once.objects.filter(actor=actor, key=key).first()
        if done is None:  # `act` itself violated a constraint
            raise
        return done.outcome


def delete_old_keys(at: dt.datetime) -> int:
    """Keys of forms too old to be sent again."""
    return Once.objects.filter(at__lt=at - KEY_LIFETIME).delete()[0]
