package io.kafkabridge.consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class FilterOptionsTest {
    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({
        "--key=plant/7/temp,               plant/7/temp,    true",
        "--key=plant/7,                    plant/7/temp,    false",
        "--key=a.c,                        abc,             false",
        "--key-glob=plant/*/temp,          plant/7/8/temp,  true",
        "--key-glob=plant/?/temp,          plant/7/temp,    true",
        "--key-glob=plant/?/temp,          plant/77/temp,   false",
        "--key-glob=a.c,                   abc,             false",
        "--key-regex=7/(temp|hum)$,        plant/7/temp,    true",
        "--key-regex=^7,                   plant/7/temp,    false",
        "--key=,                           ,                false",
        "--header=unit,                    plant/7/temp,    true",
        "--header=unit=C,                  plant/7/temp,    true",
        "--header=unit=a=b,                plant/7/temp,    true",
        "--header=unit=F,                  plant/7/temp,    false",
        "--header=level,                   plant/7/temp,    false",
        "--header=unit --key=x,            x,               true",
        "--header=unit --key=x,            y,               false",
        "--header=unit=C --header=unit=a=b, x,              true",
        "--header=unit=C --header=unit=F,  x,               false",
    })
    void aRecordIsPrintedWhenAllFiltersApply(String options, @Nullable String key, boolean printed) {
        // Given
        FilterOptions filters = new FilterOptions();
        new CommandLine(CommandSpec.forAnnotatedObject(filters)).parseArgs(options.split(" "));
        ConsumerRecord<byte[], byte[]> message =
                new ConsumerRecord<>("teste", 0, 0, key == null ? null : key.getBytes(UTF_8), new byte[0]);
        message.headers().add("unit", "C".getBytes(UTF_8)).add("unit", "a=b".getBytes(UTF_8));

        // When, Then
        assertThat(filters.filter().test(message)).isEqualTo(printed);
    }

    @Test
    void partitionsAreNumbersWithCommasBetween() {
        // Given
        FilterOptions filters = new FilterOptions();
        new CommandLine(CommandSpec.forAnnotatedObject(filters)).parseArgs("--partition=0,2", "--partition=5");

        // When, Then
        assertThat(filters.partitions()).containsExactlyInAnyOrder(0, 2, 5);
    }
}
