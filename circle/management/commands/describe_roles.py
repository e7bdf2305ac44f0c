"""Writes docs/roles.md from the roles in circle/models/roles.py and the hook `permissions`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from circle.models.roles import BY_PHONE, LIMITS, Role, role_permissions

FILE = settings.BASE_DIR / "docs" / "roles.md"
HEAD = """# Roles

What each post may do, written by `python manage.py describe_roles` from `hooks/permissions.py` of each app
(circle: `app_hooks`); a test holds both alike. A post binds a login to a community, a role and dates; what
it gives ends at that community, and where a limit is named at the grid, building or firm of the post.

| role | 岗位 | signs in | limited to |
|---|---|---|---|
"""


class Command(BaseCommand):
    help = "Writes docs/roles.md from the table of roles."

    def handle(self, *args: Any, **options: Any) -> None:
        FILE.write_text(roles_document(), encoding="utf-8")


def roles_document() -> str:
    return HEAD + "".join(role_row(role) for role in Role) + "".join(role_section(role) for role in Role)


def role_row(role: Role) -> str:
    sign_in = "by phone" if role in BY_PHONE else "password and second step"
    name = f"[{role_label(role, 'en')}](#{role.replace('_', '-')})"
    return f"| {name} | {role_label(role, 'zh-hans')} | {sign_in} | {LIMITS.get(role, 'community')} |\n"


def role_label(role: Role, language: str) -> str:
    with translation.override(language):
        return str(role.label)


def role_section(role: Role) -> str:
    """By app and model, such as "circle: resident (view, add)"."""
    found: dict[str, dict[str, list[str]]] = {}
    for permission in sorted(role_permissions()[role]):
        app, _, name = permission.partition(".")
        verb, _, model = name.rpartition("_")
        found.setdefault(app, {}).setdefault(model, []).append(verb.replace("_", " "))
    lines = [
        f"- {app}: " + "; ".join(f"{model} ({', '.join(verbs)})" for model, verbs in sorted(models.items()))
        for app, models in found.items()
    ]
    return f"\n## {role.replace('_', '-')}\n\n" + ("\n".join(lines) or "Nothing by itself.") + "\n"
