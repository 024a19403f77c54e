package dev.warren.operator.broker;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.pcollections.TreePMap;

/// Makes the map of a reading from the one of the reading before, and compares the two. Where
/// nothing differs it is the same map, so that rest costs no memory and comparing no time.
final class Successor {
  private Successor() {}

  /// A map that holds just what was found, and the old values where they equal the new ones.
  static <T> TreePMap<String, T> of(TreePMap<String, T> before, Map<String, T> found) {
    return of(before, found, Function.identity());
  }

  /// The same where values must be made to be kept.
  ///
  /// @param made equals what it is made of
  static <S, T> TreePMap<String, T> of(
      TreePMap<String, T> before, Map<String, S> found, Function<S, T> made) {
    var map = before;
    for (var entry : found.entrySet()) {
      if (!entry.getValue().equals(before.get(entry.getKey()))) {
        map = map.plus(entry.getKey(), made.apply(entry.getValue()));
      }
    }
    return map.size() == found.size() ? map : map.minusAll(missing(before, found));
  }

  private static Set<String> missing(TreePMap<String, ?> before, Map<String, ?> found) {
    var missing = new HashSet<>(before.keySet());
    missing.removeAll(found.keySet());
    return missing;
  }

  /// The keys that lead to unequal values, or to one in one map only.
  @SuppressWarnings("ReferenceEquality") // The case of rest, which needs no look at the values.
  static <T> Set<String> differingKeys(TreePMap<String, T> one, TreePMap<String, T> other) {
    var differing = new HashSet<String>();
    if (one != other) {
      addUnequal(one, other, differing);
      // Without looking each key up when there are as many and all were found.
      if (one.size() != other.size() || !differing.isEmpty()) {
        addUnequal(other, one, differing);
      }
    }
    return differing;
  }

  private static <T> void addUnequal(
      TreePMap<String, T> from, TreePMap<String, T> to, Set<String> differing) {
    from.forEach(
        (key, value) -> {
          if (!value.equals(to.get(key))) {
            differing.add(key);
          }
        });
  }
}
