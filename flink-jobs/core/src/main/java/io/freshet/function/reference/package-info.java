/* SPDX-License-Identifier: Apache-2.0 */
/** What users read of functions, made from their descriptions: examples and reference pages. */
@NullMarked
package io.freshet.function.reference;

import org.jspecify.annotations.NullMarked;
