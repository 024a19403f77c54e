package dev.warren.operator.broker;

import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;
import org.pcollections.TreePMap;

/// All bindings of a vhost, found by what they lead to. Immutable; a changed one shares what it can
/// with the one before.
public final class Bindings {
  /// Without any.
  public static final Bindings NONE = new Bindings(TreePMap.empty());

  private static final int FEW = 3;
  private static final String QUEUE = Binding.Kind.QUEUE + " ";

  private final TreePMap<String, PSet<Binding>> byDestination;

  private Bindings(TreePMap<String, PSet<Binding>> byDestination) {
    this.byDestination = byDestination;
  }

  /// These bindings.
  public static Bindings of(Collection<Binding> all) {
    var bindings = NONE;
    for (var binding : all) {
      bindings = bindings.with(binding);
    }
    return bindings;
  }

  /// Those that lead to a queue.
  public Collection<Binding> ofQueue(String name) {
    return leadingTo(Binding.Kind.QUEUE, name);
  }

  /// Those that lead to something.
  public Collection<Binding> leadingTo(Binding.Kind kind, String name) {
    return byDestination.getOrDefault(key(kind, name), HashTreePSet.empty());
  }

  /// Whether there is this very binding.
  public boolean contains(Binding binding) {
    return leadingTo(binding.kind(), binding.destination()).contains(binding);
  }

  /// All of them.
  public Stream<Binding> stream() {
    return byDestination.values().stream().flatMap(Collection::stream);
  }

  Bindings with(Binding binding) {
    var key = key(binding.kind(), binding.destination());
    var present = byDestination.getOrDefault(key, HashTreePSet.empty());
    return new Bindings(byDestination.plus(key, present.plus(binding)));
  }

  Bindings without(Binding binding) {
    var key = key(binding.kind(), binding.destination());
    var left = byDestination.getOrDefault(key, HashTreePSet.empty()).minus(binding);
    return new Bindings(left.isEmpty() ? byDestination.minus(key) : byDestination.plus(key, left));
  }

  Bindings withoutDestination(Binding.Kind kind, String name) {
    return new Bindings(byDestination.minus(key(kind, name)));
  }

  Bindings withoutExchange(String name) {
    var left = withoutDestination(Binding.Kind.EXCHANGE, name);
    for (var binding : left.stream().filter(found -> found.exchange().equals(name)).toList()) {
      left = left.without(binding);
    }
    return left;
  }

  /// The queues whose bindings differ.
  Set<String> queuesDifferingFrom(Bindings other) {
    return Successor.differingKeys(byDestination, other.byDestination).stream()
        .filter(key -> key.startsWith(QUEUE))
        .map(key -> key.substring(QUEUE.length()))
        .collect(toSet());
  }

  /// Whether bindings of exchanges differ.
  boolean betweenExchangesDifferFrom(Bindings other) {
    return Successor.differingKeys(byDestination, other.byDestination).stream()
        .anyMatch(key -> !key.startsWith(QUEUE));
  }

  /// Collects what a reading finds.
  static final class Builder {
    private final Map<String, Set<Binding>> found = new HashMap<>();

    void add(Binding binding) {
      found
          .computeIfAbsent(
              key(binding.kind(), binding.destination()), key -> HashSet.newHashSet(FEW))
          .add(binding);
    }

    /// All that were added.
    ///
    /// @param before what is to be shared where it did not change
    Bindings build(Bindings before) {
      return new Bindings(Successor.of(before.byDestination, found, HashTreePSet::from));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bindings bindings && bindings.byDestination.equals(byDestination);
  }

  @Override
  public int hashCode() {
    return byDestination.hashCode();
  }

  @Override
  public String toString() {
    return byDestination.values().toString();
  }

  private static String key(Binding.Kind kind, String name) {
    return kind + " " + name;
  }
}
