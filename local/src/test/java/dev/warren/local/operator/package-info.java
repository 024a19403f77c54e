/// The operator as a process, against an API server (the one of `WARREN_TEST_KUBECONFIG`, else the
/// embedded one) and a real RabbitMQ.
@NullMarked
package dev.warren.local.operator;

import org.jspecify.annotations.NullMarked;
