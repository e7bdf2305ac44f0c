"""What staff fill in for the steps of an agency case."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.backoffice.row_actions import RowForm, text_field
from circle.forms.dates import DayField
from circle.models import Resident, StaffPost, User, Via
from services.models import AgencyCase, CasePaper, CaseStop, Flow, IdentitySeen, ServiceItem
from services.models.case_papers import PAPER_NAME_LENGTH
from services.models.cases import CHANGE, RECEIPT_LENGTH, WORDS_LENGTH

USUAL_AUTHORISATION = dt.timedelta(days=180)


def channel_choices(*names: str) -> list[tuple[str, Any]]:
    return [(value, label) for value, label in Via.choices if value in names]


def optional_text(name: str, label: Any) -> forms.CharField:
    shown = {"id": name, "rows": 3, "maxlength": WORDS_LENGTH}
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs=shown))


class RequestForm(RowForm):
    """Which errand, and how we were asked; the row is the resident."""

    item = forms.ModelChoiceField(ServiceItem.objects.none(), label=_("service item"))
    via = forms.ChoiceField(label=_("how they told us"), choices=channel_choices("phone", "window", "door"))
    words = optional_text("words", _("what was said"))

    def __init__(self, *args: Any, row: Resident, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        field: Any = self.fields["item"]
        offered = ServiceItem.objects.public(row.community).offered(localdate())
        field.queryset = offered.filter(flow=Flow.AGENCY, status=ServiceItem.Status.ACTIVE).order_by("code")


class IdentityForm(RowForm):
    paper = forms.ChoiceField(label=_("which paper was seen"), choices=IdentitySeen.Paper.choices)
    via = forms.ChoiceField(label=_("where it was seen"), choices=channel_choices("window", "door"))


class CaseForm(RowForm):
    """`read` is the revision that the page showed: who comes second reads first what the other one did."""

    read = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.initial["read"] = self.case.revision

    @property
    def case(self) -> AgencyCase:
        found: AgencyCase = self.row
        return found

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if getattr(error, "code", "") == "changed_meanwhile":  # the page shows the other one's change now
            said: Any = self.data
            self.data = said.copy()
            self.data["read"] = AgencyCase.objects.get(pk=self.case.pk).revision  # type: ignore[index]


class PublicForm(CaseForm):
    public = optional_text("public", _("said to the resident"))


class MissingForm(CaseForm):
    missing = text_field("missing", _("all papers that are missing"), WORDS_LENGTH)


class SupplyForm(PublicForm):
    via = forms.ChoiceField(label=_("how it came"), choices=channel_choices("window", "door", "online"))

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.initial["via"] = Via.ONLINE if self.case.supplied_at else Via.WINDOW


class AuthoriseForm(CaseForm):
    valid_until = DayField(label=_("valid until"))
    via = forms.ChoiceField(label=_("signed where"), choices=channel_choices("window", "door"))
    photo = forms.FileField(
        label=_("photograph of the signed paper"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.initial["valid_until"] = localdate() + USUAL_AUTHORISATION


class SubmitForm(PublicForm):
    receipt = forms.CharField(label=_("the office's receipt number"), max_length=RECEIPT_LENGTH)
    field_order = ["receipt", "public"]


class SpanForm(CaseForm):
    starts_on = DayField(label=_("first day"))
    ends_on = DayField(label=_("last day"), required=False, help_text=_("Empty while it is not known."))
    reason = text_field("reason", _("Reason"), WORDS_LENGTH)


class StopForm(SpanForm):
    kind = forms.ChoiceField(
        label=_("why the clock stands still"),
        choices=[choice for choice in CaseStop.Kind.choices if choice[0] != CaseStop.Kind.SUPPLEMENT],
    )
    field_order = ["kind", "starts_on", "ends_on", "reason"]


class CorrectForm(SpanForm):
    """The row is the stop."""

    is_void = forms.BooleanField(label=_("entered by mistake"), required=False)

    def __init__(self, *args: Any, row: CaseStop, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.initial.update({name: getattr(row, name) for name in ("starts_on", "ends_on", "reason")})

    @property
    def case(self) -> AgencyCase:
        found: AgencyCase = self.row.case
        return found


class RefuseForm(CaseForm):
    reason = text_field("reason", _("Reason of the office"), WORDS_LENGTH)
    remedy = text_field("remedy", _("what can be done against it, and until when"), WORDS_LENGTH)


class HandOverForm(CaseForm):
    delivery = forms.ChoiceField(label=_("how the result went"), choices=AgencyCase.Delivery.choices)
    handed_to = forms.CharField(label=_("handed to"), max_length=60)
    proof = forms.CharField(
        label=_("code for the result, or tracking number"),
        max_length=RECEIPT_LENGTH,
        help_text=_("The person reads the code from our message or from the page of the case."),
    )


class WithdrawForm(CaseForm):
    reason = text_field("reason", _("Reason"), WORDS_LENGTH)
    via = forms.ChoiceField(label=_("how they told us"), choices=channel_choices("phone", "window", "door"))


class NoteForm(PublicForm):
    inner = optional_text("inner", _("for colleagues alone"))


class PaperForm(CaseForm):
    name = forms.CharField(label=_("which paper"), max_length=PAPER_NAME_LENGTH)


class ReturnForm(RowForm):
    """The row is the paper."""

    returned_to = forms.CharField(label=_("given back to"), max_length=60)


class AssignForm(CaseForm):
    handler = forms.ModelChoiceField(User.objects.none(), label=_("handler"))
    substitute = forms.ModelChoiceField(
        User.objects.none(),
        label=_("stands in"),
        required=False,
        empty_label=pgettext_lazy("person", "nobody"),
    )

    def __init__(self, *args: Any, row: AgencyCase, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        fields: dict[str, Any] = self.fields
        for name in ("handler", "substitute"):
            fields[name].queryset = staff_of(row)
            self.initial[name] = getattr(row, f"{name}_id")


def staff_of(case: AgencyCase) -> "Any":
    """Who does errands in this community today."""
    posts = StaffPost.objects.active(localdate()).giving(CHANGE).filter(community=case.community_id)
    return User.objects.filter(posts__in=posts, is_active=True).distinct().order_by("pk")


def is_out(paper: CasePaper, at: dt.datetime) -> bool:
    return paper.is_out
