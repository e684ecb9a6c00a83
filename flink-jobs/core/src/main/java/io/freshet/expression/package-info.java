/* SPDX-License-Identifier: Apache-2.0 */
/**
 * CEL expressions over events and rows: {@link io.freshet.expression.Expression} is type-checked by cel-java once, then
 * compiled to a tree of Java objects or, where it has more than scalars in it, left to cel-java's interpreter.
 */
@NullMarked
package io.freshet.expression;

import org.jspecify.annotations.NullMarked;
