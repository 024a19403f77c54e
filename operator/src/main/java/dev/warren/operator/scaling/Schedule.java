package dev.warren.operator.scaling;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/// A time that comes again and again, in which a fleet has at least so many pods: from when `start`
/// fires until `end` does.
///
/// @param start a cron expression of five fields
/// @param end another
/// @param zone in which both are read
/// @param replicas fewest pods in that time
public record Schedule(String start, String end, ZoneId zone, int replicas) {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  public Schedule {
    if (replicas < 1) {
      throw new IllegalArgumentException(
          "minReplicas of a schedule is %d; use 1 or more".formatted(replicas));
    }
    parse("start", start);
    parse("end", end);
  }

  /// Reads one.
  ///
  /// @param zone name of a time zone, such as `Europe/Berlin`
  /// @throws IllegalArgumentException if one of the texts can't be read; the message quotes it
  public static Schedule of(String start, String end, String zone, int replicas) {
    return new Schedule(start, end, zone(zone), replicas);
  }

  /// Whether it is that time: whether `start` was the last of both to fire.
  boolean holds(Instant now) {
    var then = now.atZone(zone);
    var started = last(start, then);
    return started.isPresent()
        && last(end, then).filter(ended -> !ended.isBefore(started.get())).isEmpty();
  }

  /// How long until one of both fires.
  Optional<Duration> untilChange(Instant now) {
    var then = now.atZone(zone);
    return execution("start", start)
        .timeToNextExecution(then)
        .flatMap(
            one ->
                execution("end", end)
                    .timeToNextExecution(then)
                    .map(other -> one.compareTo(other) < 0 ? one : other));
  }

  private static Optional<ZonedDateTime> last(String cron, ZonedDateTime now) {
    // What fires at this second has fired.
    return execution("cron", cron).lastExecution(now.plusSeconds(1));
  }

  private static ExecutionTime execution(String field, String text) {
    return ExecutionTime.forCron(parse(field, text));
  }

  private static Cron parse(String field, String text) {
    try {
      return PARSER.parse(text).validate();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s '%s' is no cron expression of five fields, such as '0 8 * * 1-5'"
              .formatted(field, text),
          e);
    }
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "timeZone '%s' is unknown; use a name such as Europe/Berlin or UTC".formatted(name), e);
    }
  }
}
