"""Whether a paper, or a person, was seen to be real: the hooks `real` and `identity_seen`."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from services.models import CommitteeCertificate, IdentitySeen


def certificates_with_code(code: str) -> list[tuple[Any, dt.datetime]]:
    """Its number, kind and day, and whether it still counts; never for whom it is."""
    rows = CommitteeCertificate.objects.filter(code=code).select_related("matter")
    return [(describe_certificate(row), row.issued_at) for row in rows]


def describe_certificate(row: CommitteeCertificate) -> str:
    names = {"number": row.number, "matter": row.matter.name}
    if row.status == CommitteeCertificate.Status.REVOKED:
        return _("certificate %(number)s, %(matter)s: revoked, it counts no more") % names
    return _("certificate %(number)s, %(matter)s") % names


def is_identity_seen(resident: int) -> bool:
    return IdentitySeen.objects.filter(resident=resident).exists()
