package io.kafkabridge.consumer;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi.Style;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * For people: the value and, if asked for, where and with what it came on a second line.
 *
 * @param verbose whether there is a second line
 * @param coloured whether what isn't the record's own text is faint
 * @param escaping whether control characters are written as numbers, since a terminal would obey them
 */
record TextFormat(boolean verbose, boolean coloured, boolean escaping) implements RecordFormat {
    @Override
    public String format(ConsumerRecord<byte[], byte[]> message) {
        String value = faint("Received message: ") + text(message.value());
        return verbose ? value + System.lineSeparator() + details(message) : value;
    }

    private String details(ConsumerRecord<byte[], byte[]> message) {
        List<String> headers = new ArrayList<>();
        for (Header header : message.headers()) {
            headers.add(text(header.key().getBytes(UTF_8)) + "=" + text(header.value()));
        }
        return faint("  key: ")
                + text(message.key())
                + faint(", topic: ")
                + message.topic()
                + faint(", partition: ")
                + message.partition()
                + faint(", offset: ")
                + message.offset()
                + faint(", time: ")
                + RecordFormat.time(message)
                + faint(", headers: ")
                + headers;
    }

    private String faint(String label) {
        return coloured ? Style.faint.on() + label + Style.faint.off() : label;
    }

    private String text(byte @Nullable [] bytes) {
        String text = RecordFormat.text(bytes);
        return escaping && text.chars().anyMatch(TextFormat::isCommand) ? escaped(text) : text;
    }

    private static boolean isCommand(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\t';
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(c -> escaped.append(isCommand(c) ? String.format("\\x%02X", c) : String.valueOf((char) c)));
        return escaped.toString();
    }
}
