/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.explain;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one entity of a view costs, on average.
 *
 * @param tiles its tiles
 * @param storedBytes its state in checkpoints and RocksDB, as the codec of the job writes it
 * @param heapBytes its state on the heap, without partial states that are objects of their own
 * @param rowsPerEvent rows that an event gives, its own and those of tiles that leave
 * @param expiryRowsPerEvent those of tiles that leave
 * @param hashBytes its newest row in Redis in the layout {@code hash}, key included
 * @param compactBytes the same in the layout {@code compact}
 */
record Cost(
        double tiles,
        double storedBytes,
        double heapBytes,
        double rowsPerEvent,
        double expiryRowsPerEvent,
        double hashBytes,
        double compactBytes) {

    /** By name, for JSON. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("tiles", rounded(tiles));
        fields.put("state_stored_bytes", Math.round(storedBytes));
        fields.put("state_heap_bytes", Math.round(heapBytes));
        fields.put("rows_per_event", rounded(rowsPerEvent));
        fields.put("expiry_rows_per_event", rounded(expiryRowsPerEvent));
        fields.put("redis_hash_bytes", Math.round(hashBytes));
        fields.put("redis_compact_bytes", Math.round(compactBytes));
        return fields;
    }

    private static double rounded(double number) {
        return Math.round(number * 100) / 100.0;
    }
}
