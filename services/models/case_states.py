"""The states of an agency case, and with whom its clock stands in each."""

from django.db import models
from django.utils.translation import pgettext_lazy


class CaseStatus(models.TextChoices):
    REQUESTED = "requested", pgettext_lazy("agency case", "asked for: we look at it first")
    CHECKED = "checked", pgettext_lazy("agency case", "looked at: waits for the authorisation")
    AUTHORISED = "authorised", pgettext_lazy("agency case", "authorised")
    ACCEPTED = "accepted", pgettext_lazy("agency case", "accepted: papers complete")
    SUPPLEMENT = "supplement", pgettext_lazy("agency case", "papers are missing")
    SUBMITTED = "submitted", pgettext_lazy("agency case", "handed in at the office")
    APPROVED = "approved", pgettext_lazy("agency case", "approved: the result is here")
    REFUSED = "refused", pgettext_lazy("agency case", "refused by the office")
    HANDED_OVER = "handed_over", pgettext_lazy("agency case", "result handed over")
    CLOSED = "closed", pgettext_lazy("agency case", "closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("agency case", "withdrawn")


class Holder(models.TextChoices):
    """Who has to act next."""

    US = "us", pgettext_lazy("the clock", "with us")
    RESIDENT = "resident", pgettext_lazy("the clock", "with the resident")
    OFFICE = "office", pgettext_lazy("the clock", "with the office")
    NOBODY = "nobody", pgettext_lazy("the clock", "stands still")


ENDED = [CaseStatus.CLOSED, CaseStatus.WITHDRAWN]
LIVE = [status for status in CaseStatus if status not in ENDED]
# Before the resident has authorised us; papers may be asked for meanwhile.
UNAUTHORISED = [CaseStatus.REQUESTED, CaseStatus.CHECKED, CaseStatus.SUPPLEMENT]
WITHDRAWABLE = [status for status in LIVE if status not in (CaseStatus.HANDED_OVER, CaseStatus.REFUSED)]

# The working days of each are values of the rule `agency_promises`; the office has those of the item.
STAGES: dict[str, tuple[Holder, str]] = {
    CaseStatus.REQUESTED: (Holder.US, "check"),
    CaseStatus.CHECKED: (Holder.RESIDENT, "authorise"),
    CaseStatus.AUTHORISED: (Holder.US, "accept"),
    CaseStatus.ACCEPTED: (Holder.US, "forward"),
    CaseStatus.SUPPLEMENT: (Holder.RESIDENT, "supply"),
    CaseStatus.SUBMITTED: (Holder.OFFICE, ""),
    CaseStatus.APPROVED: (Holder.US, "hand_over"),
    CaseStatus.REFUSED: (Holder.US, "hand_over"),
    CaseStatus.HANDED_OVER: (Holder.US, "close"),
}
