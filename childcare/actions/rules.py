"""Checks that several actions share, and the message to the guardian."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from childcare.actions.children import guardians_of
from childcare.actions.seats import lock_classes
from childcare.models import Application, NurseryClass
from childcare.models.ages import months_old
from childcare.models.classes import OF_CLASS
from circle.calendar.working_days import SHANGHAI
from circle.models import Guardianship, Mandate, Resident, User, Via, within_posts
from circle.models.posts import posts_giving
from circle.notifications import Value, notify
from circle.permissions.on_behalf import mandate_for


def nursery_mandate(
    *, child: Resident | None, guardian: Resident, by: User, via: str, permission: str
) -> Mandate | None:
    """The mandate for the nursery under which `by` acts; None for a guardian of the child and for staff.

    Each of its guardians acts for a child, and whoever one of them has empowered. While the child is not
    named yet it is the guardian who applies, or who acts for them.
    Refuses: resident_gone, not_allowed, number_in_doubt.
    """
    mandate = mandate_from_guardian(child, by) if child and via == Via.ONLINE else None
    if mandate and Resident.objects.living().filter(pk=mandate.principal_id).exists():
        return mandate
    return mandate_for(
        by=by,
        resident=child or guardian,
        scope=Mandate.Scope.CHILDCARE,
        via=via,
        staff_permission=permission,
    )


def mandate_from_guardian(child: Resident, by: User) -> Mandate | None:
    """Of a living child that the login does not guard itself."""
    if by.in_doubt_since or not Resident.objects.living().filter(pk=child.pk).exists():
        return None
    if Resident.objects.with_wards(by).filter(pk=child.pk).exists():
        return None
    guardians = Guardianship.objects.current().filter(child=child).values("adult")
    given = Mandate.objects.active().covering(Mandate.Scope.CHILDCARE).filter(agent=by)
    return given.filter(principal__in=guardians).order_by("pk").first()


def application_mandate(application: Application, *, by: User, via: str, permission: str) -> Mandate | None:
    return nursery_mandate(
        child=application.child, guardian=application.guardian, by=by, via=via, permission=permission
    )


def decision_mandate(application: Application, *, by: User, via: str, permission: str) -> Mandate | None:
    """A grandparent may apply, but to consent, to take or leave a place and to withdraw is for a guardian.

    The mandate is that of `acting`.

    Refuses: guardian_only, and what `acting` refuses.
    """
    mandate = application_mandate(application, by=by, via=via, permission=permission)
    if mandate and mandate.basis != Mandate.Basis.LEGAL:
        raise ValidationError(
            _("Only the guardian can decide that. Please ask them to sign in, or to come to the window."),
            code="guardian_only",
        )
    return mandate


def can_decide(application: Application, by: User) -> bool:
    """Whether `decision_mandate` would let this login decide online."""
    try:
        decision_mandate(application, by=by, via=Via.ONLINE, permission="")
    except ValidationError:
        return False
    return True


def unchanged_birthday(application: Application) -> Q:
    """That the child's birthday is the one that its age was counted from, as a condition of an UPDATE."""
    born_on = application.child.born_on if application.child else None
    return Q(Exists(Resident.objects.filter(pk=OuterRef("child_id"), born_on=born_on)))


def check_start(nursery_class: NurseryClass, born_on: dt.date, start_on: dt.date, at: dt.datetime) -> None:
    """Whether a child of that birthday may start in this class on that day.

    Refuses: start_past, start_too_early (the class begins later), wrong_age (on the first day).
    """
    if start_on < at.astimezone(SHANGHAI).date():
        raise ValidationError(_("The first day lies in the past."), code="start_past")
    if start_on < nursery_class.starts_on:
        raise ValidationError(
            _("In this class children can start from %(day)s."),
            code="start_too_early",
            params={"day": date_format(nursery_class.starts_on, "DATE_FORMAT")},
        )
    if not nursery_class.takes(born_on, start_on):
        raise wrong_age_error(nursery_class, born_on, start_on)


def wrong_age_error(nursery_class: NurseryClass, born_on: dt.date, day: dt.date) -> ValidationError:
    words = {"months": months_old(born_on, day), "day": date_format(day, "DATE_FORMAT")}
    return ValidationError(
        _(
            "On %(day)s the child will be %(months)s months old. %(class)s takes children from %(from)s "
            "to under %(below)s months."
        ),
        code="wrong_age",
        params=nursery_class.words | words,
    )


def check_class(application: Application, nursery_class: NurseryClass) -> None:
    """Refuses: other_community, class_closed."""
    if nursery_class.community_id != application.community_id:
        raise ValidationError(_("This class belongs to another community."), code="other_community")
    if not nursery_class.is_open:
        raise ValidationError(_("This class takes no children at the moment."), code="class_closed")


def check_own_nursery(nursery_class: NurseryClass, by: User) -> None:
    """A nursery's places are given by those whose post is for it, or for the whole community.

    Refuses: other_head.
    """
    own = within_posts(by, "childcare.change_application", places=OF_CLASS)
    if not NurseryClass.objects.filter(own, pk=nursery_class.pk).exists():
        raise ValidationError(
            _("The places of this nursery are given by its own head. Please speak with them."),
            code="other_head",
        )


def check_not_other_head(nursery_class: NurseryClass, by: User | None) -> None:
    """For whoever has such a post at all; None is the clock.

    Refuses: other_head.
    """
    if by and posts_giving(by, "childcare.change_application"):
        check_own_nursery(nursery_class, by)


def lock_class(nursery_class: NurseryClass | None) -> None:
    """The classes before the application's row, as an offer takes them: no deadlock."""
    if nursery_class:
        lock_classes(nursery_class)


def notify_guardian(
    application: Application, event: str, at: dt.datetime, *, dedupe: str, **values: Value
) -> None:
    """To the guardian who applies, or to who acts for them where they have no phone; nothing of the child."""
    notify_one(application, application.guardian, event, at, dedupe, values)


def notify_guardians(
    application: Application, event: str, at: dt.datetime, *, dedupe: str, **values: Value
) -> None:
    """To each guardian of the child; to the one who applies where the register knows none."""
    for person in list(guardians_of(application.child)) or [application.guardian]:
        notify_one(application, person, event, at, f"{dedupe}:{person.pk}", values)


def notify_one(
    application: Application,
    person: Resident,
    event: str,
    at: dt.datetime,
    dedupe: str,
    values: Mapping[str, Value],
) -> None:
    agent = None
    if not person.phone_sealed:
        acts = application.mandate_id and person == application.guardian
        agent = person.login or (application.started_by if acts else None)
    notify(
        event=event,
        community=application.community,
        resident=person,
        user=agent,
        at=at,
        dedupe=dedupe,
        values={"code": application.code, **values},
    )


DECISIONS = {
    "accepted": _("place accepted"),
    "declined": _("place declined"),
    "withdrawn": _("withdrawn"),
    "objected": _("objection raised"),
    "leaves": _("last day named"),
    "stays": _("the child stays"),
}


def notify_decision(application: Application, decision: str, at: dt.datetime) -> None:
    """To each guardian, so that none decides behind the other's back."""
    texts = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            texts.append(str(DECISIONS[decision]))
    notify_guardians(
        application,
        "application_decided",
        at,
        dedupe=f"application_decided:{application.pk}:{decision}:{at.isoformat()}",
        decision=(texts[0], texts[1]),
        phone=application.community.phone,
    )
