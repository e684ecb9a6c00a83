/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

/**
 * What users need to know of a function, as {@code freshet functions} shows it.
 *
 * @param group the group of functions it is listed with
 * @param summary what it gives, in a sentence
 * @param definition its formula and, where it is not common knowledge, the source of it
 * @param inputs types it takes
 * @param result type it gives
 * @param ofNothing its value where no event counts
 * @param error how far a value may be from the true one: {@code exact}, {@code rounding} or a bound
 * @param state bytes of state for each tile and window, on the heap, and what bounds it
 */
public record Description(
        Group group,
        String summary,
        String definition,
        String inputs,
        String result,
        String ofNothing,
        String error,
        String state) {

    /** Groups of functions; each has a page in the documentation. */
    public enum Group {
        /** count, sum, mean and the like. */
        BASIC,
        /** Moments of one or two fields. */
        STATISTICS,
        /** Distinct values, frequencies, percentiles. */
        DISTRIBUTION,
        /** First, last, by order of time or of value. */
        ORDER,
        /** Ages, rates, decayed sums. */
        TIME,
        /** Vectors of a fixed dimension. */
        VECTOR,
        /** Functions of users' jars. */
        OTHER
    }
}
