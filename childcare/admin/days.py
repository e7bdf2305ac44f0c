"""A class and its day in the back office: the sheet, what is done with one child, and the list to read."""

import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from childcare.actions import check_in_class, report_refused_collection
from childcare.admin import health, ratio, uncollected
from childcare.admin.pages import page
from childcare.backoffice.days import DAY_ACTIONS, LEAVE, ChildToday, child_today, class_day_sheet, classes_of
from childcare.backoffice.health import health_signs, reads_health
from childcare.models import Application, ChildDay, NurseryClass, RatioConfirmation
from childcare.models.classes import OF_ITS_CLASS
from childcare.models.days import VIEW, WRITE
from childcare.models.teachers import of_classes
from circle.audit.log import record_reading
from circle.backoffice.confirmation import show_refusal
from circle.backoffice.post_permissions import require_permissions
from circle.backoffice.row_actions import RowAction, ask_or_perform, find_action
from circle.backoffice.site import ReadOnlyAdmin
from services.admin.pages import day_of

ONE_DAY = dt.timedelta(days=1)
ALWAYS = ["GET", "HEAD", "POST"]


@require_safe
def day_sheet(request: HttpRequest) -> HttpResponse:
    """childday/sheet/[?class=&date=]: the children of a class on a day, on a phone as well."""
    require_permissions(request, VIEW)
    groups, today, at = classes_of(request.user), timezone.localdate(), timezone.now()
    day = day_of(request.GET.get("date", ""))
    wanted = request.GET.get("class", "")
    group = next((each for each in groups if str(each.pk) == wanted), None)
    if wanted and group is None:
        raise Http404
    group = group or (groups[0] if groups else None)
    may_write = request.user.has_perm(WRITE)
    shown = {"is_today": day == today, "may_write": may_write}
    shown["shows_health"] = reads_health(request.user, group)
    found = class_day_sheet(group, day, at, **shown) if group else None
    return page(
        request,
        "childday/sheet.html",
        gettext("The day in the class"),
        groups=groups,
        names_nursery=len({each.facility_id for each in groups}) > 1,
        group=group,
        sheet=found,
        may_write=may_write,
        ratio_reasons=RatioConfirmation.Reason.choices,
        date=day,
        today=today,
        before=day - ONE_DAY,
        after=day + ONE_DAY,
    )


def action_of(request: HttpRequest, name: str, *, asks: bool) -> RowAction:
    """Each at its own address: what is done at one tap, or what asks first."""
    action = find_action([*DAY_ACTIONS, LEAVE], name)
    require_permissions(request, action.permission)
    if action.asks != asks:
        raise Http404
    return action


def get_child_today(request: HttpRequest, code: str, action: RowAction) -> ChildToday:
    """A child that belongs to a class in this user's care, today."""
    mine = of_classes(request.user, action.permission, "offer__nursery_class")
    enrolled = Application.objects.filter(mine, status=Application.Status.ENROLLED).shown()
    at = timezone.now()
    return child_today(get_object_or_404(enrolled, code=code), at, timezone.localdate(at))


@require_POST
def do(request: HttpRequest, code: str) -> HttpResponse:
    """childday/do/<code>/: what is done at one tap."""
    action = action_of(request, request.POST.get("verb", ""), asks=False)
    return answer(request, action, get_child_today(request, code, action), request.POST.get("back", ""))


@require_http_methods(ALWAYS)
def ask_first(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """childday/ask/<code>/<verb>/[?back=card]: what it has to know first; POST does it."""
    action = action_of(request, name, asks=True)
    found = get_child_today(request, code, action)
    if name in ("write", "collect") and found.day is None:
        return redirect(address(found, ""))
    if name == "write" and request.method == "GET":
        note_day_reading(request, found)
    return answer(request, action, found, request.GET.get("back", ""))


def answer(request: HttpRequest, action: RowAction, found: ChildToday, back: str) -> HttpResponse:
    application, child = found.application, found.application.child
    shows_health = reads_health(request.user, application.offered_class)
    return ask_or_perform(
        request,
        action,
        found,
        address(found, back),
        done=lambda _outcome: gettext("%(name)s: kept.") % {"name": child.name if child else "–"},
        refused=partial(note_refused_collection, request, found),
        about="admin/childcare/childday/_child.html",
        child=child,
        code=application.code,
        signs=health_signs(application) if shows_health else [],
    )


@require_POST
def check_in_all(request: HttpRequest, code: int) -> HttpResponse:
    """childday/all/<id>/: all who are expected in a class have come; one tap."""
    require_permissions(request, WRITE)
    groups = NurseryClass.objects.filter(of_classes(request.user, WRITE, "pk"))
    group = get_object_or_404(groups, pk=code)
    try:
        rows = check_in_class(nursery_class=group, at=timezone.now(), by=request.user)
    except ValidationError as refusal:
        show_refusal(request, refusal)
    else:
        words = ngettext("%(count)s child has come.", "%(count)s children have come.", len(rows))
        messages.success(request, words % {"count": len(rows)})
    return redirect(f"{reverse('admin:childcare_childday_sheet')}?class={group.pk}")


def note_refused_collection(request: HttpRequest, found: ChildToday, form: forms.Form) -> None:
    """Somebody who may not collect the child came for it."""
    is_refused = "collector" in form.errors or form.has_error("__all__", "may_not_collect")
    if found.day and is_refused:
        report_refused_collection(child_day=found.day, at=found.at, by=request.user)


def note_day_reading(request: HttpRequest, found: ChildToday) -> None:
    child, day = found.application.child, found.day
    if child and day:
        record_reading(by=request.user, resident=child, page="child_day", row=day.pk, at=found.at)


def address(found: ChildToday, back: str) -> str:
    """Of the child's card where it was chosen there, else of the sheet of its class."""
    if back == "card" and found.application.child:
        return reverse("admin:circle_resident_card", args=[found.application.child.code])
    return f"{reverse('admin:childcare_childday_sheet')}?class={found.application.offer.nursery_class_id}"


@admin.register(ChildDay)
class ChildDayAdmin(ReadOnlyAdmin):
    """The list names no child; the text about a day is shown only where each reading is recorded."""

    place_paths = OF_ITS_CLASS

    list_display = ["day", "nursery_class", "application", "status", "arrived_at", "left_at", "is_late"]
    list_select_related = ["nursery_class", "application"]
    list_filter = ["status", "day"]
    show_full_result_count = False
    fields = ["application", "day", "nursery_class", "status", "reason", "is_late", "arrived_at", "left_at"]

    def rows(self, request: HttpRequest, action: str) -> QuerySet[Any]:
        return super().rows(request, action).filter(of_classes(request.user, self.permission(action)))

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, Any, str]] = [
            ("sheet/", day_sheet, "sheet"),
            ("uncollected/", uncollected.uncollected, "uncollected"),
            ("close/<slug:code>/<slug:day>/", uncollected.close, "close"),
            ("all/<int:code>/", check_in_all, "all"),
            ("carers/<int:code>/", ratio.carers, "carers"),
            ("do/<slug:code>/", do, "do"),
            ("health/<slug:code>/", health.words, "health"),
            ("ask/<slug:code>/<slug:name>/", ask_first, "ask"),
        ]
        return [
            path(route, self.admin_site.admin_view(view), name=f"childcare_childday_{name}")
            for route, view, name in pages
        ] + super().get_urls()
