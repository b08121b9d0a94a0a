package io.kafkabridge.consumer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import io.kafkabridge.common.CommandFailure;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Options that say which records to print: those to which all of them apply. */
final class FilterOptions {
    @Option(names = "--key", paramLabel = "TEXT", description = "Only records with this key.")
    private @Nullable String key;

    @Option(
            names = "--key-glob",
            paramLabel = "GLOB",
            description = "Only records with such a key: * is any text, ? any character, as in 'plant/*/temp'.")
    private @Nullable String keyGlob;

    @Option(
            names = "--key-regex",
            paramLabel = "REGEX",
            description = "Only records with a key that this regular expression finds something in.")
    private @Nullable String keyRegex;

    @Option(
            names = "--header",
            paramLabel = "NAME[=VALUE]",
            description = "Only records with this header; several flags: with all of them.")
    private List<String> headers = List.of();

    @Option(
            names = "--partition",
            split = ",",
            paramLabel = "N",
            description = "Only these partitions, with commas between; the others are left alone.")
    private Set<Integer> partitions = new TreeSet<>();

    /** The partitions to read; empty for all. */
    Set<Integer> partitions() {
        return partitions;
    }

    /**
     * What a record's key and headers must be.
     *
     * @throws CommandFailure when an option can't be read
     */
    Predicate<ConsumerRecord<byte[], byte[]>> filter() {
        List<Predicate<ConsumerRecord<byte[], byte[]>>> all = new ArrayList<>();
        if (key != null) {
            all.add(matching(Pattern.compile(Pattern.quote(key), Pattern.DOTALL), true));
        }
        if (keyGlob != null) {
            all.add(matching(glob(keyGlob), true));
        }
        if (keyRegex != null) {
            all.add(matching(regex(keyRegex), false));
        }
        headers.forEach(header -> all.add(withHeader(header)));
        return all.stream().reduce(message -> true, Predicate::and);
    }

    private static Predicate<ConsumerRecord<byte[], byte[]>> matching(Pattern pattern, boolean whole) {
        return message -> {
            if (message.key() == null) {
                return false;
            }
            var matcher = pattern.matcher(new String(message.key(), UTF_8));
            return whole ? matcher.matches() : matcher.find();
        };
    }

    private static Pattern glob(String glob) {
        StringBuilder regex = new StringBuilder();
        glob.codePoints()
                .forEach(c -> regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c))));
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static Pattern regex(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw CommandFailure.wrongSetting(
                    "--key-regex '" + regex + "' is no regular expression: " + e.getDescription() + " at character "
                            + (e.getIndex() + 1),
                    e);
        }
    }

    private static Predicate<ConsumerRecord<byte[], byte[]>> withHeader(String option) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        String value = equals < 0 ? null : option.substring(equals + 1);
        if (name.isEmpty()) {
            throw CommandFailure.wrongSetting("--header '" + option + "' names no header; use NAME or NAME=VALUE");
        }
        return message -> {
            for (Header header : message.headers().headers(name)) {
                if (value == null || (header.value() != null && value.equals(new String(header.value(), UTF_8)))) {
                    return true;
                }
            }
            return false;
        };
    }
}
