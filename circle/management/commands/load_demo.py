from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from circle.demo import demo_community
from circle.demo.messages import drop_messages_after, last_message
from circle.hooks import hook_functions


class Command(BaseCommand):
    help = "Loads the demo data of every app. Harmless when repeated: existing rows stay unchanged."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--with-messages",
            action="store_true",
            default=settings.DEBUG,
            help="leave what the demo would send in the outbox; with DEBUG it is left there anyway",
        )

    @transaction.atomic
    def handle(self, *args: Any, with_messages: bool, **options: Any) -> None:
        before = last_message()
        community = demo_community()
        loaders = hook_functions("demo")
        for number, load in enumerate(loaders, start=1):
            load(community)
            self.stdout.write(f"  {number}/{len(loaders)} {load.__module__}")
        if not with_messages:  # its numbers are invented, and may yet be somebody's
            drop_messages_after(before)
