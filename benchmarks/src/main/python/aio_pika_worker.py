"""A worker on aio-pika: one process, one event loop. Consumes until SIGTERM."""

import asyncio
import os
import signal
import struct

import aio_pika

from tally import Tally


async def main():
    pause, pause_every, _, _ = (int(part) for part in os.environ["BENCHMARK_WORK"].split(":"))
    tally = Tally(os.environ["BENCHMARK_TALLY"])
    permits = asyncio.Semaphore(int(os.environ["BENCHMARK_CONCURRENCY"]))

    async def handle(message):
        (task,) = struct.unpack_from(">q", message.body)
        async with permits:
            if pause and task % pause_every == 0:
                await asyncio.sleep(pause / 1000)
        tally.done(task)
        await message.ack()

    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    connection = await aio_pika.connect(os.environ["RABBITMQ_URL"])
    async with connection:
        channel = await connection.channel()
        await channel.set_qos(prefetch_count=int(os.environ["BENCHMARK_PREFETCH"]))
        queue = await channel.get_queue(os.environ["BENCHMARK_QUEUE"], ensure=False)
        await queue.consume(handle)
        await stopping.wait()


asyncio.run(main())
