/* SPDX-License-Identifier: Apache-2.0 */
/** The functions that Freshet brings along, by group, on the same interface as those of users. Start at BuiltinFunctions. */
@NullMarked
package io.freshet.function.builtin;

import org.jspecify.annotations.NullMarked;
