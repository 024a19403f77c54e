package dev.warren.local.apiserver;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All types that are served: the built-in ones and those of the stored CustomResourceDefinitions.
/// Any thread may call.
final class Types {
  private final Store store;

  /// Written and read under this object's monitor: what was read last from the store.
  private List<ResourceType> custom = List.of();

  /// Written and read under this object's monitor: the definitions that `custom` was read from.
  private List<?> definitions = List.of();

  Types(Store store) {
    this.store = store;
  }

  List<ResourceType> all() {
    return Stream.concat(BuiltInTypes.ALL.stream(), custom().stream()).toList();
  }

  Optional<ResourceType> find(String group, String version, String plural) {
    return all().stream()
        .filter(type -> type.group().equals(group) && type.version().equals(version))
        .filter(type -> type.plural().equals(plural))
        .findFirst();
  }

  Optional<ResourceType> find(String id) {
    return all().stream().filter(type -> type.id().equals(id)).findFirst();
  }

  private synchronized List<ResourceType> custom() {
    var stored = store.list(CustomTypes.ID, "").items();
    if (!stored.equals(definitions)) {
      definitions = stored;
      custom = stored.stream().map(CustomTypes::type).toList();
    }
    return custom;
  }
}
