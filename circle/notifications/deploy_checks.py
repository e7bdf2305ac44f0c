"""What `check --deploy` says of channels that are for trying out: nobody outside this machine gets them."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Caution

LOCAL_MAIL = ("console", "filebased", "locmem", "dummy")


@register(Tags.security, deploy=True)
def messages_leave_this_machine(**_options: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.SMS_URL.startswith(("console://", "file://")):
        found.append(
            Caution(
                "SMS_URL prints text messages or writes them to files: sign-in codes reach nobody, and lie "
                "there in clear.",
                hint="Enter the https:// address of a vendor's gateway.",
                id="circle.W001",
            )
        )
    if settings.EMAIL_BACKEND.split(".")[-2] in LOCAL_MAIL:
        found.append(
            Caution(
                "EMAIL_URL prints mail or writes it to files: it reaches nobody.",
                hint="Enter a mail server, such as smtp+tls://user:password@host:587.",
                id="circle.W002",
            )
        )
    return found
