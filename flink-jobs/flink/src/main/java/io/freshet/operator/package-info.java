/* SPDX-License-Identifier: Apache-2.0 */
/** The windows of a view as a Flink operator, and how what flows between operators is written. Start at WindowOperator. */
@NullMarked
package io.freshet.operator;

import org.jspecify.annotations.NullMarked;
