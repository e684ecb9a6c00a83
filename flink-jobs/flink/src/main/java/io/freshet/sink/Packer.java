/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import java.util.Arrays;

/**
 * Texts and bytes as MessagePack, for scripts: one argument of a command costs client and server much less than fifty per
 * row do. See the <a href="https://github.com/msgpack/msgpack/blob/master/spec.md">specification</a>. Used by one thread.
 */
final class Packer {

    private static final int ARRAY_32 = 0xDD;
    private static final int STRING_8 = 0xD9;
    private static final int STRING_16 = 0xDA;
    private static final int STRING_32 = 0xDB;
    private static final int HEADER = 1 + Integer.BYTES;
    private static final int FIRST_SIZE = 1 << 16;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int length;

    /** Begins anew. */
    void clear() {
        length = 0;
    }

    /** Leaves room for the head of an array and says where. */
    int openArray() {
        reserve(HEADER);
        length += HEADER;
        return length - HEADER;
    }

    /** Writes the head of an array. */
    void closeArray(int start, int size) {
        bytes[start] = (byte) ARRAY_32;
        putNumber(start + 1, size, Integer.BYTES);
    }

    /** Adds a text, or bytes: Lua knows no difference. */
    void add(byte[] text) {
        reserve(HEADER + text.length);
        if (text.length <= 0xFF) {
            addHead(STRING_8, text.length, Byte.BYTES);
        } else if (text.length <= 0xFFFF) {
            addHead(STRING_16, text.length, Short.BYTES);
        } else {
            addHead(STRING_32, text.length, Integer.BYTES);
        }
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    /** All that was added. */
    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void addHead(int form, int size, int sizeBytes) {
        bytes[length] = (byte) form;
        putNumber(length + 1, size, sizeBytes);
        length += 1 + sizeBytes;
    }

    /** Big end first. */
    private void putNumber(int at, int number, int numberBytes) {
        for (int i = 0; i < numberBytes; i++) {
            bytes[at + i] = (byte) (number >>> (Byte.SIZE * (numberBytes - 1 - i)));
        }
    }

    private void reserve(int more) {
        int needed = Math.addExact(length, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
    }
}
