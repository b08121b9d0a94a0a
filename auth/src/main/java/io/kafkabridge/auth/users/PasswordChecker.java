package io.kafkabridge.auth.users;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;

/**
 * Checks passwords with bounded work: on a few threads of its own, with a bounded queue, each password once. Verdicts
 * are remembered under a keyed hash of user, password and the user's bcrypt hash, so that a changed users file needs
 * no forgetting, and no password stays in memory. The key lives as long as the process.
 *
 * <p>Thread safe. No method blocks.
 */
public final class PasswordChecker implements AutoCloseable {

    private static final String KEYED_HASH = "HmacSHA256";

    private final Limits limits;
    private final BiPredicate<byte[], BcryptHash> check;
    private final ThreadPoolExecutor threads;
    private final SecretKeySpec key;
    private final AsyncCache<ByteBuffer, Verdict> verdicts;

    /**
     * How much work is taken on, and for how long a verdict is remembered.
     *
     * @param threads threads that run bcrypt
     * @param waiting passwords that may wait for a thread; more are {@link Verdict#BUSY}
     * @param patience a password that waited longer is {@link Verdict#BUSY}: its client is gone by then
     * @param remembered verdicts remembered at most
     * @param accepted how long a right password is remembered after its last use
     * @param refused how long a wrong one is
     */
    public record Limits(
            int threads, int waiting, Duration patience, int remembered, Duration accepted, Duration refused) {

        /** Half of the processors, and a queue that is worked off within the patience at a usual bcrypt cost. */
        public static Limits forProcessors(int processors) {
            int threads = Math.max(1, processors / 2);
            return new Limits(
                    threads,
                    128 * threads,
                    Duration.ofSeconds(10),
                    100_000,
                    Duration.ofHours(24),
                    Duration.ofMinutes(1));
        }
    }

    /** @param check whether a password has a hash: {@code (password, hash) -> hash.matches(password)}, perhaps timed */
    public PasswordChecker(Limits limits, BiPredicate<byte[], BcryptHash> check) {
        this.limits = limits;
        this.check = check;
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, KEYED_HASH);
        this.threads = new ThreadPoolExecutor(
                limits.threads(),
                limits.threads(),
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.waiting()),
                task -> {
                    Thread thread = new Thread(task, "hivemq-file-auth-bcrypt");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        this.verdicts = Caffeine.newBuilder()
                .maximumSize(limits.remembered())
                .executor(Runnable::run)
                .expireAfter(Expiry.<ByteBuffer, Verdict>accessing((credentials, verdict) -> remember(verdict)))
                .buildAsync();
    }

    /** Checks a user's password against a hash. Equal questions at the same time share one check. */
    public CompletableFuture<Verdict> check(String user, byte[] password, BcryptHash hash) {
        return verdicts.get(credentials(user, password, hash), (credentials, executor) -> queue(password, hash));
    }

    /** Passwords that wait for a thread. */
    public int waiting() {
        return threads.getQueue().size();
    }

    private CompletableFuture<Verdict> queue(byte[] password, BcryptHash hash) {
        long asked = System.nanoTime();
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        if (System.nanoTime() - asked > limits.patience().toNanos()) {
                            return Verdict.BUSY;
                        }
                        return check.test(password, hash) ? Verdict.ACCEPTED : Verdict.REFUSED;
                    },
                    threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(Verdict.BUSY);
        }
    }

    private Duration remember(Verdict verdict) {
        return switch (verdict) {
            case ACCEPTED -> limits.accepted();
            case REFUSED -> limits.refused();
            case BUSY -> Duration.ZERO;
        };
    }

    private ByteBuffer credentials(String user, byte[] password, BcryptHash hash) {
        try {
            byte[] name = user.getBytes(StandardCharsets.UTF_8);
            Mac mac = Mac.getInstance(KEYED_HASH);
            mac.init(key);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
            mac.update(name);
            mac.update(hash.text().getBytes(StandardCharsets.US_ASCII));
            return ByteBuffer.wrap(mac.doFinal(password));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + KEYED_HASH, e);
        }
    }

    /** Ends the threads. Passwords that wait are never looked at. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
