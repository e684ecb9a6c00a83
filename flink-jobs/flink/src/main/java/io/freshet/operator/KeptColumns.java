/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.function.Varint;
import io.freshet.row.CompleteSince;
import io.freshet.window.TileSet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The windowed columns that a task keeps, and since when each has seen all events. Columns that were added to a running
 * view have seen them for less long than the others.
 *
 * @param shape the shape of the states of entities
 * @param completeSinceMillis of each column the event time since which it has seen all events; {@link Long#MIN_VALUE}: all
 *     there ever were
 */
record KeptColumns(StateShape shape, List<Long> completeSinceMillis) {

    KeptColumns {
        completeSinceMillis = List.copyOf(completeSinceMillis);
    }

    /** Of a view that begins. */
    static KeptColumns of(ViewPlan plan, long completeSinceMillis) {
        StateShape shape = StateShape.of(plan);
        return new KeptColumns(shape, Collections.nCopies(shape.columns().size(), completeSinceMillis));
    }

    /**
     * Of a view that takes the place of this.
     *
     * @param addedSinceMillis since when columns see all events that are not here
     */
    KeptColumns followedBy(ViewPlan plan, long addedSinceMillis) {
        StateShape next = shape.followedBy(plan);
        List<Long> since = next.keptFrom(shape).stream()
                .map(column -> column == TileSet.ADDED ? addedSinceMillis : completeSinceMillis.get(column))
                .toList();
        return new KeptColumns(next, since);
    }

    /** Since when each column of the plan sees all events; of a computed one, all that it reads. */
    CompleteSince completeSince(ViewPlan plan) {
        List<String> names = shape.columns().stream().map(Column::name).toList();
        long[] since = plan.columns().stream()
                .mapToLong(column -> column instanceof Column.Computed computed
                        ? computed.expression().variables().stream()
                                .mapToLong(name -> completeSinceMillis.get(names.indexOf(name)))
                                .max()
                                .orElse(Long.MIN_VALUE)
                        : completeSinceMillis.get(names.indexOf(column.name())))
                .toArray();
        return CompleteSince.of(plan.columns(), since);
    }

    byte[] written() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        shape.write(out);
        for (long since : completeSinceMillis) {
            Varint.writeSigned(since, out);
        }
        return bytes.toByteArray();
    }

    static KeptColumns read(byte[] written) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(written));
        StateShape shape = StateShape.read(in);
        List<Long> since = new ArrayList<>();
        for (int i = 0; i < shape.columns().size(); i++) {
            since.add(Varint.readSigned(in));
        }
        return new KeptColumns(shape, since);
    }
}
