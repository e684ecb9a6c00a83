/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Aggregate functions: what a view can compute over a window. Start at FeatureFunction, the interface that built-in
 * functions and those of users' jars implement alike; Functions finds them.
 */
@NullMarked
package io.freshet.function;

import org.jspecify.annotations.NullMarked;
