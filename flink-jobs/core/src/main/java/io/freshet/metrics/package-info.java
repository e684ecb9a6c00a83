/* SPDX-License-Identifier: Apache-2.0 */
/** What the engine counts, as a port with the verbs of the domain. */
@NullMarked
package io.freshet.metrics;

import org.jspecify.annotations.NullMarked;
