package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What service accounts may do: what the roles say that are bound to them, as the real server's
/// RBAC has it. Others may do everything. May be used by any thread.
///
/// Not here: groups, aggregated roles, and that a server-side apply which creates is a `create`,
/// too.
final class Authorization {
  private static final String CLUSTER_ROLES = ResourceType.id(BuiltInTypes.RBAC, "clusterroles");
  private static final String ROLES = ResourceType.id(BuiltInTypes.RBAC, "roles");
  private static final String CLUSTER_BINDINGS =
      ResourceType.id(BuiltInTypes.RBAC, "clusterrolebindings");
  private static final String BINDINGS = ResourceType.id(BuiltInTypes.RBAC, "rolebindings");

  /// The user name of a service account, which is its token here.
  private static final Pattern ACCOUNT = Pattern.compile("system:serviceaccount:([^:]+):([^:]+)");

  private final Store store;

  Authorization(Store store) {
    this.store = store;
  }

  /// The token by which a service account is known.
  static String token(String namespace, String name) {
    return "system:serviceaccount:%s:%s".formatted(namespace, name);
  }

  /// @throws ApiFailure if whoever shows this token may not do this
  void check(String token, Target target, ApiRequest request) {
    var verb = verb(target, request);
    var account = ACCOUNT.matcher(token);
    if (account.matches()
        && rules(account.group(1), account.group(2), target.namespace())
            .noneMatch(rule -> admits(rule, verb, target))) {
      throw ApiFailure.forbidden(token, verb, target);
    }
  }

  /// All that hold for an account in a namespace, or in the whole cluster if that is empty.
  private Stream<JsonNode> rules(String accountNamespace, String account, String namespace) {
    var local =
        namespace.isEmpty() ? List.<ObjectNode>of() : store.list(BINDINGS, namespace).items();
    return Stream.concat(store.list(CLUSTER_BINDINGS, "").items().stream(), local.stream())
        .filter(binding -> binds(binding, accountNamespace, account))
        .flatMap(binding -> role(binding.path("roleRef"), namespace).stream())
        .flatMap(role -> elements(role.path("rules")));
  }

  private static boolean binds(JsonNode binding, String namespace, String account) {
    return elements(binding.path("subjects"))
        .anyMatch(
            subject ->
                subject.path("kind").asText().equals("ServiceAccount")
                    && subject.path("namespace").asText().equals(namespace)
                    && subject.path("name").asText().equals(account));
  }

  private Optional<ObjectNode> role(JsonNode reference, String namespace) {
    var name = reference.path("name").asText();
    return store.get(
        reference.path("kind").asText().equals("ClusterRole")
            ? new ObjectKey(CLUSTER_ROLES, "", name)
            : new ObjectKey(ROLES, namespace, name));
  }

  private static boolean admits(JsonNode rule, String verb, Target target) {
    return has(rule.path("verbs"), verb)
        && has(rule.path("apiGroups"), target.type().group())
        && has(rule.path("resources"), resource(target))
        && (rule.path("resourceNames").isEmpty() || has(rule.path("resourceNames"), target.name()));
  }

  /// As rules name it.
  private static String resource(Target target) {
    var plural = target.type().plural();
    return target.subresource().isEmpty() ? plural : plural + "/" + target.subresource();
  }

  private static boolean has(JsonNode list, String value) {
    return elements(list).map(JsonNode::asText).anyMatch(it -> it.equals(value) || it.equals("*"));
  }

  private static String verb(Target target, ApiRequest request) {
    return switch (request.method()) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> target.isCollection() ? "deletecollection" : "delete";
      default -> request.isSet("watch") ? "watch" : target.isCollection() ? "list" : "get";
    };
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
