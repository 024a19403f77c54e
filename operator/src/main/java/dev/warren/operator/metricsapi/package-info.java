/// The external metrics API: figures of TaskQueues and wanted sizes of TaskWorkers for
/// HorizontalPodAutoscalers, served beside the Kubernetes API server and on its behalf.
///
/// Requests become records at the edge ([MetricsApiServer]); who asks ([FrontProxy]), for what
/// ([Route]) and what is answered ([Metrics]) are pure functions. Each replica answers from what
/// the API server says of TaskQueues and TaskWorkers; certificates and the APIService are the
/// leader's.
@NullMarked
package dev.warren.operator.metricsapi;

import org.jspecify.annotations.NullMarked;
