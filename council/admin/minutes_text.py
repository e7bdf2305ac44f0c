"""The text of minutes: a box for each item, saved as it is written, or cut from a whole text."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from council import actions
from council.actions.text_cutting import cut_at_items
from council.admin.pages import page, posted, row_of, seen_revision
from council.backoffice.minutes import CHANGE, HeadForm, PointForm
from council.backoffice.pasting import WholeTextForm
from council.backoffice.refusals import errors_of, record_attempts
from council.models import MinutesVersion, Point

ALWAYS = ["GET", "HEAD", "POST"]


@dataclass
class Boxes:
    """The forms of one page: the head, and one for each item."""

    points: list[Point]
    head: HeadForm
    forms: list[PointForm]

    def are_valid(self) -> bool:
        """Asks every one of them, so that all errors show at once."""
        return not [form for form in (self.head, *self.forms) if not form.is_valid()]

    @property
    def texts(self) -> dict[int, tuple[str, str]]:
        said = [form.cleaned_data for form in self.forms]
        pairs = zip(self.points, said, strict=True)
        return {point.number: (each["zh"], each["en"]) for point, each in pairs}


def versions() -> QuerySet[MinutesVersion]:
    return MinutesVersion.objects.select_related("meeting__body", "meeting__community", "community")


def boxes_of(minutes: MinutesVersion, data: Any, more: dict[int, str] | None = None) -> Boxes:
    """With `more` the words of each item stand after those that are saved."""
    sheet, more = minutes.sheet, more or {}
    initial = {"chaired_by": sheet.chaired_by, "recorded_by": sheet.recorded_by}
    forms = [
        PointForm(
            data,
            prefix=f"item-{point.number}",
            initial={
                "zh": "\n\n".join(filter(None, (point.minutes_zh, more.get(point.number)))),
                "en": point.minutes_en,
            },
        )
        for point in sheet.points
    ]
    return Boxes(sheet.points, HeadForm(data, initial=initial), forms)


@require_http_methods(ALWAYS)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """minutesversion/<pk>/write/: one text for each item and language, on one page.

    A script saves each box as it is left, through the same action, and reads JSON.
    """
    minutes = row_of(request, versions(), pk, CHANGE)
    boxes, refusal = boxes_of(minutes, posted(request)), None
    if request.method == "POST" and boxes.are_valid():
        try:
            actions.write_minutes(
                minutes=minutes,
                texts=boxes.texts,
                head=boxes.head.cleaned_data,
                at=timezone.now(),
                by=request.user,
                seen=seen_revision(request),
            )
        except ValidationError as found:
            refusal = found
            boxes.points = minutes.sheet.points  # as saved by now
    is_wrong = bool(refusal or any(form.errors for form in (boxes.head, *boxes.forms)))
    if "autosave" in request.POST:
        return autosave_answer(minutes, refusal, is_wrong)
    if request.method == "POST" and not is_wrong:
        messages.success(request, gettext("The text is kept."))
        return redirect("admin:council_minutesversion_change", pk)
    return boxes_page(request, minutes, boxes, refusal=refusal, status=422 if is_wrong else 200)


def autosave_answer(minutes: MinutesVersion, refusal: ValidationError | None, is_wrong: bool) -> HttpResponse:
    if not is_wrong:
        return JsonResponse({"revision": minutes.revision, "done": gettext("The text is kept.")})
    words = refusal.messages[0] if refusal else gettext("Something in the form is not right.")
    return JsonResponse({"refusal": words, "code": refusal.code if refusal else ""}, status=422)


def boxes_page(
    request: HttpRequest,
    minutes: MinutesVersion,
    boxes: Boxes,
    *,
    refusal: ValidationError | None = None,
    status: int = 200,
    leftover: str = "",
) -> HttpResponse:
    return page(
        request,
        "minutesversion/write.html",
        gettext("Minutes: %(meeting)s") % {"meeting": minutes.meeting.name},
        status=status,
        minutes=minutes,
        head=boxes.head,
        rows=list(zip(boxes.points, boxes.forms, strict=True)),
        refusal=refusal,
        revision=minutes.revision,
        has_changed=refusal is not None and refusal.code == "changed_meanwhile",
        leftover=leftover,
    )


@require_http_methods(ALWAYS)
def cut(request: HttpRequest, pk: int) -> HttpResponse:
    """minutesversion/<pk>/cut/: the whole text at once; shows it in the boxes, and saves nothing yet."""
    minutes = row_of(request, versions(), pk, CHANGE)
    form = WholeTextForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        found = cut_at_items(form.cleaned_data["whole"], minutes.sheet.points)
        return boxes_page(request, minutes, boxes_of(minutes, None, found.parts), leftover=found.leftover)
    record_attempts(request, minutes, minutes.community, "minutes_written", errors_of(form))
    return page(
        request,
        "minutesversion/cut.html",
        gettext("Minutes: %(meeting)s") % {"meeting": minutes.meeting.name},
        status=422 if form.errors else 200,
        form=form,
        minutes=minutes,
    )
