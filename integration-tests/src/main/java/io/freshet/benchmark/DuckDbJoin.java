/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * DuckDB's {@code ASOF JOIN} of the files of {@link TrainingData}.
 *
 * @param threads how many it may use
 * @param memory its {@code memory_limit}; empty: its default
 * @param spills whether it may put what does not fit into a folder beside the training set
 */
record DuckDbJoin(int threads, Optional<String> memory, boolean spills) {

    /** Writes the training set to that Parquet file. */
    void run(TrainingData data, Path out) throws SQLException {
        StringBuilder columns = new StringBuilder("s.*");
        StringBuilder joins = new StringBuilder();
        for (String view : TrainingData.VIEWS) {
            String entity = TrainingData.entity(view);
            columns.append(", %1$s._as_of AS %1$s__as_of".formatted(view));
            for (String column : List.of("sales_1h", "sales_1d", "spent_1h", "spent_1d", "dearest_1h", "dearest_1d")) {
                columns.append(", %1$s.%2$s AS %1$s__%2$s".formatted(view, column));
            }
            joins.append(" ASOF LEFT JOIN read_parquet('%1$s/view=%2$s/*/*.parquet') %2$s"
                            .formatted(data.archives(), view))
                    .append(" ON s.%2$s = %1$s.%2$s AND s.timestamp >= %1$s._available_at".formatted(view, entity));
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = " + threads);
            statement.execute("SET temp_directory = '" + (spills ? out.resolveSibling("duckdb") : "") + "'");
            if (memory.isPresent()) {
                statement.execute("SET memory_limit = '" + memory.get() + "'");
            }
            statement.execute("COPY (SELECT " + columns + " FROM read_parquet('" + data.spine() + "') s" + joins
                    + ") TO '" + out + "' (FORMAT PARQUET)");
        }
    }

    /**
     * What tells two training sets apart: of equal moments two rows of an entity may differ, so seldom that counts and sums
     * do.
     */
    static String sums(Path trainingSet) throws SQLException {
        String query = "SELECT count(*) || ' ' || count(users__sales_1h) || ' ' || sum(users__sales_1h) || ' ' ||"
                + " count(shops__sales_1d) || ' ' || sum(shops__sales_1d) FROM read_parquet('" + trainingSet + "')";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
