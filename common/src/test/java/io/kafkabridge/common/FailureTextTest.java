package io.kafkabridge.common;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class FailureTextTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new NoSuchFileException("conf/users"), "conf/users does not exist"),
                Arguments.of(new AccessDeniedException("conf/users"), "no permission for conf/users"),
                Arguments.of(new FileAlreadyExistsException("out.jsonl"), "out.jsonl exists already"),
                Arguments.of(new MalformedInputException(1), "it isn't UTF-8 text; save it as UTF-8"),
                Arguments.of(
                        new FileSystemException("a", null, "No space left on device"), "a: No space left on device"),
                Arguments.of(new IOException("broken"), "java.io.IOException: broken"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void of_aFailure_saysWhatItIs(final IOException failure, final String text) {
        assertThat(FailureText.of(failure)).isEqualTo(text);
    }
}
