"""Applications in the back office: a list and a page to read. What staff do to one: row_actions.py."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from childcare.actions import perhaps_same_children, possible_duplicates
from childcare.actions.namesakes import UNDECIDED
from childcare.admin import board, health, new, row_actions, tasks
from childcare.admin.pages import may_read_health, note_child_reading
from childcare.backoffice.applications import APPLICATION_ACTIONS
from childcare.backoffice.health import CORRECT
from childcare.models import Application
from childcare.models.ages import months_old
from childcare.models.applications import nurseries_of
from circle.backoffice.row_actions import available_actions
from circle.backoffice.site import Pages, ReadOnlyAdmin
from circle.identifiers.public_codes import parse_row_id
from circle.models import Record, Resident

CODE_LENGTH = 8
HEALTH = ["allergies", "medicine", "vaccinations"]


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin):
    """The list knows no child by name: only who opens one application reads it there."""

    code_length = CODE_LENGTH
    place_paths = nurseries_of()

    list_display = ["code", "status", "guardian", "age", "nursery_class", "start_on", "submitted_at", "via"]
    list_select_related = ["child", "guardian", "nursery_class"]
    list_filter = ["status", "via"]
    person_path = "guardian"
    search_fields = ["guardian__name"]
    search_help_text = _("An application code, or the guardian's name")
    show_full_result_count = False
    view_on_site = False
    change_list_template = "admin/childcare/application/change_list.html"
    change_form_template = "admin/childcare/application/change_form.html"
    readonly_fields = [
        "offered_class",
        "offered_from",
        "offer_ends",
        "child_link",
        "born_on",
        "alike",
        "age",
        "phone",
        "other_parent",
        "papers_seen",
        "history",
        *HEALTH,
    ]

    def pages(self) -> Pages:
        return [
            ("board/", board.board, "board"),
            ("tasks/", tasks.tasks, "tasks"),
            ("settle/<int:pk>/", tasks.settle, "settle"),
            ("health/<slug:code>/", health.correct, "health"),
            ("health/<slug:code>/delete/", health.delete, "health_delete"),
            ("ask/<slug:code>/<slug:name>/", row_actions.ask_about, "ask"),
            ("new/", new.who, "new"),
            ("new/register/", new.register, "register"),
            ("new/form/", new.form, "form"),
            ("fill/<slug:code>/", new.fill, "fill"),
            ("typed/<slug:code>/", new.typed, "typed"),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        return super().get_queryset(request).for_staff()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        child = ["child_link", "born_on", "age", "alike", "nursery_class", "start_on"]
        offer = ["offered_class", "offered_from", "offer_ends"]
        came = ["via", "started_by", "mandate", "submitted_at", "consented_at"]
        found = [
            (None, {"fields": ["code", "status", "status_at", "missing"]}),
            (_("Child"), {"fields": child}),
            (_("Guardian"), {"fields": ["guardian", "relation", "phone", "other_parent"]}),
            (_("Papers"), {"fields": ["papers_seen"]}),
            (_("Place offered"), {"fields": offer}),
            (_("How it came"), {"fields": [*came, "history"]}),
        ]
        if obj and may_read_health(request, obj):
            found.insert(3, (_("Health"), {"fields": HEALTH}))
        return found

    @admin.display(description=_("age today (months)"))
    def age(self, application: Application) -> str:
        born_on = application.child.born_on if application.child else None
        return str(months_old(born_on, timezone.localdate())) if born_on else "–"

    @admin.display(description=_("child"))
    def child_link(self, application: Application) -> str:
        return link_to(application.child) if application.child else "–"

    @admin.display(description=_("child's birthday"))
    def born_on(self, application: Application) -> str:
        child = application.child
        return date_format(child.born_on) if child and child.born_on else "–"

    @admin.display(description=_("perhaps the same child"))
    def alike(self, application: Application) -> str:
        """For whoever may merge two rows of the register."""
        near = possible_duplicates(application.child) if application.child else []
        rows = dict.fromkeys([*near, *perhaps_same_children(application)])
        return format_html_join("", "<p>{}</p>", ((link_to(child),) for child in rows)) or "–"

    @admin.display(description=_("class offered"))
    def offered_class(self, application: Application) -> str:
        return str(application.offered_class or "–")

    @admin.display(description=_("place from"))
    def offered_from(self, application: Application) -> Any:
        return application.offer.starts_on if application.offer else "–"

    @admin.display(description=_("offer ends at"))
    def offer_ends(self, application: Application) -> Any:
        return application.offer.expires_at if application.offer else "–"

    @admin.display(description=_("phone"))
    def phone(self, application: Application) -> str:
        return application.guardian.masked_phone or gettext("none: tell them in person")

    @admin.display(description=_("second parent"))
    def other_parent(self, application: Application) -> str:
        entry = application.second_parents.current().first()
        if entry is None:
            return "–"
        state = gettext("confirmed") if entry.confirmed_at else gettext("not confirmed yet")
        return f"{entry.get_relation_display()} · {state}"

    @admin.display(description=_("must not eat or touch"))
    def allergies(self, application: Application) -> str:
        health = application.health_or_none
        return (health.allergies if health else "") or "–"

    @admin.display(description=_("illness or medicine"))
    def medicine(self, application: Application) -> str:
        health = application.health_or_none
        return (health.medicine if health else "") or "–"

    @admin.display(description=_("vaccinations"))
    def vaccinations(self, application: Application) -> str:
        health = application.health_or_none
        return health.get_vaccinations_display() if health else "–"

    @admin.display(description=_("originals"))
    def papers_seen(self, application: Application) -> str:
        return format_html_join(
            "", "<p>{}: {}</p>", ((paper, seen(paper)) for paper in application.papers.all())
        )

    def transition_label(self, step: Record) -> str:
        return gettext("filled in")

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        found = self.get_queryset(request).shown().prefetch_related("papers")
        return found.filter(pk=parse_row_id(object_id)).first()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        application = self.get_object(request, object_id)
        may_act = application is not None and self.may_act(request, application)
        if application is not None:
            note_child_reading(request, application)
        more = {
            "verbs": available_actions(APPLICATION_ACTIONS, application, timezone.now()) if may_act else [],
            "may_fill": may_act and application.is_editable,
            "is_perhaps_known": may_act and is_perhaps_known(application),
            "may_correct_health": may_act and request.user.has_perm(CORRECT),
        }
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))


def is_perhaps_known(application: Application) -> bool:
    """While it can still be verified or offered a place."""
    return application.status in UNDECIDED and bool(perhaps_same_children(application))


def link_to(child: Resident) -> str:
    address = reverse("admin:circle_resident_card", args=[child.code])
    return format_html('<a href="{}">{}</a>', address, child.name)


def seen(paper: Any) -> str:
    if paper.seen_at:
        words = {"day": date_format(timezone.localtime(paper.seen_at), "DATE_FORMAT"), "who": paper.seen_by}
        return gettext("seen on %(day)s by %(who)s") % words
    return (
        gettext("not seen yet, the guardian has it")
        if paper.is_ready
        else gettext("not seen yet, it follows")
    )
