/// How many pods a TaskWorker should have, and why: pure functions over records, without
/// Kubernetes.
@NullMarked
package dev.warren.operator.scaling;

import org.jspecify.annotations.NullMarked;
