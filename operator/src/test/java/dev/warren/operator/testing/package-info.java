/// What the operator's tests share: resources, snapshots, golden files.
@NullMarked
package dev.warren.operator.testing;

import org.jspecify.annotations.NullMarked;
