"""Slots: a list, a week of one hall, and the few things that may be done to a slot."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from circle.backoffice.closable_slots import ClosableSlotsAdmin
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.identifiers.public_codes import parse_row_id
from services.actions import move_places, open_share, reopen_slot
from services.admin.pages import choose_hall, day_of, hall, may, page
from services.models import Booking, Counter, Slot

VIEW, CHANGE = "services.view_slot", "services.change_slot"
ONE_DAY = dt.timedelta(days=1)
WEEK = 7  # days


class DayFilter(admin.SimpleListFilter):
    """Days as people say them; nothing is asked of the database for that."""

    title = _("day")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("today", _("today")),
            ("tomorrow", _("tomorrow")),
            ("week", _("the next seven days")),
            ("past", _("before today")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        days = {
            "today": Q(day=today),
            "tomorrow": Q(day=today + ONE_DAY),
            "week": Q(day__range=(today, today + (WEEK - 1) * ONE_DAY)),
            "past": Q(day__lt=today),
        }
        return queryset.filter(days.get(self.value() or "", self.otherwise(today)))

    def otherwise(self, today: dt.date) -> Q:
        return Q()


def is_queue(request: HttpRequest) -> bool:
    """Whether a list of bookings is worked through from its first hour, not read from its latest day."""
    return "attention" in request.GET or request.GET.get(DayFilter.parameter_name) in (
        "today",
        "tomorrow",
        "week",
    )


class ComingDayFilter(DayFilter):
    """Without a choice: from today on."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*super().lookups(request, model_admin), ("all", _("all days"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset if self.value() == "all" else super().queryset(request, queryset)

    def otherwise(self, today: dt.date) -> Q:
        return Q(day__gte=today)

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        first, *others = super().choices(changelist)
        yield first | {"display": gettext("from today on")}
        yield from others


class CounterFilter(admin.SimpleListFilter):
    """The counters of the communities that one works for, and no others."""

    title = _("counter")
    parameter_name = "counter"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        counters = Counter.objects.filter(within_reach(request, VIEW))
        return [(str(counter.pk), counter.name) for counter in counters.select_related("facility")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value() or ""
        return queryset.filter(counter=parse_row_id(value)) if value.isdecimal() else queryset


class PlacesForm(forms.Form):
    """How many free places go to the other share of the same time."""

    places = forms.IntegerField(label=_("Places to move"), min_value=1, max_value=500, initial=1)
    to = forms.ChoiceField(
        label=_("To which share"),
        choices=[
            (Slot.Channel.COUNTER, Slot.Channel.COUNTER.label),
            (Slot.Channel.ONLINE, Slot.Channel.ONLINE.label),
        ],
        widget=forms.RadioSelect,
    )


@admin.register(Slot)
class SlotAdmin(ClosableSlotsAdmin):
    change_permission = CHANGE
    live_statuses = Booking.LIVE
    shown_relation = "counter"
    reopen_slot = staticmethod(reopen_slot)
    list_display = ["starts_at", "counter", "channel", "places", "closed_by"]
    list_select_related = ["counter"]
    list_filter = [ComingDayFilter, "channel", "closed_by", CounterFilter]
    search_fields = ["counter__name_zh", "counter__name_en", "counter__code"]
    ordering = ["starts_at", "counter", "-channel"]
    fields = ["counter", "channel", "day", "starts_at", "ends_at", "capacity", "taken", "closed_by"]
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "admin/services/slot/change_list.html"
    change_form_template = "admin/services/slot/change_form.html"

    def describe(self, slot: Slot) -> str:
        return f"{slot.counter} · {time_of(slot)} · {slot.get_channel_display()}"

    def bookings_to_come(self, at: dt.datetime) -> QuerySet[Booking]:
        return Booking.objects.to_come(at)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("week/", view(weeks), name="services_slot_weeks"),
            path("week/<slug:code>/", view(week), name="services_slot_week"),
            path("<int:pk>/places/", view(self.move_places), name="services_slot_places"),
            *super().get_urls(),
        ]

    def move_places(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Both shares of one time, and a form that moves free places from one to the other."""
        slot = get_object_or_404(self.get_queryset(request).select_related("counter__facility"), pk=pk)
        if not self.may_act(request, slot):
            raise PermissionDenied
        shares = {
            share.channel: share
            for share in Slot.objects.filter(counter=slot.counter_id, starts_at=slot.starts_at)
        }
        form = PlacesForm(request.POST or None, initial={"to": other(slot.channel)})
        if request.method == "POST" and form.is_valid() and try_move_places(request, shares, form):
            messages.success(request, gettext("The places are moved."))
            return redirect("admin:services_slot_places", pk)
        return page(
            request,
            "slot/places.html",
            gettext("Move places between the shares"),
            status=422 if form.errors else 200,
            slot=slot,
            shares=[shares[channel] for channel in Slot.Channel if channel in shares],
            form=form,
        )


def time_of(slot: Slot) -> str:
    return date_format(timezone.localtime(slot.starts_at), "DATETIME_FORMAT")


def other(channel: str) -> str:
    return Slot.Channel.COUNTER if channel == Slot.Channel.ONLINE else Slot.Channel.ONLINE


def try_move_places(request: HttpRequest, shares: dict[str, Slot], form: PlacesForm) -> bool:
    said = form.cleaned_data
    source = shares.get(other(said["to"]))
    try:
        if source is None:
            raise ValidationError(gettext("This time has one share only."), code="one_share")
        with transaction.atomic():
            target = open_share(slot=source, channel=said["to"])
            move_places(
                source=source, target=target, places=said["places"], at=timezone.now(), by=request.user
            )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


@require_safe
def weeks(request: HttpRequest) -> HttpResponse:
    """slot/week/: which hall?"""
    require_permissions(request, VIEW)
    url = reverse("admin:services_slot_week", args=["CODE"]).replace("CODE", "%s")
    return choose_hall(request, VIEW, gettext("Times of the week"), url)


@require_safe
def week(request: HttpRequest, code: str) -> HttpResponse:
    """slot/week/<poster code>/?from=: a week of one hall, one table for each counter."""
    facility = hall(request, code, VIEW)
    first = day_of(request.GET.get("from", ""))
    first -= first.weekday() * ONE_DAY
    days = [first + number * ONE_DAY for number in range(WEEK)]
    slots = Slot.objects.filter(
        community=facility.community_id, counter__facility=facility, day__range=(days[0], days[-1])
    )
    return page(
        request,
        "slot/week.html",
        gettext("Times at %(place)s") % {"place": facility.name},
        facility=facility,
        days=days,
        tables=tables(days, slots.select_related("counter").order_by("counter", "starts_at", "-channel")),
        today=timezone.localdate(),
        before=days[0] - WEEK * ONE_DAY,
        after=days[0] + WEEK * ONE_DAY,
        may_move=may(request, CHANGE, facility),
    )


def tables(days: list[dt.date], slots: Iterable[Slot]) -> list[dict[str, Any]]:
    """For each counter its times as rows, and in each row a cell a day with the shares of that time."""
    counters: dict[Counter, dict[dt.time, dict[dt.date, list[Slot]]]] = {}
    for slot in slots:
        time = timezone.localtime(slot.starts_at).time()
        rows = counters.setdefault(slot.counter, {})
        rows.setdefault(time, {}).setdefault(slot.day, []).append(slot)
    return [
        {
            "counter": counter,
            "rows": [
                {"time": dt.datetime.combine(days[0], time), "cells": [cell(row.get(day)) for day in days]}
                for time, row in sorted(rows.items())
            ],
        }
        for counter, rows in counters.items()
    ]


def cell(slots: list[Slot] | None) -> dict[str, Any]:
    """Such as 2/3 · 0/1: taken of the places online, then of those for phone and window."""
    if not slots:
        return {}
    shares = {slot.channel: f"{slot.taken}/{slot.capacity}" for slot in slots}
    return {
        "slot": slots[0],
        "text": " · ".join(shares.get(channel, "–") for channel in Slot.Channel),
        "is_closed": not any(slot.is_open for slot in slots),
    }
