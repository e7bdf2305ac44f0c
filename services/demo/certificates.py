"""What the committee of the demo certifies, what others do, and one certificate."""

import json
from pathlib import Path

from django.utils import timezone

from circle.demo.staff import demo_clerk
from circle.models import Community, Resident
from services import actions
from services.models import CertificateMatter, CommitteeCertificate

DATA = Path(__file__).resolve().parent.parent / "data" / "certificates.json"


def load_certificates(community: Community) -> None:
    """A matter that is there already stays as it is."""
    for order, row in enumerate(json.loads(DATA.read_text(encoding="utf-8"))):
        values = row | {"order": order}
        CertificateMatter.objects.get_or_create(community=community, code=values.pop("code"), defaults=values)
    if not CommitteeCertificate.objects.filter(community=community).exists():
        issue_one(community)


def issue_one(community: Community) -> None:
    homes = Resident.objects.living().filter(community=community, building__isnull=False)
    person = homes.exclude(born_on=None).order_by("pk").first()
    if person:
        actions.issue_certificate(
            matter=CertificateMatter.objects.get(community=community, code="residence"),
            resident=person,
            addressed_to="区图书馆（演示）",
            purpose="办理借书证",
            copies=1,
            at=timezone.now(),
            by=demo_clerk(community),
        )
