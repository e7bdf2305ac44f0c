"""What the council's own actions ask for: a reason, or a confirmation of what becomes public."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowForm, text_field
from council.actions.meetings import REASON_LENGTH


class CouncilReasonForm(RowForm):
    reason = text_field("reason", _("Reason"), REASON_LENGTH)


class PublicForm(RowForm):
    """Of an action that makes a text public: asks to confirm once the action has found something private."""

    is_confirmed = forms.BooleanField(label=_("Everybody may read this"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["is_confirmed"]
