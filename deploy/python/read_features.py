#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads features from Redis, typed as the view says. Needs redis-py (Debian: python3-redis) and nothing of Freshet.

    freshet explain customer_spending --json > customer_spending.json
    python3 read_features.py customer_spending.json Ann Bob

Prints one JSON object per entity. In a program of your own:

    view = View.load("customer_spending.json")
    rows = view.read(redis.Redis(decode_responses=True), ["Ann", "Bob"])
    rows["Ann"].values["spent_1h"]
"""

import argparse
import json
import os
from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal

import redis


@dataclass(frozen=True)
class Row:
    """The newest row of an entity. A value of None is SQL's null; an entity without a row has no Row."""

    as_of: datetime  # event time at which the values are true
    seq: int
    version: int
    values: dict
    warming: frozenset  # columns whose window reaches back to before all events were seen


class View:
    """How one view lies in Redis: one hash per entity, a field per column that is not null."""

    def __init__(self, explained):
        self.name = explained["view"]
        self.version = explained["version"]
        self.key_prefix = explained["key_prefix"]
        self.watermark_key = explained["watermark_key"]
        self.types = {column["name"]: column["type"] for column in explained["columns"]}

    @classmethod
    def load(cls, path):
        """From what `freshet explain VIEW --json` printed."""
        with open(path, encoding="utf-8") as file:
            return cls(json.load(file))

    def read(self, client, entities):
        """Rows by entity, None for one that was never seen or has expired; all in one round trip."""
        with client.pipeline(transaction=False) as pipeline:
            for entity in entities:
                pipeline.hgetall(self.key_prefix + entity)
            return {entity: self._row(fields) for entity, fields in zip(entities, pipeline.execute())}

    def watermark(self, client):
        """Up to when the job has seen all events, or None: tells "nothing happened" from "the job is behind"."""
        millis = client.get(self.watermark_key)
        return None if millis is None else _time(millis)

    def _row(self, fields):
        if not fields:
            return None
        return Row(
            as_of=_time(fields["_as_of"]),
            seq=int(fields["_seq"]),
            version=int(fields["_version"]),
            values={
                name: None if name not in fields else parse(fields[name], type_)
                for name, type_ in self.types.items()
            },
            warming=frozenset(filter(None, fields["_warming"].split(","))),
        )


def entity_key(*parts):
    """The key of an entity of several fields: | stands between them."""
    texts = [str(part) for part in parts]
    if len(texts) == 1:
        return texts[0]
    return "|".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)


def parse(text, type_):
    """The value of a field: int, float, Decimal, bool, str, datetime, list or dict."""
    kind = type_.split("(")[0].split("<")[0]
    if kind in ("list", "map"):
        element = type_[type_.index("<") + 1 : -1]
        found = json.loads(text, parse_float=str, parse_int=str)
        if kind == "list":
            return [_element(each, element) for each in found]
        return {key: _element(each, element) for key, each in found.items()}
    if kind == "boolean":
        return text == "true"
    readers = {"long": int, "double": float, "decimal": Decimal, "string": str, "timestamp": _time}
    return readers[kind](text)


def _element(value, type_):
    if value is None or isinstance(value, bool):
        return value
    return parse(json.dumps(value) if isinstance(value, (list, dict)) else value, type_)


def _time(millis):
    return datetime.fromtimestamp(int(millis) / 1000, timezone.utc)


def _plain(value):
    return value.isoformat() if isinstance(value, datetime) else str(value)


def main():
    options = argparse.ArgumentParser(description="Read the newest features of entities from Redis.")
    options.add_argument("view", help="what `freshet explain VIEW --json` printed")
    options.add_argument("entity", nargs="+", help="keys of entities")
    options.add_argument(
        "--redis",
        default=os.environ.get("FRESHET_REDIS_URI", "redis://localhost:6379"),
        help="where Redis is. Default: FRESHET_REDIS_URI, or else this machine",
    )
    given = options.parse_args()
    view = View.load(given.view)
    client = redis.Redis.from_url(given.redis, decode_responses=True)
    for entity, row in view.read(client, given.entity).items():
        found = None if row is None else {"as_of": row.as_of, "seq": row.seq, "values": row.values}
        print(json.dumps({"entity": entity, "row": found}, default=_plain))


if __name__ == "__main__":
    main()
