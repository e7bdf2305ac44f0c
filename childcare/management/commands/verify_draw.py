from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from childcare.actions.rounds import find_faults
from childcare.models import Round


class Command(BaseCommand):
    help = "Draws published rounds again from their secret, list and balls, and compares."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("codes", nargs="*", metavar="ROUND")
        parser.add_argument("--all", action="store_true", help="every round that was drawn")

    def handle(self, *args: Any, **options: Any) -> None:
        rounds = Round.objects.exclude(seed="").order_by("pk")
        if not options["all"]:
            rounds = rounds.filter(code__in=options["codes"])
            if unknown := set(options["codes"]) - set(rounds.values_list("code", flat=True)):
                raise CommandError(f"no drawn round: {', '.join(sorted(unknown))}")
        wrong = [f"{each.code}: {fault}" for each in rounds for fault in find_faults(each)]
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write(f"{rounds.count()} rounds: every draw is right.")
