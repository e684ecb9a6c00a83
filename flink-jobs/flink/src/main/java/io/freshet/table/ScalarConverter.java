/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/** Values of one kind as objects. Where the file has a dictionary, each of its values becomes an object once. */
abstract class ScalarConverter extends PrimitiveConverter {

    final Slot slot;
    private Object[] dictionary = {};

    private ScalarConverter(Slot slot) {
        this.slot = slot;
    }

    abstract Object decode(Dictionary values, int id);

    @Override
    public boolean hasDictionarySupport() {
        return true;
    }

    @Override
    public void setDictionary(Dictionary values) {
        dictionary = new Object[values.getMaxId() + 1];
        for (int id = 0; id < dictionary.length; id++) {
            dictionary[id] = decode(values, id);
        }
    }

    @Override
    public void addValueFromDictionary(int id) {
        slot.put(dictionary[id]);
    }

    static final class OfBoolean extends ScalarConverter {
        OfBoolean(Slot slot) {
            super(slot);
        }

        @Override
        public void addBoolean(boolean value) {
            slot.put(value);
        }

        @Override
        Object decode(Dictionary values, int id) {
            return values.decodeToBoolean(id);
        }
    }

    static final class OfFloat extends ScalarConverter {
        OfFloat(Slot slot) {
            super(slot);
        }

        @Override
        public void addFloat(float value) {
            slot.put(value);
        }

        @Override
        Object decode(Dictionary values, int id) {
            return values.decodeToFloat(id);
        }
    }

    static final class OfDouble extends ScalarConverter {
        OfDouble(Slot slot) {
            super(slot);
        }

        @Override
        public void addDouble(double value) {
            slot.put(value);
        }

        @Override
        Object decode(Dictionary values, int id) {
            return values.decodeToDouble(id);
        }
    }

    static final class OfInt extends ScalarConverter {
        private final IntFunction<Object> meaning;

        OfInt(Slot slot, IntFunction<Object> meaning) {
            super(slot);
            this.meaning = meaning;
        }

        @Override
        public void addInt(int value) {
            slot.put(meaning.apply(value));
        }

        @Override
        Object decode(Dictionary values, int id) {
            return meaning.apply(values.decodeToInt(id));
        }
    }

    static final class OfLong extends ScalarConverter {
        private final LongFunction<Object> meaning;

        OfLong(Slot slot, LongFunction<Object> meaning) {
            super(slot);
            this.meaning = meaning;
        }

        @Override
        public void addLong(long value) {
            slot.put(meaning.apply(value));
        }

        @Override
        Object decode(Dictionary values, int id) {
            return meaning.apply(values.decodeToLong(id));
        }
    }

    static final class OfBinary extends ScalarConverter {
        private final Function<Binary, Object> meaning;

        OfBinary(Slot slot, Function<Binary, Object> meaning) {
            super(slot);
            this.meaning = meaning;
        }

        @Override
        public void addBinary(Binary value) {
            slot.put(meaning.apply(value));
        }

        @Override
        Object decode(Dictionary values, int id) {
            return meaning.apply(values.decodeToBinary(id));
        }
    }

    /** Bytes, an array of its own for each value. */
    static final class OfBytes extends PrimitiveConverter {
        private final Slot slot;

        OfBytes(Slot slot) {
            this.slot = slot;
        }

        @Override
        public void addBinary(Binary value) {
            slot.put(value.getBytes());
        }
    }
}
