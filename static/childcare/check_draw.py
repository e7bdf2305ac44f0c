"""Checks a nursery draw by its two published files alone: python3 check_draw.py round.json list.csv

One ticket by hand: printf LOT | openssl dgst -sha256 -hmac SEED
"""

import csv
import hashlib
import hmac
import json
import sys
from collections import Counter
from pathlib import Path


def choose(row, left):
    choices = [choice.split("+") for choice in row["choices"].split(" ")]
    for choice in choices:
        if all(left.get(code, 0) >= count for code, count in Counter(choice).items()):
            return choice
    if row["mode"] != "split_ok":
        return [""] * len(choices[0])
    free, taken = dict(left), []
    for child in range(len(choices[0])):
        code = next((each[child] for each in choices if free.get(each[child], 0) > 0), "")
        free[code] = free.get(code, 0) - 1
        taken.append(code)
    return taken


def need(is_right, words):
    if not is_right:
        raise SystemExit(f"WRONG: {words}")


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def check(published, listed):
    need(sha256(published["secret"]) == published["commitment"], "not the secret of the opening")
    need(sha256(listed) == published["digest"], "not the list of the closing")
    seed = sha256(f"{published['secret']}|{published['digest']}|{published['value']}")
    need(seed == published["seed"], "not the seed of secret, list and balls")
    left, rows = dict(published["places"]), list(csv.DictReader(listed.splitlines()))
    for row in rows:
        row["ticket"] = hmac.new(seed.encode(), row["lot"].encode(), hashlib.sha256).hexdigest()
    rows.sort(key=lambda row: (int(row["tier"]), row["ticket"]))
    need(len(rows) == len(published["results"]), "not one result for each household")
    for position, (row, said) in enumerate(zip(rows, published["results"], strict=True), start=1):
        classes = choose(row, left)
        for code in classes:
            left[code] = left.get(code, 0) - 1
        found = {"position": position, "lot": int(row["lot"]), "ticket": row["ticket"], "classes": classes}
        need(found == {name: said[name] for name in found}, f"line {position}: {said}")


if __name__ == "__main__":
    said, listed = (Path(name).read_bytes().decode() for name in sys.argv[1:3])
    check(json.loads(said), listed)
    sys.stdout.write("The draw is right.\n")
