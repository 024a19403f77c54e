"""Invoices of orders."""

import os


def text(order):
    """The invoice. Raises KeyError, TypeError or ValueError for what is no order."""
    if order["quantity"] < 1:
        raise ValueError(f"order {order['id']} is for {order['quantity']} pieces")
    total = order["quantity"] * order["price_cents"]
    return f"Invoice to {order['customer']}\n{order['quantity']} pieces, {total / 100:.2f} EUR\n"


def write(order):
    """Writes the invoice to the file that the order names: as a whole, and the same if it comes twice."""
    content = text(order)
    part = f"{order['invoice']}.{os.getpid()}.part"
    os.makedirs(os.path.dirname(part), exist_ok=True)
    with open(part, "w") as file:
        file.write(content)
    os.replace(part, order["invoice"])
