/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import io.freshet.definition.ViewPlan;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Reads the event time of events. Immutable. */
public final class EventTime {

    private final FieldReader reader;

    /**
     * A reader of that field.
     *
     * @param schema schema of the events
     * @param field the field that carries the event time
     */
    public EventTime(Schema schema, ViewPlan.Field field) {
        reader = FieldReader.of(schema, field.path());
    }

    /**
     * When the event happened, ms since 1970 UTC.
     *
     * @throws BadEventException {@link DeadLetterReason#MISSING_TIME} if the field is null
     */
    public long millis(IndexedRecord event) throws BadEventException {
        Object value = reader.read(event);
        if (value == null) {
            throw new BadEventException(
                    DeadLetterReason.MISSING_TIME,
                    "Cannot place the event in time: field '" + reader.name() + "' is null, expected a timestamp");
        }
        return (Long) value;
    }
}
