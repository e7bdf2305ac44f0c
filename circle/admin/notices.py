from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle import actions
from circle.admin.groups import can_post, group
from circle.audit.log import record
from circle.backoffice.confirmation import Answer, Question, render_question
from circle.backoffice.site import CommunityAdmin
from circle.models import Notice

Status = Notice.Status


@dataclass(frozen=True)
class Verb:
    """A button above the form; the page behind it says what will happen, and asks."""

    label: Any
    sentence: Any
    act: Callable[..., Notice]
    wants_reason: bool = False

    def question(self, back: str, refusal: ValidationError | None = None, said: str = "") -> Question:
        label = str(self.label)
        answer = Answer("reason", gettext("Why?"), said) if self.wants_reason else None
        return Question(label, label, back, [str(self.sentence)], answer=answer, refusal=refusal)


VERBS = {
    "publish": Verb(
        _("Publish"), _("Everybody then reads it on the page of notices."), actions.publish_notice
    ),
    "withdraw": Verb(
        _("Withdraw"),
        _("It leaves the pages at once, and its link leads to the other notices."),
        actions.withdraw_notice,
        wants_reason=True,
    ),
    "pin": Verb(_("Pin to the top"), _("It stands above the newer ones."), actions.pin_notice),
    "unpin": Verb(_("Unpin"), _("It goes back to its place by date."), actions.unpin_notice),
}


def verbs_of(notice: Notice) -> list[str]:
    if notice.status != Status.PUBLISHED:
        return ["publish"]
    return ["unpin" if notice.is_pinned else "pin", "withdraw"]


@admin.register(Notice)
class NoticeAdmin(CommunityAdmin):
    """Written and mended here; published, pinned and withdrawn by its buttons."""

    list_display = ["title_zh", "title_en", "status", "publish_at", "expires_at", "is_pinned"]
    list_filter = ["status", "is_pinned"]
    search_fields = ["title_zh", "title_en", "body_zh", "body_en"]
    prepopulated_fields = {"slug": ["title_en"]}
    readonly_fields = ["status", "status_at", "is_pinned", "reason", "short_code"]
    fieldsets = [
        (None, {"fields": ["community", ("title_zh", "title_en"), "slug"]}),
        (pgettext_lazy("of a notice", "Text"), {"fields": ["body_zh", "body_en"]}),
        (_("When"), {"fields": [("publish_at", "expires_at")]}),
        (_("status"), {"fields": [("status", "status_at"), ("is_pinned", "short_code"), "reason"]}),
    ]
    change_form_template = "admin/circle/notice/change_form.html"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was public once stays on record."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.status == Status.DRAFT)

    def view_on_site(self, obj: Notice) -> str | None:
        shown = Notice.objects.visible(obj.community, timezone.now()).filter(pk=obj.pk)
        return obj.get_absolute_url() if shown.exists() else None

    def save_model(self, request: HttpRequest, obj: Notice, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record(
            verb="notice_changed" if change else "notice_written",
            subject=obj,
            community=obj.community_id,
            at=timezone.now(),
            actor=request.user,
            columns=form.changed_data,
        )

    def response_add(self, request: HttpRequest, obj: Notice, post_url_continue: Any = None) -> HttpResponse:
        messages.success(request, gettext("Kept as a draft. Read it once more, then publish it."))
        return redirect("admin:circle_notice_change", obj.pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        notice = self.get_object(request, object_id)
        more: dict[str, Any] = {}
        if notice and self.has_change_permission(request, notice):
            more["may_post"] = can_post(notice)
            more["verbs"] = [(name, VERBS[name].label) for name in verbs_of(notice)]
        if notice:
            more["public_url"] = self.view_on_site(notice)
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.do))
        to_group = self.admin_site.admin_view(partial(group, model_admin=self))
        return [
            path("<int:pk>/do/<slug:name>/", view, name="circle_notice_do"),
            path("<int:pk>/group/", to_group, name="circle_notice_group"),
            *super().get_urls(),
        ]

    def do(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """notice/<pk>/do/<verb>/: says what it will do, asks, and does it."""
        if name not in VERBS:
            raise Http404
        notice = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, notice):
            raise PermissionDenied
        verb, back = VERBS[name], reverse("admin:circle_notice_change", args=[pk])
        if request.method != "POST":
            return render_question(request, verb.question(back))
        said = request.POST.get("reason", "")
        reason = {"reason": said} if verb.wants_reason else {}
        try:
            verb.act(notice=notice, at=timezone.now(), by=request.user, **reason)
        except ValidationError as refusal:
            return render_question(request, verb.question(back, refusal, said))
        messages.success(request, gettext("Done: %(verb)s.") % {"verb": verb.label})
        return redirect(back)
