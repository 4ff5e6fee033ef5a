"""A run's steps on Kafka as a pandas table: who re-priced, every seller's price and share.

Needs the run's values as JSON (--kafka-values json) and the packages confluent-kafka and pandas.
"""

import argparse
import json

import pandas
from confluent_kafka import Consumer, TopicPartition

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("run", help="the run's id")
parser.add_argument("--kafka", default="localhost:9092")
options = parser.parse_args()

consumer = Consumer(
    {
        "bootstrap.servers": options.kafka,
        "group.id": "market-frame",  # required, but nothing is committed
        "enable.auto.commit": False,
        "isolation.level": "read_committed",  # without it, steps that were undone are seen as well
        "enable.partition.eof": True,
        "auto.offset.reset": "earliest",
    }
)
partitions = consumer.list_topics("market.steps").topics["market.steps"].partitions
consumer.assign([TopicPartition("market.steps", number, 0) for number in partitions])

rows, ended = [], set()
while len(ended) < len(partitions):
    message = consumer.poll(10)
    if message is None:
        raise SystemExit(f"nothing comes from {options.kafka}")
    if message.error():  # the end of a partition, as far as it is committed
        ended.add(message.partition())
        continue
    if message.key().decode() != options.run:
        continue
    step = json.loads(message.value()).get("step_taken")
    if step:
        row = {"step": int(step["step"]), "seller": step.get("seller", 0)}
        row.update({f"price_{seller}": price for seller, price in enumerate(step["prices"])})
        row.update({f"share_{seller}": share for seller, share in enumerate(step["shares"])})
        rows.append(row)

table = pandas.DataFrame(rows).set_index("step")
shares = table.filter(like="share_")
leader = shares.idxmax(axis=1).str.removeprefix("share_").astype(int)
print(table.shape[0], "steps")
print("mean leader share", round(shares.max(axis=1).mean(), 3))
print("steps in the lead, by seller:")
print(leader.value_counts().head(3).to_string())
