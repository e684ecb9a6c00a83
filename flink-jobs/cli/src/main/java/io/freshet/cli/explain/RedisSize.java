/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.explain;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Bytes that a row takes in Redis 7, as its {@code MEMORY USAGE} counts them: a hash as a
 * <a href="https://github.com/antirez/listpack/blob/master/listpack.md">listpack</a> while all is small, else as a table; a
 * short string in one block with what describes it. Each block of memory is rounded up to jemalloc's size classes.
 */
final class RedisSize {

    /** Defaults of {@code hash-max-listpack-entries} and {@code hash-max-listpack-value}. */
    private static final int MOST_ENTRIES = 512;

    private static final int LONGEST_VALUE = 64;
    private static final int LISTPACK_HEADER_AND_END = 7;
    private static final int OBJECT = 16;
    private static final int ENTRY = 24;
    private static final int TABLE = 56;
    private static final int POINTER = 8;

    /** Redis' {@code OBJ_ENCODING_EMBSTR_SIZE_LIMIT}. */
    private static final int LONGEST_EMBEDDED = 44;

    private static final int EMBEDDED_HEADER_AND_END = 4;

    private RedisSize() {}

    /** The bytes of a key and of the fields of its hash. */
    static long bytes(String key, Map<String, String> fields) {
        boolean small = fields.size() <= MOST_ENTRIES
                && fields.entrySet().stream()
                        .allMatch(field ->
                                length(field.getKey()) <= LONGEST_VALUE && length(field.getValue()) <= LONGEST_VALUE);
        return ENTRY + text(length(key)) + OBJECT + (small ? listpack(fields) : table(fields));
    }

    /** The bytes of a key and of a string. */
    static long bytes(String key, byte[] value) {
        long string = value.length <= LONGEST_EMBEDDED
                ? sizeClass(OBJECT + EMBEDDED_HEADER_AND_END + value.length)
                : OBJECT + text(value.length);
        return ENTRY + text(length(key)) + string;
    }

    private static long listpack(Map<String, String> fields) {
        long bytes = LISTPACK_HEADER_AND_END;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            bytes += element(field.getKey()) + element(field.getValue());
        }
        return sizeClass(bytes);
    }

    /** An element and its length behind it, by which the listpack is read backwards. */
    private static long element(String text) {
        long body = isWhole(text) ? whole(Long.parseLong(text)) : header(length(text)) + length(text);
        return body + (body < 128 ? 1 : 2);
    }

    /** Whether Redis keeps it as a number: what reads back as the same text. */
    private static boolean isWhole(String text) {
        return text.matches("0|-?[1-9][0-9]{0,17}");
    }

    private static long whole(long number) {
        if (number >= 0 && number <= 127) {
            return 1;
        }
        if (number >= -4096 && number <= 4095) {
            return 2;
        }
        for (int bytes : new int[] {2, 3, 4}) {
            long limit = 1L << (8 * bytes - 1);
            if (number >= -limit && number < limit) {
                return 1 + bytes;
            }
        }
        return 1 + Long.BYTES;
    }

    private static int header(int length) {
        return length < 64 ? 1 : 2;
    }

    private static long table(Map<String, String> fields) {
        long slots = Long.highestOneBit(Math.max(4, 2L * fields.size() - 1));
        long bytes = TABLE + POINTER * slots;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            bytes += ENTRY + text(length(field.getKey())) + text(length(field.getValue()));
        }
        return bytes;
    }

    /** A text of its own: a header by its length, and a zero at its end. */
    private static long text(int length) {
        int header = length < 32 ? 1 : length < 256 ? 3 : 5;
        return sizeClass(header + length + 1L);
    }

    /** The block that jemalloc hands out: four steps between powers of two. */
    private static long sizeClass(long bytes) {
        if (bytes <= 8) {
            return 8;
        }
        if (bytes <= 128) {
            return (bytes + 15) / 16 * 16;
        }
        long step = Long.highestOneBit(bytes - 1) / 4;
        return (bytes + step - 1) / step * step;
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
