/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.explain;

import io.freshet.definition.ViewPlan;
import io.freshet.metrics.ViewMetrics;
import io.freshet.row.CompactWriter;
import io.freshet.row.FeatureRow;
import io.freshet.row.OnlineFields;
import io.freshet.row.OnlineKeys;
import io.freshet.row.RowMaker;
import io.freshet.window.EntityState;
import io.freshet.window.StateSize;
import io.freshet.window.WindowEngine;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Weighs states and rows of entities of one view, and averages. */
final class Weights {

    private final String namespace;
    private final String view;
    private final WindowEngine engine;
    private final RowMaker maker;
    private final OnlineFields fields;
    private final CompactWriter compact;

    private long count;
    private long tiles;
    private long storedBytes;
    private long heapBytes;
    private long hashBytes;
    private long compactBytes;

    Weights(ViewPlan plan, String namespace, WindowEngine engine) {
        this.namespace = namespace;
        this.view = plan.view().name();
        this.engine = engine;
        this.maker = new RowMaker(plan, ViewMetrics.NONE);
        this.fields = new OnlineFields(plan);
        this.compact = new CompactWriter(plan);
    }

    /** Weighs a state and its newest row. */
    void add(EntityState state, String entity, long asOfMillis, long seq, @Nullable Object[] windowed) {
        count++;
        StateSize size = engine.size(state);
        tiles += size.tiles();
        heapBytes += size.heapBytes();
        storedBytes += stored(state);
        FeatureRow row = new FeatureRow(
                entity, asOfMillis, asOfMillis, seq, Long.MIN_VALUE, FeatureRow.NO_EVENT, maker.complete(windowed));
        String key = OnlineKeys.row(namespace, view, entity);
        hashBytes += RedisSize.bytes(key, fields.of(row));
        compactBytes += RedisSize.bytes(key, compact.write(row));
    }

    private long stored(EntityState state) {
        try (DataOutputStream out = new DataOutputStream(OutputStream.nullOutputStream())) {
            engine.codec().write(state, out);
            return out.size();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a state to nowhere", e);
        }
    }

    /** How many were weighed. */
    long count() {
        return count;
    }

    /** The average of what was weighed. */
    Cost average(double rowsPerEvent, double expiryRowsPerEvent) {
        double of = Math.max(1, count);
        return new Cost(
                tiles / of,
                storedBytes / of,
                heapBytes / of,
                rowsPerEvent,
                expiryRowsPerEvent,
                hashBytes / of,
                compactBytes / of);
    }
}
