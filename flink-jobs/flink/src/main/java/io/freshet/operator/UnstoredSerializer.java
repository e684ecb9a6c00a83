/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** What serializers have in common that write only within a bounded job: it takes no checkpoint, and restores none. */
public abstract class UnstoredSerializer<T> extends ImmutableSerializer<T> {
    private static final long serialVersionUID = 1L;

    /** There is none: nothing of the job is stored beyond its end. */
    @Override
    public final TypeSerializerSnapshot<T> snapshotConfiguration() {
        throw new UnsupportedOperationException("A bounded job stores no state: there is nothing to restore");
    }
}
