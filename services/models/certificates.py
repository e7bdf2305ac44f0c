"""What the committee certifies, what others do, and the book of what was sealed."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.identifiers.public_codes import new_code
from circle.models import Bilingual, Community, Resident, User, within_posts

PURPOSE_LENGTH, UNIT_LENGTH = 60, 60


class CertificateMatterQuerySet(models.QuerySet["CertificateMatter"]):
    def certified(self) -> Self:
        """What the committee itself certifies; the others lead elsewhere."""
        return self.exclude(body_zh="")


class CertificateMatter(models.Model):
    """A matter for which people ask for a certificate: made out here from `body_zh`, or by others.

    The text may name {name}, {born}, {address} and {purpose}; they are filled from the register.
    """

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="certificate_matters", verbose_name=_("community")
    )
    code = models.SlugField(_("short name"), max_length=30)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name_zh = models.CharField(_("name (Chinese)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=90)
    body_zh = models.TextField(
        _("text of the certificate (Chinese)"),
        blank=True,
        help_text=_("May name {name}, {born}, {address} and {purpose}. Empty where others certify it."),
    )
    elsewhere_zh = models.CharField(_("who else does it (Chinese)"), max_length=120, blank=True)
    elsewhere_en = models.CharField(_("who else does it (English)"), max_length=160, blank=True)

    objects = CertificateMatterQuerySet.as_manager()

    name = Bilingual()
    elsewhere = Bilingual()

    class Meta:
        verbose_name = _("matter of certificates")
        verbose_name_plural = _("matters of certificates")
        ordering = ["community", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["community", "code"], name="certificate_matter_once"),
            models.CheckConstraint(
                condition=Q(body_zh="") ^ Q(elsewhere_zh=""),
                name="certificate_matter_here_or_elsewhere",
                violation_error_message=_("Give the text of the certificate, or who else does it."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CommitteeCertificateQuerySet(models.QuerySet["CommitteeCertificate"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "services.view_committeecertificate"))


class CommitteeCertificate(models.Model):
    """One line of the book of seals: what was certified to whom, for whom, by whom, in how many copies."""

    class Status(models.TextChoices):
        ISSUED = "issued", _("issued")
        REVOKED = "revoked", _("revoked")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="committee_certificates", verbose_name=_("community")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveIntegerField(_("number in the year"))
    # As people read it aloud on the phone; random, since the numbers can be guessed.
    code = models.CharField(_("check code"), max_length=8, unique=True, default=new_code, editable=False)
    matter = models.ForeignKey(
        CertificateMatter, models.PROTECT, related_name="certificates", verbose_name=_("matter")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="committee_certificates", verbose_name=_("resident")
    )
    addressed_to = models.CharField(_("who asks for it"), max_length=UNIT_LENGTH)
    purpose = models.CharField(_("what for"), max_length=PURPOSE_LENGTH)
    body = models.TextField(_("text"))
    copies = models.PositiveSmallIntegerField(_("copies sealed"), default=1)
    issued_at = models.DateTimeField(_("sealed at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("sealed by")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ISSUED)
    status_at = models.DateTimeField(_("since"), default=timezone.now)
    reason = models.CharField(_("reason"), max_length=120, blank=True)

    objects = CommitteeCertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("book of seals")
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["community", "year", "serial"], name="certificate_number_once"),
            models.CheckConstraint(
                condition=Q(serial__gte=1, copies__gte=1, copies__lte=9),
                name="certificate_numbers_in_range",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"社证〔{self.year}〕{self.serial}号"

    @property
    def issued_on(self) -> dt.date:
        return timezone.localtime(self.issued_at).date()
