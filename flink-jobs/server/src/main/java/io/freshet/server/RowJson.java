/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.freshet.client.ViewVector;
import io.freshet.row.RowIdentity;
import java.io.IOException;

/** What is told of a row beside its values. */
final class RowJson {

    private RowJson() {}

    /** Writes the fields {@code entity}, {@code status} and, where there is a row, {@code as_of}, {@code seq} and others. */
    static void fields(ViewVector view, JsonGenerator out) throws IOException {
        out.writeStringField("entity", view.entity());
        out.writeStringField("status", view.status().name());
        if (view.row().isPresent()) {
            RowIdentity row = view.row().get();
            out.writeNumberField("as_of", row.asOfMillis());
            out.writeNumberField("seq", row.seq());
            out.writeNumberField("version", row.version());
        }
        if (view.ageMillis().isPresent()) {
            out.writeNumberField("age_ms", view.ageMillis().getAsLong());
        }
        if (!view.warming().isEmpty()) {
            out.writeArrayFieldStart("warming");
            for (String feature : view.warming()) {
                out.writeString(feature);
            }
            out.writeEndArray();
        }
    }
}
