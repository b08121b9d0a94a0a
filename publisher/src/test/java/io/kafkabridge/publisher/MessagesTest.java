package io.kafkabridge.publisher;

import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class MessagesTest {
    @Test
    void readsAllLinesOfAnInput() {
        // Given
        BufferedReader input = new BufferedReader(new StringReader("one\n\n" + "more\n".repeat(50) + "last"));
        List<String> read = new ArrayList<>();

        // When
        Messages messages = Messages.lines(input, () -> {});
        await().until(() -> {
            for (String text = messages.poll(); text != null; text = messages.poll()) {
                read.add(text);
            }
            return messages.exhausted();
        });

        // Then
        assertThat(read).hasSize(53).startsWith("one", "", "more").endsWith("more", "last");
    }

    @Test
    void endsAfterACount() {
        // Given
        Messages messages = Messages.atMost(2, Messages.made(() -> "text"));

        // When
        List<String> polled = new ArrayList<>();
        while (!messages.exhausted()) {
            polled.add(String.valueOf(messages.poll()));
        }

        // Then
        assertThat(polled).containsExactly("text", "text");
        assertThat(messages.poll()).isNull();
    }
}
