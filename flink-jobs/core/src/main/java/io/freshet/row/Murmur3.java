/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

/**
 * MurmurHash3_x86_32 of seed 0, a public-domain hash by Austin Appleby: https://github.com/aappleby/smhasher, file
 * {@code src/MurmurHash3.cpp}.
 */
final class Murmur3 {

    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;
    private static final int BLOCK = 4;

    private Murmur3() {}

    static int hash(byte[] bytes) {
        int hash = 0;
        int whole = bytes.length / BLOCK * BLOCK;
        for (int i = 0; i < whole; i += BLOCK) {
            hash ^= mixed(littleEnd(bytes, i, BLOCK));
            hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
        }
        if (whole < bytes.length) {
            hash ^= mixed(littleEnd(bytes, whole, bytes.length - whole));
        }
        hash ^= bytes.length;
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }

    private static int mixed(int block) {
        return Integer.rotateLeft(block * C1, 15) * C2;
    }

    private static int littleEnd(byte[] bytes, int from, int count) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            number |= (bytes[from + i] & 0xFF) << (Byte.SIZE * i);
        }
        return number;
    }
}
