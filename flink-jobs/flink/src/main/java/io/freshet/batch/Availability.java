/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.event.BadEventException;
import io.freshet.event.DeadLetterReason;
import io.freshet.event.FieldReader;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/** From when a reader could have known of events in files. Immutable. */
final class Availability {

    private final FeatureView.Availability stated;
    private final Optional<FieldReader> field;

    /** As a view over files says. */
    Availability(ViewPlan plan) {
        ViewPlan.SourcePlan source = plan.sources().get(0);
        this.stated = source.source().files().orElseThrow().available();
        this.field = stated instanceof FeatureView.Availability.At at
                ? Optional.of(FieldReader.of(
                        source.schema(), List.of(at.field().text().split("\\."))))
                : Optional.empty();
    }

    /**
     * From when, ms since 1970 UTC; never before the event is over.
     *
     * @throws BadEventException if the event does not say it where it must
     */
    long millis(BatchFile file, GenericRecord event, long timeMillis) throws BadEventException {
        if (stated instanceof FeatureView.Availability.After after) {
            return file.available(timeMillis + after.delay().toMillis());
        }
        if (field.isPresent()) {
            Object value = field.get().read(event);
            if (value == null) {
                throw new BadEventException(
                        DeadLetterReason.MISSING_TIME,
                        "Cannot tell when the event was available: field '"
                                + field.get().name() + "' is null, expected a timestamp");
            }
            return file.available(Math.max((Long) value, timeMillis + 1));
        }
        return file.loadedAtMillis();
    }
}
