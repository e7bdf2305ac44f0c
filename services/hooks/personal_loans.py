"""Personal data of loans of aids: why they are stored, what is exported, what is erased."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Resident
from circle.privacy.data_export import Section, build_section, placeholder_resident
from circle.privacy.purposes import Basis, Purpose
from services.models import AidLoan
from services.models.loans import HOLDING


def loan_purpose() -> Purpose:
    return Purpose(
        code="aid_loans",
        title=_("Aids that you borrow"),
        why=_("To keep an aid for you, to know who has it, and to remind you to bring it back."),
        what=_("Which aid, who asked in whose name, from when until when, in which state it came back."),
        basis=Basis.ASKED,
        columns={"services.AidLoan": ["resident", "asked_by", "mandate", "words"]},
        ends=_("after the aid was brought back or the loan ended; then it no longer names you"),
        rule="retention_loans",
        stale=old_loans,
        forget=anonymise_loans,
    )


def old_loans(community: int, before: dt.datetime) -> QuerySet[AidLoan]:
    rows = AidLoan.objects.filter(community=community, status_at__lt=before)
    return rows.exclude(status__in=HOLDING).exclude(resident__is_nobody=True)


def anonymise_loans(rows: QuerySet[AidLoan], at: dt.datetime) -> int:
    """Aid and days remain, to count how often it is needed."""
    found = list(rows.values_list("pk", "community"))
    wipe_words(AidLoan.objects.filter(pk__in=[pk for pk, _community in found]))
    for community in {community for _pk, community in found}:
        AidLoan.objects.filter(pk__in=[pk for pk, where in found if where == community]).update(
            resident=placeholder_resident(community), asked_by=None, mandate=None
        )
    return len(found)


def wipe_words(rows: QuerySet[AidLoan]) -> None:
    rows.exclude(words="").update(words="–")


def loan_section(people: Sequence[Resident]) -> Section:
    rows = AidLoan.objects.filter(resident__in=people).select_related("resident", "stock")
    labels = {
        "resident.name": pgettext_lazy("of a person", "name"),
        "code": _("loan number"),
        "stock.name": _("aid"),
        "status": _("status"),
        "via": _("asked for"),
        "asked_at": _("asked for at"),
        "lent_at": _("handed out at"),
        "due_on": _("to be back on"),
        "words": _("in which state it came back, or why it did not"),
    }
    return build_section("aid_loans", _("Aids that you borrow"), rows, labels)


def wipe_loans(resident: Resident) -> None:
    wipe_words(AidLoan.objects.filter(resident=resident).exclude(status__in=HOLDING))
