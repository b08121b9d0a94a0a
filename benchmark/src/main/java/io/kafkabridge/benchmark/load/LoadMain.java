package io.kafkabridge.benchmark.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The load generator's process: a {@link LoadSpec} on each line of the standard input, a {@link LoadResult} on each line of the
 * output. The lines after a spec with phases end these. Stays from run to run, so that its code is compiled once. Ends when the input does.
 */
public final class LoadMain {

    private LoadMain() {}

    public static void main(String[] args) throws IOException {
        ObjectMapper json = new ObjectMapper();
        BufferedReader specs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = specs.readLine();
        while (line != null) {
            LoadResult result = new LoadRun(json.readValue(line, LoadSpec.class), specs).run();
            System.out.println(json.writeValueAsString(result));
            line = specs.readLine();
        }
    }
}
