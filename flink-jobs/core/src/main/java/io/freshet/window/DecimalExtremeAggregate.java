/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.event.SelectedEvent;
import io.freshet.expression.ValueType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Least or greatest of decimals. */
final class DecimalExtremeAggregate extends Aggregate {

    private final ValueType type;

    /** 1 for the least, -1 for the greatest. */
    private final int sign;

    private DecimalExtremeAggregate(Placement placement, ValueType type, int sign) {
        super(placement, 0, 1);
        this.type = type;
        this.sign = sign;
    }

    static DecimalExtremeAggregate least(Placement placement, ValueType type) {
        return new DecimalExtremeAggregate(placement, type, 1);
    }

    static DecimalExtremeAggregate greatest(Placement placement, ValueType type) {
        return new DecimalExtremeAggregate(placement, type, -1);
    }

    @Override
    void add(Cells into, Object value, SelectedEvent event) {
        take(into, (BigDecimal) value);
    }

    @Override
    void merge(Cells into, Cells from) {
        BigDecimal extreme = extreme(from);
        if (extreme != null) {
            take(into, extreme);
        }
    }

    @Override
    boolean evict(Cells from, Cells tile) {
        BigDecimal gone = extreme(tile);
        BigDecimal extreme = extreme(from);
        return gone == null || extreme == null || sign * gone.compareTo(extreme) > 0;
    }

    @Override
    @Nullable
    Object result(Cells cells) {
        return extreme(cells);
    }

    private @Nullable BigDecimal extreme(Cells cells) {
        return (BigDecimal) cells.objects[cells.objectAt + object];
    }

    private void take(Cells into, BigDecimal candidate) {
        BigDecimal extreme = extreme(into);
        if (extreme == null || sign * candidate.compareTo(extreme) < 0) {
            into.objects[into.objectAt + object] = candidate;
        }
    }

    @Override
    void write(Cells cells, DataOutput out) throws IOException {
        ValueForm.writeNullable(extreme(cells), type, out);
    }

    @Override
    void read(Cells cells, DataInput in) throws IOException {
        cells.objects[cells.objectAt + object] = ValueForm.readNullable(type, in);
    }
}
