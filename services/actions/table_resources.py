"""Tables that go out to a spreadsheet and come back: items, counters, their hours, and hours of places."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from import_export import fields, resources, widgets
from import_export.results import RowResult

from circle.models import Community, Facility, OpeningHours
from circle.web.export_formats import escape_formula
from services.models import Category, Counter, CounterShift, ServiceItem

DELETE = "delete"
MOST_FAULTS = 100
YES = ("1", "true", "yes", "y", "是")


class ByCode(widgets.ForeignKeyWidget):
    """A row by its code or short name; all of them are read once for a file."""

    def __init__(self, model: type[models.Model], column: str = "code", **only: Any) -> None:
        super().__init__(model, column)
        self.only, self.known = only, dict[str, Any]()

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if not value:
            return None
        if not self.known:
            rows = self.model._default_manager.filter(**self.only)
            self.known = {getattr(found, self.field): found for found in rows}
        if str(value) not in self.known:
            raise ValueError(_("“%(code)s” is not known here.") % {"code": value})
        return self.known[str(value)]


def unfit(value: Any, error: Exception) -> str:
    """Our own sentence about a value stands; those of the library name its classes."""
    if "“" in str(error):
        return str(error)
    return str(_("“%(text)s” does not fit here.") % {"text": str(value)[:40]})


class TableResource(resources.ModelResource):
    """Of one community. Each row is checked as a form would check it, and saved within a savepoint.

    After `MOST_FAULTS` wrong rows the rest is not looked at.
    """

    can_delete = False
    wrong = 0

    def __init__(self, community: Community, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.community = community
        for name, model in (("facility", Facility), ("counter", Counter)):
            if name in self.fields:
                self.fields[name].widget = ByCode(model, community=community)

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(**{self.community_path: self.community})

    @property
    def community_path(self) -> str:
        return "community"

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """Without the apostrophe that our own file puts before what a spreadsheet would run."""
        for name, value in row.items():
            if isinstance(value, str):
                text = value.strip()
                row[name] = text[1:] if text[:1] == "'" and escape_formula(text[1:]) == text else text
        for name in self._meta.import_id_fields:  # they find the row, before the other columns are read
            try:
                self.fields[name].clean(row)
            except (ArithmeticError, TypeError, ValueError) as error:
                raise ValidationError({name: unfit(row[name], error)}) from error

    def import_field(self, field: Any, instance: Any, row: Any, *args: Any, **kwargs: Any) -> None:
        try:
            super().import_field(field, instance, row, *args, **kwargs)
        except (ArithmeticError, TypeError, ValueError) as error:
            raise ValueError(unfit(row[field.column_name], error)) from error

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> Any:
        if self.wrong >= MOST_FAULTS:
            left_out = self.get_row_result_class()()
            left_out.import_type = RowResult.IMPORT_TYPE_SKIP
            return left_out
        result = super().import_row(row, instance_loader, **kwargs)
        self.wrong += not result.is_valid()
        return result

    def for_delete(self, row: Mapping[str, Any], instance: Any) -> bool:
        return self.can_delete and str(row.get(DELETE) or "").lower() in YES

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save_instance(instance, is_create, row, **kwargs)

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = False  # the action has one for all rows
        store_instance = True
        skip_html_diff = True  # its styles are inline, which our pages refuse


class ItemResource(TableResource):
    """Without what decides whether a time can be booked: that is changed in the form, which asks first.

    A new item is a draft.
    """

    category = fields.Field("category", "category", ByCode(Category, "slug"))

    def init_instance(self, row: Any = None) -> ServiceItem:
        return ServiceItem(
            community=self.community, status=ServiceItem.Status.DRAFT, introduced_on=localdate()
        )

    class Meta(TableResource.Meta):
        model = ServiceItem
        import_id_fields = ("code",)
        fields = (
            "code", "name_zh", "name_en", "summary_zh", "summary_en", "eligibility_zh", "eligibility_en",
            "result_zh", "result_en", "category", "dimension", "provider_zh", "provider_en", "promised_days",
            "statutory_days", "visits", "fee_zh", "fee_en", "phone", "complaint_phone", "is_verified",
            "checked_on",
        )  # fmt: skip


class CounterResource(TableResource):
    facility = fields.Field("facility", "facility")

    def init_instance(self, row: Any = None) -> Counter:
        return Counter(community=self.community)

    class Meta(TableResource.Meta):
        model = Counter
        import_id_fields = ("code",)
        fields = (
            "code", "facility", "name_zh", "name_en", "slot_minutes", "online_places", "counter_places",
            "days_ahead", "ticket_prefix", "is_active",
        )  # fmt: skip


class ShiftResource(TableResource):
    can_delete = True
    counter = fields.Field("counter", "counter")

    @property
    def community_path(self) -> str:
        return "counter__community"

    class Meta(TableResource.Meta):
        model = CounterShift
        import_id_fields = ("counter", "weekday", "date", "opens", "valid_from")
        fields = (
            "counter", "weekday", "date", "opens", "closes", "valid_from", "valid_until", "slot_minutes",
            "online_places", "counter_places",
        )  # fmt: skip


class HoursResource(TableResource):
    can_delete = True
    facility = fields.Field("facility", "facility")

    @property
    def community_path(self) -> str:
        return "facility__community"

    class Meta(TableResource.Meta):
        model = OpeningHours
        import_id_fields = ("facility", "weekday", "opens")
        fields = ("facility", "weekday", "opens", "closes")


@dataclass(frozen=True)
class Table:
    key: str
    label: Any
    permission: str  # to bring it in; to take it out as well, since it is one work
    resource: type[TableResource]

    @property
    def names(self) -> list[str]:
        return [*self.resource._meta.fields, *([DELETE] if self.resource.can_delete else [])]

    @property
    def labels(self) -> dict[str, str]:
        """In the active language, as the forms of the back office have them."""
        model = self.resource._meta.model
        found = {name: str(model._meta.get_field(name).verbose_name) for name in self.resource._meta.fields}
        return found | ({DELETE: str(_("delete: yes"))} if self.resource.can_delete else {})

    def name_of(self, heading: str) -> str:
        """The column under this heading: its label in either language, or its name; empty for others."""
        for language in ("zh-hans", "en"):
            with translation.override(language):
                for name, label in self.labels.items():
                    if heading in (label, name):
                        return name
        return ""


TABLES = {
    table.key: table
    for table in (
        Table("items", _("service items"), "services.change_serviceitem", ItemResource),
        Table("counters", _("counters"), "services.change_counter", CounterResource),
        Table("shifts", _("hours of counters"), "services.change_counter", ShiftResource),
        Table("hours", _("opening hours of places"), "circle.change_openinghours", HoursResource),
    )
}
