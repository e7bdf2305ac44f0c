from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from circle.models import StaffPost
from circle.models.roles import Role


class Command(BaseCommand):
    help = (
        "Mails that a nightly unit has failed, to OPERATOR_EMAIL and to the directors: at once and not "
        "through the outbox, since the database may be what failed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("unit", help="as systemd names it: circle-backup.service")

    def handle(self, *args: Any, unit: str, **options: Any) -> None:
        readers = sorted({*settings.OPERATOR_EMAIL, *director_addresses()})
        if not readers:
            raise CommandError("Nobody to tell: OPERATOR_EMAIL is empty, and no director has an address.")
        values = {"unit": unit, "at": f"{timezone.localtime():%Y-%m-%d %H:%M}", "site": settings.SITE_URL}
        text = _("%(unit)s has failed at %(at)s on %(site)s. What it said: journalctl --unit %(unit)s")
        subject = _("%(unit)s has failed") % values
        send_mail(subject, text % values, from_email=None, recipient_list=readers)
        self.stdout.write(f"told {len(readers)}")


def director_addresses() -> set[str]:
    """None while the database does not answer."""
    posts = StaffPost.objects.active(timezone.localdate()).filter(role=Role.DIRECTOR, user__is_active=True)
    try:
        return {address for address in posts.values_list("user__email", flat=True) if address}
    except DatabaseError:
        return set()
