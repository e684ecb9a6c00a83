/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.jspecify.annotations.Nullable;

/** Maps from texts, in the order of the file. */
final class MapConverter extends GroupConverter {

    private final Slot slot;
    private final Converter entry;
    private Map<String, @Nullable Object> map = new LinkedHashMap<>();
    private String key = "";
    private @Nullable Object value;

    MapConverter(GroupType field, CellType type, Slot slot) {
        this.slot = slot;
        GroupType pair = field.getType(0).asGroupType();
        entry = new Entry(
                CellConverters.of(pair.getType(0), CellType.STRING, text -> key = (String) text),
                CellConverters.of(pair.getType(1), type.element(), given -> value = given));
    }

    @Override
    public Converter getConverter(int index) {
        return entry;
    }

    @Override
    public void start() {
        map = new LinkedHashMap<>();
    }

    @Override
    public void end() {
        slot.put(Collections.unmodifiableMap(map));
    }

    private final class Entry extends GroupConverter {
        private final Converter keys;
        private final Converter values;

        Entry(Converter keys, Converter values) {
            this.keys = keys;
            this.values = values;
        }

        @Override
        public Converter getConverter(int index) {
            return index == 0 ? keys : values;
        }

        @Override
        public void start() {
            value = null;
        }

        @Override
        public void end() {
            map.put(key, value);
        }
    }
}
