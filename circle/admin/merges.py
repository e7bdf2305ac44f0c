from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circle.actions import merge_residents
from circle.actions.merges import check_mergeable, merge_preview
from circle.admin.resident_actions import RESULT, PersonForm, is_alive
from circle.backoffice.intake import person_label
from circle.backoffice.row_actions import RowAction
from circle.models import Resident


class MergeForm(PersonForm):
    """Finds the duplicate first, then asks, with the preview shown."""

    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)


def merge(
    resident: Resident, *, q: str, person: Resident, confirmed: str, **more: Any
) -> dict[str, Any] | None:
    """Show the preview; merge once that same duplicate is confirmed."""
    if confirmed == str(person.code):
        merge_residents(kept=resident, duplicate=person, **more)
        return None
    check_mergeable(resident, person)
    form = MergeForm(initial={"q": q, "person": person.code, "confirmed": person.code}, row=resident)
    form.fields["q"].widget = forms.HiddenInput()
    two = {"kept": person_label(resident), "duplicate": person_label(person)}
    counts = merge_preview(kept=resident, duplicate=person)
    return RESULT | {"form": form, "counts": counts, "two": two}


MERGE = RowAction(
    name="merge",
    label=_("Merge a duplicate into this row"),
    button=_("Go on"),
    form=MergeForm,
    perform=merge,
    available=is_alive,
    sentence=(
        _("This row is kept. All that belongs to the other row moves here, and it is shown no more."),
        _("A merge cannot be taken back."),
    ),
    done=_("The two rows are one."),
)
