"""What the imports of facilities and buildings share: rows, points, and a report of the problems."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from circle.models import Community


@dataclass
class Report:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)  # number of the row, sentence

    def note(self, number: int, refusal: ValidationError) -> None:
        self.problems += [(number, sentence) for sentence in refusal.messages]


def find_community(slug: str) -> Community:
    """The community of that short name, or the only one. Refuses: no_community, several_communities."""
    found = list(Community.objects.filter(slug=slug) if slug else Community.objects.all()[:2])
    if not found:
        raise ValidationError(_("There is no such community."), code="no_community")
    if len(found) > 1:
        sentence = _("There are several communities: name one with --community.")
        raise ValidationError(sentence, code="several_communities")
    return found[0]


def save_changes(row: models.Model, values: dict[str, Any], report: Report) -> bool:
    """Save what differs; returns whether anything did. Refuses what the model refuses."""
    changed = [name for name, value in values.items() if not row.pk or getattr(row, name) != value]
    if not changed:
        report.unchanged += 1
        return False
    for name in changed:
        setattr(row, name, values[name])
    row.full_clean()
    if row.pk:
        report.changed += 1
    else:
        report.new += 1
    row.save()
    return True
