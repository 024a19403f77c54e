"""Publishes orders: producer.py DIRECTORY COUNT. Was there before Warren, and knows nothing of it."""

import asyncio
import json
import os
import sys

import aio_pika

AT_ONCE = 100


def order(number, directory):
    """One order of four hundred is for nothing."""
    return {
        "id": number,
        "customer": f"Customer {number % 97}",
        "quantity": 0 if number % 400 == 200 else 1 + number % 5,
        "price_cents": 1995,
        "invoice": f"{directory}/order-{number:05}.txt",
    }


def message(order):
    return aio_pika.Message(
        json.dumps(order).encode(),
        message_id=f"order-{order['id']}",
        content_type="application/json",
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
    )


async def main(directory, count):
    connection = await aio_pika.connect(os.environ["RABBITMQ_URL"])
    async with connection:
        channel = await connection.channel()  # with confirms
        exchange = await channel.get_exchange(os.environ["ORDERS_EXCHANGE"], ensure=False)
        for first in range(0, count, AT_ONCE):
            print(f"published {first} of {count}", flush=True)
            numbers = range(first, min(first + AT_ONCE, count))
            orders = (message(order(number, directory)) for number in numbers)
            await asyncio.gather(*(exchange.publish(each, "order.placed") for each in orders))
    print(f"published {count} of {count}", flush=True)


if __name__ == "__main__":
    asyncio.run(main(os.path.abspath(sys.argv[1]), int(sys.argv[2])))
