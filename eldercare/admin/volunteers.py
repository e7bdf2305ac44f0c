"""The 小棉袄 team in the back office: who joins, whom they look in on, who leaves."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import (
    ReasonForm,
    RowAction,
    RowForm,
    action_table,
    ask_or_perform,
    available_actions,
    find_action,
    is_in,
    pass_row_as,
)
from circle.backoffice.site import Pages, ReadOnlyAdmin
from circle.models import Resident
from eldercare import actions
from eldercare.actions.volunteer_hours import service_of
from eldercare.backoffice.worker_photos import photo_field, photo_tag, read_photo
from eldercare.models import Pairing, VisitDuty, Volunteer
from eldercare.models.volunteers import VOLUNTEER_CHANGE

Status = Volunteer.Status


class ElderForm(RowForm):
    resident = forms.ModelChoiceField(Resident.objects.none(), label=_("Elder"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Those whom somebody has to look in on, and who are not among theirs."""
        super().__init__(*args, **kwargs)
        due = VisitDuty.objects.filter(community=self.row.community_id, status=VisitDuty.Status.DUE)
        held = self.row.pairings.filter(ended_at=None).values("resident")
        field: Any = self.fields["resident"]
        people = Resident.objects.filter(pk__in=due.values("resident")).exclude(pk__in=held)
        field.queryset = people.order_by("building__code", "name")


class PairingForm(RowForm):
    pairing = forms.ModelChoiceField(Pairing.objects.none(), label=_("Elder"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["pairing"]
        field.queryset = self.row.pairings.filter(ended_at=None).select_related("resident")
        field.label_from_instance = lambda pairing: pairing.resident.name


class FirstVisitForm(PairingForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["pairing"]
        field.queryset = field.queryset.filter(met_at=None)


class VolunteerPhotoForm(RowForm):
    photo = photo_field(_("Without a file the photo is taken off."))

    def clean_photo(self) -> bytes:
        return read_photo(self.cleaned_data["photo"])


def on_pairing(action: Any) -> Any:
    """The form names the row that the action takes."""

    def perform(volunteer: Volunteer, *, pairing: Pairing, **said: Any) -> Any:
        return action(pairing=pairing, **said)

    return perform


on_volunteer = partial(pass_row_as, "volunteer")
TEAM_ACTIONS = action_table(
    VOLUNTEER_CHANGE,
    RowAction(
        "check",
        _("Checked"),
        on_volunteer(actions.check_volunteer),
        is_in(Status.ASKED, Status.REMOVED),
        sentence=_("You have talked to them and seen who they are."),
    ),
    RowAction("train", _("Trained"), on_volunteer(actions.train_volunteer), is_in(Status.CHECKED)),
    RowAction(
        "pair",
        _("Give an elder"),
        on_volunteer(actions.pair_elder),
        is_in(Status.ACTIVE),
        form=ElderForm,
        sentence=_("At most five, near their own home. They see them after the first visit together."),
    ),
    RowAction(
        "introduce",
        _("First visit made together"),
        on_pairing(actions.introduce_volunteer),
        is_in(Status.ACTIVE),
        form=FirstVisitForm,
        sentence=_("You went along yourself. From now on they see name and door, and go alone."),
    ),
    RowAction(
        "unpair",
        _("Take an elder off"),
        on_pairing(actions.end_pairing),
        is_in(Status.ACTIVE),
        form=PairingForm,
    ),
    RowAction(
        "photo",
        _("Photo"),
        on_volunteer(actions.set_volunteer_photo),
        is_in(Status.ASKED, Status.CHECKED, Status.ACTIVE),
        form=VolunteerPhotoForm,
    ),
    RowAction(
        "remove",
        _("Remove from the team"),
        on_volunteer(actions.remove_volunteer),
        is_in(Status.ASKED, Status.CHECKED, Status.ACTIVE),
        form=ReasonForm,
        sentence=_("They see no elder from this moment; their elders are free for somebody else."),
    ),
)


@admin.register(Volunteer)
class VolunteerAdmin(ReadOnlyAdmin):
    list_display = ["user", "status", "status_at", "trained_on"]
    list_select_related = ["user"]
    list_filter = ["status"]
    search_fields = ["user__name", "=number"]
    fields = [
        "user", "number", "shown_photo", "status", "status_at", "trained_on", "reason",
        "service", "elders", "verbs", "history",
    ]  # fmt: skip
    readonly_fields = ["shown_photo", "service", "elders", "verbs", "history"]

    def pages(self) -> Pages:
        return [("ask/<int:pk>/<slug:name>/", ask, "ask")]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).without_photos()

    @admin.display(description=_("photo"))
    def shown_photo(self, volunteer: Volunteer) -> str:
        return photo_tag(volunteer.photo)

    @admin.display(description=_("visits and hours this year"))
    def service(self, volunteer: Volunteer) -> str:
        given = service_of(volunteer, localdate())
        return f"{given.visits} · {given.hours}"

    @admin.display(description=_("elders"))
    def elders(self, volunteer: Volunteer) -> str:
        rows = volunteer.pairings.filter(ended_at=None).select_related("resident", "met_with")
        return format_html_join("", "<p>{} {}</p>", ((row.resident, row.met_with or "–") for row in rows))

    @admin.display(description=_("what can be done"))
    def verbs(self, volunteer: Volunteer) -> str:
        links = (
            (reverse("admin:eldercare_volunteer_ask", args=[volunteer.pk, verb.name]), verb.label)
            for verb in available_actions(TEAM_ACTIONS, volunteer, now())
        )
        return format_html_join(" · ", '<a href="{}">{}</a>', links)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """volunteer/ask/<pk>/<verb>/: the form of one action."""
    action = find_action(TEAM_ACTIONS, name)
    require_permissions(request, action.permission)
    near = Volunteer.objects.filter(within_reach(request, VOLUNTEER_CHANGE))
    volunteer = get_object_or_404(near.select_related("community", "user"), pk=pk)
    back = reverse("admin:eldercare_volunteer_change", args=[volunteer.pk])
    return ask_or_perform(request, action, volunteer, back)
