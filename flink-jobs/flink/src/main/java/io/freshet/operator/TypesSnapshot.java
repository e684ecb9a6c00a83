/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What is stored of a serializer whose form depends on nothing but the types of its values. */
abstract class TypesSnapshot<T> implements TypeSerializerSnapshot<T> {

    private static final int VERSION = 1;

    private ValueTypes types;

    TypesSnapshot() {
        this(new ValueTypes(List.of()));
    }

    TypesSnapshot(ValueTypes types) {
        this.types = types;
    }

    final ValueTypes types() {
        return types;
    }

    @Override
    public final int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public final void writeSnapshot(DataOutputView out) throws IOException {
        types.write(out);
    }

    @Override
    public final void readSnapshot(int version, DataInputView in, ClassLoader classes) throws IOException {
        if (version != VERSION) {
            throw new IOException("Cannot read a serializer: version " + version + ", expected " + VERSION);
        }
        types = ValueTypes.read(in);
    }

    @Override
    public final TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> old) {
        return old instanceof TypesSnapshot<T> other && other.getClass() == getClass() && other.types.equals(types)
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
