from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from circle.models import Rule
from circle.privacy.purposes import Purpose, all_purposes, purposes_with_rules

INTRODUCTION = """# What personal data is stored for

Written by `python manage.py describe_privacy > docs/privacy.md` from the hook `purposes`, as the page
/privacy/ is; a test compares. Days marked 待核 are numbers that nobody has verified: each is a dated row of
the table Rule, changed in the back office, and the nightly retention run follows it. Looking at sensitive
facts is recorded (`audit.log.record_reading`); the sheet of a day, which is the work itself, is not."""


class Command(BaseCommand):
    help = "Prints docs/privacy.md: every purpose of personal data, in both languages."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(INTRODUCTION)
        for language in ("zh-hans", "en"):
            with translation.override(language):
                self.stdout.write("\n## 中文" if language == "zh-hans" else "\n## English")
                for purpose, rule in purposes_with_rules(all_purposes(), timezone.localdate()):
                    for line in purpose_lines(purpose, rule):
                        self.stdout.write(line)


def purpose_lines(purpose: Purpose, rule: Rule | None) -> Iterator[str]:
    yield f"\n### {purpose.title} (`{purpose.code}`)\n"
    yield f"- {purpose.why}"
    yield f"- {purpose.what}"
    yield f"- {purpose.basis.label}" + (f": {purpose.consent}" if purpose.needs_consent else "")
    yield f"- {retention_text(purpose, rule)}"
    columns = (f"{model}: {', '.join(names)}" for model, names in purpose.columns.items())
    yield f"- `{'; '.join(columns)}`"


def retention_text(purpose: Purpose, rule: Rule | None) -> str:
    if rule is None:
        return str(purpose.ends)
    mark = "" if rule.is_verified else "（待核）"
    return f"{rule.params['days']} d, {purpose.ends}{mark} · `{rule.kind}`"
