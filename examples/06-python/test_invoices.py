"""Run by: python3 -m unittest"""

import os
import tempfile
import unittest

import invoices


class InvoicesTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = directory.name
        self.order = {
            "id": 7,
            "customer": "Ada",
            "quantity": 3,
            "price_cents": 1995,
            "invoice": f"{directory.name}/out/order-7.txt",
        }

    def test_adds_up(self):
        self.assertEqual(invoices.text(self.order), "Invoice to Ada\n3 pieces, 59.85 EUR\n")

    def test_writes_the_same_file_again_and_nothing_else(self):
        invoices.write(self.order)
        invoices.write(self.order)

        self.assertEqual(os.listdir(f"{self.directory}/out"), ["order-7.txt"])
        with open(self.order["invoice"]) as file:
            self.assertEqual(file.read(), invoices.text(self.order))

    def test_refuses_an_order_for_nothing(self):
        with self.assertRaisesRegex(ValueError, "order 7 is for 0 pieces"):
            invoices.write(self.order | {"quantity": 0})

        self.assertEqual(os.listdir(self.directory), [])


if __name__ == "__main__":
    unittest.main()
