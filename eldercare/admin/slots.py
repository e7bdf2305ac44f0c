"""Care times: a list, and the two things that may be done to one."""

import datetime as dt

from django.contrib import admin
from django.db.models import QuerySet

from circle.backoffice.closable_slots import ClosableSlotsAdmin
from eldercare.models import CareBooking, CareSlot
from services.admin.slots import ComingDayFilter


@admin.register(CareSlot)
class CareSlotAdmin(ClosableSlotsAdmin):
    change_permission = "eldercare.change_careslot"
    live_statuses = CareBooking.LIVE
    shown_relation = "kind"
    list_display = ["starts_at", "kind", "places", "closed_by"]
    list_select_related = ["kind"]
    list_filter = [ComingDayFilter, "closed_by"]
    search_fields = ["kind__name_zh", "kind__name_en", "kind__code"]
    ordering = ["starts_at", "kind"]
    fields = ["kind", "day", "starts_at", "ends_at", "capacity", "taken", "closed_by"]

    def bookings_to_come(self, at: dt.datetime) -> QuerySet[CareBooking]:
        return CareBooking.objects.to_come().filter(slot__starts_at__gt=at)
