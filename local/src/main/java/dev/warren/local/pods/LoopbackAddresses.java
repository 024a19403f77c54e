package dev.warren.local.pods;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Gives each pod an address of its own in 127.0.0.0/8, all of which is this machine. The network
/// is drawn at random, so that two platforms rarely meet, and an address is given only if its ports
/// are free. Any thread may call.
final class LoopbackAddresses {
  private static final int HOSTS = 254;

  private final String network;

  /// Written and read under this object's monitor.
  private final Set<String> taken = new HashSet<>();

  /// Written and read under this object's monitor.
  private int next;

  LoopbackAddresses() {
    var random = new SecureRandom();
    network = "127.%d.%d.".formatted(1 + random.nextInt(HOSTS), 1 + random.nextInt(HOSTS));
  }

  /// @throws IllegalStateException if no address is left
  synchronized String take(Collection<Integer> ports) {
    for (int attempt = 0; attempt < HOSTS; attempt++) {
      next = next % HOSTS + 1;
      var address = network + next;
      if (!taken.contains(address) && areFree(address, ports)) {
        taken.add(address);
        return address;
      }
    }
    throw new IllegalStateException("all addresses of %s0/24 are taken".formatted(network));
  }

  synchronized void release(String address) {
    taken.remove(address);
  }

  private static boolean areFree(String address, Collection<Integer> ports) {
    return ports.stream().allMatch(port -> isFree(new InetSocketAddress(address, port)));
  }

  private static boolean isFree(InetSocketAddress address) {
    try (var socket = new ServerSocket()) {
      socket.bind(address);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
