package dev.warren.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  private static final String NAME = "warren.worker.media.resizer";
  private static final String OTHER = NAME + "~";
  private static final Duration OVERLAP = Duration.ofHours(1);
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456Z");

  private final Credentials first = of(Optional.empty(), "", "first", NOW);

  @Test
  void beginWithTheFirstName() {
    assertThat(first).isEqualTo(new Credentials(NAME, "first", "", Optional.empty()));
    assertThat(first.annotations()).isEmpty();
  }

  @Test
  void stayAsTheSecretHoldsThem() {
    assertThat(of(secret(first), "", "other", NOW)).isEqualTo(first);
    assertThat(first.heldBy(secret(first), NAME)).isTrue();
  }

  @Test
  void areMadeAnewForASecretThatWasLostOrEmptied() {
    var emptied = secret(new Credentials(NAME, "", "", Optional.empty()));

    assertThat(of(emptied, "", "new", NOW).password()).isEqualTo("new");
    assertThat(first.heldBy(emptied, NAME)).isFalse();
    assertThat(first.heldBy(Optional.empty(), NAME)).isFalse();
  }

  @Test
  void changeNameAndPasswordOnRequest() {
    var rotated = of(secret(first), "monday", "second", NOW);

    assertThat(rotated)
        .isEqualTo(
            new Credentials(
                OTHER, "second", "monday", Optional.of(new Credentials.Former(NAME, NOW))));
    assertThat(rotated.annotations())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "warren.dev/rotation", "monday",
                "warren.dev/former-user", NAME,
                "warren.dev/rotated-at", "2026-11-22T12:00:00.123456Z"));
    assertThat(rotated.heldBy(secret(rotated), NAME)).isTrue();
  }

  @Test
  void changeOnceForEachRequest() {
    var rotated = of(secret(first), "monday", "second", NOW);

    assertThat(of(secret(rotated), "monday", "third", NOW.plusSeconds(1))).isEqualTo(rotated);
  }

  @Test
  void areOfTheFirstNameAgainAtTheNextRequest() {
    var rotated = of(secret(first), "monday", "second", NOW);
    var later = NOW.plus(OVERLAP);

    assertThat(of(secret(rotated), "tuesday", "third", later))
        .isEqualTo(
            new Credentials(
                NAME, "third", "tuesday", Optional.of(new Credentials.Former(OTHER, later))));
  }

  @Test
  void waitWithASecondRequestUntilTheFormerUserIsGone() {
    var rotated = of(secret(first), "monday", "second", NOW);
    var almost = NOW.plus(OVERLAP).minusMillis(1);

    assertThat(of(secret(rotated), "tuesday", "third", almost)).isEqualTo(rotated);
    assertThat(of(secret(rotated), "tuesday", "third", NOW.plus(OVERLAP)).password())
        .isEqualTo("third");
  }

  @Test
  void forgetTheFormerUserAfterTheOverlap() {
    var rotated = of(secret(first), "monday", "second", NOW);

    assertThat(rotated.expired(NAME)).isEmpty();
    assertThat(of(secret(rotated), "monday", "third", NOW.plus(OVERLAP)))
        .isEqualTo(new Credentials(OTHER, "second", "monday", Optional.empty()))
        .satisfies(after -> assertThat(after.expired(NAME)).contains(NAME))
        .satisfies(after -> assertThat(after.heldBy(secret(rotated), NAME)).isFalse());
  }

  @Test
  void stayWhenTheRequestIsTakenBack() {
    var rotated = of(secret(first), "monday", "second", NOW);

    assertThat(of(secret(rotated), "", "third", NOW.plus(OVERLAP)))
        .isEqualTo(new Credentials(OTHER, "second", "monday", Optional.empty()));
  }

  @Test
  void leaveNoUserOfALostSecretBehind() {
    assertThat(first.expired(NAME)).contains(OTHER);
  }

  @Test
  void belongToNoUserThatSomebodyWroteIntoTheSecret() {
    var forged = secret(new Credentials("administrator", "guessed", "", Optional.empty()));

    assertThat(of(forged, "", "new", NOW).user()).isEqualTo(NAME);
  }

  @Test
  void tellNobodyTheirPassword() {
    assertThat(first.toString()).contains(NAME).doesNotContain("first");
  }

  private static Credentials of(
      Optional<Secret> secret, String requested, String newPassword, Instant now) {
    return Credentials.of(secret, NAME, requested, newPassword, OVERLAP, now);
  }

  private static Optional<Secret> secret(Credentials credentials) {
    return Optional.of(
        new SecretBuilder()
            .withNewMetadata()
            .withAnnotations(credentials.annotations())
            .endMetadata()
            .withData(
                SecretEntries.encode(
                    Map.of("username", credentials.user(), "password", credentials.password())))
            .build());
  }
}
