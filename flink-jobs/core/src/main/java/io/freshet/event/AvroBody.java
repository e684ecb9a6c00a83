/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import static io.freshet.event.DeadLetterReason.INCOMPATIBLE_SCHEMA;
import static io.freshet.event.DeadLetterReason.UNDECODABLE;

import io.freshet.definition.SchemaDifferences;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies that were written with one schema as events of another. What differs is found once. Used by one thread at a
 * time.
 *
 * <p>Lengths are checked against the bytes at hand before anything is allocated. Items that take no bytes (an array of
 * nulls) cannot be: Avro bounds them to a quarter of the heap.
 */
final class AvroBody {

    private final Schema schema;
    private final String writtenWith;
    private final Optional<String> ofAll;
    private final Optional<String> ofSome;
    private final GenericDatumReader<GenericRecord> reader;
    private @Nullable BinaryDecoder reused;

    /**
     * For bodies of a schema.
     *
     * @param writer what they were written with
     * @param schema what they are read as
     * @param writtenWith how messages name the writer's schema: {@code schema id 7}
     */
    AvroBody(Schema writer, Schema schema, String writtenWith) {
        this.schema = schema;
        this.writtenWith = writtenWith;
        SchemaDifferences differences = SchemaDifferences.between(writer, schema);
        ofAll = differences.ofAllEvents();
        ofSome = differences.ofSomeEvents();
        reader = new GenericDatumReader<>(writer, schema, new GenericData());
    }

    /**
     * The event whose body begins there and ends with the bytes.
     *
     * @throws BadEventException {@link DeadLetterReason#UNDECODABLE} or {@link DeadLetterReason#INCOMPATIBLE_SCHEMA},
     *     whatever the bytes are
     */
    GenericRecord read(byte[] bytes, int start) throws BadEventException {
        if (ofAll.isPresent()) {
            throw incompatible(ofAll.get(), null);
        }
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, start, bytes.length - start, reused);
        reused = decoder;
        try {
            GenericRecord event = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                int rest = decoder.inputStream().available();
                throw bad(schema, "found " + rest + " bytes after its end, expected none", null);
            }
            return event;
        } catch (EOFException e) {
            throw bad(schema, "found " + bytes.length + " bytes, expected more (truncated?)", e);
        } catch (AvroTypeException e) {
            throw ofSome.isPresent() ? incompatible(ofSome.get(), e) : notOfTheSchema(e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Avro reports broken bodies with many kinds of unchecked exception; deep nesting ends in the error.
            throw notOfTheSchema(e);
        }
    }

    private BadEventException incompatible(String why, @Nullable Throwable cause) {
        String message = "Cannot read an event of " + writtenWith + " as " + schema.getFullName() + ": " + why;
        return cause == null
                ? new BadEventException(INCOMPATIBLE_SCHEMA, message)
                : new BadEventException(INCOMPATIBLE_SCHEMA, message, cause);
    }

    private BadEventException notOfTheSchema(Throwable e) {
        String message = e.getMessage();
        String why = message == null ? e.getClass().getSimpleName() : message;
        return bad(schema, "its body does not follow the schema (" + why + ")", e);
    }

    /** An event of that schema that cannot be decoded, and what is wrong with it. */
    static BadEventException bad(Schema schema, String what, @Nullable Throwable cause) {
        String message = "Cannot decode an event of " + schema.getFullName() + ": " + what;
        return cause == null
                ? new BadEventException(UNDECODABLE, message)
                : new BadEventException(UNDECODABLE, message, cause);
    }
}
