import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.models.people import User
from circle.models.places import Community
from circle.models.posts import within_posts


@dataclass(frozen=True)
class Edit:
    """An allowed UPDATE: an SQL condition on OLD and NEW, and the only columns that it may change.

    Without columns it may change all of them.
    """

    when: str
    only: Sequence[str] = ()


class AppendOnly(models.Model):
    """Rows that the database lets nobody change or delete, by triggers (circle/audit/append_only.py).

    `deletable_when` is an SQL condition on OLD under which a row may be deleted; empty means never.
    `insertable_when` is one on NEW that every new row has to meet; empty means any.
    `edits` are the allowed changes, such as those of a draft; without one a row never changes.
    """

    deletable_when: ClassVar[str] = ""
    insertable_when: ClassVar[str] = ""
    edits: ClassVar[Sequence[Edit]] = ()

    class Meta:
        abstract = True


class RecordQuerySet(models.QuerySet["Record"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "circle.view_record"))

    def unsealed(self) -> Self:
        return self.filter(seal=None)

    def about(self, subject: models.Model) -> Self:
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def before(self, at: dt.datetime) -> Self:
        return self.filter(at__lt=at)


class Record(AppendOnly):
    """An audit record: who did what to which row, from which state to which. Only ids, codes and verbs."""

    # The permit is the program's word; the half year is the law's, whatever a rule or a permit says.
    deletable_when = (
        "OLD.at < {half_year_ago} AND EXISTS (SELECT 1 FROM circle_purgepermit AS permit"
        " WHERE permit.community_id = OLD.community_id AND OLD.at < permit.older_than)"
    )

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    verb = models.CharField(_("what"), max_length=40)
    subject_type = models.CharField(_("kind of row"), max_length=60)
    subject_id = models.BigIntegerField(_("row"))
    from_state = models.CharField(_("from"), max_length=40, blank=True)
    to_state = models.CharField(_("to"), max_length=40, blank=True)
    details = models.JSONField(_("details"), default=dict, encoder=DjangoJSONEncoder)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["community", "-id"], name="record_latest"),
            models.Index(fields=["community", "-at"], name="record_by_day"),
            models.Index(fields=["community", "verb", "-id"], name="record_by_verb"),
            models.Index(fields=["subject_type", "subject_id"], name="record_subject"),
        ]

    def __str__(self) -> str:
        return f"{localtime(self.at):%Y-%m-%d %H:%M} {self.verb}"


class Seal(AppendOnly):
    """A record's position in its community's hash chain; it remains when its record is purged."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    position = models.PositiveBigIntegerField()
    # No constraint in the database: the record may be purged while its seal stays.
    record = models.OneToOneField(Record, models.DO_NOTHING, db_constraint=False, related_name="seal")
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["community", "position"]
        constraints = [models.UniqueConstraint(fields=["community", "position"], name="seal_position_once")]

    def __str__(self) -> str:
        return f"{self.position} {self.digest[:8]}"


class Anchor(AppendOnly):
    """The length and digest of a community's chain on a day, so that a truncated chain is noticed.

    `tick` and `verify_records` print the same line, to be stored outside this database.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    day = models.DateField()
    position = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["community", "day"]
        constraints = [models.UniqueConstraint(fields=["community", "day"], name="anchor_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.position} {self.digest}"


class Purge(AppendOnly):
    """A purge of records older than a moment: by whom and why. Written only while a `PurgePermit` is open."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    older_than = models.DateTimeField(_("older than"))
    last_position = models.PositiveBigIntegerField(_("last place in the chain"))
    count = models.PositiveIntegerField(_("records deleted"))

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.count}"


class PurgePermit(models.Model):
    """A row that exists only inside the purging transaction; with it the trigger allows deletes."""

    community = models.OneToOneField(Community, models.PROTECT, related_name="+", primary_key=True)
    older_than = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.older_than:%Y-%m-%d}"
