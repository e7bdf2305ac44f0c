"""A meeting held on paper, entered on one page; then it goes on as any other."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from council import actions
from council.admin.pages import answered, page, posted
from council.backoffice.paper_meetings import ADD, PaperMeetingForm


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """meeting/paper/: its hours and items; roll, results and minutes on the pages of the meeting."""
    if not request.user.has_perm(ADD):
        raise PermissionDenied
    form = PaperMeetingForm(posted(request), user=request.user)
    made: list[Any] = []

    def do(said: dict[str, Any]) -> None:
        made.append(actions.enter_paper_meeting(at=timezone.now(), by=request.user, **said))

    def back() -> str:
        name = "council_meeting_change" if made else "council_meeting_changelist"
        return reverse(f"admin:{name}", args=[each.pk for each in made])

    done = gettext("The meeting is entered. Roll, results and minutes come next.")
    return answered(request, form, do, done, lazy(back, str)()) or page(
        request,
        "meeting/paper.html",
        gettext("A meeting held on paper"),
        status=422 if form.errors else 200,
        form=form,
        back=back(),
    )
