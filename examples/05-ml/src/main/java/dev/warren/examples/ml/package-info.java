/// Trainings that take hours and predictions that take milliseconds, on one exchange. {@link
/// dev.warren.examples.ml.TrainHandler} and {@link dev.warren.examples.ml.PredictHandler} are what
/// an application writes; {@link dev.warren.examples.ml.Requests} gives them something to do, and
/// {@link dev.warren.examples.ml.Account} counts what came of it.
@NullMarked
package dev.warren.examples.ml;

import org.jspecify.annotations.NullMarked;
