"""Care times: a list, and the two things that may be done to one."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.affected import AsksBeforeStranding, confirm_at_once
from circle.backoffice.confirmation import Question, ask_about_rows
from circle.backoffice.post_permissions import within_reach
from circle.backoffice.site import ReadOnlyAdmin
from eldercare.actions import close_slot, reopen_slot
from eldercare.models import CareBooking, CareSlot
from eldercare.models.bookings import LIVE
from services.admin.slots import ComingDayFilter


@admin.register(CareSlot)
class CareSlotAdmin(AsksBeforeStranding, ReadOnlyAdmin):
    list_display = ["starts_at", "kind", "places", "closed_by"]
    list_select_related = ["kind"]
    list_filter = [ComingDayFilter, "closed_by"]
    search_fields = ["kind__name_zh", "kind__name_en", "kind__code"]
    ordering = ["starts_at", "kind"]
    fields = ["kind", "day", "starts_at", "ends_at", "capacity", "taken", "closed_by"]
    actions = ["close", "reopen"]
    show_full_result_count = False

    @admin.display(description=_("taken of places"))
    def places(self, slot: CareSlot) -> str:
        return f"{slot.taken} / {slot.capacity}"

    @admin.action(description=_("Close: take no more bookings"), permissions=["change"])
    def close(self, request: HttpRequest, queryset: QuerySet[CareSlot]) -> HttpResponse | None:
        coming = CareBooking.objects.to_come().filter(slot__starts_at__gt=timezone.now())
        if coming.filter(slot__in=queryset.open()).exists():
            confirm_at_once(request)
        live = queryset.aggregate(live=Count("bookings", filter=Q(bookings__status__in=LIVE)))["live"]
        sentence = gettext("No more bookings are taken for these times. Bookings that stay there: %(count)s.")
        return self.ask(
            request,
            queryset,
            close_slot,
            pgettext("take no more bookings", "Close"),
            sentence % {"count": live},
        )

    @admin.action(description=_("Open again what staff closed"), permissions=["change"])
    def reopen(self, request: HttpRequest, queryset: QuerySet[CareSlot]) -> HttpResponse | None:
        sentence = gettext("These times can be booked again. What the timetable closed stays closed.")
        return self.ask(request, queryset, reopen_slot, gettext("Open again"), sentence)

    def ask(self, request: Any, queryset: Any, act: Any, title: str, sentence: str) -> HttpResponse | None:
        question = Question(title=title, button=title, back=request.get_full_path(), sentences=[sentence])
        rows = queryset.filter(within_reach(request, "eldercare.change_careslot")).select_related("kind")
        at = timezone.now()
        return ask_about_rows(
            request, rows, question, lambda slot, _said: act(slot=slot, at=at, by=request.user)
        )
