"""How public forms are drawn, and how their errors name the question they are about."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _

# Of Django's validators, whose sentences say "this value".
OF_VALIDATORS = {
    "max_length",
    "min_length",
    "max_value",
    "min_value",
    "step_size",
    "null_characters_not_allowed",
}


class Renderer(TemplatesSetting):
    """Every public form field is drawn by our own template: label, hint, error, control."""

    field_template_name = "_field.html"


def named_errors(field: forms.BoundField) -> list[str]:
    """For the summary, where the question is out of sight: Django's own sentences get its name."""
    return [
        _("%(question)s: %(error)s") % {"question": field.label, "error": text}
        if is_nameless(field.field, error)
        else text
        for error in field.errors.as_data()
        for text in error.messages
    ]


def is_nameless(field: forms.Field, error: ValidationError) -> bool:
    """Whether Django wrote the sentence, for any field of this kind."""
    code = error.code or ""
    written = field.error_messages.get(code)
    if written is None:
        return code in OF_VALIDATORS
    ours = [kind for kind in type(field).__mro__ if not kind.__module__.startswith("django.")]
    said_by_us = any(code in vars(kind).get("default_error_messages", {}) for kind in ours)
    theirs = [vars(kind).get("default_error_messages", {}).get(code) for kind in type(field).__mro__]
    return not said_by_us and written in theirs and error.message == written
