"""Topics in the back office: read, typed in from paper, taken up, declined, answered."""

import datetime as dt
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from circle.actions import find_or_register
from circle.backoffice.intake import people_at_desk
from circle.backoffice.post_permissions import communities_with_permission, within_reach
from circle.backoffice.row_actions import RowAction, ask_or_perform, available_actions, find_action
from circle.backoffice.site import Pages, ReadOnlyAdmin
from circle.booking.idempotency import new_key, once
from circle.identifiers.public_codes import parse_uuids
from circle.images.qr_codes import qr_data_uri
from circle.models import Resident
from council import actions
from council.admin import firms, home_visits
from council.admin.pages import page, posted, row_of
from council.backoffice.topics import ALL_TOPIC_ACTIONS, SlipForm
from council.models import Body, Meeting, Topic, closed_by_firms
from council.models.topics import READ_WORDS

ADD = "council.add_topic"
ALWAYS = ["GET", "HEAD", "POST"]


# For whoever may not read what was typed and by whom.
PUBLIC_FIELDS = [
    "receipt",
    "status",
    "status_at",
    "due_on",
    "title",
    "public_text_zh",
    "public_text_en",
    "responsible",
    "firm",
]
PUBLIC_ANSWER = ["answer_zh", "answer_en"]


class LateFilter(admin.SimpleListFilter):
    title = _("what waits")
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("due", _("past their date")),
            ("open", _("open, the most pressing first")),
            ("late", _("of past meetings or called off, without an answer")),
            ("replied", _("a firm has said that it is done, or not theirs")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Topic]) -> QuerySet[Topic]:
        if self.value() == "due":
            return queryset.overdue(localdate()).by_due_date()
        if self.value() == "open":
            return queryset.by_due_date()
        if self.value() == "late":
            return queryset.left_over()
        if self.value() == "replied":
            return closed_by_firms(queryset)
        return queryset


@admin.register(Topic)
class TopicAdmin(ReadOnlyAdmin):
    list_display = ["receipt", "short", "title", "status", "due_on", "via", "came_at"]
    list_filter = [LateFilter, "status", "via"]
    search_fields = ["receipt", "public_text_zh", "public_text_en"]
    fields = [
        "receipt",
        "status",
        "status_at",
        "due_on",
        "title",
        "text",
        "facts",
        "dimension",
        "what_if",
        "public_text_zh",
        "public_text_en",
        "answer_zh",
        "answer_en",
        "raised_by",
        "phone",
        "mandate",
        "via",
        "came_at",
        "age_reason",
        "entered_by",
        "responsible",
        "firm",
        "said",
        "way",
    ]
    readonly_fields = ["title", "phone", "receipt", "what_if", "said", "facts", "way"]
    show_full_result_count = False
    view_on_site = False
    change_form_template = "admin/council/topic/change_form.html"
    change_list_template = "admin/council/topic/change_list.html"

    def pages(self) -> Pages:
        return [
            ("new/", new, "new"),
            ("<int:pk>/do/<slug:name>/", do, "do"),
            ("<int:pk>/slip/", slip, "slip"),
            ("door/", home_visits.topic_at_visit, "door"),
            ("firm/", firms.matters, "firm"),
            ("firm/<slug:receipt>/", firms.matter, "reply"),
        ]

    @admin.display(description=_("meeting"))
    def title(self, topic: Topic) -> str:
        return topic.meeting.name if topic.meeting else "–"

    @admin.display(description=_("what it is about"))
    def short(self, topic: Topic) -> str:
        return topic.public_text or topic.text[:40]

    @admin.display(description=_("phone"))
    def phone(self, topic: Topic) -> str:
        return topic.raised_by.masked_phone if topic.raised_by else ""

    @admin.display(description=_("what if"))
    def what_if(self, topic: Topic) -> str:
        """What the sender tried out, on its public page."""
        tried = topic.scenario
        return format_html('<a href="{}">{}</a>', tried.get_absolute_url(), tried.code) if tried else "–"

    @admin.display(description=_("what the firm says"))
    def said(self, topic: Topic) -> str:
        rows = [
            (
                date_format(localtime(reply.said_at), "SHORT_DATETIME_FORMAT"),
                reply.firm,
                reply.get_status_display(),
                reply.text,
            )
            for reply in topic.replies.select_related("firm")
        ]
        return format_html_join("", "<p>{} · {} · {}: {}</p>", rows) or "–"

    @admin.display(description=_("facts taken along"))
    def facts(self, topic: Topic) -> str:
        return topic.facts or "–"

    @admin.display(description=_("its way"))
    def way(self, topic: Topic) -> str:
        """Its stations; who supports it is counted only."""
        rows = [
            (date_format(localtime(each.at), "SHORT_DATETIME_FORMAT"), each.get_kind_display(), each.note)
            for each in topic.stations.all()
        ]
        return format_html_join("", "<p>{} · {} {}</p>", rows) or "–"

    @admin.display(description=_("for everybody"))
    def public_words(self, topic: Topic) -> str:
        return topic.public_text or "–"

    def get_list_display(self, request: HttpRequest) -> list[str]:
        if request.user.has_perm(READ_WORDS):
            return self.list_display
        return ["public_words" if name == "short" else name for name in self.list_display]

    def get_fields(self, request: HttpRequest, obj: Topic | None = None) -> list[str]:
        if obj is None or can_read_words(request, obj):
            return self.fields
        return [*PUBLIC_FIELDS, *(PUBLIC_ANSWER if obj.status == Topic.Status.ANSWERED else [])]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        related = ["meeting__body", "body", "raised_by", "scenario", "responsible", "firm"]
        return super().get_queryset(request).select_related(*related)

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """The steps of a meeting lead to its topics."""
        return lookup == "meeting__id__exact" or super().lookup_allowed(lookup, value, request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        topic = self.get_object(request, object_id) if object_id.isdecimal() else None
        more = {"verbs": actions_for(request, topic) if topic is not None else []}
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {"may_type": request.user.has_perm(ADD)}
        return super().changelist_view(request, more | (extra_context or {}))


def can_read_words(request: HttpRequest, topic: Topic) -> bool:
    where = communities_with_permission(request, READ_WORDS)
    return where is None or topic.community_id in where


def actions_for(request: HttpRequest, topic: Topic) -> list[RowAction]:
    """What this user may do with it now, where it belongs."""
    offered = available_actions(ALL_TOPIC_ACTIONS, topic, timezone.now())
    reached = {
        permission: communities_with_permission(request, permission)
        for permission in {action.permission for action in offered}
    }
    return [
        action
        for action in offered
        if (where := reached[action.permission]) is None or topic.community_id in where
    ]


@require_http_methods(ALWAYS)
def do(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """topic/<pk>/do/<verb>/: shows the topic and the form of this action, and does it."""
    action = find_action(ALL_TOPIC_ACTIONS, name)
    rows = Topic.objects.select_related(
        "meeting__body",
        "meeting__place",
        "meeting__community",
        "body",
        "raised_by__login",
        "mandate__agent",
        "community",
    )
    topic = row_of(request, rows, pk, action.permission)
    return ask_or_perform(
        request,
        action,
        topic,
        back_to(topic, request.GET.get("back", "")),
        about="admin/council/topic/_facts.html",
        fields="admin/council/_fields.html",
        topic=topic,
        may_read=can_read_words(request, topic),
    )


@require_safe
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """topic/<pk>/slip/: number, date and QR code on A6, to take along; nothing of what was said."""
    topic = row_of(request, Topic.objects.select_related("community"), pk, "council.view_topic")
    url = request.build_absolute_uri(topic.loop_url)
    back = reverse("admin:council_topic_change", args=[topic.pk])
    context = {"topic": topic, "qr": qr_data_uri(url), "back": back}
    return render(request, "admin/council/topic/slip.html", context)


def back_to(topic: Topic, where: str) -> str:
    """The card of who raised it, where the action was chosen there, else the topic itself."""
    if where == "card" and topic.raised_by:
        return reverse("admin:circle_resident_card", args=[topic.raised_by.code])
    return reverse("admin:council_topic_change", args=[topic.pk])


@require_http_methods(ALWAYS)
def new(request: HttpRequest) -> HttpResponse:
    """topic/new/: what came on paper, by phone or at the window, typed in through the same action."""
    if not request.user.has_perm(ADD):
        raise PermissionDenied
    meetings = Meeting.objects.filter(within_reach(request, ADD), status=Meeting.Status.CALL_OPEN)
    person = chosen(request).first()
    bodies = Body.objects.filter(within_reach(request, ADD), kind=Body.Kind.RESIDENTS_COUNCIL)
    form = SlipForm(posted(request), meetings=meetings, bodies=bodies, initial=likely(meetings, person))
    if request.method == "POST" and form.is_valid():
        try:
            receipt = typed_once(request, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, gettext("Received under the number %(receipt)s.") % {"receipt": receipt}
            )
            return redirect("admin:council_topic_change", Topic.objects.get(receipt=receipt).pk)
    return page(
        request,
        "topic/new.html",
        gettext("Type in a topic"),
        status=422 if form.errors else 200,
        form=form,
        person=person,
        has_council=bodies.exists() or meetings.exists(),
        back=reverse("admin:council_topic_changelist"),
    )


def likely(meetings: "QuerySet[Meeting]", person: Resident | None) -> dict[str, Any]:
    """Who begins from a card has somebody on the phone; mostly one call is open, and it is meant."""
    open_calls = list(meetings[:2])
    found: dict[str, Any] = {"once": new_key()}
    found |= {"via": Topic.Channel.PHONE} if person else {}
    return found | ({"meeting": open_calls[0].pk} if len(open_calls) == 1 else {})


def chosen(request: HttpRequest) -> "QuerySet[Resident]":
    """Of ?resident=: whose card the topic was begun from."""
    people = Resident.objects.filter(within_reach(request, "circle.view_resident")).living()
    return people.filter(code__in=parse_uuids(request.GET.get("resident", "")))


def signer(request: HttpRequest, form: SlipForm, at: dt.datetime) -> Resident | None:
    """Who of the register signed the slip, else somebody new; nobody where it is unsigned.

    Refuses: choose_person, name_missing (a phone alone).
    """
    said, community = form.cleaned_data, form.cleaned_data["body"].community
    known = form.match_person(people_at_desk(request, community))
    if known or not (said["name"] or said["phone"]):
        return known
    return find_or_register(
        community=community, name=said["name"], phone=said["phone"], at=at, by=request.user
    )


def typed_once(request: HttpRequest, form: SlipForm) -> str:
    """The receipt number; a second click gets the same one."""
    said, at = form.cleaned_data, timezone.now()

    def act() -> str:
        community = said["body"].community
        person = chosen(request).filter(community=community).first() or signer(request, form, at)
        return actions.submit_topic(
            meeting=said["meeting"],
            body=said["body"],
            outside=actions.Outside(said["outside_number"], said["outside_due_on"]),
            resident=person,
            text=said["text"],
            dimension=said["dimension"],
            via=said["via"],
            came_at=said["came_at"],
            age_reason=said["age_reason"],
            at=at,
            by=request.user,
        ).receipt

    return once(actor=f"user:{request.user.pk}", key=said["once"], at=at, act=act)
