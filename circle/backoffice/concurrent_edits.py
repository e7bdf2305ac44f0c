"""Two people have the form of one row open: whoever saves later is told first what the other saved."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

SEEN = "seen-change"  # the hidden field: the last change of the row when its form was opened


class TellsOfOtherEdits(ModelAdmin):
    """Saving again after having been told replaces what the other saved."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if not (change and obj and SEEN in request.POST):
            return form

        class Checked(form):  # type: ignore[misc]
            def clean(self) -> Any:
                cleaned = super().clean()
                refuse_unseen_change(obj, request.POST[SEEN])
                return cleaned

        return Checked

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj and self.has_change_permission(request, obj):
            context["last_change"] = getattr(last_change(obj), "pk", 0)
        return super().render_change_form(request, context, add, change, form_url, obj)


def last_change(row: Any) -> LogEntry | None:
    """The last time that its form was saved with something else in it."""
    kind = ContentType.objects.get_for_model(row, for_concrete_model=False)
    entries = LogEntry.objects.filter(content_type=kind, object_id=row.pk, action_flag=CHANGE)
    return entries.exclude(change_message="[]").select_related("user").order_by("-pk").first()


def refuse_unseen_change(row: Any, seen: str) -> None:
    """Refuses: changed_meanwhile. The row is locked, so that of two at once the later one is told."""
    list(type(row)._default_manager.filter(pk=row.pk).select_for_update(no_key=True).values_list("pk"))
    last = last_change(row)
    if last is None or str(last.pk) == seen:
        return
    raise ValidationError(
        _("%(name)s saved this on %(time)s (%(what)s) while you had it open. Save again to replace that."),
        code="changed_meanwhile",
        params={
            "name": last.user,
            "time": date_format(localtime(last.action_time), "SHORT_DATETIME_FORMAT"),
            "what": last.get_change_message().rstrip(".。"),
        },
    )
