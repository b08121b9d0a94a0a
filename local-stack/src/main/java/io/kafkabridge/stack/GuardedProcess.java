package io.kafkabridge.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Child processes that never outlive this JVM, not even when it is killed.
 *
 * <p>A shell starts a guard in the background and then becomes the child, keeping its process id. The guard waits on the pipe
 * that this JVM holds: when the pipe breaks because the JVM is gone, it kills the child, also a paused one. A line in the pipe
 * says that the child has ended by itself. Ctrl-C doesn't reach the child: ending it in good order is up to the parent, by {@link
 * Process#toHandle()}, since {@link Process#destroy()} breaks the pipe.
 */
public final class GuardedProcess {

    private static final String GUARD = """
            trap '' INT HUP
            exec 3<&0 </dev/null
            (trap '' TERM; read -r ended <&3 || kill -KILL $$) >/dev/null 2>&1 &
            exec "$@" 3<&-
            """;

    private GuardedProcess() {}

    /**
     * Starts the builder's command with a guard. The child's standard input is empty; all else is as the builder says.
     *
     * @throws IOException if there is no POSIX shell
     */
    public static Process start(ProcessBuilder builder) throws IOException {
        List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "guard"));
        guarded.addAll(builder.command());
        Process process = builder.command(guarded)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        var unused = process.onExit().thenAccept(GuardedProcess::dismissGuard);
        return process;
    }

    private static void dismissGuard(Process process) {
        try (OutputStream pipe = process.getOutputStream()) {
            pipe.write('\n');
        } catch (IOException guardIsGone) {
            // Then there is nobody to dismiss.
        }
    }
}
