package io.kafkabridge.extension.monitoring.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream to a client whose single writes have a deadline, while the whole may go on for ever. */
final class PatientStream extends FilterOutputStream {

    PatientStream(final OutputStream out) {
        super(out);
    }

    @Override
    public void write(final int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int length) throws IOException {
        Workers.beginAnew();
        out.write(bytes, offset, length);
        Workers.takeAnyTime();
    }

    @Override
    public void flush() throws IOException {
        Workers.beginAnew();
        out.flush();
        Workers.takeAnyTime();
    }
}
