"""Which of the family's children wait as a household, and whether one of them may start first."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from childcare import actions
from childcare.models import Application, SiblingGroup


class SiblingField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.child.name} · {obj.nursery_class.name}" if obj.nursery_class else str(obj.child.name)


class SiblingsForm(forms.Form):
    siblings = SiblingField(
        Application.objects.none(),
        label=_("Which children"),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one of the children.")},
    )
    mode = forms.ChoiceField(
        label=_("How they start"),
        choices=[*SiblingGroup.Mode.choices, (actions.ALONE, _("each child waits by itself"))],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, row: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = actions.siblings_of(row).select_related("child", "nursery_class")
        self.fields["siblings"].queryset = found  # type: ignore[attr-defined]
        now = row.siblings_id
        self.initial["siblings"] = [each.code for each in found if not now or each.siblings_id == now]
        self.initial["mode"] = row.siblings.mode if row.siblings else SiblingGroup.Mode.TOGETHER
