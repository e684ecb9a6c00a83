/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Numbers in as few bytes as they need: seven bits a byte, least first, the eighth tells that more follow. */
public final class Varint {

    private static final int MAX_BITS = 63;

    private Varint() {}

    /** Writes a number that is mostly near zero, of either sign (zigzag). */
    public static void writeSigned(long value, DataOutput out) throws IOException {
        write(value << 1 ^ value >> 63, out);
    }

    /** Reads what {@link #writeSigned} wrote. */
    public static long readSigned(DataInput in) throws IOException {
        long bits = read(in);
        return bits >>> 1 ^ -(bits & 1);
    }

    /** Writes a number that is mostly small and not negative; negative ones take ten bytes. */
    public static void write(long value, DataOutput out) throws IOException {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    /** Reads what {@link #write} wrote. */
    public static long read(DataInput in) throws IOException {
        long value = 0;
        for (int shift = 0; shift <= MAX_BITS; shift += 7) {
            byte part = in.readByte();
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IOException("Cannot read a number: more than ten bytes, expected ten or fewer");
    }

    /** Reads the number of things that follow. */
    public static int readCount(DataInput in) throws IOException {
        long count = read(in);
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw new IOException("Cannot read a count: " + count + ", expected 0 to " + Integer.MAX_VALUE);
        }
        return (int) count;
    }
}
