/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.event.SelectedEvent;
import io.freshet.expression.ValueType;
import io.freshet.metrics.ViewMetrics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** Sum or mean of decimals, exact. A sum of more than 38 digits gives null and is counted; a mean is a double. */
final class DecimalSumAggregate extends Aggregate {

    private final ValueType type;
    private final boolean mean;
    private final ViewMetrics metrics;

    private DecimalSumAggregate(Placement placement, ValueType type, boolean mean, ViewMetrics metrics) {
        super(placement, 1, 1);
        this.type = type;
        this.mean = mean;
        this.metrics = metrics;
    }

    static DecimalSumAggregate sum(Placement placement, ValueType type, ViewMetrics metrics) {
        return new DecimalSumAggregate(placement, type, false, metrics);
    }

    static DecimalSumAggregate mean(Placement placement, ValueType type) {
        return new DecimalSumAggregate(placement, type, true, ViewMetrics.NONE);
    }

    @Override
    void add(Cells into, Object value, SelectedEvent event) {
        plus(into, 1, (BigDecimal) value);
    }

    @Override
    void merge(Cells into, Cells from) {
        BigDecimal sum = sum(from);
        if (sum != null) {
            plus(into, from.longs[from.at + cell], sum);
        }
    }

    @Override
    boolean evict(Cells from, Cells tile) {
        BigDecimal sum = sum(tile);
        if (sum != null) {
            plus(from, -tile.longs[tile.at + cell], sum.negate());
            if (from.longs[from.at + cell] == 0) {
                from.objects[from.objectAt + object] = null;
            }
        }
        return true;
    }

    @Override
    @Nullable
    Object result(Cells cells) {
        BigDecimal sum = sum(cells);
        if (sum == null) {
            return null;
        }
        if (mean) {
            BigDecimal count = BigDecimal.valueOf(cells.longs[cells.at + cell]);
            return sum.divide(count, MathContext.DECIMAL128).doubleValue();
        }
        if (sum.precision() > ValueType.MAX_PRECISION) {
            metrics.overflow();
            return null;
        }
        return sum;
    }

    private @Nullable BigDecimal sum(Cells cells) {
        return (BigDecimal) cells.objects[cells.objectAt + object];
    }

    private void plus(Cells into, long count, BigDecimal other) {
        BigDecimal sum = sum(into);
        into.longs[into.at + cell] += count;
        into.objects[into.objectAt + object] = sum == null ? other : sum.add(other);
    }

    @Override
    void write(Cells cells, DataOutput out) throws IOException {
        super.write(cells, out);
        ValueForm.writeNullable(sum(cells), type, out);
    }

    @Override
    void read(Cells cells, DataInput in) throws IOException {
        super.read(cells, in);
        cells.objects[cells.objectAt + object] = ValueForm.readNullable(type, in);
    }
}
