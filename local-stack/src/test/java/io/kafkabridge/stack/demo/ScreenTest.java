package io.kafkabridge.stack.demo;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;

import io.kafkabridge.stack.demo.Screen.Speaker;

import static org.assertj.core.api.Assertions.assertThat;

class ScreenTest {

    private final StringWriter out = new StringWriter();

    @Test
    void line_withoutATerminal_isPlain() {
        // Given
        Screen screen = new Screen(new PrintWriter(out), false);

        // When
        screen.line(Speaker.CONSUMER, "Received message: hello");

        // Then
        assertThat(out).hasToString("consumer  | Received message: hello" + System.lineSeparator());
    }

    @Test
    void line_onATerminal_coloursTheSpeakerOnly() {
        // Given
        Screen screen = new Screen(new PrintWriter(out), true);

        // When
        screen.line(Speaker.PUBLISHER, "Connected");

        // Then
        assertThat(out).hasToString("\u001b[36mpublisher\u001b[0m | Connected" + System.lineSeparator());
    }
}
