package io.kafkabridge.consumer;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import io.kafkabridge.common.CommandFailure;
import io.kafkabridge.common.CommandRunner;
import io.kafkabridge.common.GeneralOptions;
import io.kafkabridge.common.ManifestVersion;
import io.kafkabridge.common.StopSignal;

/** The command line of the consumer. */
@Command(
        name = "consumer",
        versionProvider = ManifestVersion.class,
        sortOptions = false,
        header = "print the records of Kafka topics",
        description = {
            "Prints each record that comes, until stopped, and commits what it has printed.",
            "A new group starts with the first record, a known one where it stopped."
        },
        footer = {
            "consumer --bootstrap-servers localhost:9092 --group looking",
            "consumer --from -10 --until-end",
            "consumer --from 10m --key-glob 'plant/*/temp' --verbose",
            "consumer --from beginning --until-end --format json > records.json"
        },
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:a flag, a variable or the .env file is wrong",
            "130, 143:stopped with Ctrl-C, or with SIGTERM"
        })
public final class ConsumerCommand implements Callable<Integer> {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--topic",
            descriptionKey = "CONSUMER_TOPIC",
            split = ",",
            defaultValue = "teste",
            paramLabel = "TOPIC",
            description = "Kafka topic, teste by default; several with commas between, or by several flags."
                    + " [CONSUMER_TOPIC]")
    private List<String> topics = List.of();

    @Option(
            names = {"--count", "--max"},
            descriptionKey = "CONSUMER_COUNT",
            paramLabel = "N",
            description = "End when so many records are printed. [CONSUMER_COUNT]")
    private @Nullable Long count;

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            converter = StartConverter.class,
            completionCandidates = StartConverter.Candidates.class,
            description =
                    "Where to begin, whatever the group has read: beginning, end, an offset, -10 for the last ten of"
                            + " each partition, 10m for the last ten minutes, 2026-11-23 or 2026-11-23T10:00:00Z.")
    private @Nullable StartPosition from;

    @Option(names = "--from-beginning", description = "The same as --from beginning.")
    private boolean fromBeginning;

    @Option(names = "--follow", description = "Wait for more records at the end; so by default.")
    private boolean follow;

    @Option(names = "--until-end", description = "End when all records are read that there were at the start.")
    private boolean untilEnd;

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private GeneralOptions general = new GeneralOptions();

    public static void main(String[] args) {
        CommandRunner.main(new ConsumerCommand(), args);
    }

    @Override
    public Integer call() throws Exception {
        Reading reading = reading();
        Map<String, Object> config = kafka.consumerConfig();
        try {
            Consumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            TopicReader reader = new TopicReader(consumer, reading, general.console(), kafka);
            boolean written = StopSignal.during(() -> readAndLeave(reader, consumer), reader::stop);
            return written ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (KafkaException e) {
            throw KafkaFailure.explain(e, kafka);
        }
    }

    private static boolean readAndLeave(TopicReader reader, Consumer<?, ?> consumer) {
        try {
            return reader.run();
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
        }
    }

    private Reading reading() {
        if (count != null && count < 1) {
            throw CommandFailure.wrongSetting("--count must be 1 or more, not " + count);
        }
        if (follow && untilEnd) {
            throw CommandFailure.wrongSetting("Give --follow or --until-end, not both");
        }
        if (fromBeginning && from != null) {
            throw CommandFailure.wrongSetting("Give --from or --from-beginning, not both");
        }
        return new Reading(
                topics,
                filters.partitions(),
                count == null ? Long.MAX_VALUE : count,
                fromBeginning ? StartPosition.beginning() : from,
                untilEnd,
                filters.filter(),
                output.recordFormat());
    }

    /** Reads {@code --from}. */
    static final class StartConverter implements ITypeConverter<StartPosition> {
        @Override
        public StartPosition convert(String text) {
            try {
                return StartPosition.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }

        /** What a shell offers. */
        static final class Candidates implements Iterable<String> {
            @Override
            public Iterator<String> iterator() {
                return List.of("beginning", "end").iterator();
            }
        }
    }
}
