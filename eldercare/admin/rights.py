"""What older people are entitled to, and by which terms from which day."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from circle.backoffice.site import CommunityAdmin
from eldercare.models import Right, RightTerms
from eldercare.models.rights import QUESTIONS


class TermsForm(forms.ModelForm):
    """The answers for which a right is granted are ticked."""

    class Meta:
        model = RightTerms
        fields = "__all__"  # noqa: DJ007 - the admin class names them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in QUESTIONS.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=RightTerms._meta.get_field(name).verbose_name,  # type: ignore[union-attr]
                choices=choices.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )


class TermsInline(admin.StackedInline):
    """A change is a new row from its day on; what was in force stays as it is."""

    model = RightTerms
    form = TermsForm
    extra = 0
    fields = [
        "valid_from", ("from_age", "below_age"), "means", "abilities", "living", ("cents", "per"),
        ("source_zh", "source_en"), "is_verified",
    ]  # fmt: skip

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Right)
class RightAdmin(CommunityAdmin):
    list_display = ["name", "sort", "item", "is_announced", "is_active"]
    list_select_related = ["item"]
    list_filter = ["sort", "is_announced", "is_active"]
    search_fields = ["name_zh", "name_en", "code"]
    inlines = [TermsInline]
    fieldsets = [
        (None, {"fields": ["community", "code", ("name_zh", "name_en"), "sort", "order", "is_active"]}),
        (_("What one gets"), {"fields": ["what_zh", "what_en", "group"]}),
        (_("How it is asked for"), {"fields": ["item", "kind", "is_announced"]}),
    ]

    @admin.display(description=_("name"), ordering="name_zh")
    def name(self, right: Right) -> str:
        return right.name

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
