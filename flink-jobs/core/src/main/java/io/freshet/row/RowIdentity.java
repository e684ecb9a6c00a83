/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

/**
 * Which of an entity's rows it is: the order of these decides which row the online store keeps, and the history has one row
 * of each.
 *
 * @param version version of the view
 * @param asOfMillis event time at which its values are true, ms since 1970 UTC
 * @param seq its number among the rows of the entity
 */
public record RowIdentity(int version, long asOfMillis, long seq) {}
