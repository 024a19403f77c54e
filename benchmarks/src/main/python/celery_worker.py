"""A worker on Celery with a process for each core, its default. Late acknowledgement, as the others have it."""

import os
import time

from billiard import current_process
from celery import Celery
from celery.signals import worker_process_init
from kombu import Queue

from tally import Tally

queue = os.environ["BENCHMARK_QUEUE"]
tally = None

app = Celery("benchmark", broker=os.environ["RABBITMQ_URL"].replace("amqp://", "pyamqp://"))
app.conf.update(
    task_acks_late=True,
    task_ignore_result=True,
    task_queues=[Queue(queue, exchange="", routing_key=queue, no_declare=True)],
    worker_enable_remote_control=False,
    worker_prefetch_multiplier=max(1, int(os.environ["BENCHMARK_PREFETCH"]) // os.cpu_count()),
)


@worker_process_init.connect
def open_tally(**_):
    global tally
    tally = Tally(os.environ["BENCHMARK_TALLY"], current_process().index)


@app.task(name="benchmark")
def benchmark(task, padding):
    pause, pause_every, _, _ = (int(part) for part in os.environ["BENCHMARK_WORK"].split(":"))
    if pause and task % pause_every == 0:
        time.sleep(pause / 1000)
    tally.done(task)


if __name__ == "__main__":
    app.worker_main(["worker", "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=WARNING"])
