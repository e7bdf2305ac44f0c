from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Every public form field is drawn by our own template: label, hint, error, control."""

    field_template_name = "_field.html"
