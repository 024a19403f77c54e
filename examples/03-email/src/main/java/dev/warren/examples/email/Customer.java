package dev.warren.examples.email;

import java.util.List;
import java.util.stream.IntStream;

/// One customer who is to get a message.
///
/// @param address of the e-mail
record Customer(String address) {
  private static final int CUSTOMERS_PER_BOUNCE = 100;
  private static final int CUSTOMERS_PER_GREYLISTED = 50;

  /// So many customers: of one in a hundred the address does not exist, and one in fifty is put off
  /// by the receiving side.
  static List<Customer> list(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Customer("customer-" + i + domain(i)))
        .toList();
  }

  private static String domain(int number) {
    if (number % CUSTOMERS_PER_BOUNCE == 0) {
      return Provider.NOWHERE;
    }
    return number % CUSTOMERS_PER_GREYLISTED == 1 ? Provider.GREYLISTED : "@example.com";
  }
}
