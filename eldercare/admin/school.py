"""The senior school in the back office: terms, classes, enrolments, waiting lists."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import RowAction, ask_or_perform, available_actions, find_action
from circle.backoffice.site import CommunityAdmin, Pages, ReadOnlyAdmin
from circle.identifiers.public_codes import parse_uuids
from circle.models import Resident, StaffPost, User
from eldercare.actions import lay_out_sessions
from eldercare.backoffice.school import (
    CLASS_ACTIONS,
    CLASS_WAITING_ACTIONS,
    ENROL,
    ENROLMENT_ACTIONS,
    SchoolClassForm,
)
from eldercare.models import ClassWaiting, Enrolment, SchoolClass, Term
from eldercare.models.enrolments import ENROLMENT_CHANGE
from eldercare.models.school import SCHOOL_CHANGE

ALWAYS = ["GET", "HEAD", "POST"]
WAITING_CHANGE = "eldercare.change_classwaiting"


@admin.register(Term)
class TermAdmin(CommunityAdmin):
    list_display = ["__str__", "first_day", "last_day", "opens_at", "closes_at", "filling", "drawn_at"]
    list_filter = ["season"]
    readonly_fields = ["drawn_at", "fingerprint"]

    @admin.display(description=_("fingerprint of the draw's secret number"))
    def fingerprint(self, term: Term) -> str:
        return term.seed_hash

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """How a term is filled stays once its enrolment has opened: people have asked by that."""
        fixed = list(self.readonly_fields)
        if obj and obj.opens_at <= now():
            fixed += ["filling", "is_former_first", "others_from", "opens_at"]
        if obj and obj.drawn_at:
            fixed.append("closes_at")
        return fixed

    def save_model(self, request: HttpRequest, obj: Term, form: Any, change: bool) -> None:
        """What was typed, and never the draw, which may be made meanwhile."""
        if change:
            obj.save(update_fields=form.changed_data)
        else:
            obj.save()


@admin.register(SchoolClass)
class SchoolClassAdmin(CommunityAdmin):
    list_display = ["name", "term", "teacher", "weekday", "opens", "closes", "capacity", "taken", "is_active"]
    list_select_related = ["term"]
    list_filter = ["term", "is_active"]
    search_fields = ["name_zh", "name_en", "teacher"]
    readonly_fields = ["taken", "is_active", "pages_of_class", "verbs"]
    form = SchoolClassForm

    def pages(self) -> Pages:
        return [("ask/<slug:code>/<slug:name>/", ask_class, "ask")]

    @admin.display(description=_("what can be done"))
    def verbs(self, row: SchoolClass) -> str:
        return links_of(CLASS_ACTIONS, row, "schoolclass") if row.pk else "–"

    @admin.display(description=_("roll and roster"))
    def pages_of_class(self, row: SchoolClass) -> str:
        if not row.pk:
            return "–"
        links = [
            (reverse("school_roll", args=[row.code]), _("Roll")),
            (reverse("school_roster", args=[row.code]), _("Roster to print")),
        ]
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """The monitor is one of the pupils, the teacher's login one of the staff."""
        if db_field.name == "monitor":
            pk = request.resolver_match.kwargs.get("object_id")
            pupils = Enrolment.objects.pupils().filter(school_class=pk if str(pk).isdigit() else None)
            kwargs["queryset"] = Resident.objects.filter(pk__in=pupils.values("resident"))
        elif db_field.name == "teacher_login":
            near = StaffPost.objects.active(localdate()).filter(within_reach(request, self.permission("add")))
            kwargs["queryset"] = User.objects.filter(posts__in=near, is_active=True).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        lay_out_sessions(school_class=obj, at=now())


def links_of(actions: list[RowAction], row: Any, name: str) -> str:
    links = (
        (reverse(f"admin:eldercare_{name}_ask", args=[row.code, each.name]), each.label)
        for each in available_actions(actions, row, now())
    )
    return format_html_join(" · ", '<a href="{}">{}</a>', links) or "–"


@require_http_methods(ALWAYS)
def enrol_page(request: HttpRequest) -> HttpResponse:
    """enrolment/new/?resident=: enrols a resident, on the phone, at the window or from a form on paper."""
    require_permissions(request, ENROL.permission)
    people = Resident.objects.filter(within_reach(request, ENROL.permission)).living()
    found = get_object_or_404(
        people.select_related("login", "community"), code__in=parse_uuids(request.GET.get("resident", ""))
    )
    return ask_or_perform(request, ENROL, found, reverse("admin:circle_resident_card", args=[found.code]))


@require_http_methods(ALWAYS)
def ask_class(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """schoolclass/ask/<code>/<name>/: asks, then does it."""
    require_permissions(request, SCHOOL_CHANGE)
    rows = SchoolClass.objects.filter(within_reach(request, SCHOOL_CHANGE)).shown()
    row = get_object_or_404(rows, code=code)
    back = reverse("admin:eldercare_schoolclass_change", args=[row.pk])
    return ask_or_perform(request, find_action(CLASS_ACTIONS, name), row, back)


@require_http_methods(ALWAYS)
def ask_enrolment(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """enrolment/ask/<code>/<name>/: asks, then does it."""
    require_permissions(request, ENROLMENT_CHANGE)
    rows = Enrolment.objects.filter(within_reach(request, ENROLMENT_CHANGE)).shown()
    row = get_object_or_404(rows.select_related("resident__login", "mandate__agent"), code=code)
    back = reverse("admin:eldercare_enrolment_change", args=[row.pk])
    return ask_or_perform(request, find_action(ENROLMENT_ACTIONS, name), row, back)


@require_http_methods(ALWAYS)
def ask_waiting(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """classwaiting/ask/<code>/<name>/: asks, then does it."""
    require_permissions(request, WAITING_CHANGE)
    row = get_object_or_404(
        ClassWaiting.objects.filter(within_reach(request, WAITING_CHANGE)).shown(), code=code
    )
    back = reverse("admin:eldercare_classwaiting_change", args=[row.pk])
    return ask_or_perform(request, find_action(CLASS_WAITING_ACTIONS, name), row, back)


class PupilAdmin(ReadOnlyAdmin):
    list_select_related = ["resident", "school_class__term"]
    list_filter = ["status", "via"]
    person_path = "resident"
    search_fields = ["resident__name", "=code"]
    readonly_fields = ["verbs", "history"]
    show_full_result_count = False


@admin.register(Enrolment)
class EnrolmentAdmin(PupilAdmin):
    list_display = ["code", "resident", "school_class", "status", "via", "is_on_paper", "booked_at"]
    fields = [
        "code", "status", "status_at", "school_class", "resident", "is_former", "via", "is_on_paper",
        "booked_at", "booked_by", "mandate", "verbs", "history",
    ]  # fmt: skip

    def pages(self) -> Pages:
        return [
            ("new/", enrol_page, "new"),
            ("ask/<slug:code>/<slug:name>/", ask_enrolment, "ask"),
        ]

    @admin.display(description=_("what can be done"))
    def verbs(self, row: Enrolment) -> str:
        return links_of(ENROLMENT_ACTIONS, row, "enrolment")


@admin.register(ClassWaiting)
class ClassWaitingAdmin(PupilAdmin):
    list_display = ["code", "resident", "school_class", "status", "offer_until", "joined_at"]
    ordering = ["joined_at", "pk"]
    fields = [
        "code", "status", "status_at", "school_class", "resident", "offer_until", "via",
        "joined_at", "joined_by", "mandate", "verbs", "history",
    ]  # fmt: skip

    def pages(self) -> Pages:
        return [("ask/<slug:code>/<slug:name>/", ask_waiting, "ask")]

    @admin.display(description=_("what can be done"))
    def verbs(self, row: ClassWaiting) -> str:
        return links_of(CLASS_WAITING_ACTIONS, row, "classwaiting")
