/* SPDX-License-Identifier: Apache-2.0 */
/** What a view costs: tiles, bytes of state, rows per event, bytes in Redis. */
@NullMarked
package io.freshet.cli.explain;

import org.jspecify.annotations.NullMarked;
