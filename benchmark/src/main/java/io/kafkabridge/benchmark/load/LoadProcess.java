package io.kafkabridge.benchmark.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The load generator, seen from the benchmark. Not thread-safe. */
public final class LoadProcess implements AutoCloseable {

    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final BufferedWriter specs;
    private final BufferedReader results;

    private LoadProcess(Process process) {
        this.process = process;
        specs = process.outputWriter(StandardCharsets.UTF_8);
        results = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the process, which ends with this one. */
    public static LoadProcess start() throws IOException {
        return new LoadProcess(new ProcessBuilder(ChildJvm.command(
                        LoadMain.class,
                        List.of("-Xmx512m", "-XX:MaxDirectMemorySize=2g", "-XX:+UseSerialGC"),
                        List.of()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /**
     * Runs a load; returns when it is over.
     *
     * @throws IOException if the load generator died; its standard error says why
     */
    public LoadResult run(LoadSpec spec) throws IOException {
        begin(spec);
        return result();
    }

    /** Begins a load that goes on, phase by phase, until {@link #end}. */
    public void beginPhases(LoadSpec spec) throws IOException {
        if (!spec.isPhased()) {
            throw new IllegalArgumentException("It would end by itself: " + spec);
        }
        begin(spec);
    }

    /** Ends a phase and begins the next one, within 20 ms; the load goes on. */
    public void nextPhase() throws IOException {
        tell(LoadRun.NEXT_PHASE);
    }

    /**
     * Ends the load that has phases.
     *
     * @throws IOException if the load generator died; its standard error says why
     */
    public LoadResult end() throws IOException {
        tell("end");
        return result();
    }

    private void begin(LoadSpec spec) throws IOException {
        tell(json.writeValueAsString(spec));
    }

    private void tell(String line) throws IOException {
        specs.write(line);
        specs.newLine();
        specs.flush();
    }

    private LoadResult result() throws IOException {
        String line = results.readLine();
        if (line == null) {
            throw new IOException("The load generator has ended");
        }
        return json.readValue(line, LoadResult.class);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
