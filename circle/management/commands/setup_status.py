from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from circle.backoffice.setup import all_steps
from circle.importing.places import find_community


class Command(BaseCommand):
    help = "Says what is missing before residents can rely on a community's pages. Changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--community", default="", help="its short name; needed where there are several")

    def handle(self, *args: Any, community: str, **options: Any) -> None:
        try:
            place = find_community(community)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        steps = all_steps(place)
        for step in steps:
            sign, said = ("✓", "") if step.is_done else ("✗", f": {step.missing}")
            hint = f" ({step.command})" if step.command and not step.is_done else ""
            self.stdout.write(f"{sign} {step.label}{said}{hint}")
        missing = sum(not step.is_done for step in steps)
        self.stdout.write(
            _("%(missing)s of %(all)s steps are open.") % {"missing": missing, "all": len(steps)}
        )
