package dev.warren.worker.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.worker.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of commands that do not keep to the protocol. Each is a shell script that runs for
/// every task, with the task's line in `$line`, and `answer` to answer with what comes after the
/// delivery's number.
class LineProcessTest {
  private final SomeTask.Attempt attempt = new SomeTask.Attempt();
  private JsonLinesRunner runner = runner("true");

  @AfterEach
  void close() {
    runner.close();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "exit 3 | the command ended with exit status 3 in the middle of the task",
        "echo done | the command answered with what is no JSON object of this protocol",
        "echo null | the command answered with what is no JSON object of this protocol",
        "echo '{}' | the command answered with neither outcome nor progress",
        "answer '\"outcome\":\"maybe\"' | the command answered with an unknown outcome",
        "answer '\"outcome\":\"snooze\"' | the command asked for a snooze and no delay",
        "answer '\"outcome\":\"retry\",\"delay\":\"soon\"' | the command asked for a delay: 'soon' is not a"
            + " duration; write amounts with the units ms, s, m, h or d, such as 500ms, 30s or 1h30m",
        "echo '{\"outcome\":\"done\"}' | the command did not repeat the number of the task's delivery in"
            + " its answer",
        "head -c 1100000 /dev/zero; sleep 60 | the command answered with a line of more than 1048576 bytes",
      })
  void areRetriedAndReplaced(String misbehaviour, String reason) throws Exception {
    runner =
        runner(
            "case \"$line\" in *'\"type\":\"bad\"'*) "
                + misbehaviour
                + " ;; *) answer '\"outcome\":\"done\"' ;; esac");

    assertThat(run("bad")).isEqualTo(Outcome.retry(reason));

    assertThat(run("good")).isEqualTo(Outcome.done());
  }

  @Test
  void keepTheirProcessWhileTheyBehave() throws Exception {
    runner = runner("answer '\"outcome\":\"drop\",\"reason\":\"'$$'\"'");

    var first = run("any");
    var second = run("any");

    assertThat(second).isEqualTo(first).isInstanceOf(Outcome.Drop.class);
  }

  @Test
  void endNoTaskWithAnAnswerToTheOneBefore() throws Exception {
    runner =
        runner("answer '\"outcome\":\"drop\",\"reason\":\"first\"'; answer '\"outcome\":\"done\"'");

    for (int i = 0; i < 20; i++) {
      assertThat(run("any")).isNotEqualTo(Outcome.done());
    }
  }

  @Test
  void tellTheirProgress() throws Exception {
    runner = runner("echo '{\"progress\":\"half\"}'; answer '\"outcome\":\"done\"'");

    var outcome = run("any");

    assertThat(outcome).isEqualTo(Outcome.done());
    assertThat(attempt.steps()).containsExactly("half");
  }

  private Outcome run(String type) throws Exception {
    return runner.run(SomeTask.of(type, Map.of(), "{}"), "application/json", attempt);
  }

  private static JsonLinesRunner runner(String script) {
    return new JsonLinesRunner(
        List.of(
            "/bin/sh",
            "-c",
            """
            answer() { number=${line#*'"delivery":'}; echo "{\\"delivery\\":${number%%%%,*},$1}"; }
            while read -r line; do
              %s
            done
            """
                .formatted(script)));
  }
}
