"""While a child waits, class and day are changed; what ended without a place is taken up again."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from childcare.actions.children import birthday_of
from childcare.actions.filling import CHANGE
from childcare.actions.former_parents import end_unanswered_parents
from childcare.actions.rules import application_mandate, check_class, check_start, unchanged_birthday
from childcare.models import Application, FurtherWish, NurseryClass
from childcare.models.wishes import MOST_WISHES
from circle.audit.log import record
from circle.booking.transitions import change_status, transition_refusal
from circle.models import User
from circle.permissions.on_behalf import mandate_details

Status = Application.Status
WAITING = [Status.SUBMITTED, Status.VERIFIED]
ENDED = [Status.LAPSED, Status.DECLINED, Status.WITHDRAWN]


@transaction.atomic
def change_wish(
    *,
    application: Application,
    nursery_class: NurseryClass,
    start_on: dt.date,
    via: str,
    at: dt.datetime,
    by: User,
    further: Sequence[NurseryClass] = (),
    start_by: dt.date | None = None,
) -> Application:
    """Other classes, the first wish first, or another first day; the place in line stays.

    Refuses: not_allowed, number_in_doubt, choices_wrong (a class twice, or too many), window_wrong,
    other_community, class_closed, start_past, start_too_early, wrong_age, birthday_missing, not_possible (it
    does not wait), changed_meanwhile.
    """
    mandate = application_mandate(application, by=by, via=via, permission=CHANGE)
    if application.child is None or application.status not in WAITING:
        raise transition_refusal(application, "")
    check_wishes([nursery_class, *further], start_on, start_by)
    for group in (nursery_class, *further):
        check_class(application, group)
        check_start(group, birthday_of(application.child), start_on, at)
    same = Application.objects.filter(
        unchanged_birthday(application), pk=application.pk, status__in=WAITING, child=application.child
    )
    values = {"nursery_class": nursery_class, "start_on": start_on, "start_by": start_by}
    if not same.update(**values):
        application.refresh_from_db()
        raise transition_refusal(application, "", WAITING)
    for name, value in values.items():
        setattr(application, name, value)
    set_further_wishes(application, further)
    details: dict[str, Any] = {"class": nursery_class.pk, "via": via} | mandate_details(mandate)
    if further:
        details["further"] = [group.pk for group in further]
    record(
        verb="application_wish_changed",
        subject=application,
        community=application.community_id,
        at=at,
        actor=by,
        **details,
    )
    return application


def check_wishes(groups: Sequence[NurseryClass], start_on: dt.date, start_by: dt.date | None) -> None:
    """Refuses: choices_wrong, window_wrong."""
    if len(groups) > MOST_WISHES or len({group.pk for group in groups}) < len(groups):
        raise ValidationError(_("Choose each class once, three at most."), code="choices_wrong")
    if start_by and start_by < start_on:
        raise ValidationError(
            _("The latest first day comes before the first one wanted."), code="window_wrong"
        )


def set_further_wishes(application: Application, groups: Sequence[NurseryClass]) -> None:
    """The application's row is locked: two parents change the wishes one after the other."""
    FurtherWish.objects.filter(application=application).delete()
    FurtherWish.objects.bulk_create(
        FurtherWish(application=application, rank=rank, nursery_class=group)
        for rank, group in enumerate(groups, start=2)
    )


def reopen_application(*, application: Application, via: str, at: dt.datetime, by: User) -> Application:
    """Go on with one that lapsed, was declined or withdrawn, as it was filled in; its place in line is new.

    Refuses: not_allowed, number_in_doubt, already_draft, already_applied (there is another for the child),
    not_possible (it has not ended, or the child was forgotten).
    """
    mandate = application_mandate(application, by=by, via=via, permission=CHANGE)
    try:
        with transaction.atomic():
            change_status(
                application,
                verb="application_reopened",
                allowed=ENDED,
                to=Status.DRAFT,
                at=at,
                by=by,
                rows=Application.objects.exclude(child=None),
                details={"via": via} | mandate_details(mandate),
                changed_at=at,
                is_line_restarted=True,
                offer=None,
                reminded_at=None,
            )
            end_unanswered_parents(application, at, by)  # of one that ended before that emptied the number
    except IntegrityError as clash:
        application.refresh_from_db()
        raise ValidationError(
            _("There is already an application for this child."), code="already_applied"
        ) from clash
    except ValidationError as refusal:
        if refusal.code == "changed_meanwhile":  # nothing is left of the child
            raise transition_refusal(application, "") from None
        raise
    return application
