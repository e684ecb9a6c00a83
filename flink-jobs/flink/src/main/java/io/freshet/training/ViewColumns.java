/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.definition.Column;
import io.freshet.expression.ValueType;
import io.freshet.function.ValueForm;
import io.freshet.reading.ReadPlan;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a view that are read: those wanted, and those that wanted features are computed from.
 *
 * @param names their names
 * @param types their types
 * @param places their positions in the plan's columns
 */
public record ViewColumns(List<String> names, List<ValueType> types, List<Integer> places) implements Serializable {

    public ViewColumns {
        names = List.copyOf(names);
        types = List.copyOf(types);
        places = List.copyOf(places);
    }

    /** Those that a plan reads. */
    static ViewColumns of(ReadPlan plan) {
        List<Column> columns = plan.columns();
        return new ViewColumns(
                columns.stream().map(Column::name).toList(),
                columns.stream().map(Column::type).toList(),
                columns.stream().map(plan.view().columns()::indexOf).toList());
    }

    int size() {
        return names.size();
    }

    void write(@Nullable Object[] values, DataOutput out) throws IOException {
        for (int i = 0; i < values.length; i++) {
            ValueForm.writeNullable(values[i], types.get(i), out);
        }
    }

    @Nullable
    Object[] read(DataInput in) throws IOException {
        @Nullable Object[] values = new Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ValueForm.readNullable(types.get(i), in);
        }
        return values;
    }
}
