/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

/** How the online store keeps the row of an entity. */
public enum Layout {
    /** A hash with a field of text per column: readable with {@code redis-cli}. */
    HASH,
    /** One binary value. */
    COMPACT,
    /** A hash as Feast writes it, which Feast reads; the namespace is Feast's project. */
    FEAST
}
