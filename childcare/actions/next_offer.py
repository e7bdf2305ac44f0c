"""A place that becomes free is offered to who waits first, in the transaction that frees it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.higher_wishes import ask_for_higher_wish
from childcare.actions.line import line_of
from childcare.actions.offers import last_day_to_answer, offer_place
from childcare.actions.together import waiting_partners
from childcare.models import Application, NurseryClass
from circle.calendar import legal_parameters
from circle.models import User

Status = Application.Status
RULE = "nursery_next_offer"
# Of the child itself: the next one is asked. Anything else is of the class, or passes somebody over.
OF_THE_CHILD = {
    "wrong_age",
    "birthday_missing",
    "start_too_early",
    "start_too_late",
    "together_only",
    "already_offered",
    "changed_meanwhile",
}


def next_offer_days(day: dt.date) -> int | None:
    """How long the next family may answer; None where nobody is offered a place by itself."""
    try:
        days: int = legal_parameters.rule_value(RULE, "days", on=day)
    except ValidationError:
        return None
    return days


def offer_next(
    nursery_class: NurseryClass | None, at: dt.datetime, free_from: dt.date | None = None
) -> Application | None:
    """Nothing where the dated rule has no days, nobody waits, or staff have to decide: where a child is
    perhaps known already, or somebody would be passed over. The caller holds the classes."""
    days = next_offer_days(localdate(at))
    if nursery_class is None or days is None:
        return None
    line = line_of(nursery_class).exclude(status=Status.SUBMITTED)
    for application in line.select_related("child", "community", "guardian", "offer"):
        if application.status != Status.VERIFIED:
            if ask_for_higher_wish(application, nursery_class, at):
                return None
            continue
        try:
            return offer_from(application, nursery_class, days, at, free_from)
        except ValidationError as refusal:
            if refusal.code not in OF_THE_CHILD:
                return None
    return None


def offer_from(
    application: Application,
    nursery_class: NurseryClass,
    days: int,
    at: dt.datetime,
    free_from: dt.date | None,
    by: User | None = None,
) -> Application:
    """From the first open day that is wanted, free and after the last day to answer; of siblings who start
    together one that suits all of them.

    Refuses: start_too_late (after the last one that is wanted), and what `offer_place` refuses.
    """
    answer = last_day_to_answer(nursery_class, localdate(at) + dt.timedelta(days=days))
    household = [application, *waiting_partners(application)]
    wanted = [answer + dt.timedelta(days=1), free_from, *(each.start_on for each in household)]
    start_on = last_day_to_answer(nursery_class, max(day for day in wanted if day))
    last = min((each.start_by for each in household if each.start_by), default=start_on)
    if start_on > last:
        raise ValidationError(
            _("The family takes a place until %(day)s only."),
            code="start_too_late",
            params={"day": date_format(last, "DATE_FORMAT")},
        )
    return offer_place(
        application=application, nursery_class=nursery_class, start_on=start_on, days=days, at=at, by=by
    )
