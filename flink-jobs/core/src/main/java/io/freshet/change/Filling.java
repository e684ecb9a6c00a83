/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.change;

/**
 * A column that begins without a past.
 *
 * @param column its name
 * @param millis for how long its values are warming, ms; {@link Long#MAX_VALUE}: for ever, as those of a lifetime
 */
public record Filling(String column, long millis) {}
