"""What the desk does with certificates: makes one out for a resident, revokes one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import ReasonForm, RowAction, RowForm, action_table, is_in, pass_row_as
from circle.models import Resident
from services import actions
from services.models import CertificateMatter, CommitteeCertificate
from services.models.certificates import PURPOSE_LENGTH, UNIT_LENGTH


class IssueForm(RowForm):
    """Who asks for which certificate, and what for; the row is the resident."""

    matter = forms.ModelChoiceField(CertificateMatter.objects.none(), label=_("matter"))
    addressed_to = forms.CharField(
        label=_("who asks for it"),
        max_length=UNIT_LENGTH,
        help_text=_("The office or firm to which it is handed."),
    )
    purpose = forms.CharField(label=_("what for"), max_length=PURPOSE_LENGTH)
    copies = forms.IntegerField(label=_("copies sealed"), min_value=1, max_value=9, initial=1)

    def __init__(self, *args: Any, row: Resident, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        field: Any = self.fields["matter"]
        field.queryset = CertificateMatter.objects.filter(community=row.community_id).certified()


[ISSUE, REVOKE] = action_table(
    "services.add_committeecertificate",
    RowAction(
        "issue",
        _("Make out a certificate"),
        pass_row_as("resident", actions.issue_certificate),
        form=IssueForm,
        sentence=(
            _("Ask first whether the office that wants it can look it up itself, or takes a declaration."),
            _("The text is filled from the register. Read it out before it is sealed."),
        ),
    ),
    RowAction(
        "revoke",
        _("Revoke it"),
        pass_row_as("certificate", actions.revoke_certificate),
        is_in(CommitteeCertificate.Status.ISSUED),
        form=ReasonForm,
        sentence=_("Whoever checks its code then reads that it counts no more."),
    ),
)
