package dev.warren.examples.email;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CustomerTest {
  @Test
  void mixesAddressesThatBounceAndThatArePutOff() {
    assertThat(count(2_000, Provider.NOWHERE)).isEqualTo(20);
    assertThat(count(2_000, Provider.GREYLISTED)).isEqualTo(40);
    assertThat(count(1, Provider.NOWHERE)).isOne();
  }

  private static long count(int customers, String domain) {
    return Customer.list(customers).stream()
        .filter(customer -> customer.address().endsWith(domain))
        .count();
  }
}
