"""Agreements on day care in the demo, signed before the month begins."""

import datetime as dt
from typing import TYPE_CHECKING

from eldercare import actions
from eldercare.models import DayAgreement

if TYPE_CHECKING:
    from eldercare.demo import Month

AGO = dt.timedelta(days=30)


def sign_agreements(month: "Month") -> None:
    """Of all elders who live here but every fourth."""
    signed_at = month.now - AGO
    for kind in [each for each in month.kinds if each.needs_agreement]:
        for number, elder in enumerate(month.elders):
            is_gone = elder.died_on or elder.merged_into_id
            if is_gone or number % 4 == 3 or DayAgreement.objects.filter(kind=kind, resident=elder).exists():
                continue
            actions.sign_agreement(
                resident=elder,
                kind=kind,
                signed_on=signed_at.date(),
                collectors=["女儿（演示）", "老伴（演示）"],
                may_leave_alone=number % 3 == 0,
                at=signed_at,
                by=month.boss,
            )
