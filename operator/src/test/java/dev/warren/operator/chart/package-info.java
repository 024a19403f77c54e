/// Tests of the Helm chart, of what it brings, and of the examples that install it.
@NullMarked
package dev.warren.operator.chart;

import org.jspecify.annotations.NullMarked;
