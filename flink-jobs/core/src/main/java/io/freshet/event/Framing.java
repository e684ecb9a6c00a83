/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What bytes look like that are not framed as they should be. */
final class Framing {

    private Framing() {}

    /**
     * The bytes, where they are long enough for a header.
     *
     * @throws BadEventException if they are not, or are null
     */
    static byte[] present(byte @Nullable [] bytes, int headerBytes, Schema schema) throws BadEventException {
        if (bytes == null) {
            throw AvroBody.bad(schema, "the value is null, expected an event", null);
        }
        if (bytes.length < headerBytes) {
            throw AvroBody.bad(schema, "found " + bytes.length + " bytes, expected a header of " + headerBytes, null);
        }
        return bytes;
    }

    /** The refusal of bytes, two or more, that begin as no event of the format does. */
    static BadEventException other(byte[] bytes, String expected, Schema schema) {
        int start = Byte.toUnsignedInt(bytes[0]) << Byte.SIZE | Byte.toUnsignedInt(bytes[1]);
        return AvroBody.bad(schema, "it starts with %04X%s, expected %s".formatted(start, hint(start), expected), null);
    }

    private static String hint(int start) {
        if (start == AvroDecoder.MAGIC) {
            return " (format single_object?)";
        }
        return switch (start >>> Byte.SIZE) {
            case 0 -> " (a schema registry's framing, format confluent?)";
            case '{' -> " (format json?)";
            default -> "";
        };
    }
}
