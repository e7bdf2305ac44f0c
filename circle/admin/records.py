import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.audit.action_labels import action_label, status_label
from circle.backoffice.post_permissions import within_reach
from circle.backoffice.site import ReadOnlyAdmin
from circle.booking.days import parse_day
from circle.identifiers.masking import mask_name
from circle.identifiers.public_codes import parse_row_id, parse_uuids
from circle.models import Record, Resident, StaffPost, User
from circle.privacy.data_export import personal_data_sections

LATEST = 1000
STAFF_SHOWN = 100
DAYS_SHOWN = 7


class VerbFilter(admin.SimpleListFilter):
    """The verbs of the latest records, since listing all would read the whole table for each page."""

    title = _("what")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        latest = model_admin.get_queryset(request).order_by("-id").values_list("verb", flat=True)[:LATEST]
        verbs = {self.used_parameters.get("verb"), *latest} - {None}
        return sorted(((verb, action_label(verb)) for verb in verbs), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Record]) -> QuerySet[Record]:
        return queryset.filter(verb=self.value()) if self.value() else queryset


class PersonFilter(admin.SimpleListFilter):
    """Records about the rows of one person, in every app; the resident card links here."""

    title = _("person")
    parameter_name = "person"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        people = Resident.objects.filter(within_reach(request, "circle.view_record"))
        self.person = people.filter(code__in=parse_uuids(request.GET.get("person", ""))).first()
        if self.person is None:
            return [("", _("from the card"))]
        may_know = request.user.has_perm("circle.view_resident")
        name = self.person.name if may_know else mask_name(self.person.name)
        return [(str(self.person.code), name)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Record]) -> QuerySet[Record]:
        if not self.value():
            return queryset
        if self.person is None:
            return queryset.none()
        about = Q(subject_type="circle.resident", subject_id=self.person.pk)
        for part in personal_data_sections([self.person]):
            about |= Q(subject_type=part.subjects[0], subject_id__in=part.subjects[1])
        return queryset.filter(about)


class ActorFilter(admin.SimpleListFilter):
    title = _("who")
    parameter_name = "actor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        posts = StaffPost.objects.filter(within_reach(request, "circle.view_record"))
        users = User.objects.filter(pk__in=posts.values("user")).order_by("name", "pk")[:STAFF_SHOWN]
        return [(str(user.pk), str(user)) for user in users]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Record]) -> QuerySet[Record]:
        key = self.value() or ""
        return queryset.filter(actor=parse_row_id(key)) if key else queryset


class DayFilter(admin.SimpleListFilter):
    """Offers the last days; the address may name any, such as ?day=2026-11-24."""

    title = _("day")
    parameter_name = "day"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        today = timezone.localdate()
        days = {today - dt.timedelta(days=back) for back in range(DAYS_SHOWN)}
        named = day_of(request.GET.get("day", ""))
        days |= {named} if named else set()
        return [(day.isoformat(), date_format(day, "MONTH_DAY_FORMAT")) for day in sorted(days, reverse=True)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Record]) -> QuerySet[Record]:
        day = day_of(self.value() or "")
        if day is None:
            return queryset
        begins = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
        return queryset.filter(at__gte=begins, at__lt=begins + dt.timedelta(days=1))


def day_of(text: str) -> dt.date | None:
    """None where it names none of our time."""
    named = parse_day(text)
    return named if named and 2000 <= named.year <= 2100 else None


@admin.register(Record)
class RecordAdmin(ReadOnlyAdmin):
    """The audit log: actions and readings. The database refuses to change a row."""

    list_display = ["at", "actor", "action_text", "subject", "before", "after"]
    fields = ["at", "actor", "action_text", "verb", "subject", "before", "after", "details", "community"]
    readonly_fields = ["action_text", "subject", "before", "after"]
    list_select_related = ["actor"]
    list_filter = [DayFilter, PersonFilter, VerbFilter, ActorFilter]
    search_fields = ["=subject_id", "=verb"]
    search_help_text = _("The number of a row, or a verb such as booking_made")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    @admin.display(description=_("what was done"), ordering="verb")
    def action_text(self, record: Record) -> str:
        return action_label(record.verb)

    @admin.display(description=_("to what"))
    def subject(self, record: Record) -> str:
        """Kind and primary key, never a name."""
        kind = apps.get_model(record.subject_type)._meta.verbose_name
        return f"{kind} {record.subject_id}"

    @admin.display(description=pgettext_lazy("status", "from"))
    def before(self, record: Record) -> str:
        return status_label(record.subject_type, record.from_state)

    @admin.display(description=pgettext_lazy("status", "to"))
    def after(self, record: Record) -> str:
        return status_label(record.subject_type, record.to_state)
