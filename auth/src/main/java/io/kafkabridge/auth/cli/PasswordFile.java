package io.kafkabridge.auth.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.auth.file.Parsed;
import io.kafkabridge.auth.file.Problem;
import io.kafkabridge.auth.users.BcryptHash;
import io.kafkabridge.auth.users.HtpasswdFormat;
import io.kafkabridge.auth.users.Users;

/** An htpasswd file being edited. Lines of other users, comments and blank lines stay as they are. */
final class PasswordFile {

    private final Path path;
    private final List<String> lines;

    private PasswordFile(Path path, List<String> lines) {
        this.path = path;
        this.lines = new ArrayList<>(lines);
    }

    /** Reads a file; a missing one is empty. */
    static PasswordFile read(Path path) throws IOException {
        return new PasswordFile(path, Files.exists(path) ? Files.readAllLines(path) : List.of());
    }

    /** Whether there is a line of the user, whatever it holds. */
    boolean has(String user) {
        return lines.stream().anyMatch(line -> isOf(user, line));
    }

    /** The user's hash; empty when the user is unknown or has a hash of another kind. */
    Optional<BcryptHash> hash(String user) {
        return lines.stream()
                .filter(line -> isOf(user, line))
                .findFirst()
                .flatMap(line -> BcryptHash.parse(HtpasswdFormat.hash(line.strip())));
    }

    /** Puts the user's line in place of the one before, with the comment that this had, or at the end. */
    void put(String user, BcryptHash hash) {
        String line = user + ":" + hash.text();
        for (int i = 0; i < lines.size(); i++) {
            if (isOf(user, lines.get(i))) {
                lines.set(i, line + HtpasswdFormat.comment(lines.get(i).strip()));
                return;
            }
        }
        lines.add(line);
    }

    void remove(String user) {
        lines.removeIf(line -> isOf(user, line));
    }

    /** What the extension would leave out of this file, or refuse the whole file for. */
    List<Problem> mistakes() {
        Parsed<Users> parsed = HtpasswdFormat.parse(String.join("\n", lines));
        return parsed.errors().isEmpty() ? parsed.warnings() : parsed.errors();
    }

    private static boolean isOf(String user, String line) {
        return line.strip().startsWith(user + ":");
    }

    /**
     * Writes the file in one step, so that a reader sees the old or the new one: into a new file that then takes the
     * old one's name, mode and group. Where that can't be, as with a file mounted into a container, it is overwritten.
     */
    void write() throws IOException {
        Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        byte[] content = (String.join("\n", lines) + (lines.isEmpty() ? "" : "\n")).getBytes(StandardCharsets.UTF_8);
        Path temporary = newFileBeside(target);
        if (temporary == null) {
            Files.write(target, content);
            return;
        }
        try {
            Files.write(temporary, content);
            copyOwnership(target, temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            if (!Files.exists(target)) {
                throw e;
            }
            Files.write(target, content);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** An empty file that only its owner can read; null when the folder can't be written but the file perhaps can. */
    private static @Nullable Path newFileBeside(Path target) throws IOException {
        try {
            return Files.createTempFile(target.getParent(), target.getFileName().toString(), ".new");
        } catch (IOException e) {
            if (!Files.isWritable(target)) {
                throw e;
            }
            return null;
        }
    }

    private static void copyOwnership(Path from, Path to) throws IOException {
        PosixFileAttributeView target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (target == null || !Files.exists(from)) {
            return;
        }
        PosixFileAttributes source = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributes made = target.readAttributes();
        if (!source.owner().equals(made.owner())) {
            target.setOwner(source.owner());
        }
        if (!source.group().equals(made.group())) {
            target.setGroup(source.group());
        }
        target.setPermissions(source.permissions());
    }
}
