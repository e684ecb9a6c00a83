/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The stored form of an {@link EntityState}: one versioned binary record. Writing and reading stand side by side. */
public interface EntityStateCodec {

    /** Version of the form that {@link #write} writes; it is also the first byte. */
    int FORMAT_VERSION = 3;

    /** Writes a state. */
    void write(EntityState state, DataOutput out) throws IOException;

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the bytes are of an unknown version or of other columns
     */
    EntityState read(DataInput in) throws IOException;

    /** A deep copy that shares nothing mutable. */
    EntityState copy(EntityState state);

    /** Identifies layout and meaning of the state: equal for engines that can read each other's. */
    String layout();
}
