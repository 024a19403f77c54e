package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.pcollections.TreePMap;

class SuccessorTest {
  @Property
  void holdsJustWhatWasFound(
      @ForAll @Size(max = 6) Map<@IntRange(max = 8) Integer, Boolean> before,
      @ForAll @Size(max = 6) Map<@IntRange(max = 8) Integer, Boolean> found) {
    assertThat(Successor.of(TreePMap.from(named(before)), named(found))).isEqualTo(named(found));
  }

  @Property
  void isTheSameMapWhereNothingDiffers(@ForAll Map<Integer, Boolean> map) {
    var before = TreePMap.from(named(map));

    assertThat(Successor.of(before, named(map))).isSameAs(before);
  }

  @Property
  void namesTheKeysThatDiffer(
      @ForAll @Size(max = 6) Map<@IntRange(max = 8) Integer, Boolean> one,
      @ForAll @Size(max = 6) Map<@IntRange(max = 8) Integer, Boolean> other) {
    var differing = Successor.differingKeys(TreePMap.from(named(one)), TreePMap.from(named(other)));

    assertThat(differing).isEqualTo(differing(named(one), named(other)));
  }

  private static Set<String> differing(Map<String, Boolean> one, Map<String, Boolean> other) {
    var keys = new HashSet<>(one.keySet());
    keys.addAll(other.keySet());
    keys.removeIf(key -> Objects.equals(one.get(key), other.get(key)));
    return keys;
  }

  private static Map<String, Boolean> named(Map<Integer, Boolean> map) {
    var named = new HashMap<String, Boolean>();
    map.forEach((key, value) -> named.put("queue-" + key, value));
    return named;
  }
}
