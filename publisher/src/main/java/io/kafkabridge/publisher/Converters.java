package io.kafkabridge.publisher;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import io.kafkabridge.common.Interval;

/** From the text of an option to its value; what they throw becomes the user's error line. */
final class Converters {
    private Converters() {}

    private static <T> T converted(Supplier<T> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    /** Reads {@code --broker}. */
    static final class Address implements ITypeConverter<BrokerAddress> {
        @Override
        public BrokerAddress convert(String text) {
            return converted(() -> BrokerAddress.parse(text));
        }
    }

    /** Reads {@code --interval} and {@code --duration}. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return converted(() -> Interval.parse(text));
        }
    }

    /** Reads {@code --rate}. */
    static final class Rate implements ITypeConverter<Double> {
        private static final int MOST_PER_SECOND = 1_000_000;

        @Override
        public Double convert(String text) {
            if (text.matches("\\d{1,7}(\\.\\d{1,9})?")) {
                double perSecond = Double.parseDouble(text);
                if (perSecond > 0 && perSecond <= MOST_PER_SECOND) {
                    return perSecond;
                }
            }
            throw new TypeConversionException("'" + text + "' is no number of messages per second, such as 0.5 or 1000;"
                    + " the most is " + MOST_PER_SECOND + ", and --interval 0 is as fast as the broker takes them");
        }
    }

    /** Reads {@code --qos}. */
    static final class Qos implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (!text.matches("[012]")) {
                throw new TypeConversionException("'" + text + "' is not 0, 1 or 2");
            }
            return Integer.valueOf(text);
        }
    }

    /** What a shell offers for {@code --qos}. */
    static final class QosCandidates implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("0", "1", "2").iterator();
        }
    }
}
