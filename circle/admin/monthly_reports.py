"""The monthly report to the sub-district: the figures of a month, checked by the director, and its files."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from circle.actions.monthly_reports import check_report
from circle.backoffice.frames import page_in
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.site import Pages, ReadOnlyAdmin
from circle.forms.monthly_reports import CheckReportForm
from circle.models import Community, MonthlyReport
from circle.models.monthly_reports import CHECK, VIEW
from circle.reporting.content import Content, build_content, digest_of
from circle.reporting.documents import report_docx, report_xlsx
from circle.reporting.figures import spans_of
from circle.reporting.tables import column_headings, foot_lines, late_heads, report_title, tables_of

page = page_in("circle/monthlyreport")
OPENXML = "application/vnd.openxmlformats-officedocument."
FILES = {
    "docx": (report_docx, f"{OPENXML}wordprocessingml.document"),
    "xlsx": (report_xlsx, f"{OPENXML}spreadsheetml.sheet"),
}


class Asked:
    """What an address asks for: a community of one's posts, a month, and the checked edition of it, if any.

    `?draft=1` shows the figures as they are now beside an edition that was checked.
    """

    def __init__(self, request: HttpRequest) -> None:
        require_permissions(request, VIEW)
        self.communities = list(Community.objects.filter(within_reach(request, VIEW, "pk")))
        if not self.communities:
            raise PermissionDenied
        wanted = request.GET.get("community") or self.communities[0].slug
        found = [each for each in self.communities if each.slug == wanted]
        if not found:
            raise Http404
        self.community, self.today = found[0], timezone.localdate()
        self.month = month_asked(request.GET.get("month", ""), self.today)
        self.latest = MonthlyReport.objects.latest(self.community, self.month)
        self.report = None if request.GET.get("draft") else self.latest

    @property
    def content(self) -> Content:
        if self.report:
            return dict(self.report.content)
        return build_content(self.community, self.month, self.today)

    def address(self, name: str = "month", **more: Any) -> str:
        said = {"community": self.community.slug, "month": f"{self.month:%Y-%m}"} | more
        return reverse(f"admin:circle_monthlyreport_{name}") + "?" + urlencode(said)


def month_asked(text: str, today: dt.date) -> dt.date:
    """The last whole month where the address names none of our time."""
    usual = (today.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    try:
        found = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return usual
    return found if 2000 <= found.year <= today.year else usual


@require_http_methods(["GET", "HEAD", "POST"])
def month(request: HttpRequest) -> HttpResponse:
    """monthlyreport/month/?month=YYYY-MM[&community=][&draft=1]; POST checks it."""
    asked = Asked(request)
    content = asked.content
    form, status = None, 200
    if asked.report is None and may_check(request, asked):
        form = CheckReportForm(
            request.POST or None, initial={"seen": digest_of(content)}, is_first=asked.latest is None
        )
        if request.method == "POST":
            if form.is_valid() and checked(request, asked, form):
                return redirect(asked.address())
            form.data = form.data | {"seen": digest_of(content)}  # what is shown now
            status = 422
    elif request.method == "POST":
        raise PermissionDenied
    spans = spans_of(asked.month)
    return page(
        request,
        "month.html",
        report_title(content),
        status=status,
        asked=asked,
        form=form,
        tables=tables_of(content),
        heads=column_headings(),
        late_heads=late_heads(),
        foot=foot_lines(content, asked.report),
        is_over=spans.month.last < asked.today,
        before=spans.before.first,
        after=spans.month.last + dt.timedelta(days=1),
        files=[(name, asked.address(name, **({"draft": 1} if is_draft(request) else {}))) for name in FILES],
    )


def is_draft(request: HttpRequest) -> bool:
    return bool(request.GET.get("draft"))


def may_check(request: HttpRequest, asked: Asked) -> bool:
    return Community.objects.filter(within_reach(request, CHECK, "pk"), pk=asked.community.pk).exists()


def checked(request: HttpRequest, asked: Asked, form: CheckReportForm) -> bool:
    said = form.cleaned_data
    try:
        check_report(
            community=asked.community,
            month=asked.month,
            seen=said["seen"],
            words=said["words"],
            reason=said.get("reason", ""),
            at=timezone.now(),
            by=request.user,
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


def file_page(name: str) -> Any:
    make, kind = FILES[name]

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        """monthlyreport/month.docx and .xlsx, with the same words in the address."""
        asked = Asked(request)
        response = HttpResponse(make(asked.content, asked.report), content_type=kind)
        file = f"{asked.community.slug}-{asked.month:%Y-%m}.{name}"
        response["Content-Disposition"] = f'attachment; filename="{file}"'
        return response

    return view


@admin.register(MonthlyReport)
class MonthlyReportAdmin(ReadOnlyAdmin):
    list_display = ["month_name", "community", "edition", "checked_at", "checked_by"]
    list_display_links = ["month_name"]
    list_filter = ["community"]
    list_select_related = ["community", "checked_by"]
    date_hierarchy = "month"
    fields = ["community", "month_name", "edition", "reason", "words", "checked_at", "checked_by", "digest"]
    readonly_fields = ["month_name"]

    def pages(self) -> Pages:
        files = [(f"month.{name}", file_page(name), name) for name in FILES]
        return [("month/", month, "month"), *files]

    @admin.display(description=_("month"), ordering="month")
    def month_name(self, report: MonthlyReport) -> str:
        return f"{report.month:%Y-%m}"
