"""A stream processor: who leads each market, as it goes on.

Reads market.steps and writes a record to market.leaders whenever the lead of a run changes. What it read and what it
wrote are committed in one transaction, so that a processor that is killed and started again changes nothing. Needs runs
whose values are JSON (--kafka-values json), and the package confluent-kafka.
"""

import argparse
import json
import signal

from confluent_kafka import Consumer, Producer
from confluent_kafka.admin import AdminClient, NewTopic

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--kafka", default="localhost:9092")
parser.add_argument("--idle", type=float, default=0, help="end after so many seconds without news; 0 for never")
options = parser.parse_args()

# Who led is kept where it is written: compacted, the topic is the processor's memory.
topic = NewTopic("market.leaders", num_partitions=1, replication_factor=1, config={"cleanup.policy": "compact"})
admin = AdminClient({"bootstrap.servers": options.kafka})
for future in admin.create_topics([topic]).values():
    try:
        future.result()
    except Exception as problem:
        if "already exists" not in str(problem):
            raise

common = {"bootstrap.servers": options.kafka}
reading = {**common, "isolation.level": "read_committed", "auto.offset.reset": "earliest", "enable.auto.commit": False}


def known_leaders():
    leaders = {}
    memory = Consumer({**reading, "group.id": "leader-memory", "enable.partition.eof": True})
    memory.subscribe(["market.leaders"], on_assign=lambda each, all_: each.assign(from_beginning(all_)))
    while (message := memory.poll(30)) is not None and not message.error():
        leaders[message.key().decode()] = json.loads(message.value())["leader"]
    memory.close()
    return leaders


def from_beginning(partitions):
    for partition in partitions:
        partition.offset = 0
    return partitions


producer = Producer({**common, "transactional.id": "leader-stream"})
producer.init_transactions()  # whoever ran before can write no more
leaders = known_leaders()
consumer = Consumer({**reading, "group.id": "leader-stream"})
consumer.subscribe(["market.steps"])
running, idle = True, 0.0


def stop(*_):
    global running
    running = False


signal.signal(signal.SIGINT, stop)
signal.signal(signal.SIGTERM, stop)
while running and not (options.idle and idle >= options.idle):
    messages = consumer.consume(500, timeout=0.5)
    idle = 0.0 if messages else idle + 0.5
    if not messages:
        continue
    producer.begin_transaction()
    for message in messages:
        step = None if message.error() else json.loads(message.value()).get("step_taken")
        if not step:
            continue
        run, shares = message.key().decode(), step["shares"]
        leader = max(range(len(shares)), key=shares.__getitem__)
        if leaders.get(run) != leader:
            leaders[run] = leader
            change = {"step": int(step["step"]), "leader": leader, "share": round(shares[leader], 3)}
            producer.produce("market.leaders", key=run, value=json.dumps(change))
            print(run, json.dumps(change), flush=True)
    producer.send_offsets_to_transaction(consumer.position(consumer.assignment()), consumer.consumer_group_metadata())
    producer.commit_transaction()
consumer.close()
