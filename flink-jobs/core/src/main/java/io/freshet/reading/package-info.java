/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a row's values are at the moment of reading, and what is computed then: the same for the online reader and for
 * training sets.
 */
@NullMarked
package io.freshet.reading;

import org.jspecify.annotations.NullMarked;
