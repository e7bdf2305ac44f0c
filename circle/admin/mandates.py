from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.actions import give_mandate, refuse_acting, revoke_mandate
from circle.actions.mandates import check_agent
from circle.admin.resident_actions import is_alive
from circle.backoffice.confirmation import Question, render_question
from circle.backoffice.row_actions import RowAction, RowForm, pass_row_as
from circle.backoffice.site import CommunityAdmin
from circle.identifiers.phone_numbers import parse_mobile
from circle.models import Mandate, User


class MandateForm(forms.ModelForm):
    agent_phone = forms.CharField(
        label=_("Mobile number of who acts"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "class": "vTextField"}),
        help_text=_("They sign in with this number; they need not have done so yet."),
    )

    def clean_agent_phone(self) -> str:
        return parse_mobile(self.cleaned_data["agent_phone"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        agent, principal = User.objects.with_phone(said.get("agent_phone", "")), said.get("principal")
        if agent and principal:
            check_agent(principal, agent)
        same = Mandate.objects.filter(
            principal=principal,
            agent=agent,
            scope=said.get("scope"),
            revoked_at=None,
            valid_until=None,
        )
        if agent and not said.get("valid_until") and same.exists():
            raise ValidationError(_("This person already holds that mandate."), code="already_given")
        return said


class RefusalForm(RowForm):
    """Only present agents can be chosen; nobody else acts for them anyway."""

    agent = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who may not act for them"),
        required=False,
        empty_label=_("nobody at all may"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agents = self.row.mandates_given.values("agent")
        self.fields["agent"].queryset = User.objects.filter(pk__in=agents)


REFUSE_ACTING = RowAction(
    name="refuse-acting",
    label=_("They do not want to be acted for"),
    button=_("Keep it"),
    form=RefusalForm,
    perform=pass_row_as("principal", refuse_acting),
    available=is_alive,
    permission="circle.change_mandate",
    sentence=_("Mandates end at once and cannot be given again until they themselves take this back."),
    done=_("It is kept."),
)


@admin.register(Mandate)
class MandateAdmin(CommunityAdmin):
    """Given and ended at the counter; one that was given is not edited."""

    community_path = "principal__community"
    form = MandateForm
    list_display = [
        "principal",
        "agent",
        "basis",
        "scope",
        "valid_from",
        "valid_until",
        "revoked_at",
        "is_confirmed",
    ]
    list_select_related = ["principal", "agent"]
    list_filter = ["basis", "scope", ("revoked_at", admin.EmptyFieldListFilter)]
    person_path = "principal"
    search_fields = ["principal__name"]
    raw_id_fields = ["principal"]  # a list to choose from: two people may have one name
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/circle/mandate/change_form.html"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        who = ["agent", "revoked_at"] if obj else ["agent_phone"]
        return ["principal", who[0], "basis", "scope", "valid_from", "valid_until", *who[1:]]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.get_fields(request, obj) if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"valid_from": timezone.localdate()} | super().get_changeform_initial_data(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Mandate, form: Any, change: bool) -> None:
        phone = form.cleaned_data["agent_phone"]
        give_mandate(mandate=obj, phone=phone, at=timezone.now(), by=request.user)

    def get_urls(self) -> list[URLPattern]:
        revoke = path(
            "<int:pk>/revoke/", self.admin_site.admin_view(self.revoke), name="circle_mandate_revoke"
        )
        return [revoke, *super().get_urls()]

    def revoke(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks once more, then ends the mandate from now on."""
        mandate = get_object_or_404(self.get_queryset(request).select_related("principal"), pk=pk)
        if not super().has_change_permission(request, mandate):
            raise PermissionDenied
        back = reverse("admin:circle_mandate_change", args=[pk])
        if request.method == "POST":
            revoke_mandate(mandate=mandate, at=timezone.now(), by=request.user)
            messages.success(request, gettext("The mandate has ended."))
            return redirect(back)
        words = {"agent": mandate.agent, "principal": mandate.principal}
        sentence = gettext("From now on %(agent)s may no longer act for %(principal)s.") % words
        question = Question(
            title=gettext("End a mandate"), button=gettext("End it"), back=back, sentences=[sentence]
        )
        return render_question(request, question)
