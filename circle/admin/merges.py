from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.actions import merge_residents
from circle.actions.merges import check_mergeable, merge_preview
from circle.admin.verbs import PersonForm, Verb, ask_question
from circle.backoffice.intake import person_label
from circle.models import Resident


class MergeForm(PersonForm):
    """First finds the duplicate, then asks with the preview before one's eyes."""

    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)


def merge(request: HttpRequest, resident: Resident, said: dict[str, Any]) -> HttpResponse | None:
    duplicate = said["person"]
    if said["confirmed"] == str(duplicate.code):
        merge_residents(kept=resident, duplicate=duplicate, at=timezone.now(), by=request.user)
        return None
    check_mergeable(resident, duplicate)
    confirming = {"q": said["q"], "person": duplicate.code, "confirmed": duplicate.code}
    form = MergeForm(initial=confirming, resident=resident)
    form.fields["q"].widget = forms.HiddenInput()
    counts = merge_preview(kept=resident, duplicate=duplicate)
    two = {"kept": person_label(resident), "duplicate": person_label(duplicate)}
    return ask_question(request, MERGE, resident, form, counts=counts, two=two)


MERGE = Verb(
    name="merge",
    title=_("Merge a duplicate into this row"),
    button=_("Go on"),
    form=MergeForm,
    act=merge,
    sentences=lambda resident: [
        gettext("This row is kept. All that belongs to the other row moves here, and it is shown no more."),
        gettext("A merge cannot be taken back."),
    ],
    done=_("The two rows are one."),
)
