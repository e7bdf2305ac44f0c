"""Alarms in the back office: the desk that refreshes itself, what is done with one, and the duty roster."""

import datetime as dt
from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from circle.actions import acknowledge_alarm, close_alarm, note_alarm, raise_alarm
from circle.audit.log import record_reading
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import (
    RowAction,
    RowForm,
    action_table,
    ask_or_perform,
    available_actions,
    find_action,
    pass_row_as,
    text_field,
)
from circle.backoffice.site import CommunityAdmin, Pages, ReadOnlyAdmin
from circle.identifiers.public_codes import parse_uuids
from circle.models import Alarm, AlarmStep, DutyShift, Resident, StaffPost, User
from circle.models.alarms import ADULTS, CHANGE, VIEW, WORDS_LENGTH, about_whom

REFRESH_SECONDS = 30
FIRST_120 = _("If a life is in danger, 120 first.")


class WordsForm(RowForm):
    words = text_field("words", _("In your words"), WORDS_LENGTH)


def can_be_taken_on(alarm: Alarm, at: dt.datetime) -> bool:
    return alarm.status == Alarm.Status.OPEN or alarm.is_silent(at)


on_alarm = partial(pass_row_as, "alarm")
ALARM_ACTIONS = action_table(
    CHANGE,
    RowAction("acknowledge", _("I see to it"), on_alarm(acknowledge_alarm), can_be_taken_on, asks=False),
    RowAction(
        "note",
        _("Note what was done"),
        on_alarm(note_alarm),
        lambda alarm, at: alarm.status == Alarm.Status.ACKNOWLEDGED,
        form=WordsForm,
        sentence=_(
            "Say whom you reached and what comes next. The clock stands still while something happens."
        ),
    ),
    RowAction(
        "close",
        _("Close it"),
        on_alarm(close_alarm),
        lambda alarm, at: alarm.is_live,
        form=WordsForm,
        sentence=(FIRST_120, _("Say how they are and how you know it. A false alarm needs words as well.")),
    ),
)
CALL = RowAction(
    "call",
    _("Take down a call for help"),
    lambda resident, **said: raise_alarm(resident=resident, source=Alarm.Source.HELP, **said),
    permission=CHANGE,
    form=WordsForm,
    sentence=(FIRST_120, _("A second call about the same person joins the alarm that is open.")),
    button=_("Raise the alarm"),
)


@admin.register(Alarm)
class AlarmAdmin(ReadOnlyAdmin):
    """Read here; what is done with one goes through the desk."""

    list_display = ["code", "raised_at", "resident", "source", "status", "acknowledged_by", "closed_at"]
    list_select_related = ["resident", "acknowledged_by", "closed_by"]
    list_filter = ["status", "source"]
    person_path = "resident"
    search_fields = ["code", "resident__name"]
    fields = [
        "code",
        "resident",
        "source",
        "words",
        "raised_at",
        "status",
        "acknowledged_by",
        "acknowledged_at",
        "outcome",
        "closed_by",
        "closed_at",
        "steps",
    ]
    readonly_fields = ["steps"]

    def pages(self) -> Pages:
        return [
            ("desk/", desk, "desk"),
            ("ask/<slug:code>/<slug:name>/", ask_first, "ask"),
            ("do/<slug:code>/", do, "do"),
            ("call/", call, "call"),
        ]

    def rows(self, request: HttpRequest, action: str) -> QuerySet[Alarm]:
        return super().rows(request, action).filter(about_whom(request.user))

    @admin.display(description=_("what happened"))
    def steps(self, alarm: Alarm) -> str:
        rows = (
            (
                date_format(timezone.localtime(step.at), "SHORT_DATETIME_FORMAT"),
                step.get_kind_display(),
                step.by or "–",
                step.words,
            )
            for step in alarm.steps.select_related("by")
        )
        return format_html_join("", "<p>{} · {} · {} {}</p>", rows)


@admin.register(DutyShift)
class DutyShiftAdmin(CommunityAdmin):
    list_display = ["starts_at", "ends_at", "user", "community"]
    list_select_related = ["user", "community"]
    ordering = ["-starts_at"]

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """On duty are those whose posts let them see to alarms."""
        if db_field.name == "user":
            posts = StaffPost.objects.active(timezone.localdate()).giving(CHANGE)
            near = posts.filter(within_reach(request, self.permission("add")))
            kwargs["queryset"] = User.objects.filter(posts__in=near, is_active=True).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def alarms_of(request: HttpRequest, permission: str) -> QuerySet[Alarm]:
    return Alarm.objects.filter(within_reach(request, permission), about_whom(request.user)).shown()


@require_safe
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """alarm/desk/[?pause=1]: the open alarms, those nobody sees to first; it reloads itself by a header."""
    require_permissions(request, VIEW)
    at, is_paused = timezone.now(), bool(request.GET.get("pause"))
    steps = Prefetch("steps", AlarmStep.objects.select_related("by"))
    home = ("resident__household__building", "resident__building")
    live = alarms_of(request, VIEW).live().select_related(*home).prefetch_related(steps)
    rows = [
        (alarm, available_actions(ALARM_ACTIONS, alarm, at, request.user))
        for alarm in live.order_by("raised_at", "pk")
    ]
    rows.sort(key=lambda row: not can_be_taken_on(row[0], at))
    on_duty = DutyShift.objects.on_duty(at).filter(within_reach(request, VIEW)).select_related("user")
    frame = admin.site.each_context(request) | {"title": gettext("Alarms"), "rows": rows, "now": at}
    frame |= {"on_duty": on_duty, "is_paused": is_paused, "seconds": REFRESH_SECONDS}
    response = render(request, "admin/circle/alarm/desk.html", frame)
    if not is_paused:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


@require_safe
def ask_first(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """alarm/ask/<code>/<action>/: what is to be written down."""
    return answer(request, code, name)


@require_POST
def do(request: HttpRequest, code: str) -> HttpResponse:
    """alarm/do/<code>/: performs the action and returns to the desk."""
    return answer(request, code, request.POST.get("verb", ""))


def answer(request: HttpRequest, code: str, name: str) -> HttpResponse:
    require_permissions(request, CHANGE)
    action = find_action(ALARM_ACTIONS, name)
    alarm = get_object_or_404(alarms_of(request, CHANGE), code=code)
    if request.method == "GET":
        record_reading(
            by=request.user, resident=alarm.resident, page="alarm", row=alarm.pk, at=timezone.now()
        )
    return ask_or_perform(
        request,
        action,
        alarm,
        reverse("admin:circle_alarm_desk"),
        url=reverse("admin:circle_alarm_do", args=[alarm.code]),
        hidden=[("verb", name)],
        about="admin/circle/alarm/_facts.html",
        alarm=alarm,
    )


def call(request: HttpRequest) -> HttpResponse:
    """alarm/call/?resident=: somebody rang for this person; raises the alarm or joins the open one."""
    require_permissions(request, CHANGE, ADULTS)
    people = Resident.objects.filter(within_reach(request, CHANGE)).living()
    resident = get_object_or_404(people, code__in=parse_uuids(request.GET.get("resident", "")))
    return ask_or_perform(
        request,
        CALL,
        resident,
        reverse("admin:circle_alarm_desk"),
        url=f"{reverse('admin:circle_alarm_call')}?resident={resident.code}",
    )
