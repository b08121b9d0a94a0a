package io.kafkabridge.auth;

import java.util.function.IntSupplier;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricFilter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;

/** What is counted about logins, in the broker's metric registry. Thread safe. */
final class LoginMetrics {

    private static final String PREFIX = "io.kafkabridge.auth.";

    private final MetricRegistry registry;
    private final Counter accepted;
    private final Counter refused;
    private final Counter busy;
    private final Timer login;
    private final Timer bcrypt;

    LoginMetrics(MetricRegistry registry) {
        this.registry = registry;
        accepted = registry.counter(PREFIX + "logins.accepted");
        refused = registry.counter(PREFIX + "logins.refused");
        busy = registry.counter(PREFIX + "logins.busy");
        login = registry.timer(PREFIX + "logins.time");
        bcrypt = registry.timer(PREFIX + "bcrypt.time");
    }

    void gaugeWaiting(IntSupplier waiting) {
        registry.gauge(PREFIX + "bcrypt.waiting", () -> (Gauge<Integer>) waiting::getAsInt);
    }

    Counter accepted() {
        return accepted;
    }

    /** Wrong or no password, unknown user, a last will that may not be published. */
    Counter refused() {
        return refused;
    }

    /** Refused because too many passwords were waiting, or because a file is missing or broken. */
    Counter busy() {
        return busy;
    }

    /** From CONNECT to the answer. */
    Timer login() {
        return login;
    }

    /** One check by bcrypt. */
    Timer bcrypt() {
        return bcrypt;
    }

    void remove() {
        registry.removeMatching(MetricFilter.startsWith(PREFIX));
    }
}
