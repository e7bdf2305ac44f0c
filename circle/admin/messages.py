import copy
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from circle.actions import queue_in_person_message, record_in_person_outcome, send_again
from circle.admin import in_person, message_addresses, message_figures, message_preferences
from circle.backoffice.concurrent_edits import TellsOfOtherEdits
from circle.backoffice.post_permissions import within_reach
from circle.backoffice.row_actions import RowAction, ask_or_perform, pass_row_as, question_of
from circle.backoffice.row_questions import ask_about_rows
from circle.backoffice.site import ReadOnlyAdmin
from circle.identifiers.masking import mask_phone
from circle.models import Message, SmsTemplate
from circle.notifications import GROUP_EVENTS, message_events, phone_of, text_of, wording_to_submit

HIDDEN = "••••••"


NOTIFIED = RowAction(
    "told",
    _("Told in person"),
    pass_row_as("message", record_in_person_outcome),
    asks=False,
    sentence=_("Have these people been told? Messages that go by phone or e-mail stay as they are."),
    button=_("Yes, all of them have been told"),
    done=_("Noted: the person has been told."),
)
AGAIN = RowAction(
    "again",
    _("Send again"),
    pass_row_as("message", send_again),
    asks=False,
    sentence=_("Dead letters get all their tries anew; everything else stays as it is."),
    done=_("It goes out again within a minute."),
)
IN_PERSON = RowAction(
    "to_knock",
    _("Put on the knock list"),
    pass_row_as("message", queue_in_person_message),
    asks=False,
    sentence=_("Whoever looks after the building then tells these people at their door."),
    done=_("It stands on the knock list now."),
)


def ask_about_several(action: RowAction) -> Callable[..., HttpResponse | None]:
    """The action for rows chosen in the list, which asks first, unlike the button on one message."""

    @admin.action(description=action.label, permissions=["change"])
    def ask(site: "MessageAdmin", request: HttpRequest, queryset: Any) -> HttpResponse | None:
        rows = queryset.filter(pk__in=site.rows(request, "change").values("pk"))
        question = question_of(action, back=request.get_full_path())

        def perform(message: Message, _said: str) -> None:
            action.perform(message, at=timezone.now(), by=request.user)

        return ask_about_rows(request, rows, question, perform)

    return ask


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """The outbox, read only; undelivered messages are sent again or delivered in person."""

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
        """The recipient by kind and masked number; by name for messages to deliver in person."""
        if message.channel == Message.Channel.DESK:
            return str(message.resident or message.user)
        if message.channel == Message.Channel.GROUP:
            return gettext("residents' group")
        kind = gettext("resident") if message.resident else gettext("login")
        number = phone_of(message) if message.channel == Message.Channel.SMS else ""
        return f"{kind} · {mask_phone(number)}" if number else kind

    @admin.display(description=_("text"))
    def text(self, message: Message) -> str:
        """As it is sent, without secret values: with a sign-in code one could sign in as somebody else."""
        shown = copy.copy(message)
        shown.secret_sealed = ""
        shown.values = {"code": HIDDEN} | message.values
        return text_of(shown)

    def rows(self, request: HttpRequest, action: str) -> QuerySet[Message]:
        """Posts limited to a grid or a building see the messages to deliver in person only."""
        in_community = within_reach(request, self.permission(action))
        return super().rows(request, action).filter(in_community | Q(channel=Message.Channel.DESK))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(
            request, (extra_context or {}) | {"has_figures": bool(message_figures.communities_of(request))}
        )

    def get_urls(self) -> list[URLPattern]:
        view, post = self.admin_site.admin_view, require_POST
        pages = [
            path(
                f"<int:pk>/{action.name}/",
                view(post(partial(self.do, action=action))),
                name=f"circle_message_{action.name}",
            )
            for action in (NOTIFIED, AGAIN, IN_PERSON)
        ]
        pages += [
            path(
                "wish/<uuid:code>/", view(message_preferences.message_preference), name="circle_message_wish"
            ),
            path(
                "wish/<uuid:code>/address/",
                view(message_addresses.message_address),
                name="circle_message_address",
            ),
            path("figures/", view(message_figures.figures), name="circle_message_figures"),
            path(
                "knock/",
                view(partial(in_person.in_person_list, model_admin=self)),
                name="circle_message_knock",
            ),
            path(
                "<int:pk>/knocked/",
                view(partial(in_person.record_visit, model_admin=self)),
                name="circle_message_knocked",
            ),
            path(
                "<int:pk>/hand-over/",
                view(partial(in_person.reassign_visit, model_admin=self)),
                name="circle_message_hand_over",
            ),
        ]
        return pages + super().get_urls()

    def do(self, request: HttpRequest, pk: int, action: RowAction) -> HttpResponse:
        message = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.may_act(request, message):
            raise PermissionDenied
        return ask_or_perform(request, action, message, reverse("admin:circle_message_change", args=[pk]))

    told, again, knock = ask_about_several(NOTIFIED), ask_about_several(AGAIN), ask_about_several(IN_PERSON)


@admin.register(SmsTemplate)
class SmsTemplateAdmin(TellsOfOtherEdits):
    """Ids of the texts that a vendor has approved."""

    list_display = ["event", "language", "vendor", "template"]
    list_filter = ["vendor", "language"]
    search_fields = ["event", "template"]
    readonly_fields = ["wording"]
    fields = ["vendor", ("event", "language"), "template", "wording"]

    @admin.display(description=_("wording to submit to the vendor"))
    def wording(self, row: SmsTemplate) -> str:
        return wording_to_submit(row.event, row.language) if row.event in message_events() else "–"
