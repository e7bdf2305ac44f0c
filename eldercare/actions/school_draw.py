"""The draw of a term: everybody who asked within the window has the same chance, on a phone or on paper."""

import datetime as dt
import hmac

from django.db import transaction

from circle.audit.log import record
from circle.booking.transitions import change_status
from eldercare.actions.class_offers import lock_class
from eldercare.actions.class_waiting import put_in_line
from eldercare.actions.enrolling import notify_about
from eldercare.models import Enrolment, SchoolClass, Term

Status = Enrolment.Status


def lot_of(seed: str, code: str) -> str:
    """The lot of one wish. Each depends on its own code only: who withdraws reorders nobody else."""
    return hmac.new(seed.encode(), code.encode(), "sha256").hexdigest()


def draw_due_terms(*, at: dt.datetime) -> int:
    """Draw every term whose window has closed; returns their number."""
    due = Term.objects.filter(filling=Term.Filling.DRAW, drawn_at=None, closes_at__lte=at)
    return sum(draw_term(term=term, at=at) for term in due)


@transaction.atomic
def draw_term(*, term: Term, at: dt.datetime) -> bool:
    """Fill the classes by lot, former pupils first where the term says so; the others wait in drawn order.

    Whether it was drawn now: a second call, also on another machine, changes nothing.
    """
    classes = list(term.classes.order_by("pk"))
    for school_class in classes:
        lock_class(school_class)
    if not Term.objects.filter(pk=term.pk, drawn_at=None, closes_at__lte=at).update(drawn_at=at):
        return False
    term.drawn_at = at
    for school_class in classes:
        draw_class(term, school_class, at)
    record(verb="term_drawn", subject=term, community=term.community_id, at=at, actor=None)
    return True


def draw_class(term: Term, school_class: SchoolClass, at: dt.datetime) -> None:
    asked = Enrolment.objects.filter(school_class=school_class, status=Status.ASKED)
    rows = list(asked.select_related("resident__login", "mandate__agent", "school_class__term"))
    rows.sort(key=lambda row: (term.is_former_first and not row.is_former, lot_of(term.seed, row.code)))
    school_class.refresh_from_db(fields=["taken", "capacity", "is_active"])
    places = school_class.left if school_class.is_active else 0
    for number, row in enumerate(rows):
        is_drawn = number < places
        if is_drawn:
            school_class.take(1)
        change_status(
            row,
            verb="enrolment_drawn" if is_drawn else "enrolment_not_drawn",
            allowed=[Status.ASKED],
            to=Status.ENROLLED if is_drawn else Status.NOT_DRAWN,
            at=at,
            by=None,
        )
        if is_drawn:
            notify_about(row, "school_enrolled", at)
        elif school_class.can_join(at):
            put_in_line(school_class, row.resident, row.mandate, row.via, at, row.booked_by)
    school_class.drawn_asked = len(rows)
    school_class.drawn_former = sum(row.is_former for row in rows)
    school_class.save(update_fields=["drawn_asked", "drawn_former"])
