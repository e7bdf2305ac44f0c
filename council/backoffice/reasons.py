"""The reason that the council's own actions ask for."""

from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowForm, text_field
from council.actions.meetings import REASON_LENGTH


class CouncilReasonForm(RowForm):
    reason = text_field("reason", _("Reason"), REASON_LENGTH)
