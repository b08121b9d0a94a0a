package io.kafkabridge.common;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether a person watches the standard output. */
public final class Terminal {
    private Terminal() {}

    /**
     * Whether standard input and output both are a terminal that understands control sequences. From Java 22 on there is a
     * console even without a terminal, and a method that tells.
     */
    @SuppressWarnings("SystemConsoleNull") // isTerminal tells, where there is one
    public static boolean present() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true; // before Java 22
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
