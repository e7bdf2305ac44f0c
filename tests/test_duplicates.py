"""Hall and care share one ground: a function of care that is near one of the hall is a copy to merge."""

import ast
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = {"migrations", "demo"}
SHORTEST, ALIKE, MOST = 4, 0.6, 60


def functions_of(app: str) -> Iterator[list[str]]:
    """Each as its lines, without blank ones and comments."""
    for path in sorted((ROOT / app).rglob("*.py")):
        if LEFT_OUT & set(path.parts):
            continue
        source = path.read_text(encoding="utf-8")
        lines = source.splitlines()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                own = [line.strip() for line in lines[node.lineno - 1 : node.end_lineno]]
                found = [line for line in own if line and not line.startswith("#")]
                if len(found) >= SHORTEST:
                    yield found


def equal_lines(one: list[str], other: list[str]) -> int:
    """How many lines are the same in the same order, where that is most of both; else none."""
    common = sum((Counter(one) & Counter(other)).values())
    if 2 * common < ALIKE * (len(one) + len(other)):
        return 0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) if matcher.ratio() >= ALIKE else 0


def test_elder_care_copies_few_lines_of_the_hall():
    hall = list(functions_of("services"))
    copied = [max(equal_lines(own, other) for other in hall) for own in functions_of("eldercare")]
    assert len(copied) > 200
    assert sum(copied) <= MOST


def test_a_copy_is_found():
    [first, *_others] = functions_of("services")
    assert equal_lines(first, [*first, "return None"]) == len(first)
    assert equal_lines(first, ["def other() -> None:", *["pass"] * 9]) == 0
