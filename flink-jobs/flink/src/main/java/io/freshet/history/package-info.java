/* SPDX-License-Identifier: Apache-2.0 */
/** The histories as something to read: where they end, the schemas of their rows, a bounded source. Start at HistorySource. */
@NullMarked
package io.freshet.history;

import org.jspecify.annotations.NullMarked;
