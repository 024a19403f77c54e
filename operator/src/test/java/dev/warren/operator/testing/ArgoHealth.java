package dev.warren.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/// What Argo CD shows of a resource, by the script of the example; kstatus must say the same.
public record ArgoHealth(String status, String message) {
  /// Maven runs tests in the directory of their module.
  public static final Path EXAMPLE = Path.of("..", "examples", "07-gitops");

  public static ArgoHealth of(HasMetadata resource) {
    var lua = JsePlatform.standardGlobals();
    lua.set("obj", value(Serialization.unmarshal(Serialization.asJson(resource), Map.class)));
    var health = lua.load(script(), "health.lua").call();
    var status = health.get("status").checkjstring();
    assertThat(Kstatus.of(resource)).as("kstatus, where Argo CD says " + status).isIn(same(status));
    return new ArgoHealth(status, health.get("message").checkjstring());
  }

  /// The words of kstatus, which knows no suspension.
  private static Set<Kstatus> same(String status) {
    return switch (status) {
      case "Healthy" -> Set.of(Kstatus.CURRENT);
      case "Degraded" -> Set.of(Kstatus.FAILED);
      case "Progressing" -> Set.of(Kstatus.IN_PROGRESS, Kstatus.TERMINATING);
      case "Suspended" -> Set.of(Kstatus.IN_PROGRESS, Kstatus.CURRENT);
      default -> Set.of();
    };
  }

  private static String script() {
    try {
      return Files.readString(EXAMPLE.resolve("health.lua"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LuaValue value(@Nullable Object json) {
    return switch (json) {
      case null -> LuaValue.NIL;
      case Boolean flag -> LuaValue.valueOf(flag);
      case Number number -> LuaValue.valueOf(number.doubleValue());
      case Map<?, ?> object -> table(object);
      case List<?> list ->
          LuaValue.listOf(list.stream().map(ArgoHealth::value).toArray(LuaValue[]::new));
      default -> LuaValue.valueOf(String.valueOf(json));
    };
  }

  private static LuaTable table(Map<?, ?> object) {
    var table = new LuaTable();
    object.forEach((key, value) -> table.set(String.valueOf(key), value(value)));
    return table;
  }
}
