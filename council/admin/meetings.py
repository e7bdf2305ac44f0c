"""Meetings in the back office: the guided list of steps, the agenda, the roll and the results."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.backoffice.row_actions import ask_or_perform, find_action
from circle.backoffice.site import CommunityAdmin, Pages
from circle.calendar.working_days import SHANGHAI
from council import actions
from council.actions.meetings import NOT_BEGUN, check_times
from council.admin import agenda, one_page, paper_meetings, papers, prints, resolutions, roll
from council.admin.pages import row_of
from council.backoffice.history import steps_of_meeting
from council.backoffice.meetings import MEETING_ACTIONS
from council.backoffice.refusals import errors_of, record_attempts
from council.backoffice.steps import steps_of
from council.models import Meeting

CHANGE = "council.change_meeting"
TIMES = ("place", "starts_at", "ends_at", "call_opens_at", "call_closes_at")
STEPS_SHOWN = 100
# Steps whose refusal stays on record, and what is recorded when they are done.
ON_RECORD = {
    "open_session": "session_opened",
    "hold": "session_ended",
    "waive_notice": "notice_waived",
    "close_meeting": "meeting_closed",
}


class MeetingForm(forms.ModelForm):
    """Asks what the actions will ask, so that it is said beside the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in TIMES and name != "place":  # two inputs under one label: each gets a name of its own
                for part, words in zip(field.widget.widgets, (_("date"), _("time of day")), strict=True):
                    part.attrs["aria-label"] = f"{field.label}: {words}"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        body = said.get("body") or getattr(self.instance, "body", None)
        if self.errors or body is None or not all(said.get(name) for name in TIMES):
            return said
        row = Meeting(community_id=body.community_id, **{name: said[name] for name in TIMES})
        check_times(row)
        if not self.instance.pk:
            month = localtime(said["starts_at"], SHANGHAI)
            same = Meeting.objects.filter(body=body, year=month.year, month=month.month, part=said["part"])
            if same.exists():
                sentence = _("This body already has that meeting in this month.")
                raise ValidationError(sentence, code="already_planned")
        return said


class AttentionFilter(admin.SimpleListFilter):
    title = _("what waits")
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("call", _("its call is to be opened")),
            ("agenda", _("its agenda is to be published")),
            ("minutes", _("its minutes are to be published")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Meeting]) -> QuerySet[Meeting]:
        at = timezone.now()
        if self.value() == "call":
            return queryset.call_due(at)
        if self.value() == "minutes":
            return queryset.minutes_due()
        return queryset.agenda_due(at) if self.value() == "agenda" else queryset


@admin.register(Meeting)
class MeetingAdmin(CommunityAdmin):
    form = MeetingForm
    list_display = ["title", "starts_at", "place", "status"]
    list_filter = [AttentionFilter, "status", "year"]
    search_fields = ["body__name_zh", "body__name_en"]
    show_full_result_count = False
    view_on_site = False
    change_list_template = "admin/council/meeting/change_list.html"
    change_form_template = "admin/council/meeting/change_form.html"

    def pages(self) -> Pages:
        return [
            ("paper/", paper_meetings.enter, "paper"),
            ("<int:pk>/print/", prints.print_papers, "print"),
            ("<int:pk>/do/<slug:name>/", do, "do"),
            ("<int:pk>/agenda/", agenda.write_agenda, "agenda"),
            ("<int:pk>/papers/", papers.write_papers, "papers"),
            ("<int:pk>/papers/<int:paper>/", papers.read_paper, "paper_file"),
            ("<int:pk>/roll/", roll.call_roll, "roll"),
            ("<int:pk>/session/", one_page.session, "session"),
            ("<int:pk>/result/<int:item>/", resolutions.result, "result"),
            ("<int:pk>/result/<int:item>/annul/", resolutions.annul, "annul"),
        ]

    @admin.display(description=_("meeting"), ordering="starts_at")
    def title(self, meeting: Meeting) -> str:
        return meeting.name

    def get_queryset(self, request: HttpRequest) -> QuerySet[Meeting]:
        return super().get_queryset(request).select_related("body", "place", "community")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        times = [("starts_at", "ends_at"), "place", ("call_opens_at", "call_closes_at")]
        if obj is None:
            return [(None, {"fields": ["body", "part", *times]})]
        more = ["status", "status_at", *(["reason"] if obj.reason else [])]
        more += ["late_notice_reason"] if obj.late_notice_reason else []
        return [(_("Day, place and call"), {"fields": [*times, *more]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = ["status", "status_at", "reason", "late_notice_reason"]
        return fixed if obj is None or obj.status in NOT_BEGUN else [*fixed, *TIMES]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Meeting, form: Any, change: bool) -> None:
        said, at = form.cleaned_data, timezone.now()
        if change and obj.status in NOT_BEGUN:
            times = {name: said[name] for name in TIMES}
            actions.move_meeting(meeting=obj, at=at, by=request.user, **times)
        elif not change:
            values = {name: said[name] for name in (*TIMES, "body", "part")}
            made = actions.plan_meeting(at=at, by=request.user, **values)
            obj.pk, obj.year, obj.month, obj.community = made.pk, made.year, made.month, made.community

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        messages.success(request, gettext("The meeting is planned. The next steps stand above."))
        return redirect("admin:council_meeting_change", obj.pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        meeting = self.get_object(request, object_id) if object_id.isdecimal() else None
        more: dict[str, Any] = {}
        if meeting:
            more = {
                "steps": steps_of(meeting, timezone.now()),
                "may_act": self.has_change_permission(request, meeting),
                "subtitle": meeting.name,
                "public_url": public_address(meeting),
                "show_save_and_add_another": False,
            }
            if meeting.status not in NOT_BEGUN:
                more |= {"show_save": False, "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """From the audit records: what is done here goes through actions, which Django's log does not see."""
        meeting = self.get_object(request, object_id) if object_id.isdecimal() else None
        more: dict[str, Any] = {}
        if meeting:
            pages = Paginator(steps_of_meeting(meeting), STEPS_SHOWN)
            number = request.GET.get(PAGE_VAR, 1)
            shown = pages.get_page(number)
            more = {
                "action_list": shown,
                "page_range": pages.get_elided_page_range(shown.number),
                "pagination_required": pages.num_pages > 1,
            }
        return super().history_view(request, object_id, more | (extra_context or {}))


def public_address(meeting: Meeting) -> str:
    """Nothing of a meeting that is not public, or not yet."""
    is_public = Meeting.objects.public(meeting.community).filter(pk=meeting.pk).exists()
    return meeting.get_absolute_url() if is_public else ""


def meetings() -> QuerySet[Meeting]:
    return Meeting.objects.select_related("body", "place", "community")


@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """meeting/<pk>/do/<verb>/: says what it will do, asks, and does it."""
    action = find_action(MEETING_ACTIONS, name)
    meeting = row_of(request, meetings(), pk, action.permission)
    back = reverse("admin:council_meeting_change", args=[pk])
    if name == "remove_plan" and request.method == "POST":
        back = lazy(back_from_removal, str)(pk)

    def refused(form: forms.Form) -> None:
        if name in ON_RECORD:
            record_attempts(request, meeting, meeting.community, ON_RECORD[name], errors_of(form))

    return ask_or_perform(request, action, meeting, back, refused=refused)


def back_from_removal(pk: int) -> str:
    """To the list once the meeting is gone."""
    if Meeting.objects.filter(pk=pk).exists():
        return reverse("admin:council_meeting_change", args=[pk])
    return reverse("admin:council_meeting_changelist")
