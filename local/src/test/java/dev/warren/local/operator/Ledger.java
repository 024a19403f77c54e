package dev.warren.local.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/// What producers were told about each task, and what became of it. Safe for all threads.
///
/// At least once permits that a task ends twice if the broker was not told of its first end, which
/// is so when its worker was killed, or the broker. Nothing else excuses it: no edit, no operator
/// that is killed, no drift.
final class Ledger {
  /// In which a binding is back that somebody has removed, though the operator was just killed.
  private static final Duration REPAIR = Duration.ofSeconds(60);

  /// What a producer was told.
  enum Answer {
    /// The broker has the task.
    CONFIRMED,

    /// The broker may have it.
    UNCERTAIN,

    /// It was never sent.
    UNSENT,

    /// No queue wanted it.
    RETURNED
  }

  private record Entry(String queue, Instant published, Answer answer) {}

  private record Incident(String queue, Instant at) {}

  private final Path directory;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Map<String, Collection<Instant>> deadLetters = new ConcurrentHashMap<>();
  private final Collection<Incident> kills = new ConcurrentLinkedQueue<>();
  private final Collection<Incident> unbindings = new ConcurrentLinkedQueue<>();

  /// @param directory where {@link RecordingHandler} leaves its files
  Ledger(Path directory) {
    this.directory = directory;
  }

  /// The file that tells of a task that it is done.
  Path file(String id) {
    return directory.resolve(id);
  }

  /// A task was published.
  void published(String id, String queue, Instant at, Answer answer) {
    entries.put(id, new Entry(queue, at, answer));
  }

  /// A task was found dead, and taken away.
  void buried(String id, Instant died) {
    deadLetters.computeIfAbsent(id, _ -> new ConcurrentLinkedQueue<>()).add(died);
  }

  /// What holds or runs tasks of this TaskQueue is about to be killed, or has just been.
  void kill(String queue) {
    kills.add(new Incident(queue, Instant.now()));
  }

  /// A binding by which tasks come to this TaskQueue is about to be removed.
  void unbind(String queue) {
    unbindings.add(new Incident(queue, Instant.now()));
  }

  int count(Answer answer) {
    return (int) with(answer).count();
  }

  int published() {
    return entries.size();
  }

  /// How many are done, each counted once.
  int done() {
    return (int) entries.keySet().stream().filter(id -> timesDone(id) > 0).count();
  }

  int deadLettered() {
    return deadLetters.size();
  }

  /// Tasks that the broker has confirmed, and that are neither done nor dead, with the times that
  /// say where to look.
  List<String> missing() {
    return with(Answer.CONFIRMED)
        .filter(id -> ends(id) == 0)
        .map(id -> "%s from %s".formatted(id, entry(id).published()))
        .sorted()
        .toList();
  }

  /// Tasks that ended more than once.
  List<String> doubled() {
    return entries.keySet().stream().filter(id -> ends(id) > 1).sorted().toList();
  }

  /// Those of them for which no kill is an excuse, with the times that say where to look.
  List<String> doubledWithoutExcuse() {
    return doubled().stream()
        .filter(id -> !isExcused(id))
        .map(id -> "%s from %s to %s".formatted(id, entry(id).published(), lastEnd(id)))
        .toList();
  }

  /// Tasks that ended though the broker does not have them, and that nobody can have published.
  List<String> unknown() {
    return Stream.concat(
            deadLetters.keySet().stream().filter(id -> !entries.containsKey(id)),
            Stream.of(Answer.UNSENT, Answer.RETURNED)
                .flatMap(this::with)
                .filter(id -> ends(id) > 0))
        .sorted()
        .toList();
  }

  /// Tasks that no queue wanted though nobody had removed a binding.
  List<String> returnedWithoutExcuse() {
    return with(Answer.RETURNED)
        .filter(
            id -> {
              var entry = entry(id);
              return isNone(
                  unbindings, entry.queue(), entry.published().minus(REPAIR), entry.published());
            })
        .sorted()
        .toList();
  }

  @Override
  public String toString() {
    return "published %d, confirmed %d, uncertain %d, unsent %d, returned %d, done %d, dead-lettered %d, doubled %d, missing %d"
        .formatted(
            published(),
            count(Answer.CONFIRMED),
            count(Answer.UNCERTAIN),
            count(Answer.UNSENT),
            count(Answer.RETURNED),
            done(),
            deadLettered(),
            doubled().size(),
            missing().size());
  }

  private Stream<String> with(Answer answer) {
    return entries.entrySet().stream()
        .filter(it -> it.getValue().answer() == answer)
        .map(Map.Entry::getKey);
  }

  private Entry entry(String id) {
    return Objects.requireNonNull(entries.get(id));
  }

  private boolean isExcused(String id) {
    var entry = entry(id);
    return !isNone(kills, entry.queue(), entry.published(), lastEnd(id));
  }

  private static boolean isNone(
      Collection<Incident> incidents, String queue, Instant from, Instant to) {
    return incidents.stream()
        .filter(it -> it.queue().equals(queue))
        .noneMatch(it -> !it.at().isBefore(from) && !it.at().isAfter(to));
  }

  private long ends(String id) {
    return timesDone(id) + deadLetters.getOrDefault(id, List.of()).size();
  }

  /// A handler that is killed may leave a file without a line.
  private long timesDone(String id) {
    try (var lines = Files.lines(file(id))) {
      return lines.count();
    } catch (IOException _) {
      return 0;
    }
  }

  private Instant lastEnd(String id) {
    return Stream.concat(
            deadLetters.getOrDefault(id, List.of()).stream(),
            Stream.of(file(id)).filter(Files::exists).map(Ledger::lastModified))
        .max(Instant::compareTo)
        .orElseThrow();
  }

  private static Instant lastModified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
