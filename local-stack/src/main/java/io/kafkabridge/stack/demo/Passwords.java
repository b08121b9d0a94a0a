package io.kafkabridge.stack.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import io.kafkabridge.stack.Certificates;
import io.kafkabridge.stack.PrivateFiles;

/** The demo's passwords, made at the first start and kept in a file that only its owner can read. */
final class Passwords {

    private final Properties passwords;

    private Passwords(Properties passwords) {
        this.passwords = passwords;
    }

    /** Reads the file, and adds a random password for each user that has none yet. */
    static Passwords in(Path file, String... users) throws IOException {
        Properties passwords = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                passwords.load(in);
            }
        }
        boolean added = false;
        for (String user : users) {
            added |= passwords.putIfAbsent(user, Certificates.randomPassword()) == null;
        }
        if (added) {
            try (OutputStream out = PrivateFiles.newOutput(file)) {
                passwords.store(out, "Users of ./demo");
            }
        }
        return new Passwords(passwords);
    }

    String of(String user) {
        return passwords.getProperty(user);
    }
}
