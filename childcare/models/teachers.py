from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from childcare.models.classes import OF_ITS_CLASS, NurseryClass
from circle.models import User, within_posts


class ClassTeacherQuerySet(models.QuerySet["ClassTeacher"]):
    def for_user(self, user: User) -> Self:
        staff = within_posts(
            user, "childcare.change_nurseryclass", "nursery_class__community", places=OF_ITS_CLASS
        )
        return self.filter(staff | Q(user=user))

    def current(self) -> Self:
        return self.filter(ended_at=None)


class ClassTeacher(models.Model):
    """Who looks after a class. A nurse sees the days of the own classes, and of no other."""

    nursery_class = models.ForeignKey(
        NurseryClass, models.PROTECT, related_name="teachers", verbose_name=_("class")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="nursery_classes", verbose_name=_("who")
    )
    since = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = ClassTeacherQuerySet.as_manager()

    class Meta:
        verbose_name = _("nurse or teacher of a class")
        verbose_name_plural = _("nurses and teachers of classes")
        ordering = ["nursery_class", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["nursery_class", "user"],
                condition=Q(ended_at=None),
                name="class_teacher_once",
                violation_error_message=_("They look after this class already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.nursery_class_id} ← {self.user_id}"


def of_classes(user: User, permission: str, path: str = "nursery_class", community: str = "community") -> Q:
    """Rows of the classes in somebody's care: of all where they may read the applications, else of their own.

    `path` leads from the row to its class, `community` to its community.
    """
    own = ClassTeacher.objects.current().filter(user=user).values("nursery_class")
    places = ("facility" if path == "pk" else f"{path}__facility",)
    reads_all = within_posts(user, "childcare.view_application", community, places=places)
    return within_posts(user, permission, community, places=places) & (reads_all | Q(**{f"{path}__in": own}))
