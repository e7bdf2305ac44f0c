"""Slots in the back office of any app: closed and reopened, several at once, after a question."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.affected import AsksBeforeStranding, confirm_at_once
from circle.backoffice.confirmation import Question
from circle.backoffice.post_permissions import within_reach
from circle.backoffice.row_questions import ask_about_rows
from circle.backoffice.site import ReadOnlyAdmin
from circle.booking.slots import close_slot, reopen_slot


class ClosableSlotsAdmin(AsksBeforeStranding, ReadOnlyAdmin):
    """A subclass names the permission, the live statuses, what a row shows and which bookings are to come."""

    actions = ["close", "reopen"]
    show_full_result_count = False
    change_permission: str
    live_statuses: Sequence[str]
    shown_relation: str
    reopen_slot: Callable[..., Any] = staticmethod(reopen_slot)

    def describe(self, slot: Any) -> str:
        return str(slot)

    def bookings_to_come(self, at: dt.datetime) -> "QuerySet[Any]":
        raise NotImplementedError

    @admin.display(description=_("taken of places"))
    def places(self, slot: Any) -> str:
        return f"{slot.taken} / {slot.capacity}"

    @admin.action(description=_("Close: take no more bookings"), permissions=["change"])
    def close(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        if self.bookings_to_come(timezone.now()).filter(slot__in=queryset.open()).exists():
            confirm_at_once(request)
        is_live = Q(bookings__status__in=self.live_statuses)
        live = queryset.aggregate(live=Count("bookings", filter=is_live))["live"]
        sentence = gettext("No more bookings are taken for these times. Bookings that stay there: %(count)s.")
        title = pgettext("take no more bookings", "Close")
        return self.ask(request, queryset, close_slot, title, sentence % {"count": live})

    @admin.action(description=_("Open again what staff closed"), permissions=["change"])
    def reopen(self, request: HttpRequest, queryset: "QuerySet[Any]") -> HttpResponse | None:
        sentence = gettext("These times can be booked again. What the timetable closed stays closed.")
        return self.ask(request, queryset, self.reopen_slot, gettext("Open again"), sentence)

    def ask(
        self, request: Any, queryset: Any, act: Callable[..., Any], title: str, sentence: str
    ) -> HttpResponse | None:
        question = Question(title=title, button=title, back=request.get_full_path(), sentences=[sentence])
        rows = queryset.filter(within_reach(request, self.change_permission))
        at = timezone.now()
        return ask_about_rows(
            request,
            rows.select_related(self.shown_relation),
            question,
            lambda slot, _said: act(slot=slot, at=at, by=request.user),
            describe=self.describe,
        )
