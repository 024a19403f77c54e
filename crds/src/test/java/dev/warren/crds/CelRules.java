package dev.warren.crds;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Evaluates the CEL rules of a schema (`x-kubernetes-validations`). Pure. What CEL costs, and
/// whether its types fit the schema, only an API server says.
final class CelRules {
  private static final Cel CEL =
      CelFactory.standardCelBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("self", SimpleType.DYN)
          .addVar("oldSelf", SimpleType.DYN)
          .build();
  private static final ObjectMapper VALUES =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  private CelRules() {}

  /// What the rules refuse that do not hold, each by its path from the value; that is empty for the
  /// value as a whole. A rule on the old value holds where there is none.
  static List<Refusal> broken(JsonNode schema, JsonNode value, @Nullable JsonNode old) {
    return schema
        .path("x-kubernetes-validations")
        .valueStream()
        .filter(rule -> old != null || !rule.path("rule").asText().contains("oldSelf"))
        .filter(rule -> !holds(rule.path("rule").asText(), value, old))
        .map(rule -> new Refusal(rule.path("fieldPath").asText(), rule.path("message").asText()))
        .toList();
  }

  private static boolean holds(String rule, JsonNode value, @Nullable JsonNode old) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("self", VALUES.convertValue(value, Object.class));
    if (old != null) {
      variables.put("oldSelf", VALUES.convertValue(old, Object.class));
    }
    try {
      return (Boolean) CEL.createProgram(CEL.compile(rule).getAst()).eval(variables);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new AssertionError("cannot evaluate the rule " + rule, e);
    }
  }
}
