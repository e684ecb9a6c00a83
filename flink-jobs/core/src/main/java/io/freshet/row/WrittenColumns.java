/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Tells which columns of a view a row of its history was written without, because the view did not have them then. Such
 * a row reads as null and as warming there.
 */
final class WrittenColumns {

    private final ViewPlan plan;
    private final Map<Long, Set<String>> missing = new HashMap<>();

    /**
     * For rows of that view.
     *
     * @param schemas the schemas that its rows were written under
     */
    WrittenColumns(ViewPlan plan, Collection<Schema> schemas) {
        this.plan = plan;
        schemas.forEach(this::alsoReads);
    }

    /** Adds a schema that rows were written under. */
    void alsoReads(Schema schema) {
        missing.put(
                SchemaNormalization.parsingFingerprint64(schema),
                plan.columns().stream()
                        .map(Column::name)
                        .filter(name -> schema.getField(name) == null)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Names of the view's columns that the row in these bytes was written without.
     *
     * @throws IllegalArgumentException if they are no row of a known schema
     */
    Set<String> missing(byte[] bytes) {
        if (bytes.length < RowHeads.HEADER) {
            throw new IllegalArgumentException("Cannot read a row of the history: " + bytes.length + " bytes");
        }
        long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(Short.BYTES);
        Set<String> names = missing.get(fingerprint);
        if (names == null) {
            throw new IllegalArgumentException("Cannot read a row of the history: its schema, fingerprint "
                    + Long.toHexString(fingerprint) + ", is not known");
        }
        return names;
    }
}
