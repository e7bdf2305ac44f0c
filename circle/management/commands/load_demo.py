from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from circle.demo import demo_community
from circle.demo.district import district_community
from circle.demo.messages import drop_messages_after, last_message
from circle.hooks import hook_functions
from circle.models import Community
from circle.notifications import drop_untrue_in_person_messages


class Command(BaseCommand):
    help = "Loads the demo data of every app. Harmless when repeated: existing rows stay unchanged."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--with-messages",
            action="store_true",
            default=settings.DEBUG,
            help="leave what the demo would send in the outbox; with DEBUG it is left there anyway",
        )

        parser.add_argument(
            "--district",
            action="store_true",
            help="add a second, small community: for the chooser and the overview of a district",
        )

    @transaction.atomic
    def handle(self, *args: Any, with_messages: bool, district: bool, **options: Any) -> None:
        before = last_message()
        self.load(demo_community(), "demo")
        if district:
            self.load(district_community(), "demo_district")
        drop_untrue_in_person_messages(timezone.now())
        if not with_messages:  # its numbers are invented, and may yet be somebody's
            drop_messages_after(before)

    def load(self, community: Community, hook: str) -> None:
        loaders = hook_functions(hook)
        for number, load in enumerate(loaders, start=1):
            load(community)
            self.stdout.write(f"  {number}/{len(loaders)} {load.__module__}")
