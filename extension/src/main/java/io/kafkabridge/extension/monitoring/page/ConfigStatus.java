package io.kafkabridge.extension.monitoring.page;

/**
 * Which configuration counts, and why not the file's. Immutable.
 *
 * @param state which one
 * @param text why, in a sentence without names of servers and users: everybody may read it
 */
public record ConfigStatus(State state, String text) {

    /** The file has no mistake. */
    public static final ConfigStatus IN_FORCE = new ConfigStatus(State.IN_FORCE, "in force");

    /** Which configuration counts, the best first. */
    public enum State {
        /** What the file says. */
        IN_FORCE(0),
        /** The last one that was in force: the file has mistakes. */
        OLDER(1),
        /** None: nobody is let in. */
        CLOSED(2),
        /** None, and clients are let in and acknowledged all the same, as asked for. */
        OPEN(3);

        private final int number;

        State(final int number) {
            this.number = number;
        }

        /** Its number in the metric. */
        public int number() {
            return number;
        }
    }
}
