package io.kafkabridge.auth.users;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.kafkabridge.auth.users.PasswordChecker.Limits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PasswordCheckerTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final BcryptHash HASH = BcryptHash.of(bytes("secret"), 4);

    private final AtomicInteger checks = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private PasswordChecker checker = open(new Limits(1, 2, LONG, 100, LONG, LONG));

    @AfterEach
    void close() {
        gate.countDown();
        checker.close();
    }

    @Test
    void password_isAcceptedOrRefused() {
        assertThat(checker.check("alice", bytes("secret"), HASH).join()).isEqualTo(Verdict.ACCEPTED);
        assertThat(checker.check("alice", bytes("wrong"), HASH).join()).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void knownVerdict_costsNoSecondCheck() {
        // Given
        checker.check("alice", bytes("secret"), HASH).join();
        checker.check("alice", bytes("wrong"), HASH).join();
        int before = checks.get();

        // When
        CompletableFuture<Verdict> right = checker.check("alice", bytes("secret"), HASH);
        CompletableFuture<Verdict> wrong = checker.check("alice", bytes("wrong"), HASH);

        // Then
        assertThat(right).isCompletedWithValue(Verdict.ACCEPTED);
        assertThat(wrong).isCompletedWithValue(Verdict.REFUSED);
        assertThat(checks).hasValue(before);
    }

    @Test
    void otherUserOrHash_isCheckedByItself() {
        checker.check("alice", bytes("secret"), HASH).join();

        checker.check("alic", bytes("esecret"), HASH).join();
        checker.check("bob", bytes("secret"), HASH).join();
        checker.check("alice", bytes("secret"), BcryptHash.of(bytes("new"), 4)).join();

        assertThat(checks).hasValue(4);
    }

    @Test
    void forgottenVerdict_isCheckedAgain() {
        checker.close();
        checker = open(new Limits(1, 2, LONG, 100, Duration.ZERO, Duration.ZERO));

        checker.check("alice", bytes("secret"), HASH).join();
        checker.check("alice", bytes("secret"), HASH).join();

        assertThat(checks).hasValue(2);
    }

    @Test
    void sameQuestionsAtOnce_shareOneCheck() {
        // Given
        PasswordChecker slow = openGated(new Limits(1, 2, LONG, 100, LONG, LONG));

        // When
        CompletableFuture<Verdict> first = slow.check("alice", bytes("secret"), HASH);
        CompletableFuture<Verdict> second = slow.check("alice", bytes("secret"), HASH);
        gate.countDown();

        // Then
        assertThat(first.join()).isEqualTo(Verdict.ACCEPTED);
        assertThat(second.join()).isEqualTo(Verdict.ACCEPTED);
        assertThat(checks).hasValue(1);
    }

    @Test
    void fullQueue_isBusy_andLaterFree() {
        // Given a checker with one password at work and two waiting
        PasswordChecker slow = openGated(new Limits(1, 2, LONG, 100, LONG, LONG));
        CompletableFuture<Verdict> working = slow.check("a", bytes("secret"), HASH);
        await().until(() -> checks.get() == 1);
        CompletableFuture<Verdict> waiting = slow.check("b", bytes("secret"), HASH);
        CompletableFuture<Verdict> last = slow.check("c", bytes("secret"), HASH);

        // When
        CompletableFuture<Verdict> oneTooMany = slow.check("d", bytes("secret"), HASH);

        // Then
        assertThat(slow.waiting()).isEqualTo(2);
        assertThat(oneTooMany).isCompletedWithValue(Verdict.BUSY);
        gate.countDown();
        assertThat(working.join()).isEqualTo(Verdict.ACCEPTED);
        assertThat(waiting.join()).isEqualTo(Verdict.ACCEPTED);
        assertThat(last.join()).isEqualTo(Verdict.ACCEPTED);
        assertThat(slow.check("d", bytes("secret"), HASH).join()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void passwordThatWaitedTooLong_isNotChecked() {
        PasswordChecker impatient = openGated(new Limits(1, 2, Duration.ZERO, 100, LONG, LONG));

        assertThat(impatient.check("alice", bytes("secret"), HASH).join()).isEqualTo(Verdict.BUSY);
        assertThat(checks).hasValue(0);
    }

    private PasswordChecker open(Limits limits) {
        return new PasswordChecker(limits, (password, hash) -> {
            checks.incrementAndGet();
            return hash.matches(password);
        });
    }

    private PasswordChecker openGated(Limits limits) {
        checker.close();
        checker = new PasswordChecker(limits, (password, hash) -> {
            checks.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return hash.matches(password);
        });
        return checker;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
