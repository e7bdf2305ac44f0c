"""The topic of the council on paper: the hook `paper_forms`."""

from django.utils.translation import gettext as _

from circle.forms.paper import PaperForm
from circle.models import Community
from council.forms import TopicForm


def paper_forms(community: Community) -> list[PaperForm]:
    return [PaperForm("topic", _("A topic for the council"), "admin:council_topic_new", (TopicForm,))]
