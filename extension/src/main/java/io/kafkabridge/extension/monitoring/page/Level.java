package io.kafkabridge.extension.monitoring.page;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** How much something matters, the worst last. */
enum Level {
    GOOD,
    INFO,
    WARNING,
    BAD;

    @JsonValue
    String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
