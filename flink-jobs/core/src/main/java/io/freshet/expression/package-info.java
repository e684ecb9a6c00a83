/* SPDX-License-Identifier: Apache-2.0 */
/** CEL expressions over events and rows: compiled and type-checked once, evaluated by name. */
@NullMarked
package io.freshet.expression;

import org.jspecify.annotations.NullMarked;
