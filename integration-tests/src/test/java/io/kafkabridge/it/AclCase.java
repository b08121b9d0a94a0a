package io.kafkabridge.it;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One user's permissions and a topic to publish to.
 *
 * @param number the case's number, which makes its user
 * @param rules {@code topic} lines of the permissions file, without that word, separated by semicolons
 * @param topic the topic
 * @param allowed whether HiveMQ CE lets the user publish there
 */
record AclCase(int number, String rules, String topic, boolean allowed) {

    /** {@code +} before what is allowed; {@code rules | topic}. */
    private static final List<String> CASES = List.of(
            "- | a",
            "+ write a | a",
            "+ write a | a/",
            "+ write a | a//",
            "- write a | /a",
            "- write a | a/b",
            "- write a | A",
            "+ write a/b | a/b/",
            "- write a/b | a//b",
            "+ write a//c | a//c",
            "- write a//c | a/c",
            "+ write /a | /a",
            "- write /a | a",
            "+ write with space | with space",
            "+ write é/ü | é/ü",
            "- write é/ü | e/u",
            "+ write # | a",
            "+ write # | /",
            "+ write # | //",
            "+ write # | a/b/c/",
            "- write # | $vendor/a",
            "- write $vendor/# | $vendor/a",
            "+ write a/# | a",
            "+ write a/# | a/",
            "+ write a/# | a/b/c",
            "- write a/# | ab",
            "- write a/# | /a",
            "+ write /# | /",
            "+ write /# | /a/b",
            "- write /# | a",
            "+ write + | a",
            "- write + | a/",
            "- write + | /a",
            "- write + | /",
            "+ write +/+ | /",
            "+ write +/+ | /a",
            "+ write +/+ | a/",
            "- write +/+ | a",
            "- write +/+ | a/b/",
            "+ write /+ | /a",
            "+ write /+ | /",
            "- write /+ | a",
            "+ write +/# | a",
            "+ write +/# | /",
            "+ write +/# | a/b",
            "- write a/+ | a",
            "+ write a/+ | a/",
            "+ write a/+ | a/b",
            "- write a/+ | a/b/",
            "- write a/+ | a/b/c",
            "- write a/+/# | a",
            "+ write a/+/# | a/b",
            "+ write a/+/# | a/b/c/d",
            "+ write a/+/c | a//c",
            "- write a/+/c | a/b/c/",
            "+ readwrite a | a",
            "+ a | a",
            "- read a | a",
            "+ read a;write a | a",
            "- write a;deny a | a",
            "- deny a;write a | a",
            "+ deny b;write a | a",
            "- deny #;write a | a",
            "- write a/#;deny a/b | a/b",
            "- write a/#;deny a/b | a/b/",
            "+ write a/#;deny a/b | a/b/c",
            "- write #;deny a/+ | a/",
            "+ write #;deny a/+ | a",
            "+ write #;deny a/+ | a/b/c",
            "- write #;deny + | a",
            "+ write #;deny + | a/");

    static Stream<AclCase> all() {
        return IntStream.range(0, CASES.size()).mapToObj(number -> {
            final String text = CASES.get(number);
            final int bar = text.indexOf('|');
            return new AclCase(
                    number,
                    text.substring(1, bar).strip(),
                    text.substring(bar + 1).strip(),
                    text.charAt(0) == '+');
        });
    }

    String user() {
        return "case" + number;
    }

    /** Its part of the permissions file. */
    String permissions() {
        return "user " + user() + "\n"
                + Arrays.stream(rules.split(";"))
                        .filter(rule -> !rule.isEmpty())
                        .map(rule -> "topic " + rule + "\n")
                        .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return (rules.isEmpty() ? "nothing" : rules) + " | " + topic;
    }
}
