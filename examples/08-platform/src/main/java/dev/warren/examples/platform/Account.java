package dev.warren.examples.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What is in the books of the tenants.
///
/// @param bakery orders for the bakery in its book
/// @param florist orders for the florist in its book
/// @param mixedUp orders in the wrong book
public record Account(int bakery, int florist, int mixedUp) {
  /// Prints the account. Ends with status 1 if a tenant got another's order.
  public static void main(String[] arguments) throws IOException {
    var account = of(CommandLine.parse(arguments).path("--work").resolve("book"));
    System.out.printf(
        "done=%d bakery=%d florist=%d mixed-up=%d%n",
        account.bakery() + account.florist(),
        account.bakery(),
        account.florist(),
        account.mixedUp());
    System.exit(account.mixedUp() == 0 ? 0 : 1);
  }

  static Account of(Path book) throws IOException {
    var mixedUp = 0;
    for (var tenant : Tenant.values()) {
      mixedUp += count(book, tenant, tenant.other());
    }
    return new Account(
        count(book, Tenant.BAKERY, Tenant.BAKERY),
        count(book, Tenant.FLORIST, Tenant.FLORIST),
        mixedUp);
  }

  /// Orders for one tenant in the book of another.
  private static int count(Path book, Tenant whose, Tenant orderedFrom) throws IOException {
    var page = book.resolve(whose.namespace());
    if (!Files.isDirectory(page)) {
      return 0;
    }
    try (var orders = Files.list(page)) {
      var prefix = orderedFrom.namespace() + ".";
      return (int)
          orders.filter(order -> order.getFileName().toString().startsWith(prefix)).count();
    }
  }
}
