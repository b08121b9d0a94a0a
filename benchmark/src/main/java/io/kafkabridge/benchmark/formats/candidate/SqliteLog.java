package io.kafkabridge.benchmark.formats.candidate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;

/** SQLite with its write-ahead log: a table in the order of insertion, one transaction for an append. */
final class SqliteLog implements SpoolFormat {

    private final Connection connection;

    SqliteLog(Path folder) throws IOException {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("spool.db"));
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode=WAL");
                statement.execute("PRAGMA synchronous=FULL");
                statement.execute("CREATE TABLE IF NOT EXISTS spool (id INTEGER PRIMARY KEY, k BLOB, v BLOB)");
            }
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void append(List<SpoolRecord> records) throws IOException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO spool (k, v) VALUES (?, ?)")) {
            for (SpoolRecord record : records) {
                insert.setBytes(1, SpoolRecord.bytes(record.key()));
                insert.setBytes(2, SpoolRecord.bytes(record.value()));
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void readAll(Consumer<SpoolRecord> sink) throws IOException {
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT k, v FROM spool ORDER BY id")) {
            while (rows.next()) {
                sink.accept(new SpoolRecord(ByteBuffer.wrap(rows.getBytes(1)), ByteBuffer.wrap(rows.getBytes(2))));
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
