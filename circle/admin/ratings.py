"""Ratings in the back office: what was said is typed in, low ones are called back and answered."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.actions import answer_rating, call_back_about_rating, give_rating
from circle.audit.log import record_reading
from circle.backoffice.post_permissions import require_permissions
from circle.backoffice.row_actions import (
    RowAction,
    RowForm,
    action_table,
    ask_or_perform,
    available_actions,
    find_action,
    is_in,
    pass_row_as,
    text_field,
)
from circle.backoffice.site import Pages, ReadOnlyAdmin
from circle.forms.ratings import TypedRatingForm
from circle.models import Rating, RatingFollowUp
from circle.models.ratings import CHANGE, FOLLOW_UP, WORDS_LENGTH

Status = RatingFollowUp.Status


class PhoneForm(RowForm):
    words = text_field("words", _("what was said on the phone"), WORDS_LENGTH)


class AnswerForm(RowForm):
    words = text_field("words", _("our answer"), WORDS_LENGTH)


TYPE_IN = RowAction(
    "type",
    _("Type in a rating"),
    pass_row_as("rating", give_rating),
    lambda rating, at: rating.is_open_at(at),
    permission=CHANGE,
    form=TypedRatingForm,
    sentence=_("As it was said or written, by a colleague who did not serve the person."),
)
on_follow_up = partial(pass_row_as, "follow_up")
FOLLOW_UPS = action_table(
    FOLLOW_UP,
    RowAction(
        "call",
        _("Note the call back"),
        on_follow_up(call_back_about_rating),
        is_in(Status.OPEN),
        form=PhoneForm,
        sentence=_("Whom you reached, what went wrong, what they want. The person finds it in their data."),
    ),
    RowAction(
        "answer",
        _("Answer it"),
        on_follow_up(answer_rating),
        is_in(Status.CALLED),
        form=AnswerForm,
        sentence=_("The person reads this under the link of the rating. Name nobody."),
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
def type_in(request: HttpRequest, pk: int) -> HttpResponse:
    """rating/<pk>/type/: what was said on the phone, or written on paper."""
    require_permissions(request, CHANGE)
    row = get_object_or_404(Rating.objects.in_office(request.user, CHANGE), pk=pk)
    if request.method == "GET":
        note_reading(request, row)
    return ask_or_perform(
        request,
        TYPE_IN,
        row,
        reverse("admin:circle_rating_changelist"),
        about="admin/circle/rating/_about.html",
        rating=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """ratingfollowup/<pk>/act/<name>/: the call back, then the answer."""
    require_permissions(request, FOLLOW_UP)
    rows = RatingFollowUp.objects.in_office(request.user, FOLLOW_UP).select_related("rating__resident")
    row = get_object_or_404(rows, pk=pk)
    if request.method == "GET":
        note_reading(request, row.rating)
    return ask_or_perform(
        request,
        find_action(FOLLOW_UPS, name),
        row,
        reverse("admin:circle_ratingfollowup_change", args=[row.pk]),
        about="admin/circle/rating/_about.html",
        rating=row.rating,
    )


def note_reading(request: HttpRequest, rating: Rating) -> None:
    if rating.resident is not None:
        record_reading(
            by=request.user, resident=rating.resident, page="rating", row=rating.pk, at=timezone.now()
        )


class RatedListFilter(admin.SimpleListFilter):
    title, parameter_name = _("rated"), "rated"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("rated")), ("no", _("to be typed in"))]

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "yes":
            return rows.filter(rated_at__isnull=False)
        return rows.filter(rated_at=None) if self.value() == "no" else rows


@admin.register(Rating)
class RatingAdmin(ReadOnlyAdmin):
    """Never of what one has served oneself."""

    list_display = ["title", "served_at", "level", "channel", "rated_at", "community"]
    list_select_related = ["community"]
    list_filter = [RatedListFilter, "level", "channel"]
    search_fields = ["title_zh", "title_en", "code"]
    code_length = 8
    person_path = "resident"
    fields = [
        "title",
        "resident",
        "served_at",
        "asked_at",
        "until",
        "level",
        "reason_list",
        "words",
        "channel",
        ("rated_at", "typed_by"),
    ]
    readonly_fields = ["title", "reason_list"]
    change_form_template = "admin/circle/rating/change_form.html"
    view_on_site = False

    def pages(self) -> Pages:
        return [("<int:pk>/type/", type_in, "type")]

    def rows(self, request: HttpRequest, action: str) -> QuerySet[Any]:
        own = Rating.objects.in_office(request.user, self.permission(action))
        return super().rows(request, action).filter(pk__in=own.values("pk"))

    def covers(self, request: HttpRequest, action: str, row: Any) -> bool:
        return row is None or self.rows(request, action).filter(pk=row.pk).exists()

    @admin.display(description=_("what was done"), ordering="title_zh")
    def title(self, rating: Rating) -> str:
        return rating.title

    @admin.display(description=_("what was good or bad"))
    def reason_list(self, rating: Rating) -> str:
        return ", ".join(rating.reason_labels) or "–"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is not None:
            note_reading(request, row)
        may_act = row is not None and self.may_act(request, row)
        more = {"may_type": may_act and TYPE_IN.available(row, timezone.now())}
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))


@admin.register(RatingFollowUp)
class RatingFollowUpAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "status", "call_by", "answer_by", "is_late", "community"]
    list_filter = ["status"]
    ordering = ["answer_by", "id"]
    fields = [
        "rating",
        "resident",
        "phone",
        "level",
        "reasons",
        "words",
        "status",
        ("call_by", "answer_by"),
        ("called_at", "called_by"),
        "call_words",
        ("answered_at", "answered_by"),
        "answer",
        "history",
    ]
    readonly_fields = ["resident", "phone", "level", "reasons", "words", "history"]
    change_form_template = "admin/circle/ratingfollowup/change_form.html"
    view_on_site = False

    def pages(self) -> Pages:
        return [("<int:pk>/act/<slug:name>/", follow_up, "act")]

    def rows(self, request: HttpRequest, action: str) -> QuerySet[Any]:
        own = RatingFollowUp.objects.in_office(request.user, self.permission(action))
        return super().rows(request, action).filter(pk__in=own.values("pk"))

    def covers(self, request: HttpRequest, action: str, row: Any) -> bool:
        return row is None or self.rows(request, action).filter(pk=row.pk).exists()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("community", "rating__resident")

    @admin.display(description=_("resident"))
    def resident(self, row: RatingFollowUp) -> str:
        return str(row.rating.resident or "–")

    @admin.display(description=_("phone"))
    def phone(self, row: RatingFollowUp) -> str:
        return row.rating.resident.masked_phone if row.rating.resident else "–"

    @admin.display(description=_("level"))
    def level(self, row: RatingFollowUp) -> str:
        return row.rating.get_level_display()

    @admin.display(description=_("what was good or bad"))
    def reasons(self, row: RatingFollowUp) -> str:
        return ", ".join(row.rating.reason_labels) or "–"

    @admin.display(description=_("in their words"))
    def words(self, row: RatingFollowUp) -> str:
        return row.rating.words or "–"

    @admin.display(description=_("late"), boolean=True)
    def is_late(self, row: RatingFollowUp) -> bool:
        return row.is_late

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is not None:
            note_reading(request, row.rating)
        may_act = row is not None and self.may_act(request, row)
        verbs = available_actions(FOLLOW_UPS, row, timezone.now()) if may_act else []
        return super().change_view(request, object_id, form_url, {"verbs": verbs} | (extra_context or {}))
