package dev.warren.operator.taskworker;

import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerStatus;
import dev.warren.model.DurationText;
import dev.warren.operator.scaling.Decision;
import dev.warren.operator.scaling.Memory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What the last decision about each TaskWorker's size left to the next. Any thread may call, for
/// one TaskWorker one at a time. After a restart there is what the status tells.
final class Memories {
  private final Map<String, Memory> byUid = new ConcurrentHashMap<>();

  Memory of(TaskWorker worker) {
    return byUid.computeIfAbsent(worker.getMetadata().getUid(), _ -> restored(worker));
  }

  void keep(TaskWorker worker, Memory memory) {
    byUid.put(worker.getMetadata().getUid(), memory);
  }

  void forget(TaskWorker worker) {
    byUid.remove(worker.getMetadata().getUid());
  }

  static Memory restored(TaskWorker worker) {
    return Optional.ofNullable(worker.getStatus())
        .map(TaskWorkerStatus::scaling)
        .flatMap(Memories::restored)
        .orElse(Memory.NONE);
  }

  private static Optional<Memory> restored(TaskWorkerStatus.Scaling scaling) {
    var inputs = scaling.inputs();
    if (scaling.cause() == null || inputs == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Memory.restored(
              new Memory.Said(
                  scaling.wanted(),
                  Decision.Cause.valueOf(scaling.cause()),
                  scaling.reason(),
                  Optional.of(WorkerStatus.seen(inputs))),
              Optional.ofNullable(inputs.serviceTime()).map(DurationText::parse)));
    } catch (IllegalArgumentException _) {
      // Written by another version, or by hand.
      return Optional.empty();
    }
  }
}
