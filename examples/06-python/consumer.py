"""Writes an invoice for each order. Was there before Warren, and knows nothing of it."""

import asyncio
import json
import os
import signal

import aio_pika
import invoices


async def handle(message):
    async with message.process():  # acknowledges after the work, rejects when it raises
        invoices.write(json.loads(message.body))


async def main():
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    connection = await aio_pika.connect(os.environ["RABBITMQ_URL"])
    connection.close_callbacks.add(lambda *_: stopping.set())  # the pod starts again
    async with connection:
        channel = await connection.channel()
        await channel.set_qos(prefetch_count=20)
        queue = await channel.get_queue(os.environ["INVOICES_QUEUE"], ensure=False)
        await queue.consume(handle)
        await stopping.wait()


asyncio.run(main())
