"""Who looks after which class: given by the head of the nursery, and handed over."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from childcare.models import ClassTeacher, NurseryClass
from circle.audit.log import record
from circle.models import StaffPost, User
from circle.models.roles import roles_with


@transaction.atomic
def give_class(*, nursery_class: NurseryClass, user: User, at: dt.datetime, by: User) -> ClassTeacher:
    """From now on they look after the class; twice is harmless.

    Refuses: not_of_the_nursery (holds no post here that may write the days of children).
    """
    posts = StaffPost.objects.active(at.date()).filter(user=user, community=nursery_class.community_id)
    if not posts.filter(role__in=roles_with("childcare.change_childday")).exists():
        raise ValidationError(_("This person does not work in the nursery here."), code="not_of_the_nursery")
    try:
        with transaction.atomic():
            row = ClassTeacher.objects.create(nursery_class=nursery_class, user=user, since=at)
    except IntegrityError:
        return ClassTeacher.objects.current().get(nursery_class=nursery_class, user=user)
    record_teacher_change(row, "class_given", at, by)
    return row


@transaction.atomic
def end_class(*, teacher: ClassTeacher, at: dt.datetime, by: User) -> None:
    """They no longer look after the class; twice is harmless."""
    if ClassTeacher.objects.current().filter(pk=teacher.pk).update(ended_at=at):
        record_teacher_change(teacher, "class_ended", at, by)


@transaction.atomic
def hand_over_class(*, teacher: ClassTeacher, to: User, at: dt.datetime, by: User) -> ClassTeacher:
    """A colleague looks after the class instead.

    Refuses: not_of_the_nursery.
    """
    row = give_class(nursery_class=teacher.nursery_class, user=to, at=at, by=by)
    end_class(teacher=teacher, at=at, by=by)
    return row


def record_teacher_change(row: ClassTeacher, verb: str, at: dt.datetime, by: User) -> None:
    community = row.nursery_class.community_id
    record(verb=verb, subject=row, community=community, at=at, actor=by, teacher=row.user_id)
