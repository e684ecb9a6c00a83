/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.definition.Emit;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.FlinkRuntimeException;

/** What is stored beside the state of a view: its layout, and the shape with which it can be read again. */
public final class TimedStateSnapshot implements TypeSerializerSnapshot<TimedState> {

    private static final int VERSION = 2;

    /** The shape says nothing of what columns mean. */
    private static final int FIRST_VERSION = 1;

    private StateShape shape;
    private String layout;

    /** For Flink, which reads the rest. */
    public TimedStateSnapshot() {
        this.shape = new StateShape(List.of(), List.of(), List.of(), Emit.ON_EVENT);
        this.layout = "";
    }

    TimedStateSnapshot(StateShape shape) {
        this.shape = shape;
        this.layout = shape.codec().layout();
    }

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(layout);
        shape.write(out);
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader classes) throws IOException {
        if (version != VERSION && version != FIRST_VERSION) {
            throw new IOException("Cannot read a view's state: version " + version + ", expected " + FIRST_VERSION
                    + " or " + VERSION);
        }
        layout = in.readUTF();
        shape = StateShape.read(in);
    }

    @Override
    public TypeSerializer<TimedState> restoreSerializer() {
        return new TimedStateSerializer(shape);
    }

    @Override
    public TypeSerializerSchemaCompatibility<TimedState> resolveSchemaCompatibility(
            TypeSerializerSnapshot<TimedState> old) {
        if (!(old instanceof TimedStateSnapshot stored)) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        if (shape.reads(stored.shape)) {
            return TypeSerializerSchemaCompatibility.compatibleAsIs();
        }
        if (stored.shape.isMute()) {
            // Flink's own refusal would not say what differs.
            throw new FlinkRuntimeException(
                    "Cannot restore the state of the view: an earlier version of Freshet kept it"
                            + " for the layout [" + stored.layout + "], expected [" + layout
                            + "], and it does not say what its columns mean. Put the definition back and upgrade once so; the"
                            + " savepoint that follows can be changed.");
        }
        return TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }
}
