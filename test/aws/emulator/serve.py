"""Runs moto's server on a free port, one request at a time, and prints the port.

moto's stores are not made for threads: a transaction that fails puts the whole table back as it was, and deleting a
message replaces the queue's list, so what another thread wrote meanwhile would be lost. The rest makes it fast enough
for thousands of messages, and says what S3 and EventBridge say where moto does not: an event's account, that an object
was deleted in a bucket that keeps versions, and of an object that is put one event, its tags included.
"""

import logging
import selectors
import sys
import threading
import time
from functools import cache
from types import SimpleNamespace

import jsonpath_ng.ext
import moto.backends
import moto.core.utils
import werkzeug.serving

moto.backends.list_of_moto_modules = cache(lambda of=moto.backends.list_of_moto_modules: list(of()))  # reads a folder, twice a request
moto.core.utils.camelcase_to_underscores = cache(moto.core.utils.camelcase_to_underscores)
moto.core.utils.method_names_from_class = cache(moto.core.utils.method_names_from_class)
jsonpath_ng.ext.parse = cache(jsonpath_ng.ext.parse)  # builds its grammar anew for each of eight paths of an event


class NothingMore(selectors.SelectSelector):
    """After each answer werkzeug waits 10 ms for bytes that a client might still send; these clients have sent all."""

    def select(self, timeout=None):
        return []


werkzeug.serving.selectors = SimpleNamespace(DefaultSelector=NothingMore, EVENT_READ=selectors.EVENT_READ)


from moto.dynamodb.models import DynamoDBBackend  # noqa: E402
from moto.dynamodb.models.table import Table  # noqa: E402
from moto.events.models import Rule  # noqa: E402
from moto.events.utils import EventTemplateParser  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app  # noqa: E402
from moto.s3 import notifications  # noqa: E402
from moto.s3.models import S3Backend  # noqa: E402
from moto.s3.responses import S3Response  # noqa: E402
from moto.sqs import models as sqs  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402

EventTemplateParser.DEFAULT_EVENT_INPUT_TEMPLATE = EventTemplateParser.DEFAULT_EVENT_INPUT_TEMPLATE.replace(
    '"source":', '"account": "<account>", "source":'
)
sqs.unix_time_millis = lambda: time.time() * 1000
sqs.unix_time = time.time
sqs.camelcase_to_underscores = moto.core.utils.camelcase_to_underscores
# Days, and counted with every attribute of the queue for each message received.
sqs.SQSBackend.is_message_valid_based_on_retention_period = lambda *_: True


def touched(backend, items):
    """The items that a transaction names, as they are now: (table, hash, range, copy or None)."""
    from copy import deepcopy

    for item in items:
        kind, op = next(iter(item.items()))
        table = backend.tables.get(op.get("TableName"))
        if table is None:
            continue
        key = op["Item"] if kind == "Put" else op["Key"]
        parts = {table.hash_key_attr: key[table.hash_key_attr]}
        if table.range_key_attr is not None:
            parts[table.range_key_attr] = key[table.range_key_attr]
        yield table, parts, deepcopy(backend.get_item(op["TableName"], parts))


def transact_write_items(self, items, original=DynamoDBBackend.transact_write_items):
    """As moto's own, with a copy of the items that are named instead of one of the tables."""
    try:
        before = list(touched(self, items))
    except Exception:  # what moto itself says about a malformed transaction
        before = []
    try:
        return original(self, items)
    except Exception:
        for table, key, item in before:
            if item is None:
                self.delete_item(table.name, key)
            else:
                self.put_item(table.name, item.to_json()["Attributes"])
        raise


def items_of(hash_sets):
    items = [item for hash_set in hash_sets for item in hash_set.values()]
    return sorted(items, key=lambda item: (item.hash_key.value, item.range_key.value))


def query(self, hash_key, *rest, original=Table.query, **more):
    """As moto's own, which sorts the whole table for each query of one partition. All our keys have two parts."""
    INDEX_NAME = 6
    if rest[INDEX_NAME] is None:
        self.all_items = lambda: items_of([self.items[hash_key]] if hash_key in self.items else [])
    try:
        return original(self, hash_key, *rest, **more)
    finally:
        self.__dict__.pop("all_items", None)


def delete_object(self, bucket_name, key_name, version_id=None, bypass=False, original=S3Backend.delete_object):
    """Tells of the delete marker: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html"""
    bucket = self.get_bucket(bucket_name)
    deleted = bucket.keys.get(key_name)
    answer = original(self, bucket_name, key_name, version_id=version_id, bypass=bypass)
    if bucket.is_versioned and version_id is None and hasattr(deleted, "etag"):
        told = notifications.S3NotificationEvent.OBJECT_REMOVED_DELETE_MARKER_CREATED_EVENT
        notifications.send_event(self.account_id, told, bucket, deleted)
    return answer


def put_object(self, original=S3Response.put_object):
    """Tags that come with an object are no event of their own: https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html"""
    send = notifications.send_event
    tagged = notifications.S3NotificationEvent.OBJECT_TAGGING_PUT_EVENT
    notifications.send_event = lambda account, event, *rest: None if event == tagged else send(account, event, *rest)
    try:
        return original(self)
    finally:
        notifications.send_event = send


REASONS = {"ObjectCreated": "PutObject", "ObjectRemoved": "DeleteObject"}


def send_to_targets(self, event, transform_input=True, original=Rule.send_to_targets):
    """S3's event as S3 writes it: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html"""
    if event.get("source") == "aws.s3" and "eTag" in event["detail"]["object"]:
        detail = event["detail"]
        detail["object"]["etag"] = detail["object"].pop("eTag")
        detail["reason"] = REASONS.get(detail["reason"], detail["reason"])
    return original(self, event, transform_input)


class Handler(MotoRequestHandler):
    wbufsize = -1  # an answer in one piece


S3Backend.delete_object = delete_object
S3Response.put_object = put_object
Rule.send_to_targets = send_to_targets
Table.all_items = lambda self: items_of(self.items.values())
Table.query = query
Table.__deepcopy__ = lambda self, memo: self
DynamoDBBackend.transact_write_items = transact_write_items

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), request_handler=Handler)


def end_with_parent():
    """Standard input ends when the process that started this one does, however it ends."""
    sys.stdin.read()
    import os

    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
print(server.server_port, flush=True)
server.serve_forever()
