package dev.warren.operator.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Passes the updates of a resource that may ask for something: of its spec, of annotations that
/// Warren knows, of its finalizers, and its deletion; not those of its status.
public final class WorthReconciling implements OnUpdateFilter<HasMetadata> {
  private static final String PREFIX = "warren.dev/";

  @Override
  public boolean accept(HasMetadata after, HasMetadata before) {
    var is = after.getMetadata();
    var was = before.getMetadata();
    return !Objects.equals(is.getGeneration(), was.getGeneration())
        || !Objects.equals(is.getDeletionTimestamp(), was.getDeletionTimestamp())
        || !Objects.equals(is.getFinalizers(), was.getFinalizers())
        || !known(is.getAnnotations()).equals(known(was.getAnnotations()));
  }

  private static Map<String, String> known(Map<String, String> annotations) {
    var known = new TreeMap<String, String>();
    if (annotations != null) {
      annotations.forEach(
          (key, value) -> {
            if (key.startsWith(PREFIX)) {
              known.put(key, value);
            }
          });
    }
    return known;
  }
}
