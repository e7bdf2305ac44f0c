"""Personal data of repairs: why they are stored, what is exported, what is erased."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Resident
from circle.privacy.data_export import Section, build_section, placeholder_resident
from circle.privacy.purposes import Basis, Purpose
from services.models import Repair, RepairPhoto
from services.models.repairs import LIVE


def repair_purposes() -> list[Purpose]:
    return [
        Purpose(
            code="repairs",
            title=_("Repairs that you report"),
            why=_("To pass them on to whoever mends it, and to ask you whether it holds."),
            what=_("What is broken and where, who reported it, who was asked to mend it, what was done."),
            basis=Basis.ASKED,
            columns={
                "services.Repair": [
                    "resident",
                    "reported_by",
                    "mandate",
                    "place",
                    "words",
                    "done_words",
                    "reason",
                ]
            },
            ends=_("after the repair was closed or cancelled; then it no longer names you"),
            rule="retention_repairs",
            stale=old_repairs,
            forget=anonymise_repairs,
        ),
        Purpose(
            code="repair_photos",
            title=_("Photos of repairs"),
            why=_("To see what is broken, and that it was mended."),
            what=_("The photos that you and the firm send; you, our desk and that firm see them."),
            basis=Basis.ASKED,
            columns={"services.RepairPhoto": ["image_sealed"]},
            ends=_("after the repair was closed or cancelled; then they are deleted"),
            rule="retention_repair_photos",
            stale=old_photos,
            forget=delete_photos,
        ),
    ]


def old_repairs(community: int, before: dt.datetime) -> QuerySet[Repair]:
    rows = Repair.objects.filter(community=community, status_at__lt=before).exclude(status__in=LIVE)
    return rows.exclude(resident__is_nobody=True)


def anonymise_repairs(rows: QuerySet[Repair], at: dt.datetime) -> int:
    """Kind, firm and days remain, to count how long repairs take."""
    found = list(rows.values_list("pk", "community"))
    wipe_words(Repair.objects.filter(pk__in=[pk for pk, _community in found]))
    for community in {community for _pk, community in found}:
        Repair.objects.filter(pk__in=[pk for pk, where in found if where == community]).update(
            resident=placeholder_resident(community), reported_by=None, mandate=None
        )
    return len(found)


def wipe_words(rows: QuerySet[Repair]) -> None:
    rows.update(place="–", words="–", gives_phone=False)
    for name in ("done_words", "reason"):
        rows.exclude(**{name: ""}).update(**{name: "–"})


def old_photos(community: int, before: dt.datetime) -> QuerySet[RepairPhoto]:
    rows = RepairPhoto.objects.filter(repair__community=community, repair__status_at__lt=before)
    return rows.exclude(repair__status__in=LIVE)


def delete_photos(rows: QuerySet[RepairPhoto], at: dt.datetime) -> int:
    return rows.delete()[0]


def repair_sections(people: Sequence[Resident]) -> list[Section]:
    return [repair_section(people), photo_section(people)]


def repair_section(people: Sequence[Resident]) -> Section:
    rows = Repair.objects.filter(resident__in=people).select_related("resident", "firm")
    labels = {
        "resident.name": pgettext_lazy("of a person", "name"),
        "code": _("repair number"),
        "kind": _("what is broken"),
        "place": _("where"),
        "words": _("what happened, since when"),
        "gives_phone": _("the firm may ring them"),
        "status": _("status"),
        "via": _("asked for"),
        "reported_at": pgettext_lazy("repair", "reported at"),
        "firm": _("who mends it"),
        "done_words": _("what was done"),
        "reason": _("reason"),
    }
    return build_section("repairs", _("Repairs that you report"), rows, labels)


def photo_section(people: Sequence[Resident]) -> Section:
    """That they are there and since when; the pictures stand on the page of the repair."""
    rows = RepairPhoto.objects.filter(repair__resident__in=people).select_related("repair")
    labels = {
        "repair.code": _("repair number"),
        "at": _("sent at"),
        "shows_result": _("shows what was mended"),
    }
    return build_section("repair_photos", _("Photos of repairs"), rows.defer("image_sealed"), labels)


def wipe_repairs(resident: Resident) -> None:
    """Of a person who is forgotten: the words of what is over, and every photo."""
    wipe_words(Repair.objects.filter(resident=resident).exclude(status__in=LIVE))
    RepairPhoto.objects.filter(repair__resident=resident).delete()
