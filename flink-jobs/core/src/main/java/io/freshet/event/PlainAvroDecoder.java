/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Bytes to records, from bodies without a frame, all written with one schema. Used by one thread at a time. */
final class PlainAvroDecoder implements EventDecoder {

    private final Schema schema;
    private final AvroBody body;

    /**
     * A decoder.
     *
     * @param schema what events are read as
     * @param writer what all of them were written with
     */
    PlainAvroDecoder(Schema schema, Schema writer) {
        this.schema = schema;
        this.body = new AvroBody(writer, schema, "schema " + writer.getFullName());
    }

    @Override
    public GenericRecord decode(byte @Nullable [] bytes) throws BadEventException {
        return body.read(Framing.present(bytes, 0, schema), 0);
    }
}
