"""Consents: read only, withdrawn by a confirmed action."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.actions import withdraw_consent
from circle.backoffice.confirmation import Question, render_question
from circle.backoffice.site import ReadOnlyAdmin
from circle.models import Consent, Via
from circle.privacy.purposes import all_purposes


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    """Consents with the version of their text. The database refuses to change a row."""

    list_display = ["resident", "title", "matter", "via", "given_at", "withdrawn_at"]
    list_select_related = ["resident"]
    list_filter = [("withdrawn_at", admin.EmptyFieldListFilter), "purpose", "via"]
    person_path = "resident"
    search_fields = ["resident__name", "=matter"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/circle/consent/change_form.html"
    fields = [
        "resident", "guardian", "title", "matter", "text_version", "language", "via",
        "given_at", "given_by", "withdrawn_at", "withdrawn_by",
    ]  # fmt: skip
    readonly_fields = ["title"]

    @admin.display(description=_("purpose"))
    def title(self, consent: Consent) -> str:
        return str(next((each.title for each in all_purposes() if each.code == consent.purpose), "–"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.withdraw)
        return [path("<int:pk>/withdraw/", view, name="circle_consent_withdraw"), *super().get_urls()]

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """At the request of the person, who came or phoned."""
        consent = get_object_or_404(self.get_queryset(request).select_related("resident"), pk=pk)
        if not self.may_act(request, consent):
            raise PermissionDenied
        back = reverse("admin:circle_consent_change", args=[pk])
        question = Question(
            title=gettext("Withdraw a consent"),
            button=gettext("Withdraw the consent"),
            back=back,
            sentences=[
                gettext("What rests on it ends now: bookings and applications that need it, and the answers.")
            ],
        )
        if request.method == "POST":
            try:
                withdraw_consent(consent=consent, via=Via.PHONE, at=timezone.now(), by=request.user)
            except ValidationError as refusal:
                messages.error(request, refusal.messages[0], refusal.code or "")
            return redirect(back)
        return render_question(request, question)
