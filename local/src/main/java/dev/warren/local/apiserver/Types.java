package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All types that are served: the built-in ones and those of the stored CustomResourceDefinitions.
/// Any thread may call.
final class Types {
  private final Store store;

  /// Written by whoever finds it out of date, or by two who do so at once; read by all.
  private volatile Known known = Known.of(-1, List.of());

  /// The types as of one version of the definitions.
  private record Known(long version, List<ResourceType> list, Map<String, ResourceType> byId) {
    static Known of(long version, List<ObjectNode> definitions) {
      var custom = definitions.stream().map(CustomTypes::type);
      var list = Stream.concat(BuiltInTypes.ALL.stream(), custom).toList();
      var byId =
          list.stream()
              .collect(Collectors.toMap(ResourceType::id, type -> type, (first, _) -> first));
      return new Known(version, list, byId);
    }
  }

  Types(Store store) {
    this.store = store;
  }

  List<ResourceType> all() {
    return known().list();
  }

  Optional<ResourceType> find(String group, String version, String plural) {
    return find(ResourceType.id(group, plural)).filter(type -> type.version().equals(version));
  }

  Optional<ResourceType> find(String id) {
    return Optional.ofNullable(known().byId().get(id));
  }

  private Known known() {
    // Read before the definitions: if one changes in between, they are read again.
    var version = store.version(CustomTypes.ID);
    var last = known;
    if (last.version() != version) {
      last = Known.of(version, store.list(CustomTypes.ID, "").items());
      known = last;
    }
    return last;
  }
}
