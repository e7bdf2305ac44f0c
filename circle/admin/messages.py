import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from circle.actions import queue_in_person_message, record_in_person_outcome, send_again
from circle.admin import knocks, wishes
from circle.backoffice.confirmation import Question, ask_about_rows, show_refusal
from circle.backoffice.post_permissions import within_reach
from circle.backoffice.site import ReadOnlyAdmin
from circle.identifiers.masking import mask_phone
from circle.models import Message, SmsTemplate
from circle.notifications import GROUP_EVENTS, message_events, phone_of, text_of, wording_to_submit

HIDDEN = "••••••"


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """The outbox. Nothing is written here; what was not delivered is sent again or told in person."""

    near_path = "resident__building__"
    assignee_path = "assigned_to"
    list_display = ["kind", "text", "recipient", "channel", "status", "due_at", "fault"]
    list_select_related = ["resident", "user", "community"]
    list_filter = ["status", "channel"]
    search_fields = ["event", "code"]
    search_help_text = _("The code in the message, or the kind of message")
    fields = [
        "kind",
        "code",
        "recipient",
        "text",
        "channel",
        "language",
        "status",
        "created_at",
        "due_at",
        "sent_at",
        "attempts",
        "outcome",
        "assigned_to",
        "fault",
        "history",
    ]
    readonly_fields = ["kind", "recipient", "text", "history"]
    actions = ["told", "again", "knock"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/circle/message/change_form.html"

    @admin.display(description=_("event"), ordering="event")
    def kind(self, message: Message) -> str:
        known = message_events().get(message.event)
        return str(known.label if known else GROUP_EVENTS.get(message.event, message.event))

    @admin.display(description=_("to"))
    def recipient(self, message: Message) -> str:
        """Who it is for by kind and masked number; by name where somebody has to go and tell them."""
        if message.channel == Message.Channel.DESK:
            return str(message.resident or message.user)
        if message.channel == Message.Channel.GROUP:
            return gettext("residents' group")
        kind = gettext("resident") if message.resident else gettext("login")
        number = phone_of(message) if message.channel == Message.Channel.SMS else ""
        return f"{kind} · {mask_phone(number)}" if number else kind

    @admin.display(description=_("text"))
    def text(self, message: Message) -> str:
        """As it is sent, without what is secret: with a sign-in code one could sign in as somebody else."""
        shown = copy.copy(message)
        shown.secret_sealed = ""
        shown.values = {"code": HIDDEN} | message.values
        return text_of(shown)

    def rows(self, request: HttpRequest, action: str) -> QuerySet[Message]:
        """Posts limited to a grid or a building see whom to tell, and nobody's other messages."""
        in_community = within_reach(request, self.permission(action))
        return super().rows(request, action).filter(in_community | Q(channel=Message.Channel.DESK))

    def get_urls(self) -> list[URLPattern]:
        view, post = self.admin_site.admin_view, require_POST
        pages = [
            path(f"<int:pk>/{name}/", view(post(partial(self.do, act=act))), name=f"circle_message_{name}")
            for name, act in MESSAGE_ACTIONS.items()
        ]
        pages += [
            path("wish/<uuid:code>/", view(wishes.wish), name="circle_message_wish"),
            path("knock/", view(partial(knocks.knock_list, model_admin=self)), name="circle_message_knock"),
            path(
                "<int:pk>/knocked/",
                view(partial(knocks.knocked, model_admin=self)),
                name="circle_message_knocked",
            ),
            path(
                "<int:pk>/hand-over/",
                view(partial(knocks.handed_over, model_admin=self)),
                name="circle_message_hand_over",
            ),
        ]
        return pages + super().get_urls()

    def do(self, request: HttpRequest, pk: int, act: "MessageAction") -> HttpResponse:
        message = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.may_act(request, message):
            raise PermissionDenied
        try:
            act.do(message=message, at=timezone.now(), by=request.user)
        except ValidationError as refusal:
            show_refusal(request, refusal)
        else:
            messages.success(request, act.said)
        return redirect("admin:circle_message_change", pk)

    @admin.action(description=_("Told in person"), permissions=["change"])
    def told(self, request: HttpRequest, queryset: QuerySet[Message]) -> HttpResponse | None:
        sentence = gettext(
            "Have these people been told? Messages that go by phone or e-mail stay as they are."
        )
        button = gettext("Yes, all of them have been told")
        return self.ask(
            request, queryset, MESSAGE_ACTIONS["told"], gettext("Told in person"), sentence, button
        )

    @admin.action(description=_("Send again"), permissions=["change"])
    def again(self, request: HttpRequest, queryset: QuerySet[Message]) -> HttpResponse | None:
        sentence = gettext("Dead letters get all their tries anew; everything else stays as it is.")
        title = gettext("Send again")
        return self.ask(request, queryset, MESSAGE_ACTIONS["again"], title, sentence, title)

    @admin.action(description=_("Put on the knock list"), permissions=["change"])
    def knock(self, request: HttpRequest, queryset: QuerySet[Message]) -> HttpResponse | None:
        sentence = gettext("Whoever looks after the building then tells these people at their door.")
        title = gettext("Put on the knock list")
        return self.ask(request, queryset, MESSAGE_ACTIONS["to_knock"], title, sentence, title)

    def ask(
        self,
        request: HttpRequest,
        queryset: Any,
        act: "MessageAction",
        title: str,
        sentence: str,
        button: str,
    ) -> HttpResponse | None:
        rows = queryset.filter(pk__in=self.rows(request, "change").values("pk"))
        back = request.get_full_path()
        question = Question(title=title, button=button, back=back, sentences=[sentence])

        def done(message: Message, _said: str) -> None:
            act.do(message=message, at=timezone.now(), by=request.user)

        return ask_about_rows(request, rows, question, done)


@dataclass(frozen=True)
class MessageAction:
    do: Callable[..., Any]
    said: Any


MESSAGE_ACTIONS = {
    "told": MessageAction(record_in_person_outcome, _("Noted: the person has been told.")),
    "again": MessageAction(send_again, _("It goes out again within a minute.")),
    "to_knock": MessageAction(queue_in_person_message, _("It stands on the knock list now.")),
}


@admin.register(SmsTemplate)
class SmsTemplateAdmin(admin.ModelAdmin):
    """Ids of the wordings that a vendor has approved."""

    list_display = ["event", "language", "vendor", "template"]
    list_filter = ["vendor", "language"]
    search_fields = ["event", "template"]
    readonly_fields = ["wording"]
    fields = ["vendor", ("event", "language"), "template", "wording"]

    @admin.display(description=_("wording to submit to the vendor"))
    def wording(self, row: SmsTemplate) -> str:
        return wording_to_submit(row.event, row.language) if row.event in message_events() else "–"
