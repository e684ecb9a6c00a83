/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

/** A partial state of events: an {@link Algebra} of its own, or one that the window core keeps in plain cells. */
public sealed interface Partials permits Algebra, CorePartials {}
