package dev.warren.operator.metricsapi;

import static dev.warren.operator.metricsapi.FakeFigures.holding;
import static dev.warren.operator.metricsapi.FakeFigures.wanting;
import static dev.warren.operator.testing.Resources.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponderTest {
  private static final String BASE = "/apis/external.metrics.k8s.io/v1beta1/namespaces/";
  private static final Map<String, List<String>> HPA =
      Map.of(
          "X-Remote-User", List.of("system:serviceaccount:kube-system:horizontal-pod-autoscaler"));
  private static final Tokens TOKENS = Tokens.random();
  private static final FakeFigures FIGURES =
      FakeFigures.of(
          List.of(
              wanting("media", "resizer", "scaling: {wanted: 7, reason: x}"),
              wanting("media", "sleeper", "scaling: {wanted: 0, reason: x}"),
              wanting("media", "newcomer", "{}")),
          List.of(
              holding("media", "image-resize", "{queueName: images, ready: 40, unacknowledged: 2}"),
              holding("media", "mail", "{queueName: mail, ready: 5, unacknowledged: 0}"),
              holding("media", "mute", "{queueName: mute}"),
              holding("bank", "payments", "{queueName: payments, ready: 9, unacknowledged: 9}")));

  @ParameterizedTest
  @CsvSource({
    "warren_wanted_replicas, taskworker=resizer, 7",
    "warren_wanted_replicas, taskworker=sleeper, 0",
    "rabbitmq_queue_messages_ready, queue=images, 40",
    "rabbitmq_queue_messages_ready, queue=image-resize, 40",
    "rabbitmq_queue_messages_unacked, queue=images, 2",
    "rabbitmq_queue_messages, queue=images, 42",
    "rabbitmq_queue_messages_unacked, queue in (mail), 0",
  })
  void answersAFigure(String metric, String selector, String value) {
    var reply = ask("media", metric, selector);

    assertThat(reply.code()).isEqualTo(200);
    var list = json(reply);
    assertThat(list.path("kind").asText()).isEqualTo("ExternalMetricValueList");
    assertThat(list.path("apiVersion").asText()).isEqualTo("external.metrics.k8s.io/v1beta1");
    assertThat(list.path("items")).hasSize(1);
    var item = list.path("items").path(0);
    assertThat(item.path("metricName").asText()).isEqualTo(metric);
    assertThat(item.path("timestamp").asText()).isEqualTo("2026-11-22T12:00:00Z");
    assertThat(item.path("value").asText()).isEqualTo(value);
  }

  @Test
  void answersAllThatMatch() {
    var reply = ask("media", "rabbitmq_queue_messages_ready", "queue notin (mute)");

    assertThat(json(reply).path("items").findValuesAsText("value")).containsExactly("40", "5");
    assertThat(json(reply).path("items").findValuesAsText("queue"))
        .containsExactly("images", "mail");
  }

  @Test
  void doesNotTakeAnUnknownFigureForZero() {
    var reply = ask("media", "rabbitmq_queue_messages_ready", "queue=mute");

    assertThat(status(reply))
        .containsExactly(
            entry("code", "503"),
            entry("reason", "ServiceUnavailable"),
            entry(
                "message",
                "rabbitmq_queue_messages_ready of 'mute' in namespace 'media' is not known now; its status says why"));
  }

  @Test
  void leavesNoUnknownFigureOutOfASum() {
    assertThat(ask("media", "rabbitmq_queue_messages_ready", "").code()).isEqualTo(503);
    assertThat(ask("media", "warren_wanted_replicas", "taskworker").code()).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(strings = {"queue=payments", "queue=images,namespace=bank", "vhost=bank"})
  void knowsQueuesOfTheAskingNamespaceOnly(String selector) {
    var reply = ask("media", "rabbitmq_queue_messages_ready", selector);

    assertThat(status(reply))
        .containsExactly(
            entry("code", "404"),
            entry("reason", "NotFound"),
            entry(
                "message",
                "no TaskQueue of namespace 'media' matches '%s'; rabbitmq_queue_messages_ready knows those of the asking namespace only, by the label queue"
                    .formatted(selector)));
  }

  @Test
  void refusesASelectorThatCannotBeRead() {
    assertThat(status(ask("media", "rabbitmq_queue_messages_ready", "queue=bank/payments")))
        .contains(entry("code", "400"), entry("reason", "BadRequest"));
  }

  @Test
  void saysWhichMetricsThereAre() {
    assertThat(status(ask("media", "messages", "")))
        .contains(
            entry("code", "404"),
            entry(
                "message",
                "there is no metric 'messages'; use one of warren_wanted_replicas,"
                    + " rabbitmq_queue_messages_ready, rabbitmq_queue_messages_unacked, rabbitmq_queue_messages"));
  }

  @Test
  void answersNothingWhileFiguresMayBeOld() {
    var responder =
        responder(new FakeFigures("no operator leads", List.of(), List.of()), (_, _, _, _) -> true);

    var reply = responder.answer(query("media", "warren_wanted_replicas", "taskworker=resizer"));

    assertThat(status(reply)).contains(entry("code", "503"), entry("message", "no operator leads"));
  }

  @Test
  void asksWhetherTheUserMay() {
    var responder =
        responder(
            FIGURES,
            (caller, verb, namespace, metric) ->
                !(caller.user().endsWith(":horizontal-pod-autoscaler")
                    && verb.equals("list")
                    && namespace.equals("media")
                    && metric.equals("warren_wanted_replicas")));

    var reply = responder.answer(query("media", "warren_wanted_replicas", "taskworker=resizer"));

    assertThat(status(reply))
        .contains(
            entry("code", "403"),
            entry(
                "message",
                "user 'system:serviceaccount:kube-system:horizontal-pod-autoscaler' cannot list"
                    + " 'warren_wanted_replicas' of group external.metrics.k8s.io in namespace 'media'; grant it by a Role"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/apis",
        "/apis/external.metrics.k8s.io",
        "/apis/external.metrics.k8s.io/v1beta1",
        "/openapi/v2",
        "/openapi/v3",
        "/healthz",
      })
  void describesItselfToAnybodyWhateverIsKnown(String path) {
    var responder =
        new Responder(
            Optional::empty,
            Optional::empty,
            (_, _, _, _) -> false,
            new FakeFigures("the broker is away", List.of(), List.of()),
            () -> NOW);

    assertThat(responder.answer(new Query("GET", path, "", Map.of(), List.of())).code())
        .isEqualTo(200);
  }

  @Test
  void listsItsMetricsAsResourcesThatCanOnlyBeGot() {
    var query = new Query("GET", "/apis/external.metrics.k8s.io/v1beta1", "", Map.of(), List.of());

    var resources = json(allowing().answer(query)).path("resources");

    assertThat(resources.findValuesAsText("name"))
        .containsExactly(
            "warren_wanted_replicas",
            "rabbitmq_queue_messages_ready",
            "rabbitmq_queue_messages_unacked",
            "rabbitmq_queue_messages");
    assertThat(resources)
        .allSatisfy(it -> assertThat(it.path("verbs").toString()).isEqualTo("[\"get\"]"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api, 404",
    "GET, /apis/external.metrics.k8s.io/v1beta1/namespaces/media, 404",
    "GET, /apis/external.metrics.k8s.io/v1beta1/namespaces/media/a/b, 404",
    "GET, /apis/external.metrics.k8s.io/v1beta1/nodes/media/warren_wanted_replicas, 404",
    "GET, /apis/%zz, 400",
    "POST, /apis, 405",
    "DELETE, /apis/external.metrics.k8s.io/v1beta1/namespaces/media/warren_wanted_replicas, 405",
  })
  void refusesAnythingElse(String method, String path, int code) {
    assertThat(allowing().answer(new Query(method, path, "", HPA, proxy())).code()).isEqualTo(code);
  }

  @Test
  void waitsUntilItKnowsWhomToBelieve() {
    var responder =
        new Responder(Optional::empty, Optional::empty, (_, _, _, _) -> true, FIGURES, () -> NOW);

    assertThat(responder.answer(query("media", "warren_wanted_replicas", "")).code())
        .isEqualTo(503);
  }

  @Test
  void tellsTheBearerOfItsTokenAWantedSize() {
    var reply = size("resizer", "Bearer " + TOKENS.of("media", "resizer"));

    assertThat(reply).isEqualTo(Reply.ok(Map.of("wanted", 7L)));
  }

  @Test
  void tellsNobodyElse() {
    assertThat(size("resizer", "Bearer " + TOKENS.of("media", "sleeper")).code()).isEqualTo(401);
    assertThat(size("resizer", "Bearer " + TOKENS.of("bank", "resizer")).code()).isEqualTo(401);
    assertThat(size("resizer", "Bearer ").code()).isEqualTo(401);
    assertThat(size("resizer", "").code()).isEqualTo(401);
    assertThat(size("resizer", TOKENS.of("media", "resizer")).code()).isEqualTo(401);
    assertThat(size("absent", "Bearer " + TOKENS.of("media", "absent")).code()).isEqualTo(404);
  }

  @Test
  void tellsNoSizeThatIsUnknown() {
    assertThat(size("newcomer", "Bearer " + TOKENS.of("media", "newcomer")).code()).isEqualTo(503);
  }

  @Test
  void saysNothingOfItsOwnFailures() {
    var responder =
        responder(
            FIGURES,
            (_, _, _, _) -> {
              throw new IllegalStateException("the token is abc");
            });

    assertThat(status(responder.answer(query("media", "warren_wanted_replicas", ""))))
        .contains(entry("code", "500"), entry("message", "the operator failed; see its log"));
  }

  private static Reply size(String name, String authorization) {
    return allowing()
        .answer(
            new Query(
                "GET",
                "/scaling/v1/namespaces/media/taskworkers/" + name,
                "",
                Map.of("Authorization", List.of(authorization)),
                List.of()));
  }

  private static Reply ask(String namespace, String metric, String selector) {
    return allowing().answer(query(namespace, metric, selector));
  }

  private static Responder allowing() {
    return responder(FIGURES, (_, _, _, _) -> true);
  }

  private static Responder responder(Figures figures, Authorizer authorizer) {
    var proxy = Optional.of(FrontProxy.parse(Certificates.proxyData(Map.of())));
    return new Responder(() -> proxy, () -> Optional.of(TOKENS), authorizer, figures, () -> NOW);
  }

  private static Query query(String namespace, String metric, String selector) {
    var text = "labelSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8);
    return new Query("GET", BASE + namespace + "/" + metric, text, HPA, proxy());
  }

  private static List<X509Certificate> proxy() {
    return List.of(Certificates.PROXY.x509());
  }

  private static Map<String, String> status(Reply reply) {
    var status = json(reply);
    assertThat(status.path("kind").asText()).isEqualTo("Status");
    assertThat(status.path("status").asText()).isEqualTo("Failure");
    var fields = new LinkedHashMap<String, String>();
    for (var field : List.of("code", "reason", "message")) {
      fields.put(field, status.path(field).asText());
    }
    return fields;
  }

  private static JsonNode json(Reply reply) {
    return new ObjectMapper().valueToTree(reply.body());
  }
}
