package dev.warren.operator.metricsapi;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers a request: who asks, whether they may, and what. May be called by any thread.
///
/// @param proxy whom to believe; empty as long as that is not known
/// @param tokens of who asks by himself; empty as long as their key is not known
record Responder(
    Supplier<Optional<FrontProxy>> proxy,
    Supplier<Optional<Tokens>> tokens,
    Authorizer authorizer,
    Figures figures,
    InstantSource clock) {
  private static final String BEARER = "Bearer ";
  private static final Logger LOG = LoggerFactory.getLogger(Responder.class);

  Reply answer(Query query) {
    try {
      if (!query.method().equals("GET")) {
        return Reply.methodNotAllowed(
            "%s is not possible: metrics can only be read".formatted(query.method()));
      }
      return switch (Route.of(query)) {
        case Route.Fixed(var reply) -> reply;
        case Route.Figure figure -> identified(figure, query);
        case Route.Size size -> size(size, query);
        case Route.Nowhere() -> Reply.notFound("'%s' is not served here".formatted(query.path()));
      };
    } catch (IllegalArgumentException e) {
      return Reply.badRequest("the URL is not encoded as it should be");
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("A request for metrics failed");
      return Reply.internalError("the operator failed; see its log");
    }
  }

  private Reply identified(Route.Figure figure, Query query) {
    var trusted = proxy.get();
    if (trusted.isEmpty()) {
      return Reply.unavailable(
          "the operator has not read ConfigMap '%s/%s' yet; see its log and its rights"
              .formatted(FrontProxy.NAMESPACE, FrontProxy.CONFIG_MAP));
    }
    return switch (trusted.get().identify(query)) {
      case FrontProxy.Identity.Unknown(var reply) -> reply;
      case FrontProxy.Identity.Known(var caller) -> authorized(figure, caller);
    };
  }

  /// An API server takes a request without a name for one of a list.
  private Reply authorized(Route.Figure figure, Caller caller) {
    return authorizer.allows(caller, "list", figure.namespace(), figure.metric())
        ? figure(figure)
        : Reply.forbidden(
            "user '%s' cannot list '%s' of group %s in namespace '%s'; grant it by a Role"
                .formatted(caller.user(), figure.metric(), Route.GROUP, figure.namespace()));
  }

  private Reply size(Route.Size asked, Query query) {
    var known = tokens.get();
    var shown = query.header("Authorization").stream().findFirst().orElse("");
    if (known.isEmpty()
        || !shown.startsWith(BEARER)
        || !known.get().admit(shown.substring(BEARER.length()), asked.namespace(), asked.name())) {
      return Reply.unauthorized("the bearer token is not that of this TaskWorker");
    }
    var trouble = figures.trouble(asked.namespace());
    if (!trouble.isEmpty()) {
      return Reply.unavailable(trouble);
    }
    return Metrics.size(asked, figures.workers(asked.namespace()));
  }

  private Reply figure(Route.Figure asked) {
    var metric = Metric.of(asked.metric());
    if (metric.isEmpty()) {
      return Metrics.noMetric(asked.metric());
    }
    var trouble = figures.trouble(asked.namespace());
    return trouble.isEmpty()
        ? Metrics.answer(
            metric.get(), asked, known(metric.get(), asked.namespace()), clock.instant())
        : Reply.unavailable(trouble);
  }

  private List<Figure> known(Metric metric, String namespace) {
    return Figure.of(metric, figures.workers(namespace), figures.queues(namespace));
  }
}
