/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.viewtest;

import io.freshet.definition.FeatureView.Text;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.generic.GenericRecord;

/** One step of a test: something happens, and then the features are looked at. */
sealed interface Step {

    /** Where it stands. */
    Text place();

    /**
     * An event comes in.
     *
     * @param topic position of its topic in the view
     * @param event the event
     * @param arrivesMillis wall clock at which it comes in, ms since 1970; empty for the time at which it happened
     * @param outcome what must become of it, where it must not become a row
     * @param columns what the row of its entity must hold then
     */
    record Arrival(
            Text place,
            int topic,
            GenericRecord event,
            OptionalLong arrivesMillis,
            Optional<Outcome> outcome,
            List<ExpectedColumn> columns)
            implements Step {
        public Arrival {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Nothing happens up to a moment, and the watermark passes it.
     *
     * @param atMillis the moment, ms since 1970
     * @param rows what is expected of entities then
     */
    record Passing(Text place, long atMillis, List<ExpectedRow> rows) implements Step {
        public Passing {
            rows = List.copyOf(rows);
        }
    }

    /**
     * What is expected of an entity.
     *
     * @param entity its key
     * @param absent whether it must have no row
     * @param columns else what its row must hold
     */
    record ExpectedRow(Text entity, boolean absent, List<ExpectedColumn> columns) {
        public ExpectedRow {
            columns = List.copyOf(columns);
        }
    }

    /**
     * What is expected of a column.
     *
     * @param place where the expected value stands
     * @param column name of the column, or {@code _as_of} or {@code _seq}
     * @param value what it must be
     */
    record ExpectedColumn(Text place, String column, Expected value) {}
}
