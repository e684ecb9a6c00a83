/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Lists, also in the form that old writers gave them: see {@link ParquetTypes#listElement}. */
final class ListConverter extends GroupConverter {

    private final Slot slot;
    private final Converter repeated;
    private List<@Nullable Object> list = new ArrayList<>();
    private @Nullable Object element;

    ListConverter(GroupType field, CellType type, Slot slot) {
        this.slot = slot;
        Type elementField = ParquetTypes.listElement(field);
        repeated = elementField.equals(field.getType(0))
                ? CellConverters.of(elementField, type.element(), value -> list.add(value))
                : new Wrapped(CellConverters.of(elementField, type.element(), value -> element = value));
    }

    @Override
    public Converter getConverter(int index) {
        return repeated;
    }

    @Override
    public void start() {
        list = new ArrayList<>();
    }

    @Override
    public void end() {
        // Most lists of what was warming are empty: one object for all of them.
        slot.put(list.isEmpty() ? List.of() : Collections.unmodifiableList(list));
    }

    /** The repeated group around an element, which is there even where the element is null. */
    private final class Wrapped extends GroupConverter {
        private final Converter inner;

        Wrapped(Converter inner) {
            this.inner = inner;
        }

        @Override
        public Converter getConverter(int index) {
            return inner;
        }

        @Override
        public void start() {
            element = null;
        }

        @Override
        public void end() {
            list.add(element);
        }
    }
}
