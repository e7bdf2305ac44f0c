"""Labels of actions and statuses in the audit log, for the pages on which people read what was done."""

from functools import cache
from typing import Any

from django.apps import apps
from django.utils.translation import gettext

from circle.hooks import hook_functions, join_tables

REFUSED_SUFFIX = "_refused"  # of the verb of an attempt that was refused and recorded


@cache
def action_labels() -> dict[str, Any]:
    """Every verb with its label, from the hook `audit_labels` of all apps."""
    return join_tables(rows() for rows in hook_functions("audit_labels"))


def action_label(verb: str) -> str:
    """The verb itself where the table lacks it (a test asserts that it lacks none)."""
    labels = action_labels()
    if verb in labels:
        return str(labels[verb])
    tried = verb.removesuffix(REFUSED_SUFFIX)
    return gettext("refused: %(deed)s") % {"deed": labels[tried]} if tried in labels else verb


def status_label(subject_type: str, status: str) -> str:
    """Its label in the choices of the row's model, those of `status` first; without one the code itself."""
    fields = sorted(apps.get_model(subject_type)._meta.fields, key=lambda field: field.name != "status")
    labels = (dict(field.flatchoices).get(status) for field in fields if field.choices)
    return str(next(filter(None, labels), status))
