/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** JSON objects to records, by {@link RecordReader#ofJson}. Used by one thread at a time. */
final class JsonDecoder implements EventDecoder {

    private final Schema schema;
    private final RecordReader reader;

    JsonDecoder(Schema schema) {
        this.schema = schema;
        this.reader = RecordReader.ofJson(schema);
    }

    @Override
    public GenericRecord decode(byte @Nullable [] bytes) throws BadEventException {
        if (parsed(Framing.present(bytes, 0, schema)) instanceof Map<?, ?> fields) {
            return reader.readObject(fields);
        }
        throw AvroBody.bad(schema, "found other JSON than an object", null);
    }

    private @Nullable Object parsed(byte[] bytes) throws BadEventException {
        try {
            return JsonValues.parse(bytes);
        } catch (IOException | RuntimeException e) {
            throw noJson(bytes, e);
        }
    }

    /** Not in the parser's words: they quote what they stumble over. */
    private BadEventException noJson(byte[] bytes, Exception e) {
        if (bytes.length >= 2 && isFramed(bytes)) {
            return Framing.other(bytes, "{ of a JSON object", schema);
        }
        boolean isPlaced = e instanceof JsonProcessingException parsing && parsing.getLocation() != null;
        long offset = isPlaced ? ((JsonProcessingException) e).getLocation().getByteOffset() : -1;
        return AvroBody.bad(schema, "it is no JSON" + (offset < 0 ? "" : " from byte " + offset + " on"), e);
    }

    private static boolean isFramed(byte[] bytes) {
        return bytes[0] == 0 || bytes[0] == (byte) (AvroDecoder.MAGIC >>> Byte.SIZE);
    }
}
