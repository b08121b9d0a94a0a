package io.kafkabridge.auth.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.auth.LogRecorder;

import static org.assertj.core.api.Assertions.assertThat;

class WatchedFileTest {

    private final LogRecorder log = new LogRecorder(WatchedFile.class);
    private final List<String> inForce = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path path;
    private WatchedFile<String> file;

    @BeforeEach
    void create() {
        path = folder.resolve("words");
        file = new WatchedFile<>(
                "words file",
                path,
                WatchedFileTest::parse,
                () -> inForce.add(file.current().orElseThrow()));
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void fileAtStart_isInForceAtOnce() throws IOException {
        Files.writeString(path, "one");

        file.poll();

        assertThat(file.current()).contains("one");
        assertThat(log.lines()).containsExactly("INFO Loaded the words file " + path + ": 3 letters.");
    }

    @Test
    void missingFile_isToldOnce_andHealsWithoutRestart() throws IOException {
        file.poll();
        file.poll();
        Files.writeString(path, "one");
        file.poll();

        assertThat(file.current()).contains("one");
        assertThat(log.lines())
                .containsExactly(
                        "ERROR Can't use the words file " + path + "; nobody can log in. It is read again when it"
                                + " changes.\n  - the file does not exist; create it",
                        "INFO Loaded the words file " + path + ": 3 letters.");
    }

    @Test
    void folderInPlaceOfTheFile_isTold() throws IOException {
        Files.createDirectory(path);

        file.poll();

        assertThat(log.lines())
                .singleElement()
                .asString()
                .endsWith("this is a folder, not a file; Docker makes one when the file to mount does not exist");
    }

    @Test
    void changedFile_countsWhenItIsTheSameInTwoPolls() throws IOException {
        // Given
        Files.writeString(path, "one");
        file.poll();

        // When
        Files.writeString(path, "tw");
        file.poll();
        Files.writeString(path, "two");
        file.poll();
        file.poll();

        // Then
        assertThat(inForce).containsExactly("one", "two");
    }

    @Test
    void fileThatIsEmptyForAMomentOnly_changesNothing() throws IOException {
        Files.writeString(path, "one");
        file.poll();

        Files.writeString(path, "");
        file.poll();
        Files.writeString(path, "one");
        file.poll();
        file.poll();

        assertThat(inForce).containsExactly("one");
    }

    @Test
    void brokenVersion_leavesTheOldInForce_andIsToldOnceWithAllMistakes() throws IOException {
        // Given
        Files.writeString(path, "one");
        file.poll();

        // When
        Files.writeString(path, "bad\nfine\nbad");
        file.poll();
        file.poll();
        file.poll();
        file.poll();

        // Then
        assertThat(file.current()).contains("one");
        assertThat(log.lines().subList(1, log.lines().size()))
                .containsExactly("ERROR Can't use the words file " + path + "; the version before stays in force. It is"
                        + " read again when it changes.\n  - line 1: bad word\n  - line 3: bad word");
    }

    @Test
    void deletedFile_leavesTheOldInForce() throws IOException {
        Files.writeString(path, "one");
        file.poll();

        Files.delete(path);
        file.poll();
        file.poll();

        assertThat(file.current()).contains("one");
    }

    @Test
    void swappedSymbolicLink_isNoticed() throws IOException {
        // Given a mount as Kubernetes makes it
        Path first = Files.writeString(folder.resolve("first"), "one");
        Path second = Files.writeString(folder.resolve("second"), "two");
        Files.setLastModifiedTime(second, Files.getLastModifiedTime(first));
        Files.createSymbolicLink(path, first);
        file.poll();

        // When
        Files.delete(path);
        Files.createSymbolicLink(path, second);
        file.poll();
        file.poll();

        // Then
        assertThat(file.current()).contains("two");
    }

    @Test
    void bytesThatAreNotText_areMarkedForTheFormat() throws IOException {
        Files.write(path, new byte[] {'a', '\n', 'b', (byte) 0xE7, '\n'});

        file.poll();

        assertThat(log.lines()).singleElement().asString().endsWith("line 2: bad word");
    }

    @Test
    void byteOrderMark_isNoText() throws IOException {
        Files.writeString(path, "\uFEFFone");

        file.poll();

        assertThat(file.current()).contains("one");
    }

    @Test
    void warnings_areTold_andTheFileCounts() throws IOException {
        Files.writeString(path, "odd");

        file.poll();

        assertThat(file.current()).contains("odd");
        assertThat(log.lines())
                .contains("WARN Look at these lines of the words file " + path + ":\n  - line 1: odd word");
    }

    private static Parsed<String> parse(String text) {
        List<Problem> errors = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals("bad") || lines.get(i).indexOf(TextFile.NOT_UTF_8) >= 0) {
                errors.add(new Problem(i + 1, "bad word"));
            }
            if (lines.get(i).equals("odd")) {
                warnings.add(new Problem(i + 1, "odd word"));
            }
        }
        return new Parsed<>(text, text.length() + " letters", errors, warnings);
    }
}
