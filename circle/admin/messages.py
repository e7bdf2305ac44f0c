import copy

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from circle.actions import tell_in_person
from circle.messages import phone_of, text_of
from circle.models import Message
from circle.phones import masked
from circle.questions import Question, ask_about_rows
from circle.staff import ReadOnlyAdmin, within_reach

HIDDEN = "••••••"


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """The outbox. Nothing is written or sent from here; who has no phone is told in person."""

    list_display = ["event", "text", "recipient", "channel", "status", "due_at", "fault"]
    list_select_related = ["resident", "user", "community"]
    list_filter = ["status", "channel"]
    search_fields = ["event"]
    fields = [
        "event",
        "recipient",
        "text",
        "channel",
        "language",
        "status",
        "created_at",
        "due_at",
        "sent_at",
        "attempts",
        "fault",
    ]
    readonly_fields = ["recipient", "text"]
    actions = ["told"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/circle/message/change_form.html"

    @admin.display(description=_("to"))
    def recipient(self, message: Message) -> str:
        """Who it is for by kind and masked number; by name where somebody has to go and tell them."""
        if message.channel == Message.Channel.DESK:
            return str(message.resident or message.user)
        kind = gettext("resident") if message.resident else gettext("login")
        number = phone_of(message) if message.channel == Message.Channel.SMS else ""
        return f"{kind} · {masked(number)}" if number else kind

    @admin.display(description=_("text"))
    def text(self, message: Message) -> str:
        """As it is sent, without what is secret: with a sign-in code one could sign in as somebody else."""
        shown = copy.copy(message)
        shown.secret_sealed = ""
        shown.values = {"code": HIDDEN} | message.values
        return text_of(shown)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.told_one))
        told = path("<int:pk>/told/", view, name="circle_message_told")
        return [told, *super().get_urls()]

    def told_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        message = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.may_act(request, message):
            raise PermissionDenied
        tell_in_person(message=message, at=timezone.now(), by=request.user)
        messages.success(request, gettext("Noted: the person has been told."))
        return redirect("admin:circle_message_change", pk)

    @admin.action(description=_("Told in person"), permissions=["change"])
    def told(self, request: HttpRequest, queryset: QuerySet[Message]) -> HttpResponse | None:
        rows = queryset.filter(within_reach(request, self.permission("change")))
        question = Question(
            title=gettext("Told in person"),
            button=gettext("Yes, all of them have been told"),
            back=request.get_full_path(),
            sentences=[
                gettext("Have these people been told? Messages that go by phone or e-mail stay as they are.")
            ],
        )

        def told(message: Message, _said: str) -> None:
            tell_in_person(message=message, at=timezone.now(), by=request.user)

        return ask_about_rows(request, rows, question, told)
