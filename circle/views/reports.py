from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circle import actions
from circle.booking.form_keys import answer_once
from circle.forms import ReportForm
from circle.web.middleware import PortalRequest


@require_http_methods(["GET", "HEAD", "POST"])
@answer_once
def report(request: PortalRequest) -> HttpResponse:
    """/report/?page=: report a fault on a page, and go back to it."""
    form = ReportForm(request.POST or None, initial={"page": request.GET.get("page", "/")[:300]})
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_page(
                community=request.community,
                page=form.cleaned_data["page"],
                message=form.cleaned_data["message"],
                at=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request,
                _("Thank you. A colleague will look at the page within three working days."),
            )
            return redirect(form.cleaned_data["page"])
    status = 422 if form.is_bound else 200
    return render(request, "circle/report.html", {"form": form}, status=status)
