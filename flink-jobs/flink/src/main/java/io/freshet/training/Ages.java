/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

/** As of when ages and decayed values are given, which change between rows. */
public enum Ages {
    /** As of the moment of the question, as {@link io.freshet.reading.LaterValues a reader of rows} has them. */
    READ,
    /** As of the row, as the store holds them. */
    STORED
}
