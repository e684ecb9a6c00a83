/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.definition.Window;
import io.freshet.event.SelectedEvent;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/**
 * Count, sum, min and max over hopping windows in Flink SQL: one query per window, as its window functions have it. Flink
 * cuts these windows into slices as long as the hop, so an event is added once per window and not once per pane. The rows
 * end in Flink's black hole, unconverted; the way in, from event to {@link Row}, is counted.
 */
final class SqlHop {

    private SqlHop() {}

    /** Puts the queries behind the stream. */
    static void attach(DataStream<SelectedEvent> events, Workload workload) {
        StreamTableEnvironment tables = StreamTableEnvironment.create(events.getExecutionEnvironment());
        DataStream<Row> rows = events.map(event -> Row.of(event.entity(), event.input(0)))
                .returns(Types.ROW_NAMED(new String[] {"entity", "amount"}, Types.STRING, Types.LONG));
        Schema schema = Schema.newBuilder()
                .column("entity", "STRING")
                .column("amount", "BIGINT")
                .columnByMetadata("event_time", DataTypes.TIMESTAMP_LTZ(3), "rowtime")
                .watermark("event_time", "SOURCE_WATERMARK()")
                .build();
        tables.createTemporaryView("events", rows, schema);
        tables.executeSql(
                "CREATE TEMPORARY TABLE nowhere (entity STRING, window_end TIMESTAMP_LTZ(3), c BIGINT, s BIGINT,"
                        + " least BIGINT, most BIGINT) WITH ('connector' = 'blackhole')");
        StreamStatementSet queries = tables.createStatementSet();
        workload.hoppingWindows().forEach(window -> queries.addInsertSql(query(window)));
        queries.attachAsDataStream();
    }

    private static String query(Window window) {
        return "INSERT INTO nowhere SELECT entity, window_time, COUNT(*), SUM(amount), MIN(amount), MAX(amount)"
                + " FROM TABLE(HOP(TABLE events, DESCRIPTOR(event_time), " + interval(window.hopMillis()) + ", "
                + interval(window.lengthMillis()) + ")) GROUP BY entity, window_start, window_end, window_time";
    }

    private static String interval(long millis) {
        return "INTERVAL '" + millis / 1000 + "' SECOND(8)";
    }
}
