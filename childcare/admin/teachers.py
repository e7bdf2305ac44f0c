"""Who looks after a class: given and ended by the head of the nursery."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from childcare.actions import end_class, give_class
from childcare.admin.pages import page
from childcare.models import NurseryClass
from childcare.models.classes import OF_CLASS
from childcare.models.days import WRITE
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.identifiers.public_codes import parse_row_id
from circle.models import StaffPost, User
from circle.models.roles import roles_with

CHANGE = "childcare.change_nurseryclass"


class TeacherForm(forms.Form):
    user = forms.ModelChoiceField(
        User.objects.none(), label=_("Nurse or teacher"), error_messages={"required": _("Choose who it is.")}
    )

    def __init__(self, *args: Any, group: NurseryClass, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = StaffPost.objects.active(timezone.localdate()).filter(
            community=group.community_id, role__in=roles_with(WRITE)
        )
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        field.queryset = User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by(
            "name", "pk"
        )


@require_http_methods(["GET", "HEAD", "POST"])
def teachers(request: HttpRequest, code: int) -> HttpResponse:
    """nurseryclass/teachers/<id>/: who looks after the class; POST gives it or ends it."""
    require_permissions(request, CHANGE)
    group = get_object_or_404(
        NurseryClass.objects.filter(within_reach(request, CHANGE, places=OF_CLASS)), pk=code
    )
    current = group.teachers.current().select_related("user", "nursery_class")
    form = TeacherForm(request.POST if "user" in request.POST else None, group=group)
    if "end" in request.POST:
        teacher = get_object_or_404(current, pk=parse_row_id(request.POST["end"]))
        end_class(teacher=teacher, at=timezone.now(), by=request.user)
        return redirect(request.path)
    if request.method == "POST" and form.is_valid() and try_give_class(request, group, form):
        return redirect(request.path)
    return page(
        request,
        "nurseryclass/teachers.html",
        gettext("Who looks after the class"),
        status=422 if form.errors else 200,
        group=group,
        teachers=current,
        form=form,
    )


def try_give_class(request: HttpRequest, group: NurseryClass, form: TeacherForm) -> bool:
    try:
        give_class(nursery_class=group, user=form.cleaned_data["user"], at=timezone.now(), by=request.user)
    except ValidationError as refusal:
        form.add_error("user", refusal)
        return False
    return True
