/* SPDX-License-Identifier: Apache-2.0 */
/** The window core: aggregates, tiles and the engine that keeps every window of an entity current. Start at WindowEngine. */
@NullMarked
package io.freshet.window;

import org.jspecify.annotations.NullMarked;
