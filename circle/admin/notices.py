import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle import actions
from circle.admin.groups import can_post, group
from circle.audit.log import record
from circle.backoffice.row_actions import (
    RowAction,
    RowForm,
    ask_or_perform,
    available_actions,
    find_action,
    pass_row_as,
    text_field,
)
from circle.backoffice.site import CommunityAdmin
from circle.models import Notice

Status = Notice.Status
TELL = "tell"


class WhyForm(RowForm):
    reason = text_field("reason", _("Why?"))


def is_published(notice: Notice, at: dt.datetime) -> bool:
    return notice.status == Status.PUBLISHED


def is_off(notice: Notice, at: dt.datetime) -> bool:
    """Something is off, now or later."""
    return notice.outage_until is not None and notice.outage_until > at


class NoticeForm(forms.ModelForm):
    class Meta:
        widgets = {"buildings": forms.CheckboxSelectMultiple}

    def clean(self) -> dict[str, Any]:
        """Refuses: other_community (a building of another one)."""
        said = super().clean() or self.cleaned_data
        chosen = said.get("community")
        community = (
            chosen.pk if chosen else self.instance.community_id
        )  # None where the form lacks a valid one
        if community and any(each.community_id != community for each in said.get("buildings", [])):
            self.add_error(
                "buildings",
                ValidationError(_("This building belongs to another community."), code="other_community"),
            )
        return said


NOTICE_ACTIONS = [
    RowAction(
        "publish",
        _("Publish"),
        pass_row_as("notice", actions.publish_notice),
        available=lambda notice, at: not is_published(notice, at),
        sentence=_("Everybody then reads it on the page of notices."),
    ),
    RowAction(
        "pin",
        _("Pin to the top"),
        pass_row_as("notice", actions.pin_notice),
        available=lambda notice, at: is_published(notice, at) and not notice.is_pinned,
        sentence=_("It stands above the newer ones."),
    ),
    RowAction(
        "unpin",
        _("Unpin"),
        pass_row_as("notice", actions.unpin_notice),
        available=lambda notice, at: is_published(notice, at) and notice.is_pinned,
        sentence=_("It goes back to its place by date."),
    ),
    RowAction(
        TELL,
        _("Tell who lives there"),
        pass_row_as("notice", actions.tell_who_is_hit),
        available=lambda notice, at: is_published(notice, at) and is_off(notice, at),
        sentence=_("Each is told once, by their own channel; whom none reaches is visited."),
    ),
    RowAction(
        "withdraw",
        _("Withdraw"),
        pass_row_as("notice", actions.withdraw_notice),
        available=is_published,
        form=WhyForm,
        sentence=_("It leaves the pages at once, and its link leads to the other notices."),
    ),
]


@admin.register(Notice)
class NoticeAdmin(CommunityAdmin):
    """Written and corrected here; published, pinned and withdrawn by buttons."""

    form = NoticeForm
    list_display = ["title_zh", "title_en", "status", "publish_at", "expires_at", "is_pinned"]
    list_filter = ["status", "is_pinned"]
    search_fields = ["title_zh", "title_en", "body_zh", "body_en"]
    prepopulated_fields = {"slug": ["title_en"]}
    readonly_fields = ["status", "status_at", "is_pinned", "reason", "short_code"]
    fieldsets = [
        (None, {"fields": ["community", ("title_zh", "title_en"), "slug"]}),
        (pgettext_lazy("of a notice", "Text"), {"fields": ["body_zh", "body_en"]}),
        (_("When"), {"fields": [("publish_at", "expires_at")]}),
        (_("Whom it hits"), {"fields": ["buildings", ("outage_from", "outage_until")]}),
        (_("status"), {"fields": [("status", "status_at"), ("is_pinned", "short_code"), "reason"]}),
    ]
    change_form_template = "admin/circle/notice/change_form.html"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A notice that was public once is not deleted."""
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
            more["verbs"] = available_actions(NOTICE_ACTIONS, notice, timezone.now())
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
        """notice/<pk>/do/<verb>/: asks first, then does it."""
        action = find_action(NOTICE_ACTIONS, name)
        notice = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, notice):
            raise PermissionDenied
        back = reverse("admin:circle_notice_change", args=[pk])
        if name != TELL:
            return ask_or_perform(request, action, notice, back)
        reach = actions.reach_of(notice, timezone.now())
        return ask_or_perform(
            request,
            action,
            notice,
            back,
            done=lambda count: (
                ngettext("%(count)s person is told.", "%(count)s people are told.", count) % {"count": count}
            ),
            about="admin/circle/notice/_reach.html",
            notice=notice,
            reach=reach,
        )
