package dev.warren.local.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A resource with one fault.
///
/// @param name of the resource; that of a TaskBroker begins with the test's namespace
/// @param spec flow-style YAML
/// @param field path of what is wrong
/// @param value what is wrong there, as an answer quotes it
record WrongResource(String kind, String name, String spec, String field, String value) {
  /// One row: a kind; the rest of a spec that is right; paths; and values, each wrong at each path.
  private static final String VALUES =
      """
      TaskQueue | | messageTtl maxTaskDuration deadLetter.retention | '5' ; 5 m ; -1s ; 1y ; 1.5h ; PT5M ; soon ; 30S ; 1w ; 1h 30m ; 0s ; 50d ; 9999999999s ; 5 ; true ; [1s]
      TaskQueue | | retry.initialDelay retry.maxDelay | '5' ; 5 m ; -1s ; 1y ; 1.5h ; soon ; 31d ; 9999999999s ; 5 ; true
      TaskQueue | | queueName exchange.name deadLetter.exchange | a/b ; a%2fb ; a b ; .* ; a|b ; (a+)+ ; ü ; '.' ; '..' ; a@b ; $(id) ; 5 ; true ; [a]
      TaskQueue | | queueName | warren.x ; amq.x ; x.dlq ; q.0 ; q.g7
      TaskQueue | | exchange.name deadLetter.exchange | warren.x ; amq.direct
      TaskQueue | | broker | Default ; a/b ; '*' ; '.' ; '..' ; 5 ; [default] ; missing
      TaskQueue | | shards | 0 ; -1 ; 65 ; 1000000 ; '2' ; 2.5 ; many ; true
      TaskQueue | type: Classic | priorities | 0 ; -1 ; 256 ; '5' ; 1.5 ; high ; [1]
      TaskQueue | | maxLength maxBytes deadLetter.maxLength | 0 ; -5 ; 1.5 ; '100' ; 1Gi ; lots ; true
      TaskQueue | | retry.maxAttempts | 0 ; -1 ; 31 ; 2.5 ; unlimited
      TaskQueue | | retry.multiplier | 0 ; 0.5 ; 11 ; '2'
      TaskQueue | | retry.jitter | 0.6 ; -0.1 ; 20% ; '0.2'
      TaskQueue | | type | quorum ; QUORUM ; Stream ; 1 ; [Quorum]
      TaskQueue | | exchange.type | topic ; x-consistent-hash ; 5
      TaskQueue | | overflow | reject-publish ; DropTail ; true
      TaskQueue | | deletionPolicy migration | delete ; Never ; auto ; false
      TaskQueue | | singleActiveConsumer paused | 'true' ; 1 ; on fire
      TaskQueue | | foo Broker queuename routingKey maxRetries ttl durable retry.attempts exchange.kind deadLetter.queue | 1
      TaskQueue | type: Classic | arguments.x-foo | true ; 1.5 ; [a]
      TaskWorker | handler: {custom: {}} | concurrency | 0 ; -1 ; 10001 ; '5' ; many
      TaskWorker | handler: {custom: {}} | prefetch | 0 ; 65536 ; 1.5
      TaskWorker | handler: {custom: {}} | replicas | -1 ; 1001 ; 2.5 ; all
      TaskWorker | handler: {custom: {}} | autoscaling.minReplicas autoscaling.maxReplicas | -1 ; 1001 ; '1'
      TaskWorker | handler: {custom: {}} | autoscaling.targetBacklog | 0 ; 1000001 ; few
      TaskWorker | handler: {custom: {}} | autoscaling.cooldown | '5' ; 5 minutes ; -1m ; 1y
      TaskWorker | handler: {custom: {}} | paused | 'true' ; 1
      TaskWorker | handler: {custom: {}} | foo env Replicas autoscaling.targetCPU podtemplate | 1
      TaskQueue | | retry.maxAge | '5' ; soon ; 0s ; 3651d
      TaskWorker | handler: {java: {}} | rateLimit.tasks batch.size | 0 ; -1 ; '5' ; many
      TaskWorker | handler: {java: {}} | circuitBreaker.failureRate | 0 ; 101 ; half
      TaskWorker | handler: {java: {}} | adaptive.targetDuration circuitBreaker.pause | '5' ; soon ; 0s ; 1y
      TaskWorker | handler: {java: {}} | logLevel | info ; Trace ; 5
      TaskWorker | | handler.java.className | a b ; 1a ; a..b ; a. ; a/b ; 5
      TaskWorker | | handler.http.url | ftp://x ; http:// ; http:///path ; https://x:99999/ ; http://%zz ; 5
      TaskWorker | | handler.exec.command | ls -l ; 5
      TaskBroker | | defaults.messageTtl defaults.maxTaskDuration defaults.deadLetter.retention | '5' ; 1y ; 0s ; 50d ; soon
      TaskBroker | | defaults.retry.maxDelay | '5' ; 31d ; 1ms
      TaskBroker | | defaults.maxLength ceilings.maxLength ceilings.shards ceilings.workers ceilings.queuesPerNamespace | 0 ; -1 ; 1Gi
      TaskBroker | | defaults.type defaults.overflow defaults.migration vhostPolicy.type | classic ; 5
      TaskBroker | | foo defaults.shards ceilings.queues tls.insecure | 1
      """;

  /// One row: a kind; the path and the value that the answer names; and a spec whose parts do not
  /// go together.
  private static final String SPECS =
      """
      TaskQueue | spec.routingKeys | a | routingKeys: [a, a]
      TaskQueue | spec.retry.maxDelay | 1m | retry: {initialDelay: 1h, maxDelay: 1m}
      TaskQueue | spec.retry.maxDelay | 11m | retry: {initialDelay: 11m}
      TaskQueue | spec.bindings | x-match | exchange: {name: h, type: Headers}, bindings: [{arguments: {x-match: all}}]
      TaskQueue | spec.bindings | 1.5 | exchange: {name: h, type: Headers}, bindings: [{arguments: {a: 1.5}}]
      TaskQueue | spec.bindings | [1] | exchange: {name: h, type: Headers}, bindings: [{arguments: {a: [1]}}]
      TaskQueue | x-match | most | exchange: {name: h, type: Headers}, bindings: [{arguments: {x-match: most}}]
      TaskQueue | spec.bindings | bindings | exchange: {name: h, type: Headers}
      TaskQueue | spec.deadLetter.exchange | exchange | exchange: {name: own}, deadLetter: {exchange: own}
      TaskQueue | spec.overflow | RejectPublishDeadLetter | type: Quorum, overflow: RejectPublishDeadLetter
      TaskQueue | spec.priorities | Quorum | type: Quorum, priorities: 200
      TaskQueue | x-queue-type | type | arguments: {x-queue-type: quorum}
      TaskQueue | x-warren- | Warren | arguments: {x-warren-mine: 1}
      TaskQueue | spec.arguments | x-delayed-retry-type | arguments: {x-delayed-retry-type: all}
      TaskQueue | x-max-length | -1 | arguments: {x-max-length: -1}
      TaskQueue | x-overflow | overflow | arguments: {x-overflow: nonsense}
      TaskQueue | queue 'healthy' | spec.queueName | queueName: healthy
      TaskWorker | spec.handler | exactly one | handler: {}
      TaskWorker | spec.prefetch | concurrency | handler: {java: {className: a.B}}, prefetch: 9
      TaskWorker | spec.podTemplate.spec | type | handler: {custom: {}}, podTemplate: {spec: text}
      TaskWorker | spec.podTemplate.spec.containers | type | handler: {custom: {}}, podTemplate: {spec: {containers: text}}
      TaskWorker | spec.podTemplate.metadata | type | handler: {custom: {}}, podTemplate: {metadata: text}
      TaskWorker | spec.handler | exactly one | handler: {custom: {}, java: {className: a.B}}
      TaskWorker | spec.handler.python | python | handler: {python: {}}
      TaskWorker | spec.autoscaling | replicas | handler: {custom: {}}, replicas: 1, autoscaling: {}
      TaskWorker | spec.autoscaling.minReplicas | maxReplicas | handler: {custom: {}}, autoscaling: {minReplicas: 5, maxReplicas: 2}
      TaskWorker | spec.handler | batch | handler: {custom: {}}, batch: {size: 1}
      TaskWorker | spec.batch.size | concurrency | handler: {java: {}}, batch: {size: 11}
      TaskWorker | spec.batch.maxWait | 2m | handler: {java: {}}, batch: {size: 5, maxWait: 2m}
      TaskWorker | spec.adaptive.minConcurrency | concurrency | handler: {java: {}}, adaptive: {minConcurrency: 20, targetDuration: 1s}
      TaskWorker | spec.rateLimit.per | 0s | handler: {java: {}}, rateLimit: {tasks: 1, per: 0s}
      TaskWorker | spec.rateLimit.redis | scope | handler: {java: {}}, rateLimit: {tasks: 1, scope: Pod, redis: {secretRef: {name: a}}}
      TaskWorker | spec.circuitBreaker.pause | 2h | handler: {java: {}}, circuitBreaker: {pause: 2h}
      TaskWorker | spec.idempotency.ttl | 0s | handler: {java: {}}, idempotency: {store: Redis, secretRef: {name: a}, ttl: 0s}
      TaskWorker | spec.idempotency.secretRef | missing | handler: {java: {}}, idempotency: {store: Redis, secretRef: {name: missing}}
      TaskWorker | spec.errors[0] | exception | handler: {java: {}}, errors: [{outcome: Fail}]
      TaskWorker | spec.errors[0] | delay | handler: {java: {}}, errors: [{message: a, outcome: Snooze}]
      TaskWorker | spec.errors[0] | ([ | handler: {java: {}}, errors: [{message: '([', outcome: Fail}]
      TaskBroker | spec.consumerTimeout | soon | consumerTimeout: soon
      TaskBroker | spec.vhostPolicy.vhost | '..' | vhostPolicy: {type: Fixed, vhost: ..}
      TaskBroker | spec.namespaceSelector.matchExpressions[0].operator | Is | namespaceSelector: {matchExpressions: [{key: a, operator: Is}]}
      TaskBroker | spec.namespaceSelector.matchExpressions[0] | In | namespaceSelector: {matchExpressions: [{key: a, operator: In}]}
      TaskBroker | spec.tls.caRef | missing | tls: {caRef: {name: missing, namespace: default}}
      """;

  /// All of them.
  static List<WrongResource> all() {
    var all = new ArrayList<WrongResource>();
    VALUES.lines().forEach(row -> addValues(cells(row), all));
    SPECS.lines().forEach(row -> addSpec(cells(row), all));
    return all;
  }

  /// The whole resource.
  ///
  /// @param namespace whose TaskBroker has the same name
  String yaml(String namespace) {
    var start = "apiVersion: warren.dev/v1alpha1\nkind: %s\nmetadata: ".formatted(kind);
    var namespaced = start + "{name: %s, namespace: %s}\n".formatted(name, namespace);
    return switch (kind) {
      case "TaskBroker" ->
          start
              + "{name: %1$s-%2$s}\nspec: {secretRef: {name: %1$s, namespace: %1$s}, %3$s}"
                  .formatted(namespace, name, spec);
      case "TaskQueue" ->
          namespaced
              + (spec.startsWith("broker:")
                  ? "spec: {%s}".formatted(spec)
                  : "spec: {broker: %s, %s}".formatted(namespace, spec));
      default -> namespaced + "spec: {queue: healthy, image: handler, %s}".formatted(spec);
    };
  }

  private static List<String> cells(String row) {
    return Stream.of(row.split("\\s*\\|\\s*", 4)).map(String::strip).toList();
  }

  private static void addValues(List<String> row, List<WrongResource> all) {
    for (var path : row.get(2).split(" ", -1)) {
      for (var value : row.get(3).split(" ; ", -1)) {
        var prefix = row.get(1).isEmpty() ? "" : row.get(1) + ", ";
        var spec = prefix + nested(path, value.contains("[") ? value : scalar(value));
        add(row.getFirst(), spec, "spec." + path, value.replace("'", ""), all);
      }
    }
  }

  private static void addSpec(List<String> row, List<WrongResource> all) {
    add(row.getFirst(), row.get(3), row.get(1), row.get(2), all);
  }

  private static void add(
      String kind, String spec, String field, String value, List<WrongResource> all) {
    all.add(new WrongResource(kind, "wrong-" + all.size(), spec, field, value));
  }

  /// Texts that mean something else in flow-style YAML get quotes.
  private static String scalar(String value) {
    return value.matches("[A-Za-z0-9.'-]+") ? value : "\"%s\"".formatted(value);
  }

  /// `a: {b: value}` for `a.b`.
  private static String nested(String path, String value) {
    var dot = path.indexOf('.');
    return dot < 0
        ? "%s: %s".formatted(path, value)
        : "%s: {%s}".formatted(path.substring(0, dot), nested(path.substring(dot + 1), value));
  }
}
