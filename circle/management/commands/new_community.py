import io
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from circle.actions import invite_director, open_community
from circle.hooks import hook_functions
from circle.importing.new_community import NEEDED, TEMPLATE, CommunityPlan, check_plan, read_plan
from circle.models import Community

SEEDS = ("seed_calendar", "seed_rules", "seed_norms")


class Command(BaseCommand):
    help = (
        "Opens a community: its row, grids, calendar, rules, kinds and norms, catalogue and director. Asks, "
        "or reads a TOML file (--print-template). What is there already stays unchanged."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="TOML; without it the command asks")
        parser.add_argument("--print-template", action="store_true", help="print an example, and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["print_template"]:
            self.stdout.write(TEMPLATE, ending="")
            return
        try:
            plan = read_plan(options["file"]) if options["file"] else self.ask()
            with transaction.atomic():
                password = self.open(plan)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        if password:  # last, and once
            said = {"email": plan.director["email"], "password": password}
            self.stdout.write(
                _("First sign-in of %(email)s: %(password)s (to be changed at once; shown only now).") % said
            )

    def open(self, plan: CommunityPlan) -> str:
        """Returns the password for the director's first sign-in, if any."""
        now = timezone.now()
        for name in SEEDS:
            call_command(name, stdout=io.StringIO())
        community, is_new = open_community(values=plan.community, grids=plan.grids, at=now)
        sentence = _("%(name)s is open.") if is_new else _("%(name)s was there already and stays as it is.")
        self.stdout.write(sentence % {"name": community.name})
        if plan.catalogue:
            self.load_catalogue(community)
        if not plan.director:
            return ""
        return invite_director(community=community, at=now, **plan.director)

    def load_catalogue(self, community: Community) -> None:
        for load in hook_functions("new_community"):
            self.stdout.write(load(community, timezone.now()))

    def ask(self) -> CommunityPlan:
        """By the words of the TOML file; an empty answer leaves out what is not needed."""
        community: dict[str, Any] = {}
        for word in [*NEEDED, "datum", "gate_zh", "gate_en"]:
            if answer := input(f"{word}: ").strip():
                community[word] = answer
        for word in ("longitude", "latitude"):
            community[word] = self.number(community.get(word, ""))
        grids = []
        while code := input(_("Code of a grid, such as g1; empty when there are no more: ")).strip():
            name = input(f"{code} name_zh: ").strip()
            grids.append(
                {"code": code, "name_zh": name, "name_en": input(f"{code} name_en: ").strip() or name}
            )
        director = {}
        if email := input(_("E-mail address of the director; empty for none: ")).strip():
            director = {"email": email, "name": input("name: ").strip()}
        plan = CommunityPlan(community, grids, director)
        check_plan(plan)
        return plan

    def number(self, text: str) -> float | str:
        try:
            return float(text) if text else ""
        except ValueError as error:
            raise CommandError(_("“%(text)s” is not a number of degrees.") % {"text": text}) from error
