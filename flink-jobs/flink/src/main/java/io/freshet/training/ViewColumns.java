/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.ValueType;
import io.freshet.function.ValueForm;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wanted columns of a view: names, types, and places among all columns of the view.
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

    /** Those of a view that have these names. */
    static ViewColumns of(ViewPlan plan, List<String> wanted) {
        List<String> names = new ArrayList<>();
        List<ValueType> types = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < plan.columns().size(); i++) {
            Column column = plan.columns().get(i);
            if (wanted.contains(column.name())) {
                names.add(column.name());
                types.add(column.type());
                places.add(i);
            }
        }
        return new ViewColumns(names, types, places);
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
