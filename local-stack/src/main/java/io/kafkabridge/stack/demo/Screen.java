package io.kafkabridge.stack.demo;

import java.io.PrintWriter;

/** What the user sees: steps of the demo, and what publisher and consumer say. Thread-safe. */
final class Screen {

    private static final String RESET = "\u001b[0m";

    /** Whose words a line shows. */
    enum Speaker {
        DEMO("demo     ", "\u001b[1m"),
        PUBLISHER("publisher", "\u001b[36m"),
        CONSUMER("consumer ", "\u001b[32m");

        private final String label;
        private final String colour;

        Speaker(String label, String colour) {
            this.label = label;
            this.colour = colour;
        }
    }

    private final PrintWriter out;
    private final boolean coloured;

    Screen(PrintWriter out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** A step of the demo itself. */
    void step(String text) {
        line(Speaker.DEMO, text);
    }

    /** A line of one side. */
    synchronized void line(Speaker speaker, String text) {
        String label = coloured ? speaker.colour + speaker.label + RESET : speaker.label;
        out.println(label + " | " + text);
        out.flush();
    }

    /** Lines as they are, to be copied. */
    synchronized void show(String text) {
        out.println(text);
        out.flush();
    }
}
