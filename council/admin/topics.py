"""Topics in the back office: read, typed in from paper, taken up, declined, answered."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.actions import find_or_register
from circle.backoffice.intake import people_at_desk
from circle.backoffice.post_permissions import communities_with_permission, within_reach
from circle.backoffice.site import Pages, ReadOnlyAdmin
from circle.booking.idempotency import new_key, once
from circle.identifiers.public_codes import parse_uuids
from circle.models import Resident
from council import actions
from council.admin import doorstep, firms
from council.admin.pages import answered, page, posted, row_of
from council.backoffice.topics import (
    LABELS,
    PERMISSION,
    AcceptForm,
    AnswerForm,
    AssignForm,
    HandOnForm,
    SlipForm,
    available_actions,
)
from council.models import Meeting, Topic, closed_by_firms

ADD = "council.add_topic"
ALWAYS = ["GET", "HEAD", "POST"]
Status = Topic.Status


class LateFilter(admin.SimpleListFilter):
    title = _("what waits")
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("late", _("of past meetings, without an answer")),
            ("replied", _("a firm has said that it is done, or not theirs")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Topic]) -> QuerySet[Topic]:
        if self.value() == "late":
            return queryset.unanswered().filter(meeting__status=Meeting.Status.HELD)
        if self.value() == "replied":
            return closed_by_firms(queryset)
        return queryset


@admin.register(Topic)
class TopicAdmin(ReadOnlyAdmin):
    list_display = ["receipt", "short", "title", "status", "via", "came_at"]
    list_filter = [LateFilter, "status", "via"]
    search_fields = ["receipt", "public_text_zh", "public_text_en"]
    fields = [
        "receipt",
        "status",
        "status_at",
        "title",
        "text",
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
        "entered_by",
        "responsible",
        "firm",
        "said",
    ]
    readonly_fields = ["title", "phone", "receipt", "what_if", "said"]
    show_full_result_count = False
    view_on_site = False
    change_form_template = "admin/council/topic/change_form.html"
    change_list_template = "admin/council/topic/change_list.html"

    def pages(self) -> Pages:
        return [
            ("new/", new, "new"),
            ("<int:pk>/do/<slug:name>/", do, "do"),
            ("door/", doorstep.door, "door"),
            ("firm/", firms.matters, "firm"),
            ("firm/<slug:receipt>/", firms.matter, "reply"),
        ]

    @admin.display(description=_("meeting"))
    def title(self, topic: Topic) -> str:
        return topic.meeting.name

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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        related = ["meeting__body", "raised_by", "scenario", "responsible", "firm"]
        return super().get_queryset(request).select_related(*related)

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """The steps of a meeting lead to its topics."""
        return lookup == "meeting__id__exact" or super().lookup_allowed(lookup, value, request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        topic = self.get_object(request, object_id) if object_id.isdecimal() else None
        more = {"verbs": verbs(request, topic) if topic is not None else []}
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {"may_type": request.user.has_perm(ADD)}
        return super().changelist_view(request, more | (extra_context or {}))


def verbs(request: HttpRequest, topic: Topic) -> list[tuple[str, Any]]:
    """What this user may do with it now."""
    reached = {
        permission: communities_with_permission(request, permission)
        for permission in set(PERMISSION.values())
    }
    return [
        (name, LABELS[name])
        for name in available_actions(topic)
        if (where := reached[PERMISSION[name]]) is None or topic.community_id in where
    ]


class TopicVerb:
    """A page with a form of its own, and the action that takes what it says."""

    def __init__(self, form: Callable[..., Any], act: Callable[..., Any], done: Any) -> None:
        self.form, self.act, self.done = form, act, done


def decline(*, topic: Topic, answer_zh: str, answer_en: str, **more: Any) -> Topic:
    return actions.decline_topic(topic=topic, reason_zh=answer_zh, reason_en=answer_en, **more)


VERBS = {
    "accept": TopicVerb(
        lambda data, topic: AcceptForm(
            data, initial={"public_text_zh": topic.public_text_zh, "public_text_en": topic.public_text_en}
        ),
        actions.accept_topic,
        _("The topic is taken up. Now it can be put on the agenda."),
    ),
    "decline": TopicVerb(
        lambda data, topic: AnswerForm(data),
        decline,
        _("The topic is declined, and its person is told."),
    ),
    "answer": TopicVerb(
        lambda data, topic: AnswerForm(data),
        actions.answer_topic,
        _("The topic has its answer, and its person is told."),
    ),
    "assign": TopicVerb(
        lambda data, topic: AssignForm(data, topic=topic),
        actions.assign_topic,
        _("It is said who sees to the topic, and they are told."),
    ),
    "hand_on": TopicVerb(
        lambda data, topic: HandOnForm(data, topic=topic),
        actions.hand_on_topic,
        _("The topic belongs to the other meeting now."),
    ),
}


@require_http_methods(ALWAYS)
def do(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """topic/<pk>/do/<verb>/: the form of this verb, and the deed."""
    if name not in VERBS:
        raise Http404
    rows = Topic.objects.select_related(
        "meeting__body",
        "meeting__place",
        "meeting__community",
        "raised_by__login",
        "mandate__agent",
        "community",
    )
    topic, verb = row_of(request, rows, pk, PERMISSION[name]), VERBS[name]
    form = verb.form(posted(request), topic)
    back = back_to(topic, request.GET.get("back", ""))
    done = answered(
        request,
        form,
        lambda said: verb.act(topic=topic, at=timezone.now(), by=request.user, **said),
        str(verb.done),
        back,
    )
    return done or page(
        request,
        "topic/do.html",
        str(LABELS[name]),
        status=422 if form.errors else 200,
        topic=topic,
        form=form,
        button=LABELS[name],
        back=back,
    )


def back_to(topic: Topic, where: str) -> str:
    """The card of who raised it, where the verb was chosen there, else the topic itself."""
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
    form = SlipForm(posted(request), meetings=meetings, initial=likely(meetings, person))
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
        has_call=meetings.exists(),
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
    said, community = form.cleaned_data, form.cleaned_data["meeting"].community
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
        community = said["meeting"].community
        person = chosen(request).filter(community=community).first() or signer(request, form, at)
        return actions.submit_topic(
            meeting=said["meeting"],
            resident=person,
            text=said["text"],
            dimension=said["dimension"],
            via=said["via"],
            came_at=said["came_at"],
            at=at,
            by=request.user,
        ).receipt

    return once(actor=f"user:{request.user.pk}", key=said["once"], at=at, act=act)
